"""A trust's policy as one frozen object that can be asked who is told, what may be charged and what must be kept."""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from .fields import FixedPeriod, Label, PackId, PartialDate, Person, Role, Text, Topic, last_possible_day
from .items import (
    Approval,
    Clause,
    Consent,
    Consequence,
    Exemption,
    Governors,
    Item,
    Monitoring,
    Obligation,
    Ours,
    Removal,
    Retention,
    Statement,
    Terms,
    Training,
)
from .taxonomy import Closed, taxonomy


class Uncitable(NamedTuple):
    """A clause that speaks of the matter and cannot be charged, with the sentence that says why."""

    clause: Clause
    why: str


class MustRecord(NamedTuple):
    """Something that has to be on record before the matter is closed, and the paragraph that asks for it."""

    what: str
    wording: str
    ref: str
    obligation: Obligation


class Policy(Closed):
    """One version of one trust's social media policy."""

    id: PackId
    trust: Label
    title: Label
    version: Label
    approved_on: PartialDate
    amended_on: PartialDate | None = None
    review_due: PartialDate
    review_cycle: FixedPeriod | None = None
    version_history: dict[str, PartialDate] = {}
    owner_roles: tuple[Label, ...]
    approving_body: Label
    numbering: Literal["numbered", "lettered", "headings"]
    headings: dict[str, Label] = {}
    incomplete: bool = False
    scope_people: tuple[Person, ...]
    related_policies: tuple[Label, ...] = ()
    text_defects: tuple[Text, ...] = ()
    silent_on: tuple[Topic, ...] = ()
    not_legible_on: tuple[Topic, ...] = ()
    terms: Terms
    roles: dict[Role, Label]
    removal: Removal
    governors: Governors
    monitoring: Monitoring
    ours: Ours
    statements: tuple[Statement, ...] = ()
    clauses: tuple[Clause, ...]
    obligations: tuple[Obligation, ...] = ()
    approvals: tuple[Approval, ...] = ()
    exceptions: tuple[Exemption, ...] = ()
    consents: tuple[Consent, ...] = ()
    training: tuple[Training, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    retention: tuple[Retention, ...] = ()

    @property
    def review_due_on(self) -> date:
        """The last day on which the policy's own review could still be in time."""
        return last_possible_day(self.review_due)

    @property
    def chargeable(self) -> tuple[Clause, ...]:
        """What a person whom the policy covers can be charged with, in words that can be read."""
        return tuple(clause for clause in self.clauses if clause.citable and clause.direction == "staff_act")

    def begins_after(self, day: str) -> bool:
        """Whether something was done before this version was approved, as far as both days are known.

        day: in ISO 8601, as a year, a month or a day.
        """
        begun = self.amended_on or self.approved_on
        known = min(len(begun), len(day))
        return day[:known] < begun[:known]

    def charge(self, named: str) -> Clause | None:
        """The clause that a charge rests on; None where the paragraph alone does not say which of several.

        named: the id of a clause, or the paragraph it stands in.
        """
        found = [clause for clause in self.chargeable if named in (clause.id, clause.ref)]
        return found[0] if len(found) == 1 else None

    def wording_of(self, named: str) -> str:
        """What a clause says, or everything that its paragraph says.

        named: the id of a clause, or a paragraph.
        """
        return " ".join(clause.wording for clause in self.clauses if named in (clause.id, clause.ref))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Everything that carries a paragraph, in the order of the pack."""
        lists = (self.statements, self.clauses, self.obligations, self.approvals, self.exceptions)
        return tuple(item for found in (*lists, self.consents, self.training, self.consequences) for item in found)

    def overdue_since(self, today: date) -> date | None:
        """The day the review fell due, if it has passed; an overdue policy goes on in force.

        today: the London date to judge by.
        """
        return self.review_due_on if today > self.review_due_on else None

    def title_of(self, role: str) -> str:
        """What this trust calls the holder of a role, or the common title where the policy gives none.

        role: a role or kind of person of the taxonomy.
        """
        return self.roles.get(role) or taxonomy().parties[role]

    def recipients(
        self, code: str, secondary: Collection[str], direction: str, circumstances: Collection[str] = ()
    ) -> tuple[Obligation, ...]:
        """The duties that say who receives a report of this, the most particular first.

        code: primary code. secondary: further codes. direction: who did it to whom.
        circumstances: what else is known, such as own_content; a duty that needs one is left out without it.
        """
        known, codes = {None, *circumstances}, {code, *secondary}
        found = [
            duty
            for duty in self.obligations
            if duty.kind == "report" and duty.only_when in known and duty.speaks_of(codes, direction)
        ]
        return tuple(sorted(found, key=lambda duty: duty.general))

    def clauses_for(self, codes: Collection[str], direction: str) -> tuple[tuple[Clause, ...], tuple[Uncitable, ...]]:
        """The clauses that may be charged for this, and those that may not with the reason.

        A general clause, such as one on inappropriate use, stands in where a code has no clause of its own.

        codes: primary and secondary codes, sub-codes among them. direction: who did it to whom.
        """
        wanted = set(codes)
        named = [clause for clause in self.clauses if clause.names(wanted, direction)]
        citable = [clause for clause in named if clause.citable and clause.fits(wanted)]
        bare = wanted.intersection(taxonomy().codes).difference(*(clause.codes for clause in citable))
        if bare:
            general = (clause for clause in self.clauses if clause.general and clause.direction == direction)
            citable += [clause for clause in general if clause not in citable]
        return tuple(citable), tuple(Uncitable(clause, clause.why_not) for clause in named if not clause.citable)

    def must_record(self, code: str, direction: str, secondary: Collection[str] = ()) -> tuple[MustRecord, ...]:
        """What must be on record before a matter of this kind is closed, with the paragraph that asks for it.

        code: primary code. direction: who did it to whom. secondary: further codes.
        """
        codes = {code, *secondary}
        found: dict[str, MustRecord] = {}
        for duty in self.obligations:
            if duty.before_closing and duty.speaks_of(codes, direction):
                for what in duty.evidence:
                    found.setdefault(what, MustRecord(what, taxonomy().evidence[what], duty.ref, duty))
        return tuple(found.values())

    def governors_for(self, code: str, direction: str, secondary: Collection[str] = ()) -> Governors:
        """Whether the policy wants governors told of a matter of this kind.

        code: primary code. direction: who did it to whom. secondary: further codes.
        """
        rule = self.governors
        if rule.notice != "required":
            return rule
        if direction in rule.directions and not {code, *secondary}.isdisjoint(rule.codes):
            return rule
        return Governors(notice="not_required")

    def refs_naming(self, code: str) -> tuple[str, ...]:
        """Every paragraph of the policy that names a category, whatever its force.

        code: a code of the taxonomy.
        """
        return tuple(self._refs.get(code, ()))

    @cached_property
    def _refs(self) -> dict[str, dict[str, None]]:
        """The paragraphs by the category they name, in the order of the pack."""
        found: dict[str, dict[str, None]] = {}
        for item in self.items:
            for code in getattr(item, "codes", ()):
                found.setdefault(code, {})[item.ref] = None
        return found

    def cite(self, ref: str) -> str:
        """How a paragraph is named in a letter: by its number, or by its heading where the policy has no numbers.

        ref: the paragraph as the pack gives it, such as 9.d or H8.
        """
        for label, heading in sorted(self.headings.items(), key=lambda pair: -len(pair[0])):
            if ref.startswith(label):
                return f"“{heading}” ({ref})"
        return f"paragraph {ref}"
