"""What a case file carries to prove itself, and how anybody checks it without a network and without our databases."""

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schools import chain, checkpoints
from schools.ledger import stamp

FORMAT = "daybook-case-file/1"
HISTORY, MANIFEST = "history.json", "manifest.json"
MASKED = {"seq", "hash"}  # what a copy that hides who somebody is tells of a line


class NotACaseFile(ValueError):
    """What was given is no case file of ours; the message says so in one sentence."""


def fingerprint(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def history(entries, *, is_masked: bool = False) -> bytes:
    """The lines of some records as a file: numbers, acts, times, links, and promises instead of contents.

    is_masked: whether the copy hides who somebody is. Then each line is its number and its fingerprint alone: whose
    account wrote it, which act it was and when would tell who is hidden, to anybody who lays two copies side by side.
    """
    records: dict[str, dict] = {}
    for entry in entries:
        kept = records.setdefault(entry.record.ref, {"ref": entry.record.ref, "lines": []})
        if is_masked:
            kept["lines"].append({"seq": entry.seq, "hash": entry.hash})
        else:
            kept["id"] = str(entry.record_id)
            kept["lines"].append(_line(entry))
    return chain.canonical({"format": FORMAT, "records": list(records.values())})


def _line(entry) -> dict:
    return {
        "seq": entry.seq,
        "verb": entry.verb,
        "at": stamp(entry.at),
        "written_at": stamp(entry.written_at),
        "by": "" if entry.by is None else str(entry.by),
        "commitment": entry.commitment,
        "previous": entry.previous,
        "hash": entry.hash,
    }


def manifest(*, paper: str, covers: str, mark, checkpoint, files: dict[str, bytes], pages: str) -> bytes:
    """What the copy contains, signed: the last line of each record, the checkpoint, and a fingerprint of everything.

    paper, covers: references. mark: the place in the history (`casefile.HistoryMark`). checkpoint: its row, or None
    before the first one. files: those inside the PDF, by name. pages: the fingerprint of its pages.
    """
    said = {
        "format": FORMAT,
        "paper": paper,
        "covers": covers,
        "records": [{"ref": one.reference, "last": one.number, "hash": one.fingerprint} for one in mark.last],
        "checkpoint": checkpoint and _checkpoint(checkpoint),
        "files": {name: fingerprint(content) for name, content in files.items()},
        "pages": pages,
    }
    signature, public = checkpoints.signed(chain.canonical(said))
    return chain.canonical({"contents": said, "signature": signature, "public_key": public})


def _checkpoint(row) -> dict:
    return {"number": row.number, "made_at": stamp(row.made_at), "root": row.root, "signature": row.signature}


def pages(printed: bytes) -> str:
    """One fingerprint of all that the pages show: words, typefaces, pictures and links, and not what is attached."""
    digest = hashlib.sha256()
    with pikepdf.open(io.BytesIO(printed)) as document:
        for piece in _pieces(document.Root.Pages):
            digest.update(piece)
    return digest.hexdigest()


def _pieces(first: pikepdf.Object) -> Iterator[bytes]:
    """Every object reached, each once, named by the order in which it is reached and not by its number in the file."""
    order: dict[tuple, int] = {}
    waiting: list[pikepdf.Object] = []

    def named(thing: Any) -> bytes:
        if not getattr(thing, "is_indirect", False):
            return written(thing)
        if thing.objgen not in order:
            order[thing.objgen] = len(order)
            waiting.append(thing)
        return b"@%d" % order[thing.objgen]

    def written(thing: Any) -> bytes:
        if isinstance(thing, pikepdf.Array):
            return b"[" + b" ".join(named(one) for one in thing) + b"]"
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            inside = b" ".join(key.encode() + b" " + named(thing[key]) for key in sorted(thing.keys()))
            return b"<<" + inside + b">>" + _stream(thing)
        return thing.unparse() if isinstance(thing, pikepdf.Object) else repr(thing).encode()

    named(first)
    while waiting:
        yield written(waiting.pop(0)) + b"\n"


def _stream(thing) -> bytes:
    return hashlib.sha256(thing.read_raw_bytes()).digest() if isinstance(thing, pikepdf.Stream) else b""


@dataclass
class Checked:
    """What a case file says of itself, and everything in it that does not fit, one sentence each.

    masked_lines: how many lines of history it holds by their fingerprint alone.
    """

    paper: str
    covers: str
    records: list[dict]
    checkpoint: dict | None
    public_key: str
    sha256: str
    masked_lines: int = 0
    faults: list[str] = field(default_factory=list)


def check(printed: bytes, *, witness: dict | None = None) -> Checked:
    """Check a case file against itself, and against a checkpoint kept outside.

    printed: the PDF. witness: what `checkpoints.read` gives. Raises NotACaseFile.
    """
    inside = _inside(printed)
    try:
        signed = json.loads(inside[MANIFEST])
        said, signature, public = signed["contents"], signed["signature"], signed["public_key"]
        kept = json.loads(inside.get(HISTORY, b"{}")).get("records", [])
        checked = Checked(
            said["paper"], said["covers"], said["records"], said["checkpoint"], public, fingerprint(printed)
        )
        checked.masked_lines = sum(line.keys() == MASKED for record in kept for line in record["lines"])
        checked.faults += _signature(said, signature, public)
        checked.faults += [] if said["pages"] == pages(printed) else ["The pages were changed after the copy was made."]
        checked.faults += _files(said["files"], inside)
        checked.faults += _histories(said["records"], kept)
        checked.faults += _witnessed(said["checkpoint"], public, kept, witness)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NotACaseFile("Its list of contents cannot be read, so this is no case file that Daybook made.") from error
    return checked


def _inside(printed: bytes) -> dict[str, bytes]:
    try:
        with pikepdf.open(io.BytesIO(printed)) as document:
            inside = {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}
    except pikepdf.PdfError as error:
        raise NotACaseFile("This is not a PDF that can be read.") from error
    if MANIFEST not in inside:
        raise NotACaseFile("This PDF has no list of contents inside, so it is no case file that Daybook made.")
    return inside


def _signature(said: dict, signature: str, public: str) -> list[str]:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(
            bytes.fromhex(signature), checkpoints.to_sign(chain.canonical(said))
        )
    except (InvalidSignature, ValueError):
        return ["The list of contents was changed: its signature does not fit."]
    return []


def _files(listed: dict[str, str], inside: dict[str, bytes]) -> Iterator[str]:
    for name, digest in listed.items():
        if name not in inside:
            yield f"The file {name} was taken out."
        elif fingerprint(inside[name]) != digest:
            yield f"The file {name} was changed."
    for name in sorted(set(inside) - set(listed) - {MANIFEST}):
        yield f"The file {name} was put in afterwards."


def _histories(records: list[dict], kept: list[dict]) -> Iterator[str]:
    found = {record["ref"]: record for record in kept}
    for record in records:
        yield from _history(record, found.get(record["ref"]) or {"id": "", "lines": []})
    for ref in sorted(set(found) - {record["ref"] for record in records}):
        yield f"The history of {ref} was put in afterwards."


def _history(record: dict, kept: dict) -> Iterator[str]:
    ref, previous = record["ref"], chain.FIRST
    for number, line in enumerate(kept["lines"], start=1):
        if line["seq"] != number or not _follows(line, kept.get("id", ""), previous):
            yield f"Line {number} of the history of {ref} is not the one that was written."
        previous = line["hash"]
    if len(kept["lines"]) != record["last"] or previous != record["hash"]:
        yield f"The history of {ref} does not end at line {record['last']} as the list of contents says."


def _follows(line: dict, record: str, previous: str) -> bool:
    """Whether a line is the one that was written after another; of a masked one the signed fingerprint says so."""
    if line.keys() == MASKED:
        return True
    told = {name: value for name, value in line.items() if name != "hash"}
    return line["previous"] == previous and chain.link(record=record, **told) == line["hash"]


def _witnessed(printed: dict | None, public: str, kept: list[dict], witness: dict | None) -> Iterator[str]:
    """The checkpoint that is printed at the foot of each page, and one that was kept outside."""
    if printed is not None and not _is_signed(printed, public):
        yield f"Checkpoint {printed['number']} was not signed with the key of this copy."
    if witness is None:
        return
    if not _is_signed(witness, public):
        yield f"The witness's checkpoint {witness['number']} was not signed with the key of this copy."
    if printed is not None and printed["number"] == witness["number"] and printed["root"] != witness["root"]:
        yield f"Checkpoint {printed['number']} has another root than the one the witness was sent."
    ends = {ref: (seq, digest) for ref, seq, digest in witness.get("leaves", [])}
    for record in kept:
        seq, digest = ends.get(record["ref"], (0, ""))
        if 0 < seq <= len(record["lines"]) and record["lines"][seq - 1]["hash"] != digest:
            yield f"Line {seq} of the history of {record['ref']} is not the one that the witness's checkpoint holds."


def _is_signed(given: dict, public: str) -> bool:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    return checkpoints.is_signed(given["number"], given["made_at"], given["root"], given["signature"], key)
