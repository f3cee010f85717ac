"""How many questions a second `explain` answers once it has started."""

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from tests.rules.route_tables import concerns, facts

ROOT = Path(__file__).resolve().parents[2]
LINES = 15_000
LADO = {"rule": "lado_contact", "start": "2026-12-18T16:00+00:00"}
ALLEGATION = {"record": "allegation", "dob": "1980-02-03", "allegation_on": "2026-10-01"}
TABLE = {
    "rows": ["autumn", "spring", "summer"],
    "columns": ["staff harmed", "what staff did", "data"],
    "cells": [[1, 7, 8], [11, 2, 9], [0, 10, 20]],
    "row_totals": True,
    "column_totals": True,
    "grand_total": True,
}


def questions() -> dict[str, list[dict]]:
    """What is asked, by kind: the worked concerns of one trust, and one plain question of each other kind."""
    worked = [facts("allsaints", row) for row in concerns("allsaints").values()]
    return {
        "route": worked,
        "deadline": [LADO],
        "retention": [{"records": [ALLEGATION], "today": "2026-11-23"}],
        "suppress": [TABLE],
    }


def seconds(kind: str, asked: list[dict], count: int) -> float:
    """How long the command takes from its start to its last answer."""
    lines = "".join(json.dumps(one, default=str) + "\n" for one in itertools.islice(itertools.cycle(asked), count))
    command = [sys.executable, "manage.py", "explain", kind, "--trust", "allsaints"]
    settings = {"SECRET_KEY": "only-for-the-figures-" + "x" * 40} | os.environ
    began = perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=settings, input=lines.encode(), check=True, stdout=subprocess.PIPE)
    spent = perf_counter() - began
    if done.stdout.count(b"\n") != count:
        raise AssertionError(f"{kind}: {count} questions and not as many answers")
    return spent


def figures() -> Iterator[tuple[str, str, float]]:
    """Each kind of question with its answers a second, in words and as a number, the start taken off."""
    for kind, asked in questions().items():
        start = min(seconds(kind, asked, 1) for _ in range(2))
        whole = min(seconds(kind, asked, LINES) for _ in range(2))
        speed = (LINES - 1) / (whole - start)
        yield f"explain {kind}", f"{speed:,.0f} answers a second, after {start:.1f} s", speed
