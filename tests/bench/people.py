"""A trust of twenty schools and the people who work there, put in place by the system as at founding."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from schools import ledger
from schools.models import Appointment, School, User
from schools.roles import Role
from tests import factories as make

POLICY = Path(__file__).parents[2] / "schools" / "packs" / "allsaints-2022.toml"
SCHOOLS = 20
OFFICES = {
    "head": (Role.HEAD_OF_SCHOOL,),
    "dsl": (Role.DSL,),
    "deputy": (Role.DEPUTY_DSL,),
    "teacher": (),
    "colleague": (),
    "about": (),
}


@dataclass
class Staff:
    """One school and the accounts of the people in it, by what they are there."""

    school: School
    by_post: dict[str, User]


@dataclass
class Trust:
    """All the schools, and three people whose office reaches beyond one of them.

    everywhere: leads safeguarding in every school. in_two: leads it in two. personnel: runs personnel in the trust.
    """

    trust: object
    everywhere: User
    in_two: User
    personnel: User
    staff: list[Staff] = field(default_factory=list)


def found(*, at: datetime, schools: int = SCHOOLS) -> Trust:
    """Found the trust, its schools and their people, two years and more before the first concern.

    at: when. schools: how many, three at least.
    """
    trust = make.trust("bench", "Bench Trust", at=at)
    make.policy_of(trust, POLICY.read_text(), at=at)
    central = make.school(trust, "bench-central", "Bench Trust central team", at=at, kind="central")
    staff = [_staff(trust, number, at=at) for number in range(1, schools + 1)]
    in_two = make.member(staff[0].school, "Ines Twoschools", Role.DSL, at=at)
    _office_elsewhere(in_two.person, staff[1].school, at=at)
    return Trust(
        trust,
        make.member(central, "Everard Whole", Role.DSL, at=at, whole_trust=True),
        in_two,
        make.member(central, "Hugh Personnel", Role.HR_LEAD, at=at, whole_trust=True),
        staff,
    )


def _staff(trust, number: int, *, at) -> Staff:
    school = make.school(trust, f"school-{number}", f"School {number:02}", at=at)
    people = {
        post: make.member(school, f"{post.title()} Of {number:02}", *roles, at=at, job_title=post.title())
        for post, roles in OFFICES.items()
    }
    return Staff(school, people)


def _office_elsewhere(holder, school, *, at) -> None:
    """An office that a person holds at another school than their own."""
    made = Appointment(
        record=holder.record, person=holder, role=Role.DSL, trust=holder.trust, school=school, from_at=at
    )
    with transaction.atomic():
        ledger.record("appointment.made", holder.record, made, by=None, at=at, role=made.role)
