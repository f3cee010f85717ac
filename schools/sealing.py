"""Closing words into envelopes and opening them on purpose, with the keys of a page fetched at once."""

import uuid
from types import SimpleNamespace

from schools import crypto, keyring
from schools.fields import Envelope, place, sealed_fields
from schools.roles import Kind

ERASED = "erased"


def key_of(record) -> bytes | None:
    """The key of a record, kept on the record as read for this request and no longer; None once it is destroyed."""
    if not hasattr(record, "_key"):
        record._key = keyring.record_keys([record.pk]).get(record.pk)
    return record._key


def keys_of(records) -> dict[uuid.UUID, bytes]:
    """The keys of several records, those that were not read yet with one question; a destroyed one is not in it."""
    records = list(records)
    unread = [record for record in records if not hasattr(record, "_key")]
    found = keyring.record_keys([record.pk for record in unread]) if unread else {}
    for record in unread:
        record._key = found.get(record.pk)
    return {record.pk: record._key for record in records if record._key is not None}


def label(row) -> str:
    """The name of a row's model, the same for the row and for any of its versions."""
    model = getattr(row, "instance_type", None) or type(row)
    return model._meta.label_lower


def row_id(row) -> uuid.UUID:
    return getattr(row, row_model(row)._meta.pk.attname)


def row_model(row):
    return getattr(row, "instance_type", None) or type(row)


def seal(record, row, **words: str | None) -> None:
    """Put words into sealed fields of a row, under the key of its record.

    record: the record the row belongs to. row: the row to fill. words: text by field name; None or "" leaves it empty.
    """
    for field, text in words.items():
        if not text:
            setattr(row, field, None)
            continue
        bound = place(record_id=record.pk, model=label(row), field=field, row_id=row_id(row))
        sealed = crypto.seal(key_of(record), text.encode("utf-8", "surrogatepass"), bound_to=bound)
        setattr(row, field, Envelope(record.pk, row_id(row), sealed))


def open_rows(rows, *, keys: dict[uuid.UUID, bytes] | None = None) -> list:
    """Open every sealed field of these rows, with one question to the key ring; what was destroyed reads "erased".

    rows: rows or versions of any models. Each gets an attribute `opened` with the words by field name. Returns them.
    """
    rows = list(rows)
    envelopes = []
    for row in rows:
        row.opened, closed = SimpleNamespace(), row.get_deferred_fields()
        for field in sealed_fields(row_model(row)):
            if field.attname in closed:
                continue
            value = getattr(row, field.name)
            setattr(row.opened, field.name, "")
            if value is not None:
                envelopes.append((row, field.name, value))
    if keys is None:
        keys = keyring.record_keys({envelope.record_id for _, _, envelope in envelopes}) if envelopes else {}
    for row, field, envelope in envelopes:
        words = open_envelope(keys.get(envelope.record_id), label(row), field, envelope, row_id=row_id(row))
        setattr(row.opened, field, words)
    return rows


def has_content(thing) -> bool:
    """Whether a page about this thing shows what is in a record, rather than the directory."""
    return thing.record.kind != Kind.REGISTER


def open_row(row):
    """Open the sealed fields of one row; returns its words by field name."""
    open_rows([row])
    return row.opened


def open_envelope(key: bytes | None, model: str, field: str, envelope: Envelope, *, row_id: uuid.UUID) -> str:
    """The words of one envelope, as it stands in a row or in a version; "erased" once its record is destroyed.

    model: as `label` names it. row_id: of the row in which the envelope belongs.
    """
    if key is None:
        return ERASED
    bound = place(record_id=envelope.record_id, model=model, field=field, row_id=row_id)
    return crypto.unseal(key, envelope.sealed, bound_to=bound).decode("utf-8", "surrogatepass")
