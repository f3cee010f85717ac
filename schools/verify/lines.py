"""The lines of history: their numbers, their links, their ends, and what each of them says."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from schools import chain, crypto, keyring, ledger
from schools.models import Entry, Head, Record, RecordKey
from schools.verify import tables
from schools.verify.finding import Finding

ENTRY, HEAD, KEY, RECORD = "schools.entry", "schools.head", "schools.recordkey", "schools.record"
DESTROYED, ATTESTED = "record.destroyed", "destruction.recorded"
COLUMNS = ["record_id", "seq", "id", "verb", "by", "at", "written_at", "commitment", "previous", "hash"]


class Line(NamedTuple):
    """One line as stored: times and identifiers as the history writes them."""

    record: str
    seq: int
    id: str
    verb: str
    by: str
    at: str
    written_at: str
    commitment: str
    previous: str
    hash: str
    sealed: object


class Known(NamedTuple):
    """What a record says of itself."""

    ref: str
    school: str
    trust: str
    destroyed: bool


class Claim(NamedTuple):
    """What one line says of one version."""

    line: Line
    sound: bool
    row: str
    fields: dict[str, str | None]


class Made(NamedTuple):
    """A version of an office or an account, and the line that made it."""

    line: Line
    sound: bool
    model: str
    row: str
    version: int
    fields: dict[str, str | None]


@dataclass
class Gathered:
    """What the lines have told so far, for the comparisons that come after them.

    records: by identifier. claims: by table and number of the version. damaged: records with a line that is gone or was
    changed. silent: records whose lines cannot be opened. keyless: findings about those of them that were not destroyed
    under the rules, as far as seen at this moment. ended: records that say they were destroyed, with their last line.
    attested: what the registers say of destroyed records. makers: lines that gave or changed an office or an account.
    spoken: the first line by an account in each register.
    """

    records: dict[str, Known] = field(default_factory=dict)
    claims: dict[str, dict[int, Claim]] = field(default_factory=lambda: defaultdict(dict))
    damaged: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    keyless: list[Finding] = field(default_factory=list)
    ended: dict[str, Line] = field(default_factory=dict)
    attested: dict[str, str] = field(default_factory=dict)
    makers: list[Made] = field(default_factory=list)
    spoken: dict[str, int] = field(default_factory=dict)

    def ref(self, record: str) -> str:
        return self.records[record].ref if record in self.records else ""

    def unmet_claims(self) -> Iterator[tuple[str, int, Claim]]:
        """Versions that lines name and nobody has met."""
        return ((label, number, claim) for label, found in self.claims.items() for number, claim in found.items())


def check(stretch: tables.Stretch, gathered: Gathered, makers: frozenset[str], watch) -> Iterator[Finding]:
    """Read the records and lines of one stretch; what the lines say of versions is kept in `gathered`.

    makers: tables whose lines are kept to ask who was entitled. watch: called with each record's reference and lines.
    """
    here = _records(stretch)
    gathered.records |= here
    heads = {tables.identifier(record): (tables.whole_number(seq), hash) for record, seq, hash in _heads(stretch)}
    keys = Keys(stretch)
    for record, group in groupby(_lines(stretch), key=lambda line: line.record):
        lines = sorted(group, key=lambda line: line.seq)
        ref = gathered.ref(record)
        here.pop(record, None)
        yield from watch(ref, lines)
        for finding in _of_record(record, lines, heads.get(record), keys, gathered, makers):
            gathered.damaged.add(record)
            yield finding
    gathered.damaged |= here.keys()
    for known in here.values():
        yield Finding("line_missing", ENTRY, "", record_ref=known.ref, seq=1)


def _records(stretch) -> dict[str, Known]:
    rows = tables.read(
        Record._base_manager.filter(stretch.of("id")), ["id", "ref", "school_id", "trust_id", "destroyed_at"]
    )
    return {
        tables.identifier(record): Known(ref, tables.identifier(school), tables.identifier(trust), bool(destroyed))
        for record, ref, school, trust, destroyed in rows
    }


def _heads(stretch):
    return tables.read(Head.objects.filter(stretch.of("record_id")), ["record_id", "seq", "hash"])


def _lines(stretch) -> Iterator[Line]:
    entries = Entry.objects.filter(stretch.of("record_id")).order_by("record_id", "seq")
    for record, seq, key, verb, by, at, written_at, commitment, previous, hash, sealed in tables.read(
        entries, COLUMNS, bare=["sealed"]
    ):
        yield Line(
            tables.identifier(record),
            tables.whole_number(seq),
            tables.identifier(key),
            verb,
            tables.identifier(by),
            tables.moment(at),
            tables.moment(written_at),
            commitment,
            previous,
            hash,
            sealed,
        )


def _computed(line: Line) -> str:
    return chain.link(
        record=line.record,
        seq=line.seq,
        verb=line.verb,
        at=line.at,
        written_at=line.written_at,
        by=line.by,
        commitment=line.commitment,
        previous=line.previous,
    )


def _of_record(record, lines, head, keys, gathered, makers) -> Iterator[Finding]:
    sound = yield from _chain(gathered.ref(record), lines, head)
    yield from _contents(record, lines, sound, keys, gathered, makers)


def _chain(ref: str, lines: list[Line], head: tuple[int, str] | None) -> Iterator[Finding]:
    """Findings about numbers and links; returns the numbers of the lines whose own hash holds."""
    number, previous, sound = 0, chain.FIRST, set()
    for place, line in enumerate(lines):
        if line.seq > number + 1:
            last = f" to {line.seq - 1}" if line.seq > number + 2 else ""
            yield Finding("line_missing", ENTRY, "", record_ref=ref, seq=number + 1, more=last)
        computed = _computed(line)
        follows = line.previous == previous
        if computed == line.hash:
            sound.add(line.seq)
            # Behind a line that is missing or changed nothing can follow.
            if not follows and line.seq == number + 1 and (number == 0 or number in sound):
                yield Finding("line_unlinked", ENTRY, line.id, record_ref=ref, seq=line.seq)
        else:
            after = lines[place + 1].previous if place + 1 < len(lines) else (head or (0, ""))[1]
            column = "hash" if after == computed else "" if follows else "previous"
            yield Finding("line_changed", ENTRY, line.id, column, ref, line.seq)
        number, previous = max(number, line.seq), line.hash
    yield from _head(ref, lines[-1], head)
    return sound


def _head(ref: str, last: Line, head: tuple[int, str] | None) -> Iterator[Finding]:
    if head is None:
        yield Finding("head_differs", HEAD, last.record, record_ref=ref, seq=last.seq)
    elif head[0] != last.seq:
        yield Finding("head_differs", HEAD, last.record, "seq", ref, last.seq)
    elif head[1] != last.hash:
        yield Finding("head_differs", HEAD, last.record, "hash", ref, last.seq)


def _contents(record, lines, sound, keys, gathered, makers) -> Iterator[Finding]:
    """Open what each line holds, hold it against its commitment, and keep what it says."""
    ref, key = gathered.ref(record), keys.get(record)
    if key is None:
        gathered.silent.add(record)
        _end(record, lines, keys, gathered)
        return
    opened = [_open(line, key) for line in lines]
    if len(lines) > 1 and not any(opened):
        gathered.silent.add(record)
        yield Finding("key_changed", KEY, record, record_ref=ref)
        return
    for line, said in zip(lines, opened, strict=True):
        if said is None:
            yield Finding("payload_changed", ENTRY, line.id, "", ref, line.seq)
        else:
            yield from _keep(line, line.seq in sound, said, gathered, makers)


def _end(record, lines, keys, gathered) -> None:
    known, last = gathered.records.get(record), lines[-1]
    if known and known.destroyed and last.verb == DESTROYED:
        gathered.ended[record] = last
    else:
        kind = "key_changed" if record in keys.broken else "key_gone"
        gathered.keyless.append(Finding(kind, KEY, record, record_ref=gathered.ref(record)))


def _open(line: Line, key: bytes) -> dict | None:
    if not isinstance(line.sealed, (bytes, memoryview)):
        return None
    try:
        content = crypto.unseal(key, bytes(line.sealed), bound_to=ledger.bound(uuid.UUID(line.record), line.seq))
    except crypto.Unreadable:
        return None
    salt, payload = content[: chain.SALT_BYTES], content[chain.SALT_BYTES :]
    return json.loads(payload) if chain.commitment(salt, payload) == line.commitment else None


def _keep(line: Line, sound: bool, said: dict, gathered: Gathered, makers) -> Iterator[Finding]:
    if sound and line.by:
        gathered.spoken.setdefault(line.record, line.seq)
    if line.verb == ATTESTED:
        gathered.attested[said["facts"]["destroyed"]] = said["facts"]["hash"]
    for version in said["versions"]:
        claims = gathered.claims[version["model"]]
        if version["version"] in claims:
            ref = gathered.ref(line.record)
            yield Finding("version_claimed_twice", version["model"], version["row"], "", ref, line.seq)
        claims[version["version"]] = Claim(line, sound, version["row"], version["fields"])
        if version["model"] in makers:
            gathered.makers.append(
                Made(line, sound, version["model"], version["row"], version["version"], version["fields"])
            )


class Keys:
    """The keys of one stretch, asked for at once; a wrapped key that was changed counts as broken."""

    def __init__(self, stretch: tables.Stretch):
        self.broken: set[str] = set()
        self._found: dict[str, bytes] = {}
        root = keyring.root_key()
        rows = RecordKey.objects.filter(stretch.of("record_id"))
        for name, wrapped in tables.read(rows, ["record_id"], bare=["wrapped"]):
            record = tables.identifier(name)
            try:
                self._found[record] = crypto.unwrap(root, wrapped)
            except (crypto.Unreadable, TypeError):
                self.broken.add(record)

    def get(self, record: str) -> bytes | None:
        return self._found.get(record)
