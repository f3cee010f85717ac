"""Deciding the outcome: by the person who heard it; nothing found, no sanction; letter and appeal are counted."""

from datetime import date

import pytest

from casework.models import Part, Proceeding
from casework.workflow.proceedings import decide_outcome
from schools.roles import Role
from tests import factories, states

pytestmark = pytest.mark.django_db


def later(at):
    """Wednesday 16 December 2026."""
    return at + 23 * states.DAY


def decided(cast, at, outcome="first_written_warning", **more):
    proceeding = states.found(cast, at=at, **more)
    return decide_outcome(proceeding, by=cast.harriet, at=later(at), outcome=outcome, reason="A first time.")


def test_decide_outcome_is_for_the_head_who_heard_it(cast, at):
    assert states.who_may(decide_outcome, states.found(cast, at=at), cast, at=later(at)) == ("harriet", "")


def test_decide_outcome_is_not_for_another_head(cast, at):
    second = factories.member(cast.oakfield, "Vera Holt", Role.HEAD_OF_SCHOOL, at=at)
    answers = {"outcome": "no_action", "reason": "Kind."}
    words = "Only Harriet Lowe, who heard it, decides."
    assert states.why_not(decide_outcome, states.found(cast, at=at), by=second, at=later(at), **answers) == words


@pytest.mark.parametrize(
    "outcome",
    [
        "first_written_warning",
        "final_written_warning",
        "action_short_of_dismissal",
        "dismissal_with_notice",
        "summary_dismissal",
    ],
)
def test_decide_outcome_gives_no_sanction_where_nothing_was_found(cast, at, outcome):
    proceeding = states.found(cast, at=at, finding="not_proved")
    answers = {"outcome": outcome, "reason": "All the same."}
    words = "Nothing was found, so there can be no sanction."
    assert states.why_not(decide_outcome, proceeding, by=cast.harriet, at=later(at), **answers) == words


@pytest.mark.parametrize("outcome", ["no_action", "management_guidance"])
def test_decide_outcome_without_a_sanction_needs_nothing_found(cast, at, outcome):
    proceeding = decided(cast, at, outcome, finding="not_proved")
    assert (proceeding.status, proceeding.live_until_on) == ("decided", None)


def test_decide_outcome_counts_the_days_of_the_letter_and_how_long_a_warning_is_live(cast, at):
    decided(cast, at)
    proceeding = Proceeding.objects.get()
    assert (proceeding.status, proceeding.outcome) == ("decided", "first_written_warning")
    assert proceeding.decided_at == later(at)
    # Heard on Monday 14 December; five working days: 15 to 18 are 1 to 4, Monday 21 is 5.
    assert proceeding.letter_due_on == date(2026, 12, 21)
    assert proceeding.appeal_until_on is None  # it follows from the letter
    assert proceeding.live_until_on == date(2027, 12, 16)
    assert states.words(proceeding).outcome_reason == "A first time."
    assert Part.objects.get().outcome == "first_written_warning"


def test_decide_outcome_waits_for_the_findings(cast, at):
    answers = {"outcome": "no_action", "reason": "Kind."}
    words = "This cannot be done now: it stands at “Heard; nothing has been decided”."
    assert states.why_not(decide_outcome, states.heard(cast, at=at), by=cast.harriet, at=later(at), **answers) == words


def test_decide_outcome_leaves_its_line(cast, at):
    line = ("outcome.decided", cast.harriet.pk, later(at), {"outcome": "first_written_warning"})
    assert states.last_line(decided(cast, at)) == line
