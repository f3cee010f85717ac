"""What a case file is, as plain values: whom it is for, who is in it, what it tells, what is kept and is left out."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Literal

from reports.prose import Prose
from reports.told import Advice, Concern, Day, Decision, Entry, EvidenceItem, Proceeding, Takedown

Basis = Literal["statute", "policy", "default", ""]
BASIS_WORDS = {"statute": "the law", "policy": "your policy", "default": "our suggestion", "": ""}
Standing = Literal["hidden", "standing_aside", "free", "outside", "unknown", "withheld"]
STANDING_WORDS = {
    "hidden": "May not see this record",
    "standing_aside": "Stands aside: decides nothing here",
    "free": "Free to take part",
    "outside": "Not a member of staff",
    "unknown": "Not found in the directory",
    "withheld": "Not said",
}


@dataclass(frozen=True, kw_only=True)
class PrintedFor:
    """Why this copy exists and when it must be gone.

    recipient: name and post. purpose, legal_ground: one sentence each. decided_by: who decided that they may have it.
    asked_at: with zone. destroy_by: last day it may be kept. is_theirs: whether whoever it is about may keep it.
    """

    recipient: str
    purpose: str
    legal_ground: str
    asked_by: str
    decided_by: str
    asked_at: datetime
    destroy_by: date
    is_theirs: bool = False


@dataclass(frozen=True, kw_only=True)
class LastEntry:
    """The last entry of one record's history that this copy shows. fingerprint: 64 hexadecimal characters."""

    reference: str
    number: int
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class HistoryMark:
    """The place in the record's own history at which this copy was frozen, so that it can be checked years later.

    number: the entry that froze it. checkpoint: number of the quarter hour, absent before the first one. root: 64
    hexadecimal characters. last: the same place in the history of every record shown.
    """

    number: int
    checkpoint: int | None
    root: str
    last: tuple[LastEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PolicyInForce:
    """The policy that applied when the matter was reported.

    review_overdue_since: the day after which the policy itself should have been reviewed, when that day has passed.
    kcsie: the edition of Keeping children safe in education in force on the day of receipt.
    """

    title: str
    version: str
    kcsie: str
    review_overdue_since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who appears in the file, what they are to it, and what they may do about it.

    part: in plain words ("person harmed"). standing: grade of conflict. why: reason for the grade, one sentence.
    """

    name: str
    post: str
    part: str
    standing: Standing
    why: str = ""

    @property
    def standing_words(self) -> str:
        """The grade of conflict as a reader would say it."""
        return STANDING_WORDS[self.standing]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the case about one person, with its own readers and its own date of destruction.

    kind: "child's safety", "staff conduct", "support" and so on. keep_until: absent while no date can be given, and
    then reason says why. then: what happens on that day. rule: the keeping rule in words. authority: who set the rule.
    also_recorded_in: other systems.
    """

    reference: str
    kind: str
    about: str
    readers: tuple[str, ...]
    status: str
    rule: str
    authority: Basis
    reason: str
    keep_until: date | None = None
    then: str = "then destroyed"
    also_recorded_in: tuple[str, ...] = ()

    @property
    def authority_words(self) -> str:
        """Whether the law, the policy or the product set the rule."""
        return BASIS_WORDS[self.authority]


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """Something this copy leaves out, and the reason."""

    what: str
    why: str


@dataclass(frozen=True, kw_only=True)
class AttachedFile:
    """A file that travels inside the PDF, and what it is for."""

    name: str
    what: str


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """Everything one reader may have about one case, as it stood at one moment.

    classification: the line printed on every page. audience: who may read a copy of this kind. masking: what was done
    to the names in it, empty where they stand. look_at: words in it that may still be somebody's name, which no page
    of it shows: they are for whoever hands it on.
    """

    reference: str
    title: str
    classification: str
    audience: str
    school: str
    trust: str
    printed_for: PrintedFor
    mark: HistoryMark
    policy: PolicyInForce
    summary: Prose
    people: tuple[Person, ...]
    parts: tuple[Part, ...]
    concerns: tuple[Concern, ...]
    chronology: tuple[Entry, ...]
    decisions: tuple[Decision, ...] = ()
    takedowns: tuple[Takedown, ...] = ()
    proceedings: tuple[Proceeding, ...] = ()
    advice: tuple[Advice, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    attached: tuple[AttachedFile, ...] = ()
    masking: str = ""
    look_at: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[Day, ...]:
        """The chronology by day in the United Kingdom, entries of one day in the order given."""
        ordered = sorted(self.chronology, key=lambda entry: entry.day)
        return tuple(Day(on=on, entries=tuple(group)) for on, group in groupby(ordered, key=lambda entry: entry.day))

    @property
    def answered(self) -> tuple[Decision, ...]:
        """Decisions that a fact opened."""
        return tuple(decision for decision in self.decisions if decision.answer != "not_raised")

    @property
    def not_raised(self) -> tuple[Decision, ...]:
        """Decisions that no fact opened, listed once with the rule that was not met."""
        return tuple(decision for decision in self.decisions if decision.answer == "not_raised")

    @property
    def undecided(self) -> bool:
        """True while something said about a person in this file stands without a finding."""
        return any(proceeding.undecided for proceeding in self.proceedings)

    @property
    def pictured(self) -> tuple[EvidenceItem, ...]:
        """Evidence that this copy shows as a picture."""
        return tuple(item for item in self.evidence if item.picture)
