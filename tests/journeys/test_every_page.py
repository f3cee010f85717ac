"""Every page, as those who may open it: no barrier on a telephone or a desk, in light, in dark or on paper.

What is folded away is unfolded first. Colours are the one thing that another scheme changes, so only their rules run
again there; a page may never scroll sideways on a telephone.
"""

import itertools
from dataclasses import dataclass

import pytest

from incidents import choices
from incidents.models import Evidence
from reports import printed_acts
from schools.models import AdoptedPolicy
from tests import states
from tests.access import browsing
from tests.access.test_matrix import CAST, MATRIX, right_state
from tests.journeys.browser import DESK, PHONE, Screen, barriers, too_wide, visit
from tests.pages import never_said, words

pytestmark = pytest.mark.django_db(transaction=True)
COLOURS = ["color-contrast", "link-in-text-block"]
UNFOLD = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
# Answers to programs, files that are saved and never shown, and the one address of all acts, which has its own test.
NOT_PAGES = {
    "/evidence/<str:ref>/",
    "/papers/<str:ref>/file/<int:line>/",
    "/policies/<str:key>/file/",
    *(f"/{name}/download/" for name in ("concerns", "takedowns", "cases", "proceedings", "papers", "people")),
    "/<slug:plural>/<str:ref>/<slug:slug>/",
}
# The page for programmers has the words of the programs.
SPEAKS_OTHERWISE = ("/api/",)
LAWS_OWN = "subject access"
WITHOUT_ACCOUNT = ["/accounts/login/", "/accounts/inactive/", "/week-planner/"]
EVERY_DESK = "tom dee dot harriet hugh ivan priya ada"
LISTS = {
    "/search/": [("dee tom", "/search/"), ("dee", "/search/#child"), ("dee", "/search/#nothing")],
    "/concerns/": [("dee tom", "/concerns/"), ("dee", "/concerns/?status=finished&school=oakfield")],
    "/takedowns/": [("dee tom", "/takedowns/"), ("dee", "/takedowns/?status=nonsense")],
    "/cases/": [("harriet tom", "/cases/")],
    "/proceedings/": [("hugh tom", "/proceedings/")],
    "/papers/": [("harriet tom", "/papers/")],
    "/people/": [("ada harriet tom", "/people/")],
}


@dataclass
class Filled:
    """A school in which each kind of thing exists, each in a state worth looking at."""

    unread: object
    stopped: object
    triaged: object
    finished: object
    takedown: object
    case: object
    parts: list
    advice: object
    notes: object
    paper: object
    policy: object


@pytest.fixture
def filled(cast):
    at = cast.now - 30 * states.DAY
    case = states.in_case(cast, at=at)
    support = states.part(cast, "support", at=at, case=case, about=cast.dot.person)
    conduct = states.found(cast, at=at, case=case).part
    screenshot = states.upload(cast.tom)
    return Filled(
        unread=states.reported(cast, at=cast.now, at_risk="yes", files=[screenshot]),
        stopped=states.read(cast, at=at, what="child_imagery", people=(), links=()),
        triaged=states.triaged(cast, at=cast.now - states.DAY),
        finished=states.about_nobody_here(cast, at=at),
        takedown=states.removed(cast, at=at),
        case=case,
        parts=[support, conduct],
        advice=states.advised(cast, at=at, part=conduct),
        notes=states.working_notes(cast, at=at, proceeding=conduct.proceeding_of),
        paper=states.paper(cast, at=at + 25 * states.DAY, subject=case),
        policy=AdoptedPolicy.objects.get(),
    )


def addresses(filled) -> dict[str, list[tuple[str, str]]]:
    """For each address by its pattern, which concrete ones are opened, and by whom."""
    reported = [filled.unread, filled.triaged, filled.finished]
    in_case = filled.case.record.concern
    key = filled.policy.key
    return (
        LISTS
        | {
            "/": [(EVERY_DESK, "/")],
            "/accounts/logout/": [("tom", "/accounts/logout/")],
            "/report/": [("tom hugh", "/report/")],
            "/report/<slug:what>/": [("tom", f"/report/{what}/") for what in telling_choices()],
            "/my-reports/": [("tom sam", "/my-reports/")],
            "/my-reports/<str:ref>/": [("tom", f"/my-reports/{concern.ref}/") for concern in reported],
            "/concerns/<str:ref>/": [("dee", f"/concerns/{concern.ref}/") for concern in [*reported, filled.stopped]]
            + [("harriet dot", f"/concerns/{in_case.ref}/")],
            "/takedowns/<str:ref>/": [("dee dot", f"/takedowns/{filled.takedown.ref}/")],
            "/cases/<str:ref>/": [("harriet hugh", f"/cases/{filled.case.ref}/")],
            "/parts/<str:ref>/": [("harriet", f"/parts/{part.ref}/") for part in filled.parts]
            + [("ivan", f"/parts/{filled.parts[-1].ref}/")],
            "/advice/<str:ref>/": [("hugh", f"/advice/{filled.advice.ref}/")],
            "/working-notes/<str:ref>/": [("ivan", f"/working-notes/{filled.notes.ref}/")],
            "/papers/<str:ref>/": [("harriet", f"/papers/{filled.paper.ref}/")],
            "/policy/": [("tom", "/policy/")],
            "/policies/": [("tom ada", "/policies/")],
            "/policies/<str:key>/": [("tom", f"/policies/{key}/")],
            "/policies/<str:key>/compare/<str:other>/": [("ada", f"/policies/{key}/compare/{key}/")],
            "/what-if/": [("dee", "/what-if/")],
            "/schools/": [("tom", "/schools/")],
            "/schools/<slug:ref>/": [("ada harriet", "/schools/oakfield/")],
            "/trusts/<slug:ref>/": [("ada tom", "/trusts/oak/")],
            "/api/v1/docs/": [("dee", "/api/v1/docs/")],
        }
        | of_histories(filled.triaged.ref)
    )


