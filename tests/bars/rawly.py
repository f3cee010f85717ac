"""Changing tables the way somebody with the database in their hands would: by statement, past every act."""

import io
import uuid
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from django.db import connection, connections, models, transaction

from schools import files
from schools.fields import Envelope, SealedText
from schools.models.keyring import KEYRING


def run(statement: str, *values, using: str = "default") -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)


def name_of(thing) -> str:
    """A table or a column, as statements write it."""
    return connection.ops.quote_name(thing.db_table if hasattr(thing, "db_table") else thing.column)


def stored(field: models.Field, value):
    """A Python value as the column holds it."""
    return field.get_db_prep_value(value, connection)


def where(row) -> tuple[str, object]:
    key = row._meta.pk
    return f"WHERE {name_of(key)} = %s", stored(key, row.pk)


def change(row, **values) -> None:
    """Set columns of one row, given by field name."""
    fields = [row._meta.get_field(name) for name in values]
    setting = ", ".join(f"{name_of(field)} = %s" for field in fields)
    place, key = where(row)
    new = [stored(field, value) for field, value in zip(fields, values.values(), strict=True)]
    run(f"UPDATE {name_of(row._meta)} SET {setting} {place}", *new, key, using=alias(row))  # noqa: S608  (names of our own tables)


def change_plainly(row, field: models.Field, text: str) -> None:
    """Set one column to a text that may be no value of its kind at all."""
    place, key = where(row)
    run(f"UPDATE {name_of(row._meta)} SET {name_of(field)} = %s {place}", text, key)  # noqa: S608  (names of our own tables)


def remove(row) -> None:
    place, key = where(row)
    run(f"DELETE FROM {name_of(row._meta)} {place}", key, using=alias(row))  # noqa: S608  (names of our own tables)


def alias(row) -> str:
    return type(row)._base_manager.db


def copy(row, **values) -> None:
    """Put a row beside another that differs from it in the columns given by field name."""
    fields = row._meta.concrete_fields
    given = {row._meta.get_field(name): value for name, value in values.items()}
    chosen = ", ".join("%s" if field in given else name_of(field) for field in fields)
    new = [stored(field, given[field]) for field in fields if field in given]
    place, key = where(row)
    into = f"{name_of(row._meta)} ({', '.join(map(name_of, fields))})"
    run(f"INSERT INTO {into} SELECT {chosen} FROM {name_of(row._meta)} {place}", *new, key)  # noqa: S608  (names of our own tables)


def other(rng, field: models.Field, value):
    """Another value of the same kind."""
    target = field.target_field if field.is_relation else field
    if isinstance(target, SealedText):
        kept = value or Envelope(
            uuid.UUID(int=rng.getrandbits(128)), uuid.UUID(int=rng.getrandbits(128)), rng.randbytes(40)
        )
        return Envelope(kept.record_id, kept.row_id, kept.sealed[:-1] + bytes([kept.sealed[-1] ^ 1]))
    if isinstance(target, models.UUIDField):
        return uuid.UUID(int=rng.getrandbits(128))
    if isinstance(target, models.BooleanField):
        return not value
    if isinstance(target, models.DateTimeField):
        return (value or datetime(2026, 1, 5, tzinfo=UTC)) - timedelta(minutes=rng.randint(1, 9999))
    if isinstance(target, models.DateField):
        return (value or date(2026, 1, 5)) - timedelta(days=rng.randint(1, 999))
    if isinstance(target, (models.IntegerField, models.AutoField)):
        return (value or 0) + rng.randint(1000, 9999)
    if isinstance(target, models.JSONField):
        return {"put": rng.randint(1, 99)}
    return _other_text(value or "")


def _other_text(text: str) -> str:
    return ("y" if text[:1] != "y" else "z") + text[1:]


@contextmanager
def undone():
    """Whatever is done to the databases and the stored files inside is undone at the end."""
    store = files.store()
    before = {name: content(name) for name in store.names()}
    with transaction.atomic(), transaction.atomic(using=KEYRING):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using=KEYRING)
    for name, kept in before.items():
        if not store.exists(name) or content(name) != kept:
            store.save(name, io.BytesIO(kept))


def content(name: str) -> bytes:
    """The sealed bytes of one stored file."""
    with files.store().open(name) as file:
        return file.read()
