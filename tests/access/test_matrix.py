"""Bar S3: every act against each of the cast, cell by cell, by page and by API, and against the printed matrix."""

import itertools

import pytest

from incidents.workflow import reporting, speech, triage
from reports import jobs, printed_acts
from reports.models import Paper
from reports.workflow import ask_for_part_paper, fetch_paper
from schools.workflow import accounts, people
from tests import factories, states
from tests.access.browsing import LONG_AGO, address, browser, send
from tests.reports.papers import ASKING, PRINTED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]

# + may, - sees it and may not, . does not see it, ! sees it and stands aside.
# Dot saw it happen; Tom reported it; it is about Sam, whose partner is Pat; Ivan was given the proceeding, and
# Grace the appeal.
CAST = ["tom", "dee", "dot", "harriet", "hugh", "ivan", "grace", "priya", "ada", "sam", "pat", "olu", "zoe"]
PAGE = {"+": 200, "-": 403, ".": 404, "!": 409}
API = PAGE | {"+": 400}  # asked something that no form asks
ONLY_THE_HEAD, LEADS, LEADS_AND_WITNESS = (
    ". - - + . . . . . . . . .",
    ". + ! + . . . . . . . . .",
    ". + + + . . . . . . . . .",
)
REGISTER = ". . . + . . . + . . . . ."
MANAGES_PEOPLE, ADMINISTERS = "- - - - + - - - + - - - .", "- - - - - - - - + - - - ."
MATRIX = {
    "schools": {
        "add-person": MANAGES_PEOPLE,
        "record-telephone": MANAGES_PEOPLE,
        "relate": MANAGES_PEOPLE,
        "end-relation": MANAGES_PEOPLE,
        "appoint": ADMINISTERS,
        "confirm-appointment": "- - - + + - - + + - - - .",
        "confirm-account": "- - - + + - - + + - - - .",
        "end-appointment": ADMINISTERS,
        "record-arrangement": MANAGES_PEOPLE,
        "end-arrangement": MANAGES_PEOPLE,
        "record-calendar": MANAGES_PEOPLE,
        "open-account": ADMINISTERS,
        "close-account": ADMINISTERS,
        "change-password": "+ + + + + - + + + + + - .",
        "make-token": "+ + + + + - + + + + + - .",
        "revoke-token": "+ + + + + - + + + + + - .",
        "add-to-policy": "- - - + - - - - + - - - .",
        "report": "+ + + + + - + + + + + - .",
    },
    "trusts": {"adopt-policy": ADMINISTERS},
    "concerns": {
        "read-report": LEADS,
        "triage": LEADS,
        "answer-threshold": ONLY_THE_HEAD,
        "record-told": LEADS_AND_WITNESS,
        "confirm-conflict": LEADS,
        "record-decision": LEADS,
        "name-person": LEADS,
        "add-link": LEADS_AND_WITNESS,
        "add-evidence": LEADS_AND_WITNESS,
        "describe-evidence": LEADS,
        "stop-showing-files": LEADS_AND_WITNESS,
        "request-takedown": LEADS,
        "finish-concern": LEADS,
        "reopen-concern": LEADS,
        "open-case": LEADS,
        "join-case": LEADS,
        "check-speech": LEADS,
        "record-officer-reply": LEADS,
        "finish-with-case": ONLY_THE_HEAD,
        "take-back": ". . + + . . . . . . . . .",
    },
    "takedowns": {
        "log-reply": LEADS,
        "chase": LEADS,
        "confirm-removal": LEADS,
        "give-up": LEADS,
        "record-reappearance": LEADS,
        "record-another-copy": LEADS,
        "recheck": LEADS,
    },
    "cases": {
        "open-part": ". + ! + - - . . . . . . .",
        "close-case": ONLY_THE_HEAD,
        "reopen-case": LEADS,
        "ask-for-paper": ". + ! + - - . . . . . . .",
    },
    "parts": {
        "write-note": LEADS,
        "offer-support": LEADS,
        "review-support": LEADS,
        "record-elsewhere": LEADS,
        "hand-over": LEADS,
        "end-hand-over": ". + ! + + . . . . . . . .",
        "confirm-conflict": LEADS,
        "copy-item": LEADS,
        "begin-proceeding": ". . . + + . . . . . . . .",
        "decide-ico": REGISTER,
        "tell-ico-more": REGISTER,
        "record-ico-answer": REGISTER,
        "ask-advice": ". . . + + . . . . . . . .",
        "keep-working-notes": LEADS,
        "record-dates": LEADS,
        "copy-for-childs-file": LEADS,
        "hold-in-childs-file": LEADS,
        "close-part": LEADS,
        "reopen-part": LEADS,
        "ask-for-part-paper": LEADS,
    },
    "proceedings": {
        "record-investigation": ". . . + + + . . . . . . .",
        "arrange-hearing": ". . . + + - . . . . . . .",
        "record-hearing": ". . . + + + . . . . . . .",
        "record-finding": ". . . + - - . . . . . . .",
        "decide-outcome": ". . . + - - . . . . . . .",
        "end-without-hearing": ". . . + - - . . . . . . .",
        "record-letter": ". . . + + - . . . . . . .",
        "add-allegation": ". . . + + - . . . . . . .",
        "postpone-hearing": ". . . + + - . . . . . . .",
        "lodge-appeal": ". . . + + - . . . . . . .",
        "name-somebody-else": ". . . + + - . . . . . . .",
        "decide-appeal": ". . . + - - + . . . . . .",
    },
    "advice": {
        "record-advice": ". . . . + . . . . . . . .",
        "share-advice": ". . . . + . . . . . . . .",
        "ask-to-waive-privilege": ". . . . + . . . . . . . .",
        "waive-privilege": ". . . . ! . + . . . . . .",
    },
    "working-notes": {"destroy-working-notes": ". . . . . + . . . . . . ."},
    "papers": {"fetch-paper": ". . . + . . . . . . . . .", "release-paper": ". . . + ! . . . . . . . ."},
}  # fmt: skip
# The office of each in the printed matrix.
OFFICES = dict.fromkeys(CAST, printed_acts.OTHERS) | {
    "dee": "dsl", "dot": "deputy dsl", "harriet": "head of school", "hugh": "hr lead", "ivan": "investigating officer",
    "grace": "hearing officer", "priya": "dpo", "ada": "administrator", "olu": "dsl", "zoe": "dsl",
}  # fmt: skip


