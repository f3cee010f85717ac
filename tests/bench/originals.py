"""What the acts left of one concern, opened row by row, ready to be copied."""

import json
import uuid
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models

from casework.models import Part
from schools import keyring, ledger, sealing
from schools.fields import SealedText
from schools.models import Entry, Notice, Record, Versioned


def versioned() -> list[type[models.Model]]:
    """The versioned tables of which records are made, records first."""
    found = [model for model in apps.get_models() if issubclass(model, Versioned) and model is not Record]
    return [Record, *(model for model in found if any(one.name == "record" for one in model._meta.concrete_fields))]


@dataclass
class Values:
    """One row or version: its table and its values by column, sealed texts opened."""

    model: type[models.Model]
    of: type[models.Model]
    columns: dict
    sealed: dict[str, tuple[bytes, str]] = field(default_factory=dict)


@dataclass
class Story:
    """A concern with its case and parts as the acts left them, opened and ready to be copied.

    concern: its record. rows, versions: parents first. lines: each with what it says. refs: every reference in it, with
    the kind of thing it is of. ids: every key of its rows.
    """

    concern: Record
    records: list[Record]
    rows: list[Values]
    versions: list[Values]
    lines: list[tuple[Entry, dict]]
    notices: list[Notice]
    refs: dict[str, str]
    ids: list[uuid.UUID]


def story_of(concern: Record) -> Story:
    """Read a concern that the acts made, with everything that hangs on it."""
    parts = Part.objects.filter(case__record=concern).values("record_id")
    records = [concern, *Record.objects.filter(pk__in=parts)]
    keys = keyring.record_keys([record.pk for record in records])
    made = Story(concern, records, [], [], [], [], {}, [])
    for model in versioned():
        whose = {f"{record_column(model)}__in": [record.pk for record in records]}
        for row in model._base_manager.filter(**whose):
            made.rows.append(_values(row, model, keys))
            made.ids.append(row.pk)
            if getattr(row, "ref", ""):
                made.refs[row.ref] = row.ref[0]
        for version in model.history.filter(**whose):
            made.versions.append(_values(version, model, keys))
    made.versions.sort(key=lambda one: (one.of._meta.label, one.columns["history_id"]))
    for entry in Entry.objects.filter(record__in=records).order_by("at", "seq"):
        made.lines.append((entry, json.loads(ledger.payload_of(entry, keys[entry.record_id])[1])))
    made.notices = list(Notice.objects.filter(record__in=records))
    made.ids += [one.pk for one in made.notices] + [entry.pk for entry, _ in made.lines]
    return made


def record_column(model) -> str:
    """The column that says of which record a row is."""
    return "id" if model is Record else "record_id"


def _values(row, model, keys) -> Values:
    found = Values(type(row), model, {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields})
    for one in row._meta.concrete_fields:
        envelope = found.columns[one.attname]
        if isinstance(one, SealedText) and envelope is not None:
            key, bound_row = keys[envelope.record_id], sealing.row_id(row)
            text = sealing.open_envelope(key, sealing.label(row), one.name, envelope, row_id=bound_row)
            found.sealed[one.attname] = (envelope.sealed, text)
    return found
