"""Checking for protected speech before anybody is told to remove what they wrote."""

from datetime import date

import pytest

from casework.workflow.proceedings import begin_proceeding
from incidents.models import Concern, Decision, Link
from incidents.workflow.speech import check_speech, record_officer_reply
from incidents.workflow.takedowns import request_takedown
from incidents.workflow.triage import record_decision
from schools import access
from schools.access import Viewer
from schools.roles import Permission
from tests import states

pytestmark = pytest.mark.django_db
NO = {"belief": "no", "union": "no", "public_interest": "no", "private": "no", "reason": "It names a child."}
DISCLOSED = {"public_interest": "yes"}
ADVISED = {"adviser": "Reed and Rowe, solicitors", "advised_on": date(2026, 11, 23)}
SAID = {"objected_to": "That he mocked an accent.", "lesser_step": "He had guidance in May."}
OFFICER = (
    "A disclosure in the public interest goes to the whistleblowing route first: nothing is begun until that "
    "officer has replied."
)


@pytest.fixture
def concern(cast, at) -> Concern:
    return states.answered(cast, at=at)


@pytest.fixture
def late(at):
    return at + states.DAY


def removal(concern) -> dict:
    link = Link.objects.get(record=concern.record)
    return {"link": link, "asked_of": "own_staff", "said": "Remove it by Monday at five."}


def test_check_speech_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, concern, late):
    assert states.who_may(check_speech, concern, cast, at=late) == ("dee harriet", "dot")


def test_check_speech_answered_no_lets_a_removal_go_ahead(cast, concern, late):
    check_speech(concern, by=cast.harriet, at=late, **NO)
    decision = Decision.objects.get(question="protected_speech")
    assert (decision.answer, decision.decided_by) == ("no", cast.harriet.person)
    assert states.words(decision).reason == "Protected-speech check answered no: It names a child."
    assert request_takedown(concern, by=cast.dee, at=late, **removal(concern)).asked_of == "own_staff"


DOUBTS = [("belief", "maybe"), ("union", "yes"), ("private", "maybe"), ("public_interest", "maybe")]


@pytest.mark.parametrize(("question", "answer"), DOUBTS)
@pytest.mark.parametrize("missing", ["adviser", "advised_on"])
def test_check_speech_with_a_doubt_wants_advice_first(cast, concern, late, question, answer, missing):
    words = "Take advice first: this may be protected speech, and a view held is never a charge."
    given = NO | SAID | ADVISED | {question: answer, missing: None}
    assert states.why_not(check_speech, concern, by=cast.dee, at=late, **given) == words
    assert not Decision.objects.filter(question="protected_speech").exists()


@pytest.mark.parametrize("missing", ["objected_to", "lesser_step"])
def test_check_speech_with_a_doubt_says_what_is_objected_to_and_why_no_less_will_do(cast, concern, late, missing):
    words = "Say what exactly is objected to (the words, the audience, the harm), and why no less will do."
    given = NO | SAID | ADVISED | {"belief": "maybe", missing: ""}
    assert states.why_not(check_speech, concern, by=cast.dee, at=late, **given) == words


@pytest.mark.parametrize(("said", "kept"), [("maybe", "not_sure"), ("yes", "yes")])
def test_check_speech_with_a_doubt_and_all_of_it_lets_a_removal_go_ahead(cast, concern, late, said, kept):
    check_speech(concern, by=cast.dee, at=late, **NO | SAID | ADVISED | {"belief": said})
    decision = Decision.objects.get(question="protected_speech")
    assert decision.answer == kept
    assert states.words(decision).reason == (
        f"Protected-speech check: “Is it a belief, the lack of one, or a statement about one?” {said}; to the rest no. "
        "Advice was taken. It names a child.\n\nWhat is objected to: That he mocked an accent.\n\n"
        "Why a lesser step will not do: He had guidance in May.\n\nAdvised by: Reed and Rowe, solicitors, "
        "23 November 2026"
    )
    assert request_takedown(concern, by=cast.dee, at=late, **removal(concern)).status == "requested"


