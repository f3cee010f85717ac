"""Opening an account: one for each person and each address, with a password that is long and not common."""

import pytest

from schools.models import User
from schools.roles import Role
from schools.workflow.accounts import open_account
from tests import factories, states
from tests.access.browsing import browser, send
from tests.pages import words

pytestmark = pytest.mark.django_db
GOOD = "three-green-lamps"


@pytest.fixture
def una(cast, at):
    """Somebody of the school without an account."""
    return factories.person(cast.oakfield, "Una Reid", at=at)


def test_open_account_is_for_the_administrator_alone(cast, at):
    assert states.who_may(open_account, cast.oakfield, cast, at=at) == ("ada", "")


def test_open_account_lets_one_person_sign_in(cast, at, una):
    open_account(cast.oakfield, by=cast.ada, at=at, person=una, email="Una.Reid@Oakfield.example", password=GOOD)
    account = User.objects.get(person=una)
    assert (account.email, account.is_active) == ("una.reid@oakfield.example", True)
    assert account.check_password(GOOD)


def test_open_account_leaves_a_password_good_for_nothing_but_choosing_another(cast, on_the_day, una):
    """The administrator knows it, and would otherwise read everything that this person reads, unseen."""
    factories.office(una, Role.STAFF, at=on_the_day - states.DAY)
    factories.office(una, Role.DSL, at=on_the_day - states.DAY)
    answers = {"person": una, "email": "una.reid@oakfield.example", "password": GOOD}
    client = browser(open_account(cast.oakfield, by=cast.ada, at=on_the_day, **answers))
    own, words_of_it = "/schools/oakfield/change-password/", "Choose a password of your own first"
    assert {client.get(path)["location"] for path in ("/", "/concerns/", "/schools/oakfield/make-token/")} == {own}
    assert words_of_it in words(client.get(own))
    refused = [client.get("/api/v1/concerns/"), send(client, "/schools/oakfield/report/", {})]
    assert [answer.status_code for answer in refused] == [403, 403]
    assert all(answer.json()["detail"].startswith(words_of_it) for answer in refused)
    typed = {"present": GOOD, "fresh": "another-horse-battery", "form_token": "a-token-of-this-test"}
    assert client.post(own, typed).status_code == 302
    assert (client.get("/concerns/").status_code, client.get("/api/v1/concerns/").status_code) == (200, 200)


def test_open_account_takes_an_address_once_whatever_its_capitals(cast, at, una):
    answers = {"person": una, "email": "TOM.okoro@oakfield.example", "password": GOOD}
    said = "There is an account with this e-mail address already."
    assert states.why_not(open_account, cast.oakfield, by=cast.ada, at=at, **answers) == said


def test_open_account_is_one_for_each_person(cast, at):
    answers = {"person": cast.tom.person, "email": "second@oakfield.example", "password": GOOD}
    said = "This person has an account already."
    assert states.why_not(open_account, cast.oakfield, by=cast.ada, at=at, **answers) == said


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "This password is too short. It must contain at least 12 characters."),
        ("password1234", "This password is too common."),
        ("una.reid@oakfield", "The password is too similar to the email."),
    ],
)
def test_open_account_refuses_a_password_that_is_easily_guessed(cast, at, una, password, said):
    answers = {"person": una, "email": "una.reid@oakfield.example", "password": password}
    assert said in states.why_not(open_account, cast.oakfield, by=cast.ada, at=at, **answers)


def test_open_account_leaves_its_line_without_the_password(cast, at, una):
    open_account(cast.oakfield, by=cast.ada, at=at, person=una, email="una.reid@oakfield.example", password=GOOD)
    assert states.last_line(cast.oakfield) == ("account.opened", cast.ada.pk, at, {})
