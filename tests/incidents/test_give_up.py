"""Giving a takedown up: with a reason, nothing more is due, and it can be taken up again."""

from datetime import datetime

import pytest
from django.urls import get_resolver

from casework.desk import desk_of
from incidents.models import Exchange, Takedown
from incidents.workflow.takedowns import chase, give_up, log_reply
from schools.access import Viewer
from tests import states
from tests.conftest import LONDON

pytestmark = pytest.mark.django_db
WHY = "The platform refused for good, and the regulator does not take it up."


@pytest.fixture
def takedown(cast, at):
    """Asked for on Monday and refused on Tuesday."""
    asked, tuesday = states.requested(cast, at=at), at + states.DAY
    return log_reply(asked, by=cast.dee, at=tuesday, answer="refused", happened_at=tuesday, said="No.")


def due_on_desk(cast, at, takedown):
    get_resolver().url_patterns  # noqa: B018  (the addresses on a desk are those of the pages)
    return [task.what for task in desk_of(Viewer(cast.dee, at)).tasks if task.ref == takedown.ref]


def test_give_up_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at, takedown):
    assert states.who_may(give_up, takedown, cast, at=at + states.DAY) == ("dee harriet", "dot")


def test_give_up_takes_a_final_refusal_off_the_desk(cast, at, takedown):
    friday = at + 4 * states.DAY
    assert due_on_desk(cast, friday, takedown) == ["Chase a takedown"]
    give_up(takedown, by=cast.dee, at=friday, reason=WHY)
    kept = Takedown.objects.get()
    assert (kept.status, kept.chase_at, kept.recheck_on) == ("ended", None, None)
    assert states.words(Exchange.objects.get(kind="ended")).said == WHY
    assert due_on_desk(cast, friday, takedown) == []


def test_give_up_is_not_for_what_is_gone(cast, at):
    gone = states.removed(cast, at=at)
    words = "This cannot be done now: it stands at “Gone”."
    assert states.why_not(give_up, gone, by=cast.dee, at=at + states.DAY, reason=WHY) == words


def test_give_up_can_be_taken_up_again_by_a_chase(cast, at, takedown):
    thursday = at + 3 * states.DAY
    given_up = give_up(takedown, by=cast.dee, at=at + states.DAY, reason=WHY)
    chase(given_up, by=cast.dee, at=thursday, step="appeal", happened_at=thursday, said="There is a new rule.")
    kept = Takedown.objects.get()
    # The end of the second working day after Thursday: Monday.
    assert (kept.status, kept.chase_at) == ("requested", datetime(2026, 11, 30, 23, 59, 59, tzinfo=LONDON))


def test_give_up_leaves_its_line(cast, at, takedown):
    give_up(takedown, by=cast.harriet, at=at + 2 * states.DAY, reason=WHY)
    facts = {"takedown": takedown.ref}
    assert states.last_line(takedown) == ("takedown.ended", cast.harriet.pk, at + 2 * states.DAY, facts)