def test_a_disclosure_names_the_officer_who_looks_into_it_and_who_reads_it_until_they_say_it_is_none(cast, at):
    concern, late = states.answered(cast, at=at), at + states.DAY
    given = {"by": cast.dee, "at": late, **NO | DISCLOSED}
    why = states.why_not(check_speech, concern, **given)
    assert why == "Name the officer who looks into it by your whistleblowing policy."
    for kept in (cast.tom, cast.sam):  # who reported it, and whom it is about
        why = states.why_not(check_speech, concern, **given, officer=kept.person)
        assert why == f"{kept.person.name} cannot look into this: choose somebody who is free in it."
    check_speech(concern, **given, officer=cast.olu.person)
    assert Decision.objects.get(question="protected_speech").consulted == cast.olu.person
    later = late + states.DAY
    assert access.sees(Viewer(cast.olu, later), concern.record)
    assert not access.may(Viewer(cast.olu, later), Permission.RECORD_WORK, concern.record)
    reply = {"happened_at": late, "said": "None of mine.", "is_disclosure": "no"}
    record_officer_reply(concern, by=cast.dee, at=later, **reply)
    assert not access.sees(Viewer(cast.olu, later + states.HOUR), concern.record)


def test_a_disclosure_in_the_public_interest_stops_removal_and_conduct_until_the_officer_replies(cast, at):
    part = states.conduct_part(cast, at=at)
    concern, late = part.case.record.concern, at + states.DAY
    check_speech(concern, by=cast.dee, at=late, **NO | DISCLOSED | {"officer": cast.olu.person})
    assert Decision.objects.get(question="protected_speech").answer == "public_interest"
    assert states.why_not(request_takedown, concern, by=cast.dee, at=late, **removal(concern)) == OFFICER
    again = states.why_not(check_speech, concern, by=cast.dee, at=late, **NO)
    plain = {"question": "protected_speech", "answer": "no", "reason": "It is not."}
    assert again == states.why_not(record_decision, concern, by=cast.dee, at=late, **plain) == OFFICER
    proceeding = NO | {
        "allegations": [{"paragraphs": "6.1", "alleged": "That he named a child."}],
        "investigator": cast.ivan.person,
        "decision_maker": cast.harriet.person,
        "protected_speech_reason": "It is about a child.",
    }
    del proceeding["reason"]
    # Hugh does not read concerns, and is not told what waits in this one.
    assert states.why_not(begin_proceeding, part, by=cast.hugh, at=late, **proceeding) == (
        "This cannot be done yet: something else has to be settled first. Ask the head or the safeguarding lead, who "
        "will say when it can."
    )
    later = late + states.DAY
    record_officer_reply(concern, by=cast.harriet, at=later, happened_at=later, said="It is one.", is_disclosure="yes")
    assert begin_proceeding(part, by=cast.hugh, at=later + states.HOUR, **proceeding).proceeding_of.status == "begun"


def test_check_speech_is_not_asked_of_what_nobody_here_wrote(cast, at, late):
    concern = states.about_nobody_here(cast, at=at)
    words = "It is asked only of what a member of staff wrote or sent."
    assert states.why_not(check_speech, concern, by=cast.dee, at=late, **NO) == words


@pytest.mark.parametrize("answer", ["yes", "not_sure"])
def test_a_decision_without_the_four_answers_is_only_no(cast, concern, late, answer):
    words = "Unless it is no, four questions are answered one by one: use “Check for protected speech”."
    plain = {"question": "protected_speech", "answer": answer, "reason": "Perhaps."}
    assert states.why_not(record_decision, concern, by=cast.dee, at=late, **plain) == words


def test_check_speech_leaves_its_line(cast, concern, late):
    check_speech(concern, by=cast.harriet, at=late, **NO)
    facts = {"question": "protected_speech", "answer": "no"}
    assert states.last_line(concern) == ("speech.checked", cast.harriet.pk, late, facts)
