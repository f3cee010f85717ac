"""Sealed files: laid down whole or not at all, under names that say nothing, and opened with the key of their item."""

import hashlib
import io
import os
import re
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

import pyrage
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from schools import crypto, keyring, sealing

PIECE_BYTES = 64 * 1024
RECEIVING = "receiving"
NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*(?:/[0-9A-Za-z][0-9A-Za-z._-]*)*")


def new_name() -> str:
    """A name for a file that tells nothing of what is in it."""
    text = secrets.token_hex(20)
    return f"{text[:2]}/{text[2:]}"


class Folder:
    """A store in a folder of this machine. A file under its name is complete and on the disk: there are no halves."""

    def __init__(self, root: Path):
        self.root = root

    def save(self, name: str, stream: BinaryIO) -> None:
        """Lay down everything a stream holds under a name."""
        with self.writing(name) as out:
            while piece := stream.read(PIECE_BYTES):
                out.write(piece)

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """A file to write into; it gets its name when the block ends well, and is gone when it does not."""
        final, partial = self._path(name), self.root / RECEIVING / secrets.token_hex(16)
        self._make_folder(partial.parent)
        self._make_folder(final.parent)
        try:
            handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            os.rename(partial, final)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        _settle(final.parent)

    def open(self, name: str) -> BinaryIO:
        """The sealed bytes of a file. Raises FileNotFoundError when there is none of this name."""
        return self._path(name).open("rb")

    def delete(self, name: str) -> None:
        """Remove a file; one that is not there is no mistake."""
        self._path(name).unlink(missing_ok=True)

    def exists(self, name: str) -> bool:
        return bool(NAME.fullmatch(name)) and self._path(name).is_file()

    def names(self, *, written_before: datetime | None = None) -> Iterator[str]:
        """The names of all complete files, or of those written before a moment of the machine's clock."""
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_file() and not name.startswith(f"{RECEIVING}/") and _is_older(path, written_before):
                yield name

    def sweep_halves(self, before: datetime) -> int:
        """Remove what was being written when the machine stopped, if that was before a moment of its clock."""
        halves = [path for path in self.root.glob(f"{RECEIVING}/*") if _is_older(path, before)]
        for path in halves:
            path.unlink(missing_ok=True)
        return len(halves)

    def _path(self, name: str) -> Path:
        # A name comes from a row that somebody may have tampered with: it must not lead out of the folder.
        if not NAME.fullmatch(name):
            raise FileNotFoundError(name)
        return self.root / name

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _settle(folder.parent)


def _is_older(path: Path, moment: datetime | None) -> bool:
    if moment is None:
        return True
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment
    except FileNotFoundError:  # gone since the folder was listed
        return False


def _settle(folder: Path) -> None:
    """Have the folder's own list of names on the disk, or a power cut could lose a file that was complete."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def store() -> Folder:
    """The store that the settings name."""
    address = urlsplit(settings.STORAGE_URL)
    if address.scheme != "file" or address.netloc:
        raise ImproperlyConfigured(
            "STORAGE_URL must begin with file:/// because files are kept in a folder of this machine."
        )
    return Folder(Path(unquote(address.path)))


def seal_item(item_id: uuid.UUID, content: bytes, *, record) -> tuple[str, str]:
    """Lay down a file made here, sealed under a record's key: its name in the store, the SHA-256 of the sealed bytes.

    item_id: the same again keeps its key, so that making a file twice does no harm.
    """
    identity = keyring.item_identity(item_id)
    if identity is None:
        identity, key = pyrage.x25519.Identity.generate(), sealing.key_of(record)
        keyring.keep_item_key(item_id, str(identity).encode(), record_id=record.pk, record_key=key)
    sealed, name = pyrage.encrypt(content, [identity.to_public()]), new_name()
    store().save(name, io.BytesIO(sealed))
    return name, hashlib.sha256(sealed).hexdigest()


def erase_item(item_id: uuid.UUID, stored_as: str) -> None:
    """Make a file unreadable for good and then remove it; one that is gone already is no mistake."""
    keyring.destroy_item(item_id)
    store().delete(stored_as)


def open_item(item_id: uuid.UUID, stored_as: str) -> Iterator[bytes] | None:
    """Give back the content of one file, or None when its key was destroyed.

    The whole file is proved unchanged before its first byte is given out. Raises FileNotFoundError when the sealed file
    is gone, and crypto.Unreadable when a single bit of it was changed or it is another item's file.
    """
    identity = keyring.item_identity(item_id)
    if identity is None:
        return None
    with store().open(stored_as) as sealed:
        content = _unsealed(sealed.read(), identity)
    return (content[start : start + PIECE_BYTES] for start in range(0, len(content), PIECE_BYTES))


def _unsealed(sealed: bytes, identity: pyrage.x25519.Identity) -> bytes:
    try:
        return pyrage.decrypt(sealed, [identity])
    except pyrage.DecryptError as error:
        raise crypto.Unreadable("this file was changed, or belongs to another item") from error
