"""A school's own calendar, from the rows that were recorded."""

from django.db.models import prefetch_related_objects

from schools.calendar import Calendar


def calendar_of(school) -> Calendar:
    """The days that count at one school: its nation, terms, half terms, training days and closures."""
    return Calendar.from_rows(school.calendar_days.values("kind", "start_on", "end_on"), nation=school.nation)


def calendars_of(schools) -> dict[object, Calendar]:
    """The days that count at each of some schools, by the keys of the schools; asked once for all of them."""
    prefetch_related_objects(list(schools), "calendar_days")
    return {
        school.pk: Calendar.from_rows(map(vars, school.calendar_days.all()), nation=school.nation) for school in schools
    }
