"""Taking a concern back into a case that somebody else opened again, who could not decide this concern."""

import pytest

from casework.desk import desk_of
from casework.workflow.cases import join_case, reopen_case, take_back
from incidents.models import Concern
from incidents.workflow.takedowns import record_reappearance
from schools.access import Viewer
from tests import states
from tests.access.browsing import address

pytestmark = pytest.mark.django_db
TASK = "Take a concern back into its case"


def with_one_about_dee(cast, at, concern):
    """A closed case of a concern and of a second, about the safeguarding lead, which Harriet joined to it."""
    case = states.opened(concern, cast, at=at)
    second = states.about_dee(cast, at=at)
    join_case(second, by=cast.harriet, at=at, case=case)
    states.closed_of(case, cast, at=at + states.DAY)
    return case, second


@pytest.fixture
def left(cast, at):
    case, second = with_one_about_dee(cast, at, states.settled(states.answered(cast, at=at), cast, at=at))
    reopen_case(case, by=cast.dee, at=at + 2 * states.DAY, reason="A second class was in the picture.")
    return Concern.objects.get(pk=second.pk)


def test_take_back_is_for_the_head_and_for_whoever_takes_over_from_the_lead(cast, at, left):
    assert states.who_may(take_back, left, cast, at=at + 3 * states.DAY) == ("dot harriet", "")


def test_a_concern_left_finished_is_on_the_desk_of_whoever_may_take_it_back(cast, at, left):
    where = address(left, "take-back")
    for name, user in cast.everyone().items():
        tasks = desk_of(Viewer(user, at + 3 * states.DAY)).tasks
        found = [task.url for task in tasks if task.what == TASK]
        assert found == ([where] if name in ("dot", "harriet") else []), name


def test_take_back_opens_it_and_leaves_its_line(cast, at, left):
    later = at + 3 * states.DAY
    done = take_back(left, by=cast.harriet, at=later)
    assert (done.status, done.finished_at) == ("in_case", None)
    verb, by, when, facts = states.last_line(left)
    assert (verb, by, when, list(facts)) == ("concern.taken_back", cast.harriet.pk, later, ["case"])
    assert states.why_not(take_back, left, by=cast.harriet, at=later) == "It opens again with its case."


def test_a_post_that_is_back_takes_back_no_concern_about_whoever_says_so(cast, at):
    concern = states.settled(states.about_nobody_here(cast, at=at), cast, at=at)
    takedown = states.removed(cast, at=at, concern=concern)
    case, second = with_one_about_dee(cast, at, concern)
    seen_at = at + 2 * states.DAY
    record_reappearance(takedown, by=cast.dee, at=seen_at, happened_at=seen_at, said="There again.")
    assert Concern.objects.get(pk=concern.pk).status == "in_case"
    assert Concern.objects.get(pk=second.pk).status == "finished"
    assert states.last_line(case)[0] == "case.reopened"
