"""Arranging the hearing: with the right to a companion stated, enough notice or a reason, on an open day."""

from datetime import date, datetime

import pytest
from django.urls import get_resolver

from casework import part_page
from casework.models import Proceeding, Step
from casework.workflow.proceedings import arrange_hearing
from schools.workflow.people import record_calendar
from tests import states
from tests.access.browsing import address, browser
from tests.conftest import LONDON
from tests.pages import in_order, words

pytestmark = pytest.mark.django_db
HEARING = datetime(2026, 12, 14, 10, 0, tzinfo=LONDON)  # Monday, three weeks on


@pytest.fixture
def proceeding(cast, at):
    return states.investigated(cast, at=at)


def notice(at, **more):
    return {"notice_given_at": at, "hearing_at": HEARING, "companion_told": "yes"} | more


def test_arrange_hearing_is_for_personnel_and_the_head(cast, at, proceeding):
    assert states.who_may(arrange_hearing, proceeding, cast, at=at + states.DAY) == ("harriet hugh", "")


def test_arrange_hearing_states_the_right_to_a_companion_first(cast, at, proceeding):
    words = "State the right to be accompanied first: it is the law."
    answers = notice(at, companion_told="no")
    assert states.why_not(arrange_hearing, proceeding, by=cast.hugh, at=at, **answers) == words


def test_arrange_hearing_with_short_notice_needs_a_reason(cast, at, proceeding):
    on_the_tenth_day = HEARING.replace(day=7)
    words = "The notice is too short: not until after Monday 7 December 2026 without a reason."
    answers = notice(at, hearing_at=on_the_tenth_day)
    assert states.why_not(arrange_hearing, proceeding, by=cast.hugh, at=at, **answers) == words
    arrange_hearing(proceeding, by=cast.hugh, at=at, **answers, missed_reason="He asked for an early day.")
    step = Step.objects.get(record=proceeding.record, kind="notice")
    assert states.words(step).missed_reason == "He asked for an early day."


@pytest.mark.parametrize(
    ("given_at", "hearing_at", "words"),
    [
        (
            HEARING.replace(month=11, day=22),
            HEARING,
            "This is before the proceeding was begun: say when this notice was given.",
        ),
        (HEARING, HEARING.replace(day=11), "The hearing is before its notice was given: set a later day."),
    ],
)
def test_arrange_hearing_takes_its_days_in_their_order(cast, at, proceeding, given_at, hearing_at, words):
    """The proceeding was begun on Monday 23 November 2026."""
    answers = notice(given_at, hearing_at=hearing_at, missed_reason="He agreed.")
    assert states.why_not(arrange_hearing, proceeding, by=cast.hugh, at=HEARING, **answers) == words


@pytest.mark.parametrize("day", [12, 13, 25, 28])
def test_arrange_hearing_on_a_weekend_or_bank_holiday_needs_the_reason_of_a_closed_day(cast, at, proceeding, day):
    """Saturday 12, Sunday 13 and Christmas Day; Monday 28 December 2026 is the bank holiday for Boxing Day."""
    answers = notice(at, hearing_at=HEARING.replace(day=day))
    words = "The school is closed that day: say why, and that the person has agreed."
    assert states.why_not(arrange_hearing, proceeding, by=cast.hugh, at=at, **answers) == words
    arranged = arrange_hearing(proceeding, by=cast.hugh, at=at, **answers, closure_reason="He asked for it.")
    assert arranged.hearing_at == HEARING.replace(day=day)


def test_arrange_hearing_on_the_eleventh_day_is_notice_enough(cast, at, proceeding):
    arrange_hearing(proceeding, by=cast.hugh, at=at, **notice(at, hearing_at=HEARING.replace(day=8)))
    assert Proceeding.objects.get().status == "arranged"


def test_arrange_hearing_on_a_day_the_school_is_closed_needs_a_reason(cast, at, proceeding):
    closed = {"kind": "emergency_closure", "name": "No heating", "start_on": HEARING.date(), "end_on": HEARING.date()}
    record_calendar(cast.oakfield, by=cast.ada, at=at, days=[closed])
    words = "The school is closed that day: say why, and that the person has agreed."
    assert states.why_not(arrange_hearing, proceeding, by=cast.hugh, at=at, **notice(at)) == words
    arrange_hearing(proceeding, by=cast.hugh, at=at, **notice(at, closure_reason="Quiet that day; he agreed."))
    step = Step.objects.get(record=proceeding.record, kind="notice")
    assert states.words(step).said == (
        "The right to be accompanied was stated. School closed: Quiet that day; he agreed."
    )


def test_arrange_hearing_says_by_when_his_papers_are_due(cast, at, proceeding):
    arrange_hearing(proceeding, by=cast.hugh, at=at, **notice(at))
    kept = Proceeding.objects.get()
    assert (kept.status, kept.hearing_at, kept.notice_given_at) == ("arranged", HEARING, at)
    assert kept.papers_due_on == date(2026, 12, 9)


def test_arrange_hearing_says_nobody_here_is_late_with_papers_that_are_his(cast, at, proceeding):
    get_resolver().url_patterns  # noqa: B018  (the addresses of the next steps are those of the pages)
    arrange_hearing(proceeding, by=cast.hugh, at=at, **notice(at))
    kept = Proceeding.objects.get()
    get_resolver().url_patterns  # noqa: B018  (the addresses of steps are those of the pages)
    waits, hearing = "Wait for their own papers for the hearing", "Hold and record the hearing"

    def steps(day):
        return [step.what for step in part_page.steps_of(kept.part, kept, [], today=date(2026, 12, day))]

    assert (steps(9), steps(10)) == ([waits, hearing], [hearing])


def test_arrange_hearing_waits_for_the_investigation(cast, at):
    words = "This cannot be done now: it stands at “Being investigated”."
    assert states.why_not(arrange_hearing, states.begun(cast, at=at), by=cast.hugh, at=at, **notice(at)) == words


def test_arrange_hearing_leaves_its_line(cast, at, proceeding):
    arrange_hearing(proceeding, by=cast.hugh, at=at, **notice(at))
    assert states.last_line(proceeding) == ("hearing.arranged", cast.hugh.pk, at, {})


def test_arrange_hearing_stands_after_the_investigation_that_ended_in_the_same_minute(cast, at, proceeding):
    same = Step.objects.filter(record=proceeding.record, kind="investigation").latest("happened_at").happened_at
    arrange_hearing(proceeding, by=cast.hugh, at=at + states.DAY, **notice(same))
    shown = words(browser(cast.hugh).get(address(proceeding.part)))
    in_order(shown, "What was done", "Proceeding begun", "Investigation", "Notice of hearing", "Notes")
