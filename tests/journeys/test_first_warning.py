"""A comment that points to a young person before the family court: a plain proceeding to a first written warning.

Working days leave out Saturdays, Sundays and bank holidays: in spring 2026 Good Friday 3 April, Easter Monday 6 April
and Monday 4 May. Day 0 is the day of the event, and a day given as a deadline means its end.
"""

from datetime import UTC, date, datetime

import pytest

from casework import keeping
from casework.models import Allegation, Case, Part, Proceeding, Step
from incidents.models import Concern, Decision, Takedown
from reports.demo import source
from reports.demo.institution import Institution
from reports.demo.played import Story
from reports.demo.reported import report
from schools import exclusions, sealing, verify
from schools.access import Viewer, sees, stands_aside
from schools.clock import LONDON, day_of
from schools.models import Exclusion, Reader
from tests.lasting import filled_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """The trust and its one concern, played until the case is closed."""
    with filled_once(django_db_blocker):
        institution = Institution("allsaints", password="only-for-the-story").found()
        row = next(row for row in source.rows("concerns") if row["key"] == "C029")
        made = Story(institution, report(institution, row))
        made.play("C029")
        yield made


@pytest.fixture
def concern(story):
    return Concern.objects.select_related("record", "school").get(pk=story.concern.pk)


@pytest.fixture
def proceeding(story):
    return Proceeding.objects.select_related("part", "record").get(part=story.things["conduct"].pk)


def part(story, name) -> Part:
    return Part.objects.get(pk=story.things[name].pk)


def kept_until(story, name):
    found = keeping.fate(part(story, name), today=date(2026, 11, 23)).fate
    return found.due_on, found.rule


def test_the_threshold_is_answered_by_the_head_with_the_safeguarding_lead_before_the_charge(concern, proceeding):
    (decision,) = Decision.objects.filter(record=concern.record, question="threshold")
    assert (decision.answer, decision.decided_by.name) == ("low_level_concern", "Xiulan Feng")
    assert decision.consulted.name == "Gareth Whitty"
    assert decision.decided_at == datetime(2026, 3, 11, 10, 30, tzinfo=UTC) < proceeding.begun_at


def test_it_was_taken_down_before_the_threshold_because_harm_could_not_wait(story):
    found = Takedown.objects.get(pk=story.things["comment"].pk)
    # Gone on Wednesday 11 March; thirty days: 20 days to the 31st, 10 more to Friday 10 April.
    looks = [row.recheck_on for row in Takedown.history.filter(id=found.pk).order_by("history_id")]
    assert looks == [None, date(2026, 4, 10), None]
    assert found.asked_of == "own_staff"
    first = found.exchanges.order_by("happened_at").first()
    assert "because harm could not wait: A court order protects her" in sealing.open_row(first).said


def test_it_does_not_exist_for_the_person_it_is_about(story, concern, proceeding):
    jean_luc = Viewer(story.institution.account("P089"), concern.reported_at)
    assert not sees(jean_luc, concern.record)
    assert not sees(jean_luc, proceeding.record)
    (hidden,) = Exclusion.objects.filter(record=concern.record, grade="hidden")
    assert hidden.confirmed_by.person.name == "Xiulan Feng"


def test_whoever_reported_it_keeps_the_childs_part_and_stands_aside_from_the_charge(story, concern, proceeding):
    gareth = story.institution.account("P082")
    assert stands_aside(Viewer(gareth, concern.reported_at), concern.record) == ""
    assert stands_aside(Viewer(gareth, concern.reported_at), part(story, "child").record) == ""
    assert gareth.person_id in exclusions.people_kept_from(proceeding.record)


