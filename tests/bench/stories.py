"""The first two hundred concerns, each played through the acts: most of them finished, some in a case, some new."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.workflow import cases
from incidents import waiting
from incidents.models import Concern, Link
from incidents.workflow import reporting, takedowns, triage
from schools.models import Exclusion
from tests.bench.people import Staff, Trust

HOUR = timedelta(hours=1)
RARE = "quincunx"
COMMON = "playground"
# Ten endings a school; most concerns are finished, as in a register that has been kept for years.
FINISHED, ABOUT_STAFF, IN_CASE = "finished", "about_staff", "in_case"
TRIAGED, READ, UNREAD = "triaged", "read", "unread"
ENDINGS = [FINISHED] * 4 + [ABOUT_STAFF] * 2 + [IN_CASE, TRIAGED, READ, UNREAD]
# How often a copy takes after each ending, of a hundred copies.
SHARES = {FINISHED: 55, ABOUT_STAFF: 25, IN_CASE: 10, TRIAGED: 4, READ: 3, UNREAD: 3}


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  (the same on every run, on purpose)


VOCABULARY = ["".join(dice(number).choices("aeioubcdlmnrstp", k=4 + number % 6)) for number in range(3000)]


def words(seed: int, *, count: int = 60) -> str:
    """An invented account of so many words, one in five of which has the common word.

    seed: the same words for the same number.
    """
    rng = dice(seed)
    chosen = rng.choices(VOCABULARY, k=count)
    return " ".join([*chosen, COMMON] if rng.random() < 0.2 else chosen)


@dataclass(frozen=True)
class Played:
    """A concern that went through the acts, and how it ended."""

    concern: Concern
    ending: str


def play(trust: Trust, number: int, *, at: datetime) -> Played:
    """Let one concern happen at one of the schools.

    number: which of the two hundred. at: when it is reported.
    """
    staff = trust.staff[number % len(trust.staff)]
    ending = ENDINGS[number // len(trust.staff) % len(ENDINGS)]
    concern = reported(staff, number, at=at, about_staff=ending == ABOUT_STAFF)
    if ending != UNREAD:
        _go_on(staff, concern, ending, at=at)
    return Played(concern, ending)


def reported(staff: Staff, number: int, *, at: datetime, about_staff: bool = False) -> Concern:
    """A plain report: one link, and one person where it is about a member of staff."""
    about = staff.by_post["about"].person
    people = [{"name": about.name, "kind": "staff", "part": "subject"}] if about_staff else []
    return reporting.report(
        staff.school,
        by=staff.by_post["teacher"],
        at=at,
        what="staff_disparaging" if about_staff else "abuse_of_staff",
        narrative=words(number),
        at_risk="no",
        people=people,
        links=[{"platform": "Facebook", "url": f"https://posts.example/{number}", "handle": f"account{number}"}],
    )


def _go_on(staff: Staff, concern: Concern, ending: str, *, at) -> None:
    lead = {"by": staff.by_post["dsl"]}
    triage.read_report(concern, **lead, at=at + HOUR)
    if ending == READ:
        return
    known = {"code": concern.code, "direction": concern.direction, "reason": "As it was reported."}
    triage.triage(concern, **lead, at=at + 2 * HOUR, **known)
    if ending == ABOUT_STAFF:
        told = {"answer": "not_a_safeguarding_matter", "consulted": lead["by"].person, "reason": "No child is touched."}
        triage.answer_threshold(concern, by=staff.by_post["head"], at=at + 3 * HOUR, **told)
        for exclusion in exclusions_of(concern):
            answer = {"exclusion": exclusion, "answer": "confirm", "reason": "It is about them."}
            triage.confirm_conflict(concern, **lead, at=at + 4 * HOUR, **answer)
    if ending in (FINISHED, ABOUT_STAFF):
        for question in waiting.unsettled_in([concern])[concern.pk]:
            said = {"question": question, "answer": "yes", "reason": "They were rung.", "happened_at": at + 4 * HOUR}
            triage.record_decision(concern, **lead, at=at + 4 * HOUR, **said)
        triage.finish_concern(concern, **lead, at=at + 5 * HOUR, outcome="reply_or_meet", reason="They were answered.")
    if ending == IN_CASE:
        _into_case(staff, concern, at=at + 5 * HOUR)


def exclusions_of(concern):
    """Those kept out of a concern whom nobody has confirmed yet."""
    return Exclusion.objects.filter(record=concern.record, grade=Exclusion.HIDDEN, confirmed_at__isnull=True)


def _into_case(staff: Staff, concern: Concern, *, at) -> None:
    lead = staff.by_post["dsl"]
    link = Link.objects.get(record=concern.record)
    takedowns.request_takedown(concern, by=lead, at=at, link=link, asked_of="platform", said="Please remove this.")
    case = cases.open_case(concern, by=lead, at=at + HOUR)
    cases.open_part(case, by=lead, at=at + 2 * HOUR, lane="support", about=staff.by_post["colleague"].person)
