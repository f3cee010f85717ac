"""Which days count: working days of the four nations, school days of one school, and what a UK clock shows."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
NATIONS = ("england", "wales", "scotland", "northern_ireland")
SUBDIVISIONS = {
    "england": ("ENG",),
    "wales": ("WLS",),
    "scotland": ("SCT",),
    "northern_ireland": ("NIR",),
    "england_wales": ("ENG", "WLS"),
    "united_kingdom": ("ENG", "WLS", "SCT", "NIR"),
}
Span = tuple[date, date]


class TermsUnknown(ValueError):
    """School days were to be counted where the dates of the terms are not known."""


@cache
def _bank_holidays(nation: str) -> tuple[holidays.HolidayBase, ...]:
    return tuple(holidays.UK(subdiv=subdivision) for subdivision in SUBDIVISIONS[nation])


def nation_named(name: str) -> str:
    """The part of the United Kingdom meant by a name such as "England" or "northern ireland".

    Raises ValueError for a name that is none of them.
    """
    tidy = str(name).strip().lower().replace(" ", "_")
    if tidy not in SUBDIVISIONS:
        raise ValueError(f"{name!r} is not a nation we know: use england, wales, scotland or northern_ireland.")
    return tidy


@dataclass(frozen=True)
class Calendar:
    """The days that count in one nation and, where its dates are given, in one school.

    `terms` and `breaks` (half-terms) are first and last days, both included; `closures` are days the school was shut
    without warning; `inset` are days when staff work and pupils do not come; `extra_holidays` are bank holidays
    proclaimed once. Source: Banking and Financial Dealings Act 1971; for school days, the school's own dates.
    """

    nation: str = "england"
    closures: frozenset[date] = frozenset()
    inset: frozenset[date] = frozenset()
    terms: tuple[Span, ...] = ()
    breaks: tuple[Span, ...] = ()
    extra_holidays: frozenset[date] = frozenset()

    def __post_init__(self):
        object.__setattr__(self, "nation", nation_named(self.nation))
        object.__setattr__(self, "terms", tuple(sorted(self.terms)))
        for first, last in (*self.terms, *self.breaks):
            if last < first:
                raise ValueError(f"A term or half-term cannot end on {last} before it begins on {first}.")

    def is_bank_holiday(self, day: date) -> bool:
        """Whether the day is a bank holiday in this nation; for several nations, in any of them."""
        return day in self.extra_holidays or any(day in days for days in _bank_holidays(self.nation))

    def is_working_day(self, day: date) -> bool:
        """Whether the day is Monday to Friday and no bank holiday; school holidays do not matter."""
        return day.weekday() < 5 and not self.is_bank_holiday(day)

    def next_working_day(self, day: date) -> date:
        """The day itself where it is a working day, otherwise the first working day after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after a day, which is itself day 0; a negative n counts back."""
        return _count(day, n, self.is_working_day)

    def is_school_day(self, day: date) -> bool:
        """Whether pupils had a session that day: a working day in term, no half-term, INSET day or closure."""
        in_term = any(first <= day <= last for first, last in self.terms)
        return in_term and self.is_working_day(day) and day not in self.inset and self.closed(day) is None

    def add_school_days(self, day: date, n: int) -> date:
        """The n-th day with a school session after a day.

        Raises TermsUnknown where the dates of the terms end before the count does.
        """
        if not self.terms:
            raise TermsUnknown("School days cannot be counted without the school's term dates.")
        last_known = max(last for _, last in self.terms)
        for _ in range(n):
            day += timedelta(days=1)
            while not self.is_school_day(day):
                day += timedelta(days=1)
                if day > last_known:
                    raise TermsUnknown(f"School days cannot be counted past {last_known}, the last day of term known.")
        return day

    def closed(self, day: date) -> Span | None:
        """The first and last day of the school holiday, half-term or closure that a day falls in, or None.

        INSET days are not closures, since staff are at work; weekends in term are not either.
        """
        if day in self.closures:
            return self._closure_around(day)
        for first, last in self.breaks:
            if first <= day <= last:
                return first, last
        for (_, ended), (begins, _) in zip(self.terms, self.terms[1:], strict=False):
            if ended < day < begins:
                return ended + timedelta(days=1), begins - timedelta(days=1)
        return None

    def _closure_around(self, day: date) -> Span:
        one = timedelta(days=1)
        first = last = day
        while first - one in self.closures:
            first -= one
        while last + one in self.closures:
            last += one
        return first, last

    @classmethod
    def from_rows(cls, rows, *, nation: str = "england") -> "Calendar":
        """The calendar of one school from rows of kind, start_on and end_on.

        Kinds are term, half_term, inset, emergency_closure and bank_holiday; days are dates or ISO text.
        """
        spans: dict[str, list[Span]] = {}
        for row in rows:
            spans.setdefault(row["kind"], []).append((_as_day(row["start_on"]), _as_day(row["end_on"])))
        return cls(
            nation=nation,
            terms=tuple(spans.get("term", ())),
            breaks=tuple(spans.get("half_term", ())),
            inset=_days_of(spans.get("inset", ())),
            closures=_days_of(spans.get("emergency_closure", ())),
            extra_holidays=_days_of(spans.get("bank_holiday", ())),
        )


def _as_day(value) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _days_of(spans) -> frozenset[date]:
    return frozenset(first + timedelta(days=step) for first, last in spans for step in range((last - first).days + 1))


def _count(day: date, n: int, counts) -> date:
    step = timedelta(days=1 if n > 0 else -1)
    for _ in range(abs(n)):
        day += step
        while not counts(day):
            day += step
    return day


def add_months(day: date, months: int) -> date:
    """The same day a number of months later, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError("That is further ahead than a calendar can count.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_day(day: date) -> datetime:
    """The last second of a day by the UK clock: what a deadline given as a day means."""
    return datetime.combine(day, time(23, 59, 59), LONDON)


def london(moment: datetime) -> datetime:
    """A moment as the UK clock shows it.

    Raises ValueError for a time that does not say its zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} does not say its zone: add +00:00 in winter or +01:00 in summer.")
    return moment.astimezone(LONDON)


def day_of(moment: datetime) -> date:
    """The date in the United Kingdom at a moment."""
    return london(moment).date()


def from_clock(day: date, at: time, *, which: str | None = None) -> datetime:
    """The moment when a UK clock showed a time on a day.

    `which` is "first" or "second" for the hour that comes twice when the clocks go back. Raises ValueError for the
    hour that does not exist when they go forward, and for the hour that comes twice when nobody said which.
    """
    first, second = (datetime.combine(day, at.replace(fold=fold), LONDON) for fold in (0, 1))
    shown = f"{at:%H:%M} on {day:%-d %B %Y}"
    if first.astimezone(UTC).astimezone(LONDON).time() != at.replace(fold=0):
        raise ValueError(f"There was no {shown}: the clocks went forward an hour. Give the time the clock showed.")
    if first.utcoffset() == second.utcoffset():
        return first
    if which not in ("first", "second"):
        raise ValueError(f"{shown} came twice, as the clocks went back: say whether it was the first or the second.")
    return first if which == "first" else second
