"""Backup and restore: what comes back verifies and reads, nothing is written over, and destroyed stays destroyed."""

import json
import os
import subprocess
import sys
import uuid
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import RequestFactory

from incidents.models import Evidence
from schools import keyring, ledger, records, sealing, search, uploads
from schools.models import Exclusion, RecordKey
from schools.roles import Kind

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)
READ_IT = """
from incidents.models import Evidence
from schools import files, sealing
item = Evidence.objects.get()
pieces = files.open_item(item.pk, item.stored_as)
print(sealing.open_row(item).name, b"".join(pieces).decode() if pieces else "gone", sep="|")
"""


@pytest.fixture
def item(cast, tmp_path, settings):
    """A file as evidence in a record, in a store that holds no other."""
    settings.STORAGE_URL = f"file://{tmp_path}/files"
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("seen.txt", b"what was seen")})
    request.user = cast.tom
    (upload,) = uploads.receive(request)
    record = records.prepare(Kind.CONCERN, trust=cast.trust, school=cast.oakfield, pack=None, at=cast.now)
    made = Evidence(id=uuid.uuid4(), record=record, ref="E-0000-0000", received_at=cast.now)
    with transaction.atomic():
        taken = uploads.claim(upload, evidence_id=made.pk, record=record)
        for name in ("stored_as", "size", "sha256", "stored_sha256", "kind"):
            setattr(made, name, getattr(taken, name))
        sealing.seal(record, made, name=taken.name)
        ledger.begin(record, made, verb="concern.reported", by=cast.tom, at=cast.now)
        search.index(record, made.pk, "marzipan")
    return made


def back_up(folder, **options) -> dict:
    out = StringIO()
    call_command("backup", folder, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture
def elsewhere(tmp_path):
    """An installation of its own with nothing in it: runs commands there."""
    with two_databases(tmp_path) as urls:
        environment = {"PATH": os.environ["PATH"], "DAYBOOK_VAR": str(tmp_path / "var"), "SECRET_KEY": "s" * 60, **urls}
        (tmp_path / "var").mkdir()

        def run(*words, root_key=None):
            return subprocess.run(
                [sys.executable, "manage.py", *map(str, words)],
                cwd=ROOT, env=environment | {"ROOT_KEY": root_key or settings.ROOT_KEY},
                capture_output=True, text=True, timeout=120,
            )  # fmt: skip

        yield run


@contextmanager
def two_databases(tmp_path):
    if connection.vendor != "postgresql":
        yield {}
        return
    names = [f"back_{uuid.uuid4().hex}" for _ in range(2)]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"CREATE DATABASE {name}")
        server = os.environ["DATABASE_URL"].rpartition("/")[0]
        yield {"DATABASE_URL": f"{server}/{names[0]}", "KEYRING_URL": f"{server}/{names[1]}"}
        for name in names:
            cursor.execute(f"DROP DATABASE {name}")


def test_what_comes_back_verifies_reads_and_is_found(item, elsewhere, tmp_path):
    made = back_up(tmp_path / "copy")
    assert list(made) == ["records", "keyring"]
    assert sorted(made["records"]["files"]) == ["database", f"files/{item.stored_as}"]
    back = elsewhere("restore", tmp_path / "copy")
    assert (back.returncode, back.stderr) == (0, "")
    assert back.stdout.endswith("and 1 files are back.\n")
    verified = elsewhere("verify_ledger")
    assert (verified.returncode, verified.stderr) == (0, "")
    assert elsewhere("shell", "-v", "0", "-c", READ_IT).stdout == "seen.txt|what was seen\n"
    found = "from schools.models import SearchWords; print(SearchWords.objects.count())"
    assert elsewhere("shell", "-v", "0", "-c", found).stdout == "1\n"


def test_a_filled_installation_is_never_written_over(item, elsewhere, tmp_path):
    back_up(tmp_path / "copy")
    assert elsewhere("restore", tmp_path / "copy").returncode == 0
    again = elsewhere("restore", tmp_path / "copy")
    assert again.returncode == 2
    assert again.stderr == (
        "CommandError: There is an installation here already: a backup is put back into an empty one only.\n"
    )
    assert elsewhere("verify_ledger").returncode == 0


