"""Asking that privilege in legal advice be waived: by the reader who works on it, of a second person, with a reason."""

import pytest

from casework.models import LegalAdvice
from casework.workflow.apart import share_advice
from casework.workflow.waiving import ask_to_waive_privilege
from schools.access import Viewer, may, sees
from schools.roles import Permission
from tests import states

pytestmark = pytest.mark.django_db
ASKED = {"waived_to": "the panel", "reason": "We rely on it."}
NOBODY_ELSE = "Choose another reader of the advice, or the chair or chief executive."


@pytest.fixture
def advice(cast, at):
    return states.advised(cast, at=at, part=states.begun(cast, at=at).part)


@pytest.fixture
def later(at):
    return at + states.DAY


def test_ask_to_waive_privilege_is_for_whoever_works_on_the_advice(cast, advice, later):
    share_advice(advice, by=cast.hugh, at=later, person=cast.priya.person, why="To know.")
    assert states.who_may(ask_to_waive_privilege, advice, cast, at=later + states.HOUR) == ("hugh", "")


def test_ask_to_waive_privilege_waits_for_the_advice(cast, at, later):
    asked = states.advice_asked(cast, at=at)
    why = states.why_not(ask_to_waive_privilege, asked, by=cast.hugh, at=later, second=cast.grace.person, **ASKED)
    assert why == "There is no advice yet in which privilege could be waived."


@pytest.mark.parametrize("who", ["hugh", "priya", "ivan", "harriet", "dot", "sam"])
def test_ask_to_waive_privilege_names_no_such_second_person(cast, advice, later, who):
    """Hugh asks it himself; Priya reads no advice; Ivan and Harriet run the matter; Dot saw it; it is about Sam."""
    second = getattr(cast, who).person
    why = states.why_not(ask_to_waive_privilege, advice, by=cast.hugh, at=later, second=second, **ASKED)
    assert why == NOBODY_ELSE


def test_another_reader_may_be_the_second_person(cast, advice, later):
    share_advice(advice, by=cast.hugh, at=later, person=cast.priya.person, why="To know.")
    after = later + states.HOUR
    ask_to_waive_privilege(advice, by=cast.hugh, at=after, second=cast.priya.person, **ASKED)
    assert may(Viewer(cast.priya, after), Permission.ADVICE_WAIVE, advice.record)


def test_the_second_person_reads_it_from_then_on_and_may_confirm_it_and_nothing_else(cast, advice, later):
    assert not sees(Viewer(cast.grace, later), advice.record)
    ask_to_waive_privilege(advice, by=cast.hugh, at=later, second=cast.grace.person, **ASKED)
    viewer = Viewer(cast.grace, later)
    assert may(viewer, Permission.ADVICE_WAIVE, advice.record)
    assert not may(viewer, Permission.ADVICE_TAKE, advice.record)
    kept = LegalAdvice.objects.get()
    assert (kept.waiver_asked_by, kept.waived_at) == (cast.hugh.person, None)
    assert (states.words(kept).waived_to, states.words(kept).waiver_reason) == ("the panel", "We rely on it.")


def test_ask_to_waive_privilege_is_asked_once(cast, at, later):
    advice = states.waiver_asked(cast, at=at)
    why = states.why_not(ask_to_waive_privilege, advice, by=cast.hugh, at=later, second=cast.grace.person, **ASKED)
    assert why == "It is asked already, and waits for a second person."


def test_ask_to_waive_privilege_leaves_its_line_with_the_advice_alone(cast, advice, later):
    before = states.lines(advice.part)
    ask_to_waive_privilege(advice, by=cast.hugh, at=later, second=cast.grace.person, **ASKED)
    assert states.last_line(advice) == ("advice.waiver_asked", cast.hugh.pk, later, {})
    assert states.lines(advice.part) == before
