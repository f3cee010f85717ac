"""Sealed files: whole or not at all, under names that say nothing, opened with their own item's key alone."""

import io
import uuid
from datetime import UTC, datetime, timedelta

import pyrage
import pytest
from django.core.exceptions import ImproperlyConfigured

from schools import crypto, files, keyring
from schools.models import ItemKey


@pytest.fixture
def store(tmp_path, settings):
    settings.STORAGE_URL = f"file://{tmp_path}/the%20store"
    return files.store()


def sealed(content: bytes) -> tuple[uuid.UUID, bytes]:
    item_id, identity = keyring.make_item_key()
    return item_id, pyrage.encrypt(content, [identity.to_public()])


def test_a_file_is_saved_listed_opened_and_deleted(store, tmp_path):
    name = files.new_name()
    store.save(name, io.BytesIO(b"x" * 200_000))
    assert store.exists(name)
    assert list(store.names()) == [name]
    with store.open(name) as found:
        assert found.read() == b"x" * 200_000
    assert (tmp_path / "the store" / name).stat().st_mode & 0o777 == 0o600
    store.delete(name)
    store.delete(name)
    assert not store.exists(name)
    assert list(store.names()) == []


def test_names_are_random_and_lie_in_sub_folders():
    names = {files.new_name() for _ in range(1000)}
    assert len(names) == 1000
    assert all(name[2] == "/" and len(name) == 41 for name in names)


class CutOff(io.BytesIO):
    """A stream that breaks after its first piece."""

    def read(self, size=-1):
        if self.tell():
            raise OSError("the cable was pulled")
        return super().read(size)


def test_a_file_cut_off_while_it_is_written_never_gets_its_name(store):
    name = files.new_name()
    with pytest.raises(OSError, match="cable"):
        store.save(name, CutOff(b"y" * files.PIECE_BYTES * 2))
    assert not store.exists(name)
    assert [path for path in store.root.rglob("*") if path.is_file()] == []


def test_what_a_power_cut_left_half_written_is_swept_when_it_is_old(store):
    half = store.root / files.RECEIVING / "half"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    now = datetime.now(UTC)
    assert list(store.names()) == []
    assert store.sweep_halves(now - timedelta(hours=1)) == 0
    assert store.sweep_halves(now + timedelta(hours=1)) == 1
    assert not half.exists()


def test_only_files_of_a_certain_age_are_named_when_asked(store):
    store.save("one", io.BytesIO(b"1"))
    now = datetime.now(UTC)
    assert list(store.names(written_before=now - timedelta(hours=1))) == []
    assert list(store.names(written_before=now + timedelta(hours=1))) == ["one"]


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/passwd", "a/../../outside", "", "a//b", ".hidden", "a\nb", "a\x00b"]
)
def test_a_name_out_of_the_folder_is_no_file(store, name):
    store.root.mkdir(parents=True)
    (store.root.parent / "outside").write_text("secret")
    assert not store.exists(name)
    with pytest.raises(FileNotFoundError):
        store.open(name)
    with pytest.raises(FileNotFoundError):
        store.save(name, io.BytesIO(b""))


@pytest.mark.parametrize("url", ["s3://bucket/files", "file://server/share", "files", "https://example.org/"])
def test_any_other_kind_of_store_is_refused_in_a_sentence(settings, url):
    settings.STORAGE_URL = url
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL must begin with file:///"):
        files.store()


@pytest.mark.django_db
class TestOpening:
    def test_the_content_comes_back_in_pieces(self, store):
        content = bytes(range(256)) * 1000
        item_id, closed = sealed(content)
        store.save("a", io.BytesIO(closed))
        pieces = list(files.open_item(item_id, "a"))
        assert [len(piece) for piece in pieces] == [65536, 65536, 65536, 256_000 - 3 * 65536]
        assert b"".join(pieces) == content

    def test_a_file_whose_key_was_destroyed_opens_as_nothing(self, store):
        item_id, closed = sealed(b"gone")
        store.save("a", io.BytesIO(closed))
        ItemKey.objects.filter(item_id=item_id).delete()
        assert files.open_item(item_id, "a") is None

    def test_another_items_file_does_not_open(self, store):
        item_id, _ = sealed(b"mine")
        _, other = sealed(b"theirs")
        store.save("a", io.BytesIO(other))
        with pytest.raises(crypto.Unreadable):
            files.open_item(item_id, "a")

    # The last byte of 200,000 lies three pieces after the first: nothing may be given out before all is proved.
    @pytest.mark.parametrize("place", [0, 60, 300, 100_000, -1])
    def test_one_changed_bit_anywhere_and_not_a_byte_is_given_out(self, store, place):
        item_id, closed = sealed(b"z" * 200_000)
        spoilt = bytearray(closed)
        spoilt[place] ^= 1
        store.save("a", io.BytesIO(bytes(spoilt)))
        with pytest.raises(crypto.Unreadable):
            files.open_item(item_id, "a")

    def test_a_file_cut_short_does_not_open(self, store):
        item_id, closed = sealed(b"z" * 200_000)
        store.save("a", io.BytesIO(closed[:-65536]))
        with pytest.raises(crypto.Unreadable):
            files.open_item(item_id, "a")

    def test_a_file_that_is_gone_says_so(self, store):
        item_id, _ = sealed(b"lost")
        with pytest.raises(FileNotFoundError):
            files.open_item(item_id, "a")
