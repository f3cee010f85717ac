"""Offering support: what was offered and what they said; also by personnel in a conduct part."""

import pytest

from casework.models import Note
from casework.workflow.parts import offer_support
from tests import states

pytestmark = pytest.mark.django_db
SAID = {"answer": "declined", "text": "Time with a colleague outside the school."}


@pytest.mark.parametrize(
    ("lane", "free", "aside"), [("support", "dee harriet", "dot"), ("conduct", "harriet hugh", "")]
)
def test_offer_support_is_for_those_who_look_after_people(cast, at, lane, free, aside):
    assert states.who_may(offer_support, states.part(cast, lane, at=at), cast, at=at) == (free, aside)


def test_offer_support_keeps_what_was_offered_and_the_answer(cast, at):
    part = offer_support(states.part(cast, "support", at=at), by=cast.dee, at=at, **SAID)
    (note,) = Note.objects.filter(record=part.record)
    assert (note.kind, note.answer, note.happened_at) == ("support", "declined", at)
    assert states.words(note).text == "Time with a colleague outside the school."


def test_offer_support_is_over_when_the_part_is_closed(cast, at):
    part = states.closed_part(cast, at=at)
    assert states.why_not(offer_support, part, by=cast.dee, at=at, **SAID) == "This part is closed."


def test_offer_support_leaves_its_line(cast, at):
    part = offer_support(states.part(cast, "support", at=at), by=cast.dee, at=at, **SAID)
    assert states.last_line(part) == ("support.offered", cast.dee.pk, at, {"answer": "declined"})
