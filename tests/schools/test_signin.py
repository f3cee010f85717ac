"""Limits on attempts to sign in: whoever guesses shuts out themselves, and nobody else at their school or elsewhere."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import PASSWORD

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
