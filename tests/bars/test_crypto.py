"""Bar S22: whatever is flipped, cut, swapped or moved does not open; no nonce comes twice; one root key opens all."""

import base64
import io
import random
import uuid
from itertools import product

import pytest

from incidents.models import Concern, Evidence
from schools import crypto, files, keyring, sealing
from schools.models import ItemKey, RecordKey
from tests.bars import rawly
from tests.bars.conftest import received, sized

DAMAGES = sized(200, 1000)
SEALINGS = sized(20_000, 1_000_000)
KEYS = sized(200, 10_000)
PLACE, OTHER_PLACE = b"sealed/1|record|model|field|row", b"sealed/1|record|model|field|another"


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  (the same on every run, on purpose)


def flipped(rng, content: bytes) -> bytes:
    changed = bytearray(content)
    changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def damaged(rng, content: bytes) -> bytes:
    """Sealed bytes with one bit flipped, an end cut off, something added, or two pieces exchanged."""
    at = rng.randrange(1, len(content))
    exchanged = content[at:] + content[:at]
    kinds = [flipped(rng, content), content[:at], content[at:], content + rng.randbytes(1), exchanged]
    return rng.choice([kind for kind in kinds if kind != content])


def refused(opening) -> bool:
    try:
        opening()
    except crypto.Unreadable:
        return True
    return False


def test_damaged_words_never_open():
    rng, key = dice(1), crypto.new_key()
    for _ in range(DAMAGES):
        sealed = crypto.seal(key, rng.randbytes(rng.randrange(1, 200)), bound_to=PLACE)
        broken = damaged(rng, sealed)
        assert refused(lambda broken=broken: crypto.unseal(key, broken, bound_to=PLACE))


def test_words_open_with_their_own_key_in_their_own_place_and_nowhere_else():
    key = crypto.new_key()
    sealed = crypto.seal(key, b"words", bound_to=PLACE)
    assert crypto.unseal(key, sealed, bound_to=PLACE) == b"words"
    assert refused(lambda: crypto.unseal(key, sealed, bound_to=OTHER_PLACE))
    assert refused(lambda: crypto.unseal(crypto.new_key(), sealed, bound_to=PLACE))


@pytest.mark.parametrize("nothing", [b"", b"short", b"n" * 12, b"n" * 27])
def test_what_is_too_short_to_be_sealed_is_refused_like_anything_else(nothing):
    assert refused(lambda: crypto.unseal(crypto.new_key(), nothing, bound_to=PLACE))


def test_no_nonce_comes_twice():
    key = crypto.new_key()
    nonces = {crypto.seal(key, b"", bound_to=PLACE)[: crypto.NONCE_BYTES] for _ in range(SEALINGS)}
    assert len(nonces) == SEALINGS


def test_damaged_wrapped_keys_never_unwrap():
    rng, root = dice(2), crypto.new_key()
    for _ in range(DAMAGES):
        broken = damaged(rng, crypto.wrap(root, crypto.new_key()))
        assert refused(lambda broken=broken: crypto.unwrap(root, broken))


def test_keys_for_different_purposes_have_nothing_in_common():
    key = crypto.new_key()
    assert len({key, crypto.derive(key, "look-up"), crypto.derive(key, "search")}) == 3
    assert crypto.derive(key, "look-up") == crypto.derive(key, "look-up")


def test_equal_words_have_equal_stand_ins_under_one_key_only():
    first, second = crypto.new_key(), crypto.new_key()
    assert crypto.token(first, "robin") == crypto.token(first, "robin")
    assert crypto.token(first, "robin") != crypto.token(second, "robin")
    assert crypto.token(first, "robin") != crypto.token(first, "robyn")


@pytest.mark.django_db
def test_damaged_files_never_open(filled):
    rng, item = dice(3), Evidence.objects.order_by("pk").first()
    whole = rawly.content(item.stored_as)
    assert b"".join(files.open_item(item.pk, item.stored_as)).startswith(b"staff_")
    with rawly.undone():
        for _ in range(DAMAGES // 10):
            files.store().save(item.stored_as, io.BytesIO(damaged(rng, whole)))
            assert refused(lambda: files.open_item(item.pk, item.stored_as))


@pytest.mark.django_db
def test_a_file_does_not_open_as_that_of_another_item(filled):
    for first in Evidence.objects.all():
        for second in Evidence.objects.exclude(pk=first.pk):
            assert refused(lambda first=first, second=second: files.open_item(first.pk, second.stored_as))


@pytest.mark.django_db
def test_the_key_of_a_file_moved_to_another_record_or_item_opens_nothing(filled):
    first = Evidence.objects.order_by("pk").first()
    second = Evidence.objects.exclude(record=first.record).first()
    with rawly.undone():
        rawly.change(ItemKey.objects.get(pk=first.pk), record_id=second.record_id)
        assert refused(lambda: files.open_item(first.pk, first.stored_as))
    with rawly.undone():
        rawly.change(ItemKey.objects.get(pk=first.pk), wrapped=bytes(ItemKey.objects.get(pk=second.pk).wrapped))
        assert refused(lambda: files.open_item(first.pk, first.stored_as))


@pytest.mark.django_db
def test_every_sealed_column_moved_to_every_other_row_is_refused(filled):
    concerns = list(Concern.objects.all())
    for source, target, field in product(concerns, concerns, ("headline", "narrative", "triage_reason")):
        if (source.pk, field) != (target.pk, "narrative"):
            row = Concern(pk=target.pk, narrative=getattr(source, field))
            assert refused(lambda row=row: sealing.open_row(row))


def root_of(settings, key: bytes) -> None:
    settings.ROOT_KEY = base64.b64encode(key).decode()


@pytest.mark.django_db
def test_a_changed_root_key_opens_every_key_and_the_old_one_none(settings, cast):
    old, new = keyring.root_key(), crypto.new_key()
    names = [uuid.uuid4() for _ in range(KEYS)]
    made = {name: keyring.make_record_key(name) for name in names}
    waiting = received(cast.tom, b"waiting for its record", "waiting.txt")
    checkpoint_key = keyring.system_key("checkpoint")
    keyring.change_root_key(old, new)
    for row in RecordKey.objects.filter(record_id__in=names[:50]):
        assert refused(lambda row=row: crypto.unwrap(old, row.wrapped))
    root_of(settings, new)
    assert keyring.record_keys(names) == made
    assert keyring.system_key("checkpoint") == checkpoint_key
    assert b"".join(files.open_item(waiting.pk, waiting.stored_as)) == b"waiting for its record"
    keyring.check_root_key()
    root_of(settings, old)
    with pytest.raises(keyring.RootKeyMissing, match="not the one that this key ring was made with"):
        keyring.check_root_key()


@pytest.mark.django_db
def test_a_record_made_under_the_old_root_key_reads_on_under_the_new_one(settings, filled):
    concern, old, new = filled.concerns[0], keyring.root_key(), crypto.new_key()
    keyring.change_root_key(old, new)
    root_of(settings, new)
    assert sealing.open_row(type(concern).objects.get(pk=concern.pk)).narrative == "What was seen: staff_bullying."
    assert keyring.record_keys([concern.pk]) == {concern.pk: sealing.key_of(concern.record)}
