"""What one story is about: who takes part, when it is, and the references by which its things are found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.journeys.matters import ALL_SAINTS, Matter
from tests.journeys.somebody import People


@dataclass
class Story:
    """One concern from the report to the printed case file.

    people: the cast at their screens. screenshot: the file that is added. time_comes: moves the product's clock.
    matter: what is reported, and what its policy makes of it.
    """

    people: People
    screenshot: Path
    time_comes: Callable[[datetime], None]
    matter: Matter = ALL_SAINTS
    concern: str = ""
    takedown: str = ""
    case: str = ""
    support: str = ""
    conduct: str = ""


def winter(month: int, on: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime:
    """A moment of the winter of 2026, when London keeps Greenwich time."""
    return datetime(year, month, on, hour, minute, tzinfo=UTC)


def last_part(path: str) -> str:
    """The reference at the end of an address."""
    return path.rstrip("/").rsplit("/", 1)[-1]
