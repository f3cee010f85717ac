"""A school's own calendar, from the rows that were recorded."""

from schools.calendar import Calendar


def calendar_of(school) -> Calendar:
    """The days that count at one school: its nation, terms, half terms, training days and closures."""
    return Calendar.from_rows(school.calendar_days.values("kind", "start_on", "end_on"), nation=school.nation)
