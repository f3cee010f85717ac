"""An alarm code and a medical list among strangers: from the report to the days its records are destroyed, by hand.

Working days leave out Saturdays, Sundays and bank holidays; from February to 27 March 2026 there is no bank holiday.
Day 0 is the day of the event, and a day given as a deadline means its end.
"""

from datetime import UTC, date, datetime

import pytest

from casework import keeping
from casework.models import Allegation, Case, IcoStep, LegalAdvice, Part, Proceeding
from casework.rules.retention import NONE_NAMED
from incidents import routing
from incidents.models import Concern, Decision, Takedown, Telling
from reports.demo import source
from reports.demo.institution import Institution
from reports.demo.played import Story
from reports.demo.reported import report
from reports.demo.triaged import settle
from schools import sealing, verify
from schools.access import Viewer, sees, stands_aside
from schools.clock import LONDON, day_of
from schools.models import Entry, Reader
from tests.lasting import filled_once

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """The trust and its two concerns, played to 20 April 2026."""
    with filled_once(django_db_blocker):
        institution = Institution("sovereign", password="only-for-the-story").found()
        rows = {row["key"]: row for row in source.rows("concerns")}
        concerns = {}
        for key in ("C036", "C037"):
            concerns[key] = report(institution, rows[key])
            settle(institution, rows[key], concerns[key])
            made = Story(institution, concerns[key])
            made.play(key)
        made.concerns = concerns
        yield made


@pytest.fixture
def first(story):
    return Concern.objects.select_related("record", "school").get(pk=story.concerns["C036"].pk)


@pytest.fixture
def second(story):
    return Concern.objects.select_related("record", "school").get(pk=story.concerns["C037"].pk)


@pytest.fixture
def proceeding(story):
    return Proceeding.objects.select_related("part", "record").get(part=story.things["tolgate_conduct"])


def part(story, name) -> Part:
    return Part.objects.get(pk=story.things[name].pk)


def winter(month: int, on: int, hour: int, minute: int) -> datetime:
    """A moment of February or March 2026, when London keeps Greenwich time."""
    return datetime(2026, month, on, hour, minute, tzinfo=UTC)


def test_all_three_of_the_policy_are_told_on_the_day(first):
    told = {row.role: row for row in Telling.objects.filter(record=first.record, paragraph="V5")}
    assert set(told) == {"executive_head", "head_of_school", "ceo"}
    end_of_day = datetime(2026, 2, 9, 23, 59, 59, tzinfo=LONDON)
    assert {row.due_at for row in told.values()} == {end_of_day}
    assert {role: row.person.key for role, row in told.items()} == {
        "executive_head": "P101",
        "head_of_school": "P106",
        "ceo": "P096",
    }
    assert told["head_of_school"].told_at == winter(2, 9, 8, 0)
    assert all(row.told_at < end_of_day for row in told.values())


def test_the_data_protection_officer_was_told_at_twenty_past_eight(first):
    (told,) = Telling.objects.filter(record=first.record, role="dpo")
    assert (told.person.key, told.told_at) == ("P100", winter(2, 9, 8, 20))


def test_the_clocks_run_from_when_the_lead_was_shown_the_group(first):
    answered = routing.answer(first, at=first.reported_at)
    running = [*answered["clocks"], *answered["clocks_if_yes_or_not_sure"]]
    clocks = {clock["key"]: clock["due_at"] for clock in running}
    # Shown on Sunday 8 February at 19:20: 72 hours end on Wednesday 11 at 19:20, and the LADO's one working day is
    # Monday 9 February.
    assert datetime.fromisoformat(clocks["ico_72h"]) == winter(2, 11, 19, 20)
    assert datetime.fromisoformat(clocks["lado_contact"]) == datetime(2026, 2, 9, 23, 59, 59, tzinfo=LONDON)


def test_the_head_was_unsure_and_the_lado_was_asked_in_time(first):
    (lado,) = Decision.objects.filter(record=first.record, question="lado")
    assert (first.threshold, lado.happened_at) == ("unsure_consult_lado", winter(2, 9, 9, 40))


def test_nothing_was_asked_of_him_before_the_lado_had_answered_and_speech_was_checked(story, first):
    (checked,) = Decision.objects.filter(record=first.record, question="protected_speech")
    asked = Takedown.objects.filter(record=first.record).order_by("requested_at").first()
    assert (asked.asked_of, asked.requested_at) == ("own_staff", winter(2, 9, 11, 0))
    assert checked.answer == "no"
    assert winter(2, 9, 9, 40) < checked.decided_at < asked.requested_at


def test_the_pictures_went_and_were_looked_for_after_thirty_days(story):
    versions = {
        name: list(Takedown.history.filter(id=story.things[name].pk).order_by("history_id"))
        for name in ("tolgate_post", "tolgate_telegram")
    }
    # Telegram was asked on Monday 9 February: two working days, Wednesday 11. Gone on Tuesday 10, so thirty days end on
    # Thursday 12 March; his own were gone on Monday 9, so on Wednesday 11 March.
    assert day_of(versions["tolgate_telegram"][0].chase_at) == date(2026, 2, 11)
    assert [row.recheck_on for row in versions["tolgate_telegram"]] == [None, date(2026, 3, 12), None]
    assert [row.recheck_on for row in versions["tolgate_post"]] == [None, date(2026, 3, 11), None]