def right_state(cast, plural: str, slug: str):
    """A thing to which this act can be done now."""
    at = cast.now - LONG_AGO
    makers = {
        "read-report": states.reported, "triage": states.read, "answer-threshold": states.triaged,
        "record-told": states.triaged, "confirm-conflict": states.triaged, "record-decision": states.triaged,
        "name-person": states.triaged, "add-link": states.triaged, "add-evidence": states.triaged,
        "request-takedown": states.answered, "open-case": states.answered, "join-case": states.answered,
        "finish-concern": confirmed, "reopen-concern": finished, "stop-showing-files": states.triaged,
        "log-reply": states.requested, "chase": states.requested, "confirm-removal": states.requested,
        "give-up": states.requested,
        "record-reappearance": states.removed, "record-another-copy": states.removed, "recheck": states.removed,
        "open-part": with_parts, "ask-for-paper": with_parts, "close-case": states.settled_case,
        "reopen-case": states.closed, "reopen-part": states.closed_part, "end-hand-over": states.handed_over,
        "add-allegation": states.begun, "name-somebody-else": states.begun,
        "postpone-hearing": states.arranged, "lodge-appeal": states.decided, "decide-appeal": states.appealed,
        "begin-proceeding": states.conduct_part, "ask-advice": states.conduct_part,
        "decide-ico": states.breach, "tell-ico-more": states.ico_told, "record-ico-answer": states.ico_told,
        "record-advice": states.advice_asked, "share-advice": states.advised,
        "ask-to-waive-privilege": states.advised, "waive-privilege": states.waiver_asked,
        "destroy-working-notes": states.working_notes,
        "record-investigation": states.begun, "arrange-hearing": states.investigated,
        "record-hearing": states.arranged, "record-finding": states.heard, "decide-outcome": states.found,
        "end-without-hearing": states.investigated, "record-letter": states.decided,
        "check-speech": states.triaged, "record-officer-reply": disclosed,
        "finish-with-case": states.left_open, "take-back": states.left_finished, "hold-in-childs-file": states.copied,
        "fetch-paper": ready, "release-paper": for_sam, "describe-evidence": with_a_file,
    }  # fmt: skip
    if slug == "confirm-appointment":
        people.appoint(cast.oakfield, by=cast.ada, at=at, person=cast.tom.person, role="deputy_dsl")
    if slug == "confirm-account":
        una = factories.person(cast.oakfield, "Una Reid", at=at)
        account = {"person": una, "email": "una.reid@oakfield.example", "password": "three-green-lamps"}
        accounts.open_account(cast.oakfield, by=cast.ada, at=at, **account)
    registers = {"schools": cast.oakfield, "trusts": cast.trust}
    if plural in registers:
        return registers[plural]
    # An act on a concern and one on a part may share their name.
    found = makers.get(slug, states.part)
    return (states.part if (plural, slug) == ("parts", "confirm-conflict") else found)(cast, at=at)


