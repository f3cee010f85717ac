"""Opening an account: one for each person and each address, with a password that is long and not common."""

import pytest

from schools.models import User
from schools.workflow.accounts import open_account
from tests import factories, states

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


def test_open_account_takes_an_address_once_whatever_its_capitals(cast, at, una):
    answers = {"person": una, "email": "TOM.okoro@oakfield.example", "password": GOOD}
    words = "There is an account with this e-mail address already."
    assert states.why_not(open_account, cast.oakfield, by=cast.ada, at=at, **answers) == words


def test_open_account_is_one_for_each_person(cast, at):
    answers = {"person": cast.tom.person, "email": "second@oakfield.example", "password": GOOD}
    words = "This person has an account already."
    assert states.why_not(open_account, cast.oakfield, by=cast.ada, at=at, **answers) == words


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "This password is too short. It must contain at least 12 characters."),
        ("password1234", "This password is too common."),
        ("una.reid@oakfield", "The password is too similar to the email."),
    ],
)
def test_open_account_refuses_a_password_that_is_easily_guessed(cast, at, una, password, words):
    answers = {"person": una, "email": "una.reid@oakfield.example", "password": password}
    assert words in states.why_not(open_account, cast.oakfield, by=cast.ada, at=at, **answers)


def test_open_account_leaves_its_line_without_the_password(cast, at, una):
    open_account(cast.oakfield, by=cast.ada, at=at, person=una, email="una.reid@oakfield.example", password=GOOD)
    assert states.last_line(cast.oakfield) == ("account.opened", cast.ada.pk, at, {})
