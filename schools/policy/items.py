"""The items of a policy: clauses, duties, approvals, exceptions, consents, training, monitoring and consequences."""

from typing import Literal

from .fields import (
    ApprovalForm,
    Circumstance,
    CodeName,
    CodeOrAny,
    Condition,
    ConsentModel,
    Direction,
    DirectionOrAny,
    Evidence,
    FixedPeriod,
    Id,
    Key,
    Label,
    Limit,
    Party,
    Period,
    Reason,
    RecordKind,
    Ref,
    Role,
    Start,
    Subcode,
    Text,
    limit,
)
from .taxonomy import Closed, taxonomy

Strength = Literal["forbidden", "advised", "encouraged", "risk_statement", "damaged"]
WHY_NOT = {
    "advised": "The policy advises against this and does not forbid it, so it cannot be charged.",
    "encouraged": "The policy only encourages staff not to do this, so it cannot be charged.",
    "risk_statement": "This paragraph describes a risk and sets no rule, so it cannot be charged.",
    "damaged": "The words of this paragraph cannot be read in the copy we hold, so it cannot be charged.",
}


class Item(Closed):
    """Anything that a paragraph of the policy says."""

    id: Id
    ref: Ref
    wording: Text


class Clause(Item):
    """What a paragraph forbids, advises against, warns of, or no longer lets us read."""

    codes: tuple[CodeName, ...]
    subcodes: tuple[Subcode, ...] = ()
    direction: Direction
    strength: Strength = "forbidden"
    absolute: bool = False
    general: bool = False

    @property
    def citable(self) -> bool:
        """Whether a charge may rest on it: only what the policy forbids, in words we can read."""
        return self.strength == "forbidden"

    @property
    def why_not(self) -> str | None:
        """Why it cannot be charged, in a sentence; None where it can."""
        return WHY_NOT.get(self.strength)

    def names(self, codes: set[str], direction: str) -> bool:
        """Whether it speaks of one of these codes when done in this direction."""
        return self.direction == direction and not codes.isdisjoint(self.codes)

    def fits(self, codes: set[str]) -> bool:
        """Whether its own sub-codes leave room for the sub-codes that were recorded."""
        recorded = codes & set(taxonomy().subcodes)
        return not recorded or not self.subcodes or not recorded.isdisjoint(self.subcodes)


class Obligation(Item):
    """What somebody must do: report a concern, inform others, decide, or simply do something."""

    kind: Literal["report", "inform", "decide", "do"]
    actor: tuple[Party, ...]
    duty: Key
    to: tuple[Party, ...] = ()
    all_of: bool = False
    consult: tuple[Role, ...] = ()
    codes: tuple[CodeOrAny, ...] = ()
    directions: tuple[DirectionOrAny, ...] = ()
    only_when: Circumstance | None = None
    when: Label | None = None
    when_kind: Literal["stated_exact", "stated_vague", "not_stated"]
    deadline_default: Period | None = None
    unconfirmed: bool = False
    manage_under: tuple[Label, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    before_closing: bool = False
    note: Text | None = None

    @property
    def limit(self) -> Limit | None:
        """How long there is: the policy's own period where it states one, otherwise our suggestion."""
        return limit(self.when if self.when_kind == "stated_exact" else self.deadline_default)

    @property
    def limit_basis(self) -> Literal["policy", "default"]:
        """Whose limit it is, so that ours is never shown as the policy's."""
        return "policy" if self.when_kind == "stated_exact" else "default"

    @property
    def general(self) -> bool:
        """Whether it speaks of every concern rather than of codes that it names."""
        return "any" in self.codes

    def speaks_of(self, codes: set[str], direction: str) -> bool:
        """Whether a concern with these codes in this direction falls under it."""
        named = self.general or not codes.isdisjoint(self.codes)
        return named and ("any" in self.directions or direction in self.directions)


class Approval(Item):
    """Something that needs somebody's agreement beforehand."""

    action: Key
    approver: tuple[Party, ...] = ()
    form: ApprovalForm
    conditions: tuple[Condition, ...] = ()
    codes: tuple[CodeName, ...] = ()


class Exemption(Item):
    """An exception that the policy allows, and who decides it."""

    subject: Key
    decision_maker: tuple[Party, ...] = ()
    record: tuple[Evidence, ...] = ()
    codes: tuple[CodeName, ...] = ()


class Consent(Item):
    """How consent for pictures of children is given and kept."""

    model: ConsentModel
    keeper: tuple[Role, ...] = ()
    visible_to: tuple[Party, ...] = ()
    renewal: Literal["each_academic_year"] | None = None
    document: Label | None = None
    codes: tuple[CodeName, ...] = ()


class Training(Item):
    """Training or an acknowledgement that the policy asks for."""

    who: tuple[Party, ...]
    what: Key
    evidence: tuple[Evidence, ...] = ()


class Consequence(Item):
    """What the policy says may follow."""

    level: Key
    trigger: Key
    # Whose holders decide it, where the policy names them.
    decided_by: tuple[Role, ...] = ()


class Statement(Item):
    """A principle, scope rule or responsibility that guides a decision and cannot be broken."""

    codes: tuple[CodeName, ...] = ()


class Monitoring(Closed):
    """What the policy says about watching the use of its systems."""

    notice: Literal["none_required", "endeavour_to_inform", "required", "not_stated", "not_legible"]
    consent_by: Literal["acknowledgement", "use_of_systems"] | None = None
    reasons: tuple[Reason, ...] = ()
    retention: FixedPeriod | None = None
    retention_source: Label | None = None
    unconfirmed: bool = False
    withdrawal_power: bool
    external_help: tuple[Label, ...] = ()
    refs: tuple[Ref, ...]


class Removal(Closed):
    """Whether the policy lets the school tell its own people to take a post down."""

    power: Literal["may_demand", "request_only", "no_express_power", "not_legible", "not_applicable"]
    ref: Ref | None = None
    refusal_is_breach: bool = False


class Governors(Closed):
    """Whether the policy says that governors are told, of what, and by when."""

    notice: Literal["required", "not_required", "not_in_policy", "not_legible"]
    ref: Ref | None = None
    default: Period | None = None
    codes: tuple[CodeName, ...] = ()
    directions: tuple[Direction, ...] = ()
    anonymised: bool = True


class Retention(Closed):
    """How long this trust keeps a kind of record, where it differs from the common schedule."""

    record: RecordKind
    starts: Start
    period: FixedPeriod
    basis: Literal["policy", "default"]
    ref: Ref | None = None
    unconfirmed: bool = False


class Ours(Closed):
    """What we suggest where the policy is silent, always shown as our suggestion."""

    recipients: tuple[Role, ...]
    told_within: Period
    governors_told_within: Period | None = None


class Terms(Closed):
    """The trust's own words, for screens and letters."""

    learner: Label
    head: Label
    top_board: Label
    local_board: Label
    person_covered: Label
    family: Label
    organisation: Label
    platform_x: Label | None = None
    learner_also: tuple[Label, ...] = ()
    head_also: tuple[Label, ...] = ()
    filled_in: tuple[Key, ...] = ()
