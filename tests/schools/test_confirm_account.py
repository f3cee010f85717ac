"""Confirming whose an account is: what was given to a person by name opens on the word of two people, never of one."""

import pytest
from django.urls import get_resolver

from casework.desk import desk_of
from casework.workflow import handing_over
from schools import search
from schools.access import Viewer, sees
from schools.models import User
from schools.roles import Role
from schools.verify import findings
from schools.workflow.accounts import NEEDS_ANOTHER, change_password, close_account, confirm_account, open_account
from schools.workflow.people import appoint, confirm_appointment
from tests import factories, states
from tests.access.browsing import address, browser, sought
from tests.pages import in_order, words

pytestmark = pytest.mark.django_db
GOOD = "three-green-lamps"
EMAIL = "una.reid@oakfield.example"


@pytest.fixture
def una(cast, at):
    """Somebody of the school without an account, to whom Hugh hands the conduct part that she is to investigate."""
    person = factories.person(cast.oakfield, "Una Reid", at=at)
    factories.office(person, Role.STAFF, at=at)
    return person


@pytest.fixture
def part(cast, at):
    return states.conduct_part(cast, at=at)


def given(part, person, cast, *, at):
    answers = {"person": person, "role": "investigating_officer", "why": "She finds the facts."}
    return handing_over.hand_over(part, by=cast.hugh, at=at, **answers)


def opened(cast, person, *, at) -> User:
    return open_account(cast.oakfield, by=cast.ada, at=at, person=person, email=EMAIL, password=GOOD)


def theirs(account, *, at) -> User:
    """An account whose owner has chosen a password of their own."""
    school = account.person.school
    change_password(school, by=account, at=at, present=GOOD, fresh="another-horse-battery")
    return User.objects.get(pk=account.pk)


def signed_in():
    """A browser in which whoever knows the first password has signed in and chosen one of their own."""
    client = browser()
    assert client.post("/accounts/login/", {"login": EMAIL, "password": GOOD}).status_code == 302
    typed = {"present": GOOD, "fresh": "another-horse-battery", "form_token": "a-token-of-this-test"}
    assert client.post("/schools/oakfield/change-password/", typed).status_code == 302
    return client


def test_an_administrator_reads_nothing_by_opening_the_account_of_somebody_it_was_given_to(cast, on_the_day, una):
    """The administrator knows the first password, signs in as the investigator and looks for what she was given."""
    part = states.conduct_part(cast, at=on_the_day - states.DAY)
    given(part, una, cast, at=on_the_day - states.HOUR)
    account = opened(cast, una, at=on_the_day)
    client, page = signed_in(), address(part)
    assert (client.get("/").status_code, client.get(page).status_code) == (200, 404)
    assert client.get(f"/api/v1{page}").status_code == 404
    assert part.ref not in words(client.get("/"))
    assert "Nothing was found" in words(client.get(sought(client, part.ref)))
    account.refresh_from_db()
    ada = {"by": cast.ada, "at": on_the_day, "account": account}
    assert states.why_not(confirm_account, cast.oakfield, **ada) == NEEDS_ANOTHER
    assert client.get(page).status_code == 404
    confirm_account(cast.oakfield, by=cast.harriet, at=on_the_day, account=account)
    assert client.get(page).status_code == 200
    assert list(findings()) == []


def test_nor_by_opening_it_before_anything_is_given(cast, at, una, part):
    account = theirs(opened(cast, una, at=at), at=at)
    given(part, una, cast, at=at + states.DAY)
    viewer = Viewer(account, at + 2 * states.DAY)
    assert not sees(viewer, part.record)
    assert not search.find(viewer, part.ref).exists()
    confirm_account(cast.oakfield, by=cast.hugh, at=at + states.DAY, account=account)
    assert sees(Viewer(User.objects.get(pk=account.pk), at + 2 * states.DAY), part.record)


def test_confirm_account_is_for_those_who_answer_for_people_or_records(cast, at, una):
    opened(cast, una, at=at)
    assert states.who_may(confirm_account, cast.oakfield, cast, at=at) == ("ada harriet hugh priya", "")


def test_confirm_account_needs_one_that_waits(cast, at, una):
    assert states.who_may(confirm_account, cast.oakfield, cast, at=at) == ("", "ada harriet hugh priya")
    said = states.why_not(confirm_account, cast.oakfield, by=cast.harriet, at=at, account=cast.tom)
    assert said == "No account waits for a second person."


