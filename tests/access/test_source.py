"""Who made a disclosure in the public interest is named in no answer to those who are not told, until it is none."""

import pytest

from casework.models import Case
from incidents.models import Concern
from incidents.workflow.speech import check_speech, record_officer_reply
from schools import clock, sources
from schools.access import Viewer
from schools.timeline import lines_of
from tests import states
from tests.access.browsing import address, browser, sought
from tests.access.crawling import Crawl, every_list, every_page
from tests.access.test_hidden import references
from tests.conftest import NOW
from tests.pages import words

pytestmark = pytest.mark.django_db
KEPT_BACK = "Name kept back: a disclosure in the public interest"
ANSWERS = {"belief": "no", "union": "no", "public_interest": "yes", "private": "no", "reason": "The labs are unsafe."}
TOLD = "He wrote about a child. Tom Okoro, teacher of history"
AT = NOW - 2 * states.DAY


@pytest.fixture
def still(monkeypatch, on_the_day):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def matter(cast, still) -> Concern:
    """Tom reported it with a file; a proceeding about Sam was begun before it was seen to be a disclosure."""
    at = AT - 6 * states.DAY
    concern = states.answered(cast, at=at, narrative=TOLD, files=[states.upload(cast.tom)])
    states.begun(cast, at=at + states.DAY, case=states.opened(concern, cast, at=at))
    return check_speech(concern, by=cast.dee, at=AT, officer=cast.olu.person, **ANSWERS)


def naming(user, name: bytes = b"Okoro") -> list[str]:
    """What, of everything a person can get, names the one who reported and is no list of all the staff."""
    crawl = Crawl(browser(user)).everywhere("/", "/concerns/", "/cases/", "/my-reports/")
    for path in every_list() + every_page(references()):
        crawl.get(path)
    # Ada has no part in it: where she stands too, it is the directory.
    pages = {asked: body for asked, (status, _, body) in crawl.answers.items() if status != 404}
    assert len(pages) > 10
    return sorted(asked for asked, body in pages.items() if name in body and b"Ada Brook" not in body)


@pytest.mark.parametrize("name", ["harriet", "hugh", "ivan", "sam", "grace"])
def test_no_answer_names_who_made_the_disclosure_to_somebody_who_is_not_told(cast, matter, name):
    assert naming(getattr(cast, name)) == []


def pages_that_name(cast, concern, name) -> list[bool]:
    """Whether the page, its first line of history and the API name who reported, to one of the cast."""
    client = browser(getattr(cast, name))
    paths = (address(concern), f"/records/{concern.ref}/history/1/", f"/api/v1/concerns/{concern.ref}/")
    return ["Okoro" in client.get(path).content.decode() for path in paths]


@pytest.mark.parametrize(
    ("name", "is_told"),
    [("dee", True), ("dot", False), ("olu", True), ("harriet", False)],  # Dot saw it, and stands aside
)
def test_the_lead_and_the_officer_are_told_and_the_head_is_not(cast, matter, name, is_told):
    assert pages_that_name(cast, matter, name) == [is_told] * 3


def test_the_page_says_why_a_name_is_missing(cast, matter):
    page = words(browser(cast.harriet).get(address(matter)))
    assert f"Part of a case Reported Sun 15 Nov 2026, 08:00. {KEPT_BACK}. Read Sun 15 Nov 2026, 09:00" in page
    assert "He wrote about a child. [name kept back]" in page
    assert f"captured by {KEPT_BACK}" in page
    assert f"Concern reported by {KEPT_BACK}" in page
    assert f"{KEPT_BACK} Decides nothing here Reported it" in page


def test_who_made_it_goes_on_to_see_their_own_report(cast, matter):
    page = words(browser(cast.tom).get(f"/my-reports/{matter.ref}/"))
    assert TOLD in page


def test_that_they_looked_at_their_own_report_is_not_told_either(cast, matter):
    browser(cast.tom).get(f"/my-reports/{matter.ref}/")
    seen = words(browser(cast.harriet).get(f"/records/{matter.ref}/looked/"))
    assert KEPT_BACK in seen
    assert "Okoro" not in seen
    assert "Tom Okoro" in words(browser(cast.dee).get(f"/records/{matter.ref}/looked/"))


@pytest.mark.parametrize(("answer", "is_named"), [("yes", False), ("no", True)])
def test_only_the_reply_that_it_is_no_disclosure_ends_it(cast, matter, answer, is_named):
    reply = {"happened_at": AT, "said": "I looked into it.", "is_disclosure": answer}
    record_officer_reply(matter, by=cast.dee, at=AT + states.DAY, **reply)
    assert pages_that_name(cast, matter, "harriet") == [is_named] * 3


def test_an_officer_who_reported_keeps_their_name_in_what_they_do_by_their_office(cast, still):
    concern = states.answered(cast, at=AT - states.DAY, by=cast.dee)
    check_speech(concern, by=cast.dee, at=AT, officer=cast.olu.person, **ANSWERS)
    who = {line.verb: line.who for line in lines_of([concern.record], Viewer(cast.harriet, NOW))}
    assert who["concern.reported"] == KEPT_BACK
    assert who["concern.triaged"] == "Dee Marsh"


def test_who_was_harmed_too_is_named_for_that_and_not_for_having_reported_it(cast, still):
    people = [states.SAM, {"name": "Tom Okoro", "kind": "staff", "part": "target"}]
    concern = states.answered(cast, at=AT - states.DAY, people=people)
    check_speech(concern, by=cast.dee, at=AT, officer=cast.olu.person, **ANSWERS)
    page = words(browser(cast.harriet).get(address(concern)))
    assert "Tom Okoro Decides nothing here Teacher of history, Oakfield School: person harmed" in page
    assert f"{KEPT_BACK} Reported it" in page
    assert "the person who reported it" not in page.lower()


def test_a_page_never_saves_what_stands_in_place_of_a_name(cast, matter):
    shown = sources.shown_to(Viewer(cast.harriet, NOW), matter.record)
    told = shown.row(matter)
    assert (told.reporter.name, matter.reporter.name) == (KEPT_BACK, "Tom Okoro")
    assert Concern.objects.get(pk=matter.pk).reporter == cast.tom.person


def test_no_search_finds_it_by_the_name_in_it_until_it_is_none(cast, matter):
    def found(typed):
        client = browser(cast.harriet)
        return matter.ref in client.get(sought(client, typed)).content.decode()

    assert (found("Okoro"), found("wrote"), found("Lane")) == (False, True, True)
    reply = {"happened_at": AT, "said": "I looked into it.", "is_disclosure": "no"}
    record_officer_reply(matter, by=cast.dee, at=AT + states.DAY, **reply)
    assert found("Okoro")


def test_another_report_of_the_same_person_is_not_touched(cast, matter):
    other = states.answered(cast, at=AT - states.DAY)
    assert "by Tom Okoro" in words(browser(cast.harriet).get(address(other)))


def test_the_data_protection_officer_is_told_in_a_part_that_they_read(cast, matter):
    part = states.part(cast, "data_breach", at=AT, case=Case.objects.get())
    assert "Tom Okoro" in words(browser(cast.priya).get(address(part)))
    assert f"{KEPT_BACK} Decides nothing here Reported it" in words(browser(cast.harriet).get(address(part)))
