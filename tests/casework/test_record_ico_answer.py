"""Recording the answer of the Information Commissioner, after which the entry in the register can be closed."""

from datetime import date

import pytest

from casework import keeping
from casework.models import IcoStep, Part
from casework.workflow.breaches import record_ico_answer
from casework.workflow.parts import close_part
from tests import states

pytestmark = pytest.mark.django_db
ANSWER = {"answer": "advice", "said": "No action; a word about lists on walls."}


def test_record_ico_answer_is_for_the_data_protection_officer_and_the_head(cast, at):
    part = states.ico_told(cast, at=at)
    assert states.who_may(record_ico_answer, part, cast, at=at + 2 * states.DAY) == ("harriet priya", "")


def test_record_ico_answer_waits_until_it_was_told_and_comes_after(cast, at):
    part, later = states.breach(cast, at=at), at + 2 * states.DAY
    words = "The ICO has not been told."
    assert states.why_not(record_ico_answer, part, by=cast.priya, at=later, happened_at=later, **ANSWER) == words
    told = states.ico_told(cast, at=at)
    words = "This is before the ICO was told."
    assert states.why_not(record_ico_answer, told, by=cast.priya, at=later, happened_at=at, **ANSWER) == words


def test_record_ico_answer_lets_the_entry_be_closed_and_kept_six_years(cast, at):
    part, later = states.ico_told(cast, at=at), at + 8 * states.DAY
    record_ico_answer(part, by=cast.priya, at=later, happened_at=later, **ANSWER)
    step = IcoStep.objects.get(kind="answer")
    assert (step.answer, states.words(step).said) == ("advice", "No action; a word about lists on walls.")
    close_part(part, by=cast.priya, at=later, reason="The ICO has answered.")
    # Closed on Tuesday 1 December 2026.
    assert keeping.fate(Part.objects.get(), today=later.date()).fate.due_on == date(2032, 12, 1)


def test_record_ico_answer_leaves_its_line(cast, at):
    part, later = states.ico_told(cast, at=at), at + 8 * states.DAY
    record_ico_answer(part, by=cast.priya, at=later, happened_at=later, **ANSWER)
    assert states.last_line(part) == ("ico.answered", cast.priya.pk, later, {"ico_answer": "advice"})
