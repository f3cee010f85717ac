"""Where a reported concern goes: the one answer of triage, from plain facts and the trust's policy."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from incidents.rules import breach, clauses, recipients, threshold
from incidents.rules.answer import Answer
from incidents.rules.facts import Facts, read
from incidents.rules.suggested import as_suggested
from schools import conflict, deadlines
from schools.calendar import Calendar
from schools.conflict import Grade
from schools.policy import Policy, ours

BASIS = {"policy": "your policy", "statute": "the law", "default": "our suggestion"}


def answer(
    facts: Mapping[str, Any], pack: Policy | None, *, calendar: Calendar | None = None, today: date | None = None
) -> Answer:
    """Say who must know of a concern, by when and why, who may not, and which questions it opens.

    facts: as in `facts.Facts`. pack: the policy in force on the day of the report; where the trust has none, our model
    policy answers, as a suggestion. calendar: the school's own days.
    today: the day to judge by whether the policy's review is overdue; the day of the report if not given.

    Raises ValueError, with one plain sentence, for facts that are missing, unknown or wrong.
    Source: the policy's paragraphs, KCSIE Part Four and UK GDPR Article 33; every row names its own.
    """
    known = read(facts)
    if pack is None:
        return as_suggested(_answer(known, ours(), calendar, today), known)
    return _answer(known, pack, calendar, today)


def _answer(known: Facts, pack: Policy, calendar: Calendar | None, today: date | None) -> Answer:
    grades = _grades(known, lane="concern")
    may_charge, may_not = clauses.charges(known, pack)
    return {
        "tell": recipients.tell(known, pack, grades, calendar=calendar),
        **_conflict(known, grades, calendar),
        **_screens(known, grades, calendar),
        "attachments": clauses.attachments(known),
        "clauses": may_charge,
        "not_citable": may_not,
        "not_covered": clauses.not_covered(known, pack),
        "removal": clauses.removal(known, pack),
        "governors": clauses.governors(known, pack, calendar),
        "must_record": clauses.must_record(known, pack),
        "silent_on": clauses.silent_on(known, pack),
        "rely_on": clauses.rely_on(known, pack),
        "pack": _pack(pack, today or known.reported_on),
        "why": _why(known, pack),
    }


def opening(known: Facts, pack: Policy) -> dict[str, Any]:
    """As much of the answer as says which questions are open; no calendar and no names are needed for it."""
    return {
        "threshold_question": threshold.is_asked(known),
        "clocks": [{"key": "lado_contact"}] if threshold.lado_clock_runs(known) else [],
        "governors": {"notice": pack.governors_for(known.code, known.way, known.secondary).notice},
        "must_record": clauses.must_record(known, pack),
    }


def schema() -> dict[str, Any]:
    """The JSON Schema of the facts that `answer` takes and of what it gives."""
    return {"input": Facts.model_json_schema(), "output": TypeAdapter(Answer).json_schema()}


def summary(answered: Mapping[str, Any], names: Mapping[str, str] | None = None) -> list[str]:
    """Who needs to know now, one sentence a person and a day, as the triage page says it.

    answered: what `answer` gave. names: key to full name; a key without one stands for itself.
    """
    together: dict[tuple[str | None, str | None], list[Mapping[str, Any]]] = {}
    for row in answered["tell"]:
        unknown = "agency" if row["role"] == "agency" else None
        together.setdefault((row["person"] or unknown, row["due_at"]), []).append(row)
    return [_sentence(rows, names or {}) for rows in together.values()]


def _sentence(rows: list[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    due = rows[0]["due_at"]
    who = _who(rows, names)
    refs: dict[str, list[str]] = {}
    for row in rows:
        refs.setdefault(BASIS[row["basis"]], []).extend([row["ref"]] if row["ref"] else [])
    reasons = "; ".join(", ".join([basis, *dict.fromkeys(found)]) for basis, found in refs.items())
    if due is None:
        return f"{who}: {reasons}."
    by = datetime.fromisoformat(due)
    whose = BASIS[rows[0]["due_basis"]]
    day = f"{by:%A} {by.day} {by:%B %Y}" + ("" if whose in refs else f" ({whose})")
    return f"{who}, by the end of {day}: {reasons}."


def _who(rows: list[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    person = rows[0]["person"]
    titles = " and ".join(dict.fromkeys(row["title"] for row in rows))
    if person:
        return f"{names.get(person, person)}, {titles}"
    if rows[0]["role"] == "agency":
        return titles
    return f"The trust, with the LADO's number at hand: nobody is known who is free to act as {titles}"


def _grades(known: Facts, *, lane: str) -> dict[str, Grade]:
    named = [person.model_dump() for person in known.people]
    offices: dict[str, list[str]] = {}
    for office, keys in known.office_holders.items():
        for key in keys:
            offices.setdefault(key, []).append(office)
    held = [{"key": key, "roles": roles} for key, roles in offices.items()]
    graded = conflict.grades(people=[*named, *held], lane=lane, direction=known.way)
    # Somebody known only as a relative, who is neither in the concern nor in office, has no place in the answer.
    return {row["key"]: graded[row["key"]] for row in (*named, *held)}


def _conflict(known: Facts, grades: Mapping[str, Grade], calendar: Calendar | None) -> dict[str, Any]:
    hidden = [{"person": key, "why": grade.why} for key, grade in grades.items() if grade.grade == conflict.HIDDEN]
    confirm = deadlines.due(
        rule="conflict_confirmed", start=known.reported_at, nation=known.nation, calendar=calendar
    ).due_at
    return {
        "hidden": hidden,
        "hiding_confirmed_by": recipients.in_words_of_time(confirm) if hidden else None,
        "standing_aside": _standing_aside(known, grades),
        "takes_over": _takes_over(known, grades),
    }


def _standing_aside(known: Facts, grades: Mapping[str, Grade]) -> list[dict[str, Any]]:
    """Those who decide nothing at all, and office-holders who step back only from the conduct part."""
    conduct = _grades(known, lane="conduct") if known.way == "staff_act" or threshold.is_asked(known) else grades
    return [
        {"person": key, "why": grade.why, "conduct_only": grades[key].free}
        for key, grade in conduct.items()
        if grade.grade == conflict.STANDING_ASIDE
    ]


def _takes_over(known: Facts, grades: Mapping[str, Grade]) -> list[dict[str, Any]]:
    rows = []
    for role in conflict.offices_to_take_over():
        usual = [grades[key] for key in known.office_holders.get(role, ())]
        if not usual or any(grade.free for grade in usual):
            continue
        person = conflict.takes_over(role, grades, known.office_holders)
        why = (
            "The usual person may not see this."
            if usual[0].grade == conflict.HIDDEN
            else f"The usual person stands aside: {usual[0].why}."
        )
        if person is None:
            why = "Everybody in line is named in it, so it goes to the trust and the LADO is rung."
        rows.append({"for_role": role, "person": person, "why": why})
    return rows


def _screens(known: Facts, grades: Mapping[str, Grade], calendar: Calendar | None) -> dict[str, Any]:
    opened = {"harm_threshold": threshold.limbs_open(known), "data_breach": breach.screen_opens(known)}
    lado = _clock("lado_contact", threshold.known_to_leaders_at(known), known, calendar)
    ico = _clock("ico_72h", breach.aware_at(known), known, calendar)
    answerer = threshold.who_answers(known, grades, known.office_holders)
    running = ((lado, threshold.lado_clock_runs(known)), (ico, opened["data_breach"]))
    return {
        "screens": [screen for screen, is_open in opened.items() if is_open],
        "threshold_question": threshold.is_asked(known),
        "threshold_answered_by": answerer.answered_by if answerer else None,
        "threshold_consulted": answerer.consulted if answerer else None,
        "clocks": [clock for clock, runs in running if runs],
        "clocks_if_yes_or_not_sure": [lado] if threshold.may_still_reach_lado(known) else [],
    }


def _clock(rule: str, start: datetime, known: Facts, calendar: Calendar | None) -> dict[str, Any]:
    due = deadlines.due(rule=rule, start=start, nation=known.nation, calendar=calendar)
    return {"key": rule, "due_at": recipients.in_words_of_time(due.due_at), "basis": due.basis, "why": due.why}


def _pack(pack: Policy, today: date) -> dict[str, Any]:
    overdue = pack.overdue_since(today)
    return {"id": pack.id, "version": pack.version, "review_overdue_since": overdue.isoformat() if overdue else None}


def _why(known: Facts, pack: Policy) -> str:
    named = pack.recipients(known.code, known.secondary, known.way, known.circumstances)
    refs = list(dict.fromkeys(obligation.ref for obligation in named))
    told = f"The policy says who is told ({', '.join(refs)})" if refs else "The policy names nobody to tell"
    asked = "it is about an adult who works in or for the school, so the threshold question is asked"
    not_asked = "nobody who works in or for the school is said to have done it, so the threshold question is not asked"
    return f"{told}, and {asked if threshold.is_asked(known) else not_asked}."
