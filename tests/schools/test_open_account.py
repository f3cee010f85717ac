"""Opening an account: one for each person and each address, with a password that is long and not common."""

import pytest

from schools.models import Appointment, User
from schools.roles import Role
from schools.verify import findings
from schools.workflow.accounts import NEEDS_ANOTHER, change_password, open_account
from schools.workflow.people import appoint, confirm_appointment
from tests import factories, states
from tests.access.browsing import address, browser, send
from tests.pages import in_order, words

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


def test_open_account_leaves_a_password_good_for_nothing_but_choosing_another(cast, on_the_day, una):
    """The administrator knows it, and would otherwise read everything that this person reads, unseen."""
    factories.office(una, Role.STAFF, at=on_the_day - states.DAY)
    answers = {"person": una, "email": "una.reid@oakfield.example", "password": GOOD}
    client = browser(open_account(cast.oakfield, by=cast.ada, at=on_the_day, **answers))
    made = appoint(cast.oakfield, by=cast.ada, at=on_the_day, person=una, role=Role.DSL)
    own, words_of_it = "/schools/oakfield/change-password/", "Choose a password of your own first"
    assert {client.get(path)["location"] for path in ("/", "/concerns/", "/schools/oakfield/make-token/")} == {own}
    assert words_of_it in words(client.get(own))
    refused = [client.get("/api/v1/concerns/"), send(client, "/schools/oakfield/report/", {})]
    assert [answer.status_code for answer in refused] == [403, 403]
    assert all(answer.json()["detail"].startswith(words_of_it) for answer in refused)
    typed = {"present": GOOD, "fresh": "another-horse-battery", "form_token": "a-token-of-this-test"}
    assert client.post(own, typed).status_code == 302
    confirm_appointment(cast.oakfield, by=cast.harriet, at=on_the_day, appointment=made)
    assert (client.get("/concerns/").status_code, client.get("/api/v1/concerns/").status_code) == (200, 200)


def test_open_account_takes_an_address_once_whatever_its_capitals(cast, at, una):
    answers = {"person": una, "email": "TOM.okoro@oakfield.example", "password": GOOD}
    said = "There is an account with this e-mail address already."
    assert states.why_not(open_account, cast.oakfield, by=cast.ada, at=at, **answers) == said


def test_open_account_is_one_for_each_person(cast, at):
    answers = {"person": cast.tom.person, "email": "second@oakfield.example", "password": GOOD}
    said = "This person has an account already."
    assert states.why_not(open_account, cast.oakfield, by=cast.ada, at=at, **answers) == said


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "This password is too short. It must contain at least 12 characters."),
        ("password1234", "This password is too common."),
        ("una.reid@oakfield", "The password is too similar to the email."),
    ],
)
def test_open_account_refuses_a_password_that_is_easily_guessed(cast, at, una, password, said):
    answers = {"person": una, "email": "una.reid@oakfield.example", "password": password}
    assert said in states.why_not(open_account, cast.oakfield, by=cast.ada, at=at, **answers)


def test_whose_only_office_waits_for_a_second_person_can_sign_in_and_report_meanwhile(cast, on_the_day, una):
    """A new chair is told to sign in first; without any office the own password could not even be changed."""
    appoint(cast.oakfield, by=cast.ada, at=on_the_day, person=una, role="chair_of_local_board")
    answers = {"person": una, "email": "una.reid@oakfield.example", "password": GOOD}
    open_account(cast.oakfield, by=cast.ada, at=on_the_day, **answers)
    client = signed_in("una.reid@oakfield.example")
    in_order(words(client.get("/")), "Report something", "I saw something online")
    assert client.get("/report/").status_code == 200
    assert list(findings()) == []


def test_open_account_gives_the_office_of_staff_once(cast, at, una):
    factories.office(una, Role.STAFF, at=at - states.DAY)
    open_account(cast.oakfield, by=cast.ada, at=at, person=una, email="una.reid@oakfield.example", password=GOOD)
    assert Appointment.objects.filter(person=una, role=Role.STAFF).count() == 1


def test_open_account_leaves_its_line_without_the_password(cast, at, una):
    open_account(cast.oakfield, by=cast.ada, at=at, person=una, email="una.reid@oakfield.example", password=GOOD)
    assert states.last_line(cast.oakfield) == ("account.opened", cast.ada.pk, at, {})


def appointed(cast, person, role, *, at, **more) -> Appointment:
    """An office at Oakfield that Ada proposed and Harriet confirmed."""
    made = appoint(cast.oakfield, by=cast.ada, at=at, person=person, role=role, **more)
    return confirm_appointment(cast.oakfield, by=cast.harriet, at=at, appointment=made)


def signed_in(email: str):
    """A browser in which whoever knows the first password has signed in and chosen one of their own."""
    client = browser()
    assert client.post("/accounts/login/", {"login": email, "password": GOOD}).status_code == 302
    typed = {"present": GOOD, "fresh": "another-horse-battery", "form_token": "a-token-of-this-test"}
    assert client.post("/schools/oakfield/change-password/", typed).status_code == 302
    return client


