"""Which days count, in four nations and at one school. Dates are from the published lists, not from the library."""

from datetime import UTC, date, datetime, time

import pytest

from schools.calendar import Calendar, TermsUnknown, add_months, day_of, from_clock, london

# The published bank holidays that fall on weekdays, 2026 to 2028; Scotland has a day proclaimed once, 15 June 2026.
BANK_HOLIDAYS = {
    "england": "2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28 "
    "2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28 "
    "2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26",
    "scotland": "2026-01-01 2026-01-02 2026-04-03 2026-05-04 2026-05-25 2026-06-15 2026-08-03 2026-11-30 2026-12-25 "
    "2026-12-28 2027-01-01 2027-01-04 2027-03-26 2027-05-03 2027-05-31 2027-08-02 2027-11-30 2027-12-27 2027-12-28 "
    "2028-01-03 2028-01-04 2028-04-14 2028-05-01 2028-05-29 2028-08-07 2028-11-30 2028-12-25 2028-12-26",
    "northern_ireland": "2026-01-01 2026-03-17 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-07-13 2026-08-31 "
    "2026-12-25 2026-12-28 2027-01-01 2027-03-17 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-07-12 2027-08-30 "
    "2027-12-27 2027-12-28 2028-01-03 2028-03-17 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-07-12 2028-08-28 "
    "2028-12-25 2028-12-26",
}
BANK_HOLIDAYS["wales"] = BANK_HOLIDAYS["england"]

# One junior school's autumn: term from 1 September to 18 December, half-term 26 to 30 October, an INSET day on
# 1 September, and a burst pipe on 12 November.
SCHOOL = Calendar(
    terms=((date(2026, 9, 1), date(2026, 12, 18)), (date(2027, 1, 4), date(2027, 3, 25))),
    breaks=((date(2026, 10, 26), date(2026, 10, 30)),),
    inset=frozenset({date(2026, 9, 1)}),
    closures=frozenset({date(2026, 11, 12)}),
)


@pytest.mark.parametrize("nation", sorted(BANK_HOLIDAYS))
def test_weekday_bank_holidays_are_those_published(nation):
    published = {date.fromisoformat(day) for day in BANK_HOLIDAYS[nation].split()}
    weekdays = [date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), date(2029, 1, 1).toordinal())]
    shut = {day for day in weekdays if day.weekday() < 5 and not Calendar(nation=nation).is_working_day(day)}
    assert shut == published


def test_any_part_of_the_united_kingdom_shuts_on_every_nations_days():
    anywhere = Calendar(nation="united_kingdom")
    for day in (date(2026, 1, 2), date(2026, 3, 17), date(2026, 8, 3), date(2026, 8, 31)):
        assert not anywhere.is_working_day(day)
    assert Calendar(nation="england_wales").is_working_day(date(2026, 3, 17))


def test_a_day_proclaimed_once_is_no_working_day():
    crowned = Calendar(extra_holidays=frozenset({date(2026, 9, 14)}))
    assert not crowned.is_working_day(date(2026, 9, 14))
    assert Calendar().is_working_day(date(2026, 9, 14))


def test_working_days_are_counted_over_weekends_and_bank_holidays_both_ways():
    # Thu 24 Dec: 25 Fri, 26 and 27 weekend, 28 Mon bank holiday, so the first is Tue 29.
    assert Calendar().add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 29)
    # Back from Tue 29 Dec: 28, 27, 26, 25 do not count.
    assert Calendar().add_working_days(date(2026, 12, 29), -1) == date(2026, 12, 24)
    assert Calendar().add_working_days(date(2026, 12, 26), 0) == date(2026, 12, 26)


def test_next_working_day_leaves_a_working_day_alone():
    assert Calendar().next_working_day(date(2026, 12, 24)) == date(2026, 12, 24)
    assert Calendar().next_working_day(date(2026, 12, 25)) == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("day", "session"),
    [
        (date(2026, 9, 1), False),  # INSET
        (date(2026, 9, 2), True),
        (date(2026, 9, 5), False),  # Saturday
        (date(2026, 10, 28), False),  # half-term
        (date(2026, 11, 12), False),  # burst pipe
        (date(2026, 12, 18), True),
        (date(2026, 12, 21), False),  # holidays
        (date(2027, 1, 4), True),
    ],
)
def test_school_days_are_days_with_a_session(day, session):
    assert SCHOOL.is_school_day(day) is session


