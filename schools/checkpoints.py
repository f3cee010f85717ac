"""Checkpoints: every quarter of an hour a signed root over the ends of all histories, for witnesses outside."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F

from schools import chain, clock, keyring, ledger
from schools.ledger import stamp
from schools.models import Arrangement, Checkpoint, Entry

FORMAT = "daybook-checkpoint/1"
QUARTER = timedelta(minutes=15)
MAILED_FROM_HOUR = 7
WORDS = ["Daybook", "checkpoint"]


class NotACheckpoint(ValueError):
    """What was given is no checkpoint of ours; the message says so in one sentence."""


def number_of(moment: datetime) -> int:
    """The whole quarters of an hour since 1970: a number from which nothing can be counted."""
    return int(moment.timestamp() // QUARTER.total_seconds())


@transaction.atomic
def make(at: datetime) -> Checkpoint:
    """Sign the state of all records for this quarter of an hour, once, whether or not anything changed.

    at: the machine's time, never a demonstration's. Returns the checkpoint of this quarter, or the newest one if the
    clock was set back.
    """
    _alone()
    newest = Checkpoint.objects.order_by("-number").first()
    if newest is not None and newest.number >= number_of(at):
        return newest
    leaves, written = [], []
    for ref, seq, hash, written_at in _ends():
        leaves.append(chain.leaf(ref=ref, seq=seq, head=hash))
        written.append(written_at)
    made = Checkpoint(number=number_of(at), made_at=max([at, *written]), root=chain.root(leaves))
    made.signature = _key().sign(_statement(made.number, stamp(made.made_at), made.root)).hex()
    made.save(force_insert=True)
    return made


def _alone() -> None:
    """On PostgreSQL, wait until every line that is being written is there; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ledger.LOCK])


def _ends() -> Iterator[tuple]:
    last = Entry.objects.filter(seq=F("record__head__seq"))
    return last.values_list("record__ref", "seq", "hash", "written_at").iterator()


def _statement(number: int, made_at: str, root: str) -> bytes:
    return chain.canonical([FORMAT, number, made_at, root])


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keyring.system_key("checkpoint"))


def public_key() -> Ed25519PublicKey:
    """The key with which anybody can check a checkpoint of this installation."""
    return _key().public_key()


def to_sign(content: bytes) -> bytes:
    """The bytes that are signed of a paper that leaves: never to be taken for those of a checkpoint."""
    return b"daybook-paper/1\n" + content


def signed(content: bytes) -> tuple[str, str]:
    """The signature of what a paper says it contains, and the public key that checks it, both in hexadecimal."""
    public = public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return _key().sign(to_sign(content)).hex(), public.hex()


def is_signed(number: int, made_at: str, root: str, signature: str, public: Ed25519PublicKey) -> bool:
    """Whether a signature is that of a checkpoint. made_at: as the history writes moments."""
    try:
        public.verify(bytes.fromhex(signature), _statement(number, made_at, root))
    except (InvalidSignature, ValueError):
        return False
    return True


def document(checkpoint: Checkpoint) -> dict:
    """A checkpoint with the end of every record's history at that moment, to be kept outside.

    Each leaf is a reference, the number of the last line then, and its hash.
    """
    ends = {}
    lines = Entry.objects.filter(written_at__lte=checkpoint.made_at).order_by("record", "seq")
    for ref, seq, hash in lines.values_list("record__ref", "seq", "hash").iterator():
        ends[ref] = [ref, seq, hash]
    return {
        "format": FORMAT,
        "number": checkpoint.number,
        "made_at": stamp(checkpoint.made_at),
        "root": checkpoint.root,
        "signature": checkpoint.signature,
        "public_key": public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex(),
        "leaves": sorted(ends.values()),
    }


def witness_line(checkpoint: Checkpoint) -> str:
    """A checkpoint in one line, for a witness to keep and a paper to print."""
    words = [*WORDS, str(checkpoint.number), stamp(checkpoint.made_at), checkpoint.root, checkpoint.signature]
    return " ".join(words)


def read(text: str) -> dict:
    """A checkpoint as kept outside: its document, or the line a witness was sent.

    Raises NotACheckpoint with one sentence when it is neither.
    """
    words = text.split()
    if words[:2] == WORDS and len(words) == 6:
        found = dict(zip(["number", "made_at", "root", "signature"], words[2:], strict=True))
    else:
        try:
            found = json.loads(text)
        except ValueError as error:
            raise NotACheckpoint("This is neither a checkpoint document nor a witness's line.") from error
    return _complete(found)


def _complete(found) -> dict:
    try:
        leaves = [[str(ref), int(seq), str(hash)] for ref, seq, hash in found.get("leaves", [])]
        datetime.fromisoformat(found["made_at"])
        texts = {name: str(found[name]) for name in ("made_at", "root", "signature")}
        whole = {"number": int(found["number"]), **texts}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise NotACheckpoint("This checkpoint lacks its number, time, root or signature.") from error
    return whole | ({"leaves": leaves} if "leaves" in found else {})


def holds(given: dict) -> bool:
    """Whether a checkpoint kept outside was signed here, and its leaves have the root that was signed."""
    if not is_signed(given["number"], given["made_at"], given["root"], given["signature"], public_key()):
        return False
    leaves = given.get("leaves")
    return leaves is None or given["root"] == chain.root(
        chain.leaf(ref=ref, seq=seq, head=hash) for ref, seq, hash in leaves
    )


def mail_witnesses(at: datetime) -> int:
    """Once a day from seven in the morning, send the newest checkpoint's line to the witnesses; to how many it went.

    at: the time of the installation's own clock. A failure leaves the line to be sent again. Without a mail server
    nothing is tried.
    """
    if not settings.EMAIL_HOST:
        return 0
    here = at.astimezone(clock.LONDON)
    opens = here.replace(hour=MAILED_FROM_HOUR, minute=0, second=0, microsecond=0)
    newest = Checkpoint.objects.order_by("-number").first()
    witnesses = _witnesses(at)
    if newest is None or here < opens or not witnesses:
        return 0
    if Checkpoint.objects.filter(mailed_at__gte=opens).exists():
        return 0
    # One message for all: an address that is refused keeps nothing from the others, and has none sent twice.
    EmailMessage(f"Daybook checkpoint {newest.number}", witness_line(newest) + "\n", bcc=witnesses).send()
    newest.mailed_at = at
    newest.save(update_fields=["mailed_at"])
    return len(witnesses)


def _witnesses(at: datetime) -> list[str]:
    """The addresses of all witnesses, each once: of the settings, and of those whom schools have named."""
    named = Arrangement.objects.on(clock.day_of(at)).filter(kind="witness").exclude(email="")
    return list(dict.fromkeys([*settings.WITNESSES, *named.order_by("email").values_list("email", flat=True)]))
