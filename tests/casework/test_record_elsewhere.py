"""Recording where else it is kept: the system in clear, its reference confidential."""

from datetime import date

import pytest

from casework.models import AlsoRecorded
from casework.workflow.parts import record_elsewhere
from tests import states

pytestmark = pytest.mark.django_db
SAID = {"system": "Behaviour log", "reference": "Entry 77, Kit Lane", "recorded_on": date(2026, 11, 23)}


def test_record_elsewhere_is_for_those_who_work_on_the_part(cast, at):
    assert states.who_may(record_elsewhere, states.part(cast, at=at), cast, at=at) == ("dee harriet", "dot")


def test_record_elsewhere_keeps_system_day_and_reference(cast, at):
    part = record_elsewhere(states.part(cast, at=at), by=cast.dee, at=at, **SAID)
    (line,) = AlsoRecorded.objects.filter(record=part.record)
    assert (line.system, line.recorded_on) == ("Behaviour log", date(2026, 11, 23))
    assert states.words(line).reference == "Entry 77, Kit Lane"


def test_record_elsewhere_is_over_when_the_part_is_closed(cast, at):
    part = states.closed_part(cast, at=at)
    assert states.why_not(record_elsewhere, part, by=cast.dee, at=at, **SAID) == "This part is closed."


def test_record_elsewhere_leaves_its_line(cast, at):
    part = record_elsewhere(states.part(cast, at=at), by=cast.dee, at=at, **SAID)
    assert states.last_line(part) == ("elsewhere.recorded", cast.dee.pk, at, {"system": "Behaviour log"})
