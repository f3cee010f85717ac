"""What a reporter may say happened, in plain words, and what each means to the rules; pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DOORS = [
    ("saw", "I saw something online"),
    ("contacted", "Someone contacted me"),
    ("mistake", "I sent something by mistake"),
]


@dataclass(frozen=True)
class What:
    """One plain answer to "what happened?"."""

    key: str
    door: str
    words: str
    code: str
    direction: str
    stop: str = ""
    flags: tuple[str, ...] = ()
    first: str = ""
    tell: str = ""


@dataclass(frozen=True)
class Stop:
    """What stands before anything can be typed: that seeing it was no wrong, what not to do, and who helps."""

    calm: str
    do_not: str
    danger: str
    helpers: tuple[dict[str, str], ...] = ()


@cache
def _tables() -> dict:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def choices() -> dict[str, What]:
    """Every answer by its key, in the order of the page."""
    return {row["key"]: What(**row | {"flags": tuple(row.get("flags", ()))}) for row in _tables()["choice"]}


@cache
def stops() -> dict[str, Stop]:
    """The stop signs by name."""
    return {name: Stop(**row | {"helpers": tuple(row["helpers"])}) for name, row in _tables()["stop"].items()}


def behind(door: str) -> list[What]:
    """The answers behind one of the three buttons."""
    return [what for what in choices().values() if what.door == door]
