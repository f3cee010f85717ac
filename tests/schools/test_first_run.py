"""The first set-up: once, with the code from the terminal; the first administrator then needs a second person."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from schools import checkpoints, clock
from schools.models import Appointment, Arrangement, Person, School, Trust, User
from schools.verify import findings
from tests.access.browsing import browser
from tests.pages import in_order, words

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"


def shown_by(command: str) -> str:
    """The code that a command prints in the terminal; nothing when it prints none."""
    shown = StringIO()
    call_command(command, stdout=shown)
    return shown.getvalue().rpartition(" ")[2].strip()


def answers(**changed) -> dict:
    return {
        "trust_name": "Birch Trust", "school_name": "Birch School", "name": "Ann Other", "email": "ann@birch.example",
        "password": PASSWORD, "pack_id": "model", "custodians-count": "2", "witnesses-count": "2",
        "custodians-0-name": "Cleo Safe", "custodians-1-name": "Bea Vault",
        "witnesses-0-name": "Clerk Clare", "witnesses-0-email": "clerk@birch.example",
        "witnesses-1-name": "Solicitor Sol", "witnesses-1-email": "sol@firm.example",
    } | changed  # fmt: skip


def set_up(**changed):
    return browser().post("/set-up/", answers(**changed))


def test_a_wrong_code_founds_nothing(db):
    shown_by("set_up_code")
    answer = set_up(code="00000000")
    assert "That is not the code shown in the terminal." in words(answer)
    assert not Trust.objects.exists()


def test_five_wrong_codes_use_up_the_right_one(db):
    """Whoever finds an installation that nobody has set up yet cannot go on guessing."""
    code = shown_by("set_up_code")
    for _ in range(5):
        set_up(code="00000000")
    assert "After 5 wrong tries a code opens nothing" in words(set_up(code=code))
    assert set_up(code=shown_by("set_up_code"))["location"] == "/accounts/login/"


def test_the_code_founds_a_trust_once(db):
    code = shown_by("set_up_code")
    assert set_up(code=code)["location"] == "/accounts/login/"
    assert (Trust.objects.get().slug, School.objects.get().slug) == ("birch-trust", "birch-school")
    assert [row.role for row in Appointment.objects.order_by("role")] == ["administrator", "staff"]
    assert set_up(code=code, trust_name="Another").status_code == 404
    assert shown_by("set_up_code") == ""
    assert list(findings()) == []


def test_who_keeps_the_key_and_who_is_witness_is_recorded_and_mailed(db, postbox):
    set_up(code=shown_by("set_up_code"))
    kinds = Arrangement.objects.order_by("kind", "name").values_list("kind", "name", "email")
    assert list(kinds) == [
        ("key_custodian", "Bea Vault", ""),
        ("key_custodian", "Cleo Safe", ""),
        ("witness", "Clerk Clare", "clerk@birch.example"),
        ("witness", "Solicitor Sol", "sol@firm.example"),
    ]
    checkpoints.make(clock.machine_now())
    assert checkpoints.mail_witnesses(clock.machine_now().replace(hour=12) + timedelta(days=1)) == 2
    assert [to for to, _ in postbox.received] == [("clerk@birch.example", "sol@firm.example")]


def test_nothing_is_founded_before_two_keepers_and_two_witnesses_are_named(db):
    code = shown_by("set_up_code")
    answer = set_up(code=code, **{"custodians-1-name": "", "witnesses-1-email": ""})
    in_order(words(answer), "needs at least 2; there are 1", "E-mail address")
    assert "Cleo Safe" in answer.content.decode()
    assert not Trust.objects.exists()
    assert set_up(code=code).status_code == 302


def test_the_first_administrator_appoints_a_head_with_the_code_of_whoever_keeps_the_machine(db):
    set_up(code=shown_by("set_up_code"))
    ann, token = browser(User.objects.get()), {"form_token": "a-token-of-this-test-"}
    at = "/schools/birch-school/"
    ann.post(f"{at}add-person/", {"name": "Hal Head", "kind": "staff", "form_token": "first-" * 4})
    head = Person.objects.get(name="Hal Head")
    office = {"person": str(head.pk), "role": "head_of_school", "whole_trust": "no", "form_token": "second-" * 3}
    assert ann.post(f"{at}appoint/", office).status_code == 302
    in_order(words(ann.get(at)), "Waiting for a second person", "Hal Head, not yet")
    proposed = {"appointment": str(Appointment.objects.get(role="head_of_school").pk)} | token
    alone = ann.post(f"{at}confirm-appointment/", proposed)
    assert (alone.status_code, "with the command second_person_code" in words(alone)) == (409, True)
    done = ann.post(f"{at}confirm-appointment/", proposed | {"code": shown_by("second_person_code")})
    assert done.status_code == 302
    assert Appointment.objects.current(clock.now()).filter(person=head, role="head_of_school").exists()
    assert "Waiting for a second person" not in words(ann.get(at))
    assert list(findings()) == []
