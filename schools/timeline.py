"""The history of records as people read it: who did what, when, in words."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from schools import ledger, sealing
from schools.models import Entry, User

WORDS = {
    "appointment.made": "Appointed, or proposed where a second person has to confirm it",
    "appointment.confirmed": "Appointment confirmed by a second person",
    "concern.read": "Report read for the first time",
    "case.reopened": "Case opened again",
    "concern.reopened": "Concern opened again",
    "part.reopened": "Part opened again",
    "concern.joined": "Concern joined to a case",
    "people.carried_over": "People of a joined concern taken in",
    "conflict.confirmed": "Conflict of interest confirmed or lifted",
    "elsewhere.recorded": "Noted where else this is kept",
    "evidence.added": "File added",
    "ico.answered": "ICO’s answer recorded",
    "ico.decided": "Decided whether the ICO is told",
    "ico.told_more": "ICO told more",
    "item.copied": "Item copied into another part",
    "item.received": "Item copied in from another part",
    "link.added": "Link or account added",
    "policy.added_to": "School’s own paragraphs added to the policy",
    "notes.destroyed": "Working notes destroyed",
    "notes.kept": "Working notes kept",
    "paper.asked": "Copy asked for",
    "paper.erased": "Copy erased here",
    "paper.failed": "Copy could not be made",
    "paper.fetched": "Copy fetched",
    "paper.ready": "Copy made",
    "takedown.answered": "Reply about a takedown logged",
    "takedown.checked": "Takedown looked at again",
    "takedown.confirmed": "Removal confirmed",
    "takedown.reappeared": "Post found to be back",
    "threshold.answered": "Threshold question answered",
}
SAID: dict[str, dict[str, str]] = {}


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

    @property
    def said(self) -> str:
        """The facts of the line that may be told in a few words, such as what was answered."""
        values = ((words, self.facts[name]) for name, words in SAID.items() if name in self.facts)
        told = [words.get(one) for words, value in values for one in (value if isinstance(value, list) else [value])]
        return "; ".join(filter(None, told)).replace("?; ", "? ")


def lines_of(records, viewer) -> list[Line]:
    """The merged history of records that this person sees, oldest first."""
    records = list(records)
    refs = {record.pk: record.ref for record in records}
    whose = User.objects.filter(pk=OuterRef("by")).values("person__name")
    entries = Entry.objects.filter(record__in=refs).order_by("at", "record_id", "seq").annotate(who=Subquery(whose))
    keys = sealing.keys_of(records)
    return [
        Line(
            refs[entry.record_id],
            entry.seq,
            entry.at,
            entry.who or "Daybook",
            in_words(entry.verb),
            entry.verb,
            facts_of(entry, keys.get(entry.record_id)),
        )
        for entry in entries
    ]


def in_words(verb: str) -> str:
    """What a line says was done, as something done: Concern triaged, Takedown requested."""
    return WORDS.get(verb) or verb.replace(".", " ").replace("_", " ").capitalize()


def say(fact: str, choices) -> None:
    """Let the lines of the history say what a fact was, in the words of its choices.

    fact: its name in the line. choices: pairs of value and words.
    """
    SAID.setdefault(fact, {}).update(dict(choices))


def facts_of(entry: Entry, key) -> dict:
    """The facts sealed with a line; nothing once its record is destroyed."""
    content = ledger.payload_of(entry, key)
    return json.loads(content[1])["facts"] if content else {}
