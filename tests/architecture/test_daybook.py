"""The one script: what it says to somebody who may not install anything, and to somebody who mistypes."""

import os
import shutil
import subprocess

import pytest

from config.static_build import ROOT

# What the script itself calls before it has made anything; nothing of what it looks for.
TOOLS = ("sh", "dirname", "grep", "tr", "ls", "cmp", "basename", "ldconfig")
WORDS = ("demo", "run", "test", "fast", "check", "prove", "bench", "pictures", "manage", "setup")


@pytest.fixture
def machine(tmp_path):
    """A PATH without the programs that tests need; who asks there is an ordinary user."""
    for tool in TOOLS:
        found = shutil.which(tool, path=f"{os.environ['PATH']}:/sbin:/usr/sbin")
        (tmp_path / tool).symlink_to(found)
    for name, line in (("id", "echo 1000"), ("apt-get", "echo apt-get was called >&2; exit 9")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / name).chmod(0o755)
    return tmp_path


def daybook(*words, path=None):
    found = {**os.environ, "PATH": str(path)} if path else None
    return subprocess.run([ROOT / "daybook", *words], env=found, capture_output=True, text=True, check=False)


def test_an_ordinary_user_is_told_one_line_for_everything_missing(machine):
    answer = daybook("test", path=machine)
    assert answer.stdout == "sudo apt-get install chromium poppler-utils qpdf\n"
    assert answer.stderr == ""
    assert answer.returncode == 1


def test_a_machine_without_apt_is_told_what_is_missing(machine):
    (machine / "apt-get").unlink()
    answer = daybook("prove", path=machine)
    assert answer.stderr == "Daybook needs what these Debian packages hold: chromium poppler-utils qpdf\n"
    assert answer.returncode == 1


def test_help_names_every_word():
    answer = daybook("help")
    assert [line.split()[1] for line in answer.stdout.splitlines() if line.startswith("./daybook")] == list(WORDS)
    assert answer.returncode == 0


def test_an_unknown_word_is_answered_with_the_help():
    answer = daybook("dmeo")
    assert answer.stderr == daybook("help").stdout
    assert answer.stdout == ""
    assert answer.returncode == 2
