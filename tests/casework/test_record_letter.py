"""Recording that the outcome letter was given: the days for an appeal and of a warning run from it."""

from datetime import date, timedelta

import pytest
from django.urls import get_resolver

from casework import keeping, part_page
from casework.desk import desk_of
from casework.models import Proceeding, Step
from casework.workflow.appeals import lodge_appeal
from casework.workflow.endings import record_letter
from schools.access import Viewer
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def proceeding(cast, at):
    """Heard on Monday 14 and decided on Wednesday 16 December 2026: the letter is due on Monday 21."""
    return states.decided(cast, at=at)


@pytest.fixture
def friday(at):
    """Friday 18 December 2026, two days after the decision."""
    return at + 25 * states.DAY


def given(cast, proceeding, at, **more):
    return record_letter(proceeding, by=cast.hugh, at=at, given_at=at, said="By hand.", **more)


def test_record_letter_is_for_personnel_and_the_head(cast, proceeding, friday):
    assert states.who_may(record_letter, proceeding, cast, at=friday) == ("harriet hugh", "")


def test_record_letter_starts_the_days_of_appeal_and_warning(cast, proceeding, friday):
    given(cast, proceeding, friday)
    kept = Proceeding.objects.get()
    # From Friday 18 December: 21 to 24 are 1 to 4, 29 to 31 are 5 to 7, Monday 4 to Wednesday 6 January are 8 to 10.
    assert (kept.letter_given_at, kept.appeal_until_on) == (friday, date(2027, 1, 6))
    assert kept.live_until_on == date(2027, 12, 18)
    # A final warning is kept eighteen months from when it was given.
    assert keeping.fate(kept.part, today=friday.date()).fate.due_on == date(2028, 6, 18)
    (step,) = Step.objects.filter(kind="letter")
    assert states.words(step).said == "By hand."


def test_record_letter_later_than_its_day_needs_a_reason(cast, proceeding, friday):
    too_late = friday + timedelta(days=4)
    words = "It was to be given by Monday 21 December 2026: say why it was late."
    answers = {"by": cast.hugh, "at": too_late, "given_at": too_late, "said": "By post."}
    assert states.why_not(record_letter, proceeding, **answers) == words
    given(cast, proceeding, too_late, missed_reason="He was away.")
    (step,) = Step.objects.filter(kind="letter")
    assert states.words(step).missed_reason == "He was away."


def test_record_letter_on_its_day_is_in_time(cast, proceeding, friday):
    assert given(cast, proceeding, friday + timedelta(days=3)).letter_given_at == friday + timedelta(days=3)


def test_record_letter_is_not_before_the_decision(cast, proceeding, friday):
    answers = {"by": cast.hugh, "at": friday, "given_at": friday - timedelta(days=3), "said": "By hand."}
    words = "This is before the outcome was decided."
    assert states.why_not(record_letter, proceeding, **answers) == words


def test_record_letter_is_done_once(cast, proceeding, friday):
    given(cast, proceeding, friday)
    answers = {"by": cast.hugh, "at": friday, "given_at": friday, "said": "Again."}
    assert states.why_not(record_letter, proceeding, **answers) == "The letter was given already."


def test_record_letter_of_no_action_starts_no_appeal(cast, at):
    later = at + 3 * states.DAY
    kept = given(cast, states.no_case(cast, at=at), later)
    assert (kept.appeal_until_on, kept.live_until_on) == (None, None)


def test_record_letter_leaves_the_desk_and_the_next_steps(cast, proceeding, friday):
    def waiting(proceeding, at):
        get_resolver().url_patterns  # noqa: B018  (the addresses on a desk are those of the pages)
        tasks = {task.what for task in desk_of(Viewer(cast.hugh, at)).tasks}
        steps = [step.what for step in part_page.steps_of(proceeding.part, proceeding, [], today=at.date())]
        return "Give the outcome letter" in tasks, steps

    overdue = friday + timedelta(days=4)
    at_last = "Close this part, once the letter is given and no appeal can come"
    assert waiting(proceeding, overdue) == (True, ["Give the outcome letter", at_last])
    then = ["Record an appeal, if one comes", "Close this part, once the last day for an appeal has passed"]
    assert waiting(given(cast, proceeding, friday), overdue) == (False, then)


def test_record_letter_ends_with_the_last_day_for_an_appeal(cast, proceeding, friday):
    kept = given(cast, proceeding, friday)
    get_resolver().url_patterns  # noqa: B018  (the addresses of steps are those of the pages)
    steps = {day: part_page.steps_of(kept.part, kept, [], today=date(2027, 1, day)) for day in (6, 7)}
    assert next(step.what for step in steps[6]) == "Record an appeal, if one comes"
    assert [step.what for step in steps[7]] == ["Close this part"]


def test_until_the_letter_is_given_there_is_no_last_day_for_an_appeal(cast, proceeding, friday):
    """Acas Code, 18 and 26: the person appeals against what they were told in writing."""
    assert proceeding.appeal_until_on is None
    months_later = friday + 90 * states.DAY
    appeal = {"lodged_at": months_later, "grounds": "Nobody told me.", "appeal_officer": cast.grace.person}
    assert lodge_appeal(proceeding, by=cast.hugh, at=months_later, **appeal).status == "appealed"


def test_record_letter_is_still_done_after_an_appeal(cast, at, friday):
    appealed = states.appealed(cast, at=at)
    kept = given(cast, appealed, friday)
    assert (kept.status, kept.letter_given_at, kept.appeal_until_on) == ("appealed", friday, None)


def test_record_letter_waits_for_the_outcome(cast, at):
    found, later = states.found(cast, at=at), at + 23 * states.DAY
    answers = {"by": cast.hugh, "at": later, "given_at": later, "said": "By hand."}
    assert states.why_not(record_letter, found, **answers) == "The outcome has not been decided yet."


def test_record_letter_leaves_its_line(cast, proceeding, friday):
    assert states.last_line(given(cast, proceeding, friday)) == ("letter.given", cast.hugh.pk, friday, {})
