"""Keeping working notes: declared, for the author alone, in no copy of the part."""

import pytest

from casework.models import WorkingNotes
from casework.workflow.apart import keep_working_notes
from reports.building.frozen import Frozen
from schools.access import Viewer, sees
from tests import states

pytestmark = pytest.mark.django_db
TEXT = "He looked at the floor."


@pytest.fixture
def part(cast, at):
    return states.begun(cast, at=at).part


@pytest.fixture
def later(at):
    return at + states.DAY


def test_keep_working_notes_is_for_whoever_works_on_the_part(cast, later, part):
    assert states.who_may(keep_working_notes, part, cast, at=later) == ("harriet hugh ivan", "")


def test_keep_working_notes_are_read_by_their_author_alone(cast, later, part):
    notes = keep_working_notes(part, by=cast.ivan, at=later, text=TEXT)
    reads = {name for name, user in cast.everyone().items() if sees(Viewer(user, later), notes.record)}
    assert reads == {"ivan"}
    assert states.words(WorkingNotes.objects.get()).text == TEXT


def test_keep_working_notes_stand_in_no_copy(cast, later, part):
    keep_working_notes(part, by=cast.ivan, at=later, text=TEXT)
    assert not Frozen({part.record: part.record.entries.count()}).rows(WorkingNotes)


def test_keep_working_notes_leaves_its_line_in_both_and_no_word_in_the_part(cast, later, part):
    notes = keep_working_notes(part, by=cast.ivan, at=later, text=TEXT)
    assert states.last_line(part) == states.last_line(notes) == ("notes.kept", cast.ivan.pk, later, {})
