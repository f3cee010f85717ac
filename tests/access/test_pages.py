"""Every address against everyone: which page opens to whom, and where a stranger is sent."""

import re

import pytest
from django.test import Client

from casework.workflow import handing_over
from incidents.models import Evidence
from reports import printed_acts
from schools.workflow.policies import add_to_policy
from tests import states
from tests.access.browsing import LONG_AGO, browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]

# + opens, ! not now, - not for their role, . there is nothing, > sent to sign in, < sent on, x refused as a stranger,
# = no such method.
# Dot saw it happen; Tom reported it; it is about Sam, whose partner is Pat; Ivan was given the proceeding.
STATUS = {"+": 200, "!": 409, "-": 403, ".": 404, ">": 302, "<": 302, "x": 401, "=": 405}
NAMES = "tom dee dot harriet hugh ivan grace priya ada sam pat olu zoe stranger"
ALL, ANYONE, NOBODY = "+ + + + + + + + + + + + + >", "+ + + + + + + + + + + + + +", ". . . . . . . . . . . . . ."
TRUST, LEADS = "+ + + + + + + + + + + + . >", ". + + + . . . . . . . . . >"
CASE, CONDUCT, HEAD = ". + + + + + . . . . . . . >", ". . . + + + . . . . . . . >", ". . . + . . . . . . . . . >"
# Safeguarding leads of every school and trust, heads, personnel and the administrator.
DOWNLOADS = "- + + + + - - - + - - + + >"
REPORTER, NO_FILE = "+ . . . . . . . . . . . . >", ". . . . . . . . . . . . . >"


def api(row: str) -> str:
    """The same over the API, where a stranger is refused and not sent to sign in."""
    return row.replace(">", "x")


MATRIX = {
    "/accounts/login/": "< < < < < < < < < < < < < +",
    "/accounts/logout/": ALL,
    "/accounts/inactive/": ANYONE,
    "/": ALL,
    "/search/": ALL,
    "/what-if/": ALL,
    "/report/": ALL,
    "/report/other/": ALL,
    "/week-planner/": ANYONE,
    "/set-up/": NOBODY,
    "/my-reports/": ALL,
    "/my-reports/{concern}/": REPORTER,
    "/concerns/": ALL,
    "/concerns/download/": DOWNLOADS,
    "/concerns/{concern}/": LEADS,
    "/evidence/{evidence}/": LEADS,
    "/takedowns/": ALL,
    "/takedowns/download/": DOWNLOADS,
    "/takedowns/{takedown}/": LEADS,
    "/cases/": ALL,
    "/cases/download/": DOWNLOADS,
    "/cases/{case}/": CASE,
    "/proceedings/": ALL,
    "/proceedings/download/": DOWNLOADS,
    "/parts/{safeguarding}/": LEADS,
    "/parts/{conduct}/": CONDUCT,
    "/parts/{given}/": ". + + + + . . . . . . . . >",
    "/advice/{advice}/": ". . . . + . . . . . . . . >",
    "/working-notes/{notes}/": ". . . . . + . . . . . . . >",
    "/records/{concern}/history/1/": LEADS,
    "/records/{conduct}/history/1/": CONDUCT,
    "/records/{concern}/verified/": LEADS,
    "/records/{concern}/looked/": ". + - + . . . . . . . . . >",
    "/records/{conduct}/looked/": ". . . + + - . . . . . . . >",
    "/papers/": ALL,
    "/papers/download/": DOWNLOADS,
    "/papers/{paper}/": HEAD,
    "/papers/{paper}/file/3/": NO_FILE,
    "/people/": ALL,
    "/people/download/": DOWNLOADS,
    "/schools/": "< < < < < < < < < < < < < >",
    "/schools/oakfield/": TRUST,
    "/trusts/oak/": TRUST,
    "/policy/": ALL,
    "/policies/": ALL,
    "/policies/{adopted}/": TRUST,
    "/policies/{adopted}/file/": TRUST,
    "/policies/{adopted}/compare/{adopted}/": TRUST,
    "/api/v1/schema/": api(ALL),
    "/api/v1/docs/": ALL,
    "/api/v1/policy-schema/": ANYONE,
    "/api/v1/concerns/": api(ALL),
    "/api/v1/concerns/{concern}/": api(LEADS),
    "/api/v1/takedowns/": api(ALL),
    "/api/v1/takedowns/{takedown}/": api(LEADS),
    "/api/v1/cases/": api(ALL),
    "/api/v1/cases/{case}/": api(CASE),
    "/api/v1/parts/": api(ALL),
    "/api/v1/parts/{safeguarding}/": api(LEADS),
    "/api/v1/parts/{conduct}/": api(CONDUCT),
    "/api/v1/papers/": api(ALL),
    "/api/v1/papers/{paper}/": api(HEAD),
    "/concerns/{concern}/triage/": ". ! ! ! . . . . . . . . . >",
    "/api/v1/concerns/{concern}/triage/": "= = = = = = = = = = = = = x",
}


