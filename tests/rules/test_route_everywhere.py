"""What must hold of every concern under every policy, and the shape of every answer."""

import pytest
from pydantic import TypeAdapter

from incidents.rules import route
from incidents.rules.answer import Answer
from schools import policy
from tests.rules.route_tables import PACKS, concerns, facts, in_short

pytestmark = pytest.mark.sweep
PACK = policy.shipped()
EVERYWHERE = [
    (trust, key, pack)
    for trust in PACKS
    for key in concerns(trust)
    for pack in ("allsaints-2022", "sovereign-5.0", "model")
]


@pytest.mark.parametrize(("trust", "key", "pack"), EVERYWHERE)
def test_nobody_is_told_what_is_hidden_from_them_or_asked_to_act_where_they_stand_aside(trust, key, pack):
    answer = route.answer(facts(trust, concerns(trust)[key]), PACK[pack])
    barred = {row["person"] for row in answer["hidden"]}
    barred |= {row["person"] for row in answer["standing_aside"] if not row["conduct_only"]}
    acting = {row["person"] for row in (*answer["tell"], *answer["takes_over"])}
    acting |= {answer["threshold_answered_by"], answer["threshold_consulted"]}
    assert not barred & (acting - {None})
    assert answer["tell"], "somebody must always be told"


@pytest.mark.parametrize(("trust", "key"), [(trust, key) for trust in PACKS for key in concerns(trust)])
def test_the_order_of_people_and_codes_changes_nothing(trust, key):
    given = facts(trust, concerns(trust)[key])
    turned = given | {
        "people": list(reversed(given["people"])),
        "secondary": list(reversed(given.get("secondary", []))),
        "office_holders": dict(reversed(given["office_holders"].items())),
    }
    one, other = (in_short(route.answer(each, PACK[PACKS[trust]])) for each in (given, turned))
    assert {name: _sorted(value) for name, value in one.items()} == {
        name: _sorted(value) for name, value in other.items()
    }


def _sorted(value):
    return sorted(value) if isinstance(value, list) else value


@pytest.mark.parametrize("trust", list(PACKS))
def test_every_answer_has_exactly_the_shape_that_is_published(trust):
    shape = TypeAdapter(Answer)  # a key that it does not know is dropped, and then the two differ
    for row in concerns(trust).values():
        answer = route.answer(facts(trust, row), PACK[PACKS[trust]])
        assert shape.validate_python(answer, strict=True) == answer


def test_the_schema_names_every_code_and_refuses_what_it_does_not_know():
    given = route.schema()["input"]
    assert given["additionalProperties"] is False
    assert set(given["required"]) == {"code", "reported_at"}
    assert set(given["properties"]["code"]["enum"]) == set(policy.taxonomy().codes)
