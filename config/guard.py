"""Refuses to serve with settings under which a record could be lost, read or guessed; says so in plain sentences."""

import logging
import sqlite3
import stat
import sys
from importlib.metadata import version
from pathlib import Path

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SECRET_LENGTH = 50
WEASYPRINT = 70
SAFE_SQLITE = (3, 51, 3)
SHARED_CACHE = "django.core.cache.backends.redis.RedisCache"
PLAIN = "config.cache.AsJson"
LOCAL_CACHES = {
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
}
PRAGMAS = {
    "default": {
        "journal_mode": ({"WAL"}, "so that readers and the one writer do not wait for each other"),
        "synchronous": ({"FULL", "EXTRA"}, "so that a power cut loses nothing that was acknowledged"),
        "secure_delete": ({"ON"}, "so that what is destroyed does not linger in the file"),
        "foreign_keys": ({"ON"}, "so that no row can point at nothing"),
    },
    "keyring": {
        "synchronous": ({"FULL", "EXTRA"}, "so that a power cut loses no key"),
        "secure_delete": ({"ON"}, "so that a destroyed key does not linger in the file"),
    },
}


def problems(settings) -> list[str]:
    """Every unsafe setting, one plain sentence each; none when Daybook may serve.

    settings: the settings as loaded.
    """
    asked = (_address, _proxies, _secret, _cookies, _databases, _caches, _sessions, _memory, _files, _printer)
    return [sentence for ask in (*asked, _root_key) for sentence in ask(settings)]


def refuse_unsafe() -> None:
    """End the process before it serves anything, when a setting is unsafe or the root key is not this key ring's."""
    from django.conf import settings

    from schools import keyring

    found = problems(settings)
    if not found:
        try:
            keyring.check_root_key()
        except keyring.RootKeyMissing as error:
            found = [str(error)]
    if found:
        sys.exit("Daybook does not start:\n" + "\n".join(f"- {sentence}" for sentence in found))
    for sentence in warnings(settings, sqlite=sqlite3.sqlite_version_info):
        logging.getLogger(__name__).warning(sentence)


def warnings(settings, *, sqlite: tuple[int, int, int]) -> list[str]:
    """What is worth knowing and no reason to refuse."""
    if sqlite < SAFE_SQLITE and any(_is_sqlite(database) for database in settings.DATABASES.values()):
        numbers = ".".join(str(part) for part in sqlite)
        return [f"SQLite {numbers} has a rare fault in its write-ahead log that 3.51.3 mends: upgrade when you can."]
    return []


def _address(settings):
    is_local = settings.HOST in LOOPBACK
    if settings.DEBUG and not (is_local and not settings.PUBLIC_URL):
        yield "DEBUG is on, and shows the inside of records in its error pages: turn it off, or serve 127.0.0.1 only."
    if settings.PUBLIC_URL and not settings.PUBLIC_URL.startswith("https://"):
        yield "PUBLIC_URL must begin with https://, for passwords would travel in clear."
    if not is_local and not settings.PUBLIC_URL:
        yield "HOST is not this machine alone: set PUBLIC_URL to the https:// address that people use."
    if "*" in settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS accepts every name: list the names that people use."


def _proxies(settings):
    if settings.PUBLIC_URL.startswith("https://") and settings.TRUSTED_PROXIES < 1:
        yield (
            "PUBLIC_URL is served by a proxy in front: set TRUSTED_PROXIES to how many there are, or everybody counts "
            "as one address and one person who guesses passwords shuts out all."
        )
    if not settings.PUBLIC_URL and settings.TRUSTED_PROXIES:
        yield "TRUSTED_PROXIES is set and no proxy stands in front: anybody could claim any address. Unset it."


def _secret(settings):
    if not settings.SECRET_KEY:
        yield "There is no SECRET_KEY: set one, or put the secret key file back in the data folder."
    elif len(settings.SECRET_KEY) < SECRET_LENGTH:
        yield f"SECRET_KEY is short enough to be guessed: it needs at least {SECRET_LENGTH} characters."
    elif settings.SECRET_KEY.startswith("django-insecure-") or len(set(settings.SECRET_KEY)) < 10:
        yield "SECRET_KEY is an example and no secret: make a random one."


