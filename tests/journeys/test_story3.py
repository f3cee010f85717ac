"""A parent's film about a teacher, with a threat: from the report to the day its record is destroyed, dates by hand.

Working days leave out Saturdays, Sundays and bank holidays; in February and March 2026 there is no bank holiday.
Day 0 is the day of the event, and a day given as a deadline means its end.
"""

from datetime import UTC, date, datetime

import pytest
from django.urls import get_resolver

from casework import keeping
from casework.desk import desk_of
from casework.models import Case, Note, Part, Proceeding
from incidents import routing
from incidents.models import Concern, Decision, Exchange, Takedown, Telling
from reports.demo import source
from reports.demo.institution import Institution
from reports.demo.played import Story
from reports.demo.reported import report
from schools import sealing, verify
from schools.access import Viewer, stands_aside
from schools.clock import LONDON, day_of
from schools.models import Entry, Person
from tests.lasting import filled_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """The trust and its one concern, played to the end of March 2026."""
    with filled_once(django_db_blocker):
        institution = Institution("allsaints", password="only-for-the-story").found()
        row = next(row for row in source.rows("concerns") if row["key"] == "C021")
        made = Story(institution, report(institution, row))
        made.play("C021")
        yield made


@pytest.fixture
def concern(story):
    return Concern.objects.select_related("record", "school").get(pk=story.concern.pk)


@pytest.fixture
def part(story):
    return Part.objects.get(pk=story.things["support"].pk)


def takedown(story, name) -> Takedown:
    return Takedown.objects.get(pk=story.things[name].pk)


def versions_of(story, name):
    """Every state of one request, oldest first."""
    return list(Takedown.history.filter(id=story.things[name].pk).order_by("history_id"))


def day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None


def spring(month: int, on: int, hour: int, minute: int) -> datetime:
    """A moment of February or March 2026, when London keeps Greenwich time."""
    return datetime(2026, month, on, hour, minute, tzinfo=UTC)


def test_the_head_and_the_safeguarding_lead_had_to_be_told_the_same_day(concern):
    told = {telling.role: telling for telling in Telling.objects.filter(record=concern.record)}
    # Paragraph 9.d says "immediately", which we read as the same day: the end of Tuesday 24 February.
    end_of_day = datetime(2026, 2, 24, 23, 59, 59, tzinfo=LONDON)
    assert {role: (row.paragraph, row.due_at, row.told_at) for role, row in told.items()} == {
        "head_of_school": ("9.d", end_of_day, spring(2, 24, 13, 10)),
        "dsl": ("5.e", end_of_day, spring(2, 24, 13, 30)),
    }


def test_the_teacher_stands_aside_and_everything_else_is_free(story, concern):
    viewers = {key: Viewer(story.institution.account(key), concern.reported_at) for key in ("P086", "P074", "P075")}
    assert stands_aside(viewers["P086"], concern.record) == "the person harmed and the person who reported it"
    assert stands_aside(viewers["P074"], concern.record) == ""
    assert stands_aside(viewers["P075"], concern.record) == ""


def test_no_member_of_staff_is_its_subject_so_nothing_disciplinary_is_asked(story, concern):
    answered = routing.answer(concern, at=concern.reported_at)
    assert answered["threshold_question"] is False
    assert answered["removal"] == {"power": "request_only", "ref": None, "refusal_is_breach": False}
    assert concern.threshold == ""
    assert not Proceeding.objects.exists()
    assert [row.lane for row in Part.objects.all()] == ["support"]


def test_the_police_were_told_under_two_paragraphs_with_their_number_kept(concern):
    (decision,) = Decision.objects.filter(record=concern.record, question="police")
    assert (decision.answer, decision.paragraph) == ("yes", "4.a.iv, 9.c")
    assert decision.decided_by.name == "Anne-Marie Kinsella"
    assert sealing.open_row(decision).outside_reference == "MFP-0224-0316"


def test_support_was_offered_and_accepted_before_anything_was_asked_of_a_platform(concern, part):
    (offered,) = Note.objects.filter(record=part.record, kind="support")
    assert (offered.answer, offered.happened_at) == ("accepted", spring(2, 24, 14, 30))
    first_request = Takedown.objects.filter(record=concern.record).order_by("requested_at").first()
    assert offered.happened_at < first_request.requested_at


def test_the_governors_are_told_without_names_in_time(concern):
    # Five working days from Tuesday 24 February: 25, 26, 27 February, 2, 3 March.
    assert routing.answer(concern, at=concern.reported_at)["governors"]["due_at"] == "2026-03-03T23:59:59+00:00"
    (decision,) = Decision.objects.filter(record=concern.record, question="governors")
    assert (decision.paragraph, decision.happened_at) == ("9.d", spring(2, 27, 9, 0))