def test_school_days_are_counted_over_half_term_and_closure():
    # From Thu 22 Oct: 23 Oct (1); 26 to 30 half-term; 2 to 6 Nov (6); 9, 10, 11 (9); 12 shut; 13 Nov (10).
    assert SCHOOL.add_school_days(date(2026, 10, 22), 10) == date(2026, 11, 13)


def test_school_days_are_not_invented_past_the_last_term_known():
    with pytest.raises(TermsUnknown, match="past 2027-03-25"):
        SCHOOL.add_school_days(date(2027, 3, 22), 4)  # 23, 24, 25 March, then nothing is known
    with pytest.raises(TermsUnknown, match="term dates"):
        Calendar().add_school_days(date(2026, 10, 22), 1)


def test_a_closure_is_named_by_its_first_and_last_day():
    assert SCHOOL.closed(date(2026, 10, 28)) == (date(2026, 10, 26), date(2026, 10, 30))
    assert SCHOOL.closed(date(2026, 11, 12)) == (date(2026, 11, 12), date(2026, 11, 12))
    assert SCHOOL.closed(date(2026, 12, 23)) == (date(2026, 12, 19), date(2027, 1, 3))
    assert SCHOOL.closed(date(2026, 9, 1)) is None  # INSET: staff are at work
    assert SCHOOL.closed(date(2026, 11, 14)) is None  # a weekend in term


def test_two_days_of_snow_are_one_closure():
    snow = Calendar(closures=frozenset({date(2026, 2, 3), date(2026, 2, 4)}))
    assert snow.closed(date(2026, 2, 4)) == (date(2026, 2, 3), date(2026, 2, 4))


def test_a_calendar_is_read_from_rows():
    rows = [
        {"kind": "term", "start_on": "2026-09-01", "end_on": "2026-12-18"},
        {"kind": "half_term", "start_on": "2026-10-26", "end_on": "2026-10-30"},
        {"kind": "inset", "start_on": "2026-09-01", "end_on": "2026-09-01"},
        {"kind": "emergency_closure", "start_on": "2026-11-12", "end_on": "2026-11-13"},
    ]
    read = Calendar.from_rows(rows, nation="England")
    assert [read.is_school_day(date(2026, 9, day)) for day in (1, 2)] == [False, True]
    assert read.closed(date(2026, 11, 13)) == (date(2026, 11, 12), date(2026, 11, 13))


def test_a_term_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="cannot end on 2026-09-01 before"):
        Calendar(terms=((date(2026, 12, 18), date(2026, 9, 1)),))


def test_an_unknown_nation_is_refused():
    with pytest.raises(ValueError, match="'france' is not a nation"):
        Calendar(nation="france")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day, months, expected):
    assert add_months(day, months) == expected


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="does not say its zone"):
        london(datetime(2026, 12, 18, 16, 0))  # noqa: DTZ001 - the naive time is what is refused


def test_the_date_is_the_one_in_london():
    # 23:30 UTC in summer is half past midnight of the next day in London.
    assert day_of(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert day_of(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == date(2026, 12, 1)


def test_the_lost_hour_is_refused():
    # The clocks went from 01:00 to 02:00 on 29 March 2026.
    with pytest.raises(ValueError, match="There was no 01:30 on 29 March 2026"):
        from_clock(date(2026, 3, 29), time(1, 30))
    assert from_clock(date(2026, 3, 29), time(2, 0)).astimezone(UTC) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_the_hour_that_comes_twice_asks_which():
    # The clocks went back from 02:00 to 01:00 on 26 October 2025: 01:30 came at 00:30 and again at 01:30 UTC.
    with pytest.raises(ValueError, match="came twice"):
        from_clock(date(2025, 10, 26), time(1, 30))
    first = from_clock(date(2025, 10, 26), time(1, 30), which="first")
    second = from_clock(date(2025, 10, 26), time(1, 30), which="second")
    assert first.astimezone(UTC) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert second.astimezone(UTC) == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
