"""Dates and clock times as people type them and as programs send them."""

import re
from calendar import month_name
from datetime import UTC, date, datetime, time

YEARS = range(1900, 2200)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.ASCII | re.IGNORECASE)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}.*", re.ASCII)


class Unreadable(ValueError):
    """What was typed is no date or time; its text finishes a sentence that begins with the question."""


def read_day(*, day: str, month: str, year: str) -> date:
    """Reads the three boxes of a date; the month may be a number or its name.

    Raises Unreadable, which says the missing part or that there is no such day.
    """
    parts = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    missing = [f"a {name}" for name, typed in parts.items() if not typed]
    if missing:
        raise Unreadable(f"must include {' and '.join(missing)}")
    if not re.fullmatch(r"\d{4}", parts["year"], re.ASCII) or int(parts["year"]) not in YEARS:
        raise Unreadable("must have a year of four figures, such as 2026")
    try:
        return date(int(parts["year"]), _month(parts["month"]), _number(parts["day"]))
    except ValueError:
        raise Unreadable("must be a real date, such as 24 2 2026") from None


def read_iso_day(typed: str) -> date:
    """Reads one ISO 8601 date, such as 2026-02-24. Raises Unreadable."""
    try:
        if not _ISO_DAY.fullmatch(typed):
            raise ValueError(typed)
        day = date.fromisoformat(typed)
    except ValueError:
        raise Unreadable("must be a real date written like 2026-02-24") from None
    return _of_our_time(day)


def read_clock(typed: str) -> time:
    """Reads a time of day such as 13:10, 9.05 or 1:10pm. Raises Unreadable."""
    found = _CLOCK.fullmatch(typed.strip())
    if not found or not (found[2] or found[3]):
        raise Unreadable("must have a time such as 13:10 or 1:10pm")
    hour, half = int(found[1]), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise Unreadable("must have a time such as 13:10 or 1:10pm")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, int(found[2] or 0))
    except ValueError:
        raise Unreadable("must have a time between 00:00 and 23:59") from None


def read_iso_moment(typed: str) -> datetime:
    """Reads one ISO 8601 time with its zone and gives it in UTC. Raises Unreadable, also when the zone is missing."""
    try:
        if not _ISO_MOMENT.fullmatch(typed):
            raise ValueError(typed)
        moment = datetime.fromisoformat(typed)
        if moment.tzinfo is None:
            raise Unreadable("must say its time zone, like 2026-02-24T13:10:00+00:00")
        return _of_our_time(moment).astimezone(UTC)
    except Unreadable:
        raise
    except (ValueError, OverflowError):
        raise Unreadable("must be a real date and time written like 2026-02-24T13:10:00+00:00") from None


def _of_our_time(day):
    """The same day or moment, which can be reckoned with; refuses one of another age, which a slip of the pen makes."""
    if day.year not in YEARS:
        raise Unreadable(f"must have a year from {YEARS[0]} to {YEARS[-1]}")
    return day


def _month(typed: str) -> int:
    if len(typed) < 3:
        return _number(typed)
    named = [number for number, name in enumerate(month_name) if name.lower().startswith(typed.lower())]
    return named[0] if named else _number(typed)


def _number(typed: str) -> int:
    if not re.fullmatch(r"\d{1,2}", typed, re.ASCII):
        raise ValueError(typed)
    return int(typed)
