"""Copying an item into another part: as it stands that day, with a line in both; nothing else crosses."""

import pytest

from casework.models import Note
from casework.workflow.parts import copy_item, write_note
from schools import ledger
from schools.models import Exclusion
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def parts(cast, at):
    """A safeguarding part with a note in it, and a support part of the same case."""
    case = states.in_case(cast, at=at)
    safeguarding = states.part(cast, at=at, case=case)
    write_note(safeguarding, by=cast.dee, at=at, text="Rang her aunt.")
    return safeguarding, states.part(cast, "support", at=at, case=case)


def copied(cast, at, parts):
    source, into = parts
    return copy_item(source, by=cast.dee, at=at + states.DAY, note=Note.objects.get(record=source.record), into=into)


def test_copy_item_is_for_lead_and_head_and_not_for_a_witness(cast, at, parts):
    assert states.who_may(copy_item, parts[0], cast, at=at) == ("dee harriet", "dot")


def test_copy_item_seals_a_copy_under_the_other_key(cast, at, parts):
    copied(cast, at, parts)
    (copy,) = Note.objects.filter(record=parts[1].record)
    assert (copy.kind, copy.source_ref, copy.happened_at) == ("handed_over", parts[0].ref, at)
    assert states.words(copy).text == "Rang her aunt."


def test_copy_item_is_refused_when_the_other_part_is_closed(cast, at, parts):
    source, into = parts
    closed = states.closed_part(cast, at=at, case=into.case)
    answers = {"note": Note.objects.get(record=source.record), "into": closed}
    assert states.why_not(copy_item, source, by=cast.dee, at=at, **answers) == "That part is closed."


def test_copy_item_is_not_for_who_stands_aside_in_the_other_part(cast, at, parts):
    source, into = parts
    aside = Exclusion(record=into.record, person=cast.dee.person, grade=Exclusion.ASIDE, why="her own advice", since=at)
    ledger.record("conflict.worked_out", into.record, aside, by=cast.harriet, at=at)
    answers = {"note": Note.objects.get(record=source.record), "into": into}
    words = "You cannot add to that part: her own advice."
    assert states.why_not(copy_item, source, by=cast.dee, at=at, **answers) == words
    assert not Note.objects.filter(record=into.record).exists()


def test_copy_item_leaves_a_line_in_both_parts(cast, at, parts):
    copied(cast, at, parts)
    source, into = parts
    assert states.last_line(source) == ("item.copied", cast.dee.pk, at + states.DAY, {"into": into.ref})
    assert states.last_line(into) == ("item.received", cast.dee.pk, at + states.DAY, {"source": source.ref})
