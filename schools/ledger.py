"""The one door through which rows are saved: a version of each, and one line of history for all."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import groupby

from django.db import connection
from django.db.models import QuerySet, Subquery

from schools import chain, clock, crypto, sealing
from schools.models import Checkpoint, Entry, Head, Record

LOCK = 7_341_905  # any number, the same everywhere: writers share it, a checkpoint takes it alone


def stamp(moment: datetime) -> str:
    """A moment as text, the same whatever zone it was given in."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _saved(rows, *, by, at) -> list[dict]:
    """Save rows in their order, and a version of each as the database gave it back.

    Rows of one kind that follow one another are written together.
    """
    versions = []
    for (model, is_new), run in groupby(rows, key=lambda row: (type(row), row._state.adding)):
        together = list(run)
        for row in together:
            row._history_user, row._history_date = by, at
        _write(model, together, is_new=is_new)
        written = model.history.bulk_history_create(together, update=not is_new, default_change_reason=None)
        versions += [described(version, model) for version in written]
    return versions


def _write(model, rows, *, is_new: bool) -> None:
    if is_new:
        QuerySet(model).bulk_create(rows)
        return
    for row in rows:
        row.save_without_historical_record(force_update=True)


def described(version, model) -> dict:
    """A version as plain text values by field, in a form that is the same on every database."""
    return {
        "model": model._meta.label_lower,
        "row": str(getattr(version, model._meta.pk.attname)),
        "version": version.history_id,
        "fields": {
            field.attname: _text(version, field)
            for field in type(version)._meta.concrete_fields
            if not field.name.startswith("history_")
        },
    }


def _text(version, field) -> str | None:
    value = getattr(version, field.attname)
    if value is None:
        return None
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def shared_lock() -> None:
    """On PostgreSQL, let a checkpoint wait for lines that are being written; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


def hold(which: Callable[[], set]) -> bool:
    """Keep everybody else from writing in some records until this transaction ends; answers whether those are all.

    which: gives their identifiers; asked again once they are held, since more may have come while we waited. They are
    held in one order, so that of two who hold several neither waits for the other for good. Whoever holds a record
    reads it afterwards: what was read before may be old.
    """
    if not connection.features.has_select_for_update:  # there one transaction at a time writes at all
        return True
    held = which()
    list(Head.objects.select_for_update().filter(pk__in=held).order_by("pk").values_list("pk"))
    return which() <= held


def record(verb: str, record: Record, *rows, by, at, **facts) -> Entry:
    """Save rows and write one line of a record's history that names every version just made.

    verb: `noun.past_participle`. record: whose history it is. rows: what to save, parents first; rows not given are not
    saved. by: the account that acts, or None for the system. at: the time given to the act. facts: what was decided, in
    plain values; sealed with the line. Must be called inside a transaction.
    """
    versions = _saved(rows, by=by, at=at)
    shared_lock()
    return _append(verb, record, versions, _locked_head(record), by=by, at=at, facts=facts)


def begin(record: Record, *rows, verb: str, by, at, **facts) -> Entry:
    """Write the first line of a new record, saving the record itself before the rows given."""
    versions = _saved([record, *rows], by=by, at=at)
    shared_lock()
    head = Head(record=record, seq=0, hash=chain.FIRST)
    head.checkpoint_at = Checkpoint.objects.order_by("-number").values_list("made_at", flat=True).first()
    return _append(verb, record, versions, head, by=by, at=at, facts=facts)


def _append(verb, record, versions, head: Head, *, by, at, facts) -> Entry:
    written_at = _after(head.checkpoint_at, clock.machine_now())
    seq = head.seq + 1
    actor = "" if by is None else str(by.pk)
    payload = chain.canonical({"facts": _plain(facts), "versions": versions})
    salt = os.urandom(chain.SALT_BYTES)
    promise = chain.commitment(salt, payload)
    line = chain.link(
        record=str(record.pk),
        seq=seq,
        verb=verb,
        at=stamp(at),
        written_at=stamp(written_at),
        by=actor,
        commitment=promise,
        previous=head.hash,
    )
    sealed = crypto.seal(sealing.key_of(record), salt + payload, bound_to=bound(record.pk, seq))
    entry = Entry.objects.create(
        record=record,
        seq=seq,
        verb=verb,
        by=None if by is None else by.pk,
        at=at,
        written_at=written_at,
        sealed=sealed,
        commitment=promise,
        previous=head.hash,
        hash=line,
    )
    head.seq, head.hash = seq, line
    head.save(force_insert=head._state.adding)
    record.head = head  # whoever goes on with this record knows its last line
    return entry


def _locked_head(record: Record) -> Head:
    last = Checkpoint.objects.order_by("-number").values("made_at")[:1]
    return Head.objects.select_for_update(of=("self",)).annotate(checkpoint_at=Subquery(last)).get(pk=record.pk)


def _after(checkpoint_at: datetime | None, now: datetime) -> datetime:
    # A clock set back must not date a line before a checkpoint that does not hold it.
    return now if checkpoint_at is None else max(now, checkpoint_at + timedelta(microseconds=1))


def bound(record_id, seq: int) -> bytes:
    return f"ledger|{record_id.hex}|{seq}".encode()


def _plain(value):
    """Facts as JSON values; anything else is written as its text."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else str(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)


def payload_of(entry: Entry, key: bytes | None) -> tuple[bytes, bytes] | None:
    """The salt and payload of a line, or None once its record's key is destroyed."""
    if key is None or entry.sealed is None:
        return None
    content = crypto.unseal(key, bytes(entry.sealed), bound_to=bound(entry.record_id, entry.seq))
    return content[: chain.SALT_BYTES], content[chain.SALT_BYTES :]
