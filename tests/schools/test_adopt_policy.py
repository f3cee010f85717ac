"""Adopting a policy: valid ones only; new records follow it, and those that exist keep theirs."""

import pytest

from schools.adopted import in_force
from schools.models import AdoptedPolicy
from schools.roles import Role
from schools.workflow.policies import adopt_policy
from tests import factories, states
from tests.conftest import ALL_SAINTS

pytestmark = pytest.mark.django_db
MODEL = ALL_SAINTS.with_name("model.toml")


def test_adopt_policy_is_for_those_who_lead_the_trust_and_the_administrator(cast, at):
    factories.member(cast.central, "Cleo Adams", Role.CEO, at=at, whole_trust=True)
    assert states.who_may(adopt_policy, cast.trust, cast, at=at) == ("ada", "")


def test_adopt_policy_is_refused_to_others_in_words(cast, at):
    words = "Your role does not let you do this: adopt a policy."
    assert states.why_not(adopt_policy, cast.trust, by=cast.harriet, at=at, text=MODEL.read_text()) == words


def test_adopt_policy_names_the_line_of_a_mistake(cast, at):
    said = states.why_not(adopt_policy, cast.trust, by=cast.ada, at=at, text='id = "x"\nnonsense = 1\n')
    assert said.startswith("This policy cannot be adopted: line ")
    assert AdoptedPolicy.objects.filter(trust=cast.trust).count() == 1


def test_adopt_policy_holds_from_now_on_and_not_before(cast, at):
    before = states.reported(cast, at=at - states.DAY)
    made = adopt_policy(cast.trust, by=cast.ada, at=at, text=MODEL.read_text())
    after = states.reported(cast, at=at + states.HOUR)
    assert (before.record.pack.pack_id, after.record.pack.pack_id) == ("allsaints-2022", "model")
    assert in_force(cast.oakfield, at) == made
    assert in_force(cast.oakfield, at - states.HOUR).pack_id == "allsaints-2022"


def test_adopt_policy_leaves_its_line_with_the_digest(cast, at):
    made = adopt_policy(cast.trust, by=cast.ada, at=at, text=MODEL.read_text())
    facts = {"pack": "model", "digest": made.digest}
    assert states.last_line(cast.trust) == ("policy.adopted", cast.ada.pk, at, facts)
