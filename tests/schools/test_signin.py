"""Limits on attempts to sign in: whoever guesses shuts out themselves, and nobody else at their school or elsewhere."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import PASSWORD
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    yield
    cache.clear()


def sign_in(user, password=PASSWORD, *, address="192.0.2.1", **sent) -> int:
    """What the page of sign-in answers: 302 signs in."""
    typed = {"login": user.email, "password": password}
    return Client(REMOTE_ADDR=address).post("/accounts/login/", typed, **sent).status_code


def test_five_wrong_passwords_shut_out_that_account_at_that_address_only(cast):
    assert [sign_in(cast.tom, "wrong") for _ in range(5)] == [200] * 5
    assert sign_in(cast.tom) == 200
    assert sign_in(cast.tom, address="198.51.100.7") == 302
    assert sign_in(cast.dee) == 302


def test_a_whole_staff_signs_in_from_one_address(cast):
    for _ in range(3):
        assert {sign_in(user) for user in cast.everyone().values()} == {302}


def test_one_address_guesses_sixty_times_a_minute_and_no_more(cast, monkeypatch):
    monkeypatch.setattr("schools.signin.User.check_password", lambda user, raw: raw == PASSWORD)  # Argon2 is slow
    for number in range(60):
        Client(REMOTE_ADDR="192.0.2.1").post("/accounts/login/", {"login": f"x{number}@y.example", "password": "w"})
    assert sign_in(cast.tom) == 200
    assert sign_in(cast.tom, address="198.51.100.7") == 302


def test_what_a_sender_writes_of_their_own_address_counts_for_nothing(cast):
    for number in range(5):
        sign_in(cast.tom, "wrong", headers={"x-forwarded-for": f"203.0.113.{number}"})
    assert sign_in(cast.tom, headers={"x-forwarded-for": "203.0.113.99"}) == 200


def test_behind_one_proxy_the_last_address_counts(cast, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(5):
        sign_in(cast.tom, "wrong", headers={"x-forwarded-for": f"203.0.113.{number}, 198.51.100.7"})
    assert sign_in(cast.tom, headers={"x-forwarded-for": "198.51.100.7"}) == 200
    assert sign_in(cast.tom, headers={"x-forwarded-for": "198.51.100.8"}) == 302


@pytest.fixture
def ten_a_day(settings):
    """As in the product, with fewer guesses before it counts: Argon2 is slow on purpose."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_anywhere": "10/d/key"}


def test_a_hundred_wrong_passwords_a_day_for_one_account_are_counted(settings):
    assert settings.ACCOUNT_RATE_LIMITS["login_failed_anywhere"] == "100/d/key"
    assert settings.ACCOUNT_RATE_LIMITS["login_failed_from_one"] == "5/d/key"


def guesses(user, number: int) -> None:
    """So many wrong passwords for one account, each from an address of its own."""
    for last in range(number):
        assert sign_in(user, "wrong", address=f"203.0.113.{last + 1}") == 200


def test_after_so_many_guesses_from_everywhere_nobody_new_signs_in(cast, ten_a_day):
    guesses(cast.tom, 9)
    assert sign_in(cast.tom, address="198.51.100.7") == 302
    guesses(cast.tom, 1)
    typed = {"login": cast.tom.email, "password": PASSWORD}
    answer = Client(REMOTE_ADDR="198.51.100.8").post("/accounts/login/", typed)
    assert answer.status_code == 200
    assert "Sign in from where you usually do, or wait until tomorrow." in words(answer)
    assert sign_in(cast.dee, address="198.51.100.8") == 302


def test_one_address_alone_shuts_nobody_out(cast, ten_a_day):
    for _ in range(12):
        sign_in(cast.tom, "wrong", address="203.0.113.1")
    assert sign_in(cast.tom, address="198.51.100.7") == 302


def test_whoever_signed_in_from_here_before_is_not_shut_out_by_guesses_from_elsewhere(cast, ten_a_day):
    assert sign_in(cast.tom, address="198.51.100.7") == 302
    guesses(cast.tom, 12)
    assert sign_in(cast.tom, address="198.51.100.9") == 200
    assert sign_in(cast.tom, address="198.51.100.7") == 302


def test_that_dee_signed_in_from_an_address_opens_nothing_to_guesses_at_tom_from_there(cast, ten_a_day):
    assert sign_in(cast.dee, address="198.51.100.7") == 302
    guesses(cast.tom, 10)
    assert sign_in(cast.tom, address="198.51.100.7") == 200


def test_an_account_that_does_not_exist_is_answered_alike(cast, ten_a_day):
    for last in range(11):
        typed = {"login": "nobody@oakfield.example", "password": "wrong"}
        answer = Client(REMOTE_ADDR=f"203.0.113.{last + 1}").post("/accounts/login/", typed)
    assert "Sign in from where you usually do" in words(answer)
