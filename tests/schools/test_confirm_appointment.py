"""Confirming an appointment: an office that opens records is held on the word of two people, never of one."""

from io import StringIO

import pytest
from django.core.management import call_command

from schools.access import Viewer, sees
from schools.models import Appointment, Installation
from schools.verify import findings
from schools.workflow.accounts import NEEDS_ANOTHER
from schools.workflow.people import appoint, confirm_appointment, end_appointment
from tests import states
from tests.access.browsing import browser
from tests.pages import in_order, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(cast, at) -> Appointment:
    """Ada proposes that Grace be deputy safeguarding lead."""
    return appoint(cast.oakfield, by=cast.ada, at=at, person=cast.grace.person, role="deputy_dsl")


def test_confirm_appointment_is_for_those_who_answer_for_people_or_records(cast, at, proposed):
    assert states.who_may(confirm_appointment, cast.oakfield, cast, at=at) == ("ada harriet hugh priya", "")


def test_confirm_appointment_needs_one_that_waits(cast, at):
    nobody, stopped = states.who_may(confirm_appointment, cast.oakfield, cast, at=at)
    assert (nobody, stopped) == ("", "ada harriet hugh priya")
    appointment = Appointment.objects.get(person=cast.dee.person, role="dsl")
    said = states.why_not(confirm_appointment, cast.oakfield, by=cast.harriet, at=at, appointment=appointment)
    assert said == "No appointment waits for a second person."


def test_confirm_appointment_lets_the_person_read_from_then_on(cast, at, proposed):
    concern, later = states.reported(cast, at=at, people=[]), at + states.DAY
    confirm_appointment(cast.oakfield, by=cast.harriet, at=later, appointment=proposed)
    assert sees(Viewer(cast.grace, later), concern.record)
    assert not sees(Viewer(cast.grace, later - states.HOUR), concern.record)


def test_confirm_appointment_keeps_a_day_that_is_still_to_come(cast, at):
    to_come = at + 7 * states.DAY
    made = appoint(cast.oakfield, by=cast.ada, at=at, person=cast.grace.person, role="dsl", from_at=to_come)
    held = confirm_appointment(cast.oakfield, by=cast.harriet, at=at, appointment=made)
    assert (held.from_at, held.proposed_by) == (to_come, None)


def test_confirm_appointment_is_never_by_whoever_proposed_it(cast, at, proposed):
    answers = {"by": cast.ada, "at": at, "appointment": proposed}
    assert states.why_not(confirm_appointment, cast.oakfield, **answers) == NEEDS_ANOTHER
    assert Appointment.objects.get(pk=proposed.pk).proposed_by == cast.ada


def test_confirm_appointment_is_never_of_oneself(cast, at):
    made = appoint(cast.oakfield, by=cast.ada, at=at, person=cast.harriet.person, role="dsl")
    said = states.why_not(confirm_appointment, cast.oakfield, by=cast.harriet, at=at, appointment=made)
    assert said == "Nobody confirms an office for themselves."


def test_an_administrator_who_only_waits_confirms_nothing(cast, at, proposed):
    appoint(cast.oakfield, by=cast.ada, at=at, person=cast.tom.person, role="administrator")
    said = states.why_not(confirm_appointment, cast.oakfield, by=cast.tom, at=at, appointment=proposed)
    assert said == "Your role does not let you do this: confirm an appointment."


def test_confirm_appointment_happens_once(cast, at, proposed):
    appoint(cast.oakfield, by=cast.ada, at=at, person=cast.tom.person, role="dsl")
    confirm_appointment(cast.oakfield, by=cast.harriet, at=at, appointment=proposed)
    said = states.why_not(confirm_appointment, cast.oakfield, by=cast.hugh, at=at, appointment=proposed)
    assert said == "This appointment does not wait any longer."


def test_a_proposal_can_be_ended_and_is_not_confirmed_then(cast, at, proposed):
    appoint(cast.oakfield, by=cast.ada, at=at, person=cast.tom.person, role="dsl")
    end_appointment(cast.oakfield, by=cast.ada, at=at, appointment=proposed)
    said = states.why_not(confirm_appointment, cast.oakfield, by=cast.harriet, at=at, appointment=proposed)
    assert said == "This appointment does not wait any longer."


def code() -> str:
    """The code that the terminal shows to whoever keeps the machine."""
    shown = StringIO()
    call_command("second_person_code", stdout=shown)
    return shown.getvalue().rpartition(" ")[2].strip()


