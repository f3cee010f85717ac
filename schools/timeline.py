"""The history of records as people read it: who did what, when, in words."""

import json
from dataclasses import dataclass
from datetime import datetime

from schools import acts, keyring, ledger
from schools.models import Entry, User

WORDS = {
    "case.opened": "Case opened",
    "item.received": "An item was copied into this part",
    "paper.ready": "Paper ready",
    "paper.fetched": "Paper fetched",
    "record.destroyed": "Destroyed",
    "policy.adopted": "Policy adopted",
}


@dataclass
class Line:
    """One line: its number in the record, when, who, what, and the facts that may be told beside it."""

    record_ref: str
    seq: int
    at: datetime
    who: str
    what: str
    verb: str
    facts: dict


def lines_of(records, viewer) -> list[Line]:
    """The merged history of records that this person sees, oldest first."""
    records = list(records)
    refs = {record.pk: record.ref for record in records}
    entries = list(Entry.objects.filter(record__in=refs).order_by("at", "record_id", "seq"))
    keys = keyring.record_keys(refs)
    names = dict(User.objects.filter(pk__in={entry.by for entry in entries}).values_list("pk", "person__name"))
    return [
        Line(
            refs[entry.record_id],
            entry.seq,
            entry.at,
            names.get(entry.by, "Daybook"),
            in_words(entry.verb),
            entry.verb,
            facts_of(entry, keys.get(entry.record_id)),
        )
        for entry in entries
    ]


def in_words(verb: str) -> str:
    """What a line says was done, in the words of the button that does it."""
    found = next((act.label for act in acts.REGISTRY.values() if act.verb == verb), None)
    return found or WORDS.get(verb) or verb.replace(".", " ").replace("_", " ").capitalize()


def facts_of(entry: Entry, key) -> dict:
    """The facts sealed with a line; nothing once its record is destroyed."""
    content = ledger.payload_of(entry, key)
    return json.loads(content[1])["facts"] if content else {}
