"""Changes that leave nothing to contradict them: only a checkpoint kept elsewhere can show them."""

import json

from django.apps import apps

from schools import chain, crypto, keyring, ledger
from schools.models import (
    Entry,
    Head,
    ItemKey,
    Record,
    RecordKey,
)
from tests.bars import rawly
from tests.bars.tampers.kinds import ENTRY, RECORD, Expected, needs_a_checkpoint, newest, place


@needs_a_checkpoint
def whole_record_gone(rng, filled):
    record = Record.objects.get(pk=rng.choice(filled.ids))
    for model in apps.get_models():
        if any(field.name == "record" for field in model._meta.concrete_fields):
            for row in model._base_manager.filter(record=record.pk):
                rawly.remove(row)
    for item in ItemKey.objects.filter(record_id=record.pk):
        rawly.remove(item)
    for row in [*Record.history.filter(id=record.pk), RecordKey.objects.get(pk=record.pk), record]:
        rawly.remove(row)
    return Expected(RECORD, "", ref=record.ref)


@needs_a_checkpoint
def history_rewritten_with_the_keys(rng, filled):
    """Somebody with the keys writes one line anew and works out everything that follows from it."""
    record = Record.objects.get(pk=rng.choice(filled.ids))
    key = keyring.record_keys([record.pk])[record.pk]
    changed, previous = rng.randint(1, 3), chain.FIRST
    for line in Entry.objects.filter(record=record).order_by("seq"):
        salt, payload = ledger.payload_of(line, key)
        if line.seq == changed:
            said = json.loads(payload)
            payload = chain.canonical(said | {"facts": said["facts"] | {"put": "in"}})
        promise = chain.commitment(salt, payload)
        by = "" if line.by is None else str(line.by)
        hash = chain.link(
            record=str(record.pk), seq=line.seq, verb=line.verb, at=ledger.stamp(line.at),
            written_at=ledger.stamp(line.written_at), by=by, commitment=promise, previous=previous,
        )  # fmt: skip
        sealed = crypto.seal(key, salt + payload, bound_to=ledger.bound(record.pk, line.seq))
        rawly.change(line, commitment=promise, previous=previous, hash=hash, sealed=sealed)
        previous, last = hash, line
    rawly.change(Head.objects.get(pk=record.pk), hash=previous)
    return Expected(*place(last), ref=record.ref, seq=last.seq)


@needs_a_checkpoint
def last_act_undone(rng, filled):
    """The last line of a history goes with everything that the act had left behind."""
    record = Record.objects.get(pk=rng.choice(filled.ids))
    line = Entry.objects.filter(record=record).order_by("-seq").first()
    said = json.loads(ledger.payload_of(line, keyring.record_keys([record.pk])[record.pk])[1])
    for version in said["versions"]:
        model = apps.get_model(version["model"])
        rawly.remove(model.history.get(history_id=version["version"]))
        row = model._base_manager.get(pk=version["row"])
        earlier = newest(row)
        if earlier is None:
            rawly.remove(row)
        else:
            names = [field.name for field in row._meta.concrete_fields if not field.primary_key]
            rawly.change(row, **{name: getattr(earlier, row._meta.get_field(name).attname) for name in names})
    before = Entry.objects.get(record=record, seq=line.seq - 1)
    rawly.remove(line)
    rawly.change(Head.objects.get(pk=record.pk), seq=before.seq, hash=before.hash)
    return Expected(ENTRY, "", ref=record.ref, seq=line.seq)