def test_open_account_makes_nobody_the_holder_of_an_office_that_was_confirmed_before(cast, on_the_day, una):
    """The administrator, who knows the first password, signs in as the safeguarding lead who had no account."""
    concern = states.reported(cast, at=on_the_day - states.DAY)
    factories.office(una, Role.STAFF, at=on_the_day - states.DAY)
    office = appointed(cast, una, "dsl", at=on_the_day - states.DAY)
    email, page = "una.reid@oakfield.example", address(concern)
    open_account(cast.oakfield, by=cast.ada, at=on_the_day, person=una, email=email, password=GOOD)
    client = signed_in(email)
    assert (client.get("/").status_code, client.get(page).status_code) == (200, 404)
    assert client.get(f"/api/v1{page}").status_code == 404
    office = Appointment.objects.get(pk=office.pk)
    answers = {"at": on_the_day, "appointment": office}
    assert states.why_not(confirm_appointment, cast.oakfield, by=cast.ada, **answers) == NEEDS_ANOTHER
    assert client.get(page).status_code == 404
    confirm_appointment(cast.oakfield, by=cast.harriet, **answers)
    assert client.get(page).status_code == 200
    assert list(findings()) == []


def test_open_account_makes_nobody_the_second_person_for_what_they_propose(cast, at, una):
    appointed(cast, una, "hr_lead", at=at)
    answers = {"person": una, "email": "una.reid@oakfield.example", "password": GOOD}
    account = open_account(cast.oakfield, by=cast.ada, at=at, **answers)
    factories.office(una, Role.STAFF, at=at)
    made = appoint(cast.oakfield, by=cast.ada, at=at, person=cast.tom.person, role="dsl")
    said = "Your role does not let you do this: confirm an appointment."
    assert states.why_not(confirm_appointment, cast.oakfield, by=account, at=at, appointment=made) == said


def test_whoever_opened_an_account_never_confirms_an_office_of_its_holder(cast, at, una):
    """Neither one that somebody else proposed before the account was opened, nor one proposed afterwards."""
    other = factories.member(cast.oakfield, "Abe Long", Role.ADMINISTRATOR, at=at)
    before = appoint(cast.oakfield, by=other, at=at, person=una, role="dsl")
    answers = {"person": una, "email": "una.reid@oakfield.example", "password": GOOD}
    account = open_account(cast.oakfield, by=cast.ada, at=at, **answers)
    change_password(cast.oakfield, by=account, at=at, present=GOOD, fresh="another-horse-battery")
    after = appoint(cast.oakfield, by=other, at=at, person=una, role="hr_lead")
    for office in (Appointment.objects.get(pk=before.pk), after):
        for by in (cast.ada, other):
            said = states.why_not(confirm_appointment, cast.oakfield, by=by, at=at, appointment=office)
            assert said == NEEDS_ANOTHER
        assert confirm_appointment(cast.oakfield, by=cast.harriet, at=at, appointment=office).proposed_by is None


def test_open_account_puts_back_what_is_to_come_and_what_is_held_elsewhere_and_nothing_else(cast, at, una):
    """An office at another school waits there, with a line of that school's own."""
    to_come = appointed(cast, una, "deputy_dsl", at=at, from_at=at + states.DAY)
    over = appointed(cast, una, "hr_lead", at=at - 2 * states.DAY, until_at=at - states.DAY)
    opens_nothing = appoint(cast.oakfield, by=cast.ada, at=at, person=una, role="line_manager")
    chief = factories.member(cast.central, "Cleo Adams", Role.ADMINISTRATOR, at=at, whole_trust=True)
    elsewhere = appoint(cast.elmwood, by=chief, at=at, person=una, role="dsl")
    confirm_appointment(cast.elmwood, by=cast.hugh, at=at, appointment=elsewhere)
    answers = {"person": una, "email": "una.reid@oakfield.example", "password": GOOD}
    open_account(cast.oakfield, by=cast.ada, at=at, **answers)
    waiting = Appointment.objects.filter(person=una, proposed_by=cast.ada)
    assert set(waiting.values_list("pk", flat=True)) == {to_come.pk, elsewhere.pk}
    held = Appointment.objects.filter(person=una, proposed_by=None).exclude(role=Role.STAFF)
    assert set(held.values_list("pk", flat=True)) == {over.pk, opens_nothing.pk}
    line = ("appointment.put_back", cast.ada.pk, at, {})
    assert (states.last_line(cast.oakfield), states.last_line(cast.elmwood)) == (line, line)
    assert list(findings()) == []


def test_the_form_that_confirms_says_to_ask_the_person_face_to_face(cast, on_the_day, una):
    appoint(cast.oakfield, by=cast.ada, at=on_the_day, person=una, role="dsl")
    page = words(browser(cast.harriet).get("/schools/oakfield/confirm-appointment/"))
    in_order(page, "Which appointment?", "Ask the person face to face first.", "nobody else may know their password")
