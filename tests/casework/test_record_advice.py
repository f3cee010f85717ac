"""Recording advice that came: by the one who asked; the part says that it came, and not a word of it."""

import pytest

from casework.models import LegalAdvice
from casework.workflow.apart import record_advice
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
