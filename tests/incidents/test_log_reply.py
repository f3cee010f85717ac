"""Logging a reply: a refusal changes the stage; being told that it is gone does not, for somebody looks first."""

from datetime import date

import pytest

from incidents.models import Exchange, Takedown
from incidents.workflow.takedowns import give_up, log_reply
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def takedown(cast, at):
    """Asked for at noon."""
    return states.requested(cast, at=at)


def test_log_reply_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at, takedown):
    assert states.who_may(log_reply, takedown, cast, at=at) == ("dee harriet", "dot")


@pytest.mark.parametrize(
    ("answer", "status"), [("waiting", "requested"), ("refused", "refused"), ("says_removed", "requested")]
)
def test_log_reply_changes_the_stage_only_when_it_is_refused(cast, at, takedown, answer, status):
    log_reply(takedown, by=cast.dee, at=at + states.DAY, answer=answer, happened_at=at + states.DAY, said="A mail.")
    assert Takedown.objects.get().status == status
    step = Exchange.objects.get(takedown=takedown, kind="reply")
    assert (step.happened_at, states.words(step).said) == (at + states.DAY, "A mail.")


def test_log_reply_cannot_come_before_the_request(cast, at, takedown):
    answers = {"answer": "refused", "happened_at": at + 3 * states.HOUR, "said": "No."}
    words = "This is before the request was sent."
    assert states.why_not(log_reply, takedown, by=cast.dee, at=at + states.DAY, **answers) == words


def test_log_reply_leaves_its_line(cast, at, takedown):
    log_reply(takedown, by=cast.dee, at=at + states.DAY, answer="refused", happened_at=at + states.DAY, said="No.")
    facts = {"answer": "refused", "takedown": takedown.ref}
    assert states.last_line(takedown) == ("takedown.answered", cast.dee.pk, at + states.DAY, facts)


def test_log_reply_that_comes_late_leaves_the_look_at_what_is_gone(cast, at):
    takedown = states.removed(cast, at=at)  # on Monday 23 November; thirty days later is Wednesday 23 December
    late = at + states.DAY
    log_reply(takedown, by=cast.dee, at=late, answer="refused", happened_at=late, said="We will not.")
    kept = Takedown.objects.get()
    assert (kept.status, kept.recheck_on) == ("removed", date(2026, 12, 23))


def test_log_reply_that_comes_late_makes_nothing_of_what_was_given_up(cast, at, takedown):
    give_up(takedown, by=cast.dee, at=at + states.DAY, reason="Nobody answers.")
    late = at + 2 * states.DAY
    log_reply(takedown, by=cast.dee, at=late, answer="refused", happened_at=late, said="We will not.")
    assert Takedown.objects.get().status == "ended"
