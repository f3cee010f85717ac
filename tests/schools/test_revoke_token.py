"""Revoking a token: at once, one's own only, and with a line."""

import pytest

from schools.workflow.accounts import make_token, revoke_token
from tests import states
from tests.access.browsing import browser, send
from tests.factories import PASSWORD
from tests.schools.test_make_token import CONCERNS, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(cast, at):
    return make_token(cast.oakfield, by=cast.tom, at=at, present=PASSWORD, name="A weekly list", days="30")


def test_revoke_token_is_for_everyone_at_their_school(cast, at):
    everyone = "ada dee dot grace harriet hugh pat priya sam tom"
    assert states.who_may(revoke_token, cast.oakfield, cast, at=at) == (everyone, "")


def test_revoke_token_ends_it_at_the_next_request(cast, on_the_day, token):
    client = program(token.secret)
    assert client.get(CONCERNS).status_code == 200
    done = send(browser(cast.tom), "/schools/oakfield/revoke-token/", {"which": str(token.pk)})
    assert (done.status_code, client.get(CONCERNS).status_code) == (201, 401)


def test_revoke_token_offers_nobody_elses(cast, on_the_day, token):
    answer = send(browser(cast.dee), "/schools/oakfield/revoke-token/", {"which": str(token.pk)})
    assert answer.json()["errors"] == ["“Which token?” must be one of the answers shown."]
    assert program(token.secret).get(CONCERNS).status_code == 200


def test_revoke_token_happens_once(cast, at, token):
    revoke_token(cast.oakfield, by=cast.tom, at=at, which=token)
    said = states.why_not(revoke_token, cast.oakfield, by=cast.tom, at=at, which=token)
    assert said == "This token is revoked already."


def test_revoke_token_leaves_its_line(cast, at, token):
    revoke_token(cast.oakfield, by=cast.tom, at=at, which=token)
    assert states.last_line(cast.oakfield) == ("token.revoked", cast.tom.pk, at, {"name": "A weekly list"})
