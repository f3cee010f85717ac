"""Handing a part over: one person by name reads it from then on, as the office named; nobody it is hidden from."""

from datetime import date

import pytest

from casework.workflow.choosing import staff_offered_in
from casework.workflow.handing_over import end_hand_over, hand_over
from casework.workflow.parts import write_note
from incidents.workflow import speech
from schools import notices
from schools.access import Viewer, sees
from schools.models import Reader
from tests import factories, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(cast, at):
    return states.part(cast, at=at)


def test_hand_over_is_for_lead_and_head_and_in_a_conduct_part_for_personnel(cast, at, part):
    assert states.who_may(hand_over, part, cast, at=at) == ("dee harriet", "dot")
    conduct = states.part(cast, "conduct", at=at, case=part.case)
    assert states.who_may(hand_over, conduct, cast, at=at) == ("harriet hugh", "")


def test_hand_over_lets_one_person_read_and_work_in_the_office_named(cast, at, part):
    assert not sees(Viewer(cast.hugh, at), part.record)
    hand_over(part, by=cast.dee, at=at, person=cast.hugh.person, role="hr_lead", why="Her hours are affected.")
    assert sees(Viewer(cast.hugh, at), part.record)
    assert not sees(Viewer(cast.priya, at), part.record)
    assert states.who_may(write_note, part, cast, at=at) == ("dee harriet hugh", "dot")
    (reader,) = Reader.objects.filter(record=part.record)
    assert (reader.person, reader.role, reader.since) == (cast.hugh.person, "hr_lead", at)
    assert [notice.record for notice in notices.waiting_for(Viewer(cast.hugh, at))] == [part.record]


def test_hand_over_to_the_same_person_is_done_once_so_that_ending_it_ends_it(cast, at):
    part, later = states.handed_over(cast, at=at), at + states.DAY
    words = "Hugh Bannerman has this part by a hand-over already: end that one first."
    answers = {"person": cast.hugh.person, "role": "hr_lead", "why": "Again."}
    assert states.why_not(hand_over, part, by=cast.dee, at=later, **answers) == words
    end_hand_over(part, by=cast.dee, at=later, reader=Reader.objects.get(record=part.record), reason="It is over.")
    assert not sees(Viewer(cast.hugh, later + states.HOUR), part.record)


def test_hand_over_is_never_to_whom_it_is_hidden_from(cast, at, part):
    answers = {"person": cast.pat.person, "role": "leadership_team", "why": "To help."}
    words = "Pat Field cannot be chosen for this: choose somebody else."
    assert states.why_not(hand_over, part, by=cast.dee, at=at, **answers) == words


def test_hand_over_offers_and_refuses_whose_name_missing_would_tell_that_they_made_the_disclosure(cast, at):
    concern = states.answered(cast, at=at)
    answers = {
        "belief": "no",
        "union": "no",
        "private": "no",
        "public_interest": "yes",
        "reason": "Unsafe laboratories.",
    }
    speech.check_speech(concern, by=cast.dee, at=at + 4 * states.HOUR, officer=cast.olu.person, **answers)
    part = states.part(cast, at=at, case=states.opened(concern, cast, at=at))
    offered = {person.name for person, _ in staff_offered_in(part, Viewer(cast.harriet, at + states.DAY))}
    # Tom made it; Dot, a witness, stands aside as everybody knows; from Sam, whom it is about, it is hidden.
    assert offered & {"Tom Okoro", "Dot Evans", "Sam Field"} == {"Tom Okoro"}
    given = {"person": cast.tom.person, "role": "leadership_team", "why": "To help."}
    words = "Tom Okoro cannot be chosen for this: choose somebody else."
    assert states.why_not(hand_over, part, by=cast.harriet, at=at + states.DAY, **given) == words
    given["person"] = cast.dot.person
    words = "Dot Evans cannot be chosen for this: choose somebody else."
    assert states.why_not(hand_over, part, by=cast.harriet, at=at + states.DAY, **given) == words


def test_hand_over_is_never_to_oneself(cast, at, part):
    answers = {"person": cast.dee.person, "role": "head_of_school", "why": "To decide it."}
    words = "You have this part already: nobody gives themselves an office in it."
    assert states.why_not(hand_over, part, by=cast.dee, at=at, **answers) == words
    assert not Reader.objects.filter(record=part.record).exists()


@pytest.mark.parametrize(
    ("role", "title"),
    [("head_of_school", "Head"), ("dsl", "Designated Safeguarding Lead (DSL)"), ("hr_lead", "HR lead")],
)
def test_hand_over_gives_nobody_a_duty_that_never_passes_to_them(cast, at, part, role, title):
    answers = {"person": cast.ivan.person, "role": role, "why": "He is free."}
    said = states.why_not(hand_over, part, by=cast.dee, at=at, **answers)
    assert said.startswith(f"Ivan Petrov holds no office that the duty of the {title}")
    assert said.endswith(" passes to: choose another office.")
    assert not Reader.objects.filter(record=part.record).exists()


def test_hand_over_gives_the_office_of_the_head_to_whom_it_passes(cast, at, part):
    hand_over(part, by=cast.dee, at=at, person=cast.grace.person, role="head_of_school", why="She answers for her.")
    assert Reader.objects.get(record=part.record).role == "head_of_school"


def test_hand_over_is_never_to_whoever_manages_accounts_and_sees_no_record(cast, at, part):
    answers = {"person": cast.ada.person, "role": "investigating_officer", "why": "To find the facts."}
    words = "Ada Brook manages accounts, and whoever does so sees no record: choose somebody else."
    assert states.why_not(hand_over, part, by=cast.dee, at=at, **answers) == words


def test_hand_over_is_never_to_somebody_who_has_left(cast, at, part):
    """Una's last day was Sunday; Vic works until tonight."""
    una = factories.person(cast.oakfield, "Una Reid", at=at, end_on=date(2026, 11, 22))
    vic = factories.person(cast.oakfield, "Vic Long", at=at, end_on=date(2026, 11, 23))
    offered = {person for person, _ in staff_offered_in(part, Viewer(cast.dee, at))}
    assert (una in offered, vic in offered) == (False, True)
    answers = {"role": "investigating_officer", "why": "To find the facts."}
    words = "Una Reid has left: choose somebody who works here."
    assert states.why_not(hand_over, part, by=cast.dee, at=at, person=una, **answers) == words
    hand_over(part, by=cast.dee, at=at, person=vic, **answers)
    assert Reader.objects.get(record=part.record).person == vic


def test_hand_over_leaves_its_line(cast, at, part):
    hand_over(part, by=cast.dee, at=at, person=cast.hugh.person, role="hr_lead", why="Her hours are affected.")
    facts = {"role": "hr_lead", "why": "Her hours are affected."}
    assert states.last_line(part) == ("part.handed_over", cast.dee.pk, at, facts)
    assert Reader.objects.get(record=part.record).why == "handed over"
