"""Files on their way in: sealed while they arrive, never in clear on a disk, kept for seven days or taken by an act."""

import gc
import hashlib
import io
import os
import tempfile
import threading
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import JsonResponse, UnreadablePostError
from django.urls import path

from incidents.models import Evidence
from schools import clock, files, keyring, ledger, records, uploads
from schools.acts import Refused
from schools.models import ItemKey, Upload
from schools.roles import Kind

pytestmark = pytest.mark.django_db
MARK = b"Marrowfat-Quillon-4471"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


def keeping(request):
    """What any page with a file does."""
    rows = uploads.receive(request)
    told = {
        "kept": [str(row.pk) for row in rows],
        "problems": uploads.problems(request),
        "typed": request.POST.get("words"),
    }
    return JsonResponse(told)


def looking_away(request):
    """A page that has no use for files."""
    return JsonResponse({"files": len(request.FILES)})


urlpatterns = [path("keeping/", keeping), path("looking-away/", looking_away)]


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.STORAGE_URL = f"file://{tmp_path}/files"
    settings.ROOT_URLCONF = __name__
    return files.store()


@pytest.fixture
def tom(cast, client):
    client.force_login(cast.tom)
    return client


def kept(client, *sent, words="as typed"):
    answer = client.post("/keeping/", {"words": words, "file": list(sent)})
    assert answer.status_code == 200
    return answer.json()


def record_of(cast):
    record = records.prepare(Kind.CONCERN, trust=cast.trust, school=cast.oakfield, pack=None, at=cast.now)
    record._history_user = None
    record.save()
    return record


def content_of(item_id, stored_as) -> bytes:
    return b"".join(files.open_item(item_id, stored_as))


def test_a_file_is_sealed_digested_and_kept_for_its_sender(tom, cast, store):
    content = PNG + MARK * 100
    (number,) = kept(tom, SimpleUploadedFile("Screenshot 1.png", content, "text/html"))["kept"]
    upload = Upload.objects.get()
    assert str(upload.pk) == number
    assert upload.user == cast.tom
    assert upload.size == len(content)
    assert upload.sha256 == hashlib.sha256(content).hexdigest()
    assert upload.kind == "image/png"  # by its content, whatever the sender called it
    assert uploads.name_of(upload) == "Screenshot 1.png"
    assert content_of(upload.pk, upload.stored_as) == content
    with store.open(upload.stored_as) as sealed:
        closed = sealed.read()
    assert upload.stored_sha256 == hashlib.sha256(closed).hexdigest()
    assert closed.startswith(b"age-encryption.org/v1\n")
    assert MARK not in closed
    assert b"Screenshot" not in bytes(upload.sealed_name)


def test_several_files_come_with_what_was_typed(tom):
    sent = [SimpleUploadedFile(f"{number}.txt", f"file {number}".encode()) for number in range(5)]
    told = kept(tom, *sent, words="all five")
    assert told["typed"] == "all five"
    found = [Upload.objects.get(pk=number) for number in told["kept"]]
    assert [uploads.name_of(upload) for upload in found] == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt"]
    assert content_of(found[3].pk, found[3].stored_as) == b"file 3"


def test_a_file_above_the_limit_is_refused_in_words_and_the_rest_of_the_form_stays(tom, settings, store):
    settings.UPLOAD_LIMIT_BYTES = 1024**2
    large = SimpleUploadedFile("film.mp4", b"x" * (1024**2 + 1))
    exact = SimpleUploadedFile("exact.bin", b"x" * 1024**2)
    told = kept(tom, large, exact, words="not lost")
    assert told["problems"] == ["film.mp4 is larger than 1 MB: it was not kept."]
    assert told["typed"] == "not lost"
    assert len(told["kept"]) == 1
    assert uploads.name_of(Upload.objects.get()) == "exact.bin"
    assert len(list(store.names())) == 1
    assert ItemKey.objects.count() == 1


