"""Telling the Information Commissioner or not: within 72 hours or with a reason, and a breach is not closed over it."""

from datetime import datetime, timedelta

import pytest
from django.urls import get_resolver

from casework.desk import desk_of
from casework.models import IcoStep
from casework.workflow.breaches import decide_ico, ico_due_at
from casework.workflow.cases import join_case
from casework.workflow.parts import close_part
from schools.access import Viewer
from tests import states
from tests.conftest import LONDON

pytestmark = pytest.mark.django_db
TOLD = {"decision": "told", "reason": "Medical needs of six children.", "outside_reference": "IC-0001"}


@pytest.fixture
def part(cast, at):
    return states.breach(cast, at=at)


def test_decide_ico_is_for_the_data_protection_officer_and_the_head(cast, at, part):
    assert states.who_may(decide_ico, part, cast, at=at + states.DAY) == ("harriet priya", "")


def test_decide_ico_is_about_a_breach(cast, at):
    other = states.part(cast, at=at)
    words = "Only a data breach is put to the ICO."
    assert states.why_not(decide_ico, other, by=cast.harriet, at=at + states.DAY, **TOLD) == words


def test_decide_ico_after_72_hours_says_why(cast, at, part):
    # First known on Monday 23 November at 08:00: Thursday 26 November at 08:00.
    due = datetime(2026, 11, 26, 8, 0, tzinfo=LONDON)
    late = due + timedelta(minutes=1)
    words = "It was due by 08:00 on Thursday 26 November 2026: the law asks why it was later."
    assert states.why_not(decide_ico, part, by=cast.priya, at=late, **TOLD) == words
    decide_ico(part, by=cast.priya, at=late, **TOLD, late_reason="The list was found on Wednesday.")
    step = IcoStep.objects.get()
    assert (step.kind, step.happened_at, step.due_at, step.decided_by) == ("told", late, due, cast.priya.person)
    assert states.words(step).late_reason == "The list was found on Wednesday."


def test_decide_ico_is_not_before_anyone_knew(cast, at, part):
    # First known on Monday 23 November at 08:00.
    words = "This is before anyone here knew of the breach: say when the ICO was told."
    told = TOLD | {"happened_at": at - timedelta(minutes=1)}
    assert states.why_not(decide_ico, part, by=cast.priya, at=at + states.DAY, **told) == words


def test_decide_ico_that_it_is_not_told_needs_no_hour_and_may_become_told(cast, at, part):
    late = at + 9 * states.DAY
    decide_ico(part, by=cast.priya, at=late, decision="not_told", reason="Deleted unread.")
    assert IcoStep.objects.get().kind == "not_told"
    decide_ico(part, by=cast.priya, at=late, **TOLD, late_reason="It had been copied.")
    words = "The ICO has been told already: tell it more."
    assert states.why_not(decide_ico, part, by=cast.priya, at=late, **TOLD) == words


def test_the_breach_waits_on_the_desk_of_the_officer_until_it_is_decided(cast, at, part):
    get_resolver().url_patterns  # noqa: B018  (the addresses on a desk are those of the pages)
    later = at + states.DAY
    (task,) = [one for one in desk_of(Viewer(cast.priya, later)).tasks if one.what == "Decide whether the ICO is told"]
    assert (task.due, task.basis) == (datetime(2026, 11, 26, 8, 0, tzinfo=LONDON), "statute")
    decide_ico(part, by=cast.priya, at=later, **TOLD)
    assert not [one for one in desk_of(Viewer(cast.priya, later)).tasks if one.what == task.what]


def test_a_breach_is_not_closed_before_it_is_decided_nor_before_the_answer(cast, at, part):
    later = at + states.DAY
    words = "Decide first whether the ICO is told."
    assert states.why_not(close_part, part, by=cast.priya, at=later, reason="Over.") == words
    decide_ico(part, by=cast.priya, at=later, **TOLD)
    words = "The ICO has not answered yet."
    assert states.why_not(close_part, part, by=cast.priya, at=later, reason="Over.") == words


def test_decide_ico_leaves_its_line(cast, at, part):
    decide_ico(part, by=cast.priya, at=at + states.DAY, **TOLD)
    assert states.last_line(part) == ("ico.decided", cast.priya.pk, at + states.DAY, {"decision": "told"})


def test_the_72_hours_begin_with_the_breach_and_not_with_another_matter_of_the_case(cast, at, part):
    week_before = at - 7 * states.DAY
    abuse = states.about_nobody_here(cast, at=at, first_known_at=week_before)
    join_case(abuse, by=cast.dee, at=at + states.DAY, case=part.case)
    # The breach was first known on Monday 23 November at 08:00: Thursday 26 November at 08:00.
    assert ico_due_at(part) == datetime(2026, 11, 26, 8, 0, tzinfo=LONDON)


def test_the_72_hours_begin_with_the_first_knowledge_where_no_concern_says_breach(cast, at):
    abuse = states.about_nobody_here(cast, at=at, first_known_at=at - states.DAY)
    part = states.part(cast, "data_breach", at=at, case=states.opened(abuse, cast, at=at))
    # Sunday 22 November at 08:00: Wednesday 25 November at 08:00.
    assert ico_due_at(part) == datetime(2026, 11, 25, 8, 0, tzinfo=LONDON)
