"""Puts the figures beside those of other programs, as tables that can be kept."""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.measure import Cell

PEERS = tomllib.loads((Path(__file__).parent / "peers.toml").read_text(encoding="utf-8"))
SIZES = (1_000, 10_000, 100_000)


@dataclass
class Figures:
    """Everything that one run measured.

    database: sqlite or postgresql. screens: by name, then by number of concerns. once: figures that have no size.
    """

    database: str
    screens: dict[str, dict[int, Cell]] = field(default_factory=dict)
    once: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, size: int, cell: Cell) -> None:
        self.screens.setdefault(name, {})[size] = cell
        print(f"  {size:>7,}  {name}: {cell}", flush=True)

    def note(self, name: str, said: object) -> None:
        self.once[name] = str(said)
        print(f"           {name}: {said}", flush=True)

    def tables(self) -> str:
        """All figures as two tables: those that grow with the register, and the others."""
        sizes = sorted({size for cells in self.screens.values() for size in cells})
        return "\n".join([*self._growing(sizes), "", *self._single()])

    def _growing(self, sizes: list[int]) -> list[str]:
        head = ["row", "what", *(f"{size:,}" for size in sizes), "grows", "other program", "its figures", "aim"]
        lines = [_row(head), _row(["---"] * len(head))]
        for name, cells in self.screens.items():
            peer = _peer("screen", name)
            theirs = ", ".join(str(one) for one in peer.get(self.database, []))
            asked = f" ({peer['queries']}q)" if peer.get("queries") else ""
            grows = f"{cells[sizes[-1]].median_ms / cells[sizes[0]].median_ms:.2f}" if len(sizes) > 1 else ""
            ours = [str(cells.get(size, "")) for size in sizes]
            other = [peer.get("program", ""), theirs + asked if theirs else "", peer.get("aim", "")]
            lines.append(_row([peer.get("row", ""), name, *ours, grows, *other]))
        return lines

    def _single(self) -> list[str]:
        head = ["row", "what", "ours", "other program", "its figures", "aim"]
        lines = [_row(head), _row(["---"] * len(head))]
        for name, said in self.once.items():
            peer = _peer("once", name)
            other = [peer.get("program", ""), peer.get(self.database, ""), peer.get("aim", "")]
            lines.append(_row([peer.get("row", ""), name, said, *other]))
        return lines


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _peer(table: str, name: str) -> dict:
    return next((peer for peer in PEERS[table] if name.startswith(peer["begins"])), {})


def machine() -> str:
    """How busy this machine was, without which no figure means anything."""
    return f"{os.cpu_count()} cores, load {', '.join(f'{one:.1f}' for one in os.getloadavg())}"
