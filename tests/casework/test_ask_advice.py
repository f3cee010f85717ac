"""Asking for legal advice: kept apart, read by the one who asked alone, and never by those who run the matter."""

import pytest

from casework.models import LegalAdvice
from casework.workflow.apart import ask_advice
from casework.workflow.parts import close_part
from reports.building.frozen import Frozen
from schools import search
from schools.access import Viewer, sees
from schools.models import Exclusion, Reader
from schools.workflow.people import relate
from tests import states
from tests.access.browsing import browser, sought

pytestmark = pytest.mark.django_db
QUESTION = {"adviser": "Reed and Rowe", "question": "May we act on a repost of marmalade?"}


@pytest.fixture
def part(cast, at):
    return states.conduct_part(cast, at=at)


def test_ask_advice_is_for_personnel_and_the_head(cast, at, part):
    assert states.who_may(ask_advice, part, cast, at=at) == ("harriet hugh", "")


def test_ask_advice_is_never_for_whoever_decides_or_investigates(cast, at):
    part = states.begun(cast, at=at).part
    words = "Nobody who investigates, hears or decides this may read legal advice about it."
    assert states.why_not(ask_advice, part, by=cast.harriet, at=at + states.DAY, **QUESTION) == words


def test_ask_advice_waits_for_an_open_part(cast, at, part):
    close_part(part, by=cast.hugh, at=at + states.DAY, reason="Nothing in it.")
    assert states.why_not(ask_advice, part, by=cast.hugh, at=at + states.DAY, **QUESTION) == "This part is closed."


def test_ask_advice_is_read_by_the_one_who_asked_and_by_nobody_else(cast, at, part):
    advice = ask_advice(part, by=cast.hugh, at=at, **QUESTION)
    reads = {name for name, user in cast.everyone().items() if sees(Viewer(user, at), advice.record)}
    assert reads == {"hugh"}
    assert list(Reader.objects.filter(record=advice.record).values_list("person__name", "role")) == [
        ("Hugh Bannerman", "hr_lead")
    ]
    kept = LegalAdvice.objects.get()
    assert (kept.status, kept.asked_at, kept.received_at) == ("asked", at, None)
    assert states.words(kept).question == "May we act on a repost of marmalade?"


def test_ask_advice_is_hidden_from_whom_the_part_is_hidden(cast, at, part):
    advice = ask_advice(part, by=cast.hugh, at=at, **QUESTION)
    hidden = Exclusion.objects.filter(record=advice.record, grade="hidden").values_list("person__name", flat=True)
    assert set(hidden) == {"Sam Field", "Pat Field"}
    relate(cast.oakfield, by=cast.ada, at=at, person=cast.hugh.person, to=cast.sam.person, kind="sibling_of")
    assert not sees(Viewer(cast.hugh, at), advice.record)


def test_ask_advice_is_in_no_search_and_in_no_copy_of_the_part(cast, at, part):
    ask_advice(part, by=cast.hugh, at=at, **QUESTION)
    assert not search.find(Viewer(cast.hugh, at), "marmalade").exists()
    frozen = Frozen({part.record: part.record.entries.count()})
    assert not frozen.rows(LegalAdvice)
    assert "advice.asked" in [line.verb for line in frozen.lines]


def test_ask_advice_leaves_its_line_in_both_and_no_word_in_the_part(cast, at, part):
    advice = ask_advice(part, by=cast.hugh, at=at, **QUESTION)
    assert states.last_line(part) == states.last_line(advice) == ("advice.asked", cast.hugh.pk, at, {})


@pytest.mark.usefixtures("on_the_day")
def test_advice_is_found_by_no_search_not_even_by_its_reference(cast, at, part):
    advice = ask_advice(part, by=cast.hugh, at=at, **QUESTION)
    for typed in (advice.record.ref, "marmalade"):
        hugh = browser(cast.hugh)
        answer = hugh.get(sought(hugh, typed))
        assert answer.status_code == 200
        assert f"/advice/{advice.record.ref}/" not in answer.content.decode()
