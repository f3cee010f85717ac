"""The head is the person it is about: the LADO a day late, a companion, and an appeal that reduces the warning.

There is no bank holiday between September and 15 December 2026; the school's half term is from 26 to 30 October. Day 0
is the day of the event, and a day given as a deadline means its end. What comes after Monday 23 November 2026 is played
beside the demonstration, not in it.
"""

from datetime import date, datetime

import pytest

from casework.models import Allegation, Case, LegalAdvice, Proceeding, Step
from incidents import routing
from incidents.models import Concern, Decision, Takedown
from schools import sealing, verify
from schools.access import Viewer, sees
from schools.clock import LONDON, day_of
from schools.models import Entry, Exclusion
from tests.journeys.playing import aside, days, kept_until, played, proceeding_of
from tests.lasting import filled_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """The trust and its one concern, played to 15 December 2026."""
    with filled_once(django_db_blocker):
        yield played("lte", "C014", later="C014")


@pytest.fixture
def concern(story):
    return Concern.objects.select_related("record", "school").get(pk=story.concern.pk)


@pytest.fixture
def proceeding(story):
    return proceeding_of(story, "mackay_conduct")


def autumn(month: int, on: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the autumn of 2026, as the clock on the wall shows it."""
    return datetime(2026, month, on, hour, minute, tzinfo=LONDON)


def test_the_day_for_the_lado_ran_from_the_deputys_knowledge_and_was_missed_with_a_reason(concern):
    answered = routing.answer(concern, at=concern.reported_at)
    running = [*answered["clocks"], *answered["clocks_if_yes_or_not_sure"]]
    (due,) = [clock["due_at"] for clock in running if clock["key"] == "lado_contact"]
    # The deputy head saw them on Wednesday 16 September: one working day is Thursday 17.
    assert datetime.fromisoformat(due) == datetime(2026, 9, 17, 23, 59, 59, tzinfo=LONDON)
    decided = {row.question: row for row in Decision.objects.filter(record=concern.record)}
    assert decided["lado"].happened_at == autumn(9, 18, 9, 40)
    assert "One day late" in sealing.open_row(decided["lado"]).reason
    who = (decided["threshold"].decided_by.key, decided["threshold"].consulted.key, decided["threshold"].answer)
    assert who == ("P049", "P047", "unsure_consult_lado")


def test_the_head_is_shut_out_and_reporter_and_target_stand_aside(story, concern):
    (hidden,) = Exclusion.objects.filter(record=concern.record, grade=Exclusion.HIDDEN)
    assert hidden.person.key == "P046"
    assert not sees(Viewer(story.institution.account("P046"), autumn(9, 18, 9)), concern.record)
    why = aside(story, concern.record, autumn(9, 18, 9), "P048", "P066", "P049", "P047")
    assert bool(why["P048"]) is bool(why["P066"]) is True
    assert (why["P049"], why["P047"]) == ("", "")


def test_speech_was_checked_and_advice_taken_before_anything_was_asked_of_him(concern):
    (checked,) = Decision.objects.filter(record=concern.record, question="protected_speech")
    asked = Takedown.objects.get(record=concern.record)
    advice = LegalAdvice.objects.get()
    assert advice.received_at < checked.decided_at < asked.requested_at == autumn(9, 18, 11, 30)
    assert (asked.removed_at, asked.asked_of) == (autumn(9, 18, 13, 5), "own_staff")
    assert routing.answer(concern, at=concern.reported_at)["removal"]["power"] == "no_express_power"


def test_the_reposts_were_looked_for_after_thirty_days(story):
    # Gone on Friday 18 September: 12 days to the 30th, 18 more to Sunday 18 October.
    assert [on for on in days(story, "mackay_posts", "recheck_on") if on] == [date(2026, 10, 18)]


def test_the_charges_are_three_and_the_view_held_is_none(proceeding):
    found = set(Allegation.objects.filter(record=proceeding.record).values_list("paragraphs", "finding"))
    assert found == {
        ("H5.d, H8.d", "proved"),
        ("H5 last bullet, H8 last bullet", "proved"),
        ("H5.a, H8.a", "proved"),
    }


def test_every_step_is_due_on_the_day_worked_by_hand(proceeding):
    # Begun on Monday 21 September: four weeks without a bank holiday, Monday 19 October.
    assert proceeding.investigation_due_on == date(2026, 10, 19)
    # Notice on Monday 12 October: ten working days end on Monday 26.
    assert day_of(proceeding.notice_given_at) == date(2026, 10, 12)
    # Heard on Tuesday 3 November; papers three before: 2, then 30 and Thursday 29 October. Letter: 4, 5, 6, 9, 10.
    assert (day_of(proceeding.hearing_at), proceeding.papers_due_on) == (date(2026, 11, 3), date(2026, 10, 29))
    assert (day_of(proceeding.letter_given_at), proceeding.letter_due_on) == (date(2026, 11, 5), date(2026, 11, 10))
    # Letter on Thursday 5 November: 6 is 1, 9 to 13 are 2 to 6, 16 to 19 are 7 to 10; lodged on that last day.
    assert proceeding.appeal_until_on == day_of(proceeding.appeal_lodged_at) == date(2026, 11, 19)
    # To be heard in twenty: 20 is 1, 23 to 27 are 2 to 6, then 11 to 4 and 16 to 11 December, 14 to 17 are 17 to 20.
    assert proceeding.appeal_due_on == date(2026, 12, 17)


def test_the_page_had_warned_of_half_term_and_says_that_he_agreed(proceeding):
    steps = Step.objects.filter(record=proceeding.record, kind__in=("notice", "postponed")).order_by("happened_at")
    notice, moved = (sealing.open_row(step).said for step in steps)
    assert "School closed: Closed from 26 to 30 October. Agreed with him on 12 October" in notice
    assert "School closed: His papers are due on 29 October" in moved
    # The first day was Wednesday 28 October; for a companion not after Wednesday 4 November, by law.
    assert Entry.objects.get(record=proceeding.record, verb="hearing.postponed").at == autumn(10, 16, 14)


def test_trustees_who_had_nothing_to_do_with_it_put_a_lesser_warning_in_its_place(proceeding):
    assert (proceeding.appeal_officer.key, day_of(proceeding.appeal_decided_at)) == ("P038", date(2026, 12, 15))
    assert (proceeding.outcome_before_appeal, proceeding.appeal_result, proceeding.outcome) == (
        "final_written_warning",
        "upheld_in_part",
        "first_written_warning",
    )
    # The policy is silent on it; it counts from the first letter, twelve months.
    assert proceeding.live_until_on == date(2027, 11, 5)


def test_all_of_it_is_closed_on_the_day_of_the_appeal(story):
    case = Case.objects.get(pk=story.things["mackay_case"].pk)
    assert (case.status, day_of(case.closed_at)) == ("closed", date(2026, 12, 15))


@pytest.mark.parametrize(
    ("name", "due_on", "rule"),
    [
        # Six months from the warning would be 5 May 2027, but it counts until 5 November; six years from the last
        # repost, of 13 September 2026; no date while he works there.
        ("mackay_conduct", date(2027, 11, 5), "RET-WARN-1"),
        ("prem_support", date(2032, 9, 13), "RET-ABUSE-STAFF"),
        ("mackay_low_level", None, "RET-LLC"),
    ],
)
def test_each_part_is_kept_until_its_own_day(story, name, due_on, rule):
    assert kept_until(story, name) == (due_on, rule)


def test_nothing_was_changed_behind_our_back(story):
    assert Proceeding.objects.count() == 1
    assert [finding.sentence for finding in verify.findings()] == []
