"""Ending a hand-over: from then on it no longer opens the part, and both lines stay."""

import pytest
from django.db import transaction

from casework.workflow.handing_over import end_hand_over, hand_over
from casework.workflow.parts import write_note
from schools import ledger
from schools.access import Viewer, sees
from schools.models import Exclusion, Reader
from schools.roles import Role
from tests import factories as make
from tests import states

pytestmark = pytest.mark.django_db
WHY = "Her hours are arranged."


@pytest.fixture
def part(cast, at):
    """Handed over to Hugh on Monday at two in the afternoon."""
    return states.handed_over(cast, at=at)


@pytest.fixture
def later(at):
    return at + states.DAY


def test_end_hand_over_is_for_the_lead_the_head_and_whoever_may_hand_it_on_and_not_for_a_witness(cast, later, part):
    assert states.who_may(end_hand_over, part, cast, at=later) == ("dee harriet hugh", "dot")


def test_end_hand_over_ends_what_was_read_by_it(cast, later, part):
    assert sees(Viewer(cast.hugh, later), part.record)
    end_hand_over(part, by=cast.dee, at=later, reader=Reader.objects.get(record=part.record), reason=WHY)
    (row,) = Reader.objects.filter(record=part.record)
    assert (row.person, row.until) == (cast.hugh.person, later)
    assert not sees(Viewer(cast.hugh, later), part.record)
    assert states.who_may(write_note, part, cast, at=later) == ("dee harriet", "dot")


def test_end_hand_over_is_done_once(cast, later, part):
    row = Reader.objects.get(record=part.record)
    end_hand_over(part, by=cast.dee, at=later, reader=row, reason=WHY)
    words = "It is handed over to nobody."
    assert states.why_not(end_hand_over, part, by=cast.dee, at=later, reader=row, reason=WHY) == words


def test_end_hand_over_leaves_no_part_to_nobody(cast, at):
    """Grace chairs the governors and has it while neither the head nor personnel is free."""
    part, later = states.conduct_part(cast, at=at), at + states.DAY
    given = {"person": cast.grace.person, "role": "head_of_school", "why": "She answers for the head."}
    hand_over(part, by=cast.hugh, at=at + 6 * states.HOUR, **given)
    row = Reader.objects.get(record=part.record, person=cast.grace.person)
    with transaction.atomic():
        kept = [
            Exclusion(record=part.record, person=one.person, grade="standing_aside", why="a witness", since=later)
            for one in (cast.harriet, cast.hugh)
        ]
        ledger.record("conflict.worked_out", part.record, *kept, by=None, at=later)
    ending = {"at": later, "reader": row, "reason": WHY}
    assert states.why_not(end_hand_over, part, by=cast.grace, **ending) == (
        "Nobody else who is free would be left to whom this falls: hand it over to somebody else first."
    )
    assert sees(Viewer(cast.grace, later), part.record)
    rhys = make.member(cast.central, "Rhys Bell", Role.HR_LEAD, at=later, whole_trust=True)
    end_hand_over(part, by=cast.grace, **ending)
    assert not sees(Viewer(cast.grace, later), part.record)
    assert sees(Viewer(rhys, later), part.record)


def test_end_hand_over_leaves_its_line(cast, later, part):
    end_hand_over(part, by=cast.harriet, at=later, reader=Reader.objects.get(record=part.record), reason=WHY)
    line = ("handover.ended", cast.harriet.pk, later, {"role": "hr_lead", "why": WHY})
    assert states.last_line(part) == line
