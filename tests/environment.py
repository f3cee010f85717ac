"""What must be in the environment before Django is loaded; named in pyproject.toml so that it comes first."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

FOLDER = "DAYBOOK_TEST_FOLDER"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    if FOLDER in os.environ:  # a worker of the same run
        return
    folder = tempfile.mkdtemp(prefix="daybook-test-")
    os.environ |= {FOLDER: folder, "DAYBOOK_VAR": folder, "SECRET_KEY": "only-for-the-tests-" + "x" * 40}
    early_config._daybook_folder = folder
    if os.environ.get("DAYBOOK_TEST_DATABASE") == "postgresql":
        from tests import postgres

        early_config._daybook_server = postgres.start()
        os.environ["DATABASE_URL"], os.environ["KEYRING_URL"] = early_config._daybook_server.urls


def pytest_unconfigure(config):
    server = getattr(config, "_daybook_server", None)
    if server is not None:
        server.stop()
    if folder := getattr(config, "_daybook_folder", None):
        shutil.rmtree(Path(folder), ignore_errors=True)
