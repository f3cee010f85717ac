"""Opening a finished concern again: with a reason, or because a post is back; never round its case."""

import pytest

from incidents.models import Concern, Takedown
from incidents.workflow.takedowns import record_reappearance
from incidents.workflow.triage import finish_concern, reopen_concern
from tests import states

pytestmark = pytest.mark.django_db
NEW = "Two more parents have seen it."


@pytest.fixture
def concern(cast, at):
    return states.finished(cast, at=at)


def test_reopen_concern_is_for_the_leads(cast, at, concern):
    assert states.who_may(reopen_concern, concern, cast, at=at + states.DAY) == ("dee dot harriet", "")


def test_reopen_concern_is_for_a_finished_one(cast, at):
    words = "This cannot be done now: it stands at “Triaged”."
    concern = states.about_nobody_here(cast, at=at)
    assert states.why_not(reopen_concern, concern, by=cast.dee, at=at + states.DAY, reason=NEW) == words


def test_reopen_concern_never_goes_round_its_case(cast, at):
    case = states.closed(cast, at=at)
    words = "It was finished with its case: it opens again with the case."
    concern = case.record.concern
    assert states.why_not(reopen_concern, concern, by=cast.dee, at=at + states.DAY, reason=NEW) == words


def test_reopen_concern_can_be_finished_again(cast, at, concern):
    later = at + states.DAY
    reopen_concern(concern, by=cast.dee, at=later, reason=NEW)
    kept = Concern.objects.get()
    assert (kept.status, kept.outcome, kept.finished_at, kept.stage) == ("triaged", "", None, "being dealt with")
    assert states.words(kept).outcome_reason == ""
    finish_concern(kept, by=cast.dee, at=later, outcome="reply_or_meet", reason="We met them.")
    assert Concern.objects.get().outcome == "reply_or_meet"


def test_a_post_that_is_back_opens_a_finished_concern_again(cast, at):
    concern = states.settled(states.about_nobody_here(cast, at=at), cast, at=at)
    states.removed(cast, at=at, concern=concern)
    answers = {"outcome": "no_further_action", "reason": "It is gone."}
    finish_concern(concern, by=cast.dee, at=at + 6 * states.HOUR, **answers)
    seen_at = at + 8 * states.DAY
    record_reappearance(Takedown.objects.get(), by=cast.dee, at=seen_at, happened_at=seen_at, said="There again.")
    assert Concern.objects.get().status == "triaged"
    assert states.last_line(concern)[0] == "takedown.reappeared"


def test_reopen_concern_leaves_its_line(cast, at, concern):
    reopen_concern(concern, by=cast.dee, at=at + states.DAY, reason=NEW)
    assert states.last_line(concern) == ("concern.reopened", cast.dee.pk, at + states.DAY, {"why": NEW})
