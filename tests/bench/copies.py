"""Copies of what the acts made, in bulk: each row, version, line, key and search word as an act would have left it."""

import json
import os
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

from django.db import models
from uuid6 import uuid7

from schools import chain, crypto, keyring, ledger, references, search
from schools.fields import Envelope, place
from schools.models import Entry, Head, Notice, RecordKey, SearchWords
from tests.bench.originals import Story, Values, record_column


class Numbers:
    """The next number of each table that is numbered, so that lines can name a version before it is written."""

    def __init__(self):
        self._last: dict[type[models.Model], int] = {}

    def take(self, model) -> int:
        if model not in self._last:
            self._last[model] = model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
        self._last[model] += 1
        return self._last[model]


@dataclass
class Copy:
    """One copy on its way to the database: rows by table, and the keys of its records for the key ring."""

    rows: dict[type[models.Model], list] = field(default_factory=dict)
    keys: list[RecordKey] = field(default_factory=list)

    def add(self, row) -> None:
        self.rows.setdefault(type(row), []).append(row)


class Copier:
    """Makes copies, each with references, keys and random numbers of its own."""

    def __init__(self, taken_refs):
        self.numbers, self.refs = Numbers(), set(taken_refs)

    def copy(self, story: Story, *, later: timedelta, narrative: str) -> Copy:
        """One more of the same story at another time, in other words.

        later: how long after the first it happened. narrative: the words of the report.
        """
        return _Making(self, story, later, narrative).copy()

    def count_on(self) -> None:
        """Number what comes next after what stands in the tables now, which others may have added to."""
        self.numbers = Numbers()

    def reference(self, letter: str) -> str:
        """A reference nobody has yet, of the same kind."""
        while (ref := references.new(KIND_OF[letter])) in self.refs:
            pass
        self.refs.add(ref)
        return ref


KIND_OF = {letter: kind for kind, letter in references.LETTERS.items()}


class _Making:
    def __init__(self, copier, story, later, narrative):
        self.copier, self.story, self.later, self.narrative = copier, story, later, narrative
        self.ids = {old: uuid7() for old in sorted({*story.ids, *(record.pk for record in story.records)})}
        self.refs = {old: copier.reference(letter) for old, letter in story.refs.items()}
        self.texts = {str(old): str(new) for old, new in self.ids.items()} | self.refs
        self.keys = {self.ids[record.pk]: crypto.new_key() for record in story.records}
        self.envelopes: dict[tuple, Envelope] = {}
        self.said: dict[tuple[str, int], dict] = {}
        self.out = Copy()

    def copy(self) -> Copy:
        root = keyring.root_key()
        for record, key in self.keys.items():
            wrapped = crypto.wrap(root, key)
            self.out.keys.append(RecordKey(record_id=record, wrapped=wrapped, made_at=self.story.concern.opened_at))
        for values in self.story.rows:
            self.out.add(values.model(**self._columns(values)))
        for values in self.story.versions:
            self._version(values)
        self._lines()
        for notice in self.story.notices:
            columns = {one.attname: self._moved(getattr(notice, one.attname)) for one in notice._meta.concrete_fields}
            self.out.add(Notice(**columns))
        self._search_words()
        return self.out

    def _moved(self, value):
        if isinstance(value, datetime | date):
            return value + self.later
        if isinstance(value, uuid.UUID):
            return self.ids.get(value, value)
        return self.refs.get(value, value) if isinstance(value, str) else value

    def _columns(self, values: Values) -> dict:
        moved = {name: self._moved(value) for name, value in values.columns.items()}
        for name, (sealed, text) in values.sealed.items():
            moved[name] = self._sealed(values, name, sealed, text, row=moved[values.of._meta.pk.attname])
        return moved

    def _sealed(self, values, name, sealed, text, *, row) -> Envelope:
        if sealed not in self.envelopes:
            record = self.ids[values.columns[record_column(values.of)]]
            words = self.narrative if name == "narrative" else text
            bound = place(record_id=record, model=values.of._meta.label_lower, field=name, row_id=row)
            content = crypto.seal(self.keys[record], words.encode(), bound_to=bound)
            self.envelopes[sealed] = Envelope(record, row, content)
        return self.envelopes[sealed]

    def _version(self, values: Values) -> None:
        columns = self._columns(values)
        columns["history_id"] = self.copier.numbers.take(values.model)
        version = values.model(**columns)
        self.out.add(version)
        self.said[values.of._meta.label_lower, values.columns["history_id"]] = ledger.described(version, values.of)

    def _lines(self) -> None:
        ends = {record: Head(record_id=record, seq=0, hash=chain.FIRST) for record in self.keys}
        for entry, said in self.story.lines:
            record = self.ids[entry.record_id]
            ends[record] = self._line(entry, said, ends[record])
        for head in ends.values():
            self.out.add(head)

    def _line(self, entry: Entry, said: dict, head: Head) -> Head:
        versions = [self.said[one["model"], one["version"]] for one in said["versions"]]
        payload = as_text({"facts": self._facts(said["facts"]), "versions": versions})
        salt, seq, at, written_at = os.urandom(chain.SALT_BYTES), head.seq + 1, entry.at + self.later, entry.written_at
        line = Entry(record_id=head.record_id, seq=seq, verb=entry.verb, by=entry.by, at=at, written_at=written_at)
        line.commitment, line.previous = chain.commitment(salt, payload), head.hash
        line.hash = chain.link(
            record=str(head.record_id),
            seq=seq,
            verb=entry.verb,
            at=ledger.stamp(at),
            written_at=ledger.stamp(written_at),
            by="" if entry.by is None else str(entry.by),
            commitment=line.commitment,
            previous=head.hash,
        )
        key = self.keys[head.record_id]
        line.sealed = crypto.seal(key, salt + payload, bound_to=ledger.bound(head.record_id, seq))
        self.out.add(line)
        return Head(record_id=head.record_id, seq=seq, hash=line.hash)

    def _facts(self, value):
        if isinstance(value, dict):
            return {name: self._facts(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self._facts(item) for item in value]
        return self.texts.get(value, value) if isinstance(value, str) else value

    def _search_words(self) -> None:
        concern = self.story.concern
        record = self.ids[concern.pk]
        found = search.words(self.narrative)
        self.out.add(
            SearchWords(
                id=self.copier.numbers.take(SearchWords),
                record_id=record,
                row_id=record,
                tokens=" ".join(_token(concern.trust_id, word) for word in found) + f" {search.GAP}",
                beginnings=" ".join(sorted({one for word in found for one in _beginnings(concern.trust_id, word)})),
            )
        )


def as_text(value) -> bytes:
    """What `chain.canonical` writes, faster: keys and values of a line are plain text and small whole numbers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@cache
def _key(trust_id) -> bytes:
    return search._key(trust_id)


@cache
def _token(trust_id, word: str) -> str:
    return search._token(_key(trust_id), word)


@cache
def _beginnings(trust_id, word: str) -> list[str]:
    return [search._beginning(_key(trust_id), letters) for letters in search._beginnings(word)]
