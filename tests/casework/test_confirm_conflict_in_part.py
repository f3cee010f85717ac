"""Confirming or lifting a conflict of interest in one part: each part is asked by itself."""

import pytest

from casework.workflow.parts import confirm_conflict
from schools.access import Viewer, sees
from schools.models import Exclusion
from schools.workflow.people import end_relation, relate
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(cast, at):
    return states.part(cast, "conduct", at=at)


def kept_out(part, user) -> Exclusion:
    return Exclusion.objects.get(record=part.record, person=user.person)


def test_confirm_conflict_in_a_conduct_part_is_for_the_head(cast, at, part):
    assert states.who_may(confirm_conflict, part, cast, at=at) == ("harriet", "")


def test_confirm_conflict_lets_back_in_whom_a_wrong_relation_kept_out(cast, at, part):
    kin = {"person": cast.hugh.person, "to": cast.sam.person, "kind": "sibling_of"}
    relation = relate(cast.oakfield, by=cast.ada, at=at, **kin)
    assert not sees(Viewer(cast.hugh, at), part.record)
    end_relation(cast.oakfield, by=cast.ada, at=at, relation=relation, reason="Another Hugh.")
    lifting = {"exclusion": kept_out(part, cast.hugh), "answer": "lift", "reason": "Another Hugh was meant."}
    confirm_conflict(part, by=cast.harriet, at=at, **lifting)
    assert sees(Viewer(cast.hugh, at), part.record)
    assert states.words(kept_out(part, cast.hugh)).reason == "Another Hugh was meant."


def test_confirm_conflict_is_never_lifted_for_the_person_the_part_is_about(cast, at, part):
    answers = {"exclusion": kept_out(part, cast.sam), "answer": "lift", "reason": "He asked."}
    words = "It cannot be lifted for the person this is about."
    assert states.why_not(confirm_conflict, part, by=cast.harriet, at=at, **answers) == words


def test_confirm_conflict_leaves_its_line(cast, at, part):
    answers = {"exclusion": kept_out(part, cast.pat), "answer": "confirm", "reason": "They live together."}
    confirm_conflict(part, by=cast.harriet, at=at, **answers)
    assert kept_out(part, cast.pat).confirmed_by == cast.harriet
    assert states.last_line(part) == ("conflict.confirmed", cast.harriet.pk, at, {"answer": "confirm"})
