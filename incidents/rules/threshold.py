"""Whether the harm-threshold question is asked, who answers it, and when the day for the LADO began."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from incidents.rules.facts import Facts, Person
from incidents.rules.tables import table
from schools import conflict
from schools.conflict import Grade
from schools.policy import taxonomy


@dataclass(frozen=True)
class Answerer:
    """Who answers the threshold question, and whom they must consult and name first."""

    answered_by: str | None
    consulted: str | None


def is_asked(facts: Facts) -> bool:
    """Whether the question is asked: always where it is about an adult who works in or for the school.

    Source: KCSIE Part Four. No list of codes decides it.
    """
    return bool(facts.adults_it_is_about)


def limbs_open(facts: Facts) -> bool:
    """Whether a listed code, primary or secondary, opens the four limbs at once."""
    return _opens(facts, "harm_threshold")


def lado_clock_runs(facts: Facts) -> bool:
    """Whether the day for contacting the LADO runs already, before anybody has answered the question."""
    return _opens(facts, "lado_clock")


def may_still_reach_lado(facts: Facts) -> bool:
    """Whether an answer of yes or not sure would start that day, counted from the same first knowledge."""
    unanswered = is_asked(facts) or (limbs_open(facts) and facts.way == "staff_act")
    return unanswered and not lado_clock_runs(facts)


def known_to_leaders_at(facts: Facts) -> datetime:
    """When the day for the LADO began: the report, or a leader's knowledge if that was earlier.

    What became known after the question had been answered begins a day of its own, when it is asked again.
    Source: local procedures under Working Together; the first of head, DSL, deputy, chair, HR lead, chief executive
    or another member of the leadership.
    """
    if facts.asked_again_at:
        return facts.asked_again_at
    a_leader_knew = not facts.known_first_by.isdisjoint(table("leaders")["roles"])
    return facts.first_known_at if a_leader_knew else facts.reported_at


def offices_about(facts: Facts, person: Person) -> tuple[str, ...]:
    """The offices that hear of a concern about this person; the first of them answers the question."""
    described = facts.offices_of(person) | {person.kind, "anyone else"}
    return next(tuple(row["to"]) for row in table("about") if row["is"] in described)


def offices_that_handle(facts: Facts) -> tuple[str, ...]:
    """The offices that hear of a concern about staff whatever the policy says; the head where nobody is named yet."""
    if facts.way == "staff_act" and not facts.having("subject"):
        return ("head_of_school",)
    return tuple(office for person in facts.adults_it_is_about for office in offices_about(facts, person))


def who_answers(
    facts: Facts, grades: Mapping[str, Grade], office_holders: Mapping[str, tuple[str, ...]]
) -> Answerer | None:
    """Who answers the question or goes through the limbs, with the DSL or a deputy consulted and named.

    The head; for the head the chair or the trust. Others may only pass it to the head. None where no adult who works
    in or for the school is concerned, or nothing is open. Source: KCSIE Part Four.
    """
    offices = offices_that_handle(facts)
    if not offices or not (is_asked(facts) or limbs_open(facts)):
        return None
    firsts = [offices_about(facts, person)[0] for person in facts.adults_it_is_about] or list(offices)
    answered_by = conflict.takes_over(min(firsts, key=_rank), grades, office_holders)
    others = {role: tuple(key for key in keys if key != answered_by) for role, keys in office_holders.items()}
    return Answerer(answered_by, conflict.takes_over("dsl", grades, others))


def _rank(office: str) -> int:
    """Where an office first stands among those that answer for somebody; the highest first."""
    return [row["to"][0] for row in table("about")].index(office)


def _opens(facts: Facts, screen: str) -> bool:
    return not set(facts.codes).isdisjoint(taxonomy().opening(screen))
