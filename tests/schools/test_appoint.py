"""Appointing to an office: by the administrator, for a time or for good; for a whole trust from its centre."""

import pytest

from schools.access import Viewer, sees
from schools.models import Appointment
from schools.roles import Role
from schools.workflow.people import appoint
from tests import factories, states

pytestmark = pytest.mark.django_db


def test_appoint_is_for_the_administrator_alone(cast, at):
    assert states.who_may(appoint, cast.oakfield, cast, at=at) == ("ada", "")


def test_appoint_lets_the_person_read_what_the_office_reads(cast, at):
    concern = states.reported(cast, at=at, people=[])
    assert not sees(Viewer(cast.grace, at), concern.record)
    appoint(cast.oakfield, by=cast.ada, at=at, person=cast.grace.person, role="deputy_dsl")
    assert sees(Viewer(cast.grace, at), concern.record)
    assert not sees(Viewer(cast.grace, at - states.HOUR), concern.record)


def test_appoint_ends_when_it_is_said_to_end(cast, at):
    concern = states.reported(cast, at=at, people=[])
    until = at + states.DAY
    appoint(cast.oakfield, by=cast.ada, at=at, person=cast.grace.person, role="deputy_dsl", until_at=until)
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
    assert states.last_line(cast.oakfield) == ("appointment.made", cast.ada.pk, at, {"role": "deputy_dsl"})


def test_appoint_is_never_of_oneself(cast, at):
    answers = {"person": cast.ada.person, "role": "dsl"}
    words = "Nobody gives themselves an office: ask another administrator."
    assert states.why_not(appoint, cast.oakfield, by=cast.ada, at=at, **answers) == words
