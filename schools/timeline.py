"""The history of records as people read it: who did what, when, in words."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, Subquery, UUIDField

from schools import differences, ledger, sealing, sources
from schools.models import Entry, User

WORDS = {
    "advice.asked": "Legal advice asked for",
    "advice.received": "Legal advice received",
    "advice.waiver_asked": "Asked that privilege in legal advice be waived",
    "advice.waived": "Privilege in legal advice waived by two people",
    "advice.shared": "Legal advice shown to somebody else",
    "appointment.made": "Appointed, or proposed where a second person has to confirm it",
    "appointment.confirmed": "Appointment confirmed by a second person",
    "appointment.put_back": "Appointment waits for a second person, because an account was opened for its holder",
    "account.confirmed": "Confirmed by a second person whose an account is",
    "code.made": "One-time code made by whoever keeps the machine",
    "code.refused": "A wrong one-time code was tried",
    "concern.read": "Report read for the first time",
    "case.reopened": "Case opened again",
    "concern.reopened": "Concern opened again",
    "part.held_in_childs_file": "Marked as held in the child’s file",
    "part.reopened": "Part opened again",
    "concern.taken_back": "Concern taken back into its case",
    "concern.joined": "Concern joined to a case",
    "people.carried_over": "People named in a joined concern are named here too",
    "person.told": "Somebody who must know was told",
    "conflict.worked_out": "Conflicts of interest worked out anew",
    "conflict.carried_over": "Conflict of interest confirmed as it was in the concern",
    "conflict.confirmed": "Conflict of interest confirmed or lifted",
    "elsewhere.recorded": "Noted where else this is kept",
    "evidence.added": "File added",
    "handover.ended": "Hand-over ended",
    "ico.answered": "ICO’s answer recorded",
    "ico.decided": "Decided whether the ICO is told",
    "ico.told_more": "ICO told more",
    "extract.written": "Text written for the child’s file",
    "item.copied": "Item copied into another part",
    "item.received": "Item copied in from another part",
    "evidence.described": "What a file shows put in words",
    "link.added": "Link or account added",
    "policy.added_to": "School’s own paragraphs added to the policy",
    "notes.destroyed": "Working notes destroyed",
    "notes.kept": "Working notes kept",
    "officer.named": "Somebody else named for a duty in the proceeding",
    "paper.asked": "Copy asked for",
    "paper.erased": "Copy erased here",
    "paper.failed": "Copy could not be made",
    "paper.fetched": "Copy fetched",
    "paper.ready": "Copy made",
    "paper.released": "Copy released by a second person",
    "dates.recorded": "Dates recorded that decide how long it is kept",
    "speech.checked": "Checked whether it is protected speech",
    "speech.officer_replied": "Reply of the whistleblowing officer recorded",
    "takedown.answered": "Reply about a takedown logged",
    "takedown.checked": "Takedown looked at again",
    "takedown.confirmed": "Removal confirmed",
    "takedown.ended": "Takedown given up",
    "takedown.reappeared": "Post found to be back",
    "threshold.answered": "Threshold question answered",
}
SAID: dict[str, dict[str, str]] = {}


@dataclass
class Line:
    """One line: its number in the record, when, who, what, and the facts and changes that may be told beside it.

    by: the account that acted. changes: of things that were there before; of kept words only that they changed.
    """

    record_ref: str
    seq: int
    at: datetime
    who: str
    what: str
    verb: str
    facts: dict
    by: str = ""
    changes: list[differences.Change] = field(default_factory=list)

    @property
    def said(self) -> str:
        """The facts of the line that may be told in a few words, such as what was answered, and of what."""
        values = ((words, self.facts[name]) for name, words in SAID.items() if name in self.facts)
        told = [_told(words, one) for words, value in values for one in (value if isinstance(value, list) else [value])]
        return "; ".join(filter(None, told)).replace("?; ", "? ")


def _told(words: dict[str, str], fact) -> str | None:
    if not isinstance(fact, dict):
        return words.get(fact)
    return f"{fact['of']} {words[fact['answer']]}"


def lines_of(records, viewer, known=()) -> list[Line]:
    """The merged history of records that this person sees, oldest first, each line with what it changed.

    known: people who were read already, and who are not asked for again.
    """
    records = list(records)
    refs = {record.pk: record.ref for record in records}
    whose = User.objects.filter(pk=OuterRef("by"))
    entries = Entry.objects.filter(record__in=refs).order_by("at", "record_id", "seq")
    entries = entries.annotate(
        who=Subquery(whose.values("person__name")), person=Subquery(whose.values("person_id"), output_field=UUIDField())
    )
    keys, shown = sealing.keys_of(records), sources.all_shown_to(viewer, records)
    changed = _changes(entries, keys, shown)
    names = differences.names_in([change for found in changed.values() for change in found], known)
    return [
        _line(
            refs[entry.record_id],
            entry,
            keys.get(entry.record_id),
            [one for one in differences.worded(changed[entry.pk], names) if not _repeats(one, entry)],
            shown[entry.record_id],
        )
        for entry in entries
    ]


def _line(ref: str, entry, key, changes: list[differences.Change], shown: sources.Shown) -> Line:
    """One line, without the name of who reported where that is kept back. entry: with who acted."""
    by = shown.who(entry.verb, entry.by, entry.person)
    who = sources.KEPT_BACK if by == sources.NOBODY else entry.who or "Daybook"
    facts, what = facts_of(entry, key), in_words(entry.verb)
    return Line(ref, entry.seq, entry.at, who, what, entry.verb, facts, str(by or ""), changes)


def _repeats(change: differences.Change, entry: Entry) -> bool:
    """Whether a change says only what its line says already: that something was done then, or by whom."""
    if change.before != differences.NONE or change.is_words:
        return False
    return change.after in (entry.at, entry.who)


def line_of(record, entry: Entry, viewer) -> Line:
    """One line with everything that it changed or made, the kept words opened.

    record: one that this person sees.
    """
    key, shown = sealing.key_of(record), sources.shown_to(viewer, record)
    reading = differences.Reading(key, shown)
    before = record.entries.filter(seq__lte=entry.seq).order_by("seq")
    raw = [reading.next(versions_of(one, key)) for one in before][-1]
    user = User.objects.filter(pk=entry.by).select_related("person").first()
    entry.who, entry.person = (user.person.name, user.person_id) if user else ("", None)
    changes = differences.worded(raw, differences.names_in(raw), reading.words)
    return _line(record.ref, entry, key, changes, shown)


def _changes(entries, keys, shown) -> dict[object, list[tuple]]:
    """What each line changed of what was there before, by line; the lines of each record are read in their order."""
    readings = {}
    found = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.seq):
        key = keys.get(entry.record_id)
        reading = readings.setdefault(entry.record_id, differences.Reading(key, shown[entry.record_id]))
        found[entry.pk] = [change for change in reading.next(versions_of(entry, key)) if not change[-1]]
    return found


def in_words(verb: str) -> str:
    """What a line says was done, as something done: Concern triaged, Takedown requested."""
    return WORDS.get(verb) or verb.replace(".", " ").replace("_", " ").capitalize()


def say(fact: str, choices) -> None:
    """Let the lines of the history say what a fact was, in the words of its choices.

    fact: its name in the line. choices: pairs of value and words.
    """
    SAID.setdefault(fact, {}).update(dict(choices))
    differences.CHOICES.setdefault(fact, {}).update(dict(choices))


def facts_of(entry: Entry, key) -> dict:
    """The facts sealed with a line; nothing once its record is destroyed."""
    return _payload(entry, key)["facts"]


def versions_of(entry: Entry, key) -> list[dict]:
    """The versions sealed with a line; nothing once its record is destroyed."""
    return _payload(entry, key)["versions"]


def _payload(entry: Entry, key) -> dict:
    """What is sealed with a line, opened once for as long as the line is held."""
    if not hasattr(entry, "_opened"):
        content = ledger.payload_of(entry, key)
        entry._opened = json.loads(content[1]) if content else {"facts": {}, "versions": []}
    return entry._opened
