"""The shape of what routing answers, for the pages that show it and the schema that describes it."""

from typing import Literal

from typing_extensions import TypedDict  # pydantic reads its keys on Python 3.11, and the standard one only from 3.12

Basis = Literal["policy", "statute", "default"]


class Told(TypedDict):
    """One reason why one person is told: `basis` says on whose authority, `due_basis` who set the limit."""

    role: str
    title: str
    person: str | None
    due_at: str | None
    due_basis: Basis
    basis: Basis
    ref: str | None
    wording: str
    only_that_it_exists: bool


class Kept(TypedDict):
    """Somebody from whom the matter is hidden, or whom the policy does not cover."""

    person: str
    why: str


class Aside(Kept):
    """Somebody who decides nothing: in every part, or in the conduct part alone."""

    conduct_only: bool


class Replacement(TypedDict):
    """Who holds an office's duty in this matter; nobody where the whole chain is named."""

    for_role: str
    person: str | None
    why: str


class Clock(TypedDict):
    """A deadline of the law."""

    key: Literal["lado_contact", "ico_72h"]
    due_at: str | None
    basis: Basis
    why: str


class Charge(TypedDict):
    """A paragraph that may be charged."""

    id: str
    ref: str


class NotCitable(TypedDict):
    """A paragraph that speaks of the matter and may not be charged."""

    id: str
    ref: str
    why: str


class Removal(TypedDict):
    """Whether whoever posted it may be told to take it down."""

    power: Literal["may_demand", "request_only", "no_express_power", "not_legible", "not_applicable"]
    ref: str | None
    refusal_is_breach: bool


class Notice(TypedDict):
    """Whether governors are told, without names, and by when."""

    notice: Literal["required", "not_required", "not_in_policy", "not_legible"]
    ref: str | None
    due_at: str | None


class Pack(TypedDict):
    """The version of the policy that was applied."""

    id: str
    version: str
    review_overdue_since: str | None


class Answer(TypedDict):
    """Everything triage needs to know of a concern."""

    tell: list[Told]
    hidden: list[Kept]
    hiding_confirmed_by: str | None
    standing_aside: list[Aside]
    takes_over: list[Replacement]
    screens: list[Literal["harm_threshold", "data_breach"]]
    threshold_question: bool
    threshold_answered_by: str | None
    threshold_consulted: str | None
    clocks: list[Clock]
    clocks_if_yes_or_not_sure: list[Clock]
    attachments: Literal["allowed", "forbidden"]
    clauses: list[Charge]
    not_citable: list[NotCitable]
    not_covered: list[Kept]
    removal: Removal
    governors: Notice
    must_record: list[str]
    silent_on: list[str]
    rely_on: list[str]
    pack: Pack
    why: str
