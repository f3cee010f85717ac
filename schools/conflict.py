"""Who may not see a matter, who may see it but decides nothing, and who takes over; pure."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

HIDDEN, STANDING_ASIDE, FREE = "hidden", "standing_aside", "free"
LANES = frozenset(
    {
        "concern", "safeguarding", "conduct", "support", "low_level_concern", "data_breach", "complaint",
        "legal_advice", "working_notes",
    }
)  # fmt: skip
ADULTS_OF_THE_SCHOOL = frozenset({"staff", "agency", "contractor", "volunteer", "governor", "trustee"})
FAMILY = {
    "partner_of": "partner",
    "parent_of": "close relative",
    "child_of": "close relative",
    "sibling_of": "close relative",
    "close_relative_of": "close relative",
}
RELATIONS = frozenset(FAMILY) | {"carer_of", "delegate_of", "line_managed_by", "supplied_by", "supplies"}
OWN_MATTER = "inbound_to_staff"  # the direction in which a reporter speaks of what happened to themselves
PARTS = frozenset(
    {
        "reporter", "subject", "target", "author", "possible_author", "affected", "witness", "mentioned", "manager",
        "agency_contact", "parent_of_affected", "possible_source", "conflicted_dsl",
    }
)  # fmt: skip
ASIDE_BY_PART = {"target": "the person harmed", "witness": "a witness"}
REPORTED_IT = "the person who reported it"
IN_ISSUE = {
    "instruction": "their own instruction is in issue",
    "approval": "their own approval is in issue",
    "failure": "their own failure may be in issue",
}


@dataclass(frozen=True)
class Grade:
    """How far one person is kept from one part of a case, with the reason in a sentence's words."""

    grade: Literal["hidden", "standing_aside", "free"]
    why: str

    @property
    def free(self) -> bool:
        """Whether the person may see and decide as their office allows."""
        return self.grade == FREE


@dataclass(frozen=True)
class Holder:
    """The person who holds a duty now, and the office by which it came to them."""

    person: str
    office: str


@dataclass(frozen=True)
class _Circle:
    """Everybody named in a concern: what each did in it, what each is, and how they are related."""

    parts: dict[str, set[str]]
    kinds: dict[str, str]
    roles: dict[str, set[str]]
    in_issue: dict[str, list[str]]
    relations: tuple[tuple[str, str, str], ...]

    @property
    def everyone(self) -> list[str]:
        related = (key for person, _, other in self.relations for key in (person, other))
        return list(dict.fromkeys([*self.parts, *related]))

    def having(self, *parts: str) -> set[str]:
        wanted = set(parts)
        return {person for person, theirs in self.parts.items() if not wanted.isdisjoint(theirs)}

    def works_here(self, person: str) -> bool:
        return self.kinds.get(person) in ADULTS_OF_THE_SCHOOL or bool(self.roles.get(person))

    def family_of(self, people: set[str]) -> dict[str, str]:
        """Partners, close relatives and carers of some people, with the word for the tie."""
        ties: dict[str, str] = {}
        for person, kind, other in self.relations:
            if kind in FAMILY and other in people:
                ties.setdefault(person, FAMILY[kind])
            if kind in FAMILY and person in people:
                ties.setdefault(other, FAMILY[kind])
            if kind == "carer_of" and other in people:
                ties.setdefault(person, "carer")
        return {person: tie for person, tie in ties.items() if person not in people}


def grades(
    *, people: Sequence[Mapping[str, Any]], lane: str = "concern", direction: str | None = None
) -> dict[str, Grade]:
    """Say of everybody named in a matter whether it is hidden from them, whether they stand aside, or are free.

    people: rows of key, part, kind, roles and relations ({"to", "kind"}); one person may have several rows, and a
        row may carry "in_issue": any of instruction, approval, failure.
    lane: the kind of record asked about; an office-holder's own report binds them only in the conduct part.
    direction: who did it to whom; in a report of contact received, the reporter speaks of a matter of their own.

    Raises ValueError, with one sentence, for a part, relation or lane that does not exist.
    Source: three grades, part by part; KCSIE Part Four on who handles a concern about whom.
    """
    if lane not in LANES:
        raise ValueError(f"“{lane}” is not a part of a case.")
    circle = _read(people)
    hidden = _hidden(circle)
    aside = _standing_aside(circle, lane=lane, own_matter=direction == OWN_MATTER)
    return {person: _grade(hidden.get(person), aside.get(person)) for person in circle.everyone}


def _grade(hidden: str | None, aside: list[str] | None) -> Grade:
    if hidden:
        return Grade(HIDDEN, hidden)
    if aside:
        return Grade(STANDING_ASIDE, " and ".join(aside))
    return Grade(FREE, "nothing in this matter concerns them")


def _hidden(circle: _Circle) -> dict[str, str]:
    authors_here = {person for person in circle.having("author") if circle.works_here(person)}
    about = circle.having("subject") | authors_here
    reasons = dict.fromkeys(about, "the person this is about")
    for person, tie in circle.family_of(about).items():
        reasons[person] = f"{tie} of the person this is about"
    for person in circle.having("conflicted_dsl"):
        reasons.setdefault(person, "named as having a conflict of interest")
    for person, kind, other in circle.relations:
        if kind == "delegate_of" and other in reasons:
            reasons.setdefault(person, "acts for somebody this is kept from")
    return reasons


