"""Recording that someone has been told: also by a witness, for it decides nothing; once for each person."""

import pytest

from incidents.models import Telling
from incidents.workflow.triage import record_told
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def concern(cast, at):
    return states.triaged(cast, at=at)


def head(concern):
    return Telling.objects.get(record=concern.record, role="head_of_school")


def test_record_told_is_for_lead_deputy_and_head(cast, at, concern):
    assert states.who_may(record_told, concern, cast, at=at) == ("dee dot harriet", "")


def test_record_told_keeps_when(cast, at, concern):
    record_told(concern, by=cast.dot, at=at + states.HOUR, telling=head(concern), told_at=at)
    assert head(concern).told_at == at


def test_record_told_is_done_once(cast, at, concern):
    record_told(concern, by=cast.dee, at=at, telling=head(concern), told_at=at)
    words = "Head of School has been told already."
    assert states.why_not(record_told, concern, by=cast.dee, at=at, telling=head(concern), told_at=at) == words


def test_record_told_leaves_its_line(cast, at, concern):
    record_told(concern, by=cast.dee, at=at, telling=head(concern), told_at=at)
    assert states.last_line(concern) == ("person.told", cast.dee.pk, at, {"role": "head_of_school"})
