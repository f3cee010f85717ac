"""Recording the findings: one for each allegation, with its reason, by the person who heard it."""

import pytest

from casework import part_page
from casework.models import Allegation, Proceeding, Step
from casework.workflow.proceedings import record_finding
from schools.access import Viewer
from schools.roles import Role
from schools.timeline import lines_of
from tests import factories, states

pytestmark = pytest.mark.django_db


def proved(proceeding, **more):
    (allegation,) = Allegation.objects.filter(record=proceeding.record)
    return {"allegation": allegation, "finding": "proved", "reason": "He said so."} | more


def test_record_finding_is_for_the_head_who_heard_it(cast, at):
    proceeding = states.heard(cast, at=at)
    assert states.who_may(record_finding, proceeding, cast, at=at + 22 * states.DAY) == ("harriet", "")


def test_record_finding_is_not_for_another_head(cast, at):
    proceeding, later = states.heard(cast, at=at), at + 22 * states.DAY
    second = factories.member(cast.oakfield, "Vera Holt", Role.HEAD_OF_SCHOOL, at=at)
    words = "Only Harriet Lowe, who heard it, decides."
    assert states.why_not(record_finding, proceeding, by=second, at=later, findings=[proved(proceeding)]) == words


def test_record_finding_wants_one_for_each_allegation(cast, at):
    proceeding, later = states.heard(cast, at=at), at + 22 * states.DAY
    words = "Give one finding for each allegation."
    twice = [proved(proceeding), proved(proceeding, finding="not_proved")]
    assert states.why_not(record_finding, proceeding, by=cast.harriet, at=later, findings=[]) == words
    assert states.why_not(record_finding, proceeding, by=cast.harriet, at=later, findings=twice) == words


def test_record_finding_keeps_each_with_its_reason(cast, at):
    states.found(cast, at=at, finding="partly")
    allegation = Allegation.objects.get()
    assert (allegation.finding, allegation.found_at) == ("partly", at + 22 * states.DAY)
    assert states.words(allegation).reason == "He said so."
    assert states.words(allegation).alleged == "That he named a child on Facebook."
    assert Proceeding.objects.get().status == "found"


def test_record_finding_waits_for_the_hearing(cast, at):
    proceeding, later = states.arranged(cast, at=at), at + 22 * states.DAY
    words = "This cannot be done now: it stands at “Hearing arranged”."
    assert states.why_not(record_finding, proceeding, by=cast.harriet, at=later, findings=[proved(proceeding)]) == words


def test_record_finding_leaves_its_line(cast, at):
    proceeding = states.found(cast, at=at)
    line = (
        "finding.recorded",
        cast.harriet.pk,
        at + 22 * states.DAY,
        {"findings": [{"of": "6.1", "answer": "proved"}]},
    )
    assert states.last_line(proceeding) == line


def test_record_finding_says_in_the_history_what_was_found_of_which_paragraph(cast, at):
    proceeding = states.found(cast, at=at, finding="not_proved")
    lines = lines_of([proceeding.record], Viewer(cast.harriet, at + 23 * states.DAY))
    assert lines[-1].said == "6.1 found not proved"


def test_each_stage_that_was_reached_has_its_day(cast, at):
    proceeding = states.found(cast, at=at)
    taken = list(Step.objects.filter(record=proceeding.record))
    stages = part_page.stages_of(proceeding, taken, list(Allegation.objects.all()))
    assert {one["words"]: one["at"] for one in stages if one["is_done"]} == {
        "Being investigated": at + 6 * states.HOUR,
        "Investigation finished": at + 7 * states.HOUR,
        "Hearing arranged": at + 8 * states.HOUR,
        "Heard; nothing has been decided": at + 21 * states.DAY,
        "Findings made": at + 22 * states.DAY,
    }
