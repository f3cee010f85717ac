"""Adding to the trust's policy: one school's own paragraphs, for that school alone, taking nothing away."""

import pytest

from schools import adopted
from schools.roles import Role
from schools.workflow.policies import NOTHING_TO_ADD_TO, add_to_policy, adopt_policy
from tests import factories, states
from tests.conftest import ALL_SAINTS

pytestmark = pytest.mark.django_db
MORE = states.ADDITIONS


def test_add_to_policy_is_for_the_head_and_the_administrator(cast, at):
    assert states.who_may(add_to_policy, cast.oakfield, cast, at=at) == ("ada harriet", "")


def test_add_to_policy_is_refused_to_others_in_words(cast, at):
    words = "Your role does not let you do this: add to the policy."
    assert states.why_not(add_to_policy, cast.oakfield, by=cast.dee, at=at, text=MORE) == words


def test_add_to_policy_waits_until_the_trust_has_one(cast, at):
    head = factories.member(cast.zoe.person.school, "Abel Ash", Role.HEAD_OF_SCHOOL, at=at)
    assert states.why_not(add_to_policy, head.person.school, by=head, at=at, text=MORE) == NOTHING_TO_ADD_TO


def test_add_to_policy_holds_at_this_school_and_no_other(cast, at):
    add_to_policy(cast.oakfield, by=cast.harriet, at=at, text=MORE)
    here = adopted.policy_of(adopted.in_force(cast.oakfield, at))
    elsewhere = adopted.policy_of(adopted.in_force(cast.elmwood, at))
    assert "OAK-B1" in [clause.id for clause in here.clauses]
    assert "OAK-B1" not in [clause.id for clause in elsewhere.clauses]


def test_add_to_policy_ends_when_the_trust_adopts_another_version(cast, at):
    add_to_policy(cast.oakfield, by=cast.harriet, at=at, text=MORE)
    later = at + states.DAY
    again = adopt_policy(cast.trust, by=cast.ada, at=later, text=ALL_SAINTS.read_text())
    assert adopted.in_force(cast.oakfield, later) == again


def test_add_to_policy_names_the_line_of_a_mistake(cast, at):
    wrong = MORE.replace("Oakfield School", "Elmwood School")
    said = states.why_not(add_to_policy, cast.oakfield, by=cast.harriet, at=at, text=wrong)
    assert said.startswith("This cannot be added to the policy: line 2: ")


def test_add_to_policy_leaves_its_line_with_the_digest(cast, at):
    made = add_to_policy(cast.oakfield, by=cast.harriet, at=at, text=MORE)
    facts = {"pack": "allsaints-2022", "digest": made.digest}
    assert states.last_line(cast.oakfield) == ("policy.added_to", cast.harriet.pk, at, facts)
