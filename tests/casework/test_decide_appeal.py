"""Deciding an appeal: by the person who heard it; it stays, becomes less or falls away, and is never made worse."""

from datetime import date

import pytest

from casework import keeping
from casework.models import Part, Proceeding, Step
from casework.workflow.appeals import decide_appeal
from casework.workflow.endings import record_letter
from casework.workflow.parts import close_part
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard_at(at):
    """Tuesday 12 January 2027."""
    return at + 50 * states.DAY


@pytest.fixture
def proceeding(cast, at):
    return states.appealed(cast, at=at)


def result(heard_at, **more):
    return {"heard_at": heard_at, "result": "rejected", "reason": "Nothing new was said."} | more


def why_not(cast, on, proceeding, *, by=None, **more):
    return states.why_not(decide_appeal, proceeding, by=by or cast.grace, at=on, **(result(on) | more))


def until(on: date):
    found = keeping.fate(Part.objects.get(), today=on)
    return found.fate.due_on, found.fate.rule, list(found.blocked_by)


def test_decide_appeal_is_for_the_person_who_hears_it(cast, heard_at, proceeding):
    assert states.who_may(decide_appeal, proceeding, cast, at=heard_at) == ("grace harriet", "")
    words = "Only Grace Adeyemi, who hears the appeal, decides it."
    assert why_not(cast, heard_at, proceeding, by=cast.harriet) == words


def test_decide_appeal_that_is_heard_late_needs_a_reason(cast, at, proceeding):
    late = at + 58 * states.DAY
    assert why_not(cast, late, proceeding) == "It was to be heard by Tuesday 19 January 2027: say why it was late."
    decide_appeal(proceeding, by=cast.grace, at=late, **result(late, missed_reason="Snow."))
    assert states.words(Step.objects.get(kind="appeal_outcome")).missed_reason == "Snow."


def test_decide_appeal_comes_after_it_was_lodged(cast, at, heard_at, proceeding):
    assert why_not(cast, heard_at, proceeding, heard_at=at) == "This is before the appeal was lodged."


WORSE = "An appeal never makes it worse: choose a lesser outcome, or let the decision stand."
ONLY_IN_PART = "Only an appeal that is upheld in part puts another outcome in its place."


@pytest.mark.parametrize(
    ("first", "came_of_it", "then", "words"),
    [
        ("first_written_warning", "upheld_in_part", "final_written_warning", WORSE),
        ("first_written_warning", "upheld_in_part", "summary_dismissal", WORSE),
        ("final_written_warning", "upheld_in_part", "final_written_warning", WORSE),
        ("final_written_warning", "upheld_in_part", "", "Say which lesser outcome takes its place."),
        ("final_written_warning", "rejected", "first_written_warning", ONLY_IN_PART),
        ("final_written_warning", "upheld_in_full", "first_written_warning", ONLY_IN_PART),
    ],
)
def test_decide_appeal_never_makes_it_worse(cast, at, heard_at, first, came_of_it, then, words):
    proceeding = states.appealed(cast, at=at, outcome=first)
    assert why_not(cast, heard_at, proceeding, result=came_of_it, outcome=then) == words
    assert Proceeding.objects.get().outcome == first


def test_decide_appeal_rejected_changes_nothing(cast, heard_at, proceeding):
    decide_appeal(proceeding, by=cast.grace, at=heard_at, **result(heard_at))
    kept = Proceeding.objects.get()
    assert (kept.status, kept.appeal_result, kept.outcome) == ("final", "rejected", "final_written_warning")
    # A final warning of 16 December 2026: eighteen months.
    assert until(heard_at.date()) == (date(2028, 6, 16), "RET-WARN-F", [])


def test_decide_appeal_upheld_in_part_makes_it_less_from_the_first_day(cast, heard_at, proceeding):
    lesser = result(heard_at, result="upheld_in_part", outcome="first_written_warning")
    decide_appeal(proceeding, by=cast.grace, at=heard_at, **lesser)
    kept = Proceeding.objects.get()
    assert (kept.outcome, kept.outcome_before_appeal) == ("first_written_warning", "final_written_warning")
    assert (kept.appeal_decided_at, kept.part.outcome) == (heard_at, "first_written_warning")
    # Twelve months from the first letter, 16 December 2026; kept six months, and not weeded while it counts.
    assert kept.live_until_on == date(2027, 12, 16)
    assert until(heard_at.date()) == (date(2027, 12, 16), "RET-WARN-1", [])


def test_decide_appeal_upheld_in_full_leaves_no_warning(cast, heard_at, proceeding):
    decide_appeal(proceeding, by=cast.grace, at=heard_at, **result(heard_at, result="upheld_in_full"))
    kept = Proceeding.objects.get()
    assert (kept.outcome, kept.live_until_on) == ("no_action", None)
    # Concluded on 12 January 2027: twelve months.
    assert until(heard_at.date()) == (date(2028, 1, 12), "RET-DISC-NFA", [])


def test_after_the_appeal_the_part_can_be_closed(cast, heard_at, proceeding):
    final = decide_appeal(proceeding, by=cast.grace, at=heard_at, **result(heard_at))
    letter = {"given_at": heard_at, "said": "By hand.", "missed_reason": "The post lost it."}
    record_letter(final, by=cast.hugh, at=heard_at, **letter)
    assert close_part(Part.objects.get(), by=cast.hugh, at=heard_at, reason="The appeal was heard.").status == "closed"


def test_decide_appeal_is_done_once(cast, heard_at, proceeding):
    decide_appeal(proceeding, by=cast.grace, at=heard_at, **result(heard_at))
    assert why_not(cast, heard_at, proceeding) == "This cannot be done now: it stands at “Decided on appeal”."


def test_decide_appeal_leaves_its_line(cast, heard_at, proceeding):
    decide_appeal(proceeding, by=cast.grace, at=heard_at, **result(heard_at))
    facts = {"result": "rejected", "outcome": "final_written_warning"}
    assert states.last_line(proceeding) == ("appeal.decided", cast.grace.pk, heard_at, facts)
