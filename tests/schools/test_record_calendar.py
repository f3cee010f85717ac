"""Recording terms and closures: from then on the school's own days count in its dates."""

from datetime import date

import pytest

from schools.calendars import calendar_of
from schools.models import CalendarDay
from schools.workflow.people import record_calendar
from tests import states

pytestmark = pytest.mark.django_db
CLOSED = {
    "kind": "emergency_closure",
    "name": "No heating",
    "start_on": date(2026, 11, 27),
    "end_on": date(2026, 11, 27),
}
TERM = {"kind": "term", "name": "Autumn", "start_on": date(2026, 9, 2), "end_on": date(2026, 12, 18)}


def test_record_calendar_is_for_the_administrator_and_the_lead_of_personnel(cast, at):
    assert states.who_may(record_calendar, cast.oakfield, cast, at=at) == ("ada hugh", "")


def test_record_calendar_makes_the_days_count(cast, at):
    assert not calendar_of(cast.oakfield).closed(date(2026, 11, 27))
    record_calendar(cast.oakfield, by=cast.ada, at=at, days=[TERM, CLOSED])
    assert calendar_of(cast.oakfield).closed(date(2026, 11, 27))
    assert not calendar_of(cast.oakfield).closed(date(2026, 11, 26))
    assert CalendarDay.objects.filter(school=cast.oakfield).count() == 2


def test_record_calendar_names_the_row_that_ends_before_it_starts(cast, at):
    wrong = TERM | {"end_on": date(2026, 9, 1)}
    words = "Row 2 ends before it starts."
    assert states.why_not(record_calendar, cast.oakfield, by=cast.ada, at=at, days=[CLOSED, wrong]) == words
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize("last", [date(2027, 11, 27), date(2027, 11, 28), date(9999, 12, 31)])
def test_record_calendar_takes_a_year_and_names_the_row_that_is_longer(cast, at, last):
    # 366 days, the longest a year can be, counted from 27 November 2026 end on 27 November 2027.
    days = [CLOSED | {"end_on": last}]
    if last == date(2027, 11, 27):
        record_calendar(cast.oakfield, by=cast.ada, at=at, days=days)
        return
    words = "Row 1 is longer than a year: give each term, holiday and closure its own dates."
    assert states.why_not(record_calendar, cast.oakfield, by=cast.ada, at=at, days=days) == words


def test_record_calendar_leaves_its_line(cast, at):
    record_calendar(cast.oakfield, by=cast.ada, at=at, days=[TERM, CLOSED])
    assert states.last_line(cast.oakfield) == ("calendar.recorded", cast.ada.pk, at, {"days": 2})
