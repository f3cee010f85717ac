"""The stored files that rows name: there, and byte for byte those that were received."""

import hashlib
import uuid
from collections.abc import Iterator

from schools import files
from schools.models import Versioned
from schools.verify import tables
from schools.verify.finding import Finding
from schools.verify.lines import Gathered

PIECE_BYTES = 1024 * 1024


def check(gathered: Gathered) -> Iterator[Finding]:
    """Each file that a row names. Files of destroyed records are meant to be gone."""
    store = files.store()
    for table in tables.versioned():
        if table.model.stored_files is Versioned.stored_files:
            continue
        for row in _rows(table):
            record = gathered.records.get(str(row.record_id))
            if record is None or not record.destroyed:
                yield from _files_of(store, table, row, record.ref if record else "")


def _rows(table) -> Iterator[Versioned]:
    """Every row that can be read; one that was garbled is named by the comparison with its version."""
    for (text,) in tables.read(table.model._base_manager.order_by("pk"), ["pk"], stream=True):
        try:
            row = table.model._base_manager.filter(pk=uuid.UUID(text)).first()
        except ValueError:
            continue
        if row is not None:
            yield row


def _files_of(store: files.Folder, table, row, ref: str) -> Iterator[Finding]:
    for name, digest in row.stored_files():
        try:
            found = _digest(store, name)
        except FileNotFoundError:
            yield Finding("file_gone", table.label, str(row.pk), "", ref)
        else:
            if found != digest:
                yield Finding("file_changed", table.label, str(row.pk), "", ref)


def _digest(store: files.Folder, name: str) -> str:
    digest = hashlib.sha256()
    with store.open(name) as sealed:
        while piece := sealed.read(PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()
