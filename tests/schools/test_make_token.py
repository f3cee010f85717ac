"""Making a token: a program does with it what its person may, until a day; what is kept is no token."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from schools import clock
from schools.models import Looked, Token, TokenUse, token_hash
from schools.workflow.accounts import close_account, make_token
from schools.workflow.people import end_appointment
from tests import states
from tests.access.browsing import LONG_AGO, address, browser, send
from tests.factories import PASSWORD
from tests.pages import words

pytestmark = pytest.mark.django_db
CONCERNS = "/api/v1/concerns/"
TYPED = {"name": "A list", "days": "30", "present": PASSWORD}


def made(user, *, at, days="30") -> str:
    return make_token(user.person.school, by=user, at=at, present=PASSWORD, name="A weekly list", days=days).secret


def program(secret: str) -> Client:
    return Client(headers={"host": "127.0.0.1", "authorization": f"Bearer {secret}"})


def test_make_token_is_for_everyone_at_their_school(cast, at):
    everyone = "ada dee dot grace harriet hugh pat priya sam tom"
    assert states.who_may(make_token, cast.oakfield, cast, at=at) == (everyone, "")


def test_make_token_is_refused_to_whoever_only_found_somebody_signed_in(cast, at):
    answers = {"present": "a-guess-of-twelve", "name": "Mine now", "days": "365"}
    words = "The present password is not right."
    assert states.why_not(make_token, cast.oakfield, by=cast.tom, at=at, **answers) == words
    assert not Token.objects.exists()


def test_a_program_reads_what_its_person_reads_and_leaves_the_same_line(cast, on_the_day):
    concern = states.reported(cast, at=on_the_day - LONG_AGO)
    dee, tom = (program(made(user, at=on_the_day)) for user in (cast.dee, cast.tom))
    assert dee.get(f"{CONCERNS}{concern.ref}/").json()["ref"] == concern.ref
    looked = Looked.objects.get(user_id=cast.dee.pk)
    assert (looked.records, looked.basis) == ([str(concern.pk)], "dsl, leadership_team, staff")
    assert tom.get(f"{CONCERNS}{concern.ref}/").status_code == 404
    assert tom.get(CONCERNS).json()["results"] == []


def test_a_program_acts_as_its_person_and_may_no_more(cast, on_the_day):
    concern = states.reported(cast, at=on_the_day - LONG_AGO)
    done = send(program(made(cast.dee, at=on_the_day)), address(concern, "read-report"), {})
    assert (done.status_code, states.last_line(concern)[:2]) == (201, ("concern.read", cast.dee.pk))
    refused = send(program(made(cast.dee, at=on_the_day)), "/schools/oakfield/appoint/", {})
    assert refused.status_code == 403


def test_what_is_kept_is_a_hash_and_the_page_shows_the_token_once(cast, on_the_day):
    client, typed = browser(cast.tom), TYPED | {"form_token": "a-token-of-this-test"}
    shown = words(client.post("/schools/oakfield/make-token/", typed, follow=True))
    secret = next(word for word in shown.split() if word.startswith("daybook_"))
    assert len(secret) == len("daybook_") + 43  # 32 random bytes
    assert secret not in words(client.get("/schools/oakfield/"))
    assert secret not in words(client.post("/schools/oakfield/make-token/", typed, follow=True))
    token = Token.objects.get()
    assert token.secret_hash == token_hash(secret)
    with connection.cursor() as cursor:
        for table in ("schools_token", "schools_historicaltoken"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  (two tables by name)
            assert secret not in str(cursor.fetchall())
    assert program(secret).get(CONCERNS).status_code == 200


def test_over_the_api_it_is_made_from_a_session_and_answered_once(cast, on_the_day):
    path = "/schools/oakfield/make-token/"
    first, again = (send(browser(cast.tom), path, TYPED) for _ in range(2))
    assert program(first.json()["secret"]).get(CONCERNS).status_code == 200
    assert (again.status_code, "secret" in again.json()) == (200, False)


@pytest.mark.parametrize("slug", ["make-token", "revoke-token", "change-password"])
def test_a_program_does_not_change_the_account_it_uses(cast, on_the_day, slug):
    answer = send(program(made(cast.tom, at=on_the_day)), f"/schools/oakfield/{slug}/", {})
    assert answer.status_code == 403
    assert answer.json()["detail"] == "A program does not change the account it uses: sign in with a browser."


@pytest.mark.parametrize("secret", ["", "daybook_", "daybook_" + "a" * 43, "ø"])
def test_what_is_no_token_opens_nothing(cast, on_the_day, secret):
    made(cast.tom, at=on_the_day)
    answer = program(secret.encode("utf-8").decode("latin-1")).get(CONCERNS)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Daybook"')


@pytest.mark.parametrize(("days", "status"), [(6.9, 200), (7, 401)])
def test_a_token_ends_after_its_days(cast, on_the_day, days, status):
    secret = made(cast.tom, at=on_the_day - timedelta(days=days), days="7")
    assert program(secret).get(CONCERNS).status_code == status


def test_a_closed_account_and_a_lost_office_end_what_a_token_opens(cast, on_the_day):
    concern = states.reported(cast, at=on_the_day - LONG_AGO)
    dee = program(made(cast.dee, at=on_the_day))
    office = cast.dee.person.appointments.get(role="dsl")
    end_appointment(cast.oakfield, by=cast.ada, at=on_the_day, appointment=office)
    assert dee.get(f"{CONCERNS}{concern.ref}/").status_code == 404
    close_account(cast.oakfield, by=cast.ada, at=on_the_day, account=cast.dee)
    assert dee.get(CONCERNS).status_code == 401


def test_when_it_was_last_used_is_known_to_its_person(cast, on_the_day):
    secret = made(cast.tom, at=on_the_day)
    assert "A weekly list, never used, ends on " in words(browser(cast.tom).get("/schools/oakfield/revoke-token/"))
    program(secret).get(CONCERNS)
    day = f"{clock.day_of(TokenUse.objects.get().used_at):%-d %B %Y}"
    assert f"A weekly list, last used on {day}, ends on " in words(
        browser(cast.tom).get("/schools/oakfield/revoke-token/")
    )


def test_make_token_leaves_its_line(cast, at):
    made(cast.tom, at=at)
    facts = {"name": "A weekly list", "days": 30}
    assert states.last_line(cast.oakfield) == ("token.made", cast.tom.pk, at, facts)
