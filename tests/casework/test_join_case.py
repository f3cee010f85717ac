"""Joining a concern to a case: only to one that is open at the same school; whoever may not see it is kept out."""

import pytest

from casework.models import Case, JoinedConcern
from casework.workflow.cases import join_case
from casework.workflow.parts import close_part
from incidents.models import Concern
from schools.exclusions import people_kept_from
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, at):
    return states.in_case(cast, at=at)


def test_join_case_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at):
    assert states.who_may(join_case, states.triaged(cast, at=at), cast, at=at) == ("dee harriet", "dot")


def test_join_case_makes_the_concern_part_of_it(cast, at, case):
    concern = states.triaged(cast, at=at)
    join_case(concern, by=cast.dee, at=at, case=case)
    assert Concern.objects.get(pk=concern.pk).status == "in_case"
    assert JoinedConcern.objects.filter(case=case).count() == 2
    assert Case.objects.count() == 1


def test_join_case_refuses_a_closed_case(cast, at):
    closed = states.closed(cast, at=at)
    words = "Choose a case that is open at this school."
    assert states.why_not(join_case, states.triaged(cast, at=at), by=cast.dee, at=at, case=closed) == words


def test_join_case_leaves_its_line(cast, at, case):
    concern = states.triaged(cast, at=at)
    join_case(concern, by=cast.dee, at=at, case=case)
    assert states.last_line(concern) == ("concern.joined", cast.dee.pk, at, {"case": case.ref})


@pytest.mark.parametrize("is_closed", [False, True])
def test_join_case_takes_the_people_of_the_concern_into_every_part_open_or_closed(cast, at, is_closed):
    charge = states.part(cast, "conduct", at=at)
    if is_closed:
        close_part(charge, by=cast.hugh, at=at + states.DAY, reason="A namesake.")
    before = people_kept_from(charge.record)
    # Harriet reports a second matter about Sam, and Hugh saw it.
    saw = {"name": "Hugh Bannerman", "kind": "staff", "part": "witness"}
    second = states.triaged(cast, at=at, by=cast.harriet, people=(states.SAM, saw))
    join_case(second, by=cast.dee, at=at, case=charge.case)
    assert not {cast.harriet.person_id, cast.hugh.person_id} & before
    assert people_kept_from(charge.record) == before | {cast.harriet.person_id, cast.hugh.person_id}
    line = states.last_line(charge)
    assert (line[0], line[3]) == ("people.carried_over", {"concern": second.ref})
