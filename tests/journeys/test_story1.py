"""A private rant, a refusal to remove it, a first written warning and a failed appeal over Christmas, dates by hand.

Bank holidays in play: 25 and 28 December 2026 and 1 January 2027. Day 0 is the day of the event, and a day given as a
deadline means its end. What comes after Monday 23 November 2026 is played beside the demonstration, not in it.
"""

from datetime import date, datetime

import pytest

from casework import keeping
from casework.models import Allegation, Case, Proceeding
from incidents import routing
from incidents.models import Concern, Decision, Telling
from schools import verify
from schools.access import Viewer, sees
from schools.clock import LONDON, day_of
from schools.models import Entry, Exclusion
from tests.journeys.playing import aside, days, kept_until, part_of, played, proceeding_of
from tests.lasting import filled_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """The trust and its two concerns, played to 11 January 2027."""
    with filled_once(django_db_blocker):
        yield played("archway", "C007", "C006", later="C006")


@pytest.fixture
def proceeding(story):
    return proceeding_of(story, "pritchard_conduct")


def concern(story, key) -> Concern:
    return Concern.objects.select_related("record", "school").get(pk=story.concerns[key].pk)


def autumn(month: int, on: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the autumn of 2026, as the clock on the wall shows it."""
    return datetime(2026, month, on, hour, minute, tzinfo=LONDON)


def test_the_policy_names_nobody_so_head_and_safeguarding_lead_are_our_suggestion(story):
    told = Telling.objects.filter(record=concern(story, "C007").record)
    assert {(row.role, row.person.key, row.basis) for row in told} == {
        ("head_of_school", "P006", "default"),
        ("dsl", "P007", "default"),
    }


def test_the_lado_would_have_had_until_tuesday(story):
    first = concern(story, "C007")
    answered = routing.answer(first, at=first.reported_at)
    running = [*answered["clocks"], *answered["clocks_if_yes_or_not_sure"]]
    (lado,) = [clock["due_at"] for clock in running if clock["key"] == "lado_contact"]
    # Reported on Monday 28 September: one working day is Tuesday 29.
    assert datetime.fromisoformat(lado) == datetime(2026, 9, 29, 23, 59, 59, tzinfo=LONDON)
    (answer,) = Decision.objects.filter(record=first.record, question="threshold")
    assert (answer.answer, answer.decided_by.key, answer.consulted.key) == ("low_level_concern", "P006", "P007")
    assert answer.decided_at == autumn(9, 28, 11)


def test_he_sees_nothing_and_those_described_or_reporting_stand_aside(story):
    first = concern(story, "C007")
    (hidden,) = Exclusion.objects.filter(record=first.record, grade=Exclusion.HIDDEN)
    assert hidden.person.key == "P020"
    why = aside(story, first.record, autumn(9, 28, 11), "P008", "P019", "P006", "P007")
    assert why == {"P008": "described in it", "P019": "the person who reported it", "P006": "", "P007": ""}


def test_speech_was_checked_before_he_was_told_to_remove_it(story):
    first = concern(story, "C007")
    (checked,) = Decision.objects.filter(record=first.record, question="protected_speech")
    assert (checked.answer, day_of(checked.decided_at)) == ("no", date(2026, 10, 1))
    # Told on Friday 2 October, gone on Friday 9: thirty days are 22 to the 31st and 8 more, Sunday 8 November.
    assert days(story, "pritchard_post", "requested_at")[0] == date(2026, 10, 2)
    assert [on for on in days(story, "pritchard_post", "recheck_on") if on] == [date(2026, 11, 8)]


def test_whoever_gave_the_instruction_or_saw_it_given_decides_nothing_about_it(story, proceeding):
    why = aside(story, proceeding.record, autumn(10, 8, 10), "P006", "P003", "P014", "P010", "P009")
    assert why == {"P006": "the person who reported it", "P003": "a witness", "P014": "", "P010": "", "P009": ""}
    # In the two concerns the head who reported in the course of her office stays free.
    assert aside(story, concern(story, "C006").record, autumn(10, 8, 10), "P006") == {"P006": ""}


def test_a_head_of_another_school_ran_it_and_decided(story, proceeding):
    stroud = story.institution.account("P014")
    ran = Entry.objects.filter(record=proceeding.record, verb__in=["proceeding.begun", "hearing.arranged"])
    assert {line.by for line in ran} == {stroud.pk}
    assert (proceeding.investigator.key, proceeding.decision_maker.key) == ("P025", "P014")
    assert sees(Viewer(story.institution.account("P010"), autumn(11, 23, 10)), proceeding.record)


def test_every_step_is_due_on_the_day_worked_by_hand(proceeding):
    # Begun Thursday 8 October: 9 is 1, 12 to 16 are 2 to 6, then 11 to the 23rd, 16 to the 30th, 20 to 5 November.
    assert proceeding.investigation_due_on == date(2026, 11, 5)
    # Notice on Thursday 5 November: 6 is 1, 9 to 13 are 2 to 6, 16 to 19 are 7 to 10: not before the 19th is over.
    assert (day_of(proceeding.notice_given_at), day_of(proceeding.hearing_at)) == (
        date(2026, 11, 5),
        date(2026, 11, 23),
    )
    # Papers three before Monday 23 November: 20, 19, Wednesday 18. Letter five after it: 24, 25, 26, 27, Monday 30.
    assert (proceeding.papers_due_on, proceeding.letter_due_on) == (date(2026, 11, 18), date(2026, 11, 30))


def test_the_appeal_ran_over_christmas(proceeding):
    # Letter on Thursday 26 November: 27 is 1, 30 to 4 December are 2 to 6, 7 to 10 are 7 to 10.
    assert (day_of(proceeding.letter_given_at), proceeding.appeal_until_on) == (date(2026, 11, 26), date(2026, 12, 10))
    # Lodged on Wednesday 9 December: 10, 11 (2), 14 to 18 (7), 21 to 24 (11), 29 to 31 (14), 4 to 8 January (19), 11.
    assert (day_of(proceeding.appeal_lodged_at), proceeding.appeal_due_on) == (date(2026, 12, 9), date(2027, 1, 11))
    assert (day_of(proceeding.appeal_decided_at), proceeding.appeal_officer.key) == (date(2027, 1, 8), "P009")
    assert (proceeding.appeal_result, proceeding.outcome) == ("rejected", "first_written_warning")
    # Twelve months from the letter.
    assert proceeding.live_until_on == date(2027, 11, 26)


def test_the_charges_are_those_of_the_policy_and_never_its_statement_of_risk(proceeding):
    found = set(Allegation.objects.filter(record=proceeding.record).values_list("paragraphs", "finding"))
    assert found == {("2.3", "proved"), ("2.4", "proved")}


def test_all_is_closed_on_the_eleventh_of_january_and_kept_until_its_own_day(story):
    case = Case.objects.get(pk=story.things["pritchard_case"].pk)
    assert (case.status, day_of(case.closed_at)) == ("closed", date(2027, 1, 11))
    # Six months from the warning would be 26 May 2027, but it counts until 26 November and is not weeded before.
    assert kept_until(story, "pritchard_conduct") == (date(2027, 11, 26), "RET-WARN-1")
    assert kept_until(story, "pritchard_low_level") == (None, "RET-LLC")


def test_the_low_level_concern_ends_six_years_after_he_leaves(story):
    part = part_of(story, "pritchard_low_level")
    part.left_on = date(2028, 8, 31)
    assert keeping.fate(part, today=date(2026, 11, 23)).fate.due_on == date(2034, 8, 31)


def test_nothing_was_changed_behind_our_back(story):
    assert Proceeding.objects.count() == 1
    assert [finding.sentence for finding in verify.findings()] == []
