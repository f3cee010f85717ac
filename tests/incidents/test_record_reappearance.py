"""Recording that a post is back: only after it was gone; the request opens again and is chased."""

from datetime import datetime

import pytest

from incidents.models import Exchange, Takedown
from incidents.workflow.takedowns import confirm_removal, record_reappearance
from tests import states
from tests.conftest import LONDON

pytestmark = pytest.mark.django_db
BACK = {"said": "It is there again, under another name."}


def test_record_reappearance_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at):
    assert states.who_may(record_reappearance, states.removed(cast, at=at), cast, at=at) == ("dee harriet", "dot")


def test_record_reappearance_waits_until_it_was_gone(cast, at):
    takedown = states.requested(cast, at=at)
    words = "This cannot be done now: it stands at “Asked; no answer yet”."
    assert states.why_not(record_reappearance, takedown, by=cast.dee, at=at, happened_at=at, **BACK) == words


def test_record_reappearance_opens_the_request_again(cast, at):
    seen_at = at + 8 * states.DAY  # Tuesday
    record_reappearance(states.removed(cast, at=at), by=cast.dee, at=seen_at, happened_at=seen_at, **BACK)
    takedown = Takedown.objects.get()
    assert (takedown.status, takedown.recheck_on) == ("reappeared", None)
    assert takedown.chase_at == datetime(2026, 12, 3, 23, 59, 59, tzinfo=LONDON)  # Thursday
    assert states.words(Exchange.objects.get(kind="reappeared")).said == "It is there again, under another name."
    gone_at = seen_at + states.DAY
    confirm_removal(takedown, by=cast.dee, at=gone_at, happened_at=gone_at, said="Gone again.")
    assert Takedown.objects.get().status == "removed"


def test_record_reappearance_leaves_its_line(cast, at):
    seen_at = at + 8 * states.DAY
    takedown = record_reappearance(states.removed(cast, at=at), by=cast.dee, at=seen_at, happened_at=seen_at, **BACK)
    line = ("takedown.reappeared", cast.dee.pk, seen_at, {"takedown": takedown.ref})
    assert states.last_line(takedown) == line
