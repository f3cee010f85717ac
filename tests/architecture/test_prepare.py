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
    return subprocess.run(
        command, cwd=ROOT, env=plain | {"DAYBOOK_VAR": str(var)} | given, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """The data folder of an installation that was started once."""
    folder = tmp_path_factory.mktemp("new") / "var"
    assert start(folder).returncode == 0
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
    assert start(var).returncode == 0
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
    answer = start(tmp_path, SECRET_KEY="given-" + "abcdefghij" * 5, ROOT_KEY=(var / "root.key").read_text())
    assert answer.returncode == 0
    assert not [name for name in KEYS if (tmp_path / name).exists()]


def test_an_unsafe_setting_ends_the_start_in_a_sentence(var):
    answer = start(var, HOST="192.0.2.1", PUBLIC_URL="")
    assert answer.returncode == 1
    assert "Daybook does not start:" in answer.stderr
    assert "PUBLIC_URL" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_another_root_key_is_refused_before_anything_is_sealed_under_it(var, tmp_path):
    shutil.copytree(var, tmp_path, dirs_exist_ok=True)
    answer = start(tmp_path, ROOT_KEY="A" * 43 + "=")
    assert answer.returncode == 1
    assert "not the one that this key ring was made with" in answer.stderr
