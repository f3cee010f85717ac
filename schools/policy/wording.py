"""How the plain values of a policy pack are said on a page: periods, dates, people, codes."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .fields import DATE, limit
from .model import Policy
from .taxonomy import taxonomy


@cache
def words(table: str) -> dict[str, Any]:
    """One table of `words.toml`."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))[table]


def period_in_words(period: str) -> str:
    """A length of time such as P5WD in words: five of a unit are “5 working days”."""
    if period == "same_day":
        return "the same day"
    if period == "requester_sets":
        return "the time that whoever asks sets"
    found = limit(period)
    n, unit = found.n, found.unit
    if unit == "calendar_months" and n % 12 == 0:
        return f"{n // 12} year{'' if n == 12 else 's'}"
    one, many = words("units")[unit]
    return f"{n} {one if n == 1 else many}"


def date_in_words(partial: str) -> str:
    """A date as far as the policy gives it: 23 September 2024, September 2024 or 2024."""
    year, month, day = DATE.fullmatch(partial).groups()
    if month is None:
        return year
    shown = date(int(year), int(month), int(day or 1))
    return f"{shown.day} {shown:%B %Y}" if day else f"{shown:%B %Y}"


def people_in_words(pack: Policy, parties: Iterable[str], *, joined: str = "or") -> str:
    """Roles and kinds of people by the titles this policy gives them: “DSL or Deputy DSL”."""
    return listed([pack.title_of(party) for party in parties], joined)


def codes_in_words(codes: Iterable[str]) -> str:
    """What a paragraph is about, in the words of the shared categories."""
    return "; ".join("any concern" if code == "any" else taxonomy().codes[code].label for code in codes)


def directions_in_words(directions: Iterable[str]) -> str:
    """Who did it to whom, in words; nothing where it makes no difference."""
    named = [one for one in directions if one != "any"]
    return "; ".join(taxonomy().directions[one] for one in named)


def listed(parts: Iterable[str], joined: str = "and") -> str:
    """Several things in one phrase: “a, b and c”."""
    found = list(dict.fromkeys(parts))
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {joined} {found[-1]}"