def _cookies(settings):
    is_https = settings.PUBLIC_URL.startswith("https://")
    if is_https and not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield "Cookies would travel over plain HTTP: SESSION_COOKIE_SECURE and CSRF_COOKIE_SECURE must be on."
    if not settings.SESSION_COOKIE_HTTPONLY:
        yield "Scripts could read the sign-in cookie: SESSION_COOKIE_HTTPONLY must be on."


def _databases(settings):
    data, ring = settings.DATABASES["default"], settings.DATABASES["keyring"]
    if _place(data) == _place(ring):
        yield "The key ring is in the same database as the records: keys and records must be kept and backed up apart."
    for name, database in settings.DATABASES.items():
        if database.get("ATOMIC_REQUESTS"):
            yield f"ATOMIC_REQUESTS is on for the {name} database: everybody would wait for the slowest page."
        if _is_sqlite(database):
            yield from _pragmas(name, database.get("OPTIONS", {}).get("init_command", ""))


def _pragmas(name: str, command: str):
    given = {}
    for part in command.upper().replace("PRAGMA", "").split(";"):
        key, _, value = part.partition("=")
        given[key.strip().lower()] = value.strip()
    for key, (accepted, reason) in PRAGMAS.get(name, {}).items():
        if given.get(key) not in accepted:
            yield f"The {name} database must be opened with {key}={sorted(accepted)[-1]}, {reason}."


def _caches(settings):
    backends = {cache["BACKEND"] for cache in settings.CACHES.values()}
    if backends - LOCAL_CACHES - {SHARED_CACHE}:
        yield "A cache in the database or in files holds what could run as code: use CACHE_URL, or none."
    elif any(not _is_plain(cache) for cache in settings.CACHES.values()):
        yield "The shared cache must be written as JSON: any other form could run code when it is read."
    elif settings.WEB_PROCESSES > 1 and SHARED_CACHE not in backends:
        yield "With more than one web process, set CACHE_URL: limits on sign-in attempts must be counted together."


def _is_plain(cache: dict) -> bool:
    """Whether a cache holds nothing that others can write, or only what is read as plain values."""
    return cache["BACKEND"] != SHARED_CACHE or cache.get("OPTIONS", {}).get("serializer") == PLAIN


def _sessions(settings):
    if settings.SESSION_SERIALIZER != "django.contrib.sessions.serializers.JSONSerializer":
        yield "SESSION_SERIALIZER must be JSON: any other form could run code when a session is read."
    if settings.SESSION_ENGINE != "schools.sessions":
        yield "SESSION_ENGINE must be schools.sessions: any other keeps cookies that somebody else could use."


def _memory(settings):
    if not getattr(settings, "SIMPLE_HISTORY_ENABLED", True):
        yield "SIMPLE_HISTORY_ENABLED is off: every change must leave its version."


def _files(settings):
    if list(settings.FILE_UPLOAD_HANDLERS) != ["schools.uploads.SealingHandler"]:
        yield "FILE_UPLOAD_HANDLERS must be schools.uploads.SealingHandler alone: any other lays files down in clear."


def _printer(settings):
    installed = version("weasyprint")
    if int(installed.split(".")[0]) < WEASYPRINT:
        yield f"WeasyPrint {installed} cannot make the kind of PDF we print: {WEASYPRINT} or later is needed."


def _root_key(settings):
    if settings.ROOT_KEY:
        return
    path = Path(settings.ROOT_KEY_FILE)
    if not path.exists():
        yield "There is no root key: set ROOT_KEY, or put the key file back in the data folder."
    elif path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield "Others on this machine can read the root key file: make it readable by its owner only (chmod 400)."


def _is_sqlite(database: dict) -> bool:
    return "sqlite" in database["ENGINE"]


def _place(database: dict) -> tuple:
    return tuple(str(database.get(key, "")) for key in ("HOST", "PORT", "NAME"))
