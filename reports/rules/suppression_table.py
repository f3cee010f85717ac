"""A table of counts as it is asked for: its numbers, its totals and the smallest count each may show."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reports.rules.inference import Name

LARGEST = 1_000_000
FACTS = (
    "rows", "columns", "cells", "row_totals", "column_totals", "grand_total", "threshold", "thresholds", "previous",
    "unique_rows",
)  # fmt: skip


@cache
def settings() -> dict:
    """The thresholds, the rounding and the footnotes."""
    return tomllib.loads(Path(__file__).with_name("suppression.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Table:
    """Counts by row and column, and which totals go with them."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    totals: frozenset[str]
    threshold: int
    thresholds: dict[str, int]
    unique_rows: frozenset[str]

    def names(self) -> list[Name]:
        """Every number of the table, cells first, in reading order."""
        rows, columns = range(len(self.rows)), range(len(self.columns))
        cells = [("cell", i, j) for i in rows for j in columns]
        return [*cells, *(("row", i) for i in rows), *(("column", j) for j in columns), ("grand",)]

    def value(self, name: Name) -> int:
        """What a number truly is."""
        return sum(self.cells[i][j] for _, i, j in self.line(name))

    def line(self, name: Name) -> list[Name]:
        """The cells that a number adds up; a cell adds up itself."""
        match name:
            case ("cell", _, _):
                return [name]
            case ("row", i):
                return [("cell", i, j) for j in range(len(self.columns))]
            case ("column", j):
                return [("cell", i, j) for i in range(len(self.rows))]
            case _:
                return [("cell", i, j) for i in range(len(self.rows)) for j in range(len(self.columns))]

    def least(self, name: Name) -> int:
        """The smallest count that may be shown there."""
        match name:
            case ("cell", i, j):
                return max(self._least(self.rows[i]), self._least(self.columns[j]))
            case ("row", i):
                return self._least(self.rows[i])
            case ("column", j):
                return self._least(self.columns[j])
            case _:
                return self.threshold

    def _least(self, label: str) -> int:
        return self.thresholds.get(label, max(self.threshold, settings()["stricter"].get(label, 0)))

    def label(self, name: Name) -> tuple:
        """A number's place by the words of its row and column, so that another table can be asked for it."""
        match name:
            case ("cell", i, j):
                return "cell", self.rows[i], self.columns[j]
            case ("row", i):
                return "row", self.rows[i]
            case ("column", j):
                return "column", self.columns[j]
            case _:
                return ("grand",)


def read_table(facts: dict, *, threshold: int | None = None) -> Table:
    """A table from plain facts.

    Raises ValueError, in one plain sentence, for facts that are missing, unknown or not of their kind.
    """
    if not isinstance(facts, dict):
        raise ValueError("A table is a set of named facts: rows, columns and cells.")
    unknown = sorted(set(facts) - set(FACTS))
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not a fact that a table has.")
    rows, columns = _labels(facts, "rows"), _labels(facts, "columns")
    base = _threshold(facts.get("threshold", threshold or settings()["threshold"]))
    named, unique = facts.get("thresholds") or {}, facts.get("unique_rows") or ()
    if not isinstance(named, dict):
        raise ValueError("Thresholds are given by the name of the row.")
    if not isinstance(unique, list | tuple):
        raise ValueError("The rows whose post only one person holds come in a list.")
    missing = [row for row in (*named, *unique) if row not in (*rows, *columns)]
    if missing:
        raise ValueError(f"There is no row or column called {missing[0]!r}.")
    return Table(
        rows=rows,
        columns=columns,
        cells=_cells(facts.get("cells"), rows, columns),
        totals=frozenset(kind for kind in ("row", "column", "grand") if _asked(facts, kind)),
        threshold=base,
        thresholds={label: _threshold(least) for label, least in named.items()},
        unique_rows=frozenset(unique),
    )


def _labels(facts: dict, of: str) -> tuple[str, ...]:
    labels = facts.get(of)
    if not isinstance(labels, list | tuple) or not labels or not all(isinstance(label, str) for label in labels):
        raise ValueError(f"The {of} need their names, in a list.")
    if len(set(labels)) < len(labels):
        raise ValueError(f"Two {of} have the same name.")
    return tuple(labels)


def _threshold(value) -> int:
    least, most = settings()["least"], settings()["most"]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"A threshold is a whole number from {least} to {most}, not {value!r}.")
    return value


def _asked(facts: dict, kind: str) -> bool:
    name = f"{kind}_total" if kind == "grand" else f"{kind}_totals"
    value = facts.get(name, False)
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be true or false.")
    return value


def _cells(cells, rows, columns) -> tuple[tuple[int, ...], ...]:
    fits = isinstance(cells, list | tuple) and len(cells) == len(rows)
    if not fits or not all(isinstance(line, list | tuple) and len(line) == len(columns) for line in cells):
        raise ValueError(f"The cells must be {len(rows)} rows of {len(columns)} counts.")
    for count in (count for line in cells for count in line):
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= LARGEST:
            raise ValueError(f"{count!r} is not a count: give whole numbers from 0 to {LARGEST}.")
    return tuple(tuple(line) for line in cells)
