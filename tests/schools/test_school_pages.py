"""The pages of a school and a trust, the way out, and the password that is never kept."""

from datetime import date, timedelta

import pytest

from schools import drafts, offices
from schools.models import Draft
from schools.roles import Role
from schools.workflow import people
from tests import factories, states
from tests.access.browsing import address, browser
from tests.conftest import NOW
from tests.pages import in_order, never_said, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
FRIDAY = NOW - timedelta(days=3)  # 20 November 2026, 08:00


def page(user, path, status=200):
    answer = browser(user).get(path)
    assert answer.status_code == status
    return words(answer)


def test_a_school_shows_who_holds_which_office_with_the_number_and_whom_it_rings(cast):
    people.record_telephone(cast.oakfield, by=cast.ada, at=FRIDAY, person=cast.dee.person, telephone="01632 960 101")
    lado = {"kind": "lado", "name": "Westmarch LADO", "telephone": "01632 960 900", "from_on": date(2025, 9, 1)}
    people.record_arrangement(cast.oakfield, by=cast.ada, at=FRIDAY, **lado)
    said = page(cast.tom, "/schools/oakfield/")
    in_order(
        said,
        "Oakfield School",
        "Head of School Harriet Lowe",
        "Designated Safeguarding Lead (DSL) Dee Marsh, 01632 960 101",
    )
    in_order(said, "Local authority designated officer (LADO) Westmarch LADO 01632 960 900")
    assert never_said(said) == []


def test_a_school_without_a_safeguarding_lead_says_so(cast):
    office = cast.dee.person.appointments.get(role=Role.DSL)
    people.end_appointment(cast.oakfield, by=cast.ada, at=FRIDAY, appointment=office)
    in_order(page(cast.tom, "/schools/oakfield/"), "Nobody Designated Safeguarding Lead (DSL)")


def test_the_people_of_a_school_are_listed_for_whoever_looks_after_it(cast):
    factories.person(cast.oakfield, "Lea Grant", at=FRIDAY, end_on=FRIDAY.date(), job_title="Cook")
    for user in (cast.ada, cast.harriet, cast.hugh):
        in_order(page(user, "/schools/oakfield/"), "Everybody who works here")
        said = page(user, "/people/?school=oakfield")
        in_order(
            said, "Ada Brook", "Signs in", "Lea Grant", "Left", "Cook", "Oakfield School", "No account", "9 people"
        )
        assert "Olu Bello" not in said
    in_order(page(cast.ada, "/people/?left=yes"), "Has left: Yes", "Lea Grant", "1 person")
    assert "Lea Grant" not in page(cast.ada, "/people/?left=no")
    in_order(page(cast.ada, "/people/?account=no&kind=governor"), "No person matches", "Show all people")


def test_personnel_of_the_trust_list_the_people_of_every_school_and_nobody_else_lists_any(cast):
    in_order(page(cast.hugh, "/people/?sort=school"), "Olu Bello", "Oak Trust central team", "Oakfield School")
    assert "Olu Bello" not in page(cast.ada, "/people/")
    for user in (cast.tom, cast.dee, cast.priya, cast.olu):
        assert "Everybody who works here" not in page(user, "/schools/oakfield/")
        in_order(page(user, "/people/"), "No person to show")
    assert "Zoe Hart" not in page(cast.hugh, "/people/")


def test_my_own_school_is_one_word_away(cast):
    assert browser(cast.tom).get("/schools/")["location"] == "/schools/oakfield/"
    page(cast.tom, "/schools/ashfield/", status=404)


def test_a_trust_shows_its_schools_its_policy_overdue_or_not_and_who_reads_what(cast):
    said = page(cast.tom, "/trusts/oak/")
    in_order(
        said,
        "Elmwood School",
        "Oakfield School",
        "Use of Social Media Policy, version 2022",
        "In force",
        "Review overdue",
    )
    in_order(said, "Who reads what", "HR lead Staff conduct", "Data protection officer Data breach, Complaint")
    assert never_said(said) == []


def test_whom_to_ring_are_the_lead_then_the_deputy_then_the_head_each_once(cast):
    factories.office(cast.harriet.person, Role.DEPUTY_DSL, at=FRIDAY)
    rung = [(one.name, one.role) for one in offices.on_duty(cast.oakfield, NOW)]
    assert rung == [
        ("Dee Marsh", "Designated Safeguarding Lead (DSL)"),
        ("Dot Evans", "Deputy DSL"),
        ("Harriet Lowe", "Deputy DSL"),
    ]


def test_when_the_whole_chain_is_named_the_lado_is_rung(cast):
    lado = {"kind": "lado", "name": "Westmarch LADO", "telephone": "01632 960 900", "from_on": date(2025, 9, 1)}
    people.record_arrangement(cast.oakfield, by=cast.ada, at=FRIDAY, **lado)
    chain = [cast.dee.person_id, cast.dot.person_id, cast.harriet.person_id]
    assert [(one.name, one.phone) for one in offices.on_duty(cast.oakfield, NOW, but_not=chain)] == [
        ("Westmarch LADO", "01632 960 900")
    ]


def test_the_page_one_leaves_to_opens_for_anybody_and_keeps_quiet(cast):
    for user in (None, cast.tom):
        answer = browser(user).get("/week-planner/")
        in_order(words(answer), "Week planner", "Monday", "Friday")
        assert b"Daybook" not in answer.content


def test_a_page_without_a_record_needs_no_way_out(cast):
    assert "Leave this page now" not in page(cast.tom, "/schools/oakfield/")
    assert "Leave this page now" in page(cast.dee, address(states.read(cast, at=FRIDAY)))


def test_a_password_is_typed_unseen_and_not_kept_with_a_form_for_later(cast):
    ada = browser(cast.ada)
    source = ada.get("/schools/oakfield/open-account/").content.decode()
    assert 'type="password" name="password" autocomplete="new-password"' in source
    sent = {"email": "lea@oakfield.example", "password": "correct-horse-battery", "save_draft": "1"}
    ada.post("/schools/oakfield/open-account/", sent)
    assert drafts.read(cast.ada, "open_account", "oakfield") == {"email": ["lea@oakfield.example"]}
    assert Draft.objects.count() == 1


def test_a_closed_account_is_told_that_it_is_closed():
    in_order(
        words(browser().get("/accounts/inactive/")), "This account is closed", "ask the person who looks after accounts"
    )


def test_what_was_done_is_said_on_the_page_that_follows(cast):
    sent = {"person": str(cast.dee.person_id), "telephone": "01632 960 101", "form_token": "one"}
    answer = browser(cast.ada).post("/schools/oakfield/record-telephone/", sent, follow=True)
    in_order(words(answer), "Done", "Telephone recorded.", "Oakfield School", "01632 960 101")


def test_the_plain_page_of_a_report_leads_to_the_stop_sign_and_asks_nothing_itself(cast):
    source = browser(cast.tom).get("/schools/oakfield/report/").content.decode()
    assert 'href="/report/child_imagery/?school=oakfield"' in source
    assert 'type="file"' not in source
    assert "<textarea" not in source


def test_a_not_found_page_for_a_school_of_another_trust_is_the_one_for_none(cast):
    client = browser(cast.tom)
    assert client.get("/schools/ashfield/").content == client.get("/schools/nowhere/").content
