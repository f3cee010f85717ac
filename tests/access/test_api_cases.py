"""Bar S18: generated requests as three roles; every answer is one that the description of the API promises."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle

from reports import printed_acts
from schools.models import Person
from schools.openapi import example_of
from tests import states
from tests.access.browsing import LONG_AGO, browser
from tests.bars.conftest import sized

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
CASES_A_ROLE = sized(20, 350)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=40)
UNHURRIED = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
WORDS = st.text(st.characters(), max_size=60)
KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=7, max_size=65)


@pytest.fixture(scope="module")
def described() -> dict:
    """The description as it is served."""
    return json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True)))


@pytest.fixture
def world(cast, monkeypatch):
    """Things of every kind in several states, and three people who ask after them; nobody is asked to wait."""
    for throttle in (AnonRateThrottle, UserRateThrottle):
        monkeypatch.setattr(throttle, "rate", None, raising=False)
    at = cast.now - LONG_AGO
    case = states.in_case(cast, at=at)
    proceeding = states.begun(cast, at=at, case=case)
    part = states.part(cast, at=at, case=case)
    concerns = [states.reported(cast, at=at), states.read(cast, at=at), states.triaged(cast, at=at)]
    takedown = states.removed(cast, at=at)
    paper = states.paper(cast, at=at, subject=part)
    things = [case, proceeding, part, *concerns, takedown, paper, cast.oakfield, cast.trust]
    chosen = [str(pk) for pk in Person.objects.values_list("pk", flat=True)]
    people = {"teacher": cast.tom, "dsl": cast.dee, "administrator": cast.ada, "nobody": None}
    clients = {name: browser(user) for name, user in people.items()}
    return SimpleNamespace(refs=[thing.ref for thing in things], chosen=chosen, clients=clients)


def fitting(schema: dict, chosen: list[str]):
    """Answers of the shape a question asks for."""
    if schema.get("enum"):
        return st.sampled_from(schema["enum"])
    kind, form = schema.get("type"), schema.get("format")
    if kind == "array":
        return st.lists(fitting(schema["items"], chosen), max_size=3)
    if kind == "object":
        needed = {name: fitting(schema["properties"][name], chosen) for name in schema.get("required", [])}
        others = {name: fitting(one, chosen) for name, one in schema["properties"].items() if name not in needed}
        return st.fixed_dictionaries(needed, optional=others)
    if form == "uuid":
        return st.sampled_from(chosen)
    if form in {"date", "date-time"}:
        moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
        return moments.map(lambda moment: (moment if form == "date-time" else moment.date()).isoformat())
    return st.sampled_from([*chosen, "Because it is so."]) | WORDS


@st.composite
def bodies(draw, schema: dict, chosen: list[str]):
    """What is sent to an act: as it asks for it, with one answer spoiled, or anything at all."""
    if draw(st.integers(0, 9)) == 0:
        return draw(ANYTHING)
    payload = draw(fitting(schema, chosen))
    if draw(st.booleans()):
        name = draw(st.sampled_from([*schema["properties"], "unasked"]))
        payload[name] = draw(ANYTHING)
    return payload


@st.composite
def requests(draw, described: dict, world):
    """An operation of the description, the reference it is asked of, and what is sent."""
    paths = described["paths"]
    path, method = draw(st.sampled_from([(path, method) for path, found in paths.items() for method in found]))
    operation = paths[path][method]
    letters = st.characters(exclude_characters="/?#%\\", exclude_categories=["Cs", "Cc"])
    plain = st.text(letters, min_size=1, max_size=20)
    ref = draw(st.sampled_from(world.refs) | plain.filter(lambda text: text.strip(". ")))
    headers = {"Idempotency-Key": draw(KEYS)} if draw(st.integers(0, 9)) else {}
    if draw(st.integers(0, 9)) == 0:
        headers |= {"If-Seen": draw(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=12))}
    asked = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    body = draw(bodies(asked, world.chosen)) if asked else None
    query = {"page": draw(st.integers(-1, 3) | plain)} if path.count("/") == 4 and draw(st.booleans()) else {}
    return path, method, ref, headers, body, query


def promised(described: dict, operation: dict, answer) -> list[str]:
    """What an answer has that its operation does not promise."""
    found = operation["responses"].get(str(answer.status_code))
    if found is None:
        return [f"status {answer.status_code}"]
    kind = answer["Content-Type"].partition(";")[0]
    if kind not in found["content"]:
        return [f"kind {kind}"]
    shape = found["content"][kind]["schema"] | {"components": described["components"]}
    return [error.message for error in Draft202012Validator(shape).iter_errors(answer.json())]


def sent(world, role: str, asked):
    path, method, ref, headers, body, query = asked
    client, path = world.clients[role], path.replace("{ref}", ref)
    if method == "get":
        return client.get(path, query)
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers)


@pytest.mark.parametrize("role", ["teacher", "dsl", "administrator"])
def test_every_answer_is_one_that_is_promised(described, world, role):
    @settings(max_examples=CASES_A_ROLE, **UNHURRIED)
    @given(st.data())
    def check(data):
        asked = data.draw(requests(described, world))
        operation = described["paths"][asked[0]][asked[1]]
        assert promised(described, operation, sent(world, role, asked)) == []
        stranger = sent(world, "nobody", asked)
        assert stranger.status_code in {401, 404}
        assert promised(described, operation, stranger) == []

    check()


def test_the_description_is_whole(described):
    operations = [one for found in described["paths"].values() for one in found.values()]
    acts = {f"{subject.plural}_{act.name}" for subject, act in printed_acts.offered()}
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)
    assert acts <= set(names)
    for one in operations:
        answers = [content for found in one["responses"].values() for content in found["content"].values()]
        assert all({"schema", "example"} <= set(content) for content in answers)
        assert {"401", "404"} <= set(one["responses"])
    assert described["security"] == [{"token": []}, {"session": []}]


def test_every_example_has_the_shape_it_stands_for(described):
    known = {"components": described["components"]}
    for path, found in described["paths"].items():
        for operation in found.values():
            parts = [*operation["responses"].values(), operation.get("requestBody", {"content": {}})]
            for content in (content for part in parts for content in part["content"].values()):
                wrong = list(Draft202012Validator(content["schema"] | known).iter_errors(content["example"]))
                assert wrong == [], path


def test_the_example_of_every_act_is_taken_by_its_form():
    for _, act in printed_acts.offered():
        for name, value in example_of(act.form.json_schema()).items():
            assert act.form.base_fields[name].from_json(name=name, value=value, where=name)
