"""What a case file tells on paper: what was reported, happened, was decided and is in evidence, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from reports.prose import NOTHING, Prose

UK = ZoneInfo("Europe/London")
Answer = Literal["yes", "no", "open", "not_raised"]
ANSWER_WORDS = {"yes": "Yes", "no": "No", "open": "Not answered yet", "not_raised": "Not raised by the facts"}


def cited(ref: str) -> str:
    """A clause as it is cited: a number is a paragraph of the policy, and anything else has a name of its own."""
    return f"{'Paragraphs' if ',' in ref else 'Paragraph'} {ref}" if ref[:1].isdigit() else ref


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
class Advice:
    """Legal advice in which privilege was waived. waived: when, by which two people and for whom, in a sentence."""

    adviser: str
    asked_on: date
    received_on: date
    question: Prose
    words: Prose
    waived: str
    reason: Prose


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

    where: site and address as text. asked_of: who was asked. state: how it stands. recheck_on: next look by a person;
    is_overdue: whether that day had passed when the copy was asked for.
    """

    where: str
    asked_of: str
    reason: str
    state: str
    events: tuple[Entry, ...]
    recheck_on: date | None = None
    is_overdue: bool = False


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
    attached_as: its name inside the PDF, or empty. not_attached: why it is not, where it could. is_drawn_again: whether
    it is inside as Daybook drew it again, and not as received.
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
    is_drawn_again: bool = False
