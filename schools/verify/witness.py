"""The records against what signed checkpoints say they were: the one thing that its owner cannot rewrite."""

from collections.abc import Iterator
from typing import NamedTuple

from schools import chain, checkpoints
from schools.models import Checkpoint, Entry
from schools.verify import tables
from schools.verify.finding import Finding

CHECKPOINT, ENTRY, RECORD = "schools.checkpoint", "schools.entry", "schools.record"
QUARTERS_A_DAY = 96
DAY = len("2026-11-23")


class Kept(NamedTuple):
    """A checkpoint as the comparison needs it, the earliest sorting first."""

    made_at: str
    root: str
    number: str


class Watch:
    """Holds each record, as it is read, against the checkpoint that was given."""

    def __init__(self, document: dict | None):
        self._document = document
        self._unmet = {ref: (seq, hash) for ref, seq, hash in (document or {}).get("leaves", [])}

    def trusted(self) -> Iterator[Finding]:
        """Whether the document is ours and whole."""
        if self._document and not checkpoints.holds(self._document):
            yield Finding("checkpoint_not_ours", CHECKPOINT, str(self._document["number"]))

    def __call__(self, ref: str, lines) -> Iterator[Finding]:
        if ref not in self._unmet:
            return
        seq, hash = self._unmet.pop(ref)
        if not any(line.seq == seq and line.hash == hash for line in lines):
            row = next((line.id for line in lines if line.seq == seq), "")
            yield Finding("record_rewritten", ENTRY, row, "", ref, seq)

    def unmet(self) -> Iterator[Finding]:
        """Records that were there at the checkpoint and are not now."""
        for ref, (seq, _) in self._unmet.items():
            yield Finding("record_gone", RECORD, "", "", ref, seq)


def checkpoint_rows(document: dict | None) -> Iterator[Finding]:
    """Each checkpoint kept here: its signature, and its root worked out again from the lines written until then."""
    public, sound = checkpoints.public_key(), []
    rows = tables.read(Checkpoint.objects.order_by("number"), ["number", "made_at", "root", "signature"])
    for number, made_at, root, signature in rows:
        moment = tables.moment(made_at)
        if checkpoints.is_signed(tables.whole_number(number), moment, root, signature, public):
            sound.append(Kept(moment, root, number))
        else:
            yield Finding("checkpoint_changed", CHECKPOINT, number)
    given = []
    if document is not None:
        given = [Kept(tables.moment(document["made_at"]), document["root"], str(document["number"]))]
        if given[0].number not in {kept.number for kept in sound}:
            yield Finding("checkpoint_gone", CHECKPOINT, given[0].number)
    yield from _roots(sorted({*_worth(sound), *given}))


def _worth(sound: list[Kept]) -> list[Kept]:
    """The last of each day and all of the last day: each older one is held by the next, and the arithmetic is long."""
    last_of_day = {kept.made_at[:DAY]: kept for kept in sound}
    return [*last_of_day.values(), *sound[-QUARTERS_A_DAY:]]


def _roots(kept: list[Kept]) -> Iterator[Finding]:
    """The first checkpoint whose root does not follow from the lines, and how many after it."""
    differing = [number for number, root, found in _recomputed(kept) if root != found]
    if differing:
        more = f" (and at {len(differing) - 1} later ones)" if len(differing) > 1 else ""
        yield Finding("checkpoint_differs", CHECKPOINT, differing[0], "root", more=more)


def _recomputed(kept: list[Kept]) -> Iterator[tuple[str, str, str]]:
    lines = _lines_in_time() if kept else iter(())
    ends: dict[str, tuple[int, bytes]] = {}
    line, changed, root = next(lines, None), True, ""
    for made_at, stated, number in kept:
        while line is not None and line[0] <= made_at:
            _, ref, seq, hash = line
            if seq > ends.get(ref, (0,))[0]:
                ends[ref] = seq, chain.leaf(ref=ref, seq=seq, head=hash)
                changed = True
            line = next(lines, None)
        if changed:
            root, changed = chain.root(leaf for _, leaf in ends.values()), False
        yield number, stated, root


def _lines_in_time() -> Iterator[tuple[str, str, int, str]]:
    names = ["written_at", "record__ref", "seq", "hash"]
    for written_at, ref, seq, hash in tables.read(Entry.objects.order_by("written_at"), names, stream=True):
        yield tables.moment(written_at), ref, tables.whole_number(seq), hash
