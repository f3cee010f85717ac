"""An installation of each earlier version is brought up to date, and its whole history still verifies."""

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TOP = HERE.parent.parent
OURS = ("DATABASE_URL", "KEYRING_URL", "ROOT_KEY", "STORAGE_URL")


@pytest.mark.parametrize("packed", sorted(HERE.glob("*.tar.xz")), ids=lambda path: path.name)
def test_an_earlier_installation_is_carried_over_and_verifies(packed, tmp_path):
    with tarfile.open(packed) as old:
        old.extractall(tmp_path, filter="data")
    (tmp_path / "static").mkdir()
    surroundings = {name: value for name, value in os.environ.items() if name not in OURS}
    surroundings |= {"DAYBOOK_VAR": str(tmp_path)}
    said = [
        subprocess.run([sys.executable, *command], cwd=TOP, env=surroundings, capture_output=True, text=True)
        for command in (["-m", "config.prepare"], ["manage.py", "verify_ledger", "--json"])
    ]
    assert [done.returncode for done in said] == [0, 0], said[0].stderr + said[1].stdout + said[1].stderr


def test_there_is_an_installation_of_every_version():
    assert [path.name for path in sorted(HERE.glob("*.tar.xz"))] == ["0.1.tar.xz", "0.2.tar.xz"]
