"""What a list makes of its address: filters, order and pages that are known, and one sentence for what is not."""

import re
from datetime import timedelta

import pytest

from schools import list_pages
from schools.templatetags.daybook import drawn
from tests import states
from tests.access.browsing import browser
from tests.conftest import NOW
from tests.pages import in_order, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
FRIDAY = NOW - timedelta(days=3)
SHOWN = "The list is shown without it."


def page(user, path) -> str:
    answer = browser(user).get(path)
    assert answer.status_code == 200
    return words(answer)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/concerns/?status=nonsense", "does not have: Stage “nonsense”."),
        ("/concerns/?sort=nonsense&code=%F0%9F%98%80", "does not have: What happened “😀”, Order “nonsense”."),
        ("/concerns/?school=ashfield", "does not have: School “ashfield”."),  # another trust's, as good as none
        ("/concerns/?status=%00x", "does not have: Stage “x”."),
        ("/takedowns/?asked_of=" + "a" * 50, f"does not have: Asked of “{'a' * 40}”."),
        ("/cases/?status=<b>", "does not have: Stage “&lt;b&gt;”."),
        ("/proceedings/?outcome=hanged", "does not have: Outcome “hanged”."),
        ("/people/?left=maybe", "does not have: Has left “maybe”."),
        ("/papers/?status=x", "does not have: Stage “x”."),
    ],
)
def test_what_a_list_does_not_have_is_said_in_one_sentence(cast, path, said):
    concern = states.read(cast, at=FRIDAY)
    found = page(cast.harriet, path)
    in_order(found, "The address asks for something that this list", said, SHOWN)
    assert (concern.ref in found) == path.startswith("/concerns/")


def test_what_a_list_does_have_needs_no_such_sentence(cast):
    states.read(cast, at=FRIDAY)
    for path in ("/concerns/", "/concerns/?status=&school=", "/concerns/?status=reported&sort=-status&page=9"):
        assert SHOWN not in page(cast.dee, path)


def test_the_address_keeps_filters_and_order_and_lets_go_of_one_at_a_time(cast):
    states.read(cast, at=FRIDAY)
    source = browser(cast.dee).get("/concerns/?status=reported&school=oakfield&sort=reported").content.decode()
    assert 'href="?school=oakfield&amp;sort=reported"' in source  # without the stage
    assert 'href="?status=reported&amp;sort=reported"' in source  # without the school
    assert 'href="?sort=reported"' in source  # without both
    assert '<input type="hidden" name="sort" value="reported">' in source
    assert 'href="?status=reported&amp;school=oakfield&amp;sort=-reported"' in source  # the same, the other way round


def test_of_very_many_rows_the_first_are_counted_and_shown_and_it_is_said_that_there_are_more(cast, monkeypatch):
    monkeypatch.setattr(list_pages, "MOST_SHOWN", 51)
    newest = [states.reported(cast, at=FRIDAY + number * states.HOUR / 60).ref for number in range(53)][::-1]
    said = page(cast.dee, "/concerns/?page=99")
    in_order(said, newest[50], "Showing 51 to 51 of more than 51 concerns")
    assert newest[51] not in said
    in_order(page(cast.dee, "/concerns/?sort=reported"), newest[52], "Showing 1 to 50 of more than 51 concerns")


def test_takedowns_are_listed_and_narrowed_without_an_address_or_a_name(cast):
    waiting, gone = states.requested(cast, at=FRIDAY), states.removed(cast, at=FRIDAY - states.DAY)
    said = page(cast.dee, "/takedowns/")
    in_order(said, waiting.ref, "The platform, Facebook", "Oakfield School", "Asked; no answer yet", "Tue 24 Nov 2026")
    in_order(said, gone.ref, "Gone", "2 takedowns")
    assert not [
        one for one in ("posts.example", "sam.f", "Sam Field", "Dee Marsh") if one in said.partition("Stage")[2]
    ]
    assert waiting.ref not in page(cast.dee, "/takedowns/?status=removed")
    in_order(page(cast.dee, "/takedowns/?status=ended"), "No takedown matches", "Show all takedowns")
    in_order(page(cast.sam, "/takedowns/"), "No takedown to show")


def test_proceedings_are_listed_for_whoever_reads_the_conduct_part_and_name_nobody(cast):
    proceeding = states.arranged(cast, at=FRIDAY)
    # Begun on Friday at two in the afternoon, two whole days and more ago; the hearing three weeks after the start,
    # Friday 11 December at eight.
    for user in (cast.hugh, cast.harriet, cast.ivan):
        said = page(user, "/proceedings/")
        in_order(said, proceeding.ref, "Oakfield School", "Hearing arranged", "2 days ago", "Fri 11 Dec 2026, 08:00")
        assert "Sam Field" not in said
    for user in (cast.dee, cast.sam, cast.olu):
        in_order(page(user, "/proceedings/"), "No proceeding to show")


def menu_of(user) -> list[str]:
    said = page(user, "/policy/").partition("Menu ")[2]
    return [
        one for one in ("Concerns", "Takedowns", "Cases", "Proceedings", "People") if one in said.split(" Policy")[0]
    ]


def test_the_menu_offers_the_lists_that_somebody_has_use_for(cast):
    assert menu_of(cast.harriet) == ["Concerns", "Takedowns", "Cases", "Proceedings", "People"]
    assert menu_of(cast.dee) == ["Concerns", "Takedowns", "Cases"]
    assert menu_of(cast.hugh) == ["Cases", "Proceedings", "People"]
    assert menu_of(cast.ada) == ["People"]
    assert menu_of(cast.tom) == []


def groups_of(user) -> list[str]:
    """What somebody chooses among first, whatever stands below each name."""
    page = browser(user).get("/takedowns/").content.decode()
    return re.findall(r'navigation__item[^"]*"><a[^>]*>(?:<strong[^>]*>)?([^<]*)', page)


def test_nobody_chooses_among_more_than_six_names(cast):
    assert groups_of(cast.harriet) == ["Desk", "Report", "Concerns", "Cases", "Search", "Your school"]
    assert groups_of(cast.tom) == ["Desk", "Report", "Your school"]


def test_the_page_that_is_open_is_marked_in_its_group_and_nowhere_else(cast):
    page = browser(cast.harriet).get("/takedowns/").content.decode()
    assert re.findall(r'href="([^"]*)" aria-current="(\w+)"', page) == [("/concerns/", "true"), ("/takedowns/", "page")]


def test_a_row_is_drawn_with_the_heading_of_each_cell_and_nothing_typed_counts_as_markup():
    assert drawn([["<b>", 3]], [{"label": "A & B"}, {"label": "How many", "is_number": True}]) == (
        '<tr class="govuk-table__row" role="row">\n'
        '<td role="cell" class="govuk-table__cell">'
        '<span class="daybook-table__label" aria-hidden="true">A &amp; B</span>'
        '<span class="daybook-table__value">&lt;b&gt;</span></td>\n'
        '<td role="cell" class="govuk-table__cell govuk-table__cell--numeric">'
        '<span class="daybook-table__label" aria-hidden="true">How many</span>'
        '<span class="daybook-table__value">3</span></td>\n'
        "    </tr>"
    )
