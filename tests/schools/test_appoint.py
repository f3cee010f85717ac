"""Appointing to an office: by the administrator, for a time or for good; for a whole trust from its centre."""

import pytest

from schools import conflict
from schools.access import Viewer, sees
from schools.models import Appointment
from schools.roles import GRANTS, READS, SECOND_PERSON, Permission, Role
from schools.workflow.people import appoint, confirm_appointment
from tests import factories, states

pytestmark = pytest.mark.django_db


def test_appoint_is_for_the_administrator_alone(cast, at):
    assert states.who_may(appoint, cast.oakfield, cast, at=at) == ("ada", "")


def test_appoint_to_an_office_that_opens_nothing_holds_at_once(cast, at):
    appoint(cast.oakfield, by=cast.ada, at=at, person=cast.grace.person, role="line_manager")
    assert Role.LINE_MANAGER in Viewer(cast.grace, at).roles
    assert Role.LINE_MANAGER not in Viewer(cast.grace, at - states.HOUR).roles


@pytest.mark.parametrize("role", sorted(SECOND_PERSON))
def test_appoint_to_an_office_that_opens_records_opens_nothing_yet(cast, at, role):
    concern = states.reported(cast, at=at, people=[])
    before = Viewer(cast.grace, at).roles
    proposed = appoint(cast.oakfield, by=cast.ada, at=at, person=cast.grace.person, role=role)
    later = Viewer(cast.grace, at + states.DAY)
    assert (proposed.proposed_by, later.roles) == (cast.ada, before)
    assert not sees(later, concern.record)


def test_every_office_that_reads_gives_offices_or_takes_over_needs_a_second_person():
    taking_over = {role for office in conflict.offices_to_take_over() for role in conflict.chain(office)}
    opening = set(READS) | GRANTS[Permission.ACCOUNT_MANAGE] | GRANTS[Permission.OFFICE_CONFIRM]
    assert opening | (taking_over & set(Role)) == SECOND_PERSON


def test_appoint_ends_when_it_is_said_to_end(cast, at):
    concern = states.reported(cast, at=at, people=[])
    until = at + states.DAY
    made = appoint(cast.oakfield, by=cast.ada, at=at, person=cast.grace.person, role="deputy_dsl", until_at=until)
    confirm_appointment(cast.oakfield, by=cast.harriet, at=at, appointment=made)
    assert sees(Viewer(cast.grace, until - states.HOUR), concern.record)
    assert not sees(Viewer(cast.grace, until), concern.record)


def test_appoint_does_not_end_before_it_begins(cast, at):
    answers = {"person": cast.grace.person, "role": "deputy_dsl", "until_at": at}
    words = "The office would end before it begins."
    assert states.why_not(appoint, cast.oakfield, by=cast.ada, at=at, **answers) == words


def test_appoint_in_the_whole_trust_is_done_from_its_centre(cast, at):
    answers = {"person": cast.priya.person, "role": "dpo", "whole_trust": "yes"}
    words = "An office in the whole trust is given from the central team's page."
    assert states.why_not(appoint, cast.oakfield, by=cast.ada, at=at, **answers) == words
    chief = factories.member(cast.central, "Cleo Adams", Role.ADMINISTRATOR, at=at)
    made = appoint(cast.central, by=chief, at=at, **answers)
    assert (made.school, made.trust) == (None, cast.trust)


def test_appoint_leaves_its_line(cast, at):
    appoint(cast.oakfield, by=cast.ada, at=at, person=cast.grace.person, role="deputy_dsl")
    assert Appointment.objects.filter(person=cast.grace.person, role="deputy_dsl", from_at=at).count() == 1
    facts = {"role": "deputy_dsl", "waits": "for a second person"}
    assert states.last_line(cast.oakfield) == ("appointment.made", cast.ada.pk, at, facts)


def test_appoint_is_never_of_oneself(cast, at):
    answers = {"person": cast.ada.person, "role": "dsl"}
    words = "Nobody gives themselves an office: ask another administrator."
    assert states.why_not(appoint, cast.oakfield, by=cast.ada, at=at, **answers) == words
