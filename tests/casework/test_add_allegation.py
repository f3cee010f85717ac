"""Adding an allegation: what came to light later, before notice of the hearing, and with a finding of its own."""

import pytest

from casework.models import Allegation
from casework.workflow.proceedings import add_allegation, record_finding
from tests import states

pytestmark = pytest.mark.django_db
MORE = {"allegations": [{"paragraphs": "6.e", "alleged": "That he would not say who else had it."}]}


def test_add_allegation_is_for_personnel_and_the_head(cast, at):
    proceeding = states.begun(cast, at=at)
    assert states.who_may(add_allegation, proceeding, cast, at=at + states.DAY) == ("harriet hugh", "")


def test_add_allegation_waits_for_no_hearing_that_was_notified(cast, at):
    proceeding = states.arranged(cast, at=at)
    words = "Notice of the hearing was given: nothing is added to what it says."
    assert states.why_not(add_allegation, proceeding, by=cast.hugh, at=at + states.DAY, **MORE) == words


def test_add_allegation_keeps_the_words_and_wants_its_own_finding(cast, at):
    proceeding = states.investigated(cast, at=at)
    add_allegation(proceeding, by=cast.hugh, at=at + 8 * states.HOUR, **MORE)
    added = Allegation.objects.get(record=proceeding.record, paragraphs="6.e")
    assert (states.words(added).alleged, added.finding) == ("That he would not say who else had it.", "")
    first = Allegation.objects.exclude(pk=added.pk).get(record=proceeding.record)
    heard = states.heard_of(proceeding, cast, at=at)
    words = "Give one finding for each allegation."
    one = [{"allegation": first, "finding": "proved", "reason": "He said so."}]
    late = at + 22 * states.DAY
    assert states.why_not(record_finding, heard, by=cast.harriet, at=late, findings=one) == words


def test_add_allegation_leaves_its_line(cast, at):
    proceeding = states.begun(cast, at=at)
    add_allegation(proceeding, by=cast.hugh, at=at + states.DAY, **MORE)
    assert states.last_line(proceeding) == ("allegation.added", cast.hugh.pk, at + states.DAY, {"allegations": 1})
