"""Changes to rows and to their versions, whatever table they are in, and to the files that rows name."""

import io
import uuid

from incidents.models import Concern, Evidence
from schools import files
from schools.models import (
    AdoptedPolicy,
    Appointment,
    Exclusion,
    Reader,
    Relation,
)
from tests.bars import rawly
from tests.bars.tampers.kinds import (
    RECORD,
    any_of,
    expect,
    kind,
    number,
    place,
    versioned,
    with_version,
)


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
