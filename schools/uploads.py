"""Files on their way in: sealed while they arrive, kept for seven days, and taken into a record by an act."""

import hashlib
import logging
import os
import threading
import unicodedata
import uuid
import weakref
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO, NamedTuple

import magic
import pyrage
from django.apps import apps
from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import transaction
from django.db.models import Count, Sum

from schools import clock, crypto, files, keyring, sealing
from schools.acts import Refused
from schools.models import Upload, Versioned

SNIFFED_BYTES = 4096
PIECE_BYTES = 64 * 1024
NAME_LENGTH = 120
ENDING_LENGTH = 10
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Facts:
    """What is known of a file once it lies sealed: digests in hexadecimal SHA-256, size in bytes of the plain file."""

    item_id: uuid.UUID
    stored_as: str
    name: str
    size: int
    sha256: str
    stored_sha256: str
    kind: str


class Taken(NamedTuple):
    """What an act is given of the file that it takes into a record."""

    stored_as: str
    name: str
    size: int
    sha256: str
    stored_sha256: str
    kind: str


@dataclass
class Received:
    """What stands in `request.FILES`: the facts of a sealed file, or the sentence why it was refused."""

    name: str
    upload: Facts | None = None
    problem: str = ""
    kept: bool = False

    @property
    def size(self) -> int:
        return self.upload.size if self.upload else 0

    def close(self) -> None:
        """At the end of the request: a file that nobody asked for goes again, with its key."""
        if self.upload and not self.kept:
            files.store().delete(self.upload.stored_as)
            keyring.drop_unclaimed_item_key(self.upload.item_id)
            self.kept = True


def tidy_name(name: str) -> str:
    """A file name without control and direction marks, at most 120 characters, its ending kept."""
    plain = "".join(mark for mark in unicodedata.normalize("NFC", name) if unicodedata.category(mark)[0] != "C").strip()
    stem, dot, ending = plain.rpartition(".")
    if len(plain) <= NAME_LENGTH or not dot or len(ending) > ENDING_LENGTH:
        return plain[:NAME_LENGTH] or "file"
    return stem[: NAME_LENGTH - len(ending) - 1] + dot + ending


@dataclass
class Sealed:
    """What the sealing thread leaves behind. It shares no writing end, so a dropped request ends the thread too."""

    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    complete: bool = False
    error: BaseException | None = None


class Digesting:
    """Passes sealed bytes on to the file and into their digest."""

    def __init__(self, out, digest):
        self.out, self.digest = out, digest

    def write(self, piece: bytes) -> int:
        self.digest.update(piece)
        return self.out.write(piece)

    def flush(self) -> None:
        self.out.flush()


def _seal(source: int, stored_as: str, recipient, sealed: Sealed) -> None:
    """The thread: takes plain bytes from the pipe and lays down sealed ones, all of them or none."""
    try:
        with os.fdopen(source, "rb") as plain, files.store().writing(stored_as) as out:
            pyrage.encrypt_io(plain, Digesting(out, sealed.digest), [recipient])
            if not sealed.complete:
                raise InterruptedError("the sender went away")
    except BaseException as error:
        # Whatever it was, it is the request's to hear of: here nobody would.
        sealed.error = error