def test_where_nobody_else_is_there_the_code_from_the_terminal_is_the_second_person_once(cast, at, proposed):
    other = appoint(cast.oakfield, by=cast.ada, at=at, person=cast.tom.person, role="dsl")
    ada, shown = {"by": cast.ada, "at": at}, code()
    wrong = states.why_not(confirm_appointment, cast.oakfield, **ada, appointment=proposed, code="0" * 8)
    assert wrong == "That is not the code shown in the terminal."
    confirm_appointment(cast.oakfield, **ada, appointment=proposed, code=shown)
    facts = {"role": "deputy_dsl", "with": "the code from the terminal"}
    assert states.last_line(cast.oakfield) == ("appointment.confirmed", cast.ada.pk, at, facts)
    again = states.why_not(confirm_appointment, cast.oakfield, **ada, appointment=other, code=shown)
    said = "This code was used already, or none was asked for: whoever keeps the machine gets a fresh one."
    assert again == said


def test_confirm_appointment_leaves_its_line_and_verifies(cast, at, proposed):
    confirm_appointment(cast.oakfield, by=cast.priya, at=at, appointment=proposed)
    assert states.last_line(cast.oakfield) == ("appointment.confirmed", cast.priya.pk, at, {"role": "deputy_dsl"})
    assert list(findings()) == []


def test_it_waits_on_the_desk_of_whoever_may_confirm_it_and_of_nobody_else(cast, on_the_day, proposed):
    desks = {name: words(browser(user).get("/")) for name, user in cast.everyone().items()}
    waiting = {name for name, desk in desks.items() if "Grace Adeyemi, Deputy DSL" in desk}
    assert waiting == {"harriet", "hugh", "priya"}
    confirm_appointment(cast.oakfield, by=cast.harriet, at=on_the_day, appointment=proposed)
    assert "Confirm an appointment" not in words(browser(cast.hugh).get("/"))


def test_the_school_says_who_waits_and_who_ends_it_finds_it(cast, on_the_day, proposed):
    page = words(browser(cast.tom).get("/schools/oakfield/"))
    in_order(page, "Waiting for a second person", "Grace Adeyemi, not yet")
    page = words(browser(cast.ada).get("/schools/oakfield/end-appointment/"))
    in_order(page, "Grace Adeyemi, Deputy DSL (waits for a second person)")


def tried(cast, at, appointment, *codes) -> list[str]:
    """What each of some wrong codes is answered."""
    answers = {"by": cast.ada, "at": at, "appointment": appointment}
    return [states.why_not(confirm_appointment, cast.oakfield, **answers, code=one) for one in codes]


def test_a_code_is_tried_wrongly_five_times_and_then_opens_nothing(cast, at, proposed):
    shown, wrong = code(), "That is not the code shown in the terminal."
    assert tried(cast, at, proposed, *("0" * 8,) * 5) == [wrong] * 5
    said = "After 5 wrong tries a code opens nothing: whoever keeps the machine gets a fresh one."
    assert tried(cast, at, proposed, shown) == [said]
    assert states.lines(cast.oakfield)[-5:] == ["code.refused"] * 5
    assert states.last_line(cast.oakfield) == ("code.refused", cast.ada.pk, at, {"wrong_tries": 5})
    confirm_appointment(cast.oakfield, by=cast.ada, at=at, appointment=proposed, code=code())
    assert list(findings()) == []


def test_a_code_opens_nothing_after_three_days(cast, at, proposed):
    shown, made = code(), Installation.objects.get()
    made.code_made_at -= 3 * states.DAY + states.HOUR
    made.save()
    said = "This code is more than 72 hours old and opens nothing: whoever keeps the machine gets a fresh one."
    assert tried(cast, at, proposed, shown) == [said]
    made.code_made_at += 2 * states.HOUR
    made.save()
    confirm_appointment(cast.oakfield, by=cast.ada, at=at, appointment=proposed, code=shown)


def test_a_code_is_asked_for_before_it_is_tried(cast, at, proposed):
    said = "This code was used already, or none was asked for: whoever keeps the machine gets a fresh one."
    assert tried(cast, at, proposed, "0" * 8) == [said]


def test_each_trust_keeps_a_line_that_a_code_was_made(cast, at):
    code()
    assert states.lines(cast.trust)[-1] == "code.made"
