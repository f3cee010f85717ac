"""What would happen if: the answer of a real concern, in words, to a made-up one that is kept nowhere."""

import io
import json

import pytest
from django.core.management import call_command

from incidents import what_if
from incidents.models import Concern
from schools import conflict, versions
from schools.access import Viewer
from schools.models import Draft, Entry, Looked, Record
from tests.access.browsing import browser
from tests.conftest import NOW
from tests.pages import in_order, never_said, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
ALL_SAINTS, MODEL, ARCHWAY, LTE = (
    versions.of_pack(name).key for name in ("allsaints-2022", "model", "archway-2019", "lte-2019-09")
)
MONDAY = {"reported_at-day": "23", "reported_at-month": "11", "reported_at-year": "2026", "reported_at-time": "10:00"}


def asked(under=ALL_SAINTS, *, people=(), **answers) -> dict:
    """The form as typed: on Monday at ten, with rows of people."""
    typed = MONDAY | {"under": under, "people-count": str(len(people))} | answers
    for number, row in enumerate(people):
        typed |= {f"people-{number}-{name}": value for name, value in row.items()}
    return typed


def answer(user, under=ALL_SAINTS, status=200, **answers) -> str:
    found = browser(user).post("/what-if/", asked(under, **answers))
    assert found.status_code == status
    return words(found)


def test_the_page_begins_with_the_policy_in_force_and_this_morning(cast):
    page = browser(cast.tom).get("/what-if/").content.decode()
    assert f'value="{ALL_SAINTS}" checked' in page
    assert 'value="23"' in page
    assert 'value="09:00"' in page
    assert never_said(words(browser(cast.tom).get("/what-if/"))) == []
    assert f'value="{MODEL}" checked' in browser(cast.tom).get(f"/what-if/?policy={MODEL}").content.decode()


def test_abuse_of_a_teacher_under_all_saints_goes_to_the_head_and_the_safeguarding_lead(cast):
    harmed = {"name": "a teacher", "part": "target", "kind": "staff"}
    said = answer(cast.tom, code="ABUSE", people=[harmed])
    # 5.e: any concern to the safeguarding lead; 9.d: abuse of staff to the head, and to governors in five working days.
    in_order(said, "Head of School", "by the end of Mon 23 Nov 2026", "our suggestion", "your policy, 9.d")
    in_order(said, "DSL", "your policy, 5.e")
    in_order(said, "Who would decide nothing", "A teacher: the person harmed")
    in_order(said, "Not raised by the facts", "Nothing can be charged", "9.d", "Governors are told, without names.")
    assert never_said(said.partition("For programs")[0]) == []


def test_two_rules_under_one_heading_are_each_said_in_their_own_words(cast):
    said = answer(
        cast.tom, under=LTE, code="PARENT_CONTACT", people=[{"name": "a", "part": "subject", "kind": "staff"}]
    )
    # H8 holds six rules: one forbids bringing school matters up with parents, another only advises against connecting.
    in_order(said, "Paragraphs that can be charged", "H8", "must not mention school matters, pupils or staff")
    in_order(said, "Paragraphs that cannot be charged", "H8", "strongly advised not to connect with parents")


def test_a_safeguarding_lead_who_may_have_done_it_is_kept_out_and_the_deputy_takes_over(cast):
    lead = {"name": "our lead", "part": "subject", "kind": "staff", "office": "dsl"}
    said = answer(cast.tom, code="PUPIL_CONTACT", people=[lead])
    in_order(said, "Who would know nothing of it", "Our lead: the person this is about")
    in_order(said, "The Deputy DSL acts as Designated Safeguarding Lead", "The usual person may not see this.")
    # Contact with a pupil: the four limbs are open, and the working day for the LADO runs only once they are met.
    in_order(said, "Contact the local authority designated officer", "by the end of Tue 24 Nov 2026", "the law")
    in_order(said, "The Head of School answers it, after consulting the Deputy DSL")


