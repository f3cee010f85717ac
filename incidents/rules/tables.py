"""The dated sentences and tables that routing reads, once, from the file beside it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> Any:
    """One table of `route.toml`."""
    return tomllib.loads(Path(__file__).with_name("route.toml").read_text(encoding="utf-8"))[name]
