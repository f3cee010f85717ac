"""Recording that a removed post is back in another place: that copy gets a request of its own, already open."""

from datetime import datetime

import pytest

from incidents.models import Link, Takedown
from incidents.workflow.reporting import add_link
from incidents.workflow.takedowns import record_another_copy
from tests import states
from tests.conftest import LONDON

pytestmark = pytest.mark.django_db


@pytest.fixture
def takedown(cast, at):
    """Seen to be gone on Monday 23 November."""
    return states.removed(cast, at=at)


def elsewhere(cast, at, takedown):
    add_link(takedown.record.concern, by=cast.dee, at=at, links=[{"platform": "TikTok", "url": "https://x.example"}])
    return {"link": Link.objects.get(platform="TikTok"), "happened_at": at + states.DAY, "said": "Another account."}


def test_record_another_copy_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at, takedown):
    assert states.who_may(record_another_copy, takedown, cast, at=at) == ("dee harriet", "dot")


def test_record_another_copy_opens_a_request_of_its_own(cast, at, takedown):
    made = record_another_copy(takedown, by=cast.dee, at=at + states.DAY, **elsewhere(cast, at, takedown))
    old, new = Takedown.objects.get(pk=takedown.pk), Takedown.objects.get(pk=made.pk)
    assert (old.status, old.recheck_on) == ("removed", takedown.recheck_on)
    assert (new.status, new.asked_of, new.link.platform) == ("reappeared", "platform", "TikTok")
    assert new.chase_at == datetime(2026, 11, 26, 23, 59, 59, tzinfo=LONDON)


def test_record_another_copy_is_one_for_each_copy(cast, at, takedown):
    answers = elsewhere(cast, at, takedown)
    record_another_copy(takedown, by=cast.dee, at=at + states.DAY, **answers)
    words = "There is a request for that copy already."
    assert states.why_not(record_another_copy, takedown, by=cast.dee, at=at + states.DAY, **answers) == words


def test_record_another_copy_waits_until_it_was_gone(cast, at):
    asked = states.requested(cast, at=at)
    answers = elsewhere(cast, at, asked)
    words = "It has not been removed yet."
    assert states.why_not(record_another_copy, asked, by=cast.dee, at=at + states.DAY, **answers) == words


def test_record_another_copy_leaves_its_line(cast, at, takedown):
    made = record_another_copy(takedown, by=cast.dee, at=at + states.DAY, **elsewhere(cast, at, takedown))
    line = ("takedown.reappeared", cast.dee.pk, at + states.DAY, {"takedown": made.ref})
    assert states.last_line(takedown) == line
