"""Reviewing support: how it is going, in words, as often as needed."""

import pytest

from casework.models import Note
from casework.workflow.parts import review_support
from tests import states

pytestmark = pytest.mark.django_db


def test_review_support_is_for_those_who_look_after_people(cast, at):
    assert states.who_may(review_support, states.part(cast, "support", at=at), cast, at=at) == ("dee harriet", "dot")


def test_review_support_keeps_how_it_is_going(cast, at):
    part = states.part(cast, "support", at=at)
    for week in (1, 2):
        review_support(part, by=cast.harriet, at=at + week * 7 * states.DAY, text=f"Week {week}: better.")
    notes = Note.objects.filter(record=part.record, kind="review").order_by("happened_at")
    assert [states.words(note).text for note in notes] == ["Week 1: better.", "Week 2: better."]


def test_review_support_is_over_when_the_part_is_closed(cast, at):
    part = states.closed_part(cast, at=at)
    assert states.why_not(review_support, part, by=cast.dee, at=at, text="More.") == "This part is closed."


def test_review_support_leaves_its_line(cast, at):
    part = review_support(states.part(cast, "support", at=at), by=cast.dee, at=at, text="Better.")
    assert states.last_line(part) == ("support.reviewed", cast.dee.pk, at, {})
