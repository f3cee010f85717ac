"""Moving a hearing: for a companion within the five days of the law, for anybody with notice and on an open day."""

from datetime import date, datetime

import pytest

from casework.models import Proceeding, Step
from casework.workflow.proceedings import postpone_hearing
from schools.workflow.people import record_calendar
from tests import states
from tests.conftest import LONDON

pytestmark = pytest.mark.django_db
# First set for Monday 14 December. Five working days from the first after it: 15, 16, 17, 18, Monday 21.
LATEST = datetime(2026, 12, 21, 10, 0, tzinfo=LONDON)


@pytest.fixture
def proceeding(cast, at):
    return states.arranged(cast, at=at)


def moved(at, **more):
    return {"why": "companion", "asked_at": at, "hearing_at": LATEST, "said": "His official is away."} | more


def why_not(cast, at, proceeding, **more):
    return states.why_not(postpone_hearing, proceeding, by=cast.hugh, at=at, **moved(at, **more))


@pytest.fixture
def later(at):
    return at + states.DAY


def test_postpone_hearing_is_for_personnel_and_the_head(cast, later, proceeding):
    assert states.who_may(postpone_hearing, proceeding, cast, at=later) == ("harriet hugh", "")


def test_postpone_hearing_for_a_companion_within_five_working_days(cast, later, proceeding):
    postpone_hearing(proceeding, by=cast.hugh, at=later, **moved(later))
    kept = Proceeding.objects.get()
    # Papers three working days before the 21st: 18, 17, Wednesday 16.
    assert (kept.status, kept.hearing_at, kept.papers_due_on) == ("arranged", LATEST, date(2026, 12, 16))
    step = Step.objects.get(record=proceeding.record, kind="postponed")
    assert (step.happened_at, states.words(step).said) == (later, "His official is away.")


def test_postpone_hearing_for_a_companion_beyond_that_needs_agreement(cast, later, proceeding):
    beyond = LATEST.replace(day=22)
    words = (
        "By law a day that suits the companion is no later than Monday 21 December 2026: for a later one say why, and "
        "that the person has agreed."
    )
    assert why_not(cast, later, proceeding, hearing_at=beyond) == words
    agreed = moved(later, hearing_at=beyond, agreed_reason="Nobody could come sooner; he agreed.")
    postpone_hearing(proceeding, by=cast.hugh, at=later, **agreed)
    step = Step.objects.get(record=proceeding.record, kind="postponed")
    assert states.words(step).said == "His official is away. Agreed: Nobody could come sooner; he agreed."


@pytest.mark.parametrize("why", ["person", "school"])
def test_postpone_hearing_for_another_reason_knows_no_last_day(cast, later, proceeding, why):
    day = LATEST.replace(day=22)
    postpone_hearing(proceeding, by=cast.hugh, at=later, **moved(later, why=why, hearing_at=day))
    assert Proceeding.objects.get().hearing_at == day


def test_postpone_hearing_never_shortens_the_notice_without_a_reason(cast, later, proceeding):
    # Notice of Monday 23 November; ten working days: 24 to 27 are 1 to 4, 30 to 4 December 5 to 9, Monday 7 is 10.
    early = LATEST.replace(day=7)
    words = "The notice is too short: not until after Monday 7 December 2026 without a reason."
    assert why_not(cast, later, proceeding, why="person", hearing_at=early) == words


def test_postpone_hearing_asks_when_the_school_is_closed_on_the_day_of_the_papers(cast, later, proceeding):
    day = date(2026, 12, 16)
    closed = {"kind": "emergency_closure", "name": "No heating", "start_on": day, "end_on": day}
    record_calendar(cast.oakfield, by=cast.ada, at=later, days=[closed])
    words = (
        "The school is closed on Wednesday 16 December 2026, when the person’s papers are due: say how they reach you, "
        "and that the person has agreed."
    )
    assert why_not(cast, later, proceeding) == words
    agreed = moved(later, closure_reason="By e-mail; he agreed.")
    postpone_hearing(proceeding, by=cast.hugh, at=later, **agreed)
    step = Step.objects.get(record=proceeding.record, kind="postponed")
    assert states.words(step).said == "His official is away. School closed: By e-mail; he agreed."


def test_postpone_hearing_wants_another_day_that_is_still_to_come(cast, at, later, proceeding):
    same = proceeding.hearing_at
    assert why_not(cast, later, proceeding, hearing_at=same) == "That is the day that is set already."
    assert why_not(cast, later, proceeding, hearing_at=at) == "The new day has passed already."


def test_postpone_hearing_waits_until_one_is_arranged(cast, at):
    words = "This cannot be done now: it stands at “Investigation finished”."
    assert why_not(cast, at, states.investigated(cast, at=at)) == words


def test_postpone_hearing_leaves_its_line(cast, later, proceeding):
    postpone_hearing(proceeding, by=cast.hugh, at=later, **moved(later))
    line = ("hearing.postponed", cast.hugh.pk, later, {"moved_because": "companion"})
    assert states.last_line(proceeding) == line
