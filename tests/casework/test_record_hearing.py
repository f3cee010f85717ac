"""Recording the hearing: who was there and what was said; nothing has been decided."""

from datetime import date

import pytest

from casework.models import Allegation, Proceeding, Step
from casework.workflow.proceedings import arrange_hearing, decide_outcome, record_finding, record_hearing
from tests import states

pytestmark = pytest.mark.django_db


def test_record_hearing_is_for_personnel_the_head_and_the_investigator(cast, at):
    proceeding = states.arranged(cast, at=at)
    assert states.who_may(record_hearing, proceeding, cast, at=at + 21 * states.DAY) == ("harriet hugh ivan", "")


def test_record_hearing_keeps_what_was_said_and_decides_nothing(cast, at):
    states.heard(cast, at=at)
    proceeding = Proceeding.objects.get()
    assert (proceeding.status, proceeding.outcome, proceeding.decided_at) == ("heard", "", None)
    assert states.words(Step.objects.get(kind="hearing")).said == "All were there."


def test_record_hearing_waits_until_it_is_arranged(cast, at):
    answers = {"happened_at": at, "said": "All were there."}
    words = "This cannot be done now: it stands at “Investigation finished”."
    proceeding = states.investigated(cast, at=at)
    assert states.why_not(record_hearing, proceeding, by=cast.hugh, at=at + states.DAY, **answers) == words


def test_record_hearing_leaves_its_line(cast, at):
    proceeding = states.heard(cast, at=at)
    assert states.last_line(proceeding) == ("hearing.recorded", cast.hugh.pk, at + 21 * states.DAY, {})


def test_record_hearing_before_the_notice_ran_out_needs_a_reason(cast, at):
    # Notice on Monday 23 November, hearing on Monday 14 December. The tenth working day is Monday 7 December: 24 to 27
    # are 1 to 4, 30 to 4 December are 5 to 9.
    proceeding, held_at = states.arranged(cast, at=at), at + 14 * states.DAY
    answers = {"happened_at": held_at, "said": "All were there."}
    words = "The notice had not run out: not until after Monday 7 December 2026 without a reason."
    assert states.why_not(record_hearing, proceeding, by=cast.hugh, at=held_at, **answers) == words
    record_hearing(proceeding, by=cast.hugh, at=held_at, **answers, missed_reason="He asked for it.")
    step = Step.objects.get(kind="hearing")
    assert (states.words(step).missed_reason, step.why_missed) == ("He asked for it.", "Reason for short notice")


def test_record_hearing_on_the_short_day_that_was_arranged_needs_no_second_reason(cast, at):
    short = {"notice_given_at": at + 8 * states.HOUR, "hearing_at": at + 14 * states.DAY, "companion_told": "yes"}
    proceeding = states.investigated(cast, at=at)
    arrange_hearing(proceeding, by=cast.hugh, at=at + 8 * states.HOUR, **short, missed_reason="He asked for it.")
    held = {"happened_at": at + 14 * states.DAY, "said": "All were there."}
    assert record_hearing(proceeding, by=cast.hugh, at=at + 14 * states.DAY, **held).status == "heard"


def test_record_hearing_comes_after_its_notice(cast, at):
    words = "This is before notice of the hearing was given."
    proceeding, answers = states.arranged(cast, at=at), {"happened_at": at, "said": "All were there."}
    assert states.why_not(record_hearing, proceeding, by=cast.hugh, at=at + states.DAY, **answers) == words


def test_the_outcome_letter_is_counted_from_the_day_on_which_the_hearing_was_held(cast, at):
    held_at = at + 15 * states.DAY  # Tuesday 8 December, a week before the day arranged
    proceeding = states.arranged(cast, at=at)
    record_hearing(proceeding, by=cast.hugh, at=held_at, happened_at=held_at, said="All were there.")
    (allegation,) = Allegation.objects.filter(record=proceeding.record)
    findings = [{"allegation": allegation, "finding": "proved", "reason": "He said so."}]
    record_finding(proceeding, by=cast.harriet, at=held_at, findings=findings)
    decide_outcome(proceeding, by=cast.harriet, at=held_at, outcome="first_written_warning", reason="A first time.")
    # Five working days: 9 to 11 are 1 to 3, Monday 14 is 4, Tuesday 15 is 5.
    kept = Proceeding.objects.get()
    assert (kept.hearing_at, kept.letter_due_on) == (held_at, date(2026, 12, 15))