def test_confirm_account_happens_once_and_never_to_a_closed_one(cast, at, una):
    opened(cast, factories.person(cast.oakfield, "Abe Long", at=at), at=at)
    held = open_account(cast.oakfield, by=cast.ada, at=at, person=una, email="una@oakfield.example", password=GOOD)
    held = theirs(held, at=at)
    confirm_account(cast.oakfield, by=cast.harriet, at=at, account=held)
    said = states.why_not(confirm_account, cast.oakfield, by=cast.hugh, at=at, account=held)
    assert said == "This account does not wait any longer."
    other = User.objects.get(email=EMAIL)
    later = open_account(
        cast.oakfield, by=cast.ada, at=at, person=factories.person(cast.oakfield, "Bea Hill", at=at),
        email="bea@oakfield.example", password=GOOD,
    )  # fmt: skip
    close_account(cast.oakfield, by=cast.ada, at=at, account=later)
    said = states.why_not(confirm_account, cast.oakfield, by=cast.hugh, at=at, account=later)
    assert (said, other.proposed_by) == ("This account does not wait any longer.", cast.ada)


def test_confirm_account_is_never_of_ones_own(cast, at, una):
    """Somebody whose office was confirmed elsewhere, while nobody has said yet whose the account is."""
    factories.office(una, Role.HR_LEAD, at=at)
    account = opened(cast, una, at=at)
    factories.office(una, Role.DPO, at=at)
    said = states.why_not(confirm_account, cast.oakfield, by=account, at=at, account=account)
    assert said == "Nobody confirms their own account."


def test_confirm_account_waits_until_nobody_else_knows_the_password(cast, at, una):
    account = opened(cast, una, at=at)
    office = appoint(cast.oakfield, by=cast.ada, at=at, person=una, role="dsl")
    words = "Una Reid has to sign in first and choose a password that nobody else knows."
    asked = {"by": cast.harriet, "at": at}
    assert states.why_not(confirm_account, cast.oakfield, **asked, account=account) == words
    assert states.why_not(confirm_appointment, cast.oakfield, **asked, appointment=office) == words
    confirm_account(cast.oakfield, **asked, account=theirs(account, at=at))
    assert User.objects.get(pk=account.pk).proposed_by is None


def test_whoever_confirms_an_office_of_hers_confirms_her_account_with_it(cast, at, una, part):
    given(part, una, cast, at=at)
    account = theirs(opened(cast, una, at=at), at=at)
    office = appoint(cast.oakfield, by=cast.ada, at=at, person=una, role="dsl")
    confirm_appointment(cast.oakfield, by=cast.harriet, at=at, appointment=office)
    account.refresh_from_db()
    assert sees(Viewer(account, at), part.record)
    assert list(findings()) == []


def test_confirm_account_leaves_its_line(cast, at, una):
    account = theirs(opened(cast, una, at=at), at=at)
    confirm_account(cast.oakfield, by=cast.priya, at=at, account=account)
    assert states.last_line(cast.oakfield) == ("account.confirmed", cast.priya.pk, at, {})


def test_it_waits_on_the_desk_of_whoever_sees_what_was_given_and_may_confirm(cast, at, una, part):
    """Priya and Ada may confirm it too, but what they do not see is given to nobody as far as their desks say."""
    account, _ = theirs(opened(cast, una, at=at), at=at), get_resolver().url_patterns

    def waiting():
        desks = {name: desk_of(Viewer(user, at)).tasks for name, user in cast.everyone().items()}
        return {name for name, desk in desks.items() if ("Confirm whose an account is", "Una Reid") in said(desk)}

    def said(desk):
        return {(task.what, task.detail) for task in desk}

    assert waiting() == set()
    given(part, una, cast, at=at)
    assert waiting() == {"harriet", "hugh"}
    confirm_account(cast.oakfield, by=cast.hugh, at=at, account=account)
    assert waiting() == set()


def test_the_part_says_that_its_reader_waits_and_the_form_to_ask_face_to_face(cast, on_the_day, una):
    part = states.conduct_part(cast, at=on_the_day - states.DAY)
    given(part, una, cast, at=on_the_day - states.HOUR)
    opened(cast, una, at=on_the_day)
    page = words(browser(cast.hugh).get(address(part)))
    in_order(page, "Una Reid, Investigating officer", "Not open to them yet", "Somebody other than who opened their")
    page = words(browser(cast.harriet).get("/schools/oakfield/confirm-account/"))
    in_order(page, "Whose account?", "Ask the person face to face first", f"Una Reid, {EMAIL}")
