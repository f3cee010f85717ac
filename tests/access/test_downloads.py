"""A list as a file: clear facts, only by right, only what is seen, and written down."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import transaction

from schools import ledger, list_pages
from schools.models import Looked, Reader
from schools.roles import Role
from tests import factories, states, story
from tests.access.browsing import browser
from tests.access.crawling import body_of
from tests.conftest import NOW
from tests.pages import in_order, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
FRIDAY = NOW - timedelta(days=3)  # 20 November 2026, 08:00
LISTS = ["concerns", "takedowns", "cases", "proceedings", "papers", "people"]


def file_of(user, address: str) -> list[list[str]]:
    """The rows of a downloaded file, its headings first."""
    answer = browser(user).get(address)
    assert answer.status_code == 200, words(answer)
    return list(csv.reader(io.StringIO(body_of(answer).decode("utf-8-sig"), newline="")))


def test_each_list_is_handed_over_as_its_clear_facts(cast):
    concern = states.answered(cast, at=FRIDAY)
    takedown = states.requested(cast, at=FRIDAY, concern=concern)
    case = states.opened(concern, cast, at=FRIDAY)
    proceeding = states.begun(cast, at=FRIDAY, case=case)
    # Reported at eight, opened by Dee an hour later and triaged two hours later; asked, and made a case, at twelve.
    times = "2026-11-20 08:00,2026-11-20 09:00,2026-11-20 10:00"
    what = "Confidential or internal information given out"
    assert file_of(cast.harriet, "/concerns/download/")[1:] == [
        [concern.ref, "Oakfield School", what, "Part of a case", "No", *times.split(","), "", ""],
    ]
    asked = ["Oakfield School", "Facebook", "The platform", "Asked; no answer yet"]
    # Chased at the end of the second working day after Friday, Tuesday.
    assert file_of(cast.harriet, "/takedowns/download/") == [
        ["Reference", "School", "Where", "Asked of", "Stage", "Asked", "Chase by", "Gone", "Look again on"],
        [takedown.ref, *asked, "2026-11-20 12:00", "2026-11-24 23:59", "", ""],
    ]
    assert file_of(cast.harriet, "/cases/download/") == [
        ["Reference", "School", "Stage", "Opened", "Closed"],
        [case.ref, "Oakfield School", "Open", "2026-11-20 12:00", ""],
    ]
    (row,) = file_of(cast.hugh, "/proceedings/download/")[1:]
    assert row[:4] == [proceeding.ref, "Oakfield School", "Being investigated", "2026-11-20 14:00"]
    olu = ["Olu Bello", "Staff", "Elmwood School", "", "yes", "", ""]
    assert olu in file_of(cast.hugh, "/people/download/?school=elmwood")


def test_no_confidential_word_and_no_name_of_those_concerned_is_in_any_file(cast):
    story.play(cast, at=NOW - timedelta(days=60), word="harbour").prints()
    for name in LISTS[:5]:
        answer = browser(cast.harriet).get(f"/{name}/download/")
        content = body_of(answer).decode()
        assert content.count("\n") >= 2, name
        assert not [one for one in ("harbour", "Sam Field", "Kit", "posts.example", "sam.f") if one in content], name


def test_a_file_follows_the_filters_and_the_order_of_the_page(cast):
    first, second = states.read(cast, at=FRIDAY), states.read(cast, at=FRIDAY + states.HOUR)
    triaged = states.triaged(cast, at=FRIDAY - states.DAY)
    page = browser(cast.dee).get("/concerns/?status=reported&sort=reported").content.decode()
    assert 'href="download/?status=reported&amp;sort=reported"' in page
    rows = file_of(cast.dee, "/concerns/download/?status=reported&sort=reported")
    assert [row[0] for row in rows[1:]] == [first.ref, second.ref]
    assert [row[0] for row in file_of(cast.dee, "/concerns/download/")[1:]] == [second.ref, first.ref, triaged.ref]


def test_the_file_is_kept_by_its_name_and_opened_by_nobody_on_the_way(cast):
    states.read(cast, at=FRIDAY)
    answer = browser(cast.dee).get("/concerns/download/")
    assert answer["Content-Disposition"] == 'attachment; filename="concerns-2026-11-23.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"


def test_a_formula_for_a_name_calculates_nothing(cast):
    factories.person(cast.oakfield, '=HYPERLINK("https://x.example")', at=FRIDAY)
    names = [row[0] for row in file_of(cast.ada, "/people/download/")[1:]]
    assert '\'=HYPERLINK("https://x.example")' in names


def test_who_downloaded_what_is_written_down(cast):
    concern = states.read(cast, at=FRIDAY)
    Looked.objects.all().delete()
    file_of(cast.dee, "/concerns/download/")
    line = Looked.objects.get()
    assert (line.page, line.records) == ("download of concerns", [str(concern.pk)])
    assert line.basis == "dsl, leadership_team, staff; lines: 1"
    assert line.user_id == cast.dee.pk


def test_without_the_right_nothing_is_handed_over_or_offered(cast):
    states.begun(cast, at=FRIDAY)
    in_order(words(browser(cast.ivan).get("/proceedings/")), "1 proceeding")
    assert b"download/" not in browser(cast.ivan).get("/proceedings/").content
    for user in (cast.ivan, cast.tom, cast.grace, cast.priya):
        answer = browser(user).get("/proceedings/download/")
        assert answer.status_code == 403
        in_order(words(answer), "Downloading a list is a right of its own, and none of your offices carries it.")
    assert not Looked.objects.filter(page__startswith="download").exists()


def given(part, user, role: str) -> None:
    with transaction.atomic():
        row = Reader(record=part.record, person=user.person, role=role, why="x", since=FRIDAY)
        ledger.record("record.given", part.record, row, by=None, at=FRIDAY)


def test_what_was_given_by_name_is_in_the_file_only_if_given_in_an_office_that_downloads(cast):
    """Olu leads safeguarding at Elmwood; of Oakfield she was given one part to look into, and one to lead."""
    case = states.in_case(cast, at=FRIDAY)
    looks_into, leads = (states.part(cast, at=FRIDAY, case=case) for _ in range(2))
    given(looks_into, cast.olu, "investigating_officer")
    in_order(words(browser(cast.olu).get("/cases/")), case.ref, "1 case")
    assert file_of(cast.olu, "/cases/download/")[1:] == []
    given(leads, cast.olu, "dsl")
    assert [row[0] for row in file_of(cast.olu, "/cases/download/")[1:]] == [case.ref]


def test_what_is_hidden_is_in_no_file(cast):
    factories.office(cast.sam.person, Role.DEPUTY_DSL, at=FRIDAY - timedelta(days=300))
    about_sam = states.answered(cast, at=FRIDAY)
    other = states.about_nobody_here(cast, at=FRIDAY)
    assert [row[0] for row in file_of(cast.sam, "/concerns/download/")[1:]] == [other.ref]
    assert {row[0] for row in file_of(cast.dee, "/concerns/download/")[1:]} == {other.ref, about_sam.ref}


def test_a_list_too_long_for_one_file_is_refused_and_never_cut_short(cast, monkeypatch):
    monkeypatch.setattr(list_pages, "MOST_LINES", 1)
    states.read(cast, at=FRIDAY)
    assert len(file_of(cast.dee, "/concerns/download/")) == 2
    states.read(cast, at=FRIDAY)
    answer = browser(cast.dee).get("/concerns/download/")
    assert answer.status_code == 409
    in_order(words(answer), "more than 5,000 lines", "narrow it first")
