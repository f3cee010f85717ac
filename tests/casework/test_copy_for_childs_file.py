"""The text for the child's own file: put together from facts, finished by hand, about one child only."""

import pytest

from casework.models import Note
from casework.workflow.parts import copy_for_childs_file
from tests import states
from tests.access.browsing import address, browser
from tests.pages import in_order, words

pytestmark = pytest.mark.django_db
SAID = {"text": "About Kit Lane. Reported 23 November 2026."}


def test_copy_for_childs_file_is_for_those_who_work_on_the_part(cast, at):
    assert states.who_may(copy_for_childs_file, states.part(cast, at=at), cast, at=at) == ("dee harriet", "dot")


def test_copy_for_childs_file_begins_with_dates_and_decisions_and_nobodys_words(cast, on_the_day):
    part = states.part(cast, at=on_the_day - states.DAY)
    source = browser(cast.dee).get(address(part, "copy-for-childs-file"))
    in_order(words(source), "What goes into the child’s file", "About one child. From Daybook", part.ref, "Oakfield")
    # Reported and decided on the Sunday before the Monday of the clock.
    in_order(words(source), "Reported 22 November 2026:", "Decided 22 November 2026:", "Low-level concern.")
    assert states.WORDS not in words(source)
    assert "Sam Field" not in words(source)


def test_copy_for_childs_file_keeps_the_text_on_the_page_of_the_part(cast, on_the_day):
    part = copy_for_childs_file(states.part(cast, at=on_the_day - states.DAY), by=cast.dee, at=on_the_day, **SAID)
    (note,) = Note.objects.filter(record=part.record)
    assert (note.kind, states.words(note).text) == ("childs_file", SAID["text"])
    in_order(words(browser(cast.dee).get(address(part))), "Notes", "Text for the child’s file", SAID["text"])


def test_copy_for_childs_file_is_for_an_open_part_about_a_child(cast, at):
    why = "Only the child’s safety part goes into a child’s file."
    support = states.part(cast, "support", at=at)
    assert states.why_not(copy_for_childs_file, support, by=cast.dee, at=at, **SAID) == why
    closed = states.closed_part(cast, at=at)
    assert states.why_not(copy_for_childs_file, closed, by=cast.dee, at=at, **SAID) == "This part is closed."


def test_copy_for_childs_file_leaves_its_line(cast, at):
    part = copy_for_childs_file(states.part(cast, at=at), by=cast.dee, at=at, **SAID)
    assert states.last_line(part) == ("extract.written", cast.dee.pk, at, {})
