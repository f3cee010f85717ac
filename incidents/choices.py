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


@cache
def choices() -> dict[str, What]:
    """Every answer by its key, in the order of the page."""
    found = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["choice"]
    return {row["key"]: What(**row | {"flags": tuple(row.get("flags", ()))}) for row in found}


def behind(door: str) -> list[What]:
    """The answers behind one of the three buttons."""
    return [what for what in choices().values() if what.door == door]
