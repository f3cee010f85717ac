"""Who must be told of a concern, for what reason and by when: the policy, the law, and our suggestion apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from incidents.rules import breach, threshold
from incidents.rules.facts import Facts
from incidents.rules.tables import table
from schools import conflict, deadlines, law
from schools.calendar import LONDON, Calendar
from schools.conflict import Grade
from schools.policy import Policy, taxonomy
from schools.policy.fields import Limit, limit

SAFEGUARDERS = ("dsl", "deputy_dsl")


@dataclass(frozen=True)
class Duty:
    """One reason why somebody is told: the office, the paragraph, and how long there is on whose authority."""

    role: str
    basis: str
    wording: str
    limit: Limit | None
    ref: str | None = None
    due_basis: str = "default"


def tell(
    facts: Facts, pack: Policy, grades: Mapping[str, Grade], *, calendar: Calendar | None = None
) -> list[dict[str, Any]]:
    """Who must be told, by when and under which paragraph: the most urgent first, then the policy's own recipients.

    facts: the concern. pack: the policy in force when it was reported. grades: who is hidden or stands aside.
    calendar: the school's own; without it the nation's.

    A policy adds to whom the law names and replaces nobody. Where it names nobody, our suggestion stands in and
    is labelled so. Source: each row's `basis` and `ref`.
    """
    unanswered = threshold.is_asked(facts) or threshold.limbs_open(facts)
    rows = [_row(duty, facts, pack, grades, calendar) for duty in _duties(facts, pack)]
    rows += _agency(facts, calendar)
    for row in rows:
        row["only_that_it_exists"] = unanswered and _only_the_policy_names(row, facts)
    return sorted(
        rows, key=lambda row: (row["due_at"] is None, row["due_at"] and datetime.fromisoformat(row["due_at"]))
    )


def due_at(allowed: Limit | None, start: datetime, facts: Facts, calendar: Calendar | None) -> str | None:
    """The end of a period as text with its zone, or None where nobody fixed a period."""
    if allowed is None:
        return None
    return in_words_of_time(
        deadlines.due(unit=allowed.unit, n=allowed.n, start=start, nation=facts.nation, calendar=calendar).due_at
    )


def in_words_of_time(moment: datetime | None) -> str | None:
    """A moment as ISO 8601 with the offset in force in the United Kingdom."""
    return moment.astimezone(LONDON).isoformat() if moment else None


def _duties(facts: Facts, pack: Policy) -> list[Duty]:
    only = {role for code in facts.codes for role in taxonomy().codes[code].tell_only}
    found = [duty for duty in _named_or_suggested(facts, pack) if not only or duty.role in only]
    if only and not found:
        found = [_ours("dsl", "imagery", pack)]
    for role, sentence in _the_law_adds(facts):
        if role not in {duty.role for duty in found}:
            found.append(_of_law(role, sentence, facts, pack))
    return found


def _named_or_suggested(facts: Facts, pack: Policy) -> list[Duty]:
    named = pack.recipients(facts.code, facts.secondary, facts.way, facts.circumstances)
    duties = [
        Duty(role, "policy", obligation.wording, obligation.limit, obligation.ref, obligation.limit_basis)
        for obligation in named
        for role in (obligation.to if obligation.all_of else _first_who_can(obligation.to, facts))
    ]
    return duties or [_ours(role, "silent", pack) for role in pack.ours.recipients]


def _first_who_can(roles: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    """Of several to choose from, the first office that anybody holds."""
    return next(((role,) for role in roles if facts.office_holders.get(role)), roles[:1])


def _the_law_adds(facts: Facts) -> Iterable[tuple[str, str]]:
    for office in threshold.offices_that_handle(facts):
        yield office, "handles"
    if facts.child_at_risk:
        yield "dsl", "child_at_risk"
    if threshold.limbs_open(facts):
        yield "dsl", "consulted"
    if breach.screen_opens(facts):
        yield "dpo", "dpo"


def _ours(role: str, sentence: str, pack: Policy) -> Duty:
    said = table("sentences")[sentence]
    return Duty(role, said["basis"], said["wording"], limit(pack.ours.told_within))


def _of_law(role: str, sentence: str, facts: Facts, pack: Policy) -> Duty:
    said = table("sentences")[sentence]
    ref = said.get("ref") or law.nation(facts.nation)["guidance"]
    return Duty(role, said["basis"], said["wording"], limit(pack.ours.told_within), ref)


def _row(
    duty: Duty, facts: Facts, pack: Policy, grades: Mapping[str, Grade], calendar: Calendar | None
) -> dict[str, Any]:
    now = conflict.holder(duty.role, grades, facts.office_holders)
    return {
        "role": duty.role,
        "title": pack.title_of(now.office if now else duty.role),
        "person": now.person if now else None,
        "due_at": due_at(duty.limit, facts.reported_at, facts, calendar),
        "due_basis": duty.due_basis,
        "basis": duty.basis,
        "ref": duty.ref,
        "wording": duty.wording,
    }


def _agency(facts: Facts, calendar: Calendar | None) -> list[dict[str, Any]]:
    """The agency of a supply worker, told within the day allowed for contacting the LADO."""
    supplied = [person for person in facts.adults_it_is_about if person.kind == "agency"]
    if not supplied:
        return []
    contacts = [person.key for person in facts.having("agency_contact")]
    contacts += [tie.to for person in supplied for tie in person.relations if tie.kind == "supplied_by"]
    said = table("sentences")["agency"]
    start = threshold.known_to_leaders_at(facts)
    due = deadlines.due(rule="lado_contact", start=start, nation=facts.nation, calendar=calendar)
    return [
        {
            "role": "agency",
            "title": said["title"],
            "person": contacts[0] if contacts else None,
            "due_at": in_words_of_time(due.due_at),
            "due_basis": "default",
            "basis": said["basis"],
            "ref": law.nation(facts.nation)["guidance"],
            "wording": said["wording"],
        }
    ]


def _only_the_policy_names(row: Mapping[str, Any], facts: Facts) -> bool:
    """Whether a person hears only that a matter exists and who holds it, while a child's safety is unanswered."""
    return row["role"] not in {*threshold.offices_that_handle(facts), "head_of_school", *SAFEGUARDERS, "dpo"}
