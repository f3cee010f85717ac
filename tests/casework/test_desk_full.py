"""A desk on which more waits than it shows at once: what presses is not crowded out by what is only older."""

import pytest
from django.urls import get_resolver

from casework import desk
from schools.access import Viewer
from tests import states
from tests.access.browsing import LONG_AGO

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture(autouse=True)
def _of_each_kind_one(monkeypatch):
    get_resolver().url_patterns  # noqa: B018  (the addresses on a desk are those of the pages)
    monkeypatch.setattr(desk, "MOST", 1)


def asked_of(user, cast, what: str) -> list[str]:
    return [task.ref for task in desk.desk_of(Viewer(user, cast.now)).tasks if task.what == what]


def test_the_threshold_question_waits_behind_no_older_concern_in_which_it_is_not_asked(cast):
    at = cast.now - LONG_AGO
    for _ in range(4):
        states.opened(states.about_nobody_here(cast, at=at), cast, at=at)
    concern = states.triaged(cast, at=at + states.DAY)
    assert asked_of(cast.harriet, cast, "Answer the threshold question") == [concern.ref]


def test_telling_the_ico_waits_behind_no_older_part(cast):
    at = cast.now - LONG_AGO
    case = states.in_case(cast, at=at)
    for _ in range(4):
        states.part(cast, at=at, case=case)
    breach = states.breach(cast, at=at + states.DAY)
    assert asked_of(cast.priya, cast, "Decide whether the ICO is told") == [breach.ref]
