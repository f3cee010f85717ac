"""Opening a case: a cover without content, by those who may triage, once the concern is triaged."""

import pytest

from casework.models import Case, JoinedConcern
from casework.workflow.cases import open_case
from incidents.models import Concern
from tests import states

pytestmark = pytest.mark.django_db


def test_open_case_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at):
    assert states.who_may(open_case, states.triaged(cast, at=at), cast, at=at) == ("dee harriet", "dot")


def test_open_case_waits_for_triage_and_is_done_once(cast, at):
    concern = states.read(cast, at=at)
    early = states.why_not(open_case, concern, by=cast.dee, at=at)
    assert early == "This cannot be done now: it stands at “Waiting for triage”."
    case = states.in_case(cast, at=at)
    again = states.why_not(open_case, case.record.concern, by=cast.dee, at=at)
    assert again == "This cannot be done now: it stands at “Part of a case”."


def test_open_case_joins_the_concern_to_a_cover_of_its_own_name(cast, at):
    case = open_case(states.triaged(cast, at=at), by=cast.dee, at=at)
    assert (case.status, case.school, case.opened_at) == ("open", cast.oakfield, at)
    assert case.ref.startswith("K-")
    (joined,) = JoinedConcern.objects.filter(case=case)
    assert (joined.concern, joined.joined_at) == (Concern.objects.get(), at)
    assert Concern.objects.get().status == "in_case"


def test_open_case_leaves_its_line_with_the_concern(cast, at):
    case = open_case(states.triaged(cast, at=at), by=cast.dee, at=at)
    assert states.last_line(case) == ("case.opened", cast.dee.pk, at, {"case": Case.objects.get().ref})
