"""Changing one's own password: with the present one, into one that is long; the history holds neither."""

import pytest
from django.conf import settings

from schools.models import Token, User
from schools.sessions import BEGAN
from schools.workflow.accounts import change_password, make_token
from tests import states
from tests.access.browsing import browser
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
FRESH = "three-green-lamps"


def test_change_password_is_for_everyone_at_their_school(cast, at):
    everyone = "ada dee dot grace harriet hugh pat priya sam tom"
    assert states.who_may(change_password, cast.oakfield, cast, at=at) == (everyone, "")


def test_change_password_wants_the_present_one(cast, at):
    answers = {"present": "something else", "fresh": FRESH}
    words = "The present password is not right."
    assert states.why_not(change_password, cast.oakfield, by=cast.tom, at=at, **answers) == words


def test_change_password_wants_another(cast, at):
    answers = {"present": PASSWORD, "fresh": PASSWORD}
    words = "The new password is the present one: choose another."
    assert states.why_not(change_password, cast.oakfield, by=cast.tom, at=at, **answers) == words


def test_change_password_refuses_one_that_is_easily_guessed(cast, at):
    answers = {"present": PASSWORD, "fresh": "qwertyuiop"}
    said = states.why_not(change_password, cast.oakfield, by=cast.tom, at=at, **answers)
    assert "This password is too short." in said


def test_change_password_changes_only_ones_own(cast, at):
    change_password(cast.oakfield, by=cast.tom, at=at, present=PASSWORD, fresh=FRESH)
    assert User.objects.get(pk=cast.tom.pk).check_password(FRESH)
    assert User.objects.get(pk=cast.dee.pk).check_password(PASSWORD)


def test_change_password_keeps_this_session_and_ends_every_other(cast, on_the_day):
    here, elsewhere = browser(cast.tom), browser(cast.tom)
    before = here.cookies[settings.SESSION_COOKIE_NAME].value
    typed = {"present": PASSWORD, "fresh": FRESH, "form_token": "a-token-of-this-test"}
    assert here.post("/schools/oakfield/change-password/", typed).status_code == 302
    assert here.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert here.get("/schools/oakfield/").status_code == 200
    assert elsewhere.get("/schools/oakfield/")["location"].startswith("/accounts/login/")


def test_change_password_does_not_put_off_the_end_of_the_session(cast, on_the_day):
    here = browser(cast.tom)
    began = here.session[BEGAN] - 3600
    session = here.session
    session[BEGAN] = began
    session.save()
    typed = {"present": PASSWORD, "fresh": FRESH, "form_token": "a-token-of-this-test"}
    here.post("/schools/oakfield/change-password/", typed)
    assert here.session[BEGAN] == began


def test_change_password_ends_the_tokens_of_that_person_alone(cast, at):
    mine, hers = (
        make_token(cast.oakfield, by=user, at=at, present=PASSWORD, name="A list", days="30")
        for user in (cast.tom, cast.dee)
    )
    change_password(cast.oakfield, by=cast.tom, at=at, present=PASSWORD, fresh=FRESH)
    assert Token.objects.get(pk=mine.pk).revoked_at == at
    assert Token.objects.get(pk=hers.pk).revoked_at is None


def test_change_password_leaves_its_line_and_no_password_in_any_version(cast, at):
    change_password(cast.oakfield, by=cast.tom, at=at, present=PASSWORD, fresh=FRESH)
    assert states.last_line(cast.oakfield) == ("password.changed", cast.tom.pk, at, {})
    assert not hasattr(User.history.first(), "password")
