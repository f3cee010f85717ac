"""The data of the demonstration as it lies in the folder `demo/`, read into plain values."""

import csv
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "demo"
UNKNOWN = {"", "not known", "not recorded"}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table of the demonstration, by column."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def items(text: str) -> list[str]:
    """The entries of a cell that holds several, without those that say nothing."""
    return [entry.strip() for entry in text.split(";") if entry.strip().lower() not in UNKNOWN]


def day(text: str) -> date | None:
    """The day a cell holds, of a day or a moment; nothing for a month or an empty cell."""
    return date.fromisoformat(text[:10]) if len(text) >= len("2026-01-31") else None


def moment(text: str) -> datetime | None:
    """The moment a cell holds; nothing when it holds less than that."""
    return datetime.fromisoformat(text) if "T" in text else None


def in_words(typed: str) -> str:
    """When something was posted, as a reporter would say it: a time, a day, or only a month."""
    if not typed:
        return ""
    if len(typed) == len("2026-02"):
        return f"{datetime.strptime(typed, '%Y-%m'):%B %Y}"  # noqa: DTZ007  (a month has no zone)
    on = datetime.fromisoformat(typed)
    said = f"{on:%A} {on.day} {on:%B %Y}"
    return said if len(typed) == len("2026-02-24") else f"{said}, {on:%H:%M}"