def test_two_free_people_investigate_and_decide(proceeding):
    assert (proceeding.investigator.name, proceeding.decision_maker.name) == ("Laurence Pike", "Xiulan Feng")
    kept = exclusions.people_kept_from(proceeding.record)
    assert not kept & {proceeding.investigator_id, proceeding.decision_maker_id}
    given = Reader.objects.filter(record=proceeding.record).values_list("person__name", "role")
    # The safeguarding lead reported it and there is no deputy, so the head has his duty in this part too.
    assert set(given) == {
        ("Laurence Pike", "investigating_officer"),
        ("Xiulan Feng", "hearing_officer"),
        ("Xiulan Feng", "dsl"),
    }


def test_protected_speech_was_asked_before_anything_else(proceeding):
    first = Step.objects.filter(record=proceeding.record).order_by("happened_at").first()
    assert sealing.open_row(first).said.startswith("Protected-speech check answered no: ")
    assert first.happened_at == proceeding.begun_at


def test_every_step_is_due_on_the_day_worked_by_hand(proceeding):
    # Begun Monday 16 March; 20 working days: 17 to 20 are 1 to 4, 23 to 27 are 5 to 9, 30 March to 2 April are 10 to
    # 13, 7 to 10 April are 14 to 17, 13 to 15 April are 18 to 20.
    assert proceeding.investigation_due_on == date(2026, 4, 15)
    # Hearing Wednesday 29 April; papers 3 working days before: 28, 27, Friday 24 April.
    assert proceeding.papers_due_on == date(2026, 4, 24)
    # Letter in 5 from the hearing: 30 April is 1, 1 May is 2, then without the bank holiday 5, 6, Thursday 7 May.
    assert proceeding.letter_due_on == date(2026, 5, 7)
    # Decided Thursday 30 April; appeal in 10: 1 May is 1, 5 to 8 May are 2 to 5, 11 to 15 May are 6 to 10.
    assert proceeding.appeal_until_on == date(2026, 5, 15)


def test_the_notice_was_ten_working_days_and_the_school_was_open(proceeding):
    # Given Monday 13 April: 14 to 17 are 1 to 4, 20 to 24 are 5 to 9, Monday 27 April is 10; not before the 28th.
    assert (day_of(proceeding.notice_given_at), day_of(proceeding.hearing_at)) == (date(2026, 4, 13), date(2026, 4, 29))
    notice = Step.objects.get(record=proceeding.record, kind="notice")
    assert sealing.open_row(notice).missed_reason == ""
    assert sealing.open_row(notice).said == "The right to be accompanied was stated."


def test_the_finding_comes_before_the_warning_and_rests_on_a_paragraph_that_may_be_charged(proceeding):
    (allegation,) = Allegation.objects.filter(record=proceeding.record)
    assert (allegation.paragraphs, allegation.finding) == ("6.h", "proved")
    assert allegation.found_at == datetime(2026, 4, 30, 9, 0, tzinfo=LONDON) < proceeding.decided_at
    assert (proceeding.status, proceeding.outcome) == ("decided", "first_written_warning")


def test_the_warning_lives_twelve_months_and_is_not_weeded_while_it_does(story, proceeding):
    # Thursday 30 April 2026 and twelve months. Six months, its rule, would end on 30 October 2026: the later counts.
    assert proceeding.live_until_on == date(2027, 4, 30)
    assert kept_until(story, "conduct") == (date(2027, 4, 30), "RET-WARN-1")


def test_every_other_part_has_a_day_of_its_own(story):
    # Born 30 November 2008 and 25 years; closed 18 May 2026 and six years; he still works there, so no day.
    assert kept_until(story, "child") == (date(2033, 11, 30), "RET-CP-PUPIL")
    assert kept_until(story, "breach") == (date(2032, 5, 18), "RET-BREACH")
    assert kept_until(story, "low_level") == (None, "RET-LLC")


def test_all_is_closed_and_nothing_was_changed_behind_our_back(story, concern):
    case = Case.objects.get(pk=story.things["case"].pk)
    assert (case.status, concern.status) == ("closed", "finished")
    assert set(Part.objects.values_list("status", flat=True)) == {"closed"}
    assert [finding.sentence for finding in verify.findings()] == []
