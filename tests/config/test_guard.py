"""The start-up guard: every unsafe setting is refused in one plain sentence, and safe ones are not."""

import base64
import os
import subprocess
import sys
from copy import deepcopy
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as real

from config import guard

ROOT = Path(__file__).resolve().parents[2]
LOCMEM = "django.core.cache.backends.locmem.LocMemCache"
REDIS = "django.core.cache.backends.redis.RedisCache"
SHARED = {"BACKEND": REDIS, "OPTIONS": {"serializer": "config.cache.AsJson"}}


def safe(**changed) -> SimpleNamespace:
    """The settings of an embedded installation as shipped, with some changed."""
    main = {
        "ENGINE": "config.sqlite",
        "NAME": "daybook.sqlite3",
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                    "PRAGMA foreign_keys=ON;"},
    }  # fmt: skip
    ring = main | {
        "NAME": "keyring.sqlite3",
        "OPTIONS": {"init_command": "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"},
    }
    shipped = {
        "HOST": "127.0.0.1",
        "PUBLIC_URL": "",
        "TRUSTED_PROXIES": 0,
        "DEBUG": False,
        "ALLOWED_HOSTS": ["127.0.0.1"],
        "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdef",
        "SESSION_COOKIE_SECURE": False,
        "CSRF_COOKIE_SECURE": False,
        "SESSION_COOKIE_HTTPONLY": True,
        "DATABASES": {"default": main, "keyring": ring},
        "CACHES": {"default": {"BACKEND": LOCMEM}},
        "WEB_PROCESSES": 1,
        "SESSION_SERIALIZER": "django.contrib.sessions.serializers.JSONSerializer",
        "SESSION_ENGINE": "schools.sessions",
        "FILE_UPLOAD_HANDLERS": ["schools.uploads.SealingHandler"],
        "ROOT_KEY": base64.b64encode(b"k" * 32).decode(),
        "ROOT_KEY_FILE": "nowhere",
    }
    return SimpleNamespace(**deepcopy(shipped | changed))


def with_database(name: str, **changed):
    databases = safe().DATABASES
    databases[name] |= changed
    return {"DATABASES": databases}


def with_pragma(name: str, old: str, new: str):
    command = safe().DATABASES[name]["OPTIONS"]["init_command"]
    assert old in command
    return with_database(name, OPTIONS={"init_command": command.replace(old, new)})


