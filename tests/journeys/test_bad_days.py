"""Bad days: the session ends while somebody types, a button is pressed twice, two people act at once."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from incidents.models import Concern
from incidents.workflow import triage
from schools import drafts
from schools.models import Draft
from tests import states
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
DOT_WAS_HARMED = [states.SAM, states.DOT | {"part": "target"}]


def test_a_report_that_was_kept_is_taken_up_again_after_the_session_ended(people):
    tom = people.sign_in("tom", size=PHONE)
    tom.opens("/report/staff_bullying/")
    tom.answers("Tell us in your own words", "He mocked how a boy speaks, and then the bell rang.")
    tom.presses("Add a person")
    tom.answers("Name", "Sam Field", inside=tom.row("Person 1"))
    tom.presses("Keep and come back")
    tom.screen.forgets()
    tom.opens("/my-reports/")
    assert tom.path == "/accounts/login/"
    tom.gives_name_and_password()
    assert tom.path == "/my-reports/"
    tom.follows("go on with the report you kept")
    assert tom.typed("Tell us in your own words") == "He mocked how a boy speaks, and then the bell rang."
    assert tom.typed("Name", inside=tom.row("Person 1")) == "Sam Field"
    assert tom.page.get_by_role("alert").count() == 0  # what is not finished is no mistake yet
    tom.answers("What are they to the school?", "staff", inside=tom.row("Person 1"))
    tom.answers("What is their part in it?", "the person this is about", inside=tom.row("Person 1"))
    tom.answers("Is anyone at risk now?", "No")
    tom.presses("Send this report")
    tom.sees("Not read yet.")
    tom.opens("/my-reports/")
    assert tom.page.get_by_text("Not sent").count() == 0


def test_what_one_person_kept_is_not_shown_to_the_next_at_the_same_computer(people):
    tom = people.sign_in("tom")
    tom.opens("/report/other/")
    tom.answers("Tell us in your own words", "Between you and me.")
    tom.presses("Keep and come back")
    tom.page.get_by_role("button", name="Sign out").click()
    tom.page.wait_for_url("**/accounts/login/")
    sam = tom.hands_over_to(people.cast.sam)
    sam.gives_name_and_password()
    sam.opens("/my-reports/")
    sam.misses("Between you and me.", "Not sent")
    sam.opens("/report/other/")
    assert sam.typed("Tell us in your own words") == ""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_double_click_on_send_makes_one_report(people, scripts):
    tom = people.sign_in("tom", scripts=scripts)
    tom.opens("/report/other/")
    tom.answers("Tell us in your own words", "Something odd.")
    tom.answers("Is anyone at risk now?", "No")
    tom.page.get_by_role("button", name="Send this report").dblclick()
    tom.page.wait_for_url("**/my-reports/*/")
    tom.sees("Not read yet.")
    assert Concern.objects.count() == 1
    assert tom.path == f"/my-reports/{Concern.objects.get().ref}/"


def test_going_back_and_sending_again_makes_no_second_report(people):
    tom = people.sign_in("tom")
    tom.opens("/report/other/")
    tom.answers("Tell us in your own words", "Something odd.")
    tom.answers("Is anyone at risk now?", "No")
    token = tom.page.locator("input[name=form_token]").input_value()
    tom.presses("Send this report")
    tom.opens("/report/other/")
    tom.page.locator("input[name=form_token]").evaluate("(field, token) => { field.value = token; }", token)
    tom.answers("Tell us in your own words", "Something odd.")
    tom.answers("Is anyone at risk now?", "No")
    tom.presses("Send this report")
    assert Concern.objects.count() == 1


def test_whoever_comes_second_is_told_keeps_their_words_and_may_send_again(people, cast, at):
    concern = states.read(cast, at=at - states.DAY)
    harriet = people.sign_in("harriet")
    harriet.opens(f"/concerns/{concern.ref}/triage/")
    harriet.answers("Why?", "It names a child.")
    triage.triage(concern, by=cast.dee, at=at, code="CONFID", direction="staff_act", reason="As reported.")
    harriet.presses("Triage")
    assert harriet.screen.status == 409
    harriet.sees("Someone changed this while you were typing. Nothing of yours is lost: look, then send again.")
    assert harriet.typed("Why?") == "It names a child."
    harriet.presses("Triage")
    harriet.sees("Triaged", "It names a child.")


def test_somebody_who_stands_aside_sees_why_and_decides_nothing(people, cast, at):
    concern = states.read(cast, at=at - states.DAY, people=DOT_WAS_HARMED)
    dot = people.sign_in("dot")
    dot.opens(f"/concerns/{concern.ref}/")
    dot.sees("You decide nothing here. What is recorded about you: the person harmed.")
    dot.unfolds("Not now, and why")
    dot.sees("Triage: You cannot decide this: the person harmed")
    assert dot.opens(f"/concerns/{concern.ref}/triage/") == 409
    dot.sees("Not now", "You cannot decide this: the person harmed")
    dot.answers("Why?", "I should like to.")
    dot.presses("Triage")
    assert dot.screen.status == 409
    dot.sees("You cannot decide this: the person harmed")
    concern.refresh_from_db()
    assert concern.status == Concern.REPORTED


@pytest.fixture
def typing(people):
    """Tom on his telephone, with a report typed and not sent."""
    tom = people.sign_in("tom", size=PHONE)
    tom.opens("/report/staff_bullying/")
    tom.answers("Tell us in your own words", "He mocked how a boy speaks.")
    tom.answers("Is anyone at risk now?", "No")
    tom.presses("Add a person")
    tom.answers("Name", "Sam Field", inside=tom.row("Person 1"))
    tom.answers("What are they to the school?", "staff", inside=tom.row("Person 1"))
    tom.answers("What is their part in it?", "the person this is about", inside=tom.row("Person 1"))
    return tom


def session_runs_out():
    """As forty minutes after the last page: the browser has its cookies, the server no longer knows them."""
    Session.objects.all().delete()


def cookies_are_gone(tom):
    """As after the browser was closed and opened again."""
    tom.screen.forgets()


@pytest.mark.parametrize("end", ["session", "cookies"])
def test_what_was_sent_after_the_session_ended_is_there_again_after_signing_in(typing, end):
    tom = typing
    session_runs_out() if end == "session" else cookies_are_gone(tom)
    tom.presses("Send this report")
    assert tom.path == "/accounts/login/"
    tom.sees("You were signed out meanwhile, so nothing was sent. What you typed is kept for you")
    tom.misses("He mocked", "Sam Field")
    assert not Concern.objects.exists()
    tom.gives_name_and_password()
    assert tom.path == "/report/staff_bullying/"
    assert tom.typed("Tell us in your own words") == "He mocked how a boy speaks."
    assert tom.typed("Name", inside=tom.row("Person 1")) == "Sam Field"
    tom.presses("Send this report")
    tom.sees("Not read yet.", "He mocked how a boy speaks.")


def test_whoever_signs_in_next_at_the_same_computer_finds_nothing_of_it(typing, cast):
    session_runs_out()
    typing.presses("Send this report")
    sam = typing.hands_over_to(cast.sam)
    sam.gives_name_and_password()
    assert sam.path == "/report/staff_bullying/"
    assert sam.typed("Tell us in your own words") == ""
    sam.misses("He mocked", "Sam Field,")


def test_signing_in_anew_in_another_window_loses_nothing_typed_in_the_first(typing):
    tom = typing
    session_runs_out()
    other = tom.in_another_window()
    other.signs_in()
    tom.presses("Send this report")
    tom.sees("What you typed is kept for you")
    assert tom.typed("Tell us in your own words") == "He mocked how a boy speaks."
    tom.presses("Send this report")
    tom.sees("Not read yet.")


def test_an_act_sent_after_the_session_ended_is_there_again_too(people, cast, at):
    concern = states.read(cast, at=at - states.DAY)
    dee = people.sign_in("dee")
    dee.opens(f"/concerns/{concern.ref}/triage/")
    dee.answers("Why?", "It names a child.")
    session_runs_out()
    dee.presses("Triage")
    dee.gives_name_and_password()
    assert dee.path == f"/concerns/{concern.ref}/triage/"
    assert dee.typed("Why?") == "It names a child."


def test_a_form_that_is_not_ours_keeps_nothing_for_anybody(client, on_the_day, cast):
    for mark in ("", "nonsense", drafts.mark(cast.tom, "report", "oakfield")[:-1]):
        answer = client.post("/report/other/", {"narrative": "Not typed here.", "form_mark": mark})
        assert answer["Location"] == "/accounts/login/?next=/report/other/"
    assert not Draft.objects.exists()


def test_a_report_typed_into_the_form_of_somebody_else_is_kept_for_neither(on_the_day, cast):
    tom = Client(enforce_csrf_checks=True)
    tom.force_login(cast.tom)
    sent = {"narrative": "Sam Field mocks a child.", "form_mark": drafts.mark(cast.sam, "report", "oakfield")}
    assert tom.post("/report/staff_bullying/", sent).status_code == 403
    assert not Draft.objects.exists()


def test_a_form_that_asks_for_a_password_keeps_nothing(client, on_the_day, cast):
    client.force_login(cast.tom)
    assert b"form_mark" not in client.get("/schools/oakfield/change-password/").content
    assert b"form_mark" in client.get("/report/other/").content


def test_an_address_that_leads_nowhere_says_so(people):
    tom = people.sign_in("tom", size=PHONE)
    assert tom.opens("/concerns/C-0000-0000/") == 404
    tom.sees("There is nothing here")


def test_what_belongs_to_another_role_says_so(people):
    tom = people.sign_in("tom", size=PHONE)
    assert tom.opens("/schools/oakfield/appoint/") == 403
    tom.sees("You cannot do this", "Your role does not let you do this", "Nothing was changed.")
