"""A learner on the objection list, published at Christmas: 72 hours, a complaint, no case to answer, dates by hand.

Bank holidays in play: 25 and 26 December 2025 and 1 January 2026. Day 0 is the day of the event, and a day given as a
deadline means its end.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from casework.models import Allegation, Case, IcoStep, Part
from incidents import routing
from incidents.models import Concern, Decision, Takedown, Telling
from schools import sealing, verify
from schools.clock import day_of
from schools.models import Exclusion
from tests.journeys.playing import aside, days, kept_until, part_of, played, proceeding_of
from tests.lasting import filled_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """The trust and its one concern, played to 6 February 2026."""
    with filled_once(django_db_blocker):
        yield played("lwlat", "C041")


@pytest.fixture
def concern(story):
    return Concern.objects.select_related("record", "school").get(pk=story.concern.pk)


@pytest.fixture
def proceeding(story):
    return proceeding_of(story, "panto_conduct")


def winter(month: int, on: int, hour: int, minute: int = 0) -> datetime:
    """A moment of December 2025 to February 2026, when London keeps Greenwich time."""
    return datetime(2025 if month == 12 else 2026, month, on, hour, minute, tzinfo=UTC)


def test_the_72_hours_run_from_her_mothers_call_through_christmas_day(story, concern):
    answered = routing.answer(concern, at=concern.reported_at)
    (due,) = [clock["due_at"] for clock in answered["clocks"] if clock["key"] == "ico_72h"]
    assert datetime.fromisoformat(due) == winter(12, 25, 9, 30)
    told, answer = IcoStep.objects.filter(record=part_of(story, "panto_breach").record).order_by("happened_at")
    assert (told.kind, told.happened_at, told.due_at) == ("told", winter(12, 24, 11), winter(12, 25, 9, 30))
    assert told.due_at - told.happened_at == timedelta(hours=22, minutes=30)
    assert (told.decided_by.key, answer.answer, day_of(answer.happened_at)) == ("P128", "no_action", date(2026, 2, 6))


def test_who_had_to_know_was_told_the_same_morning(concern):
    told = {row.role: row.told_at for row in Telling.objects.filter(record=concern.record)}
    assert told["dpo"] == winter(12, 22, 10, 20)
    assert {day_of(at) for at in told.values()} == {date(2025, 12, 22)}
    (police,) = Decision.objects.filter(record=concern.record, question="police")
    assert police.happened_at == winter(12, 22, 9, 45)


def test_harm_could_not_wait_so_the_pictures_went_before_any_question_was_answered(story, concern):
    (threshold,) = Decision.objects.filter(record=concern.record, question="threshold")
    assert (threshold.answer, threshold.decided_at) == ("not_a_safeguarding_matter", winter(12, 22, 15, 30))
    asked = [Takedown.objects.get(pk=story.things[f"panto_{name}"].pk) for name in ("instagram", "facebook")]
    assert [row.removed_at for row in asked] == [winter(12, 22, 9, 55), winter(12, 22, 12, 40)]
    assert all(row.removed_at < threshold.decided_at for row in asked)
    first = Takedown.objects.get(pk=story.things["panto_instagram"].pk).exchanges.order_by("happened_at").first()
    assert "because harm could not wait: She may be found by her father" in sealing.open_row(first).said


def test_the_search_engine_was_to_be_chased_on_christmas_eve(story):
    # Asked on Monday 22 December: 23 and Wednesday 24. Gone on 2 January: 29 days to the 31st, 1 more to 1 February.
    assert days(story, "panto_search", "chase_at")[0] == date(2025, 12, 24)
    assert [on for on in days(story, "panto_search", "recheck_on") if on] == [date(2026, 2, 1)]
    # The school's own two went on 22 December: 9 days to the 31st, 21 more.
    for name in ("panto_instagram", "panto_facebook"):
        assert [on for on in days(story, name, "recheck_on") if on] == [date(2026, 1, 21)]


def test_he_sees_nothing_and_the_head_whose_list_it_was_decides_nothing_about_him(story, concern, proceeding):
    (hidden,) = Exclusion.objects.filter(record=concern.record, grade=Exclusion.HIDDEN)
    assert hidden.person.key == "P144"
    assert day_of(hidden.confirmed_at) == date(2025, 12, 22)
    why = aside(story, proceeding.record, winter(1, 6, 9), "P136", "P127", "P130", "P138")
    assert why == {"P136": "the person who reported it", "P127": "", "P130": "", "P138": ""}
    assert (proceeding.investigator.key, proceeding.decision_maker.key) == ("P138", "P130")


def test_after_the_facts_there_was_no_case_to_answer(proceeding):
    # Begun on Tuesday 6 January: 7 to 9 (3), 12 to 16 (8), 19 to 23 (13), 26 to 30 (18), 2 and Tuesday 3 February (20).
    assert proceeding.investigation_due_on == date(2026, 2, 3)
    (charged,) = Allegation.objects.filter(record=proceeding.record)
    assert (charged.paragraphs, charged.finding) == ("10.3", "not_proved")
    assert (proceeding.outcome, day_of(proceeding.decided_at)) == ("no_action", date(2026, 1, 30))
    # Told the same Friday; five working days would have ended on Friday 6 February: 2, 3, 4, 5, 6.
    assert (day_of(proceeding.letter_given_at), proceeding.letter_due_on) == (date(2026, 1, 30), date(2026, 2, 6))
    assert (proceeding.hearing_at, proceeding.appeal_until_on) == (None, None)


def test_her_complaint_is_a_part_of_its_own_answered_by_the_chair(story):
    complaint = part_of(story, "panto_complaint")
    assert (day_of(complaint.opened_at), day_of(complaint.closed_at)) == (date(2026, 1, 5), date(2026, 2, 5))
    assert complaint.record.entries.get(verb="part.closed").by == story.institution.account("P154").pk


def test_all_of_it_is_closed_on_the_sixth_of_february(story):
    case = Case.objects.get(pk=story.things["panto_case"].pk)
    assert (case.status, day_of(case.closed_at)) == ("closed", date(2026, 2, 6))
    assert set(Part.objects.filter(case=case).values_list("lane", flat=True)) == {
        "safeguarding", "conduct", "data_breach", "complaint",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "due_on", "rule"),
    [
        # Twelve months from the conclusion; six years from the closing of the entry; born 1 September 2016 and
        # twenty-five years; forty years from the answer, because it was about a child's safety.
        ("panto_conduct", date(2027, 1, 30), "RET-DISC-NFA"),
        ("panto_breach", date(2032, 2, 6), "RET-BREACH"),
        ("isla", date(2041, 9, 1), "RET-CP-PUPIL"),
        ("panto_complaint", date(2066, 2, 5), "RET-COMP-CP"),
    ],
)
def test_each_part_is_kept_until_its_own_day(story, name, due_on, rule):
    assert kept_until(story, name) == (due_on, rule)


def test_nothing_was_changed_behind_our_back(story):
    assert [finding.sentence for finding in verify.findings()] == []