def test_a_backup_is_never_written_over_another(item, tmp_path):
    back_up(tmp_path / "copy")
    with pytest.raises(CommandError, match="is not empty: a backup is never written over another") as refused:
        back_up(tmp_path / "copy")
    assert refused.value.returncode == 2


def spoil(path: Path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


SPOILT = {
    "a sealed file changed": (lambda copy, name: spoil(copy / "records/files" / name), "was changed since"),
    "a sealed file missing": (lambda copy, name: (copy / "records/files" / name).unlink(), "is missing from"),
    "the records changed": (lambda copy, name: spoil(copy / "records/database"), "in the backup of the records"),
    "the key ring changed": (lambda copy, name: spoil(copy / "keyring/database"), "in the backup of the keyring"),
    "the key ring missing": (lambda copy, name: (copy / "keyring").rename(copy / "away"), "no backup of the keyring"),
    "the halves exchanged": (lambda copy, name: exchange(copy), "no backup of the records"),
    "no manifest": (lambda copy, name: (copy / "records/manifest.json").write_text("[]"), "no backup of the records"),
}


def exchange(copy: Path):
    (copy / "records").rename(copy / "one")
    (copy / "keyring").rename(copy / "records")
    (copy / "one").rename(copy / "keyring")


def test_a_spoilt_backup_is_refused_and_nothing_is_touched(item, elsewhere, tmp_path):
    for number, (name, (spoiling, words)) in enumerate(SPOILT.items()):
        copy = tmp_path / f"copy{number}"
        back_up(copy)
        spoiling(copy, item.stored_as)
        refused = elsewhere("restore", copy)
        assert (refused.returncode, refused.stdout) == (2, ""), name
        assert words in refused.stderr, name
    back_up(tmp_path / "good")
    assert elsewhere("restore", tmp_path / "good").returncode == 0


def test_the_wrong_root_key_is_named(item, elsewhere, tmp_path):
    keyring.check_root_key()
    back_up(tmp_path / "copy")
    ended = elsewhere("restore", tmp_path / "copy", root_key="d3JvbmcgIHdyb25nICB3cm9uZyAgd3JvbmcgIHdyb24=")
    assert ended.returncode == 1
    assert "This root key is not the one that this key ring was made with." in ended.stderr


def test_the_half_with_the_records_holds_no_key(item, tmp_path):
    back_up(tmp_path / "copy", keyring=tmp_path / "apart")
    kept = [bytes(key) for key in RecordKey.objects.values_list("wrapped", flat=True)]
    assert kept
    everything = b"".join(path.read_bytes() for path in (tmp_path / "copy").rglob("*") if path.is_file())
    assert not [key for key in kept if key in everything or key.hex().encode() in everything]
    assert (tmp_path / "apart" / "database").stat().st_mode & 0o077 == 0
    assert (tmp_path / "apart" / "manifest.json").exists()


def test_what_was_destroyed_stays_destroyed_with_older_records_and_a_newer_key_ring(item, elsewhere, tmp_path):
    back_up(tmp_path / "old", keyring=tmp_path / "old-keys")
    keyring.destroy(item.record_id)
    back_up(tmp_path / "new", keyring=tmp_path / "new-keys")
    back = elsewhere("restore", tmp_path / "old", "--keyring", tmp_path / "new-keys")
    assert (back.returncode, back.stderr) == (0, "")
    assert elsewhere("shell", "-v", "0", "-c", READ_IT).stdout == "erased|gone\n"


def test_a_backup_sees_one_moment_while_others_write(item, elsewhere, tmp_path, cast):
    with transaction.atomic():
        hidden = Exclusion(record=item.record, person=cast.dot.person, grade=Exclusion.HIDDEN, why="x", since=cast.now)
        ledger.record("conflict.found", item.record, hidden, by=None, at=cast.now)
        back_up(tmp_path / "copy")
    assert elsewhere("restore", tmp_path / "copy").returncode == 0
    assert elsewhere("verify_ledger").returncode == 0
    count = "from schools.models import Exclusion; print(Exclusion.objects.count())"
    assert elsewhere("shell", "-v", "0", "-c", count).stdout == "0\n"