def test_the_film_is_reported_by_the_teacher_himself_and_refused(story):
    film = takedown(story, "tiktok")
    assert film.submitted_by.name == "Daniel Kettleborough"
    states = [(row.status, day(row.chase_at), row.recheck_on) for row in versions_of(story, "tiktok")]
    assert states == [
        # Asked on Tuesday 24 February; two working days: 25, 26.
        ("requested", date(2026, 2, 26), None),
        # Refused on Thursday 26 February at 09:10.
        ("refused", date(2026, 2, 26), None),
        # Appealed and taken to the helpline the same Thursday; two working days: 27 February, 2 March.
        ("requested", date(2026, 3, 2), None),
        ("requested", date(2026, 3, 2), None),
        # Deleted by the parent on Friday 27 February; thirty days: 1 day to the 28th, 29 more to Sunday 29 March.
        ("removed", None, date(2026, 3, 29)),
    ]


def test_the_steps_of_the_film_are_kept_with_their_hours(story):
    steps = Exchange.objects.filter(takedown=takedown(story, "tiktok")).order_by("happened_at")
    assert [(step.kind, step.happened_at) for step in steps] == [
        ("request", spring(2, 24, 15, 10)),
        ("reply", spring(2, 26, 9, 10)),
        ("appeal", spring(2, 26, 9, 40)),
        ("helpline", spring(2, 26, 15, 30)),
        ("removed", spring(2, 27, 16, 25)),
    ]


def test_the_post_in_the_group_is_taken_out_and_looked_for_again(story):
    states = [(row.status, day(row.chase_at), row.recheck_on) for row in versions_of(story, "facebook")]
    assert states == [
        ("requested", date(2026, 2, 26), None),
        ("requested", date(2026, 2, 26), None),
        # Gone on Wednesday 25 February; thirty days: 3 days to the 28th, 27 more to Friday 27 March.
        ("removed", None, date(2026, 3, 27)),
        # Looked again on that Friday: nothing more is due.
        ("removed", None, None),
    ]


def test_the_second_copy_has_a_request_of_its_own(story):
    second = takedown(story, "second")
    assert sealing.open_row(second.link).handle == "@example_slunt_two"
    states = [(row.status, day(row.chase_at), row.recheck_on) for row in versions_of(story, "second")]
    assert states == [
        # Back on Thursday 5 March at 07:50 and reported at 08:20; two working days: 6, 9 March, a Monday.
        ("reappeared", date(2026, 3, 9), None),
        ("requested", date(2026, 3, 9), None),
        # Removed on Monday 9 March; thirty days: 22 days to the 31st, 8 more to Wednesday 8 April.
        ("removed", None, date(2026, 4, 8)),
    ]


def test_the_case_is_closed_while_two_looks_are_still_due(story, concern, part):
    case = Case.objects.get(pk=story.things["case"].pk)
    assert (case.status, day(case.closed_at)) == ("closed", date(2026, 3, 27))
    assert (part.status, part.last_incident_on) == ("closed", date(2026, 3, 5))
    assert concern.status == "finished"
    get_resolver().url_patterns  # noqa: B018  (the addresses on a desk are those of the pages)
    head = Viewer(story.institution.account("P074"), datetime(2026, 4, 8, 9, tzinfo=LONDON))
    waiting = {task.ref for task in desk_of(head).tasks}
    # The film since 29 March and the copy on that day, 8 April; the group was looked at on the day of closing.
    assert waiting & requests() == {takedown(story, "tiktok").ref, takedown(story, "second").ref}


def requests() -> set[str]:
    return set(Takedown.objects.values_list("ref", flat=True))


def test_the_support_part_is_kept_until_the_fifth_of_march_2032(part):
    # Abuse of staff: the last incident, the copy of 5 March 2026, and six years. The violence report in it, three years
    # from 24 February 2026, would end on 24 February 2029: the longest rule in a part wins.
    found = keeping.fate(part, today=date(2026, 11, 23)).fate
    assert (found.due_on, found.rule) == (date(2032, 3, 5), "RET-ABUSE-STAFF")


def test_before_the_copy_came_back_it_would_have_been_kept_for_less(part):
    # The last incident is a fact of the part: the report's own day, 24 February 2026, and six years.
    part.last_incident_on = date(2026, 2, 24)
    assert keeping.fate(part, today=date(2026, 11, 23)).fate.due_on == date(2032, 2, 24)


def test_nobody_outside_is_named_in_clear_text(story):
    outsiders = [story.institution.people[key] for key in ("P091", "P093")]
    assert [person.name for person in outsiders] == ["", ""]
    assert [sealing.open_row(person).sealed_name for person in outsiders] == ["Corey Lunt", "Sharon Lunt"]
    assert not Person.objects.filter(name__icontains="Lunt").exists()


def test_every_line_was_written_by_a_person_and_nothing_was_changed_behind_our_back(story, concern, part):
    lines = Entry.objects.filter(record__in=[concern.record, part.record])
    assert {line.by for line in lines} == {story.institution.account(key).pk for key in ("P074", "P086")}
    assert [finding.sentence for finding in verify.findings()] == []
