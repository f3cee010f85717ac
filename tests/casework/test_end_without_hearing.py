"""Ending a proceeding after the investigation: by whoever would have heard it; nothing found, nothing to appeal."""

from datetime import date

import pytest

from casework import keeping, part_page
from casework.models import Allegation, Part, Proceeding
from casework.workflow.appeals import lodge_appeal
from casework.workflow.endings import end_without_hearing, record_letter
from casework.workflow.parts import close_part
from tests import states

pytestmark = pytest.mark.django_db


def test_end_without_hearing_is_for_whoever_would_hear_it(cast, at):
    proceeding = states.investigated(cast, at=at)
    assert states.who_may(end_without_hearing, proceeding, cast, at=at + states.DAY) == ("harriet", "")


def test_end_without_hearing_waits_for_the_facts(cast, at):
    words = "This cannot be done now: it stands at “Being investigated”."
    proceeding = states.begun(cast, at=at)
    assert states.why_not(end_without_hearing, proceeding, by=cast.harriet, at=at + states.DAY, reason="No.") == words


def test_end_without_hearing_finds_nothing_and_takes_no_action(cast, at):
    states.no_case(cast, at=at)
    proceeding, allegation = Proceeding.objects.get(), Allegation.objects.get()
    assert (proceeding.status, proceeding.outcome, proceeding.decided_at) == (
        "decided",
        "no_action",
        at + 2 * states.DAY,
    )
    # Ended on Wednesday 25 November; five working days: 26, 27, 30, 1, Wednesday 2 December.
    assert (proceeding.letter_due_on, proceeding.appeal_until_on) == (date(2026, 12, 2), None)
    assert (allegation.finding, states.words(allegation).reason) == ("not_proved", "It was somebody else’s page.")
    assert Part.objects.get().outcome == "no_action"


def test_end_without_hearing_leaves_nothing_to_appeal_against_and_the_part_can_be_closed(cast, at):
    proceeding, later = states.no_case(cast, at=at), at + 3 * states.DAY
    appeal = {"lodged_at": later, "grounds": "None.", "appeal_officer": cast.grace.person}
    words = "There was no case to answer, so there is nothing to appeal against."
    assert states.why_not(lodge_appeal, proceeding, by=cast.hugh, at=later, **appeal) == words
    told = record_letter(proceeding, by=cast.hugh, at=later, given_at=later, said="By hand.")
    part = close_part(told.part, by=cast.hugh, at=later, reason="No case to answer.")
    # Kept twelve months from the conclusion, Wednesday 25 November 2026.
    found = keeping.fate(part, today=later.date()).fate
    assert (found.due_on, found.rule) == (date(2027, 11, 25), "RET-DISC-NFA")


def test_end_without_hearing_shows_no_stage_that_never_was(cast, at):
    shown = [one["words"] for one in part_page.stages_of(states.no_case(cast, at=at), [], [])]
    assert shown == ["Being investigated", "Investigation finished", "Decided"]


def test_end_without_hearing_leaves_its_line(cast, at):
    line = ("proceeding.ended", cast.harriet.pk, at + 2 * states.DAY, {})
    assert states.last_line(states.no_case(cast, at=at)) == line
