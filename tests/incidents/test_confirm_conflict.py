"""Confirming or lifting a conflict of interest: by someone free, with a reason; for whom it is about, if not meant."""

import pytest

from incidents.workflow import triage
from incidents.workflow.triage import confirm_conflict
from schools.access import Viewer, sees, stands_aside
from schools.models import Exclusion, Involvement, Reader
from schools.verify import findings
from tests import factories, states

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
    words = (
        "It cannot be lifted for the person this is about. If somebody else was meant by the name, answer that instead."
    )
    assert states.why_not(confirm_conflict, concern, by=cast.dee, at=at, **answers) == words
    assert not sees(Viewer(cast.sam, at), concern.record)


def by_mistake(exclusion, reason="She was in Leeds that week.") -> dict:
    return {"exclusion": exclusion, "answer": "not_meant", "reason": reason}


def test_confirm_conflict_lets_back_in_whom_somebody_named_by_mistake_or_malice(cast, at):
    """A report names the head and the lead; Dot, who deputises, finds that neither was meant. The chair stood in."""
    both = [{"name": name, "kind": "staff", "part": "subject"} for name in ("Harriet Lowe", "Dee Marsh")]
    concern = triage.read_report(states.reported(cast, at=at, people=[*both, states.SAM]), by=cast.dot, at=at)
    assert not sees(Viewer(cast.harriet, at), concern.record)
    assert sees(Viewer(cast.grace, at), concern.record)
    for user in (cast.harriet, cast.dee):
        confirm_conflict(concern, by=cast.dot, at=at, **by_mistake(about(user)))
    assert sees(Viewer(cast.harriet, at), concern.record)
    assert sees(Viewer(cast.dee, at), concern.record)
    assert not sees(Viewer(cast.sam, at), concern.record)
    assert not sees(Viewer(cast.grace, at + states.HOUR), concern.record)
    named = Involvement.objects.filter(record=concern.record, part="subject", person=None)
    assert sorted(states.words(one).typed_name for one in named) == ["Dee Marsh", "Harriet Lowe"]
    assert states.last_line(concern) == ("conflict.confirmed", cast.dot.pk, at, {"answer": "not_meant"})
    assert list(findings()) == []


def test_confirm_conflict_of_another_who_was_meant_leaves_what_they_are_besides(cast, at):
    """Dot is named as the person it is about, who in truth is Sam; Dot saw it all the same, as is said elsewhere."""
    mistaken = states.DOT | {"part": "subject"}
    concern = states.triaged(cast, at=at, people=[states.SAM, mistaken, states.SAM | {"name": "Pat Field"}])
    factories.relation(cast.dot.person, cast.sam.person, "sibling_of", at=at)
    confirm_conflict(concern, by=cast.harriet, at=at, **by_mistake(about(cast.dot)))
    kept = Exclusion.objects.standing().get(record=concern.record, person=cast.dot.person)
    assert (kept.why, kept.waits) == ("close relative of the person this is about", True)
    assert not sees(Viewer(cast.dot, at), concern.record)


def test_confirm_conflict_of_another_who_was_meant_is_asked_of_who_is_named(cast, at, concern):
    words = "They are not named in it: lift it instead."
    assert states.why_not(confirm_conflict, concern, by=cast.dee, at=at, **by_mistake(about(cast.pat))) == words
    assert not sees(Viewer(cast.pat, at), concern.record)


def test_confirm_conflict_waits_until_the_report_was_read(cast, at):
    concern = states.reported(cast, at=at)
    answers = {"exclusion": about(cast.dot), "answer": "confirm", "reason": "She saw it."}
    assert states.why_not(confirm_conflict, concern, by=cast.dee, at=at, **answers) == "Read the report first."


def test_confirm_conflict_leaves_its_line(cast, at, concern):
    confirm_conflict(concern, by=cast.dee, at=at, exclusion=about(cast.dot), answer="confirm", reason="She saw it.")
    assert states.last_line(concern) == ("conflict.confirmed", cast.dee.pk, at, {"answer": "confirm"})


def read_by_harriet(cast, saw, *, at):
    return triage.read_report(states.reported(cast, at=at, people=[states.SAM, saw]), by=cast.harriet, at=at)


def test_confirm_conflict_lifted_ends_the_reading_of_whoever_stood_in(cast, at):
    # Dot steps in for Dee, who saw it; Dee is free again on Tuesday.
    saw = {"name": "Dee Marsh", "kind": "staff", "part": "witness"}
    concern, tuesday = read_by_harriet(cast, saw, at=at), at + states.DAY
    row = Reader.objects.get(record=concern.record, role="dsl")
    assert (row.person, row.until) == (cast.dot.person, None)
    confirm_conflict(concern, by=cast.harriet, at=tuesday, exclusion=about(cast.dee), answer="lift", reason="Not she.")
    assert Reader.objects.get(record=concern.record, role="dsl").until == tuesday


def test_confirm_conflict_confirmed_leaves_whoever_stands_in(cast, at):
    saw = {"name": "Dee Marsh", "kind": "staff", "part": "witness"}
    concern = read_by_harriet(cast, saw, at=at)
    told = {"exclusion": about(cast.dee), "answer": "confirm", "reason": "She saw it."}
    confirm_conflict(concern, by=cast.harriet, at=at + states.DAY, **told)
    assert Reader.objects.get(record=concern.record, role="dsl").until is None
