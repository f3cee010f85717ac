"""Programs of their own beside the tests, on the same databases, keys and files."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connections

HOUSE = Path(__file__).parents[2]


def environment() -> dict[str, str]:
    """What another process needs to work on the databases of this test."""
    return os.environ | {
        "DATABASE_URL": address("default"),
        "KEYRING_URL": address("keyring"),
        "STORAGE_URL": settings.STORAGE_URL,
        "ROOT_KEY": settings.ROOT_KEY,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def address(alias: str) -> str:
    found = connections[alias].settings_dict
    if connections[alias].vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    place = f"{found['USER']}@{quote(found['HOST'], safe='')}:{found['PORT']}"
    return f"postgres://{place}/{found['NAME']}"


def start(*command: str, **options) -> subprocess.Popen:
    """Start one of our own programs in the project's environment."""
    whole = [sys.executable, *command]
    return subprocess.Popen(whole, cwd=HOUSE, env=environment(), text=True, **options)
