"""Recording advice that came: by the one who asked; the part says that it came, and not a word of it."""

import pytest
from django.db import transaction

from casework.models import LegalAdvice
from casework.workflow.apart import ask_advice, record_advice
from casework.workflow.parts import write_note
from casework.workflow.proceedings import add_allegation
from incidents.workflow.triage import record_decision
from schools import ledger
from schools.models import Exclusion
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def advice(cast, at):
    return states.advice_asked(cast, at=at)


def came(at, **more):
    return {"received_at": at, "text": "Charge the manner and never the view."} | more


def test_record_advice_is_for_the_one_who_asked(cast, at, advice):
    assert states.who_may(record_advice, advice, cast, at=at + states.DAY) == ("hugh", "")


def test_record_advice_comes_after_the_question(cast, at, advice):
    words = "This is before it was asked for."
    assert states.why_not(record_advice, advice, by=cast.hugh, at=at + states.DAY, **came(at)) == words


def test_record_advice_keeps_the_words_and_is_done_once(cast, at, advice):
    later = at + states.DAY
    record_advice(advice, by=cast.hugh, at=later, **came(later))
    kept = LegalAdvice.objects.get()
    assert (kept.status, kept.received_at) == ("received", later)
    assert states.words(kept).advice == "Charge the manner and never the view."
    words = "This cannot be done now: it stands at “Received”."
    assert states.why_not(record_advice, advice, by=cast.hugh, at=later, **came(later)) == words


def test_record_advice_leaves_its_line_in_both_and_no_word_in_the_part(cast, at, advice):
    later = at + states.DAY
    record_advice(advice, by=cast.hugh, at=later, **came(later))
    line = ("advice.received", cast.hugh.pk, later, {})
    assert states.last_line(advice.part) == states.last_line(advice) == line


ADVICE = "Charge the manner of the post, never the view that is held, and stop short of dismissal."
COPIED = "Our solicitor says: stop short of dismissal. So: the manner of the post, never the view that is held."
REFUSED = (
    "This repeats words of legal advice, which would then be read by others and lose its protection. Say in "
    "your own words what you decide, and why. The words are: “the manner of the post never the view”."
)


@pytest.fixture
def known(cast, at, advice):
    return record_advice(advice, by=cast.hugh, at=at + states.DAY, received_at=at + states.DAY, text=ADVICE)


def test_the_words_of_advice_are_refused_wherever_else_they_are_written_about_the_case(cast, at, known):
    later, part = at + 2 * states.DAY, known.part
    concern = part.case.joined.get().concern
    answers = {"question": "parents", "answer": "no", "reason": COPIED}
    assert states.why_not(write_note, part, by=cast.hugh, at=later, text=COPIED) == REFUSED
    assert states.why_not(record_decision, concern, by=cast.harriet, at=later, **answers) == REFUSED


def test_the_same_words_are_nothing_to_another_case(cast, at, known):
    later = at + 2 * states.DAY
    elsewhere = states.conduct_part(cast, at=later)
    write_note(elsewhere, by=cast.hugh, at=later, text=COPIED)
    assert states.last_line(elsewhere)[0] == "note.written"


def test_what_is_decided_in_ones_own_words_is_written(cast, at, known):
    own = "He is charged with how he wrote, because of its tone; what he believes is his own affair."
    write_note(known.part, by=cast.hugh, at=at + 2 * states.DAY, text=own)
    assert states.last_line(known.part)[0] == "note.written"


def advised(part, cast, at, *, question="May we act?", text=ADVICE):
    asked = ask_advice(part, by=cast.hugh, at=at + 6 * states.HOUR, adviser="Reed and Rowe", question=question)
    return record_advice(asked, by=cast.hugh, at=at + states.DAY, received_at=at + states.DAY, text=text)


def test_the_words_of_the_question_are_no_advice(cast, at):
    asked = "He showed a picture of the school trip to people outside: may we act?"
    part = states.conduct_part(cast, at=at)
    advised(part, cast, at, question=asked)
    write_note(part, by=cast.hugh, at=at + 2 * states.DAY, text=asked)
    assert states.last_line(part)[0] == "note.written"


def test_words_reported_or_alleged_are_written_although_the_advice_quotes_them(cast, at):
    part = states.begun(cast, at=at).part
    alleged = "That on the school trip he showed a picture to people outside."
    added = [{"paragraphs": "6.1", "alleged": alleged}]
    add_allegation(part.proceeding_of, by=cast.hugh, at=at + 7 * states.HOUR, allegations=added)
    advised(part, cast, at, text=f"{states.WORDS} {alleged} {ADVICE}")
    later = at + 2 * states.DAY
    for text in (f"Found: {states.WORDS}", f"Found: {alleged}"):
        write_note(part, by=cast.hugh, at=later, text=text)
        assert states.last_line(part)[:3] == ("note.written", cast.hugh.pk, later)
    assert states.why_not(write_note, part, by=cast.hugh, at=later, text=COPIED) == REFUSED


def test_somebody_from_whom_the_part_is_hidden_learns_of_no_advice(cast, at, known):
    later, concern = at + 2 * states.DAY, known.part.case.joined.get().concern
    with transaction.atomic():
        hidden = Exclusion(record=known.part.record, person=cast.dee.person, grade="hidden", why="a relative", since=at)
        ledger.record("conflict.worked_out", known.part.record, hidden, by=None, at=at)
    answers = {"question": "parents", "answer": "no", "reason": COPIED}
    assert states.why_not(record_decision, concern, by=cast.harriet, at=later, **answers) == REFUSED
    record_decision(concern, by=cast.dee, at=later, **answers)
    assert states.last_line(concern)[:2] == ("decision.recorded", cast.dee.pk)
