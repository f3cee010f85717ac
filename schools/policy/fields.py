"""The kinds of value that stand in a policy pack, each with the sentence that refuses a wrong one."""

import calendar
import re
from collections.abc import Callable, Collection
from datetime import date
from difflib import get_close_matches
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from .taxonomy import taxonomy

DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
PERIOD = re.compile(r"P(\d+)([A-Z]+)")
UNITS = {
    "WD": ("working_days", 1),
    "SD": ("school_days", 1),
    "D": ("calendar_days", 1),
    "W": ("calendar_days", 7),
    "M": ("calendar_months", 1),
    "Y": ("calendar_months", 12),
    "H": ("clock_hours", 1),
}
# A hundred years of each unit: what is longer is a slip of the keyboard, and no calendar would count it.
LONGEST = {
    "working_days": 26_100, "school_days": 19_500, "calendar_days": 36_525, "calendar_months": 1_200,
    "clock_hours": 876_600,
}  # fmt: skip
# Words that stand for a limit without a number: the day itself, or whatever the person who asks says.
WORDS_FOR_A_LIMIT = {"same_day": (0, "calendar_days"), "requester_sets": None}


class Limit(NamedTuple):
    """A period as arithmetic takes it: how many, and of which unit."""

    n: int
    unit: str


def refuse(sentence: str) -> PydanticCustomError:
    """An error whose message is already the sentence to show."""
    return PydanticCustomError("sentence", "{sentence}", {"sentence": sentence})


def is_period(text: str) -> bool:
    """Whether a text is a length of time, or a word for one, that arithmetic can take."""
    parts = PERIOD.fullmatch(text)
    return text in WORDS_FOR_A_LIMIT or bool(parts and parts[2] in UNITS)


def limit(period: str | None) -> Limit | None:
    """The number and unit that a period such as P5WD or same_day stands for; None where nobody fixed one.

    period: ISO 8601 style with WD for working days and SD for school days.
    """
    if period is None or period in WORDS_FOR_A_LIMIT:
        fixed = WORDS_FOR_A_LIMIT.get(period or "")
        return Limit(*fixed) if fixed else None
    n, letters = PERIOD.fullmatch(period).groups()
    unit, times = UNITS[letters]
    return Limit(int(n) * times, unit)


def last_possible_day(partial: str) -> date:
    """The last day that a date such as 2024, 2024-09 or 2024-09-23 can mean."""
    year, month, day = (int(part) if part else None for part in DATE.fullmatch(partial).groups())
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _partial_date(text: str) -> str:
    try:
        last_possible_day(text)
    except (AttributeError, ValueError):
        raise refuse(f"“{text}” is not a date; write it as 2024-09-23, 2024-09 or 2024, in quotes") from None
    return text


def _period(text: str) -> str:
    if text in WORDS_FOR_A_LIMIT:
        return text
    parts = PERIOD.fullmatch(text)
    if not parts:
        raise refuse(f"“{text}” is not a period; write it as P5WD for five working days, P1M or same_day")
    if parts[2] not in UNITS:
        raise refuse(f"“{text}” is not a period, because {parts[2]} is no unit; the units are {', '.join(UNITS)}")
    n, unit = limit(text)
    if n > LONGEST[unit]:
        raise refuse(f"“{text}” is longer than a hundred years")
    return text


def _fixed_period(text: str) -> str:
    if text in WORDS_FOR_A_LIMIT:
        raise refuse(f"“{text}” is no length of time to keep a record; write a period such as P6Y")
    return _period(text)


def _one_of(kind: str, words: Callable[[], Collection[str]]) -> object:
    def known(word: str) -> str:
        if word not in words():
            near = get_close_matches(word, words(), n=1, cutoff=0.6)
            raise refuse(f"“{word}” is not a known {kind}" + (f"; perhaps “{near[0]}” is meant" if near else ""))
        return word

    return Annotated[str, AfterValidator(known), WithJsonSchema({"type": "string", "enum": list(words())})]


def _words_or_any(words: Collection[str]) -> list[str]:
    return [*words, "any"]


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}-[A-Z]?\d{1,3}$")]
PackId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=60)]
Ref = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
PartialDate = Annotated[str, AfterValidator(_partial_date)]
Period = Annotated[str, AfterValidator(_period)]
FixedPeriod = Annotated[str, AfterValidator(_fixed_period)]

CodeName = _one_of("code", lambda: taxonomy().codes)
CodeOrAny = _one_of("code", lambda: _words_or_any(taxonomy().codes))
Subcode = _one_of("sub-code", lambda: taxonomy().subcodes)
Direction = _one_of("direction", lambda: taxonomy().directions)
DirectionOrAny = _one_of("direction", lambda: _words_or_any(taxonomy().directions))
Role = _one_of("role", lambda: taxonomy().roles)
Person = _one_of("kind of person", lambda: taxonomy().people)
Party = _one_of("role or kind of person", lambda: taxonomy().parties)
Circumstance = _one_of("circumstance", lambda: taxonomy().circumstances)
Evidence = _one_of("kind of evidence", lambda: taxonomy().evidence)
ApprovalForm = _one_of("form of approval", lambda: taxonomy().forms_of_approval)
Condition = _one_of("condition of an approval", lambda: taxonomy().conditions_of_approval)
Reason = _one_of("reason for monitoring", lambda: taxonomy().reasons_for_monitoring)
ConsentModel = _one_of("consent model", lambda: taxonomy().consent_models)
Topic = _one_of("topic", lambda: taxonomy().topics)
RecordKind = _one_of("kind of record", lambda: taxonomy().kinds_of_record)
Start = _one_of("day to count from", lambda: taxonomy().starts_of_keeping)
