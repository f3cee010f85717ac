"""Closing a case: by the head, when each of its parts is closed; its concerns are finished with it."""

import pytest

from casework.models import Case
from casework.workflow.cases import close_case, join_case
from casework.workflow.parts import close_part
from incidents.models import Concern
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, at):
    return states.in_case(cast, at=at)


def test_close_case_is_for_the_head_alone(cast, at, case):
    assert states.who_may(close_case, case, cast, at=at) == ("harriet", "")


def test_close_case_waits_for_its_parts(cast, at, case):
    part = states.part(cast, at=at, case=case)
    assert states.why_not(close_case, case, by=cast.harriet, at=at) == "Close each of its parts first."
    close_part(part, by=cast.dee, at=at, reason="The child is safe.")
    assert close_case(case, by=cast.harriet, at=at).status == "closed"


def test_close_case_is_done_once(cast, at, case):
    close_case(case, by=cast.harriet, at=at)
    assert states.why_not(close_case, case, by=cast.harriet, at=at) == "This cannot be done now: it stands at “Closed”."


def test_close_case_finishes_every_concern_in_it(cast, at, case):
    second = states.answered(cast, at=at)
    join_case(second, by=cast.dee, at=at, case=case)
    close_case(case, by=cast.harriet, at=at + states.DAY)
    assert {(one.status, one.finished_at) for one in Concern.objects.all()} == {("finished", at + states.DAY)}
    assert Case.objects.get().closed_at == at + states.DAY
    assert states.last_line(second) == ("concern.finished", cast.harriet.pk, at + states.DAY, {"case": case.ref})


def test_close_case_leaves_its_line(cast, at, case):
    close_case(case, by=cast.harriet, at=at)
    assert states.last_line(case) == ("case.closed", cast.harriet.pk, at, {"case": case.ref})


@pytest.mark.parametrize("part", ["subject", "witness"])
def test_close_case_ends_no_concern_about_whoever_closes_it_or_that_they_saw(cast, at, case, part):
    harriet = {"name": "Harriet Lowe", "kind": "staff", "part": part}
    second = states.triaged(cast, at=at, people=[harriet])
    join_case(second, by=cast.dee, at=at, case=case)
    before = states.lines(second)
    close_case(case, by=cast.harriet, at=at + states.DAY)
    assert Case.objects.get().status == "closed"
    assert Concern.objects.get(pk=case.record.concern.pk).status == "finished"
    kept = Concern.objects.get(pk=second.pk)
    assert (kept.status, kept.finished_at) == ("in_case", None)
    assert states.lines(second) == [*before, "case.closed"]
