"""Changing one's own password: with the present one, into one that is long; the history holds neither."""

import pytest

from schools.models import User
from schools.workflow.accounts import change_password
from tests import states
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


def test_change_password_refuses_one_that_is_easily_guessed(cast, at):
    answers = {"present": PASSWORD, "fresh": "qwertyuiop"}
    said = states.why_not(change_password, cast.oakfield, by=cast.tom, at=at, **answers)
    assert "This password is too short." in said


def test_change_password_changes_only_ones_own(cast, at):
    change_password(cast.oakfield, by=cast.tom, at=at, present=PASSWORD, fresh=FRESH)
    assert User.objects.get(pk=cast.tom.pk).check_password(FRESH)
    assert User.objects.get(pk=cast.dee.pk).check_password(PASSWORD)


def test_change_password_leaves_its_line_and_no_password_in_any_version(cast, at):
    change_password(cast.oakfield, by=cast.tom, at=at, present=PASSWORD, fresh=FRESH)
    assert states.last_line(cast.oakfield) == ("password.changed", cast.tom.pk, at, {})
    assert not hasattr(User.history.first(), "password")
