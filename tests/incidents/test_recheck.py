"""Looking again: the copy is still gone, and nothing more is due."""

import pytest

from incidents.models import Exchange, Takedown
from incidents.workflow.takedowns import recheck
from tests import states

pytestmark = pytest.mark.django_db


def test_recheck_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at):
    assert states.who_may(recheck, states.removed(cast, at=at), cast, at=at) == ("dee harriet", "dot")


def test_recheck_waits_until_it_was_gone(cast, at):
    takedown = states.requested(cast, at=at)
    assert states.why_not(recheck, takedown, by=cast.dee, at=at, happened_at=at) == "It has not been removed yet."


def test_recheck_takes_it_off_the_desk_and_keeps_what_was_seen(cast, at):
    later = at + 30 * states.DAY
    recheck(states.removed(cast, at=at), by=cast.dee, at=later, happened_at=later, said="")
    takedown = Takedown.objects.get()
    assert (takedown.status, takedown.recheck_on) == ("removed", None)
    assert states.words(Exchange.objects.get(happened_at=later)).said == "Looked again: still gone."


def test_recheck_leaves_its_line(cast, at):
    later = at + 30 * states.DAY
    takedown = recheck(states.removed(cast, at=at), by=cast.dee, at=later, happened_at=later)
    assert states.last_line(takedown) == ("takedown.checked", cast.dee.pk, later, {"takedown": takedown.ref})


def test_recheck_cannot_come_before_it_was_gone(cast, at):
    takedown, early = states.removed(cast, at=at), at + 4 * states.HOUR  # asked for at noon and gone an hour later
    words = "This is before it was seen to be gone: give the day of the later look."
    assert states.why_not(recheck, takedown, by=cast.dee, at=at + states.DAY, happened_at=early, said="") == words
