"""Closing an account: it signs in no more; nobody closes their own."""

import pytest

from schools.access import Viewer
from schools.models import User
from schools.workflow.accounts import close_account
from tests import states

pytestmark = pytest.mark.django_db


def test_close_account_is_for_the_administrator_alone(cast, at):
    assert states.who_may(close_account, cast.oakfield, cast, at=at) == ("ada", "")


def test_close_account_ends_every_right_at_once(cast, at):
    close_account(cast.oakfield, by=cast.ada, at=at, account=cast.dee)
    dee = User.objects.get(pk=cast.dee.pk)
    assert not dee.is_active
    assert Viewer(dee, at).roles == set()


def test_close_account_is_not_for_ones_own(cast, at):
    words = "You cannot close your own account: ask another administrator."
    assert states.why_not(close_account, cast.oakfield, by=cast.ada, at=at, account=cast.ada) == words


def test_close_account_is_done_once(cast, at):
    close_account(cast.oakfield, by=cast.ada, at=at, account=cast.dee)
    words = "This account is closed already."
    assert states.why_not(close_account, cast.oakfield, by=cast.ada, at=at, account=cast.dee) == words


def test_close_account_leaves_its_line(cast, at):
    close_account(cast.oakfield, by=cast.ada, at=at, account=cast.dee)
    assert states.last_line(cast.oakfield) == ("account.closed", cast.ada.pk, at, {})