def full(name: str) -> str:
    """The refusal of one file where too much waits already."""
    return (
        f"{name} was not kept: so many files of yours wait here unsent that there is no room for more. Send what you "
        "kept, and then add it."
    )


def test_more_files_than_may_wait_for_one_person_are_refused_in_words(tom, settings):
    settings.UPLOADS_WAITING_FILES = 3
    kept(tom, *[SimpleUploadedFile(f"{number}.txt", b"abc") for number in range(2)])
    told = kept(tom, *[SimpleUploadedFile(f"{number}.txt", b"abc") for number in range(2, 4)])
    assert told["problems"] == [full("3.txt")]
    assert Upload.objects.count() == ItemKey.objects.count() == 3


def test_more_than_may_wait_for_one_person_together_is_refused_in_words(tom, settings, store):
    settings.UPLOADS_WAITING_BYTES = 10
    told = kept(tom, SimpleUploadedFile("six.txt", b"x" * 6), SimpleUploadedFile("five.txt", b"x" * 5))
    assert told["problems"] == [full("five.txt")]
    told = kept(tom, SimpleUploadedFile("four.txt", b"x" * 4))
    assert told["problems"] == []
    assert len(list(store.names())) == ItemKey.objects.count() == 2


def test_an_empty_file_is_refused_in_words(tom, store):
    told = kept(tom, SimpleUploadedFile("nothing.txt", b""))
    assert told["problems"] == ["nothing.txt is empty: it was not kept."]
    assert list(store.names()) == []
    assert ItemKey.objects.count() == 0


def test_nobody_keeps_files_without_signing_in(client, store):
    answer = client.post("/looking-away/", {"file": SimpleUploadedFile("a.txt", b"abc")})
    assert answer.json() == {"files": 0}
    assert list(store.names()) == []
    assert ItemKey.objects.count() == 0


def test_a_file_nobody_asked_for_goes_at_the_end_of_the_request(tom, store):
    answer = tom.post("/looking-away/", {"file": SimpleUploadedFile("a.txt", b"abc")})
    assert answer.json() == {"files": 1}
    assert list(store.names()) == []
    assert ItemKey.objects.count() == 0


def test_a_file_on_this_machine_is_taken_as_if_it_had_been_sent(cast, tmp_path):
    (tmp_path / "x").write_bytes(PNG + b"y" * 200_000)
    with (tmp_path / "x").open("rb") as plain:
        upload = uploads.take(cast.tom, "Screen\nshot.png", plain)
    assert (upload.user, uploads.name_of(upload), upload.kind) == (cast.tom, "Screenshot.png", "image/png")
    assert content_of(upload.pk, upload.stored_as) == PNG + b"y" * 200_000


def test_a_store_that_cannot_be_written_loses_the_file_and_not_the_form(tom, tmp_path, settings):
    (tmp_path / "file").write_text("in the way")
    settings.STORAGE_URL = f"file://{tmp_path}/file"
    told = kept(tom, SimpleUploadedFile("a.bin", b"x" * 500_000), words="still here")
    assert told["problems"] == ["a.bin could not be stored just now: send it again in a few minutes."]
    assert told["typed"] == "still here"
    assert ItemKey.objects.count() == 0


class TestOnAPage:
    """The report page: a refused file is said beside its question, and nothing typed is lost."""

    def send(self, client, settings, **more):
        settings.ROOT_URLCONF, settings.UPLOAD_LIMIT_BYTES = "config.urls", 1024**2
        large, small = SimpleUploadedFile("large.txt", b"x" * (1024**2 + 1)), SimpleUploadedFile("small.txt", b"x")
        typed = {"narrative": "Seen on the bus", "at_risk": "no", "files-file": [large, small]}
        return client.post("/report/photo/", typed | more)

    def test_a_report_with_a_refused_file_is_not_sent_and_not_lost(self, tom, settings):
        answer = self.send(tom, settings)
        assert answer.status_code == 400
        page = answer.content.decode()
        assert page.count("large.txt is larger than 1 MB: it was not kept.") >= 1
        assert "Seen on the bus" in page
        assert [uploads.name_of(upload) for upload in Upload.objects.all()] == ["small.txt"]
        assert str(Upload.objects.get().pk) in page

    def test_adding_a_file_that_is_refused_says_so_too(self, tom, settings):
        answer = self.send(tom, settings, **{"add:files": "1"})
        assert "large.txt is larger than" in answer.content.decode()


