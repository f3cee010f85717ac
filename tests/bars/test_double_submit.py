"""Bar R7: however often the same form is sent, and however many times at once, one thing is done."""

import threading

import pytest
from django.db import connections
from django.test import Client

from incidents.models import Concern
from schools import verify
from schools.models import Receipt
from tests.bars.conftest import sized

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE, FORMS = 20, sized(2, 50)
TOLD = {"what": "staff_bullying", "narrative": "A post about a colleague.", "at_risk": "no"}


def at_once(work, times: int) -> list:
    """Do the same work in several threads that all start together; what each gave back."""
    gate, answers, problems = threading.Barrier(times), [], []

    def one():
        try:
            gate.wait()
            answers.append(work())
        except Exception as problem:
            problems.append(repr(problem))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    return answers


def signed_in(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def again(client: Client) -> Client:
    """The same person's browser, for another thread."""
    other = Client(raise_request_exception=False)
    other.cookies = client.cookies
    return other


def test_the_same_call_twenty_times_at_once_reports_one_concern(cast):
    client = signed_in(cast.tom)
    for number in range(FORMS):
        key = {"Idempotency-Key": f"the-same-key-{number}"}

        def send(key=key):
            address = "/api/v1/schools/oakfield/report/"
            return again(client).post(address, TOLD, content_type="application/json", headers=key)

        answers = at_once(send, AT_ONCE)
        assert sorted(answer.status_code for answer in answers) == [200] * (AT_ONCE - 1) + [201]
        assert len({answer.json()["page"] for answer in answers}) == 1
        assert Concern.objects.count() == Receipt.objects.count() == number + 1
    assert list(verify.findings()) == []


def test_the_same_page_sent_twenty_times_at_once_reports_one_concern_and_all_land_on_it(cast):
    client = signed_in(cast.tom)

    def send():
        form = TOLD | {"form_token": "the-same-token", "people-count": "0", "links-count": "0"}
        return again(client).post("/schools/oakfield/report/", form)

    answers = at_once(send, AT_ONCE)
    concern = Concern.objects.get()
    assert {(answer.status_code, answer.headers.get("Location")) for answer in answers} == {
        (302, f"/my-reports/{concern.ref}/")
    }
    assert list(verify.findings()) == []


def test_the_same_form_sent_again_later_lands_where_the_first_one_did(cast):
    client, key = signed_in(cast.tom), {"Idempotency-Key": "the-same-key"}
    pages = [
        client.post("/api/v1/schools/oakfield/report/", TOLD, content_type="application/json", headers=key).json()[
            "page"
        ]
        for _ in range(3)
    ]
    assert pages == [f"/my-reports/{Concern.objects.get().ref}/"] * 3


def test_two_people_with_the_same_token_report_one_concern_each(cast):
    key = {"Idempotency-Key": "the-same-key"}
    for user in (cast.tom, cast.sam):
        answer = signed_in(user).post(
            "/api/v1/schools/oakfield/report/", TOLD, content_type="application/json", headers=key
        )
        assert answer.status_code == 201
    assert Concern.objects.count() == 2
