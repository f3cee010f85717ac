"""By when: turns a rule of the dated law, or any unit and number, into the moment a thing is due."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from schools import law
from schools.calendar import LONDON, Calendar, TermsUnknown, add_months, day_of, end_of_day, london

HOURS = ("clock_hours", "hours_excluding_nonworking")
MOST = 100_000
PLAIN = law.DeadlineRule(
    name="", title="Due", unit="working_days", n=0, basis="default", source="The unit and number given", pauses=True
)


@dataclass(frozen=True)
class Due:
    """When something is due, in which unit it was counted, what was left out, on what authority, and why.

    `due_at` and `due_on` are None where no date can or need be named; `why` then says the reason.
    """

    due_at: datetime | None
    due_on: date | None
    unit: str
    excludes: tuple[str, ...]
    basis: str
    why: str

    @property
    def opens_at(self) -> datetime | None:
        """The first moment of the due day, for a rule that opens a way rather than closes one."""
        return None if self.due_on is None else datetime.combine(self.due_on, time(), LONDON)


def due(
    *,
    rule: str | None = None,
    unit: str | None = None,
    n: int | None = None,
    start: date | datetime,
    nation: str = "england",
    paused: Iterable[tuple] = (),
    calendar: Calendar | None = None,
) -> Due:
    """The moment by which a thing must be done, counted from its start: the day it begins is day 0.

    Give a `rule` by name, or any `unit` with `n` of it; `n` beside a rule is the trust's own number. `start` is a day
    or an aware moment; `paused` are pairs of first and last day (last None while it goes on); `calendar` is the
    school's own. A deadline that is a day ends at 23:59:59 by the UK clock. Raises ValueError in one plain sentence.
    Source: each rule names its own.
    """
    own = calendar or Calendar(nation=nation)
    found = _rule(rule=rule, unit=unit, n=n, nation=own.nation)
    try:
        return _reckon(found, start, own=own, paused=list(paused))
    except OverflowError as error:
        raise ValueError("That is further ahead than a calendar can count.") from error


def _reckon(found: law.DeadlineRule, start: date | datetime, *, own: Calendar, paused: list) -> Due:
    day = _day(start)
    missing = _not_yet_law(found, day)
    if missing:
        return _no_date(found, missing)
    stops = _pauses(paused, first=day, hours=found.unit in HOURS) if found.pauses else []
    if found.unit in HOURS:
        return _due_by_the_hour(found, start, own=own, stops=stops)
    try:
        due_on, still_paused = _count(found, day, own=own, stops=stops)
    except TermsUnknown as unknown:
        return _no_date(found, f"{unknown}{_latest_possible(found, day)}")
    if still_paused:
        return _no_date(found, f"The clock has stood still since {_words(stops[-1][0])} and no end is recorded.")
    return _due_by_the_day(found, day, due_on, own=own, ignored=bool(paused) and not found.pauses)


def _rule(*, rule, unit, n, nation) -> law.DeadlineRule:
    if n is not None and (isinstance(n, bool) or not isinstance(n, int) or not 0 <= n <= MOST):
        raise ValueError(f"{n!r} is not a number of days, hours or months: give a whole number from 0 to {MOST}.")
    if rule is None:
        if n is None:
            raise ValueError("Name a rule, or give a unit and how many of it.")
        return replace(PLAIN, unit=law.unit(unit or PLAIN.unit).name, n=n)
    if unit is not None:
        raise ValueError("Give a rule or a unit, not both.")
    found = law.deadline(rule, nation=nation)
    if n is None or n == found.n:
        return found
    if found.basis == "statute" and n > found.n:
        raise ValueError(f"The law allows {law.unit(found.unit).of(found.n)} here, and a trust cannot lengthen it.")
    return replace(found, n=n, basis="policy", source="The trust's own number")


def _day(start: date | datetime) -> date:
    if isinstance(start, datetime):
        return day_of(start)
    if isinstance(start, date):
        return start
    raise ValueError(f"{start!r} is not a day or a time to count from.")


def _not_yet_law(found: law.DeadlineRule, day: date) -> str:
    if found.applies_from and day < found.applies_from:
        return f"This rule began on {_words(found.applies_from)}, so no date is fixed by law for {_words(day)}."
    if found.provision and not law.in_force(found.provision, on=day):
        return f"{law.provision(found.provision).title}: not in force on {_words(day)}."
    return ""


def _pauses(paused: Iterable[tuple], *, first: date, hours: bool) -> list[list]:
    """The pauses in order and joined where they overlap, none of them before the start."""
    joined: list[list] = []
    pairs = [_pair(pause, hours=hours) for pause in paused]
    for begins, ends in sorted(pairs, key=lambda pair: pair[0]):
        begins = begins if hours else max(begins, first)
        if ends is not None and ends < begins:
            continue
        if joined and (joined[-1][1] is None or begins <= joined[-1][1]):
            joined[-1][1] = None if None in (ends, joined[-1][1]) else max(joined[-1][1], ends)
        else:
            joined.append([begins, ends])
    return joined


def _pair(pause, *, hours: bool) -> tuple:
    try:
        begins, ends = pause
    except (TypeError, ValueError) as error:
        raise ValueError("A pause is a pair: the day it began, and the day it ended or nothing.") from error
    read = london if hours else _day
    if hours and not all(isinstance(end, datetime) for end in (begins, ends) if end is not None):
        raise ValueError("Hours are counted from moment to moment: give the times of the pause, not only the days.")
    begins, ends = read(begins), None if ends is None else read(ends)
    if ends is not None and ends < begins:
        raise ValueError(f"A pause cannot end on {_words(ends)}, before it began on {_words(begins)}.")
    return begins, ends


def _count(found: law.DeadlineRule, day: date, *, own: Calendar, stops: list) -> tuple[date, bool]:
    calendar = own if found.calendar in ("nation", own.nation) else replace(own, nation=found.calendar)
    due_on = _add(found.unit, day, found.n if found.direction == "after" else -found.n, calendar=calendar)
    for begins, ends in stops:
        if begins > due_on:
            break
        if ends is None:
            return due_on, True
        due_on = _add_pause(found.unit, due_on, begins, ends, calendar=calendar)
    if found.rolls:
        due_on = calendar.next_working_day(due_on)
    if found.or_sooner:
        due_on = min(due_on, _sooner(found, day))
    return due_on, False


def _add(unit: str, day: date, n: int, *, calendar: Calendar) -> date:
    match unit:
        case "calendar_days":
            return day + timedelta(days=n)
        case "calendar_months":
            return add_months(day, n)
        case "working_days":
            return calendar.add_working_days(day, n)
        case _:
            return calendar.add_school_days(day, n)


def _add_pause(unit: str, due_on: date, begins: date, ends: date, *, calendar: Calendar) -> date:
    """A pause gives back as many days as it took, of the kind being counted; months are paused in plain days."""
    days = [begins + timedelta(days=step) for step in range(1, (ends - begins).days + 1)]
    counts = {"working_days": calendar.is_working_day, "school_days": calendar.is_school_day}.get(unit)
    lost = len(days) if counts is None else sum(map(counts, days))
    return _add("calendar_days" if counts is None else unit, due_on, lost, calendar=calendar)


def _sooner(found: law.DeadlineRule, day: date) -> date:
    return _add(found.or_sooner["unit"], day, found.or_sooner["n"], calendar=Calendar(nation=found.calendar))


def _latest_possible(found: law.DeadlineRule, day: date) -> str:
    return f" It is due by {_words(_sooner(found, day))} at the latest." if found.or_sooner else ""


def _due_by_the_day(found, day: date, due_on: date, *, own: Calendar, ignored: bool) -> Due:
    unit = law.unit(found.unit)
    counted = f"{unit.of(found.n)} {'before' if found.direction == 'before' else 'from'} {_words(day)}"
    result = f"open from {_words(due_on)}" if found.opens else f"the end of {_words(due_on)}"
    standing = " A pause does not stop this clock." if ignored else ""
    why = f"{found.title}: {counted}, that is {result}. {_left_out(found, own)}{standing} {found.source}."
    return Due(end_of_day(due_on), due_on, found.unit, unit.excludes, found.basis, why)


def _due_by_the_hour(found, start: datetime, *, own: Calendar, stops: list) -> Due:
    unit = law.unit(found.unit)
    if not isinstance(start, datetime):
        raise ValueError(f"{unit.of(found.n)} are counted from a moment: give the time as well as the day.")
    calendar = Calendar(nation=found.calendar) if found.calendar != "nation" else own
    skips = calendar if found.unit == "hours_excluding_nonworking" else None
    due_at = _add_hours(london(start), timedelta(hours=found.n), calendar=skips)
    for begins, ends in stops:
        if begins > due_at:
            break
        if ends is None:
            return _no_date(found, f"The clock has stood still since {_words(begins)} and no end is recorded.")
        lost = _hours_between(max(begins, london(start)), ends, calendar=skips)
        due_at = _add_hours(due_at, lost, calendar=skips)
    why = (
        f"{found.title}: {unit.of(found.n)} from {london(start):%H:%M} on {_words(day_of(start))}, "
        f"that is {due_at:%H:%M} on {_words(due_at.date())}. {_left_out(found, own)} {found.source}."
    )
    return Due(due_at, due_at.date(), found.unit, unit.excludes, found.basis, why)


def _midnight_after(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=1), time(), LONDON)


def _later(moment: datetime, by: timedelta) -> datetime:
    # Through UTC, so that an hour is an hour on the days when the clocks change.
    return (moment.astimezone(UTC) + by).astimezone(LONDON)


def _add_hours(moment: datetime, left: timedelta, *, calendar: Calendar | None) -> datetime:
    if calendar is None:
        return _later(moment, left)
    while True:
        midnight = _midnight_after(moment)
        if calendar.is_working_day(moment.date()):
            here = midnight.astimezone(UTC) - moment.astimezone(UTC)
            if left <= here:
                return _later(moment, left)
            left -= here
        moment = midnight


def _hours_between(begins: datetime, ends: datetime, *, calendar: Calendar | None) -> timedelta:
    total = timedelta()
    while begins < ends:
        stop = min(_midnight_after(begins), ends)
        if calendar is None or calendar.is_working_day(begins.date()):
            total += stop.astimezone(UTC) - begins.astimezone(UTC)
        begins = stop
    return total


def _no_date(found: law.DeadlineRule, why: str) -> Due:
    return Due(None, None, found.unit, law.unit(found.unit).excludes, found.basis, f"{found.title}: {why}")


def _left_out(found: law.DeadlineRule, own: Calendar) -> str:
    unit = law.unit(found.unit)
    whose = own.nation if found.calendar == "nation" else found.calendar
    rolls = " A last day on a weekend or bank holiday moves to the next working day." if found.rolls else ""
    bank = f" Bank holidays: {law.nation(whose)['title']}." if "bank_holiday" in unit.excludes or rolls else ""
    return f"{unit.says}{rolls}{bank}"


@lru_cache(maxsize=4096)
def _words(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
