"""Everything that one run measured, judged by what we set ourselves and put beside other programs."""

import os
import platform
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.measure import Cell

PEERS = tomllib.loads((Path(__file__).parent / "peers.toml").read_text(encoding="utf-8"))
SIZES = (1_000, 10_000, 100_000)
CELL = re.compile(r"([\d.]+) / [\d.]+(?: \((\d+)q\))?")
HELD, PRINTED = "held", "-"


@dataclass(frozen=True)
class Screen:
    """A figure that may grow with the register: one row of the page.

    cells: by number of concerns, the median and the 95th percentile in milliseconds and the queries, or nothing.
    grows: from the smallest to the largest number of one run.
    """

    what: str
    database: str
    cells: tuple[str, ...]
    grows: str = ""

    def over(self, older: "Screen | None") -> "Screen":
        """This row with what only an older one knows."""
        if older is None:
            return self
        cells = tuple(new or old for new, old in zip(self.cells, older.cells, strict=True))
        return Screen(self.what, self.database, cells, self.grows or older.grows)

    @property
    def peer(self) -> dict:
        return _peer("screen", self.what)

    @property
    def theirs(self) -> str:
        """What the other program takes at each size, with its queries."""
        figures = ", ".join(str(one) for one in self.peer.get(self.database, []))
        asked = f" ({self.peer['queries']}q)" if self.peer.get("queries") else ""
        return figures and figures + asked

    @property
    def aim(self) -> str:
        peer = self.peer
        said = [f"{peer['most_queries']} queries"] if "most_queries" in peer else []
        said += [f"{peer['most_ms']} ms at 100,000"] if "most_ms" in peer else []
        said += [f"grows {peer['most_growth']} times"] if "most_growth" in peer else []
        return f"at most {', '.join(said)}" if said else ""

    @property
    def result(self) -> str:
        """Whether what we set ourselves is held, as far as it was measured."""
        peer, read = self.peer, [CELL.match(cell) for cell in self.cells]
        asked = [int(one[2]) for one in read if one and one[2]]
        found = {
            "queries": max(asked) if asked else None,
            "ms": float(read[-1][1]) if read[-1] else None,
            "growth": float(self.grows) if self.grows else None,
        }
        return _judged({name: peer.get(f"most_{name}") for name in found}, found)


@dataclass(frozen=True)
class Single:
    """A figure that is taken once in a run: one row of the page."""

    what: str
    database: str
    said: str
    result: str

    def over(self, older: "Single | None") -> "Single":
        return self

    @property
    def peer(self) -> dict:
        return _peer("once", self.what)


@dataclass
class Figures:
    """What one run found.

    database: sqlite or postgresql. screens: by name, then by number of concerns. singles: figures that have no size.
    """

    database: str
    screens: dict[str, dict[int, Cell]] = field(default_factory=dict)
    singles: list[Single] = field(default_factory=list)

    def add(self, name: str, size: int, cell: Cell) -> None:
        self.screens.setdefault(name, {})[size] = cell
        print(f"  {size:>7,}  {name}: {cell}", flush=True)

    def note(self, name: str, said: object, **found: float) -> None:
        """Keep a figure that has no size.

        said: as it is printed. found: the numbers in it that are held to an aim, by name.
        """
        aim = {one: _here(most, self.database) for one, most in _peer("once", name).get("most", {}).items()}
        least = {one: _here(few, self.database) for one, few in _peer("once", name).get("least", {}).items()}
        result = _judged(aim | {one: -few for one, few in least.items()}, found | {one: -found[one] for one in least})
        self.singles.append(Single(name, self.database, str(said), result))
        print(f"           {name}: {said}", flush=True)

    @property
    def rows(self) -> list[Screen]:
        return [self._row(name, cells) for name, cells in self.screens.items()]

    def _row(self, name: str, cells: dict[int, Cell]) -> Screen:
        first, last = min(cells), max(cells)
        whole = (first, last) == (SIZES[0], SIZES[-1])
        grows = f"{cells[last].median_ms / cells[first].median_ms:.2f}" if whole else ""
        return Screen(name, self.database, tuple(str(cells.get(size, "")) for size in SIZES), grows)

    @property
    def sizes(self) -> list[int]:
        return sorted({size for cells in self.screens.values() for size in cells})


def _judged(most: dict[str, float | None], found: dict[str, float | None]) -> str:
    """Held, or what is missed and by how much; nothing where nothing is set, or nothing of it was measured."""
    asked = {name: found.get(name) for name, limit in most.items() if limit is not None}
    known = {name: value for name, value in asked.items() if value is not None}
    missed = [
        f"{round(abs(value), 2):,g} {name.replace('_', ' ')}" for name, value in known.items() if value > most[name]
    ]
    if missed:
        return f"missed: {', '.join(missed)}"
    return HELD if known and len(known) == len(asked) else PRINTED


def _here(limit, database: str) -> float:
    return limit[database] if isinstance(limit, dict) else limit


def _peer(table: str, name: str) -> dict:
    return next((peer for peer in PEERS[table] if name.startswith(peer["begins"])), {})


def load() -> str:
    """How busy this machine was, without which no figure means anything."""
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


def machine(version: str) -> str:
    """What a run was made with.

    version: of the database, in words.
    """
    return f"Python {platform.python_version()}, {version}, {os.cpu_count()} cores"
