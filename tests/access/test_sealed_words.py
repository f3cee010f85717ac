"""One word stands in every free text, in a file and its name: no byte of it lies anywhere but under its key."""

import base64
import logging
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core import mail
from django.db import connections, transaction

from incidents.models import Concern, Evidence
from schools import drafts, files, keyring, notices, sealing, tombstone, verify
from schools.logs import WithoutWords
from tests import factories, states, story
from tests.access.browsing import LONG_AGO, address, browser, send, sought
from tests.access.crawling import Crawl

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_the_day")]
WORD = "zqxharbourvkj"


def spelt(word: str) -> list[bytes]:
    """The ways in which a word may lie about: as it is, in capitals, its ends, wide, as figures, in base 64."""
    plain = word.encode()
    forms = [plain, plain.upper(), plain.title(), plain[:8], plain[-8:], word.encode("utf-16-le"), plain.hex().encode()]
    inner = (base64.b64encode(b"-" * shift + plain)[4 if shift else 0 : -4] for shift in range(3))
    return [*forms, *inner]


def holding(name: str, content: bytes) -> list[str]:
    return [f"{name}: {form!r}" for form in spelt(WORD) if form in content]


def in_tables() -> list[str]:
    """Where the word stands in a row of either database, as text, as bytes or as their figures."""
    found = []
    for alias in ("default", "keyring"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (the name is the database's own)
                for row in cursor.fetchall():
                    cells = (
                        bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode() for cell in row
                    )
                    found += holding(f"{alias}.{table}", b"\n".join(cells))
    return found


def in_files(*folders: Path) -> list[str]:
    """Where the word stands in any file under these folders, the databases' own and their logs among them."""
    paths = (path for folder in folders for path in Path(folder).rglob("*") if path.is_file())
    return [where for path in paths for where in holding(str(path), path.read_bytes())]


def in_mails() -> list[str]:
    return [where for one in mail.outbox for where in holding("a mail", one.message().as_bytes())]


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """A folder of this test's own for whatever lays down temporary files."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@pytest.fixture
def told(cast, scratch, caplog, settings):
    """The story with the word in every free text, its pages looked at, a draft kept, mistakes made, mails sent."""
    caplog.set_level(logging.DEBUG)
    settings.EMAIL_HOST = "mail.example"
    played = story.play(cast, at=cast.now - LONG_AGO, word=WORD).prints()
    concern = states.read(cast, at=cast.now - timedelta(days=1))
    crawl = Crawl(browser(cast.harriet)).everywhere("/")
    assert any(WORD.encode() in body for _, _, body in crawl.answers.values())
    path = address(concern, "triage")
    browser(cast.dee).post(path, {"reason": f"So says {WORD}.", "save_draft": "1"})
    browser(cast.dee).post(path, {"reason": f"So says {WORD}.", "code": WORD, "form_token": "j" * 24})
    send(browser(cast.dee), address(concern, "triage"), {"reason": f"So says {WORD}.", WORD: WORD})
    searching = browser(cast.dee)
    assert WORD in searching.get(sought(searching, WORD)).content.decode()
    notices.send_due(cast.now)
    played.drafted = concern
    return played


def test_no_byte_of_it_is_in_databases_files_mails_logs_or_temporary_folders(cast, told, scratch, caplog):
    assert drafts.read(cast.dee, "triage", told.drafted.ref)["reason"] == [f"So says {WORD}."]
    assert in_tables() == []
    store = configured.STORAGE_URL.removeprefix("file://")
    assert list(files.store().names())
    assert in_files(configured.VAR, store, scratch, configured.STATIC_ROOT) == []
    assert mail.outbox
    assert in_mails() == []
    assert [where for record in caplog.records for where in holding("a log line", record.getMessage().encode())] == []


def test_a_breakdown_says_where_and_never_what(cast, monkeypatch, caplog):
    part = states.part(cast, at=cast.now - LONG_AGO)

    def breaks(record, row_id, *texts, **options):
        raise RuntimeError(f"cannot index {texts}")

    monkeypatch.setattr("schools.search.index", breaks)
    client = browser(cast.dee)
    client.raise_request_exception = False
    answer = client.post(address(part, "write-note"), {"text": f"So says {WORD}.", "form_token": "k" * 24})
    assert answer.status_code == 500
    assert WORD not in answer.content.decode()
    console = next(one for one in logging.getLogger().handlers if any(isinstance(f, WithoutWords) for f in one.filters))
    lines = [console.format(record) for record in caplog.records if console.filter(record)]
    assert any("RuntimeError at" in line for line in lines)
    assert [where for line in lines for where in holding("a log line", line.encode())] == []


def test_with_its_key_destroyed_a_record_reads_erased_and_the_history_still_verifies(cast):
    told = story.play(cast, at=cast.now - LONG_AGO, word=WORD)
    concern = Concern.objects.get(pk=told.third.pk)
    with transaction.atomic():
        tombstone.destroy(concern.record, by=cast.harriet, at=cast.now, rule="RET-TEST")
    assert keyring.record_keys([concern.pk]) == {}
    assert sealing.open_row(concern).narrative == sealing.ERASED
    versions = sealing.open_rows(Concern.history.filter(record_id=concern.pk))
    assert {version.opened.narrative for version in versions} == {sealing.ERASED}
    assert [finding.sentence for finding in verify.findings()] == []


def test_with_its_key_destroyed_a_file_opens_no_more(cast):
    told = story.play(cast, at=cast.now - LONG_AGO, word=WORD).prints()
    item = Evidence.objects.filter(record=told.concern.record).first()
    assert files.open_item(item.pk, item.stored_as) is not None
    with transaction.atomic():
        tombstone.destroy(told.concern.record, by=cast.harriet, at=cast.now, rule="RET-TEST")
    assert files.open_item(item.pk, item.stored_as) is None
    assert item.stored_as not in set(files.store().names())
    assert [finding.sentence for finding in verify.findings()] == []


def test_the_search_would_find_it(cast, scratch):
    """Each store, when the word does lie open in it, is found out."""
    factories.person(cast.oakfield, f"Ann {WORD}", at=cast.now)
    assert any(where.startswith("default.schools_person") for where in in_tables())
    (scratch / "left.bin").write_bytes(b"\x00\x01" + base64.b64encode(b"ab" + WORD.encode() + b"cd"))
    assert in_files(scratch) != []
    mail.outbox.append(mail.EmailMessage("Daybook", f"About {WORD}", to=["a@example.org"]))
    assert in_mails() != []
