"""Opening a closed part again: with a reason, in an open case; until when it is kept is worked out anew."""

from datetime import date

import pytest
from django.db import transaction

from casework import keeping
from casework.models import Part
from casework.workflow.breaches import decide_ico
from casework.workflow.cases import close_case
from casework.workflow.parts import close_part, reopen_part, write_note
from schools import ledger
from schools.exclusions import people_kept_from
from schools.models import Exclusion
from tests import states

pytestmark = pytest.mark.django_db
NEW = "The complaint came back."


@pytest.fixture
def part(cast, at):
    return states.closed_part(cast, at=at)


def test_reopen_part_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at, part):
    assert states.who_may(reopen_part, part, cast, at=at + states.DAY) == ("dee harriet", "dot")


def test_reopen_part_waits_for_its_case(cast, at, part):
    states.settled(part.case.record.concern, cast, at=at)
    close_case(part.case, by=cast.harriet, at=at + states.DAY)
    answers = {"by": cast.dee, "at": at + states.DAY, "reason": NEW}
    assert states.why_not(reopen_part, part, **answers) == "Open the case again first."


def test_reopen_part_is_for_a_closed_one(cast, at):
    part = states.part(cast, at=at)
    words = "This cannot be done now: it stands at “Open”."
    assert states.why_not(reopen_part, part, by=cast.dee, at=at + states.DAY, reason=NEW) == words


def test_reopen_part_lets_work_go_on_and_counts_its_end_anew(cast, at):
    later = at + states.DAY
    part = states.part(cast, "data_breach", at=at)
    not_told = {"decision": "not_told", "reason": "One list, deleted unread."}
    decide_ico(part, by=cast.harriet, at=later, **not_told)
    part = close_part(part, by=cast.harriet, at=later, reason="Nobody had seen it.")
    assert keeping.fate(part, today=later.date()).fate.due_on == date(2032, 11, 24)
    reopen_part(part, by=cast.harriet, at=later, reason=NEW)
    kept = Part.objects.get()
    assert (kept.status, kept.closed_at, states.words(kept).closing_note) == ("open", None, "")
    assert keeping.fate(kept, today=later.date()).fate.due_on is None
    write_note(kept, by=cast.harriet, at=later, text="A parent had seen it.")
    close_part(kept, by=cast.harriet, at=at + 9 * states.DAY, reason="She deleted it.")
    # Six years from its closing, now Wednesday 2 December.
    assert keeping.fate(Part.objects.get(), today=later.date()).fate.due_on == date(2032, 12, 2)


def test_reopen_part_leaves_its_line(cast, at, part):
    reopen_part(part, by=cast.dee, at=at + states.DAY, reason=NEW)
    assert states.last_line(part) == ("part.reopened", cast.dee.pk, at + states.DAY, {"why": NEW})


def test_reopen_part_keeps_out_whoever_is_kept_out_of_its_concern_by_now(cast, at, part):
    olu, concern = cast.olu.person, part.case.record.concern
    with transaction.atomic():
        kept_out = Exclusion(record=concern.record, person=olu, grade="hidden", why="a relative", since=at)
        ledger.record("conflict.worked_out", concern.record, kept_out, by=cast.dee, at=at)
    assert olu.pk not in people_kept_from(part.record)
    reopen_part(part, by=cast.dee, at=at + states.DAY, reason=NEW)
    assert olu.pk in people_kept_from(part.record)
