"""The worked concerns of the five trusts: who is told and by when, who may not see it, what may be charged."""

import pytest

from incidents.rules import route
from schools import policy
from tests.rules.route_tables import NOTHING, PACKS, concerns, facts, in_short

TRUSTS = list(PACKS)
WORKED = [(trust, key) for trust in TRUSTS for key in concerns(trust)]


@pytest.mark.parametrize(("trust", "key"), WORKED, ids=[key for _, key in WORKED])
def test_a_worked_concern_is_answered_as_by_hand(trust, key):
    row = concerns(trust)[key]
    answer = route.answer(facts(trust, row), policy.shipped()[PACKS[trust]])
    assert in_short(answer) == NOTHING | row["expect"]
