"""What the law fixes, as dated data with its source: deadlines, provisions, editions, limits and pension ages."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from schools.calendar import add_months, nation_named

PERIOD = re.compile(r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?")


@dataclass(frozen=True)
class Period:
    """A length of time in years, months and days, as the papers give it (P6Y, P18M, P30D)."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """The day this long after another; a day that does not exist becomes the last of its month.

        Raises ValueError past the end of the calendar.
        """
        moved = add_months(day, self.months)
        try:
            return date.fromordinal(moved.toordinal() + self.days)
        except (OverflowError, ValueError) as error:
            raise ValueError("That is further ahead than a calendar can count.") from error


@dataclass(frozen=True)
class DeadlineRule:
    """One deadline: how long, in which unit, by whose bank holidays, and on what authority."""

    name: str
    title: str
    unit: str
    n: int
    basis: str
    source: str
    calendar: str = "nation"
    direction: str = "after"
    rolls: bool = False
    pauses: bool = False
    opens: bool = False
    applies_from: date | None = None
    provision: str | None = None
    or_sooner: dict | None = None


@dataclass(frozen=True)
class Unit:
    """A unit of time: its name for one and for many, what it leaves out, and that in a sentence."""

    name: str
    one: str
    many: str
    excludes: tuple[str, ...]
    says: str

    def of(self, n: int) -> str:
        """A number of these in words: "1 working day", "72 hours"."""
        return f"{n} {self.one if n == 1 else self.many}"


@dataclass(frozen=True)
class Provision:
    """A piece of law that begins on a day: in force, expected on a day not yet made law, or not commenced."""

    name: str
    title: str
    status: str
    source: str
    in_force_on: date | None = None

    def applies(self, day: date) -> bool:
        """Whether it binds on a day; what is only expected is taken to begin on the day expected."""
        return self.in_force_on is not None and self.in_force_on <= day


@cache
def _data() -> dict:
    files = (Path(__file__).with_name(name) for name in ("law.toml", "deadlines.toml"))
    law, deadlines = (tomllib.loads(file.read_text(encoding="utf-8")) for file in files)
    return law | deadlines


def _entry(kind: str, name: str) -> dict:
    try:
        return _data()[kind][name]
    except (KeyError, TypeError) as error:
        known = ", ".join(sorted(_data()[kind]))
        raise ValueError(f"{name!r} is not one we know; known are {known}.") from error


def period(text: str) -> Period:
    """A period such as P6Y, P18M, P1Y6M or P30D.

    Raises ValueError for anything else.
    """
    match = PERIOD.fullmatch(text) if isinstance(text, str) else None
    if match is None or text == "P":
        raise ValueError(f"{text!r} is not a period: write years, months or days as in P6Y, P18M or P30D.")
    years, months, days = (int(match[part] or 0) for part in ("years", "months", "days"))
    return Period(months=years * 12 + months, days=days)


def deadline_names() -> tuple[str, ...]:
    """The names of all deadlines the law and our suggestions know."""
    return tuple(_data()["deadlines"])


def unit_names() -> tuple[str, ...]:
    """The names of the units of time."""
    return tuple(_data()["units"])


@cache
def deadline(name: str, *, nation: str = "england") -> DeadlineRule:
    """One deadline as it stands in a nation.

    Raises ValueError for a name that is not known.
    """
    entry = dict(_entry("deadlines", name))
    entry |= entry.pop("in_nation", {}).get(nation_named(nation), {})
    if entry["unit"] != "school_days":
        entry.pop("or_sooner", None)
    return DeadlineRule(name=name, **entry)


@cache
def unit(name: str) -> Unit:
    """A unit of time. Raises ValueError for one that is not known."""
    entry = _entry("units", name)
    return Unit(name=name, **entry | {"excludes": tuple(entry["excludes"])})


@cache
def provision(name: str) -> Provision:
    """A provision that begins on a day. Raises ValueError for one that is not known."""
    return Provision(name=name, **_entry("provisions", name))


def in_force(name: str, *, on: date) -> bool:
    """Whether a provision binds on a day; one with no date of commencement never does."""
    return provision(name).applies(on)


def edition(name: str, *, received_on: date) -> str:
    """The edition of a piece of guidance, such as "kcsie", that a matter received on a day is handled under.

    Raises ValueError where every edition we hold is later.
    """
    current = [row for row in _entry("editions", name) if row["from_on"] <= received_on]
    if not current:
        raise ValueError(f"We hold no edition that applied on {received_on:%-d %B %Y}.")
    return max(current, key=lambda row: row["from_on"])["name"]


def limitation(claim: str, *, from_on: date) -> date:
    """The last anniversary by which a kind of claim may be brought, counted from the day it arose."""
    return period(_entry("limitations", claim)["period"]).after(from_on)


def nation(name: str) -> dict:
    """What a nation calls its guidance, officer, regulator and barring service."""
    return _entry("nations", nation_named(name))


def pension_on(born_on: date) -> date:
    """The day a person reaches normal pension age, taken as the later of 65 and state pension age.

    Source: the state pension age timetable; for those born from 6 April 1977 to 5 April 1978 the safe value, 68.
    """
    rows = [row for row in _data()["pension_age"]["rows"] if row["born_from"] <= born_on]
    if not rows:
        raise ValueError(f"{born_on:%-d %B %Y} is too early for a date of birth.")
    return add_months(born_on, rows[-1]["years"] * 12 + rows[-1]["months"])
