"""Plain functions that make what a test needs, through the same acts as the product."""

from datetime import datetime
from functools import cache

from django.contrib.auth.hashers import make_password
from django.db import transaction

from schools import ledger, sealing
from schools.models import Appointment, Person, Relation, User, password_mark
from schools.roles import Role
from schools.workflow import founding, people, policies

PASSWORD = "correct-horse-battery"


def person(school, name, *, kind="staff", at, **facts) -> Person:
    """A person put into a school's register by the system, as at founding."""
    with transaction.atomic():
        made = Person(record=school.record, trust=school.trust, school=school, kind=kind, **facts)
        if made.is_staff:
            made.name = name
        else:
            sealing.seal(school.record, made, sealed_name=name)
            made.look_up = people.look_up_token(school.record, name)
        ledger.record("person.added", school.record, made, by=None, at=at, kind=kind)
    return made


def office(holder: Person, role: Role | str, *, at: datetime, whole_trust: bool = False, until_at=None) -> Appointment:
    """An office given by the system, as at founding."""
    with transaction.atomic():
        school = None if whole_trust else holder.school
        made = Appointment(
            record=holder.record,
            person=holder,
            role=role,
            trust=holder.trust,
            school=school,
            from_at=at,
            until_at=until_at,
        )
        ledger.record("appointment.made", holder.record, made, by=None, at=at, role=str(role))
    return made


@cache
def hashed(password: str) -> str:
    """A password hashed once for the whole run: Argon2 is slow on purpose."""
    return make_password(password)


def account(holder: Person, email: str, *, at, password: str = PASSWORD) -> User:
    with transaction.atomic():
        encoded = hashed(password)
        made = User(
            record=holder.record, person=holder, email=email, password=encoded, password_mark=password_mark(encoded)
        )
        ledger.record("account.opened", holder.record, made, by=None, at=at)
    return made


def member(school, name, *roles, at, whole_trust=False, **facts) -> User:
    """Somebody who signs in: a person with offices (always a member of staff too) and an account."""
    holder = person(school, name, at=at, **facts)
    office(holder, Role.STAFF, at=at)
    for role in roles:
        office(holder, role, at=at, whole_trust=whole_trust)
    return account(holder, name.lower().replace(" ", ".") + "@oakfield.example", at=at)


def relation(first: Person, second: Person, kind: str, *, at) -> Relation:
    with transaction.atomic():
        made = Relation(record=first.record, person=first, to=second, kind=kind)
        ledger.record("relation.recorded", first.record, made, by=None, at=at, kind=kind)
    return made


def trust(slug="oak", name="Oak Trust", *, at):
    return founding.found_trust(slug=slug, name=name, by=None, at=at)


def school(of, slug="oakfield", name="Oakfield School", *, at, **facts):
    return founding.found_school(of, slug=slug, name=name, by=None, at=at, **facts)


def policy_of(of, text: str, *, at):
    with transaction.atomic():
        return policies.adopt(of, by=None, at=at, text=text)
