"""What the policy lets the school charge, ask to be taken down and must tell governors, and what it is silent on."""

from typing import Any

from incidents.rules.facts import Facts
from incidents.rules.recipients import due_at
from incidents.rules.tables import table
from schools.calendar import Calendar
from schools.policy import Policy, taxonomy
from schools.policy.fields import limit


def charges(facts: Facts, pack: Policy) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The paragraphs that may be charged, and those that speak of the matter but may not, each with why.

    Conduct before this version of the policy was in force is charged under none of its paragraphs.
    """
    citable, others = pack.clauses_for((facts.code, *facts.secondary), facts.way)
    not_citable = [{"id": other.clause.id, "ref": other.clause.ref, "why": other.why} for other in others]
    if facts.conduct_on and pack.begins_after(facts.conduct_on):
        why = f"This version of the policy is of {pack.amended_on or pack.approved_on}, after the conduct."
        return [], [*({"id": clause.id, "ref": clause.ref, "why": why} for clause in citable), *not_citable]
    return [{"id": clause.id, "ref": clause.ref} for clause in citable], not_citable


def not_covered(facts: Facts, pack: Policy) -> list[dict[str, str]]:
    """The people it is about whom the policy does not cover, so that another rule or contract must be relied on."""
    return [
        {"person": person.key, "why": "The policy does not say that it covers people of this kind."}
        for person in facts.adults_it_is_about
        if not _covers(pack, person.kind)
    ]


def removal(facts: Facts, pack: Policy) -> dict[str, Any]:
    """Whether the school may tell whoever posted it to take it down, under which paragraph, and if refusal is a breach.

    A policy binds the people it covers. Nobody has power over a parent or a stranger: there it is a request.
    """
    request = {"power": "request_only", "ref": None, "refusal_is_breach": False}
    if facts.way == "inbound_to_staff":
        return request | {"power": "not_applicable"}
    if facts.way != "staff_act" and not facts.adults_it_is_about:
        return request
    if pack.removal.power == "may_demand" and not _covers_all(facts, pack):
        return request
    return pack.removal.model_dump()


def governors(facts: Facts, pack: Policy, calendar: Calendar | None) -> dict[str, Any]:
    """Whether the policy wants governors told, under which paragraph and by when; always without names."""
    rule = pack.governors_for(facts.code, facts.way, facts.secondary)
    allowed = limit(rule.default) if rule.notice == "required" else None
    return {"notice": rule.notice, "ref": rule.ref, "due_at": due_at(allowed, facts.reported_at, facts, calendar)}


def must_record(facts: Facts, pack: Policy) -> list[str]:
    """What has to be on record before the matter closes: what the policy asks for, and a decision on any threat."""
    asked = [item.what for item in pack.must_record(facts.code, facts.way, facts.secondary)]
    return list(dict.fromkeys([*asked, *(["police_decision"] if facts.threat else [])]))


def silent_on(facts: Facts, pack: Policy) -> list[str]:
    """The categories of this concern that no paragraph of the policy names."""
    return [code for code in facts.codes if code != "OTHER" and not pack.refs_naming(code)]


def rely_on(facts: Facts, pack: Policy) -> list[str]:
    """The trust's other policies, offered where this one has no particular paragraph to charge or is silent."""
    citable, _ = pack.clauses_for((facts.code, *facts.secondary), facts.way)
    particular = {code for clause in citable if not clause.general for code in clause.codes}
    bare = facts.way == "staff_act" and not particular.issuperset(facts.codes)
    return list(pack.related_policies) if bare or silent_on(facts, pack) else []


def attachments(facts: Facts) -> str:
    """Whether a file may be added: never where the concern may hold imagery that nobody should copy."""
    entries = [taxonomy().codes[code] for code in facts.codes] + [taxonomy().flags[flag] for flag in facts.flags]
    return "forbidden" if any(entry.attachments == "forbidden" for entry in entries) else "allowed"


def _covers_all(facts: Facts, pack: Policy) -> bool:
    return all(_covers(pack, person.kind) for person in facts.adults_it_is_about)


def _covers(pack: Policy, kind: str | None) -> bool:
    return kind is None or not set(table("covered_as").get(kind, ())).isdisjoint(pack.scope_people)
