"""Private messages to a student: the LADO, a suspension, a hearing, a dismissal and its appeal, with dates by hand.

Bank holidays in play: 3 and 6 April, 4 and 25 May 2026. Day 0 is the day of the event, and a day given as a deadline
means its end. Reviews of a suspension and of the case are notes of the day on which they were held.
"""

from datetime import date, datetime

import pytest

from casework.models import Allegation, Case, Note
from incidents import routing
from incidents.models import Concern, Decision, Takedown
from schools import verify
from schools.access import Viewer, sees
from schools.clock import LONDON, day_of
from schools.models import Exclusion
from tests.journeys.playing import aside, days, kept_until, part_of, played, proceeding_of
from tests.lasting import filled_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """The trust and its one concern, played to 15 July 2026."""
    with filled_once(django_db_blocker):
        yield played("archway", "C002")


@pytest.fixture
def concern(story):
    return Concern.objects.select_related("record", "school").get(pk=story.concern.pk)


@pytest.fixture
def proceeding(story):
    return proceeding_of(story, "halloran_conduct")


def local(month: int, on: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 as the clock on the wall shows it."""
    return datetime(2026, month, on, hour, minute, tzinfo=LONDON)


def test_the_lead_who_is_his_partner_finds_nothing_and_the_deputy_takes_her_place(story, concern, proceeding):
    at = local(3, 6, 16, 45)
    assert not sees(Viewer(story.institution.account("P011"), at), concern.record)
    hidden = Exclusion.objects.filter(record=concern.record, grade=Exclusion.HIDDEN)
    assert {row.person.key: day_of(row.confirmed_at) for row in hidden} == dict.fromkeys(
        ("P011", "P016"), date(2026, 3, 6)
    )
    assert sees(Viewer(story.institution.account("P012"), local(3, 9, 12)), part_of(story, "tegan").record)
    # He took what she told him: free to keep her safe, and no judge of him.
    assert aside(story, part_of(story, "tegan").record, local(3, 9, 12), "P012") == {"P012": ""}
    assert aside(story, proceeding.record, local(3, 9, 12), "P012") == {"P012": "the person who reported it"}


def test_the_lado_was_rung_inside_the_working_day(concern):
    answered = routing.answer(concern, at=concern.reported_at)
    (due,) = [clock["due_at"] for clock in answered["clocks"] if clock["key"] == "lado_contact"]
    # Reported on Friday 6 March: one working day is Monday 9.
    assert datetime.fromisoformat(due) == datetime(2026, 3, 9, 23, 59, 59, tzinfo=LONDON)
    decided = {row.question: row for row in Decision.objects.filter(record=concern.record)}
    assert (decided["threshold"].answer, decided["threshold"].decided_at) == ("meets_threshold", local(3, 6, 17, 5))
    assert (decided["threshold"].decided_by.key, decided["threshold"].consulted.key) == ("P010", "P012")
    assert decided["lado"].happened_at == local(3, 9, 9, 10)
    assert day_of(decided["police"].happened_at) == date(2026, 3, 11)


def test_nothing_went_out_before_the_lado_agreed(story, concern):
    request = Takedown.objects.get(record=concern.record)
    assert (request.asked_of, request.submitted_by.key, request.requested_at) == ("platform", "P012", local(3, 9, 11))
    # Two working days from Monday 9 March: Wednesday 11. Gone on the 12th: 19 days to the 31st, 11 more to 11 April.
    assert days(story, "halloran_discord", "chase_at")[:2] == [date(2026, 3, 11)] * 2
    assert [on for on in days(story, "halloran_discord", "recheck_on") if on] == [date(2026, 4, 11)]


def test_every_review_was_held_on_its_day(story):
    def held(part, *words):
        notes = Note.objects.filter(record=part_of(story, part).record).order_by("happened_at")
        return [day_of(row.happened_at) for row in notes]

    # Suspended on Monday 9 March, letter on the 10th; reviews every ten working days; the referrals of 9 June.
    suspension = [date(2026, *on) for on in ((3, 9), (3, 10), (3, 23), (4, 8), (4, 22), (5, 7), (5, 21), (6, 9))]
    assert held("halloran_conduct") == suspension
    # Strategy discussion on 11 March; four weeks to 8 April, then every fortnight; the police's letter of 24 April.
    reviews = [(3, 11), (4, 8), (4, 22), (4, 24), (5, 6), (5, 20), (6, 3), (6, 17), (7, 1), (7, 15)]
    assert held("halloran_safeguarding") == [date(2026, *on) for on in reviews]


def test_every_step_is_due_on_the_day_worked_by_hand(proceeding):
    # Begun on Monday 27 April: 28 to 1 May (4), 5 to 8 (8), 11 to 15 (13), 18 to 22 (18), 26 and 27 May (20).
    assert proceeding.investigation_due_on == date(2026, 5, 27)
    # Notice on Monday 18 May: 19 to 22 (4), 26 to 29 (8), 1 and Tuesday 2 June (10); heard on Thursday 4 June.
    assert (day_of(proceeding.notice_given_at), day_of(proceeding.hearing_at)) == (date(2026, 5, 18), date(2026, 6, 4))
    # Papers three before it: 3, 2, Monday 1 June. Letter five after it: 5, 8, 9, 10, Thursday 11.
    assert (proceeding.papers_due_on, proceeding.letter_due_on) == (date(2026, 6, 1), date(2026, 6, 11))
    # Letter on Monday 8 June: 9 to 12 (4), 15 to 19 (9), Monday 22 (10).
    assert (day_of(proceeding.letter_given_at), proceeding.appeal_until_on) == (date(2026, 6, 8), date(2026, 6, 22))
    # Lodged on Friday 19 June: 22 to 26 (5), 29 to 3 July (10), 6 to 10 (15), 13 to 17 (20).
    assert (day_of(proceeding.appeal_lodged_at), proceeding.appeal_due_on) == (date(2026, 6, 19), date(2026, 7, 17))


def test_he_was_dismissed_and_the_appeal_was_rejected_by_somebody_new(proceeding):
    assert (proceeding.outcome, day_of(proceeding.decided_at)) == ("summary_dismissal", date(2026, 6, 4))
    assert (proceeding.appeal_result, day_of(proceeding.appeal_decided_at)) == ("rejected", date(2026, 7, 14))
    who = (proceeding.investigator.key, proceeding.decision_maker.key, proceeding.appeal_officer.key)
    assert who == ("P025", "P001", "P002")
    # The policy forbids no contact with pupils, and what it says of risks is no charge.
    charged = Allegation.objects.filter(record=proceeding.record).values_list("paragraphs", "finding")
    assert set(charged) == {("2.3", "proved"), ("Code of conduct", "proved")}


def test_all_of_it_is_closed_on_the_fifteenth_of_july(story):
    case = Case.objects.get(pk=story.things["halloran_case"].pk)
    assert (case.status, day_of(case.closed_at)) == ("closed", date(2026, 7, 15))


@pytest.mark.parametrize(
    ("name", "due_on", "rule"),
    [
        # Born 10 June 1985, pension age 68: 10 June 2053, later than ten years from 6 March 2026.
        ("halloran_safeguarding", date(2053, 6, 10), "RET-ALLEG"),
        ("halloran_conduct", date(2053, 6, 10), "RET-ALLEG"),
        # Born 28 February 2010, and twenty-five years.
        ("tegan", date(2035, 2, 28), "RET-CP-PUPIL"),
    ],
)
def test_each_part_is_kept_until_its_own_day(story, name, due_on, rule):
    assert kept_until(story, name) == (due_on, rule)


def test_nothing_was_changed_behind_our_back(story):
    assert [finding.sentence for finding in verify.findings()] == []
