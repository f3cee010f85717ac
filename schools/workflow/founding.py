"""Founding a trust and its schools: what happens once, before anyone can sign in."""

from django.db import transaction

from schools import ledger, records
from schools.models import School, Trust
from schools.roles import Kind


@transaction.atomic
def found_trust(*, slug: str, name: str, by, at) -> Trust:
    """Set up a trust with a register of its own.

    slug: its word in addresses. name: as it calls itself. by: the account, or None at set-up. at: when.
    """
    trust = Trust(slug=slug, name=name)
    register = records.prepare(Kind.REGISTER, trust=None, school=None, pack=None, at=at)
    register.trust_id = trust.pk
    trust.record = register
    ledger.begin(register, trust, verb="trust.founded", by=by, at=at, name=name)
    return trust


@transaction.atomic
def found_school(trust: Trust, *, slug: str, name: str, by, at, **facts) -> School:
    """Set up a school (or central team) of a trust, with a register of its own.

    facts: urn, phase, nation, head_title, learner_term, kind, as the school's own columns.
    """
    school = School(trust=trust, slug=slug, name=name, **facts)
    register = records.prepare(Kind.REGISTER, trust=trust, school=None, pack=None, at=at)
    register.school_id = school.pk
    school.record = register
    ledger.begin(register, school, verb="school.founded", by=by, at=at, name=name)
    return school