def confirmed(cast, *, at):
    """A concern in which everything that its facts opened is answered."""
    return states.settled(states.answered(cast, at=at), cast, at=at)


def finished(cast, *, at):
    """The same, finished without a case."""
    answers = {"outcome": "no_further_action", "reason": "It was a joke."}
    return triage.finish_concern(confirmed(cast, at=at), by=cast.dee, at=at + 2 * states.DAY, **answers)


def disclosed(cast, *, at):
    """A concern that may be a disclosure in the public interest, of which the officer has not replied."""
    answers = {"belief": "no", "union": "no", "public_interest": "yes", "private": "no", "reason": "Unsafe labs."}
    answers["officer"] = cast.harriet.person
    return speech.check_speech(states.triaged(cast, at=at), by=cast.dee, at=at + states.DAY, **answers)


def with_parts(cast, *, at):
    """A case with a part for the child and a proceeding."""
    case = states.in_case(cast, at=at)
    states.part(cast, at=at, case=case)
    states.begun(cast, at=at, case=case)
    return case


def ready(cast, *, at):
    """A copy of a case with a proceeding, which only Harriet reads as a whole."""
    return states.paper(cast, at=at, subject=with_parts(cast, at=at))


def for_sam(cast, *, at):
    """A copy for Sam of the part about his conduct, asked for by Hugh; Harriet alone reads it too and fetched it."""
    asked = ASKING | {"audience": "subject", "by": cast.hugh, "at": at + states.DAY}
    paper = ask_for_part_paper(states.conduct_part(cast, at=at), **asked)
    jobs.keep(paper, PRINTED, at=at + states.DAY)
    made = Paper.objects.get(pk=paper.pk)
    fetch_paper(made, by=cast.harriet, at=at + states.DAY, promise="yes")
    return made


def with_a_file(cast, *, at):
    """A concern that was triaged, with a file."""
    concern, sent = states.triaged(cast, at=at), [states.upload(cast.dee)]
    return reporting.add_evidence(concern, by=cast.dee, at=at + states.HOUR, files=sent, how_seen="public")


CELLS = [(plural, slug) for plural, rows in MATRIX.items() for slug in rows]
NAMES = [f"{plural}/{slug}" for plural, slug in CELLS]


def test_every_act_has_its_row():
    assert {(subject.plural, act.slug) for subject, act in printed_acts.offered()} == set(CELLS)


@pytest.mark.parametrize(("plural", "slug"), CELLS, ids=NAMES)
def test_an_act_answers_everyone_as_the_matrix_says(cast, plural, slug):
    path = address(right_state(cast, plural, slug), slug)
    expected = dict(zip(CAST, MATRIX[plural][slug].split(), strict=True))
    browsers = {name: browser(user) for name, user in cast.everyone().items()}
    pages = {name: client.get(path).status_code for name, client in browsers.items()}
    answers = {name: send(client, path, {"nonsense": True}).status_code for name, client in browsers.items()}
    assert pages == {name: PAGE[cell] for name, cell in expected.items()}
    assert answers == {name: API[cell] for name, cell in expected.items()}
    stranger = browser()
    assert stranger.get(path)["location"] == f"/accounts/login/?next={path}"
    assert send(stranger, path, {}).status_code == 401


def printed_matrix() -> dict[str, dict[str, str]]:
    """The matrix as it stands in docs/acts.md, by act and office."""
    lines = [line.strip("|").split("|") for line in printed_acts.matrix().splitlines() if line.startswith("|")]
    heads, _, *rows = [[cell.strip() for cell in line] for line in lines]
    return {row[0].rstrip("*").replace(" / ", "/"): dict(zip(heads[1:], row[1:], strict=True)) for row in rows}


@pytest.mark.parametrize(("plural", "slug"), CELLS, ids=NAMES)
def test_the_printed_matrix_says_the_same(plural, slug):
    printed = printed_matrix()[f"{plural}/{slug}"]
    expected = dict(zip(CAST, MATRIX[plural][slug].split(), strict=True))
    for name, cell in expected.items():
        by_office = printed[OFFICES[name]]
        assert by_office or cell not in "+!", f"{name} may, and the page does not say so"
        if cell == "-" and name not in {"ivan", "olu"}:  # they hold their offices at another school
            assert by_office in {"", printed_acts.GIVEN}, f"{name} may not, and the page says {by_office}"


def test_everyone_in_the_cast_stands_in_the_matrix(cast):
    assert list(cast.everyone()) == CAST
    rows = itertools.chain.from_iterable(MATRIX.values())
    assert len(list(rows)) == len(CELLS)