def test_a_partner_is_kept_out_as_well(cast):
    people = [
        {"name": "a teacher", "part": "subject", "kind": "staff"},
        {"name": "the head", "office": "head_of_school", "tie": "partner_of", "tie_to": "a teacher"},
    ]
    said = answer(cast.tom, code="OFFENSIVE", people=people)
    in_order(said, "Who would know nothing of it", "The head: partner of the person this is about")


def test_the_same_under_another_policy_and_under_none(cast):
    said = answer(cast.tom, MODEL, code="ABUSE")
    in_order(said, "The answer, under Social media policy of Any school or trust, 1", "your policy, 7.1", "8.1")
    said = answer(cast.tom, what_if.NONE, code="ABUSE")
    in_order(said, "The trust has adopted no policy", "our suggestion, our model policy, 7.1")
    in_order(said, "Nothing can be charged", "8.1")
    assert "your policy, " not in said


def test_imagery_is_answered_in_words_only(cast):
    in_order(answer(cast.tom, code="SEXIMG"), "DSL", "5.e", "In words only: no file could be added to it.")


def test_nothing_is_kept(cast):
    before = [model.objects.count() for model in (Record, Entry, Looked, Draft, Concern)]
    answer(cast.dee, code="CP", people=[{"name": "Sam Field", "part": "subject", "kind": "staff"}])
    assert [model.objects.count() for model in (Record, Entry, Looked, Draft, Concern)] == before


def test_what_is_missing_is_said_and_nothing_typed_is_lost(cast):
    said = answer(cast.tom, status=400, people=[{"name": "a teacher", "part": "subject"}])
    in_order(said, "There is something to put right", "“What happened?” needs an answer.")
    again = browser(cast.tom).post("/what-if/", asked(people=[{"name": "a teacher", "part": "subject"}]))
    assert 'value="a teacher"' in again.content.decode()


def test_a_tie_to_nobody_is_said(cast):
    row = {"name": "the head", "office": "head_of_school", "tie": "partner_of", "tie_to": "somebody else"}
    in_order(answer(cast.tom, code="ABUSE", people=[row], status=400), "Say how the head is tied, and to whom")


def test_another_row_can_be_added_without_an_answer_yet(cast):
    row = {"name": "a teacher", "part": "subject"}
    page = browser(cast.tom).post("/what-if/", asked(people=[row]) | {"add:people": "1"})
    assert page.status_code == 200
    in_order(words(page), "Person 1", "Person 2")


def test_another_trusts_policy_cannot_be_asked(cast):
    assert answer(cast.zoe, "oak-00000000", code="ABUSE", status=400)


def test_only_whoever_signed_in_may_ask(db):
    assert browser().get("/what-if/").status_code == 302


@pytest.mark.parametrize("code", ["ABUSE", "CP", "PUPIL_CONTACT", "SEXIMG", "PDATA"])
def test_explain_route_answers_the_same(cast, monkeypatch, code):
    people = [
        {"name": "a teacher", "part": "subject", "kind": "staff"},
        {"name": "the deputy", "part": "reporter", "kind": "staff", "office": "deputy_dsl"},
    ]
    viewer = Viewer(cast.tom, NOW)
    typed = asked(
        ARCHWAY, code=code, people=people, child_at_risk="yes", **{"known_at-day": "20", "known_at-month": "11"}
    )
    typed |= {"known_at-year": "2026", "known_at-time": "15:00", "secondary": "OFFENSIVE"}
    form = what_if.WhatIf(typed, viewer=viewer)
    assert form.is_valid(), form.errors_as_sentences()
    found = what_if.told(form.cleaned_data, viewer)
    line = json.dumps(json.loads(found.facts))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line.encode())))
    out = io.StringIO()
    call_command("explain", "route", "--trust", "archway", stdout=out)
    assert json.loads(out.getvalue()) == json.loads(found.answer)


def test_every_tie_that_the_rule_knows_can_be_made_up():
    assert set(what_if.TIES) == conflict.RELATIONS
