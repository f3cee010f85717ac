"""Every kind of change behind Daybook's back that the verification must name, each made at random."""

import io
import json
import os
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.apps import apps

from incidents.models import Concern, Evidence
from schools import chain, crypto, files, keyring, ledger
from schools.models import (
    AdoptedPolicy,
    Appointment,
    Checkpoint,
    Entry,
    Exclusion,
    Head,
    ItemKey,
    Reader,
    Record,
    RecordKey,
    Relation,
    User,
    Versioned,
    password_mark,
)
from tests.bars import rawly

ENTRY, HEAD, KEY, RECORD, CHECKPOINT = (
    "schools.entry",
    "schools.head",
    "schools.recordkey",
    "schools.record",
    "schools.checkpoint",
)


@dataclass
class Expected:
    """What one change must be named as.

    model, row: the place. column: its column, where it can be told. ref, seq: instead of a row, where the row is gone.
    touched: other places that the same change altered and that may be named too.
    """

    model: str
    row: str = ""
    column: str = ""
    ref: str = ""
    seq: int | None = None
    touched: set[tuple[str, str]] = field(default_factory=set)

    def named_by(self, finding) -> bool:
        return (
            (finding.model, finding.row) == (self.model, self.row)
            and self.column in ("", finding.field)
            and self.ref in ("", finding.record_ref)
            and self.seq in (None, finding.seq)
        )

    def allows(self, finding) -> bool:
        """Whether a finding names something that was altered, or says itself that it is only a consequence."""
        place = finding.model, finding.row
        follows = {"version_unproven", "checkpoint_differs"}
        return finding.kind in follows or place == (self.model, self.row) or place in self.touched


KINDS = []
NEED_A_CHECKPOINT = set()


def kind(tamper):
    KINDS.append(tamper)
    return tamper


def needs_a_checkpoint(tamper):
    """A change that only a checkpoint kept elsewhere can show: nothing that is left contradicts anything else."""
    NEED_A_CHECKPOINT.add(tamper)
    return kind(tamper)


def place(row) -> tuple[str, str]:
    model = getattr(row, "instance_type", None) or type(row)
    return model._meta.label_lower, str(getattr(row, model._meta.pk.attname))


def expect(row, column: str = "", *touched) -> Expected:
    return Expected(*place(row), column, touched=set(touched))


def versioned() -> list[type[Versioned]]:
    models = [model for model in apps.get_models() if issubclass(model, Versioned)]
    return sorted((model for model in models if model._base_manager.exists()), key=lambda model: model._meta.label)


def any_of(rng, rows):
    return rng.choice(list(rows.order_by("pk")))


def newest(row):
    return type(row).history.filter(**{row._meta.pk.name: row.pk}).order_by("-history_id").first()


def with_version(rng, row, **values) -> Expected:
    """Change a row, and half the time its newest version with it, so that the two agree."""
    rawly.change(row, **values)
    if rng.random() < 0.5:
        rawly.change(newest(row), **values)
    return expect(row, next(iter(values)))


def number(rng) -> int:
    return rng.randint(1_000_000, 9_000_000)


# --- Rows and versions, whatever they are.


@kind
def any_column_of_any_row(rng, filled):
    row = any_of(rng, rng.choice(versioned())._base_manager)
    column = rng.choice([field for field in row._meta.concrete_fields if not field.primary_key])
    rawly.change(row, **{column.name: rawly.other(rng, column, getattr(row, column.attname))})
    # A record is known outside by its reference: with another one, it is as good as gone.
    return expect(row, column.name, (RECORD, ""), place(row))


@kind
def any_column_of_any_version(rng, filled):
    version = any_of(rng, rng.choice(versioned()).history)
    own = type(version).instance_type._meta.pk.name
    column = rng.choice([field for field in version._meta.concrete_fields if field.name not in (own, "history_id")])
    value = rng.choice(["+", "~", "-"]) if column.name == "history_type" else None
    while value in (None, version.history_type):
        value = (
            rng.choice(["+", "~", "-"])
            if column.name == "history_type"
            else rawly.other(rng, column, getattr(version, column.attname))
        )
    rawly.change(version, **{column.name: value})
    return expect(version, column.name)


@kind
def key_of_a_row(rng, filled):
    row = any_of(rng, rng.choice([Appointment, Relation, Reader, Exclusion, Evidence])._base_manager)
    fresh = uuid.UUID(int=rng.getrandbits(128))
    rawly.change(row, id=fresh)
    return expect(row, "", (place(row)[0], str(fresh)))


@kind
def number_of_a_version(rng, filled):
    version = any_of(rng, rng.choice(versioned()).history)
    rawly.change(version, history_id=number(rng))
    return expect(version)


@kind
def forged_version(rng, filled):
    version = any_of(rng, rng.choice([Concern, Appointment, Exclusion]).history)
    rawly.copy(version, history_id=number(rng))
    return expect(version)


@kind
def deleted_version(rng, filled):
    version = any_of(rng, rng.choice(versioned()).history)
    rawly.remove(version)
    return expect(version)


@kind
def deleted_row(rng, filled):
    row = any_of(rng, rng.choice([Appointment, Relation, Reader, Evidence, AdoptedPolicy])._base_manager)
    rawly.remove(row)
    return expect(row)


@kind
def row_moved_to_another_record(rng, filled):
    row = any_of(rng, rng.choice([Evidence, Exclusion, Reader]).objects)
    return with_version(rng, row, record=rng.choice([pk for pk in filled.ids if pk != row.record_id]))


