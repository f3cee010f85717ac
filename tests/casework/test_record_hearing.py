"""Recording the hearing: who was there and what was said; nothing has been decided."""

import pytest

from casework.models import Proceeding, Step
from casework.workflow.proceedings import record_hearing
from tests import states

pytestmark = pytest.mark.django_db


def test_record_hearing_is_for_personnel_the_head_and_the_investigator(cast, at):
    proceeding = states.arranged(cast, at=at)
    assert states.who_may(record_hearing, proceeding, cast, at=at + 21 * states.DAY) == ("harriet hugh ivan", "")


def test_record_hearing_keeps_what_was_said_and_decides_nothing(cast, at):
    states.heard(cast, at=at)
    proceeding = Proceeding.objects.get()
    assert (proceeding.status, proceeding.outcome, proceeding.decided_at) == ("heard", "", None)
    assert states.words(Step.objects.get(kind="hearing")).said == "All were there."


def test_record_hearing_waits_until_it_is_arranged(cast, at):
    answers = {"happened_at": at, "said": "All were there."}
    words = "This cannot be done now: it stands at “Investigation finished”."
    proceeding = states.investigated(cast, at=at)
    assert states.why_not(record_hearing, proceeding, by=cast.hugh, at=at + states.DAY, **answers) == words


def test_record_hearing_leaves_its_line(cast, at):
    proceeding = states.heard(cast, at=at)
    assert states.last_line(proceeding) == ("hearing.recorded", cast.hugh.pk, at + 21 * states.DAY, {})
