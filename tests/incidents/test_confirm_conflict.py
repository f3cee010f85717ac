"""Confirming or lifting a conflict of interest: by someone who is free, with a reason; never for whom it is about."""

import pytest

from incidents.workflow.triage import confirm_conflict
from schools.access import Viewer, sees, stands_aside
from schools.models import Exclusion, Reader
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def concern(cast, at):
    return states.triaged(cast, at=at)


def about(user) -> Exclusion:
    return Exclusion.objects.get(person=user.person)


def test_confirm_conflict_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at, concern):
    assert states.who_may(confirm_conflict, concern, cast, at=at) == ("dee harriet", "dot")


def test_confirm_conflict_keeps_who_confirmed_it_and_why(cast, at, concern):
    confirm_conflict(
        concern, by=cast.dee, at=at, exclusion=about(cast.pat), answer="confirm", reason="They live together."
    )
    assert (about(cast.pat).confirmed_by, about(cast.pat).confirmed_at) == (cast.dee, at)
    assert about(cast.pat).lifted_at is None
    assert states.words(about(cast.pat)).reason == "They live together."


def test_confirm_conflict_lifted_frees_the_witness(cast, at, concern):
    assert stands_aside(Viewer(cast.dot, at), concern.record) == "a witness"
    confirm_conflict(
        concern, by=cast.harriet, at=at, exclusion=about(cast.dot), answer="lift", reason="She saw nothing."
    )
    assert stands_aside(Viewer(cast.dot, at), concern.record) == ""


def test_confirm_conflict_is_never_lifted_for_the_person_it_is_about(cast, at, concern):
    answers = {"exclusion": about(cast.sam), "answer": "lift", "reason": "He asked."}
    words = "It cannot be lifted for the person this is about."
    assert states.why_not(confirm_conflict, concern, by=cast.dee, at=at, **answers) == words
    assert not sees(Viewer(cast.sam, at), concern.record)


def test_confirm_conflict_leaves_its_line(cast, at, concern):
    confirm_conflict(concern, by=cast.dee, at=at, exclusion=about(cast.dot), answer="confirm", reason="She saw it.")
    assert states.last_line(concern) == ("conflict.confirmed", cast.dee.pk, at, {"answer": "confirm"})


def test_confirm_conflict_lifted_ends_the_reading_of_whoever_stood_in(cast, at):
    # Dot steps in for Dee, who saw it; Dee is free again on Tuesday.
    saw = {"name": "Dee Marsh", "kind": "staff", "part": "witness"}
    concern, tuesday = states.reported(cast, at=at, people=[states.SAM, saw]), at + states.DAY
    row = Reader.objects.get(record=concern.record, role="dsl")
    assert (row.person, row.until) == (cast.dot.person, None)
    confirm_conflict(concern, by=cast.harriet, at=tuesday, exclusion=about(cast.dee), answer="lift", reason="Not she.")
    assert Reader.objects.get(record=concern.record, role="dsl").until == tuesday


def test_confirm_conflict_confirmed_leaves_whoever_stands_in(cast, at):
    saw = {"name": "Dee Marsh", "kind": "staff", "part": "witness"}
    concern = states.reported(cast, at=at, people=[states.SAM, saw])
    told = {"exclusion": about(cast.dee), "answer": "confirm", "reason": "She saw it."}
    confirm_conflict(concern, by=cast.harriet, at=at + states.DAY, **told)
    assert Reader.objects.get(record=concern.record, role="dsl").until is None
