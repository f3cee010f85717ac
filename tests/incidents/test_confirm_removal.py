"""Confirming a removal: by somebody who looked, after the request; a second look is due thirty days later."""

from datetime import date

import pytest

from incidents.models import Exchange, Takedown
from incidents.workflow.takedowns import confirm_removal
from tests import states

pytestmark = pytest.mark.django_db


def test_confirm_removal_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at):
    assert states.who_may(confirm_removal, states.requested(cast, at=at), cast, at=at) == ("dee harriet", "dot")


def test_confirm_removal_ends_the_chasing_and_sets_the_next_look(cast, at):
    takedown = Takedown.objects.get(pk=states.removed(cast, at=at).pk)
    assert (takedown.status, takedown.removed_at, takedown.chase_at) == ("removed", at + 5 * states.HOUR, None)
    assert takedown.recheck_on == date(2026, 12, 23)
    assert states.words(Exchange.objects.get(kind="removed")).said == "The page is empty."


def test_confirm_removal_cannot_come_before_the_request(cast, at):
    answers = {"happened_at": at, "said": "Gone."}
    words = "This is before the request was sent."
    assert states.why_not(confirm_removal, states.requested(cast, at=at), by=cast.dee, at=at, **answers) == words


def test_confirm_removal_is_done_once(cast, at):
    answers = {"happened_at": at + states.DAY, "said": "Gone."}
    words = "This cannot be done now: it stands at “Gone”."
    assert states.why_not(confirm_removal, states.removed(cast, at=at), by=cast.dee, at=at, **answers) == words


def test_confirm_removal_leaves_its_line(cast, at):
    takedown = states.removed(cast, at=at)
    facts = {"takedown": takedown.ref}
    assert states.last_line(takedown) == ("takedown.confirmed", cast.dee.pk, at + 5 * states.HOUR, facts)
