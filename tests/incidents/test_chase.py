"""Chasing: the request is open again, and the next chase is two working days after this one."""

from datetime import datetime

import pytest

from incidents.models import Exchange, Link, Takedown
from incidents.workflow.speech import OFFICER_FIRST, check_speech
from incidents.workflow.takedowns import chase, log_reply, request_takedown
from incidents.workflow.triage import triage
from tests import states
from tests.conftest import LONDON

pytestmark = pytest.mark.django_db


@pytest.fixture
def takedown(cast, at):
    """Asked for on Monday at noon."""
    return states.requested(cast, at=at)


def test_chase_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at, takedown):
    assert states.who_may(chase, takedown, cast, at=at) == ("dee harriet", "dot")


def test_chase_is_not_for_the_reporter_who_does_not_even_see_it(cast, at, takedown):
    answers = {"step": "chase", "happened_at": at, "said": "And?"}
    words = "Your role does not let you do this: chase, report again, appeal or ring a helpline."
    assert states.why_not(chase, takedown, by=cast.tom, at=at, **answers) == words


@pytest.mark.parametrize("step", ["chase", "request", "appeal", "helpline"])
def test_chase_opens_a_refused_request_again(cast, at, takedown, step):
    later = at + 3 * states.DAY  # Thursday
    log_reply(takedown, by=cast.dee, at=at + states.DAY, answer="refused", happened_at=at + states.DAY, said="No.")
    chase(takedown, by=cast.dee, at=later, step=step, happened_at=later, said="Please think again.")
    kept = Takedown.objects.get()
    assert kept.status == "requested"
    assert kept.chase_at == datetime(2026, 11, 30, 23, 59, 59, tzinfo=LONDON)  # Monday
    made = Exchange.objects.filter(takedown=takedown, kind=step).order_by("happened_at").last()
    assert states.words(made).said == "Please think again."


def test_chase_cannot_come_before_the_request(cast, at, takedown):
    answers = {"step": "chase", "happened_at": at, "said": "And?"}
    assert states.why_not(chase, takedown, by=cast.dee, at=at, **answers) == "This is before the request was sent."


def test_chase_leaves_its_line(cast, at, takedown):
    chase(takedown, by=cast.harriet, at=at + states.DAY, step="helpline", happened_at=at + states.DAY, said="Rang.")
    facts = {"step": "helpline", "takedown": takedown.ref}
    assert states.last_line(takedown) == ("takedown.chased", cast.harriet.pk, at + states.DAY, facts)


def test_chase_waits_for_the_threshold_question_when_it_opens_later(cast, at):
    takedown = states.requested(cast, at=at)
    later = at + states.DAY
    more = {"code": "PUPIL_CONTACT", "direction": "staff_act", "reason": "Messages to a pupil came to light."}
    triage(takedown.record.concern, by=cast.dee, at=later, **more)
    answers = {"happened_at": later, "said": "And?"}
    words = (
        "Nothing may go to the person this is about, or to the platform, while the threshold question is open, "
        "unless harm cannot wait: then say why."
    )
    takedown = Takedown.objects.get()
    assert states.why_not(chase, takedown, by=cast.dee, at=later, step="request", **answers) == words
    chase(takedown, by=cast.dee, at=later, step="helpline", **answers)
    urgent = {"cannot_wait": "yes", "cannot_wait_reason": "It says where she lives."}
    chase(Takedown.objects.get(), by=cast.dee, at=later, step="request", **answers | urgent)


@pytest.mark.parametrize("urgent", [{}, {"cannot_wait": "yes", "cannot_wait_reason": "Many can read it."}])
def test_chase_asks_nothing_of_our_own_staff_while_a_disclosure_waits(cast, at, urgent):
    """Neither as the policy calls it nor as it is triaged later, and whatever the hurry."""
    cannot_wait = {"cannot_wait": "yes", "cannot_wait_reason": "Many can read it."}
    concern = states.answered(cast, at=at, code="CONFID")
    asked = {"link": Link.objects.get(), "asked_of": "own_staff", "said": "Take it down."} | cannot_wait
    takedown = request_takedown(concern, by=cast.dee, at=at + states.DAY, **asked)
    told = {"belief": "no", "union": "no", "private": "no", "public_interest": "yes", "reason": "Unsafe stairs."}
    later = at + 2 * states.DAY
    check_speech(concern, by=cast.dee, at=later, officer=cast.olu.person, **told)
    answers = {"step": "chase", "happened_at": later, "said": "Now, please."} | urgent
    assert states.why_not(chase, takedown, by=cast.dee, at=later, **answers) == OFFICER_FIRST
