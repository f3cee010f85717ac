"""The rules alone, in less than a second: no framework, no database, and of the test runner only what they need."""

import gc
import os
import sys
from pathlib import Path

import pytest

RULES = Path(__file__).resolve().parent / "rules"
# A rule put to everything there is, by properties or by sweeps, stays with the whole run.
SLOW = {"test_properties.py", "test_route_everywhere.py"}
UNNEEDED = ("cacheprovider", "doctest", "logging", "threadexception", "unraisableexception")


def main() -> int:
    """Every rule by its worked examples, the files dealt out to two processes that share what was brought in once."""
    os.chdir(RULES.parent.parent)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    gc.disable()  # so short a run leaves nothing worth collecting
    import reports.rules.explaining  # noqa: F401  (brings in every rule before there are two processes)

    files = sorted((path for path in RULES.glob("test_*.py") if path.name not in SLOW), key=_size)
    sys.stdout.flush()
    other = os.fork()
    if other == 0:
        os._exit(_finished(files[1::2]))
    status = _finished(files[::2])
    return max(status, os.waitstatus_to_exitcode(os.waitpid(other, 0)[1]))


def _size(path: Path) -> int:
    return path.stat().st_size


def _finished(files: list[Path]) -> int:
    """What the test runner ends with for some files, everything it said printed."""
    # Which of two values was wrong is for the whole run to show: rewriting the tests for it takes a sixth of the time.
    less = [word for plugin in UNNEEDED for word in ("-p", f"no:{plugin}")]
    options = ["-q", "--assert=plain", "--capture=no", "--confcutdir", str(RULES), "-m", "not sweep"]
    options += ["-o", "addopts=--strict-markers"]
    status = int(pytest.main([*options, *less, *map(str, files)]))
    sys.stdout.flush()
    return status


if __name__ == "__main__":
    sys.exit(main())