def covers(pattern: str, path: str) -> bool:
    """Whether a row of the matrix stands for an address of the resolver."""
    shape = re.sub(r"<int:\w+>", r"\\d+", re.sub(r"<(str:|slug:)?\w+>", "[^/]+", pattern))
    return re.fullmatch(shape, path.replace("{", "").replace("}", "")) is not None


def test_every_address_has_its_row():
    patterns = [path for path, _ in printed_acts.views()]
    assert [one for one in patterns if not any(covers(one, path) for path in MATRIX)] == []


@pytest.fixture
def refs(cast):
    """One of everything, as it is called in the addresses."""
    at = cast.now - LONG_AGO
    concern = states.answered(cast, at=at, files=[states.upload(cast.tom)])
    takedown = states.requested(cast, at=at, concern=concern)
    case = states.opened(concern, cast, at=at)
    safeguarding, given = (states.part(cast, at=at, case=case) for _ in range(2))
    handing_over.hand_over(
        given, by=cast.dee, at=at + states.DAY, person=cast.hugh.person, role="hr_lead", why="Her cover."
    )
    conduct = states.begun(cast, at=at, case=case)
    apart = {"advice": states.advised(cast, at=at, part=conduct.part)}
    apart["notes"] = states.working_notes(cast, at=at, proceeding=conduct)
    paper = states.paper(cast, at=at, subject=case)
    things = {"concern": concern, "takedown": takedown, "case": case, "safeguarding": safeguarding, "given": given}
    things |= apart | {"conduct": conduct, "paper": paper, "evidence": Evidence.objects.get()}
    adopted = add_to_policy(cast.oakfield, by=cast.harriet, at=at, text=states.ADDITIONS)
    return {name: thing.ref for name, thing in things.items()} | {"adopted": adopted.key}


def test_every_page_opens_to_whom_the_matrix_says(cast, refs):
    browsers = {name: browser(user) for name, user in cast.everyone().items()} | {"stranger": browser()}
    assert " ".join(browsers) == NAMES
    for path, row in MATRIX.items():
        got = {name: client.get(path.format(**refs)).status_code for name, client in browsers.items()}
        assert got == {name: STATUS[cell] for name, cell in zip(browsers, row.split(), strict=True)}, path


def test_a_stranger_is_sent_to_sign_in_and_back(cast, refs):
    client = browser()
    for path, row in MATRIX.items():
        if row.endswith(">") and path != "/accounts/logout/":
            asked = path.format(**refs)
            assert client.get(asked)["location"] == f"/accounts/login/?next={asked}"


def test_no_page_changes_anything_when_it_is_sent_a_form_without_its_mark(cast, refs):
    """Every address refuses a form that did not come from a page of ours."""
    strict = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    strict.force_login(cast.harriet)
    for path in MATRIX:
        if not path.startswith("/api/"):
            assert strict.post(path.format(**refs), {}).status_code == 403, path
    answer = strict.post(f"/api/v1/concerns/{refs['concern']}/triage/", "{}", content_type="application/json")
    assert answer.status_code == 403
