"""The rows of some records as they stood at one line of each record's history, read from the history alone."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.apps import apps

from schools import keyring, ledger, sealing
from schools.models import Entry, Record, User
from schools.sources import Shown


class Unreadable(Exception):
    """A record was destroyed since the paper was asked for, so it cannot be printed any more."""


@dataclass
class Line:
    """One line of history with its facts and the rows it saved, opened, as they were at that moment."""

    record: Record
    seq: int
    at: datetime
    written_at: datetime
    by: UUID | None
    verb: str
    facts: dict
    rows: list

    def row(self, model):
        """The row of this kind that the line saved; None when it saved none."""
        return next((row for row in self.rows if isinstance(row, model)), None)

    def all(self, model) -> list:
        """Every row of this kind that the line saved."""
        return [row for row in self.rows if isinstance(row, model)]


class Frozen:
    """Some records at one moment: their lines in order, and every row as the last of those lines left it."""

    def __init__(self, upto: dict[Record, int]):
        """upto: the records in the order in which they are told of, each with the number of its last line."""
        self.upto = upto
        lines = _lines(upto)
        self._rows = {(type(row), row.pk): row for line in lines for row in line.rows}
        self.lines = sorted(lines, key=lambda line: (line.at, line.written_at, line.seq))

    @property
    def records(self) -> list[Record]:
        """The records, in the order given."""
        return list(self.upto)

    def rows(self, model, **wanted) -> list:
        """The rows of one kind whose columns have the wanted values, in the order in which they were first saved."""
        found = [row for (kind, _), row in self._rows.items() if kind is model]
        return [row for row in found if all(getattr(row, name) == value for name, value in wanted.items())]

    def row(self, model, **wanted):
        """The first such row; None when there is none."""
        return next(iter(self.rows(model, **wanted)), None)

    def without(self, is_left_out: Callable[[object], bool]) -> "Frozen":
        """The same records without some rows, and without the lines that saved nothing else."""
        rest = copy(self)
        rest._rows = {key: row for key, row in self._rows.items() if not is_left_out(row)}
        rest.lines = [line for line in self.lines if not line.rows or not all(map(is_left_out, line.rows))]
        return rest

    def told(self, shown: dict[UUID, Shown]) -> "Frozen":
        """The same records with a stand-in for whoever reported, where their name is kept back.

        shown: how each record is told, by record.
        """
        if not any(one.people for one in shown.values()):
            return self
        rest, persons = copy(self), dict(User.objects.values_list("pk", "person_id").filter(pk__in=self._accounts))
        rows = {id(row): shown[line.record.pk].row(row) for line in self.lines for row in line.rows}
        rest._rows = {key: rows[id(row)] for key, row in self._rows.items()}
        rest.lines = [
            replace(
                line,
                by=shown[line.record.pk].who(line.verb, line.by, persons.get(line.by)),
                rows=[rows[id(row)] for row in line.rows],
            )
            for line in self.lines
        ]
        return rest

    @property
    def _accounts(self) -> set[UUID]:
        return {line.by for line in self.lines if line.by}

    @property
    def everything(self) -> Iterable:
        """Every row in every state that a line left it in."""
        return (row for line in self.lines for row in line.rows)


def _lines(upto: dict[Record, int]) -> list[Line]:
    keys = keyring.record_keys([record.pk for record in upto])
    found = [(entry, _payload(entry, keys.get(entry.record_id))) for entry in _entries(upto)]
    versions = _versions([payload for _, payload in found], keys)
    records = {record.pk: record for record in upto}
    return [
        Line(
            record=records[entry.record_id],
            seq=entry.seq,
            at=entry.at,
            written_at=entry.written_at,
            by=entry.by,
            verb=entry.verb,
            facts=payload["facts"],
            rows=[versions[said["model"], said["version"]] for said in payload["versions"]],
        )
        for entry, payload in found
    ]


def _entries(upto: dict[Record, int]) -> list[Entry]:
    last = {record.pk: seq for record, seq in upto.items()}
    order = {record.pk: number for number, record in enumerate(upto)}
    entries = [entry for entry in Entry.objects.filter(record__in=last) if entry.seq <= last[entry.record_id]]
    return sorted(entries, key=lambda entry: (order[entry.record_id], entry.seq))


def _payload(entry: Entry, key: bytes | None) -> dict:
    content = ledger.payload_of(entry, key)
    if content is None:
        raise Unreadable("A record of this case was destroyed after the copy was asked for.")
    return json.loads(content[1])


def _versions(payloads: list[dict], keys: dict) -> dict[tuple[str, int], object]:
    """Every version that the lines name, as a row of its model, opened."""
    wanted = defaultdict(set)
    for payload in payloads:
        for said in payload["versions"]:
            wanted[said["model"]].add(said["version"])
    found = {}
    for label, numbers in wanted.items():
        model = apps.get_model(label)
        history = model.history.filter(history_id__in=numbers)
        found |= {(label, version.history_id): as_row(model, version) for version in history}
    sealing.open_rows(found.values(), keys=keys)
    return found


def as_row(model, version):
    """A version as the row it was then, never to be saved."""
    kept = [field.attname for field in type(version)._meta.concrete_fields if not field.name.startswith("history_")]
    return model(**{name: getattr(version, name) for name in kept})
