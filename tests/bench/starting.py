"""How long it takes from nothing to the first page, and from stopped to the first page."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.bench.server import Server

HOUSE = Path(__file__).parents[2]
EMPTY = ("DATABASE_URL", "KEYRING_URL", "STORAGE_URL", "ROOT_KEY", "SECRET_KEY")


def cold_and_warm() -> tuple[float, float]:
    """Seconds until an empty installation shows its sign-in page: made from nothing, then started again."""
    with tempfile.TemporaryDirectory(prefix="daybook-start-") as folder:
        environment = {name: value for name, value in os.environ.items() if name not in EMPTY}
        environment["DAYBOOK_VAR"] = folder
        began = perf_counter()
        subprocess.run([sys.executable, "-m", "config.prepare"], cwd=HOUSE, env=environment, check=True)
        with Server(environment):
            cold = perf_counter() - began
        began = perf_counter()
        with Server(environment):
            return cold, perf_counter() - began
