"""Copies of an installation to keep elsewhere: the records first, the key ring second and apart, each file digested."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from glob import glob
from pathlib import Path

from django.db import connections

from schools import files, keyring

FORMAT = "daybook-backup/1"
MANIFEST = "manifest.json"
DATABASE = "database"
FILES = "files"
# The folder of each half, and the database it holds; the order is the order of copying.
HALVES = {"records": "default", "keyring": "keyring"}


class Unusable(Exception):
    """This backup cannot be made here, or cannot be put back here; the message says why in one sentence."""


def make(folder: Path, *, keys: Path, at: datetime) -> dict[str, dict]:
    """Copy the records and all sealed files, then the key ring, while the installation is in use.

    folder: for the records; keys: for the key ring: both absent or empty. at: written into the manifests.
    The root key is never copied. Returns the manifest of each half. Raises Unusable.
    """
    for place in (folder, keys):
        if place.exists() and any(place.iterdir()):
            raise Unusable(f"{place} is not empty: a backup is never written over another.")
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    manifests = {}
    # A key is made before its record, so that a key ring copied after the records has every key they need.
    for half, place in (("records", folder), ("keyring", keys)):
        alias = HALVES[half]
        _dump(alias, place / DATABASE)
        named = [DATABASE]
        if half == "records":
            named += [f"{FILES}/{name}" for name in _copy(files.store(), files.Folder(place / FILES))]
        manifests[half] = _write_manifest(place, half, named, vendor=connections[alias].vendor, at=at)
    return manifests


def put_back(folder: Path, *, keys: Path) -> dict[str, dict]:
    """Put a backup into an empty installation, after every file of it was found unchanged.

    folder, keys: where the two halves are. Returns their manifests. Raises Unusable and then nothing was touched;
    raises keyring.RootKeyMissing when all is back and this installation's root key does not open it.
    """
    manifests = {half: _read_manifest(place, half) for half, place in (("records", folder), ("keyring", keys))}
    _refuse_unless_empty()
    for half, place in (("records", folder), ("keyring", keys)):
        _load(HALVES[half], place / DATABASE)
    store = files.Folder(folder / FILES)
    _copy(store, files.store())
    keyring.check_root_key()
    return manifests


def _copy(source: files.Folder, store: files.Folder) -> list[str]:
    """Copy every complete file; one destroyed meanwhile is passed over. Returns the names copied."""
    copied = []
    for name in source.names():
        try:
            stream = source.open(name)
        except FileNotFoundError:
            continue
        with stream:
            store.save(name, stream)
        copied.append(name)
    return copied


def _write_manifest(place: Path, half: str, named: Iterable[str], *, vendor: str, at: datetime) -> dict:
    listed = {name: _digest(place / name) for name in named}
    manifest = {"format": FORMAT, "half": half, "vendor": vendor, "made_at": at.isoformat(), "files": listed}
    with (place / MANIFEST).open("x") as out:
        out.write(json.dumps(manifest, indent=1, sort_keys=True))
        out.flush()
        os.fsync(out.fileno())
    return manifest


def _digest(path: Path) -> dict:
    with path.open("rb") as stream:
        return {"size": path.stat().st_size, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}


def _read_manifest(place: Path, half: str) -> dict:
    try:
        manifest = json.loads((place / MANIFEST).read_text())
        listed = manifest["files"]
        is_ours = manifest["format"] == FORMAT and manifest["half"] == half
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{place} holds no backup of the {half}.") from error
    if not is_ours:
        raise Unusable(f"{place} holds no backup of the {half}.")
    if manifest["vendor"] != connections[HALVES[half]].vendor:
        raise Unusable(f"The {half} were copied from {manifest['vendor']}, which is not the kind of database here.")
    for name, expected in listed.items():
        if not (place / name).is_file():
            raise Unusable(f"{name} is missing from the backup of the {half}.")
        if _digest(place / name) != expected:
            raise Unusable(f"{name} in the backup of the {half} was changed since it was made.")
    return manifest


def _refuse_unless_empty() -> None:
    filled = [alias for alias in HALVES.values() if connections[alias].introspection.table_names()]
    if filled or any(files.store().names()):
        raise Unusable("There is an installation here already: a backup is put back into an empty one only.")
    connections.close_all()


def _dump(alias: str, target: Path) -> None:
    given = connections[alias].settings_dict
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    if connections[alias].vendor == "postgresql":
        _postgresql("pg_dump", given, "--format=custom", "--no-owner", f"--file={target}")
        return
    with closing(sqlite3.connect(f"file:{given['NAME']}?mode=ro", uri=True)) as source:
        _copy_sqlite(source, target)


def _load(alias: str, copy: Path) -> None:
    given = connections[alias].settings_dict
    if connections[alias].vendor == "postgresql":
        _postgresql("pg_restore", given, "--no-owner", "--single-transaction", "--exit-on-error", str(copy))
        return
    with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as source:
        _copy_sqlite(source, Path(given["NAME"]))


def _copy_sqlite(source: sqlite3.Connection, target: Path) -> None:
    """Copy a database by SQLite's own way, which sees one moment of it, and have the copy on the disk in one file."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA synchronous=FULL")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _postgresql(program: str, given: dict, *options: str) -> None:
    places = {"--host": given["HOST"], "--port": given["PORT"], "--username": given["USER"], "--dbname": given["NAME"]}
    command = [_program(program), *(f"{name}={value}" for name, value in places.items() if value), *options]
    environment = os.environ | ({"PGPASSWORD": given["PASSWORD"]} if given["PASSWORD"] else {})
    ended = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603 - our own settings
    if ended.returncode:
        raise Unusable(f"{program} could not do its part: {ended.stderr.strip().splitlines()[-1]}")


def _program(name: str) -> str:
    versions = sorted(glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)
    found = next(iter(versions), None) or shutil.which(name)
    if found is None:
        raise Unusable(f"{name} is not installed: it comes with PostgreSQL's own programs.")
    return found
