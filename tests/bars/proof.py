"""Writes down in docs/proof.md what each bar was held to in full, and when; loaded by ./daybook prove alone.

A bar is a file of tests whose first words are "Bar" and its label. What was proved before stays on the page until it is
proved again; a bar that failed says so.
"""

import ast
import inspect
import os
import platform
import re
import sqlite3
from collections import defaultdict
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import psycopg
import pytest

PAGE = Path(__file__).parents[2] / "docs" / "proof.md"
ROW = re.compile(r"[RS]\d+( \(.*\))?$")
LABEL = re.compile(r"Bar ([RS]\d+)(?:, ([^:]*))?: (.*)")
HEAD = """# Proof

What each bar claims, and how it came out when it was last tried in full. Written by `./daybook prove`, or by
`./daybook prove S1` for one bar; nothing is claimed of a bar that does not stand here. Figures of speed are no bars:
`docs/figures.md` holds them.

"""
HELD, NOT_HELD = "held", "NOT HELD"


@dataclass(frozen=True)
class Row:
    """One bar on one database, as the page tells it."""

    bar: str
    database: str
    claim: str
    sizes: str
    tests: str
    seconds: str
    result: str
    proved_on: str
    on_machine: str


TITLES = {
    "bar": "bar", "database": "database", "claim": "what is claimed", "sizes": "sizes", "tests": "tests",
    "seconds": "seconds", "result": "result", "proved_on": "on", "on_machine": "with",
}  # fmt: skip


def rows_of(page: str) -> list[Row]:
    """The rows that a page holds."""
    lines = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in page.splitlines()]
    return [Row(*cells) for cells in lines if len(cells) == len(fields(Row)) and ROW.match(cells[0])]


def page_of(rows: list[Row]) -> str:
    """The page with these rows, by bar and database."""
    titles = [TITLES[one.name] for one in fields(Row)]
    table = [titles, ["---"] * len(titles), *map(astuple, sorted(rows, key=_place))]
    return HEAD + "\n".join(f"| {' | '.join(cells)} |" for cells in table) + "\n"


def _place(row: Row) -> tuple:
    letter, number = row.bar[0], re.match(r"\d+", row.bar[1:]).group()
    return letter, int(number), row.bar, row.database


def with_new(rows: list[Row], new: list[Row]) -> list[Row]:
    """Rows of which those proved again are replaced."""
    again = {(row.bar, row.database) for row in new}
    return [row for row in rows if (row.bar, row.database) not in again] + new


def label_of(module) -> tuple[str, str] | None:
    """The label of the bar that a file of tests holds, and its claim; None when it is no bar."""
    found = LABEL.match(" ".join((inspect.getdoc(module) or "").split("\n\n")[0].split()))
    if found is None:
        return None
    label, part, claim = found.groups()
    return f"{label} ({part})" if part else label, claim.rstrip(".")


def sizes_of(module) -> str:
    """The sizes a file of tests was tried at: whatever it says to be sized, by name."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    sized = [one for one in tree.body if isinstance(one, ast.Assign) and "sized(" in ast.unparse(one.value)]
    names = [name.id for one in sized for name in ast.walk(one.targets[0]) if isinstance(name, ast.Name)]
    return ", ".join(f"{getattr(module, name):,} {name.lower().replace('_', ' ')}" for name in names) or "all there is"


class Proof:
    """What a run of the bars shows, gathered while it runs."""

    def __init__(self):
        self.began: dict[object, float] = {}
        self.seconds: dict[object, float] = defaultdict(float)
        self.results: dict[object, list[bool]] = defaultdict(list)
        self.modules: dict[str, object] = {}

    def rows(self, *, today: str) -> list[Row]:
        """One row for each bar that was tried."""
        return [self._row(module, today=today) for module in self.results]

    def _row(self, module, *, today: str) -> Row:
        bar, claim = label_of(module)
        passed = self.results[module]
        return Row(
            bar=bar,
            database=os.environ.get("DAYBOOK_TEST_DATABASE", "sqlite"),
            claim=claim,
            sizes=sizes_of(module),
            tests=str(len(passed)),
            seconds=f"{self.seconds[module]:.0f}",
            result=HELD if all(passed) else f"{NOT_HELD}: {passed.count(False)} of {len(passed)} failed",
            proved_on=today,
            on_machine=f"Python {platform.python_version()}, {_database()}, {os.cpu_count()} cores",
        )

    def pytest_collection_modifyitems(self, config, items):
        wanted = os.environ.get("DAYBOOK_BAR", "")
        bars = {item: label_of(item.module) for item in items}
        chosen = [item for item in items if bars[item] and (not wanted or bars[item][0].split()[0] == wanted)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen
        self.modules = {item.nodeid: item.module for item in items}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        began = perf_counter()
        try:
            return (yield)
        finally:
            self.seconds[item.module] += perf_counter() - began

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.failed:
            self.results[self.modules[report.nodeid]].append(report.passed)

    def pytest_sessionfinish(self):
        if self.results:
            known = rows_of(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else []
            today = datetime.now(UTC).date().isoformat()
            PAGE.write_text(page_of(with_new(known, self.rows(today=today))), encoding="utf-8")


def _database() -> str:
    # When all tests have run no test may ask Django's own connection any more.
    if os.environ.get("DAYBOOK_TEST_DATABASE") != "postgresql":
        return f"SQLite {sqlite3.sqlite_version}"
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        return f"PostgreSQL {connection.info.parameter_status('server_version').split()[0]}"


def pytest_configure(config):
    config.pluginmanager.register(Proof())
