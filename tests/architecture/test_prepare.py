"""A new installation gets its keys once, and both databases; a second start changes neither key."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys

import pytest

from config.static_build import ROOT

OURS = ("DAYBOOK_VAR", "SECRET_KEY", "ROOT_KEY", "DATABASE_URL", "KEYRING_URL", "STORAGE_URL")
KEYS = ("secret.key", "root.key")


def start(var, **given):
    """Prepares the installation in a data folder, as ./daybook run does."""
    plain = {name: value for name, value in os.environ.items() if name not in OURS}
    command = [sys.executable, "-m", "config.prepare"]
    subprocess.run(command, cwd=ROOT, env=plain | {"DAYBOOK_VAR": str(var)} | given, check=True)


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """The data folder of an installation that was started once."""
    folder = tmp_path_factory.mktemp("new") / "var"
    start(folder)
    return folder


def tables(path):
    with sqlite3.connect(path) as connection:
        found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    return found


def test_keys_are_made_once_and_for_their_owner_alone(var):
    keys = {name: (var / name).read_text() for name in KEYS}
    assert {stat.S_IMODE((var / name).stat().st_mode) for name in KEYS} == {0o400}
    assert stat.S_IMODE(var.stat().st_mode) == 0o700
    assert len(keys["secret.key"]) >= 50
    start(var)
    assert {name: (var / name).read_text() for name in KEYS} == keys


def test_records_and_keys_lie_in_databases_of_their_own(var):
    records, keyring = tables(var / "daybook.sqlite3"), tables(var / "keyring.sqlite3")
    assert {"schools_record", "schools_user"} <= records
    assert "schools_recordkey" in keyring
    assert "schools_recordkey" not in records
    assert "schools_record" not in keyring


def test_keys_that_are_given_are_not_made(var, tmp_path):
    for database in var.glob("*.sqlite3"):
        shutil.copy(database, tmp_path)
    start(tmp_path, SECRET_KEY="given-" + "abcdefghij" * 5, ROOT_KEY="A" * 43 + "=")
    assert not [name for name in KEYS if (tmp_path / name).exists()]
