"""Naming a person: from that moment whoever may not see it does not, and their duty passes to somebody who is free."""

import pytest

from casework.workflow import parts
from incidents.workflow.reporting import name_person
from incidents.workflow.triage import confirm_conflict, read_report
from schools.access import Viewer, sees
from schools.models import Exclusion, Involvement, Reader
from tests import factories, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def concern(cast, at):
    return states.triaged(cast, at=at, people=[])


def test_name_person_is_for_lead_deputy_and_head(cast, at, concern):
    assert states.who_may(name_person, concern, cast, at=at) == ("dee dot harriet", "")


def test_name_person_hides_it_from_whom_it_turns_out_to_be_about(cast, at, concern):
    assert sees(Viewer(cast.dot, at), concern.record)
    name_person(concern, by=cast.dee, at=at, people=[{"name": "Dot Evans", "kind": "staff", "part": "subject"}])
    assert not sees(Viewer(cast.dot, at), concern.record)


def test_name_person_passes_the_heads_duty_to_the_chair_of_governors(cast, at, concern):
    assert not sees(Viewer(cast.grace, at), concern.record)
    name_person(concern, by=cast.dee, at=at, people=[{"name": "Harriet Lowe", "kind": "staff", "part": "subject"}])
    reader = Reader.objects.get(record=concern.record)
    assert (reader.person, reader.role) == (cast.grace.person, "head_of_school")
    assert reader.why == "takes over from the Head of School, who stands aside"
    assert sees(Viewer(cast.grace, at), concern.record)
    assert not sees(Viewer(cast.harriet, at), concern.record)


def test_name_person_keeps_the_name_as_typed_under_the_record(cast, at, concern):
    name_person(concern, by=cast.dee, at=at, people=[{"name": "Kit, year 9", "kind": "pupil", "part": "affected"}])
    named = Involvement.objects.get(record=concern.record, part="affected")
    assert (named.person, named.kind, states.words(named).typed_name) == (None, "pupil", "Kit, year 9")


def test_name_person_is_refused_to_a_witness(cast, at):
    concern = states.triaged(cast, at=at)
    words = "You cannot decide this: a witness"
    assert states.why_not(name_person, concern, by=cast.dot, at=at, people=[states.PUPIL]) == words


def test_name_person_leaves_its_line(cast, at, concern):
    name_person(concern, by=cast.dee, at=at, people=[states.PUPIL])
    assert states.last_line(concern) == ("person.named", cast.dee.pk, at, {"parts": ["affected"]})


def test_name_person_reaches_every_part_and_what_is_kept_apart_beside_it(cast, at):
    proceeding = states.begun(cast, at=at)
    advice = states.advised(cast, at=at, part=proceeding.part)
    concern = proceeding.part.case.record.concern
    later = at + states.DAY
    assert sees(Viewer(cast.hugh, later), proceeding.record)
    about_hugh = [{"name": "Hugh Bannerman", "kind": "staff", "part": "subject"}]
    name_person(concern, by=cast.dee, at=later, people=about_hugh)
    assert not sees(Viewer(cast.hugh, later), proceeding.record)
    assert not sees(Viewer(cast.hugh, later), advice.record)
    line = ("people.carried_over", cast.dee.pk, later, {"concern": concern.ref})
    assert states.last_line(proceeding) == states.last_line(advice) == line


def lifted(cast, at, record, person) -> None:
    """Harriet lifts what kept one person from a concern."""
    kept = Exclusion.objects.get(record=record, person=person)
    answers = {"exclusion": kept, "answer": "lift", "reason": "Another Sam was meant."}
    confirm_conflict(record.concern, by=cast.harriet, at=at, **answers)


def named_again(cast, at, concern, user, part) -> None:
    chosen = {"name": user.person.name, "kind": "staff", "part": part, "person": user.person}
    name_person(concern, by=cast.harriet, at=at, people=[chosen])


@pytest.fixture
def two_sams(cast, at):
    """A report of “Sam Field”, a name that two members of staff bear; Dee, who leads, is a sister of one of them."""
    factories.person(cast.oakfield, "Sam Field", at=at)
    factories.relation(cast.dee.person, cast.sam.person, "sibling_of", at=at)
    concern = read_report(states.reported(cast, at=at), by=cast.harriet, at=at)
    lifted(cast, at, concern.record, cast.sam.person)
    lifted(cast, at, concern.record, cast.dee.person)
    return concern


def test_name_person_hides_it_again_from_whom_it_was_lifted_for_and_from_their_family(cast, at, two_sams):
    kept = Exclusion.objects.standing().filter(record=two_sams.record, grade="hidden")
    assert sees(Viewer(cast.dee, at), two_sams.record)
    assert not kept.filter(person=cast.sam.person).exists()
    named_again(cast, at, two_sams, cast.sam, "subject")
    assert kept.get(person=cast.sam.person).why == "the person this is about"
    assert kept.get(person=cast.dee.person).confirmed_at is None
    assert not sees(Viewer(cast.dee, at), two_sams.record)


def test_name_person_leaves_lifted_what_the_new_name_does_not_touch(cast, at, two_sams):
    named_again(cast, at, two_sams, cast.tom, "witness")
    assert sees(Viewer(cast.dee, at), two_sams.record)


def test_name_person_hides_a_part_again_that_was_lifted_there(cast, at):
    factories.relation(cast.dee.person, cast.sam.person, "sibling_of", at=at)
    part = states.part(cast, at=at, case=states.opened(states.triaged(cast, at=at, people=[]), cast, at=at))
    concern = part.case.record.concern
    named_again(cast, at, concern, cast.sam, "subject")
    kept = Exclusion.objects.get(record=part.record, person=cast.dee.person)
    parts.confirm_conflict(part, by=cast.harriet, at=at, exclusion=kept, answer="lift", reason="They never met.")
    assert sees(Viewer(cast.dee, at), part.record)
    named_again(cast, at, concern, cast.dee, "witness")
    assert not sees(Viewer(cast.dee, at), part.record)
