"""Writes down in docs/figures.md what was measured, beside other programs; what was not measured anew stays."""

from pathlib import Path

from tests.bench.figures import SIZES, Figures, Screen, Single

PAGE = Path(__file__).parents[2] / "docs" / "figures.md"
HEAD = """# Figures

What Daybook costs, written by `./daybook bench`. Milliseconds are the median and the 95th percentile in process,
without a network, with the number of queries in brackets; "grows" is the largest register beside the smallest of one
run. The other programs were measured on 20 November 2026 on two cores of an AMD EPYC with 24 GiB, SQLite 3.40.1 and
PostgreSQL 15.18, and are constants here: compare them with ours only as far as the machines compare. "Row" is the
number of the comparison. A dash as the result means that not everything the aim asks for was measured, or that nothing
is aimed at.

"""
RUNS = ["database", "concerns", "on", "with", "load at the end", "minutes"]
SCREENS = ["row", "what", "database", *(f"{size:,}" for size in SIZES), "grows", "other program", "its figures", "aim"]
SCREENS += ["result"]
ONCE = ["row", "what", "database", "ours", "other program", "its figure", "aim", "result"]


def written(found: Figures, run: dict[str, str], *, page: str) -> str:
    """The page with what a run found in place of what stood there before.

    run: when, with what and how the run was made, by its headings. page: as it stood.
    """
    tables = _tables(page)
    runs = {(cells[0], cells[1]): cells for cells in tables.get(tuple(RUNS), [])}
    for size in found.sizes:
        row = run | {"database": found.database, "concerns": f"{size:,}"}
        runs[found.database, row["concerns"]] = [row[heading] for heading in RUNS]
    screens = [Screen(cells[1], cells[2], tuple(cells[3:6]), cells[6]) for cells in tables.get(tuple(SCREENS), [])]
    singles = [Single(cells[1], cells[2], cells[3], cells[7]) for cells in tables.get(tuple(ONCE), [])]
    parts = [
        _table(RUNS, sorted(runs.values(), key=lambda cells: (cells[0], int(cells[1].replace(",", ""))))),
        _table(SCREENS, map(_screen, _merged(screens, found.rows))),
        _table(ONCE, map(_single, _merged(singles, found.singles))),
    ]
    return HEAD + "\n\n".join(parts) + "\n"


def _merged(old: list, new: list) -> list:
    """Rows of which those measured anew are replaced, each where it stood; what is new comes last."""
    known = {(one.what, one.database): one for one in old}
    merged = known | {(one.what, one.database): one.over(known.get((one.what, one.database))) for one in new}
    places = {what: place for place, what in enumerate(dict.fromkeys(one.what for one in [*new, *old]))}
    return sorted(merged.values(), key=lambda one: (places[one.what], one.database))


def _screen(one: Screen) -> list[str]:
    peer = one.peer
    ours = [one.what, one.database, *one.cells, one.grows]
    return [peer.get("row", ""), *ours, peer.get("program", ""), one.theirs, one.aim, one.result]


def _single(one: Single) -> list[str]:
    peer = one.peer
    theirs = [peer.get("program", ""), peer.get(one.database, ""), peer.get("aim", "")]
    return [peer.get("row", ""), one.what, one.database, one.said, *theirs, one.result]


def _table(headings: list[str], rows) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [headings, ["---"] * len(headings), *rows])


def _tables(page: str) -> dict[tuple[str, ...], list[list[str]]]:
    """The tables of a page by their headings, each with its rows."""
    found: dict[tuple[str, ...], list[list[str]]] = {}
    for part in page.split("\n\n"):
        lines = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in part.splitlines()]
        if len(lines) > 1 and lines[1] == ["---"] * len(lines[0]):
            found[tuple(lines[0])] = lines[2:]
    return found
