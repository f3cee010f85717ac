"""A policy as a document: chapters and paragraphs in its own numbering, each with what it asks and whose time it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from .fields import WORDS_FOR_A_LIMIT
from .items import Approval, Clause, Consent, Consequence, Exemption, Item, Obligation, Statement, Training
from .model import Policy
from .taxonomy import taxonomy
from .wording import (
    codes_in_words,
    directions_in_words,
    listed,
    people_in_words,
    period_in_words,
    words,
)

ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
ROMAN_NUMERAL = re.compile(r"[ivxl]+")
PIECES = re.compile(r"\d+|[a-z]+")
CHAPTER = re.compile(r"[A-Z]?\d+|[A-Z][a-z ]+")
# A principle is the plain case, and needs no label.
NOTED = {Statement: "", Approval: "Needs agreement", Exemption: "Exception", Consent: "Consent"}
NOTED |= {Training: "Training", Consequence: "May follow"}


@dataclass(frozen=True)
class Line:
    """One thing that a paragraph says: what kind of thing, in which words, and what follows from it.

    label: what kind of thing it is; empty for a principle. time: by when, in a sentence. basis: whose time it is:
    policy, default, or nothing where nobody fixed one.
    """

    id: str
    label: str
    wording: str
    details: tuple[str, ...] = ()
    time: str = ""
    basis: str = ""
    chargeable: bool | None = None


@dataclass(frozen=True)
class Paragraph:
    """One numbered paragraph and everything it says."""

    label: str
    anchor: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Chapter:
    """The paragraphs under one number or heading."""

    label: str
    title: str
    anchor: str
    paragraphs: tuple[Paragraph, ...]


def anchor_of(ref: str) -> str:
    """Where on the page a paragraph stands: 5.e stands at 5.e, and “4.a.iii, 4.b.iv” at the first of them."""
    return re.sub(r"[^\w.]+", "-", parts_of(ref)[0]).strip("-")


def parts_of(ref: str) -> list[str]:
    """The single paragraphs that a reference names, such as the two of “4.a.iii, 4.b.iv”."""
    return ref.split(", ") if ref else []


def document(pack: Policy) -> tuple[Chapter, ...]:
    """Everything the paragraphs of a policy say, in the order of its own numbering."""
    rows = [(label, item) for item in pack.items for label in parts_of(item.ref)]
    rows.sort(key=lambda row: _place(row[0]))
    paragraphs = [_paragraph(pack, label, found) for label, found in groupby(rows, key=lambda row: row[0])]
    return tuple(
        _chapter(pack, label, tuple(found))
        for label, found in groupby(paragraphs, key=lambda paragraph: _chapter_of(paragraph.label))
    )


def _chapter(pack: Policy, label: str, paragraphs: tuple[Paragraph, ...]) -> Chapter:
    title = pack.headings.get(label, "")
    # A chapter whose only paragraph bears its own number needs no second place to be linked to.
    taken = any(paragraph.anchor == anchor_of(label) for paragraph in paragraphs)
    return Chapter(label, title, "" if taken else anchor_of(label), paragraphs)


def _paragraph(pack: Policy, label: str, rows) -> Paragraph:
    return Paragraph(label, anchor_of(label), tuple(line_of(pack, item) for _, item in rows))


def _chapter_of(label: str) -> str:
    found = CHAPTER.match(label)
    return found[0].strip() if found else label


def _place(label: str) -> tuple:
    """Where a paragraph stands among the others: 5.b before 5.e, 8.h.ix after 8.h.v, words after numbers."""
    numbered = label.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    pieces = PIECES.findall(numbered.split(" ")[0])
    if not numbered[:1].isdigit():
        return (1, (), label)
    return (0, tuple(_rank(piece, depth) for depth, piece in enumerate(pieces)), label)


def _rank(piece: str, depth: int) -> tuple[int, int, str]:
    if piece.isdigit():
        return (0, int(piece), "")
    # The second level counts in letters, so that 6.i follows 6.h; from the third on i, ii and iv are numbers.
    if depth >= 2 and ROMAN_NUMERAL.fullmatch(piece):
        return (1, _roman(piece), "")
    return (1, len(piece), piece)


def _roman(numeral: str) -> int:
    values = [ROMAN[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def line_of(pack: Policy, item: Item) -> Line:
    """What one item of a policy says, in words.

    pack: the policy, for its titles. item: anything that carries a paragraph.
    """
    if isinstance(item, Clause):
        return _clause(item)
    if isinstance(item, Obligation):
        return _obligation(pack, item)
    return Line(item.id, NOTED[type(item)], item.wording, tuple(DETAILS[type(item)](pack, item)))


def _clause(clause: Clause) -> Line:
    details = [clause.why_not] if clause.why_not else []
    if clause.general:
        details.append("It stands in where no other paragraph names what happened.")
    else:
        details.append(f"About: {codes_in_words(clause.codes)}.")
    if clause.absolute:
        details.append("It allows no exception.")
    label = words("strengths")[clause.strength]
    return Line(clause.id, label, clause.wording, tuple(details), chargeable=clause.citable)


def _obligation(pack: Policy, duty: Obligation) -> Line:
    time, basis = _time(duty)
    details = tuple(_who(pack, duty)) + tuple(_what_follows(duty))
    return Line(duty.id, words("kinds")[duty.kind], duty.wording, details, time, basis)


def _time(duty: Obligation) -> tuple[str, str]:
    """By when a duty is done, and whose time that is."""
    said = f"The policy says “{duty.when}” and gives no length of time. " if duty.when_kind == "stated_vague" else ""
    if duty.when_kind == "stated_exact" and duty.when and duty.kind == "do":
        return f"The policy says {period_in_words(duty.when)}.", "policy"  # how long or how often, and no time limit
    if duty.when_kind == "stated_exact" and duty.when:
        return f"By {_by(duty.when)}.", "policy"
    if duty.deadline_default:
        return f"{said}By {_by(duty.deadline_default)}.", "default"
    return said.strip() or ("No time is fixed." if duty.kind != "do" else ""), ""


def _by(period: str) -> str:
    if period in WORDS_FOR_A_LIMIT:
        end = "the end of " if period == "same_day" else ""
        return f"{end}{period_in_words(period)}"
    return f"the end of {period_in_words(period)}"


def _who(pack: Policy, duty: Obligation) -> Iterator[str]:
    yield f"By: {people_in_words(pack, duty.actor, joined='and')}."
    if duty.to:
        yield f"To: {people_in_words(pack, duty.to, joined='and' if duty.all_of else 'or')}."
    if duty.consult:
        yield f"With: {people_in_words(pack, duty.consult, joined='and')}."
    if duty.codes:
        way = directions_in_words(duty.directions)
        yield f"About: {codes_in_words(duty.codes)}{f' ({way[0].lower()}{way[1:]})' if way else ''}."
    if duty.only_when:
        yield f"Only where {taxonomy().circumstances[duty.only_when]}."


def _what_follows(duty: Obligation) -> Iterator[str]:
    if duty.manage_under:
        yield f"Then handled under: {listed(duty.manage_under)}."
    if duty.evidence:
        before = " On record before it is closed." if duty.before_closing else ""
        yield f"Kept: {_kept(duty.evidence)}.{before}"
    if duty.unconfirmed:
        yield "The period is not confirmed: ask the trust."
    if duty.note:
        yield duty.note


def _kept(evidence: tuple[str, ...]) -> str:
    found = [taxonomy().evidence[one] for one in evidence]
    return "; ".join([found[0], *(f"{one[0].lower()}{one[1:]}" for one in found[1:])])


def _approval(pack: Policy, item: Approval) -> Iterator[str]:
    how = taxonomy().forms_of_approval[item.form]
    who = f"By: {people_in_words(pack, item.approver)}, {how}." if item.approver else f"How: {how}."
    yield who
    if item.conditions:
        yield f"With it: {listed(taxonomy().conditions_of_approval[one] for one in item.conditions)}."


def _exemption(pack: Policy, item: Exemption) -> Iterator[str]:
    if item.decision_maker:
        yield f"Decided by: {people_in_words(pack, item.decision_maker)}."
    if item.record:
        yield f"Kept: {_kept(item.record)}."


def _consent(pack: Policy, item: Consent) -> Iterator[str]:
    yield f"How: {taxonomy().consent_models[item.model]}."
    if item.keeper:
        yield f"Kept by: {people_in_words(pack, item.keeper)}."
    if item.visible_to:
        yield f"Seen by: {people_in_words(pack, item.visible_to, joined='and')}."
    if item.renewal:
        yield f"Asked again: {words('renewals')[item.renewal]}."
    if item.document:
        yield f"Form: {item.document}."


def _training(pack: Policy, item: Training) -> Iterator[str]:
    yield f"Who: {people_in_words(pack, item.who, joined='and')}."
    if item.evidence:
        yield f"Kept: {_kept(item.evidence)}."


def _nothing_more(pack: Policy, item: Item) -> Iterator[str]:
    return iter(())


DETAILS = {
    Approval: _approval,
    Exemption: _exemption,
    Consent: _consent,
    Training: _training,
    Consequence: _nothing_more,
    Statement: _nothing_more,
}