# --- Lines.


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


# --- Files.


def file_of(rng) -> Evidence:
    return any_of(rng, Evidence.objects)


@kind
def byte_of_a_file(rng, filled):
    item, store = file_of(rng), files.store()
    content = bytearray(rawly.content(item.stored_as))
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    store.save(item.stored_as, io.BytesIO(bytes(content)))
    return expect(item)


@kind
def two_files_swapped(rng, filled):
    first, second = rng.sample(list(Evidence.objects.order_by("pk")), 2)
    store = files.store()
    contents = [rawly.content(item.stored_as) for item in (first, second)]
    store.save(first.stored_as, io.BytesIO(contents[1]))
    store.save(second.stored_as, io.BytesIO(contents[0]))
    return expect(first, "", place(second))


@kind
def file_gone(rng, filled):
    item = file_of(rng)
    files.store().delete(item.stored_as)
    return expect(item)


@kind
def another_file_named(rng, filled):
    first, second = rng.sample(list(Evidence.objects.order_by("pk")), 2)
    rawly.change(first, stored_as=second.stored_as, stored_sha256=second.stored_sha256)
    return expect(first, "stored_as")


# --- Who may do what.


@kind
def account_opened_again(rng, filled):
    return with_version(rng, User.objects.get(is_active=False), is_active=True)


@kind
def password_replaced(rng, filled):
    account = any_of(rng, User.objects)
    rawly.change(account, password="argon2$of-another")
    return expect(account, "password")


@kind
def password_replaced_with_its_mark(rng, filled):
    account = any_of(rng, User.objects)
    return with_version(rng, account, password_mark=password_mark("argon2$of-another")) and _password(account)


def _password(account) -> Expected:
    rawly.change(account, password="argon2$of-another")
    return expect(account, "password_mark")


@kind
def office_forged(rng, filled):
    office, fresh = any_of(rng, Appointment.objects), uuid.UUID(int=rng.getrandbits(128))
    rawly.copy(office, id=fresh, person=filled.cast.tom.person_id, role="administrator")
    if rng.random() < 0.5:
        rawly.copy(
            newest(office), id=fresh, history_id=number(rng), person=filled.cast.tom.person_id, role="administrator"
        )
    return Expected("schools.appointment", str(fresh))


@kind
def office_prolonged(rng, filled):
    return with_version(rng, Appointment.objects.get(until_at__isnull=False), until_at=None)


@kind
def office_given_by_somebody_without_one(rng, filled):
    """Somebody with the program and its keys in hand goes through the door that acts use."""
    cast = filled.cast
    office = Appointment(
        record=cast.oakfield.record,
        person=cast.tom.person,
        role="administrator",
        trust=cast.trust,
        school=cast.oakfield,
    )
    office.from_at = cast.now
    by = rng.choice([cast.tom, cast.tom, cast.dee, cast.hugh, None])
    ledger.record("appointment.made", cast.oakfield.record, office, by=by, at=cast.now, role="administrator")
    return expect(office)


@kind
def conflict_lifted(rng, filled):
    return with_version(rng, any_of(rng, Exclusion.objects), lifted_at=filled.cast.now)


@kind
def conflict_weakened(rng, filled):
    hidden = any_of(rng, Exclusion.objects.filter(grade=Exclusion.HIDDEN))
    return with_version(rng, hidden, grade=Exclusion.ASIDE)


@kind
def conflict_deleted(rng, filled):
    exclusion = any_of(rng, Exclusion.objects)
    if rng.random() < 0.5:
        for version in Exclusion.history.filter(id=exclusion.pk):
            rawly.remove(version)
    rawly.remove(exclusion)
    return expect(exclusion)


@kind
def reader_forged(rng, filled):
    exclusion, fresh = any_of(rng, Exclusion.objects), uuid.UUID(int=rng.getrandbits(128))
    columns = {
        "id": fresh,
        "record": exclusion.record_id,
        "person": exclusion.person_id,
        "role": "dsl",
        "why": "forged",
    }
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    _insert(Reader, since=now, until=None, **columns)
    if rng.random() < 0.5:
        about = {"history_id": number(rng), "history_date": now, "history_type": "+", "history_user_id": None}
        _insert(Reader.history.model, since=now, until=None, history_change_reason=None, **about, **columns)
    return Expected("schools.reader", str(fresh))


def _insert(model, **values) -> None:
    fields = [model._meta.get_field(name) for name in values]
    names, marks = ", ".join(map(rawly.name_of, fields)), ", ".join(["%s"] * len(fields))
    new = [rawly.stored(field, value) for field, value in zip(fields, values.values(), strict=True)]
    rawly.run(f"INSERT INTO {rawly.name_of(model._meta)} ({names}) VALUES ({marks})", *new)  # noqa: S608  (names of our own tables)


@kind
def words_moved_to_another_row(rng, filled):
    source, target = rng.sample(list(Concern.objects.order_by("pk")), 2)
    return with_version(rng, target, narrative=source.narrative)


@kind
def words_put_back(rng, filled):
    """The words of an earlier version put back into the row, under the same key."""
    concern = Concern.objects.get(pk=rng.choice(filled.ids))
    rawly.change(concern, triage_reason=None)
    return expect(concern, "triage_reason")


@kind
def adopted_policy_rewritten(rng, filled):
    adopted = AdoptedPolicy.objects.get()
    return with_version(rng, adopted, text=adopted.text + "\n")


# --- Keys and checkpoints.


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