BODY_HEAD = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
BODY_TAIL = b"\r\n--edge--\r\n"


def request_of(user, stream, size):
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/keeping/",
        "CONTENT_TYPE": "multipart/form-data; boundary=edge",
        "CONTENT_LENGTH": str(size),
        "wsgi.input": stream,
    }
    request = WSGIRequest(environ)
    request.user = user
    return request


class Watching(io.BytesIO):
    """A sender in whose pauses every file that this process has open, and every temporary one, is read."""

    looked = 0
    seen = ()

    def read(self, size=-1):
        if self.tell() > 2 * 1024**2 * (self.looked + 1):
            self.looked += 1
            self.seen += tuple(name for name in open_and_temporary_files() if MARK in read_if_there(name))
        return super().read(size)


def open_and_temporary_files():
    numbers = [Path(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")]
    regular = [number for number in numbers if number.exists() and number.is_file()]
    return regular + [found for found in Path(tempfile.gettempdir()).glob("*") if found.is_file()]


def read_if_there(name: Path) -> bytes:
    try:
        return name.read_bytes()
    except OSError:
        return b""


def test_no_word_of_a_file_is_ever_in_clear_on_a_disk(cast, store):
    content = (MARK + b" ") * (10 * 1024**2 // len(MARK))
    body = BODY_HEAD + content + BODY_TAIL
    stream = Watching(body)
    request = request_of(cast.tom, stream, len(body))
    assert uploads.receive(request)[0].size == len(content)
    assert stream.looked >= 4
    assert stream.seen == ()
    assert all(MARK not in path.read_bytes() for path in store.root.rglob("*") if path.is_file())


def test_the_watcher_of_that_test_does_see_words_in_clear(tmp_path):
    with (tmp_path / "clear").open("wb", buffering=0) as out:
        out.write(MARK)
        assert any(MARK in read_if_there(name) for name in open_and_temporary_files())


class HungUp(io.BytesIO):
    """A sender whose connection breaks."""

    def read(self, size=-1):
        if self.tell() > 300_000:
            raise OSError("connection reset")
        return super().read(size)


def sealing_threads():
    return [thread for thread in threading.enumerate() if thread.name == "sealing"]


def test_a_broken_connection_leaves_no_file_and_no_thread(cast, store):
    body = BODY_HEAD + b"x" * 1_000_000 + BODY_TAIL
    request = request_of(cast.tom, HungUp(body), len(body))
    with pytest.raises(UnreadablePostError):
        request.FILES  # noqa: B018  (reading the form is what breaks)
    del request
    gc.collect()  # the error holds on to the request until it is forgotten
    for thread in sealing_threads():
        thread.join(timeout=10)
    assert sealing_threads() == []
    assert [path for path in store.root.rglob("*") if path.is_file()] == []


def test_a_body_that_ends_too_soon_leaves_no_file(cast, store):
    body = BODY_HEAD + b"x" * 200_000  # and no closing boundary
    request = request_of(cast.tom, io.BytesIO(body), len(body))
    assert len(request.FILES) == 0
    assert sealing_threads() == []
    assert [path for path in store.root.rglob("*") if path.is_file()] == []
    assert ItemKey.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "tidied"),
    [
        ("Café menu.jpg", "Café menu.jpg"),  # composed: one é
        ("invoice\u202egpj.exe", "invoicegpj.exe"),  # a mark that turns the reading direction round
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
        ("y" * 300, "y" * 120),
        ("\u200b\u200f", "file"),
        ("it's “fine” 😀.png", "it's “fine” 😀.png"),
    ],
)
def test_names_are_tidied_and_their_endings_kept(given, tidied):
    assert uploads.tidy_name(given) == tidied


class TestTaking:
    def take(self, upload, record):
        evidence_id = uuid.uuid4()
        with transaction.atomic():
            return evidence_id, uploads.claim(upload, evidence_id=evidence_id, record=record)

    @pytest.fixture
    def upload(self, tom):
        return Upload.objects.get(pk=kept(tom, SimpleUploadedFile("a.txt", b"what was seen"))["kept"][0])

    def test_an_act_takes_a_file_under_its_records_key(self, upload, cast, django_capture_on_commit_callbacks):
        record = record_of(cast)
        with django_capture_on_commit_callbacks(execute=True):
            evidence_id, taken = self.take(upload, record)
        assert taken == (upload.stored_as, "a.txt", 13, upload.sha256, upload.stored_sha256, "text/plain")
        assert content_of(evidence_id, taken.stored_as) == b"what was seen"
        # The only key that is left is the record's: when that goes, the file is gone for everybody.
        assert [item.record_id for item in ItemKey.objects.all()] == [record.pk]
        keyring.destroy(record.pk)
        assert files.open_item(evidence_id, taken.stored_as) is None

    def test_a_file_is_taken_once(self, upload, cast):
        record = record_of(cast)
        self.take(upload, record)
        with pytest.raises(Refused, match="taken in already"):
            self.take(upload, record)

    def test_an_act_that_fails_leaves_the_file_waiting(self, upload, cast):
        record = record_of(cast)
        with transaction.atomic():
            uploads.claim(upload, evidence_id=uuid.uuid4(), record=record)
            transaction.set_rollback(True)
        evidence_id, taken = self.take(Upload.objects.get(), record)
        assert content_of(evidence_id, taken.stored_as) == b"what was seen"

    def test_only_the_senders_own_files_wait_for_them(self, upload, cast):
        assert uploads.waiting(cast.tom, [str(upload.pk)]) == [upload]
        assert uploads.waiting(cast.dee, [str(upload.pk)]) == []
        assert uploads.waiting(cast.tom, [str(uuid.uuid4()), str(upload.pk)]) == [upload]


class TestSweeping:
    def test_a_file_that_waited_too_long_goes_with_its_key(self, tom, store):
        kept(tom, SimpleUploadedFile("a.txt", b"abc"))
        assert uploads.sweep(clock.machine_now() - timedelta(hours=1)) == 0
        assert uploads.sweep(clock.machine_now() + timedelta(hours=1)) == 1
        assert Upload.objects.count() == 0
        assert list(store.names()) == []
        assert ItemKey.objects.count() == 0

    def test_a_file_that_no_row_names_is_swept_and_no_other(self, tom, store):
        kept(tom, SimpleUploadedFile("a.txt", b"abc"))
        store.save("stray", io.BytesIO(b"?"))
        before = clock.machine_now() + timedelta(hours=1)
        assert uploads.sweep_strays(clock.machine_now() - timedelta(hours=1)) == 0
        assert uploads.sweep_strays(before) == 1
        assert list(store.names()) == [Upload.objects.get().stored_as]

    def test_a_file_in_a_record_is_never_a_stray(self, cast, store):
        record = records.prepare(Kind.CONCERN, trust=cast.trust, school=cast.oakfield, pack=None, at=cast.now)
        store.save("held", io.BytesIO(b"sealed"))
        digests = {"sha256": "0" * 64, "stored_sha256": "0" * 64}
        item = Evidence(record=record, ref="E-0000-0000", stored_as="held", size=6, received_at=cast.now, **digests)
        with transaction.atomic():
            ledger.begin(record, item, verb="concern.reported", by=cast.tom, at=cast.now)
        assert uploads.sweep_strays(clock.machine_now() + timedelta(hours=1)) == 0
        assert store.exists("held")
