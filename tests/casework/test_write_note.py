"""Writing a note: by those who work on this kind of part, or were given it; confidential, and found again by words."""

import pytest

from casework.models import Note
from casework.workflow.parts import write_note
from schools import search
from schools.access import Viewer
from tests import states

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lane", "free", "aside"),
    [
        ("safeguarding", "dee harriet", "dot"),
        ("conduct", "harriet hugh", ""),
        ("data_breach", "harriet priya", ""),
    ],
)
def test_write_note_is_for_those_who_work_on_the_part(cast, at, lane, free, aside):
    assert states.who_may(write_note, states.part(cast, lane, at=at), cast, at=at) == (free, aside)


def test_write_note_is_for_the_investigator_once_the_part_is_his(cast, at):
    part = states.begun(cast, at=at).part
    assert states.who_may(write_note, part, cast, at=at + states.DAY) == ("harriet hugh ivan", "")


def test_write_note_keeps_it_under_the_parts_key(cast, at):
    part = write_note(states.part(cast, at=at), by=cast.dee, at=at, text="Rang her aunt.", happened_at=at - states.HOUR)
    (note,) = Note.objects.filter(record=part.record)
    assert (note.kind, note.written_by, note.happened_at) == ("note", cast.dee.person, at - states.HOUR)
    assert states.words(note).text == "Rang her aunt."
    assert list(search.find(Viewer(cast.dee, at), "aunt")) == [part.record]
    assert not search.find(Viewer(cast.hugh, at), "aunt").exists()


def test_write_note_is_over_when_the_part_is_closed(cast, at):
    part = states.closed_part(cast, at=at)
    assert states.why_not(write_note, part, by=cast.dee, at=at, text="More.") == "This part is closed."


def test_write_note_leaves_its_line_and_none_of_its_words(cast, at):
    part = write_note(states.part(cast, at=at), by=cast.dee, at=at, text="Rang her aunt.")
    assert states.last_line(part) == ("note.written", cast.dee.pk, at, {})
