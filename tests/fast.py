"""The rules alone, in less than a second: no framework, no database, and of the test runner only what they need."""

import gc
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
UNNEEDED = ("cacheprovider", "doctest", "logging", "threadexception", "unraisableexception")


def main() -> int:
    """Every rule by its worked examples; what puts a rule to everything there is stays with the whole run."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    gc.disable()  # so short a run leaves nothing worth collecting
    less = [word for plugin in UNNEEDED for word in ("-p", f"no:{plugin}")]
    alone = ["--confcutdir", "tests/rules", "--ignore", "tests/rules/test_properties.py", "-m", "not sweep"]
    os.chdir(ROOT)
    return pytest.main(["-q", "-o", "addopts=--strict-markers", "--capture=no", *less, *alone, "tests/rules"])


if __name__ == "__main__":
    sys.exit(main())
