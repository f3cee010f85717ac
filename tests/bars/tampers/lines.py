"""Changes to the lines of history, to keys and to checkpoints."""

import json
import os

from schools import chain, keyring, ledger
from schools.models import (
    Checkpoint,
    Entry,
    Head,
    Record,
    RecordKey,
)
from tests.bars import rawly
from tests.bars.tampers.kinds import CHECKPOINT, ENTRY, HEAD, KEY, Expected, any_of, expect, kind, newest, place


@kind
def any_column_of_a_line(rng, filled):
    line = any_of(rng, Entry.objects)
    # The key of a line is in no hash: nothing refers to it.
    column = rng.choice([field for field in line._meta.concrete_fields if field.name not in ("id", "record", "sealed")])
    rawly.change(line, **{column.name: rawly.other(rng, column, getattr(line, column.attname))})
    return expect(line, "", (ENTRY, ""), (HEAD, str(line.record_id)))


@kind
def what_a_line_holds(rng, filled):
    line = any_of(rng, Entry.objects)
    sealed = bytearray(line.sealed)
    sealed[rng.randrange(len(sealed))] ^= 1 << rng.randrange(8)
    rawly.change(line, sealed=bytes(sealed))
    return expect(line)


@kind
def deleted_line(rng, filled):
    line = any_of(rng, Entry.objects.filter(record__in=filled.ids, seq__lt=3))
    rawly.remove(line)
    return Expected(ENTRY, "", ref=line.record.ref, seq=line.seq)


@kind
def two_lines_swapped(rng, filled):
    first, second = Entry.objects.filter(record=rng.choice(filled.ids), seq__lt=3).order_by("seq")
    rawly.change(first, seq=999)
    rawly.change(second, seq=first.seq)
    rawly.change(first, seq=second.seq)
    return expect(first, "", place(second))


@kind
def line_moved_to_another_record(rng, filled):
    line = any_of(rng, Entry.objects.filter(record__in=filled.ids))
    target = rng.choice([pk for pk in filled.ids if pk != line.record_id])
    rawly.change(line, record=target, seq=4)
    return expect(line, "", (ENTRY, ""), (HEAD, str(line.record_id)), (HEAD, str(target)))


@kind
def cut_tail(rng, filled):
    line = any_of(rng, Entry.objects.filter(record__in=filled.ids, seq=3))
    before = Entry.objects.get(record=line.record, seq=2)
    rawly.remove(line)
    rawly.change(Head.objects.get(pk=line.record_id), seq=2, hash=before.hash)
    said = json.loads(ledger.payload_of(line, keyring.record_keys([line.record_id])[line.record_id])[1])
    named = {(version["model"], version["row"]) for version in said["versions"]}
    return Expected(*rng.choice(sorted(named)), touched=named | {(ENTRY, "")})


@kind
def end_of_a_history(rng, filled):
    head = any_of(rng, Head.objects)
    rawly.change(head, **rng.choice([{"seq": head.seq + 1}, {"hash": "0" * 64}]))
    return Expected(HEAD, str(head.pk))


@kind
def key_destroyed(rng, filled):
    key = any_of(rng, RecordKey.objects)
    rawly.remove(key)
    return Expected(KEY, str(key.pk))


@kind
def key_garbled(rng, filled):
    key = any_of(rng, RecordKey.objects)
    wrapped = bytearray(key.wrapped)
    wrapped[rng.randrange(len(wrapped))] ^= 1 << rng.randrange(8)
    rawly.change(key, wrapped=bytes(wrapped))
    return Expected(KEY, str(key.pk))


@kind
def key_of_another_record(rng, filled):
    first, second = rng.sample(list(RecordKey.objects.filter(record_id__in=filled.ids)), 2)
    rawly.change(first, wrapped=bytes(second.wrapped))
    return Expected(KEY, str(first.pk))


@kind
def destruction_forged(rng, filled):
    """A record is marked as destroyed with a well-linked last line, and its key removed."""
    record = Record.objects.get(pk=rng.choice(filled.ids))
    head, at = Head.objects.get(pk=record.pk), filled.cast.now
    sealed, promise = os.urandom(80), "a" * 64
    by = str(filled.cast.dee.pk)
    line = chain.link(
        record=str(record.pk), seq=head.seq + 1, verb="record.destroyed", at=ledger.stamp(at),
        written_at=ledger.stamp(at), by=by, commitment=promise, previous=head.hash,
    )  # fmt: skip
    Entry.objects.create(
        record=record, seq=head.seq + 1, verb="record.destroyed", by=by, at=at, written_at=at, sealed=sealed,
        commitment=promise, previous=head.hash, hash=line,
    )  # fmt: skip
    rawly.change(head, seq=head.seq + 1, hash=line)
    rawly.change(record, destroyed_at=at)
    rawly.change(newest(record), destroyed_at=at)
    rawly.remove(RecordKey.objects.get(pk=record.pk))
    return expect(record)


@kind
def checkpoint_changed(rng, filled):
    made = Checkpoint.objects.get()
    column = made._meta.get_field(rng.choice(["made_at", "root", "signature"]))
    rawly.change(made, **{column.name: rawly.other(rng, column, getattr(made, column.name))})
    return Expected(CHECKPOINT, str(made.pk))


@kind
def checkpoint_removed(rng, filled):
    made = Checkpoint.objects.get()
    rawly.remove(made)
    return Expected(CHECKPOINT, str(made.pk))
