"""What a case file says on paper, as plain values: whom it is for, what is known, was decided and is left out."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Literal
from zoneinfo import ZoneInfo

from reports.prose import NOTHING, Prose

UK = ZoneInfo("Europe/London")

Basis = Literal["statute", "policy", "default", ""]
BASIS_WORDS = {"statute": "the law", "policy": "your policy", "default": "our suggestion", "": ""}
Standing = Literal["hidden", "standing_aside", "free", "outside", "unknown"]
STANDING_WORDS = {
    "hidden": "May not see this record",
    "standing_aside": "Stands aside: decides nothing here",
    "free": "Free to take part",
    "outside": "Not a member of staff",
    "unknown": "Not found in the directory",
}
Answer = Literal["yes", "no", "open", "not_raised"]
ANSWER_WORDS = {"yes": "Yes", "no": "No", "open": "Not answered yet", "not_raised": "Not raised by the facts"}


def cited(ref: str) -> str:
    """A clause as it is cited: a number is a paragraph of the policy, and anything else has a name of its own."""
    return f"Paragraph {ref}" if ref[:1].isdigit() else ref


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
    then reason says why. rule: the keeping rule in words. authority: who set the rule. also_recorded_in: other systems.
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
    also_recorded_in: tuple[str, ...] = ()

    @property
    def authority_words(self) -> str:
        """Whether the law, the policy or the product set the rule."""
        return BASIS_WORDS[self.authority]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that happened, who did it and why.

    at: a moment with zone, or a day where no hour is known. paragraph: clause of the policy. due: "due by" in words.
    """

    at: datetime | date
    who: str
    what: Prose
    why: Prose = NOTHING
    paragraph: str = ""
    due: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.at, datetime) and self.at.tzinfo is None:
            raise ValueError(f"{self.at} has no time zone, so its day in the United Kingdom is unknown.")

    @property
    def day(self) -> date:
        """The day in the United Kingdom."""
        return self.at.astimezone(UK).date() if isinstance(self.at, datetime) else self.at

    @property
    def clock(self) -> str:
        """The time in the United Kingdom, or nothing where only the day is known."""
        return self.at.astimezone(UK).strftime("%H:%M") if isinstance(self.at, datetime) else ""

    @property
    def cites(self) -> str:
        """The clause as it is cited."""
        return cited(self.paragraph)


@dataclass(frozen=True, kw_only=True)
class Day:
    """The entries of one day, in order."""

    on: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A clause of the policy and what it asks, in one sentence of our own."""

    ref: str
    wording: str


@dataclass(frozen=True, kw_only=True)
class Concern:
    """What was reported, in the reporter's own words.

    where: sites, pages and addresses as text. seen, posted: in words ("Tuesday 24 February 2026, 12:50").
    how_seen: how the reporter came to see it. at_risk, told: what was said about danger and about telling in person.
    real: whether anybody questions that it is genuine. paragraphs: clauses of the policy that speak to it.
    """

    reference: str
    reported_by: str
    reported_at: datetime
    words: Prose
    what_happened: str
    where: tuple[str, ...]
    seen: str
    how_seen: str
    posted: str = ""
    at_risk: str = ""
    told: str = ""
    real: str = ""
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A question that was answered, or that the facts did not raise, with the reason either way.

    by: the named person who answered. due: "due by" in words. paragraph: clause of the policy or law. said: the
    answer in its own words, where yes or no says too little. of: the concern that it is about, where there are several.
    """

    question: str
    answer: Answer
    reason: Prose
    by: str = ""
    at: datetime | None = None
    due: str = ""
    paragraph: str = ""
    said: str = ""
    of: str = ""

    @property
    def answer_words(self) -> str:
        """The answer as it is read out."""
        return self.said or ANSWER_WORDS[self.answer]

    @property
    def cites(self) -> str:
        """The clause as it is cited."""
        return cited(self.paragraph)


@dataclass(frozen=True, kw_only=True)
class Takedown:
    """One post or copy that somebody was asked to take down, and what came of it.

    where: site and address as text. asked_of: who was asked. state: how it stands. recheck_on: next look by a person.
    """

    where: str
    asked_of: str
    reason: str
    state: str
    events: tuple[Entry, ...]
    recheck_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Allegation:
    """One charge, the clauses it rests on, and the finding if there is one.

    finding: empty until somebody has decided; the paper then says that nothing has been decided.
    """

    words: Prose
    paragraphs: tuple[Paragraph, ...]
    finding: str = ""
    finding_reason: Prose = NOTHING


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One step of the procedure: when it was taken, by whom, and when it was due."""

    name: str
    on: date
    by: str
    due: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Proceeding:
    """Staff conduct about one person under the trust's own procedure.

    officers: who does what ("Hearing officer: ..."). outcome: empty until there is one.
    """

    reference: str
    about: str
    procedure: str
    officers: tuple[str, ...]
    allegations: tuple[Allegation, ...]
    stages: tuple[Stage, ...]
    outcome: str = ""
    outcome_reason: Prose = NOTHING

    @property
    def undecided(self) -> bool:
        """True while any allegation stands without a finding."""
        return any(not allegation.finding for allegation in self.allegations)


@dataclass(frozen=True, kw_only=True)
class Custody:
    """One thing that was done with a piece of evidence since it came to us. at: with zone."""

    at: datetime
    what: str


@dataclass(frozen=True, kw_only=True)
class EvidenceItem:
    """One file that was kept, what it is, how it came to us, and where it has been since.

    number: by which this copy calls it. reference: by which Daybook does. sha256: of the file as received, in
    hexadecimal. size: bytes. picture: address of a safe picture in the bundle, or empty, and then not_shown says why.
    attached_as: its name inside the PDF, or empty. not_attached: why it is not, where it could.
    """

    number: int
    reference: str
    file_name: str
    kind: str
    sha256: str
    size: int
    taken: str
    received: str
    how_seen: str
    kept_where: str
    custody: tuple[Custody, ...] = ()
    picture: str = ""
    description: str = ""
    not_shown: str = ""
    attached_as: str = ""
    not_attached: str = ""


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
    to the names in it, empty where they stand.
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
    evidence: tuple[EvidenceItem, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    attached: tuple[AttachedFile, ...] = ()
    masking: str = ""

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
