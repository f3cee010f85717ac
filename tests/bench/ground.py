"""A scratch installation of its own: a folder, keys and empty databases that are gone when the figures are printed."""

import base64
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECRET = "only-for-the-figures-" + "x" * 40


@contextmanager
def scratch(database: str) -> Iterator[Path]:
    """Point the environment at a new folder and new databases; both go at the end.

    database: sqlite or postgresql. Must come before Django is loaded.
    """
    folder = Path(tempfile.mkdtemp(prefix="daybook-bench-"))
    os.environ |= {
        "DAYBOOK_VAR": str(folder),
        "SECRET_KEY": SECRET,
        "ROOT_KEY": base64.b64encode(os.urandom(32)).decode(),
        "STORAGE_URL": f"file://{folder / 'files'}",
        "DATABASE_URL": f"sqlite:///{folder / 'daybook.sqlite3'}",
        "KEYRING_URL": f"sqlite:///{folder / 'keyring.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    server = None
    if database == "postgresql":
        from tests import postgres

        server = postgres.start()
        os.environ["DATABASE_URL"], os.environ["KEYRING_URL"] = server.urls
    try:
        _prepare(folder)
        yield folder
    finally:
        _disconnect()
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(folder: Path) -> None:
    (folder / "static").mkdir()
    import django
    from django.core.management import call_command

    django.setup()
    for alias in ("default", "keyring"):
        call_command("migrate", database=alias, verbosity=0)


def _disconnect() -> None:
    from django.db import connections

    connections.close_all()


def settle() -> None:
    """What a database does by itself when nobody asks it anything: PostgreSQL looks over its tables."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def version() -> str:
    """The database and its version, in words."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return f"SQLite {connection.Database.sqlite_version}"
    major, minor = divmod(connection.pg_version, 10_000)
    return f"PostgreSQL {major}.{minor}"
