"""The stored files that rows name: there, and byte for byte those that were received."""

import hashlib
import uuid
from collections.abc import Iterator

from schools import files
from schools.models import Versioned
from schools.verify import tables
from schools.verify.finding import Finding
from schools.verify.lines import Gathered

TOGETHER = 500  # rows a question is asked about at once
PIECE_BYTES = 1024 * 1024
EVERYWHERE = tables.Stretch(None, None)


def check(gathered: Gathered, stretch: tables.Stretch = EVERYWHERE) -> Iterator[Finding]:
    """Each file that a row of these records names. Files of destroyed records are meant to be gone."""
    store = files.store()
    for table in tables.versioned():
        if table.model.stored_files is Versioned.stored_files:
            continue
        for row in _rows(table, stretch):
            record = gathered.records.get(str(row.record_id))
            if record is None or not record.destroyed:
                yield from _files_of(store, table, row, record.ref if record else "")


def _rows(table, stretch) -> Iterator[Versioned]:
    rows = table.model._base_manager.filter(stretch.of(table.path)).order_by("pk")
    keys = [text for (text,) in tables.read(rows, ["pk"], stream=True)]
    for start in range(0, len(keys), TOGETHER):
        yield from _readable(table, keys[start : start + TOGETHER])


def _readable(table, keys: list[str]) -> list[Versioned]:
    """The rows with these keys; one that was garbled is left to the comparison with its version."""
    try:
        return list(table.model._base_manager.filter(pk__in=[uuid.UUID(key) for key in keys]))
    except ValueError:
        return [] if len(keys) == 1 else [row for key in keys for row in _readable(table, [key])]


def _files_of(store: files.Folder, table, row, ref: str) -> Iterator[Finding]:
    for name, digest in row.stored_files():
        try:
            found = _digest(store, name)
        except FileNotFoundError:
            if _still_named(row, name):
                yield Finding("file_gone", table.label, str(row.pk), "", ref)
        else:
            if found != digest:
                yield Finding("file_changed", table.label, str(row.pk), "", ref)


def _still_named(row: Versioned, name: str) -> bool:
    """Whether a row names a file even now: while others work, a copy past its time or a whole record may have gone."""
    kept = type(row)._base_manager.select_related("record").filter(pk=row.pk, record__destroyed_at__isnull=True).first()
    return kept is not None and name in dict(kept.stored_files())


def _digest(store: files.Folder, name: str) -> str:
    digest = hashlib.sha256()
    with store.open(name) as sealed:
        while piece := sealed.read(PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()
