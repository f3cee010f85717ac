"""Destroying working notes: by their author, once something is signed, never while an appeal waits; no word is left."""

import pytest

from casework.models import WorkingNotes
from casework.workflow.apart import destroy_working_notes
from schools import keyring
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes(cast, at):
    return states.working_notes(cast, at=at)


@pytest.fixture
def later(at):
    return at + states.DAY


def test_destroy_working_notes_is_for_their_author(cast, later, notes):
    assert states.who_may(destroy_working_notes, notes, cast, at=later) == ("ivan", "")


def test_destroy_working_notes_leaves_no_word(cast, later, notes, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        destroy_working_notes(notes, by=cast.ivan, at=later, made_into="report")
    assert keyring.record_keys([notes.record.pk]) == {}
    assert states.words(WorkingNotes.objects.get()).text == "erased"


def test_destroy_working_notes_is_done_once(cast, later, notes):
    destroy_working_notes(notes, by=cast.ivan, at=later, made_into="statement")
    words = "They have been destroyed."
    assert states.why_not(destroy_working_notes, notes, by=cast.ivan, at=later, made_into="report") == words


def test_destroy_working_notes_waits_for_the_appeal(cast, at, later):
    notes = states.working_notes(cast, at=at, proceeding=states.appealed(cast, at=at))
    words = "Nothing may be destroyed while an appeal waits."
    late = at + 30 * states.DAY
    assert states.why_not(destroy_working_notes, notes, by=cast.ivan, at=late, made_into="report") == words


def test_destroy_working_notes_leaves_its_line(cast, later, notes):
    destroy_working_notes(notes, by=cast.ivan, at=later, made_into="report")
    line = ("notes.destroyed", cast.ivan.pk, later, {"made_into": "report"})
    assert states.last_line(notes.part) == line
