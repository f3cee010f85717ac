"""Every refusal over the API is one form of answer in our own words, whoever of all that is below it refused."""

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.throttling import UserRateThrottle

from tests import states
from tests.access.browsing import LONG_AGO, address, browser, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
REPORT = "/schools/oakfield/report/"
TITLES = {
    400: "Something in this needs putting right.",
    401: "Sign in first.",
    403: "You may see this and may not do that.",
    404: "There is nothing here.",
    405: "That cannot be done at this address.",
    406: "Answers come as JSON and in no other form.",
    409: "Not now.",
    413: "That is too large.",
    415: "Send JSON, or a form with files.",
    429: "Too many requests: wait a moment.",
}


def refused(answer, status: int) -> str:
    """What is said of a refusal, which has the one form."""
    said = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert {name: said[name] for name in ("type", "status", "title")} == {
        "type": "about:blank",
        "status": status,
        "title": TITLES[status],
    }
    assert set(said) <= {"type", "status", "title", "detail", "errors"}
    return said["detail"]


def test_what_needs_putting_right(cast):
    answer = send(browser(cast.tom), REPORT, {"what": "about_school"})
    assert refused(answer, 400) == answer.json()["errors"][0]
    assert refused(send(browser(cast.tom), REPORT, "{"), 400) == "This is not JSON as programs write it."
    assert refused(send(browser(cast.tom), REPORT, b"\xff"), 400) == "This is not JSON as programs write it."


def test_a_form_that_is_none(cast):
    headers = {"Idempotency-Key": "a-key-of-this-test"}
    answer = browser(cast.tom).post(f"/api/v1{REPORT}", "x", content_type="multipart/form-data", headers=headers)
    assert refused(answer, 400) == "This is not a form with files as programs write it."


def test_nobody_is_signed_in(cast):
    words = "Send a token as “Authorization: Bearer …”, or sign in with a browser."
    for answer in (send(browser(), REPORT, {}), browser().get("/api/v1/concerns/"), browser().get("/api/v1/schema/")):
        assert refused(answer, 401) == words
        assert answer["WWW-Authenticate"] == 'Bearer realm="Daybook"'


def test_a_role_that_does_not_carry_it(cast):
    answer = send(browser(cast.tom), "/schools/oakfield/appoint/", {})
    assert refused(answer, 403) == "Your role does not let you do this: appoint to an office."


def test_a_session_without_the_mark_against_forgery(cast):
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    client.force_login(cast.tom)
    said = "It came from a browser without the mark against forgery of its session."
    assert refused(send(client, REPORT, {}), 403) == said


@pytest.mark.parametrize(
    "path", ["concerns/C-0000-0000/", "concerns/?page=99", "nothing/", "nothing/x/y/z/", "schools/oakfield/nothing/"]
)
def test_nothing_there(cast, path):
    client = browser(cast.dee)
    answer = client.post(f"/api/v1/{path}") if "oakfield" in path else client.get(f"/api/v1/{path}")
    assert refused(answer, 404) == "It does not exist, or you may not see it."


def test_nothing_is_edited_at_the_address_of_a_thing(cast):
    said = "Things are read with GET, and done with POST at the address of an act."
    assert refused(browser(cast.dee).put("/api/v1/concerns/C-7K4M-9TX2/"), 405) == said
    assert refused(browser(cast.dee).get(f"/api/v1{REPORT}"), 405) == said


def test_another_form_of_answer_than_json(cast):
    answer = browser(cast.dee).get("/api/v1/concerns/", headers={"accept": "text/html"})
    assert refused(answer, 406) == "Leave the Accept header out, or accept application/json."


def test_not_now(cast):
    concern = states.read(cast, at=cast.now - LONG_AGO)
    answer = send(browser(cast.dee), address(concern, "read-report"), {})
    assert refused(answer, 409) == "Someone has read this already."


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=b"])
def test_more_than_is_taken_in_at_once(cast, settings, kind):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    part = 'content-disposition: form-data; name="narrative"\r\n\r\n' + "x" * 2000
    body = f"--b\r\n{part}\r\n--b--\r\n" if "boundary" in kind else '{"narrative": "' + "x" * 2000 + '"}'
    headers = {"Idempotency-Key": "a-key-of-this-test"}
    answer = browser(cast.tom).post(f"/api/v1{REPORT}", body, content_type=kind, headers=headers)
    assert refused(answer, 413) == "Send less at once."


def test_more_answers_than_any_form_has_questions(cast, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    typed = {f"x{number}": "y" for number in range(11)}
    headers = {"Idempotency-Key": "a-key-of-this-test"}
    assert refused(browser(cast.tom).post(f"/api/v1{REPORT}", typed, headers=headers), 400) == "Look at what was sent."


def test_another_kind_of_request(cast):
    headers = {"Idempotency-Key": "a-key-of-this-test"}
    answer = browser(cast.tom).post(f"/api/v1{REPORT}", "<a/>", content_type="application/xml", headers=headers)
    assert refused(answer, 415).startswith("The Content-Type header says what the request holds")


def test_a_program_that_runs_wild_is_told_when_to_try_again(cast, monkeypatch):
    cache.clear()
    monkeypatch.setattr(UserRateThrottle, "rate", "3/hour", raising=False)
    answers = [browser(cast.tom).get("/api/v1/concerns/") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    wait = int(answers[-1]["Retry-After"])
    assert refused(answers[-1], 429) == f"Try again in {wait} seconds."
    assert 3500 < wait <= 3600
    assert browser(cast.dee).get("/api/v1/concerns/").status_code == 200
