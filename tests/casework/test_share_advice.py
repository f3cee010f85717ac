"""Letting one more person read legal advice: named one by one, never anyone who runs the matter or is a party to it."""

import pytest

from casework.workflow.apart import share_advice
from schools.access import Viewer, may, sees
from schools.roles import Permission
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def advice(cast, at):
    return states.advised(cast, at=at, part=states.begun(cast, at=at).part)


@pytest.fixture
def later(at):
    return at + states.DAY


def test_share_advice_is_for_whoever_asked_for_it(cast, later, advice):
    assert states.who_may(share_advice, advice, cast, at=later) == ("hugh", "")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("ivan", "Nobody who investigates, hears or decides this may read legal advice about it."),
        ("harriet", "Nobody who investigates, hears or decides this may read legal advice about it."),
        ("dot", "Dot Evans cannot read this: they are a party to it or stand aside."),
        ("sam", "Sam Field cannot read this: they are a party to it or stand aside."),
        ("hugh", "Hugh Bannerman reads it already."),
    ],
)
def test_share_advice_is_refused(cast, later, advice, who, words):
    person = getattr(cast, who).person
    assert states.why_not(share_advice, advice, by=cast.hugh, at=later, person=person, why="To know.") == words


def test_share_advice_lets_them_read_and_do_nothing_else(cast, later, advice):
    assert not sees(Viewer(cast.grace, later), advice.record)
    share_advice(advice, by=cast.hugh, at=later, person=cast.grace.person, why="She answers for the head.")
    viewer = Viewer(cast.grace, later)
    assert sees(viewer, advice.record)
    assert not may(viewer, Permission.ADVICE_TAKE, advice.record)
    assert not sees(viewer, advice.part.record)


def test_share_advice_leaves_its_line(cast, later, advice):
    share_advice(advice, by=cast.hugh, at=later, person=cast.grace.person, why="She answers for the head.")
    assert states.last_line(advice) == ("advice.shared", cast.hugh.pk, later, {"why": "She answers for the head."})
