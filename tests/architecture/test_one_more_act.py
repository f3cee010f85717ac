"""One more act is one function, one form and one line: all else follows, and goes again with it."""

import json
from contextlib import contextmanager

import pytest
from django.test import Client

from reports import printed_acts
from schools import acts, ledger
from schools.acts import act, offer
from schools.formfields import ActForm, Text
from schools.models import Entry, School
from schools.openapi import complete
from schools.roles import Permission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
PATH = "/schools/oakfield/ring-the-bell/"


@contextmanager
def one_more_act():
    """For as long as it lasts, the school has a bell."""

    @act("bell.rung", of=School, permission=Permission.ACCOUNT_MANAGE, label="Ring the bell")
    def ring_the_bell(school, *, by, at, tune):
        """Ring the bell of the school, once."""
        ledger.record("bell.rung", school.record, by=by, at=at, tune=tune)
        return school

    class RingTheBell(ActForm):
        tune = Text("Which tune?")

    offer(ring_the_bell, RingTheBell)
    try:
        yield
    finally:
        del acts.REGISTRY[ring_the_bell.act_key]


@pytest.fixture
def ada(cast):
    """The administrator's browser."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(cast.ada)
    return client


def shown(client, path="/schools/oakfield/") -> str:
    return client.get(path).content.decode()


def test_a_page_appears_and_does_the_act(ada, cast):
    with one_more_act():
        assert "Which tune?" in shown(ada, PATH)
        answer = ada.post(PATH, {"tune": "Westminster", "form_token": "a" * 24})
        assert (answer.status_code, answer["location"]) == (302, "/schools/oakfield/")
    line = Entry.objects.get(verb="bell.rung")
    assert (line.record, line.by) == (cast.oakfield.record, cast.ada.pk)


def test_an_endpoint_appears_and_does_the_act(ada):
    with one_more_act():
        answer = ada.post(
            f"/api/v1{PATH}",
            json.dumps({"tune": "Westminster"}),
            content_type="application/json",
            headers={"Idempotency-Key": "one-bell-only"},
        )
        described = complete({"paths": {}}, None, None, True)["paths"]
    assert (answer.status_code, answer.json()["done"]) == (201, "ring_the_bell")
    assert "/api/v1/schools/{ref}/ring-the-bell/" in described


def test_a_button_appears_for_those_who_may(ada, cast):
    with one_more_act():
        assert "Ring the bell" in shown(ada)
        ada.force_login(cast.tom)
        assert "Ring the bell" not in shown(ada)
        assert ada.get(PATH).status_code == 403


def test_a_row_of_the_matrix_and_a_paragraph_appear():
    with one_more_act():
        page = printed_acts.document()
    row = next(line for line in page.splitlines() if line.startswith("| schools / ring-the-bell*"))
    heads = next(line for line in page.splitlines() if line.startswith("|  | head of school | executive head"))
    cells = dict(zip(heads.split(" | "), row.split(" | "), strict=True))
    assert {name for name, cell in cells.items() if cell == "R"} == {"administrator"}
    assert "**Ring the bell.** Ring the bell of the school, once." in page
    assert "leaves the line `bell.rung`" in page


def test_it_all_goes_again_with_the_act(ada):
    before = printed_acts.document()
    with one_more_act():
        assert printed_acts.document() != before
    assert printed_acts.document() == before
    assert ada.get(PATH).status_code == 404
    assert "Ring the bell" not in shown(ada)
