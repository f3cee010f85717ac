"""Destroying a record: its last line first, then everything with which it could be read or found."""

from collections.abc import Iterator
from functools import partial

from django.apps import apps
from django.db import connection, transaction

from schools import files, keyring, ledger, search
from schools.models import Entry, Record, RecordKey, Versioned
from schools.roles import Kind

TOGETHER = 500


def destroy(record: Record, *, by, at, **facts) -> Entry:
    """Write that a record is destroyed, in its own history and in its school's register, and then make it so.

    record: any but a register. by: the account that acts. at: when. facts: rule, authority, who approved. The key goes
    when the act is complete and never before. To be called inside an act; raises RuntimeError anywhere else.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a record is destroyed only inside an act")
    if record.kind == Kind.REGISTER:
        raise ValueError("a register is never destroyed")
    record.destroyed_at = at
    last = ledger.record("record.destroyed", record, record, by=by, at=at, **facts)
    attested = {"destroyed": record.pk, "ref": record.ref, "hash": last.hash}
    ledger.record("destruction.recorded", _register(record), by=by, at=at, **attested, **facts)
    transaction.on_commit(partial(_end, record))
    return last


def finish(at) -> int:
    """Destroy what a crash left readable of records destroyed before a moment; how many there were."""
    destroyed = Record.objects.filter(destroyed_at__lte=at)
    left = [record for some in _some(destroyed) for record in _with_key(some)]
    for record in left:
        _end(record)
    return len(left)


def _register(record: Record) -> Record:
    return (record.school or record.trust).record


def _some(records) -> Iterator[list[Record]]:
    ids = list(records.values_list("pk", flat=True))
    for start in range(0, len(ids), TOGETHER):
        yield list(records.filter(pk__in=ids[start : start + TOGETHER]))


def _with_key(records: list[Record]) -> list[Record]:
    keys = RecordKey.objects.filter(record_id__in=[record.pk for record in records])
    kept = set(keys.values_list("record_id", flat=True))
    return [record for record in records if record.pk in kept]


def _end(record: Record) -> None:
    # The key goes last: that it is still there is how `finish` knows what a crash left.
    search.forget(record)
    for name in _stored_files(record):
        files.store().delete(name)
    keyring.destroy(record.pk)


def _stored_files(record: Record) -> Iterator[str]:
    for model in apps.get_models():
        if issubclass(model, Versioned) and model.stored_files is not Versioned.stored_files:
            for row in model._base_manager.filter(record=record):
                yield from (name for name, _ in row.stored_files())