class Sealing:
    """One file while it arrives: plain bytes go into a pipe and nowhere else."""

    def __init__(self):
        self.item_id, identity = keyring.make_item_key()
        self.stored_as = files.new_name()
        self.plain, self.size, self.head = hashlib.sha256(), 0, b""
        self.sealed = Sealed()
        source, self.sink = os.pipe()
        self._close_sink = weakref.finalize(self, os.close, self.sink)
        facts = (source, self.stored_as, identity.to_public(), self.sealed)
        self.thread = threading.Thread(target=_seal, args=facts, name="sealing", daemon=True)
        self.thread.start()

    def write(self, piece: bytes) -> None:
        self.plain.update(piece)
        self.size += len(piece)
        self.head += piece[: max(0, SNIFFED_BYTES - len(self.head))]
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(self.sink, rest) :]

    def end(self, name: str) -> Facts:
        """Wait until the sealed file is on the disk; raises OSError when it could not be laid down."""
        self.sealed.complete = True
        self._close_sink()
        self.thread.join()
        if self.sealed.error is not None:
            keyring.drop_unclaimed_item_key(self.item_id)
            raise OSError("the sealed file could not be laid down") from self.sealed.error
        kind = magic.from_buffer(self.head, mime=True)[:100]
        digests = {"sha256": self.plain.hexdigest(), "stored_sha256": self.sealed.digest.hexdigest()}
        return Facts(self.item_id, self.stored_as, name, self.size, kind=kind, **digests)

    def abandon(self) -> None:
        """Give up: the half that was laid down goes, and its key."""
        self._close_sink()
        self.thread.join()
        keyring.drop_unclaimed_item_key(self.item_id)


@dataclass
class Waiting:
    """How much waits for one person that no record has taken in: files, and their size in bytes together."""

    files: int
    size: int

    @classmethod
    def for_user(cls, user) -> "Waiting":
        found = Upload.objects.filter(user=user).aggregate(files=Count("pk"), size=Sum("size", default=0))
        return cls(**found)


class SealingHandler(FileUploadHandler):
    """Seals every file of a form while it is received; a refused one leaves the rest of the form as it was typed."""

    waiting: Waiting | None = None

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.name, self.problem, self.sealing = tidy_name(self.file_name), "", None
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise SkipFile
        if self.waiting is None:
            self.waiting = Waiting.for_user(user)
        self.sealing = Sealing()
        if self.waiting.files >= settings.UPLOADS_WAITING_FILES:
            self._refuse(self._no_room())

    def receive_data_chunk(self, raw_data, start):
        if self.sealing and start + len(raw_data) > settings.UPLOAD_LIMIT_BYTES:
            self._refuse(f"{self.name} is larger than {_megabytes(settings.UPLOAD_LIMIT_BYTES)}: it was not kept.")
        if self.sealing and self.waiting.size + start + len(raw_data) > settings.UPLOADS_WAITING_BYTES:
            self._refuse(self._no_room())
        if self.sealing:
            try:
                self.sealing.write(raw_data)
            except BrokenPipeError:
                log.error("a sealed file could not be laid down")
                self._refuse(self._not_stored())

    def file_complete(self, file_size):
        if self.sealing and file_size == 0:
            self._refuse(f"{self.name} is empty: it was not kept.")
        if self.problem:
            return Received(self.name, problem=self.problem)
        sealing, self.sealing = self.sealing, None
        self.waiting.files += 1
        self.waiting.size += file_size
        try:
            return Received(self.name, sealing.end(self.name))
        except OSError:
            log.exception("a sealed file could not be laid down")
            return Received(self.name, problem=self._not_stored())

    def upload_interrupted(self):
        if self.sealing:
            self.sealing.abandon()

    def _refuse(self, sentence: str) -> None:
        self.sealing.abandon()
        self.problem, self.sealing = sentence, None

    def _no_room(self) -> str:
        return (
            f"{self.name} was not kept: so many files of yours wait here unsent that there is no room for more. "
            "Send what you kept, and then add it."
        )

    def _not_stored(self) -> str:
        return f"{self.name} could not be stored just now: send it again in a few minutes."


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:.10g} MB"


def receive(request, sent=None) -> list[Upload]:
    """Keep the files of this request for a week, for the person who sent them, until an act takes them into a record.

    sent: the files meant, out of `request.FILES`; all of them when nothing is said. Refused ones are passed over: why,
    `problems` says.
    """
    received = [file for file in (_all_sent(request) if sent is None else sent) if file.upload]
    at = clock.machine_now()
    with transaction.atomic():
        rows = [_row(file.upload, user=request.user, at=at) for file in received]
    for file in received:
        file.kept = True
    return rows


