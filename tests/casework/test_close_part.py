"""Closing a part: when what it is for was done, with what came of it; from then on nothing is written into it."""

from datetime import date, datetime

import pytest

from casework.models import Part
from casework.workflow.endings import record_letter
from casework.workflow.parts import close_part, offer_support, record_elsewhere
from incidents.workflow.takedowns import record_reappearance
from schools.clock import LONDON
from tests import states

pytestmark = pytest.mark.django_db
SAID = {"reason": "The child is safe.", "nowhere_else_reason": "She is named in no other record."}


def test_close_part_is_for_those_who_work_on_it(cast, at):
    assert states.who_may(close_part, states.part(cast, at=at), cast, at=at) == ("dee harriet", "dot")


def test_close_part_of_support_waits_until_support_was_offered(cast, at):
    part = states.part(cast, "support", at=at)
    words = "Offer support first: that is what this part is for."
    assert states.why_not(close_part, part, by=cast.dee, at=at, **SAID) == words
    offer_support(part, by=cast.dee, at=at, answer="accepted", text="Counselling.")
    assert close_part(part, by=cast.dee, at=at, **SAID).status == "closed"


def test_close_part_of_support_waits_while_a_post_is_back(cast, at):
    part = offer_support(states.part(cast, "support", at=at), by=cast.dee, at=at, answer="accepted", text="Help.")
    later = at + 10 * states.DAY
    concern = part.case.record.concern
    takedown = states.removed(cast, at=at, concern=concern)
    record_reappearance(takedown, by=cast.dee, at=later, happened_at=later, said="Back.")
    assert states.why_not(close_part, part, by=cast.dee, at=later, **SAID) == "A post is back: deal with it first."


def test_close_part_of_conduct_waits_for_the_outcome(cast, at):
    part = states.begun(cast, at=at).part
    assert states.why_not(close_part, part, by=cast.hugh, at=at, **SAID) == "The proceeding has no outcome yet."


def test_close_part_of_conduct_waits_for_the_letter_and_the_last_day_for_an_appeal(cast, at):
    """Decided on Wednesday 16 December 2026; from the letter of Friday 18 the tenth working day is 6 January."""
    part, friday = states.decided(cast, at=at).part, at + 25 * states.DAY
    assert states.why_not(close_part, part, by=cast.hugh, at=friday, **SAID) == (
        "Give the outcome letter first, and record it."
    )
    record_letter(part.proceeding_of, by=cast.hugh, at=friday, given_at=friday, said="By hand.")
    part, last_day = Part.objects.get(), datetime(2027, 1, 6, 16, 0, tzinfo=LONDON)
    assert states.why_not(close_part, part, by=cast.hugh, at=last_day, **SAID) == (
        "The last day for an appeal is Wednesday 6 January 2027: close this after it."
    )
    assert close_part(part, by=cast.hugh, at=last_day + states.DAY, **SAID).status == "closed"


def test_close_part_waits_for_advice_that_was_asked_as_far_as_whoever_closes_it_may_know(cast, at):
    part, later = states.conduct_part(cast, at=at), at + states.DAY
    states.advice_asked(cast, at=at, part=part)
    assert states.why_not(close_part, part, by=cast.hugh, at=later, **SAID) == (
        "Legal advice was asked for and has not come: record it first, or that none will come."
    )
    assert close_part(part, by=cast.harriet, at=later, **SAID).status == "closed"


def test_close_part_takes_no_incident_of_tomorrow(cast, at):
    answers = SAID | {"last_incident_on": date(2026, 11, 24)}
    words = "The last incident cannot be in the future."
    assert states.why_not(close_part, states.part(cast, at=at), by=cast.dee, at=at, **answers) == words


def test_close_part_keeps_what_came_of_it_and_when_it_last_happened(cast, at):
    close_part(states.part(cast, at=at), by=cast.dee, at=at, last_incident_on=date(2026, 11, 20), **SAID)
    part = Part.objects.get()
    assert (part.status, part.closed_at, part.last_incident_on) == ("closed", at, date(2026, 11, 20))
    assert states.words(part).closing_note == (
        "The child is safe.\n\nRecorded nowhere else, because: She is named in no other record."
    )
    over = states.why_not(close_part, part, by=cast.dee, at=at, **SAID)
    assert over == "This cannot be done now: it stands at “Closed”."


def test_close_part_leaves_its_line(cast, at):
    part = close_part(states.part(cast, at=at), by=cast.dee, at=at, **SAID)
    assert states.last_line(part) == ("part.closed", cast.dee.pk, at, {})


def test_close_part_of_a_child_says_where_else_it_is_recorded_or_why_nowhere(cast, at):
    part = states.part(cast, at=at)
    words = "Note first where else this is recorded, as in the child protection file, or say why it is nowhere else."
    assert states.why_not(close_part, part, by=cast.dee, at=at, reason="The child is safe.") == words
    elsewhere = {"system": "Child protection file", "reference": "CP 12", "recorded_on": at.date()}
    record_elsewhere(part, by=cast.dee, at=at, **elsewhere)
    close_part(part, by=cast.dee, at=at, reason="The child is safe.")
    assert states.words(Part.objects.get()).closing_note == "The child is safe."