PUBLIC = {"HOST": "0.0.0.0", "PUBLIC_URL": "https://daybook.example", "TRUSTED_PROXIES": 1}  # noqa: S104  (a setting to be judged)
SECURE = PUBLIC | {"SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True}
BAD = {
    "DEBUG where others can reach it": (SECURE | {"DEBUG": True}, "DEBUG is on"),
    "DEBUG behind a public address": (SECURE | {"HOST": "127.0.0.1", "DEBUG": True}, "DEBUG is on"),
    "a proxy nobody counts": (SECURE | {"TRUSTED_PROXIES": 0}, "set TRUSTED_PROXIES to how many there are"),
    "a proxy that is not there": ({"TRUSTED_PROXIES": 1}, "TRUSTED_PROXIES is set and no proxy stands in front"),
    "no secret": ({"SECRET_KEY": ""}, "There is no SECRET_KEY"),
    "a short secret": ({"SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz0123456789abc"}, "short enough"),
    "the framework's example secret": ({"SECRET_KEY": "django-insecure-" + "abcdefghij" * 5}, "an example"),
    "a secret of one letter": ({"SECRET_KEY": "x" * 60}, "an example"),
    "plain HTTP off this machine": ({"HOST": "0.0.0.0"}, "HOST is not this machine alone"),  # noqa: S104  (judged)
    "plain HTTP for everybody": ({"PUBLIC_URL": "http://daybook.example"}, "PUBLIC_URL must begin with https://"),
    "every host name": ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS accepts every name"),
    "cookies over plain HTTP": (PUBLIC | {"CSRF_COOKIE_SECURE": True}, "Cookies would travel"),
    "form cookies over plain HTTP": (PUBLIC | {"SESSION_COOKIE_SECURE": True}, "Cookies would travel"),
    "cookies that scripts read": ({"SESSION_COOKIE_HTTPONLY": False}, "SESSION_COOKIE_HTTPONLY"),
    "synchronous below FULL": (with_pragma("default", "synchronous=FULL", "synchronous=NORMAL"), "synchronous=FULL"),
    "key ring synchronous off": (with_pragma("keyring", "synchronous=FULL", "synchronous=OFF"), "synchronous=FULL"),
    "no write-ahead log": (with_pragma("default", "journal_mode=WAL", "journal_mode=DELETE"), "journal_mode=WAL"),
    "nothing overwritten": (with_pragma("keyring", "secure_delete=ON", "secure_delete=OFF"), "secure_delete=ON"),
    "rows that point at nothing": (with_pragma("default", "PRAGMA foreign_keys=ON;", ""), "foreign_keys=ON"),
    "no settings for SQLite at all": (with_database("default", OPTIONS={}), "journal_mode=WAL"),
    "transactions round requests": (with_database("default", ATOMIC_REQUESTS=True), "ATOMIC_REQUESTS"),
    "one database for keys and records": (with_database("keyring", NAME="daybook.sqlite3"), "same database"),
    "several processes, no shared cache": ({"WEB_PROCESSES": 2}, "set CACHE_URL"),
    "a shared cache written in any form": ({"CACHES": {"default": {"BACKEND": REDIS}}}, "written as JSON"),
    "a cache in the database": (
        {"CACHES": {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}}},
        "A cache in the database",
    ),
    "a cache in files": (
        {"CACHES": {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache"}}},
        "A cache in the database or in files",
    ),
    "pickled sessions": (
        {"SESSION_SERIALIZER": "django.contrib.sessions.serializers.PickleSerializer"},
        "SESSION_SERIALIZER must be JSON",
    ),
    "cookies in the database": ({"SESSION_ENGINE": "django.contrib.sessions.backends.db"}, "SESSION_ENGINE must be"),
    "no history": ({"SIMPLE_HISTORY_ENABLED": False}, "SIMPLE_HISTORY_ENABLED is off"),
    "files laid down in clear": (
        {"FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]},
        "FILE_UPLOAD_HANDLERS",
    ),
    "a second handler of files": (
        {"FILE_UPLOAD_HANDLERS": ["schools.uploads.SealingHandler", "another.Handler"]},
        "FILE_UPLOAD_HANDLERS",
    ),
    "no root key": ({"ROOT_KEY": ""}, "There is no root key"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_setting_is_refused_in_one_plain_sentence(name):
    changed, words = BAD[name]
    found = guard.problems(safe(**changed))
    assert any(words in sentence for sentence in found)
    assert all(sentence.endswith((".", ").")) and "\n" not in sentence for sentence in found)
    # Only the setting itself is complained of (a SQLite without any settings lacks four).
    assert len(found) == (4 if "at all" in name else 1)


POSTGRESQL = {"ENGINE": "django.db.backends.postgresql", "HOST": "db"}
GOOD = {
    "as shipped": {},
    "DEBUG on this machine alone": {"DEBUG": True},
    "public, by https": SECURE,
    "behind a proxy on this machine": SECURE | {"HOST": "127.0.0.1"},
    "several processes with a shared cache": {"WEB_PROCESSES": 4, "CACHES": {"default": SHARED}},
    "safer than asked": with_pragma("default", "synchronous=FULL", "synchronous=EXTRA"),
    "PostgreSQL": {"DATABASES": {"default": POSTGRESQL | {"NAME": "one"}, "keyring": POSTGRESQL | {"NAME": "two"}}},
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_safe_setting_is_not_refused(name):
    assert guard.problems(safe(**GOOD[name])) == []


def test_the_settings_as_shipped_are_safe():
    assert guard.problems(real) == []


@pytest.mark.parametrize(
    ("mode", "words"), [(0o440, "Others on this machine can read"), (0o404, "Others"), (0o400, "")]
)
def test_a_root_key_that_others_can_read_is_refused(tmp_path, mode, words):
    path = tmp_path / "root.key"
    path.write_text("key")
    path.chmod(mode)
    found = guard.problems(safe(ROOT_KEY="", ROOT_KEY_FILE=path))
    assert [sentence.startswith(words) for sentence in found] == ([True] if words else [])


def test_a_printer_too_old_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "weasyprint-69.1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: weasyprint\nVersion: 69.1\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert metadata.version("weasyprint") == "69.1"
    (sentence,) = guard.problems(safe())
    assert sentence == "WeasyPrint 69.1 cannot make the kind of PDF we print: 70 or later is needed."


@pytest.mark.parametrize(("version", "count"), [((3, 40, 1), 1), ((3, 51, 2), 1), ((3, 51, 3), 0), ((3, 52, 0), 0)])
def test_an_older_sqlite_is_only_a_warning(version, count):
    assert len(guard.warnings(safe(), sqlite=version)) == count
    assert guard.warnings(safe(**GOOD["PostgreSQL"]), sqlite=version) == []


def start(tmp_path, **environment):
    """What the web server does first, in a process of its own."""
    (tmp_path / "static").mkdir(exist_ok=True)
    given = {"PATH": os.environ["PATH"], "DAYBOOK_VAR": str(tmp_path), "SECRET_KEY": safe().SECRET_KEY}
    return subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT, env=given | environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_the_web_server_does_not_open_with_unsafe_settings(tmp_path):
    ended = start(tmp_path, HOST="0.0.0.0", ROOT_KEY=safe().ROOT_KEY)  # noqa: S104  (to be refused)
    assert ended.returncode == 1
    sentence = "HOST is not this machine alone: set PUBLIC_URL to the https:// address that people use."
    assert ended.stderr == f"Daybook does not start:\n- {sentence}\n"


def test_the_web_server_does_not_open_with_another_root_key(tmp_path):
    first = base64.b64encode(b"1" * 32).decode()
    prepared = subprocess.run(
        [sys.executable, "manage.py", "migrate", "schools", "--database", "keyring", "--verbosity", "0"],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
        env={"PATH": os.environ["PATH"], "DAYBOOK_VAR": str(tmp_path), "SECRET_KEY": safe().SECRET_KEY},
    )  # fmt: skip
    assert prepared.returncode == 0, prepared.stderr
    assert start(tmp_path, ROOT_KEY=first).returncode == 0
    ended = start(tmp_path, ROOT_KEY=base64.b64encode(b"2" * 32).decode())
    assert ended.returncode == 1
    assert ended.stderr.endswith(
        "Daybook does not start:\n- This root key is not the one that this key ring was made with.\n"
    )
