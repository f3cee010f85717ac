"""Beginning a proceeding: in a conduct part, once, with two different people who are free in it."""

from datetime import date

import pytest

from casework.models import Allegation, Proceeding, Step
from casework.workflow.parts import hand_over
from casework.workflow.proceedings import begin_proceeding
from schools.access import Viewer, sees
from schools.models import Reader
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(cast, at):
    return states.part(cast, "conduct", at=at)


@pytest.fixture
def said(cast):
    return {
        "allegations": [{"paragraphs": "6.1", "alleged": "That he named a child."}],
        "investigator": cast.ivan.person,
        "decision_maker": cast.harriet.person,
        "protected_speech": "no",
        "protected_speech_reason": "It is about a child.",
    }


def test_begin_proceeding_is_for_personnel_and_the_head(cast, at, part):
    assert states.who_may(begin_proceeding, part, cast, at=at) == ("harriet hugh", "")


def test_begin_proceeding_wants_a_conduct_part_and_no_other(cast, at, part, said):
    other = states.part(cast, at=at, case=part.case)
    words = "Only the staff conduct part has a proceeding."
    assert states.why_not(begin_proceeding, other, by=cast.harriet, at=at, **said) == words


def test_begin_proceeding_keeps_those_apart_who_investigate_and_decide(cast, at, part, said):
    answers = said | {"investigator": cast.harriet.person}
    words = "The person who investigates cannot be the person who decides."
    assert states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **answers) == words


@pytest.mark.parametrize("name", ["sam", "pat", "dot", "tom"])
def test_begin_proceeding_takes_no_party_and_nobody_who_stands_aside(cast, at, part, said, name):
    person = getattr(cast, name).person
    words = f"{person.name} cannot do this: they are a party to it or stand aside."
    assert states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **said | {"investigator": person}) == words


def test_begin_proceeding_stops_before_protected_speech(cast, at, part, said):
    words = "Take advice first: this may be protected speech, and a view held is never a charge."
    for answer in ("maybe", "yes"):
        answers = said | {"protected_speech": answer}
        assert states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **answers) == words


def test_begin_proceeding_gives_the_part_to_both_and_counts_twenty_working_days(cast, at, part, said):
    begin_proceeding(part, by=cast.hugh, at=at, **said)
    proceeding = Proceeding.objects.get()
    assert (proceeding.status, proceeding.begun_at, proceeding.ref) == ("begun", at, part.ref)
    assert proceeding.investigation_due_on == date(2026, 12, 21)
    assert sees(Viewer(cast.ivan, at), part.record)
    given = Reader.objects.filter(record=part.record).order_by("role").values_list("person__name", "role")
    assert list(given) == [("Harriet Lowe", "head_of_school"), ("Ivan Petrov", "investigating_officer")]


def test_begin_proceeding_keeps_each_allegation_and_the_check_of_speech(cast, at, part, said):
    begin_proceeding(part, by=cast.hugh, at=at, **said)
    (allegation,) = Allegation.objects.filter(record=part.record)
    assert (allegation.paragraphs, states.words(allegation).alleged) == ("6.1", "That he named a child.")
    (step,) = Step.objects.filter(record=part.record)
    assert states.words(step).said == "Protected-speech check answered no: It is about a child."


def test_begin_proceeding_is_done_once(cast, at, said):
    part = states.begun(cast, at=at).part
    words = "There is a proceeding already."
    assert states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **said) == words


def test_begin_proceeding_is_not_for_whom_the_part_was_only_handed_to_read(cast, at, part, said):
    hand_over(part, by=cast.hugh, at=at, person=cast.dee.person, role="dsl", why="She knows the child.")
    words = "Your role does not let you do this: begin a proceeding."
    assert states.why_not(begin_proceeding, part, by=cast.dee, at=at, **said) == words


def test_begin_proceeding_leaves_its_line(cast, at, part, said):
    begin_proceeding(part, by=cast.hugh, at=at, **said)
    assert states.last_line(part) == ("proceeding.begun", cast.hugh.pk, at, {"allegations": 1})
