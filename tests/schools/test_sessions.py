"""Sessions: the table holds no cookie, and an account that was closed is signed out at its next request."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from schools import ledger
from schools.sessions import BEGAN, LIFE, SessionStore, mark
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def fresh(**content) -> SessionStore:
    session = SessionStore()
    session.update(content)
    session.save()
    return session


def cells() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM django_session")
        return str(cursor.fetchall())


def test_a_session_is_found_by_its_cookie():
    session = fresh(school="oakfield")
    assert SessionStore(session.session_key)["school"] == "oakfield"
    assert SessionStore("0" * 32).load() == {}


def test_the_table_holds_no_cookie_and_what_it_holds_is_none():
    cookies = [fresh(number=number).session_key for number in range(50)]
    assert len(set(cookies)) == 50
    held = cells()
    assert not [cookie for cookie in cookies if cookie in held]
    assert [SessionStore(row.session_key).load() for row in Session.objects.all()] == [{}] * 50


def test_a_session_is_changed_and_ended_under_the_same_cookie():
    session = fresh(step=1)
    session["step"] = 2
    session.save()
    assert Session.objects.count() == 1
    assert SessionStore(session.session_key)["step"] == 2
    SessionStore(session.session_key).delete()
    assert Session.objects.count() == 0


def test_a_new_cookie_takes_over_and_the_old_one_is_dead():
    session = fresh(step=1)
    old = session.session_key
    session.cycle_key()
    assert session.session_key != old
    assert SessionStore(old).load() == {}
    assert SessionStore(session.session_key)["step"] == 1
    session.flush()
    assert Session.objects.count() == 0


def test_an_expired_session_opens_as_nothing():
    session = fresh(step=1)
    Session.objects.update(expire_date=timezone.now())
    assert SessionStore(session.session_key).load() == {}


def signed_in(client) -> bool:
    """Whether the sign-in page sends this browser on, as it does for people who are signed in."""
    return client.get("/accounts/login/").status_code == 302


@pytest.fixture
def tom(cast):
    browser = Client()
    answer = browser.post("/accounts/login/", {"login": cast.tom.email, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def test_signing_in_by_the_page_leaves_a_cookie_that_the_table_does_not_hold(tom):
    cookie = tom.cookies[settings.SESSION_COOKIE_NAME].value
    assert signed_in(tom)
    assert cookie not in cells()
    thief = Client()
    for row in Session.objects.all():
        thief.cookies[settings.SESSION_COOKIE_NAME] = row.session_key
        assert not signed_in(thief)


def test_a_cookie_from_before_signing_in_is_not_signed_in(cast):
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = planted = fresh(planted=True).session_key
    browser.post("/accounts/login/", {"login": cast.tom.email, "password": PASSWORD})
    assert signed_in(browser)
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != planted
    victim = Client()
    victim.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert not signed_in(victim)


def test_a_closed_account_is_signed_out_at_its_next_request(tom, cast):
    cast.tom.is_active = False
    with transaction.atomic():
        ledger.record("account.closed", cast.oakfield.record, cast.tom, by=None, at=cast.now)
    assert not signed_in(tom)


def test_a_new_password_ends_every_other_session(tom, cast):
    cast.tom.choose_password("another-horse-battery")
    with transaction.atomic():
        ledger.record("password.changed", cast.oakfield.record, cast.tom, by=None, at=cast.now)
    assert not signed_in(tom)


def test_signing_out_ends_the_session_for_good(tom):
    cookie = tom.cookies[settings.SESSION_COOKIE_NAME].value
    tom.post("/accounts/logout/")
    again = Client()
    again.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert not signed_in(again)


def ends_in(**passed) -> None:
    """Let the one session be as if it had last been written so long ago."""
    Session.objects.update(expire_date=timezone.now() + LIFE - timedelta(**passed))


@pytest.mark.parametrize(("seconds", "renewed"), [(50, False), (70, True)])
def test_that_somebody_is_there_is_written_down_once_a_minute(tom, seconds, renewed):
    ends_in(seconds=seconds)
    before = Session.objects.get().expire_date
    assert signed_in(tom)
    assert (Session.objects.get().expire_date > before) is renewed


@pytest.mark.parametrize(("hours", "stays"), [(9.9, True), (10, False)])
def test_ten_hours_after_signing_in_somebody_signs_in_again_however_busy_they_were(tom, hours, stays):
    session = SessionStore(tom.cookies[settings.SESSION_COOKIE_NAME].value)
    session[BEGAN] -= int(hours * 3600)
    session.save()
    assert signed_in(tom) is stays
    assert Session.objects.filter(session_key=mark(session.session_key)).exists() is stays


def test_forty_minutes_after_the_last_page_somebody_has_to_sign_in_again(tom):
    ends_in(minutes=39)
    assert signed_in(tom)
    ends_in(minutes=40)
    assert not signed_in(tom)


def test_whoever_signs_in_sees_their_desk_and_no_banner(cast):
    client = Client(headers={"host": "127.0.0.1"})
    signed_in = client.post("/accounts/login/", {"login": cast.tom.email, "password": PASSWORD}, follow=True)
    assert signed_in.redirect_chain[-1][0] == "/"
    assert "Report something" in signed_in.content.decode()
    assert "govuk-notification-banner" not in signed_in.content.decode()
