"""Keys: made before their record, destroyed after its tombstone, and never kept longer than a request."""

import base64
import hmac
import os
import uuid
from functools import lru_cache
from pathlib import Path

import pyrage
from django.conf import settings
from django.db import transaction

from schools import clock, crypto
from schools.models import ItemKey, RecordKey, RootCheck, SystemKey
from schools.models.keyring import KEYRING


class RootKeyMissing(RuntimeError):
    """The root key is not where it should be, or is not the one this key ring was made with."""


@lru_cache(maxsize=2)
def _root_key(given: str, path: str) -> bytes:
    text = given or (Path(path).read_text() if Path(path).exists() else "")
    if not text:
        raise RootKeyMissing("There is no root key: set ROOT_KEY, or put the key file back in the data folder.")
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError as error:
        raise RootKeyMissing("The root key is not written in base 64.") from error
    if len(key) != crypto.KEY_BYTES:
        raise RootKeyMissing("The root key must be 32 bytes, written in base 64.")
    return key


def root_key() -> bytes:
    return _root_key(settings.ROOT_KEY, str(settings.ROOT_KEY_FILE))


def make_root_key() -> None:
    """Make the root key of a new installation, readable by its owner only; keep one that is there."""
    path = Path(settings.ROOT_KEY_FILE)
    if settings.ROOT_KEY or path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w") as out:
        out.write(base64.b64encode(crypto.new_key()).decode())


def check_root_key() -> None:
    """Make sure that the root key in use is the one this key ring was made with.

    Raises RootKeyMissing when it is another: going on would seal new records under a key that opens no old one.
    """
    value = hmac.new(root_key(), b"daybook-root-check", "sha256").hexdigest()
    check, _ = RootCheck.objects.get_or_create(pk=1, defaults={"value": value})
    if not hmac.compare_digest(check.value, value):
        raise RootKeyMissing("This root key is not the one that this key ring was made with.")


def make_record_key(record_id: uuid.UUID) -> bytes:
    """Make and keep the key of a record that is about to be made."""
    key = crypto.new_key()
    RecordKey.objects.create(record_id=record_id, wrapped=crypto.wrap(root_key(), key), made_at=clock.machine_now())
    return key


def record_keys(record_ids) -> dict[uuid.UUID, bytes]:
    """The keys of several records in one question; a destroyed one is simply not in the answer."""
    wrapped = RecordKey.objects.filter(record_id__in=set(record_ids)).values_list("record_id", "wrapped")
    return {record_id: crypto.unwrap(root_key(), key) for record_id, key in wrapped}


def destroy(record_id: uuid.UUID) -> None:
    """Destroy the key of a record and of all its files: from now on nobody can read them, in no copy."""
    ItemKey.objects.filter(record_id=record_id).delete()
    RecordKey.objects.filter(record_id=record_id).delete()


def system_key(name: str) -> bytes:
    """A key of the installation itself, made when it is first asked for."""
    found = SystemKey.objects.filter(name=name).first()
    if found is None:
        fresh = crypto.wrap(root_key(), crypto.new_key())
        found, _ = SystemKey.objects.get_or_create(
            name=name, defaults={"wrapped": fresh, "made_at": clock.machine_now()}
        )
    return crypto.unwrap(root_key(), found.wrapped)


def make_item_key() -> tuple[uuid.UUID, pyrage.x25519.Identity]:
    """An age identity for one file that is being received, wrapped by the root key until a record takes it in."""
    identity = pyrage.x25519.Identity.generate()
    item = ItemKey.objects.create(
        wrapped=crypto.seal(root_key(), str(identity).encode(), bound_to=b"item"), made_at=clock.machine_now()
    )
    return item.item_id, identity


def claim_item_key(item_id: uuid.UUID, *, as_item: uuid.UUID, record_id: uuid.UUID, record_key: bytes) -> None:
    """Give a received file's identity a second wrapping, under the key of the record that takes the file in."""
    found = ItemKey.objects.get(item_id=item_id, record_id__isnull=True)
    identity = crypto.unseal(root_key(), bytes(found.wrapped), bound_to=b"item")
    keep_item_key(as_item, identity, record_id=record_id, record_key=record_key)


def keep_item_key(item_id: uuid.UUID, identity: bytes, *, record_id: uuid.UUID, record_key: bytes) -> None:
    ItemKey.objects.create(
        item_id=item_id,
        record_id=record_id,
        wrapped=crypto.seal(record_key, identity, bound_to=f"item|{item_id.hex}".encode()),
        made_at=clock.machine_now(),
    )


def drop_unclaimed_item_key(item_id: uuid.UUID) -> None:
    """Destroy a received file's first wrapping: a record has taken the file in, or nobody will."""
    ItemKey.objects.filter(item_id=item_id, record_id__isnull=True).delete()


def destroy_item(item_id: uuid.UUID) -> None:
    """Destroy the key of one file that is past its use, while its record lives on."""
    ItemKey.objects.filter(item_id=item_id).delete()


def item_identity(item_id: uuid.UUID) -> pyrage.x25519.Identity | None:
    """The age identity that opens one file, or None when it was destroyed."""
    found = ItemKey.objects.filter(item_id=item_id).first()
    if found is None:
        return None
    if found.record_id is None:
        text = crypto.unseal(root_key(), bytes(found.wrapped), bound_to=b"item")
        return pyrage.x25519.Identity.from_str(text.decode())
    key = record_keys([found.record_id]).get(found.record_id)
    if key is None:
        return None
    text = crypto.unseal(key, bytes(found.wrapped), bound_to=f"item|{item_id.hex}".encode())
    return pyrage.x25519.Identity.from_str(text.decode())


def sweep_orphans(before, *, files_before, known_records) -> int:
    """Remove keys made before a moment for which no record or draft was ever made: what a crash left behind.

    files_before: before when the key of a file was made that no record has taken in and that waits no more.
    """
    old = set(RecordKey.objects.filter(made_at__lt=before).values_list("record_id", flat=True))
    orphans = old - set(known_records(old))
    RecordKey.objects.filter(record_id__in=orphans).delete()
    unclaimed = ItemKey.objects.filter(made_at__lt=files_before, record_id__isnull=True).delete()[0]
    return len(orphans) + unclaimed


def change_root_key(old: bytes, new: bytes) -> int:
    """Wrap every key anew under another root key, in one step; no record is touched."""

    def rewrap(row):
        row.wrapped = crypto.wrap(new, crypto.unwrap(old, row.wrapped))
        return row

    def reseal(row):
        row.wrapped = crypto.seal(new, crypto.unseal(old, bytes(row.wrapped), bound_to=b"item"), bound_to=b"item")
        return row

    with transaction.atomic(using=KEYRING):
        records = [rewrap(row) for row in RecordKey.objects.all()]
        systems = [rewrap(row) for row in SystemKey.objects.all()]
        items = [reseal(row) for row in ItemKey.objects.filter(record_id__isnull=True)]
        RecordKey.objects.bulk_update(records, ["wrapped"], batch_size=500)
        SystemKey.objects.bulk_update(systems, ["wrapped"])
        ItemKey.objects.bulk_update(items, ["wrapped"], batch_size=500)
        value = hmac.new(new, b"daybook-root-check", "sha256").hexdigest()
        RootCheck.objects.update_or_create(pk=1, defaults={"value": value})
    return len(records) + len(systems) + len(items)