def test_the_ico_was_told_inside_72_hours_and_answered(story):
    told, answer = IcoStep.objects.filter(record=part(story, "tolgate_breach").record).order_by("happened_at")
    assert (told.kind, told.happened_at, told.due_at) == ("told", winter(2, 10, 16, 0), winter(2, 11, 19, 20))
    assert (told.decided_by.key, answer.kind, answer.answer) == ("P100", "answer", "advice")
    assert day_of(answer.happened_at) == date(2026, 4, 20)


def test_whoever_asked_him_stands_aside_and_the_chief_executive_runs_it_from_then(story, proceeding):
    at = winter(2, 20, 12, 0)
    aside = {
        key: stands_aside(Viewer(story.institution.account(key), at), proceeding.record) for key in ("P098", "P113")
    }
    assert aside == {"P098": "the person who reported it", "P113": "a witness"}
    over = Reader.objects.get(record=proceeding.record, person__key="P096")
    assert (over.role, over.since) == ("hr_lead", winter(2, 13, 15, 45))
    arranged = Entry.objects.get(record=proceeding.record, verb="hearing.arranged")
    assert arranged.by == story.institution.account("P096").pk


def test_the_lead_who_reported_stands_aside_in_the_conduct_part_alone(story, first, proceeding):
    lead = Viewer(story.institution.account("P110"), first.reported_at)
    assert stands_aside(lead, first.record) == ""
    assert stands_aside(lead, proceeding.record) == "the person who reported it"


def test_advice_was_asked_and_came_and_not_a_word_of_it_stands_in_the_part(story, proceeding):
    advice = LegalAdvice.objects.get()
    assert (day_of(advice.asked_at), day_of(advice.received_at)) == (date(2026, 2, 13), date(2026, 2, 17))
    said = Entry.objects.filter(record=proceeding.record, verb__startswith="advice.").order_by("seq")
    assert [line.verb for line in said] == ["advice.asked", "advice.received"]
    readers = {
        key
        for key in ("P096", "P098", "P100", "P103", "P106", "P113")
        if sees(Viewer(story.institution.account(key), winter(3, 1, 9, 0)), advice.record)
    }
    assert readers == {"P096"}


def test_every_step_of_the_procedure_is_due_on_the_day_worked_by_hand(proceeding):
    # Begun Tuesday 10 February; 20 working days are four weeks: Tuesday 10 March.
    assert proceeding.investigation_due_on == date(2026, 3, 10)
    # Notice on Monday 23 February; ten working days end on Monday 9 March, and the hearing is on Wednesday 11.
    assert (day_of(proceeding.notice_given_at), day_of(proceeding.hearing_at)) == (date(2026, 2, 23), date(2026, 3, 11))
    # Papers three working days before the 11th: 10, 9, Friday 6 March. Letter five after it: 12, 13, 16, 17, 18 March.
    assert (proceeding.papers_due_on, proceeding.letter_due_on) == (date(2026, 3, 6), date(2026, 3, 18))
    # Decided Friday 13 March: ten working days end on Friday 27 March; twelve months end on 13 March 2027.
    assert (proceeding.appeal_until_on, proceeding.live_until_on) == (date(2026, 3, 27), date(2027, 3, 13))


def test_both_charges_ended_in_one_final_written_warning_without_an_appeal(proceeding):
    found = Allegation.objects.filter(record=proceeding.record).values_list("paragraphs", "finding")
    assert set(found) == {("V6c", "proved"), ("V6h", "proved"), ("V11.4", "proved"), ("V4", "proved")}
    assert (proceeding.status, proceeding.outcome) == ("decided", "final_written_warning")
    assert (proceeding.investigator.key, proceeding.decision_maker.key) == ("P113", "P106")


def test_all_of_it_is_closed_on_the_twentieth_of_april(story, first, second):
    case = Case.objects.get(pk=story.things["tolgate_case"].pk)
    assert (case.status, day_of(case.closed_at)) == ("closed", date(2026, 4, 20))
    assert {part.status for part in case.parts.all()} == {"closed"}
    assert (first.status, second.status) == ("finished", "finished")


@pytest.mark.parametrize(
    ("name", "due_on", "rule"),
    [
        # A final warning of 13 March 2026, eighteen months; the breach, closed on 20 April 2026, six years; and the
        # low-level concern has no date while he works there.
        ("tolgate_conduct", date(2027, 9, 13), "RET-WARN-F"),
        ("tolgate_breach", date(2032, 4, 20), "RET-BREACH"),
        ("tolgate_low_level", None, "RET-LLC"),
    ],
)
def test_each_part_is_kept_until_its_own_day(story, name, due_on, rule):
    found = keeping.fate(part(story, name), today=TODAY).fate
    assert (found.due_on, found.rule) == (due_on, rule)
    assert found.rule != NONE_NAMED


def test_no_password_was_asked_for_and_nothing_was_changed_behind_our_back(story, second):
    assert "NOT asked him to write down a password" in sealing.open_row(second).narrative
    assert [finding.sentence for finding in verify.findings()] == []