def of_histories(ref: str) -> dict[str, list[tuple[str, str]]]:
    """The same for the pages about the history of one record."""
    return {
        "/records/<str:ref>/history/<int:seq>/": [("dee", f"/records/{ref}/history/{seq}/") for seq in (1, 3)],
        "/records/<str:ref>/looked/": [("harriet", f"/records/{ref}/looked/")],
        "/records/<str:ref>/verified/": [("dee", f"/records/{ref}/verified/")],
    }


def telling_choices() -> list[str]:
    """One plain answer of each sort: with each stop sign, with something to do first, with something to tell, plain."""
    sorts = {(what.stop, bool(what.first), bool(what.tell)): what.key for what in choices.choices().values()}
    return list(sorts.values())


def test_every_address_is_opened_here_or_is_no_page(filled):
    pages = {path for path, _ in printed_acts.views() if not path.startswith("/api/")} - NOT_PAGES
    assert pages == {*addresses(filled), *WITHOUT_ACCOUNT, "/set-up/"} - {"/api/v1/docs/"}


def found_on(screen: Screen, path: str, name: str) -> list[str]:
    """Everything that is wrong with one page, in every size and scheme.

    name: of the one who opens it, to be named with what is found.
    """
    page = screen.page
    page.emulate_media(color_scheme="light", media="screen")
    page.set_viewport_size(PHONE)
    visit(page, path)
    screen.settles()
    page.evaluate(UNFOLD)
    found = [f"answered {screen.status}"] if screen.status >= 400 else []
    found += [f"wider than a telephone: {one}" for one in too_wide(page)]
    for size, scheme in itertools.product((PHONE, DESK), ("light", "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found += barriers(page, only=None if scheme == "light" else COLOURS)
    page.emulate_media(color_scheme="light", media="print")
    found += barriers(page, only=COLOURS)
    found += screen.complaints
    screen.complaints.clear()
    return [f"{path} as {name}: {one}" for one in dict.fromkeys(found)]


@pytest.mark.parametrize("which", range(2))
def test_no_page_has_a_barrier(people, filled, which):
    opened = [(name, path) for rows in addresses(filled).values() for names, path in rows for name in names.split()]
    found = [one for name, path in opened[which::2] for one in found_on(people.recognised(name).screen, path, name)]
    assert found == [], "\n".join(found)


@pytest.mark.usefixtures("on_the_day")
def test_no_page_says_a_word_that_its_readers_are_never_to_be_shown(cast, filled):
    opened = [(name, path) for rows in addresses(filled).values() for names, path in rows for name in names.split()]
    found = {
        (path, one)
        for name, path in opened
        if not path.startswith(SPEAKS_OTHERWISE)
        for one in never_said(words(browsing.browser(getattr(cast, name)).get(path)).replace(LAWS_OWN, ""))
    }
    assert found == set()


def test_no_page_that_opens_to_anyone_has_a_barrier(people):
    stranger = people.sit_down("tom").screen
    assert [one for path in WITHOUT_ACCOUNT for one in found_on(stranger, path, "anyone")] == []


def test_the_page_of_the_first_set_up_has_no_barrier(browser, live_server):
    screen = Screen(browser, live_server.url, size=PHONE)
    assert found_on(screen, "/set-up/", "nobody yet") == []
    screen.closes()


@pytest.mark.parametrize("plural", MATRIX)
def test_no_page_of_an_act_has_a_barrier(people, cast, plural):
    found = []
    for slug, row in MATRIX[plural].items():
        name = CAST[row.split().index("+")]
        ref = right_state(cast, plural, slug).ref
        found += found_on(people.recognised(name).screen, f"/{plural}/{ref}/{slug}/", name)
    assert found == [], "\n".join(found)


def test_the_files_are_only_saved_and_never_shown(people, filled):
    item = Evidence.objects.get()
    dee = people.recognised("dee")
    answer = dee.page.request.get(f"/evidence/{item.ref}/")
    assert answer.headers["content-disposition"].startswith("attachment")
