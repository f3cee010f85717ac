"""Asking for a copy to be taken down: once for each copy and each asked; it waits while the threshold is unanswered."""

from datetime import datetime

import pytest

from incidents.models import Exchange, Link, Takedown
from incidents.workflow.takedowns import SUBJECT_WAITS, request_takedown
from incidents.workflow.triage import record_decision
from schools import notices
from schools.access import Viewer
from schools.models import Notice
from tests import states
from tests.conftest import LONDON

pytestmark = pytest.mark.django_db


def asking(concern, **more):
    link = Link.objects.get(record=concern.record)
    return {"link": link, "asked_of": "platform", "said": "Please remove this."} | more


def test_request_takedown_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at):
    assert states.who_may(request_takedown, states.answered(cast, at=at), cast, at=at) == ("dee harriet", "dot")


def test_request_takedown_waits_for_triage(cast, at):
    concern = states.read(cast, at=at)
    assert states.why_not(request_takedown, concern, by=cast.dee, at=at, **asking(concern)) == "Triage it first."


def test_request_takedown_waits_while_the_threshold_is_unanswered(cast, at):
    concern = states.triaged(cast, at=at)
    assert states.why_not(request_takedown, concern, by=cast.dee, at=at, **asking(concern)) == SUBJECT_WAITS
    hasty = asking(concern, cannot_wait="yes")
    assert states.why_not(request_takedown, concern, by=cast.dee, at=at, **hasty) == "Say why harm cannot wait."


def test_request_takedown_goes_at_once_when_harm_cannot_wait_and_says_why(cast, at):
    concern = states.triaged(cast, at=at)
    hurry = {"cannot_wait": "yes", "cannot_wait_reason": "Her address is in it."}
    takedown = request_takedown(concern, by=cast.dee, at=at, **asking(concern, **hurry))
    (step,) = Exchange.objects.filter(takedown=takedown)
    assert states.words(step).said == (
        "Please remove this.\n\nSent at once because harm could not wait: Her address is in it."
    )


def test_request_takedown_is_one_for_each_copy_and_each_asked(cast, at):
    concern = states.requested(cast, at=at).record.concern
    words = "This has been asked already for this copy: log the reply, or chase it."
    assert states.why_not(request_takedown, concern, by=cast.dee, at=at, **asking(concern)) == words
    request_takedown(concern, by=cast.dee, at=at, **asking(concern, asked_of="author"))
    assert Takedown.objects.count() == 2


def test_request_takedown_is_chased_at_the_end_of_the_second_working_day(cast, at):
    concern = states.answered(cast, at=at)
    sent_at = datetime(2026, 11, 20, 15, 0, tzinfo=LONDON)  # a Friday
    takedown = request_takedown(concern, by=cast.dee, at=at, **asking(concern, requested_at=sent_at))
    assert takedown.requested_at == sent_at
    assert takedown.chase_at == datetime(2026, 11, 24, 23, 59, 59, tzinfo=LONDON)  # Tuesday


def test_request_takedown_can_be_sent_by_the_person_harmed(cast, at):
    concern = states.answered(cast, at=at)
    takedown = request_takedown(concern, by=cast.dee, at=at, **asking(concern, submitted_by=cast.tom.person))
    assert (takedown.submitted_by, takedown.status) == (cast.tom.person, "requested")


def test_request_takedown_leaves_its_line(cast, at):
    takedown = states.requested(cast, at=at)
    facts = {"asked_of": "platform", "takedown": takedown.ref}
    assert states.last_line(takedown) == ("takedown.requested", cast.dee.pk, at + 4 * states.HOUR, facts)


SENT = "sent at once"
OWN = {"asked_of": "own_staff", "said": "Remove it by Monday at five."}
SPEECH = (
    "Record first whether this could be protected speech: a belief, union activity, a disclosure in the public "
    "interest, or private to a few. An order to remove that may itself be a wrong."
)


def test_request_takedown_of_our_own_staff_waits_for_the_check_of_speech(cast, at):
    concern = states.answered(cast, at=at)
    link, later = Link.objects.get(record=concern.record), at + states.DAY
    assert states.why_not(request_takedown, concern, by=cast.dee, at=later, link=link, **OWN) == SPEECH
    checked = {"question": "protected_speech", "answer": "no", "reason": "Four times no."}
    record_decision(concern, by=cast.harriet, at=later, **checked)
    assert request_takedown(concern, by=cast.dee, at=later, link=link, **OWN).asked_of == "own_staff"


def test_request_takedown_of_our_own_staff_goes_ahead_when_harm_cannot_wait(cast, at):
    concern = states.answered(cast, at=at)
    link, later = Link.objects.get(record=concern.record), at + states.DAY
    asked = {"link": link, "cannot_wait": "yes"} | OWN
    words = "Say why harm cannot wait."
    assert states.why_not(request_takedown, concern, by=cast.dee, at=later, **asked) == words
    assert [one.what for one in notices.waiting_for(Viewer(cast.harriet, later)) if one.what == SENT] == []
    takedown = request_takedown(concern, by=cast.dee, at=later, **asked, cannot_wait_reason="A child is found by it.")
    assert states.words(Exchange.objects.get(takedown=takedown)).said == (
        "Remove it by Monday at five.\n\nSent at once because harm could not wait: A child is found by it."
    )
    # The head, who answers for the matter, is told; nobody else is.
    assert [one.person for one in Notice.objects.filter(what=SENT)] == [cast.harriet.person]
    assert SENT in [one.what for one in notices.waiting_for(Viewer(cast.harriet, later))]


def test_request_takedown_that_waited_for_everything_tells_nobody(cast, at):
    states.requested(cast, at=at)
    assert not Notice.objects.filter(what=SENT).exists()
