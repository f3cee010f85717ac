"""Bar S18: requests made up from the description of the API, as three roles; every answer is one that it promises."""

import json
from collections import Counter, defaultdict
from types import SimpleNamespace
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle
from schemathesis import GenerationMode

from reports import printed_acts
from schools import clock
from schools.models import Person
from schools.openapi import example_of
from schools.workflow import accounts
from tests import states
from tests.access.browsing import LONG_AGO, address, browser
from tests.bars.conftest import FULL, sized
from tests.factories import PASSWORD
from tests.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
CASES_A_ROLE = sized(60, 1000)
# In full every role is answered in each of these ways: seen, mistaken, not theirs, not there.
REACHED = {200, 400, 403, 404} if FULL else {404}
UNHURRIED = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}
# An answer may have the shape asked for and yet name a day to come or a moment before the report: the act says so.
FITTING = {"expected-statuses": ["2xx", 400, 403, 404, 409]}
TO_HOLD = schemathesis.Config.from_dict({"checks": {"positive_data_acceptance": FITTING}})


@pytest.fixture(scope="module")
def described() -> dict:
    """The description as it is served."""
    return json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True)))


@pytest.fixture
def application(monkeypatch):
    """Daybook as a server runs it, inside the test's own transaction; nobody is asked to wait."""
    for throttle in (AnonRateThrottle, UserRateThrottle):
        monkeypatch.setattr(throttle, "rate", None, raising=False)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(cast):
    """Things of every kind in several states, by their references, and the people who may be chosen."""
    at = cast.now - LONG_AGO
    case = states.in_case(cast, at=at)
    proceeding = states.begun(cast, at=at, case=case)
    part = states.part(cast, at=at, case=case)
    concerns = [states.reported(cast, at=at), states.read(cast, at=at), states.triaged(cast, at=at)]
    takedown = states.removed(cast, at=at)
    paper = states.paper(cast, at=at, subject=part)
    things = [case, proceeding, part, *concerns, takedown, paper, cast.oakfield, cast.trust]
    chosen = [str(pk) for pk in Person.objects.values_list("pk", flat=True)]
    refs = defaultdict(list)
    for thing in things:
        _, plural, ref, _ = address(thing).split("/")
        refs[plural].append(ref)
    return SimpleNamespace(refs=refs, chosen=chosen)


def choosing(answer, chosen: str):
    """An answer as made up, with somebody there is wherever it names a row."""
    if isinstance(answer, dict):
        return {name: choosing(one, chosen) for name, one in answer.items()}
    if isinstance(answer, list):
        return [choosing(one, chosen) for one in answer]
    try:
        return str(UUID(answer)) and chosen
    except (TypeError, ValueError, AttributeError):
        return answer


def asking_after(world, schema) -> None:
    """Have most requests ask after things and people there are, as nothing else gets past the door."""

    @schema.hook
    def flatmap_path_parameters(context, path_parameters):
        real = world.refs[context.operation.path.split("/")[3]] if path_parameters else []
        there = [st.sampled_from(real).map(lambda ref: {"ref": ref})] * 3 if real else []
        return st.one_of(*there, st.just(path_parameters))

    @schema.hook
    def flatmap_body(context, body):
        return st.sampled_from(world.chosen).map(lambda chosen: choosing(body, chosen))


@pytest.mark.parametrize("role", ["tom", "dee", "harriet", "ada"])
def test_every_answer_is_one_that_is_promised(cast, application, world, role):
    now = clock.now()
    token = accounts.make_token(
        cast.oakfield, by=getattr(cast, role), at=now, present=PASSWORD, name="Made up", days=30
    )
    signed_in = {"Authorization": f"Bearer {token.secret}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application, headers=signed_in, config=TO_HOLD)
    asking_after(world, schema)
    answers = Counter()

    @settings(max_examples=CASES_A_ROLE, **UNHURRIED)
    @given(schema.as_strategy(GenerationMode.POSITIVE) | schema.as_strategy(GenerationMode.NEGATIVE))
    def check(case):
        answer = case.call(headers=signed_in)
        answers[answer.status_code] += 1
        case.validate_response(answer, headers=signed_in)

    check()
    assert set(answers) >= REACHED


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


def test_every_answer_that_can_come_is_described(described):
    reading, acting = "200 401 403 404 405 406 429 503", "200 201 400 401 403 404 405 406 409 413 415 429"
    for place, found in described["paths"].items():
        for method, operation in found.items():
            assert " ".join(sorted(operation["responses"])) == (reading if method == "get" else acting), place
            assert all(one["description"] for one in operation["responses"].values()), place
            assert operation["summary"], place


def test_the_page_for_programmers_tells_of_every_reading_and_every_act(cast, described):
    said = words(browser(cast.tom).get("/api/v1/docs/"))
    for place, found in described["paths"].items():
        assert f"{'GET' if 'get' in found else 'POST'} {place} " in said
