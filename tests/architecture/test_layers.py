"""Imports go downwards, every file has a declared layer, rules are pure, and one module opens the printer."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import APPS, ROOT, python_of

PLANTED = [
    ("schools/drawer.py", '"""Odds and ends."""\n', "Layers of schools"),
    ("schools/roles.py", "import incidents.models\n", "Apps depend downwards"),
    ("incidents/rules/route.py", "import django\n", "Rules are pure"),
    ("casework/keeping.py", "import weasyprint\n", "One door to the printer"),
    ("casework/models/case.py", "import casework.views\n", "Layers of casework"),
]


def contracts(folder: Path) -> tuple[int, str]:
    """What import-linter says of the source in a folder: its exit status and its report."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_every_contract_is_kept():
    status, said = contracts(ROOT)
    assert status == 0, said
    assert "7 kept, 0 broken" in said


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The product's Python, with one planted fault of each kind."""
    folder = tmp_path_factory.mktemp("planted")
    for path in [*python_of(*APPS), ROOT / "pyproject.toml"]:
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    for name, line, _ in PLANTED:
        with (folder / name).open("a") as out:
            out.write(line)
    return contracts(folder)


@pytest.mark.parametrize("contract", [contract for _, _, contract in PLANTED])
def test_a_planted_fault_breaks_its_contract(copy, contract):
    status, said = copy
    assert status == 1
    assert f"{contract} BROKEN" in said
