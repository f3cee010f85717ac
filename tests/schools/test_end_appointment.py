"""Ending an appointment: the person sees nothing of it from that moment; what was done in it stands."""

import pytest

from schools.access import Viewer, sees
from schools.models import Appointment
from schools.workflow.people import end_appointment
from tests import states

pytestmark = pytest.mark.django_db


def office(user, role) -> Appointment:
    return Appointment.objects.get(person=user.person, role=role)


def test_end_appointment_is_for_the_administrator_alone(cast, at):
    assert states.who_may(end_appointment, cast.oakfield, cast, at=at) == ("ada", "")


def test_end_appointment_ends_sight_at_once_and_keeps_what_was_done(cast, at):
    concern = states.read(cast, at=at)
    end_appointment(cast.oakfield, by=cast.ada, at=at + states.DAY, appointment=office(cast.dee, "dsl"))
    assert not sees(Viewer(cast.dee, at + states.DAY), concern.record)
    assert concern.read_by == cast.dee.person


def test_end_appointment_is_done_once(cast, at):
    end_appointment(cast.oakfield, by=cast.ada, at=at, appointment=office(cast.dee, "dsl"))
    words = "This appointment has ended already."
    answers = {"appointment": office(cast.dee, "dsl")}
    assert states.why_not(end_appointment, cast.oakfield, by=cast.ada, at=at, **answers) == words


def test_end_appointment_leaves_its_line(cast, at):
    end_appointment(cast.oakfield, by=cast.ada, at=at, appointment=office(cast.dee, "dsl"))
    assert office(cast.dee, "dsl").until_at == at
    assert states.last_line(cast.oakfield) == ("appointment.ended", cast.ada.pk, at, {"role": "dsl"})