def _standing_aside(circle: _Circle, *, lane: str, own_matter: bool) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for part, why in ASIDE_BY_PART.items():
        for person in circle.having(part):
            reasons.setdefault(person, []).append(why)
    for person, issues in circle.in_issue.items():
        reasons.setdefault(person, []).extend(IN_ISSUE[issue] for issue in issues)
    for person in circle.having("reporter"):
        in_office = bool(circle.roles[person] & offices()) and not own_matter
        if lane == "conduct" or not in_office:
            reasons.setdefault(person, []).append(REPORTED_IT)
    for person, why in _close_to_somebody(circle).items():
        reasons.setdefault(person, []).append(why)
    return reasons


def _close_to_somebody(circle: _Circle) -> dict[str, str]:
    """People near the person harmed; and, of those who work here, people described in it or near a child or an author.

    Whoever may be the author or the source is nobody's subject until that is decided, but should hold no office in it.
    """
    close = {person: f"{tie} of the person harmed" for person, tie in circle.family_of(circle.having("target")).items()}
    for parts, of in ((("affected",), "a child concerned"), (("author", "possible_author"), "somebody who wrote it")):
        for person, tie in circle.family_of(circle.having(*parts)).items():
            if circle.works_here(person):
                close.setdefault(person, f"{tie} of {of}")
    for person in circle.having("mentioned"):
        if circle.works_here(person):
            close.setdefault(person, "described in it")
    for person in circle.having("possible_author", "possible_source"):
        if circle.roles[person]:
            close.setdefault(person, "it may have come from them; nothing has been decided")
    return close


def _read(people: Sequence[Mapping[str, Any]]) -> _Circle:
    parts: dict[str, set[str]] = {}
    roles: dict[str, set[str]] = {}
    kinds: dict[str, str] = {}
    in_issue: dict[str, list[str]] = {}
    relations: list[tuple[str, str, str]] = []
    for row in people:
        key = row.get("key")
        if not isinstance(key, str) or not key:
            raise ValueError("Every person needs a key.")
        parts.setdefault(key, set()).update(_known([row["part"]] if row.get("part") else [], PARTS, "part"))
        roles.setdefault(key, set()).update(row.get("roles") or ())
        if row.get("kind"):
            kinds[key] = row["kind"]
        if row.get("in_issue"):
            in_issue[key] = list(_known(row["in_issue"], IN_ISSUE, "reason to stand aside"))
        for relation in row.get("relations") or ():
            (kind,) = _known([relation.get("kind")], RELATIONS, "relation")
            relations.append((key, kind, relation["to"]))
    return _Circle(parts, kinds, roles, in_issue, tuple(relations))


def _known(words: Iterable[Any], known: Iterable[str], of_what: str) -> list[str]:
    words = list(words)
    for word in words:
        if word not in known:
            raise ValueError(f"“{word}” is not a {of_what} this program knows.")
    return words


# ------------------------------------------------------------------------------------------------ taking over


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def offices() -> frozenset[str]:
    """The offices whose holder may record what others said without becoming a party to it."""
    return frozenset(_data()["offices"]["roles"])


def offices_to_take_over() -> tuple[str, ...]:
    """The offices held by one person, whose duty passes on when that person may not hold it."""
    return tuple(_data()["takes_over"])


def chain(role: str) -> tuple[str, ...]:
    """The offices that a duty passes to, in order, when nobody in its own office is free."""
    return tuple(_data()["takes_over"].get(role) or _data()["turns_to"].get(role) or ())


def may_stand_in(role: str, offices: Iterable[str]) -> bool:
    """Whether somebody who holds some offices may be given the duty of another: it is theirs, or it passes to them.

    role: the office whose duty it is. offices: those the person holds. Anybody may be given what passes to nobody.
    """
    passes_to = chain(role)
    return not passes_to or not {role, *passes_to}.isdisjoint(offices)


def holder(role: str, grades: Mapping[str, Grade], office_holders: Mapping[str, Sequence[str]]) -> Holder | None:
    """Who holds a duty now: the usual person if free, else the first free person in the chain.

    role: the office whose duty it is, in the packs' words. grades: as `grades` answers; anybody not in it is free.
    office_holders: office to the keys of those who hold it.
    """
    for office in (role, *chain(role)):
        for person in office_holders.get(office) or ():
            if person not in grades or grades[person].free:
                return Holder(person, office)
    return None


def takes_over(role: str, grades: Mapping[str, Grade], office_holders: Mapping[str, Sequence[str]]) -> str | None:
    """Who takes a duty over from a person it is hidden from or who stands aside.

    None says that the whole chain is named: the matter goes to the trust, and the page shows the number of the local
    authority designated officer. Source: KCSIE Part Four; `conflict.toml`.
    """
    found = holder(role, grades, office_holders)
    return found.person if found else None
