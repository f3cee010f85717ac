"""Recording what the whistleblowing officer replied, after which the check for protected speech is answered again."""

from datetime import date

import pytest

from casework.workflow.cases import close_case
from incidents.models import Decision, Link
from incidents.workflow.speech import check_speech, record_officer_reply
from incidents.workflow.takedowns import request_takedown
from incidents.workflow.triage import finish_concern
from tests import states
from tests.access.browsing import address, browser
from tests.pages import words

pytestmark = pytest.mark.django_db
DISCLOSED = {
    "belief": "no",
    "union": "no",
    "public_interest": "yes",
    "private": "no",
    "reason": "The labs are unsafe.",
}
NONE = {"said": "None of mine.", "is_disclosure": "no"}
CHECK_FIRST = (
    "Record first whether this could be protected speech: a belief, union activity, a disclosure in the public "
    "interest, or private to a few. An order to remove that may itself be a wrong."
)


@pytest.fixture
def late(at):
    return at + states.DAY


@pytest.fixture
def concern(cast, at, late):
    return check_speech(states.answered(cast, at=at), by=cast.dee, at=late, officer=cast.olu.person, **DISCLOSED)


def test_record_officer_reply_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, concern, late):
    assert states.who_may(record_officer_reply, concern, cast, at=late) == ("dee harriet", "dot")


def test_record_officer_reply_waits_for_a_disclosure(cast, at, late):
    other, reply = states.answered(cast, at=at), {"happened_at": late, **NONE}
    why = states.why_not(record_officer_reply, other, by=cast.dee, at=late, **reply)
    assert why == "Nothing waits for the whistleblowing officer."


def test_the_page_says_that_the_reply_comes_next(cast, on_the_day, concern):
    assert "Record the whistleblowing officer’s reply" in words(browser(cast.dee).get(address(concern)))


def test_after_the_reply_the_check_is_answered_again_before_anything_is_removed(cast, concern, late):
    later = late + states.DAY
    record_officer_reply(concern, by=cast.dee, at=later, happened_at=late + states.HOUR, **NONE)
    removal = {"link": Link.objects.get(record=concern.record), "asked_of": "own_staff", "said": "Remove it."}
    last = later + states.HOUR
    assert states.why_not(request_takedown, concern, by=cast.dee, at=last, **removal) == CHECK_FIRST
    advice = {"adviser": "Reed and Rowe, solicitors", "advised_on": date(2026, 11, 25)}
    said = advice | {"objected_to": "The names of children.", "lesser_step": "He was asked twice."}
    check_speech(concern, by=cast.dee, at=last, **DISCLOSED | said)
    assert Decision.objects.filter(question="protected_speech").order_by("-decided_at").first().answer == "yes"
    assert request_takedown(concern, by=cast.dee, at=last, **removal).status == "requested"


WAITS = "It waits for the whistleblowing officer: record first what they replied."
ENDS = {"outcome": "reply_or_meet", "reason": "We met him."}


def test_a_disclosure_is_not_finished_before_the_officer_replied(cast, at, concern, late):
    later = late + states.DAY
    states.settled_conflicts(concern, cast, at=at)
    assert states.why_not(finish_concern, concern, by=cast.dee, at=later, **ENDS) == WAITS
    record_officer_reply(concern, by=cast.dee, at=later, happened_at=late, **NONE)
    assert finish_concern(concern, by=cast.dee, at=later, **ENDS).status == "finished"


def test_a_case_of_a_disclosure_is_not_closed_before_the_officer_replied(cast, at, concern, late):
    later = late + states.DAY
    states.settled_conflicts(concern, cast, at=at)
    case = states.opened(concern, cast, at=late)
    assert states.why_not(close_case, case, by=cast.harriet, at=later, **ENDS) == f"{concern.ref}: {WAITS}"
    record_officer_reply(concern, by=cast.dee, at=later, happened_at=late, **NONE)
    assert close_case(case, by=cast.harriet, at=later, **ENDS).status == "closed"


def test_only_who_is_told_the_name_records_that_it_is_no_disclosure(cast, concern, late):
    given = {"by": cast.harriet, "at": late + states.DAY, "happened_at": late}
    why = states.why_not(record_officer_reply, concern, **given, **NONE)
    assert why == (
        "That it is no such disclosure lets the name be told again: a safeguarding lead who is told the name "
        "records it."
    )
    record_officer_reply(concern, **given, said="It is one.", is_disclosure="yes")
    assert Decision.objects.order_by("-decided_at").first().answer == "officer_replied"


def test_record_officer_reply_leaves_its_line(cast, concern, late):
    later = late + states.DAY
    record_officer_reply(concern, by=cast.dee, at=later, happened_at=late, **NONE)
    facts = {"question": "protected_speech", "answer": "no_disclosure"}
    assert states.last_line(concern) == ("speech.officer_replied", cast.dee.pk, later, facts)


def test_record_officer_reply_is_never_before_the_disclosure_was_given_to_them(cast, at):
    concern = check_speech(states.answered(cast, at=at), by=cast.dee, at=at, officer=cast.olu.person, **DISCLOSED)
    early = at - states.HOUR
    assert states.why_not(record_officer_reply, concern, by=cast.dee, at=at, happened_at=early, **NONE) == (
        "The officer cannot have replied before it was given to them: give the day of the reply."
    )