def take(user, name: str, stream: BinaryIO) -> Upload:
    """Seal a file that lies on this machine already, as if the person had just sent it.

    user: for whom it waits. name: as the record will show it. stream: its plain bytes.
    """
    sealing = Sealing()
    try:
        while piece := stream.read(PIECE_BYTES):
            sealing.write(piece)
    except BaseException:
        sealing.abandon()
        raise
    return _row(sealing.end(tidy_name(name)), user=user, at=clock.machine_now())


def _all_sent(request) -> list[Received]:
    return [file for _, files_of_field in request.FILES.lists() for file in files_of_field]


def problems(request) -> list[str]:
    """Why files of this request were refused, one sentence each."""
    return [file.problem for file in _all_sent(request) if file.problem]


def _row(facts: Facts, *, user, at) -> Upload:
    return Upload.objects.create(
        id=facts.item_id,
        user=user,
        stored_as=facts.stored_as,
        sealed_name=crypto.seal(keyring.root_key(), facts.name.encode(), bound_to=_bound(facts.item_id)),
        size=facts.size,
        sha256=facts.sha256,
        stored_sha256=facts.stored_sha256,
        kind=facts.kind,
        received_at=at,
    )


def _bound(upload_id: uuid.UUID) -> bytes:
    return f"upload|{upload_id.hex}".encode()


def waiting(user, ids) -> list[Upload]:
    """The files that wait for this person, of those named, in the order named; other people's are simply not there."""
    found = {str(upload.pk): upload for upload in Upload.objects.filter(user=user, pk__in=list(ids))}
    return [found[str(key)] for key in ids if str(key) in found]


def name_of(upload: Upload) -> str:
    """The name the file had on the sender's device."""
    return crypto.unseal(keyring.root_key(), bytes(upload.sealed_name), bound_to=_bound(upload.pk)).decode()


def names_of(user, ids) -> dict[str, str]:
    """The names of the files that wait for this person, of those named, by number; nothing of other people's."""
    waits = Upload.objects.filter(user=user) if ids else ()
    return {str(upload.pk): name_of(upload) for upload in waits if str(upload.pk) in ids}


def claim(upload: Upload, *, evidence_id: uuid.UUID, record) -> Taken:
    """Take a waiting file into a record, inside an act: from now on it opens with the record's key, and ends with it.

    upload: the waiting file. evidence_id: the row that will hold it. record: the record that takes it in.
    Raises Refused when it was taken in already or swept away.
    """
    taken = Taken(upload.stored_as, name_of(upload), upload.size, upload.sha256, upload.stored_sha256, upload.kind)
    deleted, _ = Upload.objects.filter(pk=upload.pk).delete()
    if not deleted:
        raise Refused("This file was taken in already, or waited too long: send it again.")
    keyring.claim_item_key(upload.pk, as_item=evidence_id, record_id=record.pk, record_key=sealing.key_of(record))
    transaction.on_commit(partial(keyring.drop_unclaimed_item_key, upload.pk))
    return taken


def sweep(before) -> int:
    """Remove files that were sent before a moment and never taken into a record."""
    old = list(Upload.objects.filter(received_at__lt=before))
    for upload in old:
        # The row first: a file without a row is found again, a row without a file would be a broken promise.
        Upload.objects.filter(pk=upload.pk).delete()
        files.store().delete(upload.stored_as)
        keyring.drop_unclaimed_item_key(upload.pk)
    return len(old)


def sweep_strays(before) -> int:
    """Remove sealed files written before a moment that no row names: what a crash left between file and row."""
    store = files.store()
    found = set(store.names(written_before=before))
    strays = found - _named() if found else set()
    for name in strays:
        store.delete(name)
    return len(strays) + store.sweep_halves(before)


def _named() -> set[str]:
    """The names of all sealed files that rows of any kind hold."""
    named = set(Upload.objects.values_list("stored_as", flat=True))
    holders = [model for model in apps.get_models() if _holds_files(model)]
    rows = (row for model in holders for row in model._base_manager.iterator())
    return named | {name for row in rows for name, _ in row.stored_files()}


def _holds_files(model) -> bool:
    own = getattr(model, "stored_files", None)
    return own is not None and own is not Versioned.stored_files
