"""Without JavaScript: the same report, with rows and a file and mistakes on the way, and the same triage."""

import pytest

from incidents.models import Concern, Evidence, Link
from schools import sealing
from schools.models import Involvement
from tests import states
from tests.journeys.browser import PHONE
from tests.journeys.somebody import Somebody

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tom(people):
    return people.sign_in("tom", size=PHONE, scripts=False)


def names(who: Somebody, row: str, name: str, kind: str, part: str) -> None:
    for question, answer in (
        ("Name", name),
        ("What are they to the school?", kind),
        ("What is their part in it?", part),
    ):
        who.answers(question, answer, inside=who.row(row))


def test_a_report_with_two_people_a_place_and_a_file_is_sent(tom, screenshot, cast):
    tom.follows("I saw something online")
    tom.follows("A member of staff bullying, or posting something offensive or discriminatory")
    tom.answers("Tell us in your own words", "He mocked how a boy speaks.")
    tom.presses("Add a person")
    names(tom, "Person 1", "Sam Field", "staff", "the person this is about")
    tom.presses("Add another person")
    names(tom, "Person 2", "Kit Lane", "pupil", "child or adult affected")
    tom.presses("Add a place")
    tom.answers("Where was it?", "TikTok", inside=tom.row("Place 1"))
    tom.answers("Screenshots or other files", screenshot)
    tom.presses("Add this file")
    tom.answers("Is anyone at risk now?", "Not sure")
    tom.presses("Send this report")
    tom.sees("Not read yet.", "We have your 1 file.", "He mocked how a boy speaks.")
    record = Concern.objects.get().record
    named = sealing.open_rows(Involvement.objects.filter(record=record).exclude(part="reporter"))
    assert {(one.opened.typed_name, one.part) for one in named} == {("Sam Field", "subject"), ("Kit Lane", "affected")}
    assert Link.objects.get(record=record).platform == "TikTok"
    assert sealing.open_row(Evidence.objects.get(record=record)).name == "screenshot.png"


def test_a_row_taken_out_again_takes_nothing_else_with_it(tom):
    tom.opens("/report/other/")
    tom.answers("Tell us in your own words", "Something odd.")
    for number, name in ((1, "Ann Green"), (2, "Ben Brown"), (3, "Cy Black")):
        tom.presses("Add another person" if number > 1 else "Add a person")
        names(tom, f"Person {number}", name, "external", "mentioned")
    tom.presses("Remove person 2")
    assert tom.typed("Name", inside=tom.row("Person 1")) == "Ann Green"
    assert tom.typed("Name", inside=tom.row("Person 2")) == "Cy Black"
    assert tom.row("Person 3").count() == 0
    assert tom.typed("Tell us in your own words") == "Something odd."


def test_what_is_missing_is_said_and_nothing_typed_is_lost(tom, screenshot):
    tom.opens("/report/staff_bullying/")
    tom.answers("When was it posted, as far as you know?", "last night, ’round ten & a bit")
    tom.presses("Add a person")
    tom.answers("Name", "Sam Field", inside=tom.row("Person 1"))
    tom.answers("What are they to the school?", "staff", inside=tom.row("Person 1"))
    tom.answers("Screenshots or other files", screenshot)
    tom.writes("When did you see it?", Day="31", Month="2", Year="2026")
    tom.presses("Send this report")
    assert tom.screen.status == 400
    assert tom.page.locator(".govuk-error-summary a").all_inner_texts() == [
        "“Tell us in your own words” needs an answer.",
        "“Is anyone at risk now?” needs an answer.",
        "Person 1: “What is their part in it?” needs an answer.",
        "“When did you see it?” must be a real date, such as 24 2 2026.",
    ]
    assert tom.typed("When was it posted, as far as you know?") == "last night, ’round ten & a bit"
    assert tom.typed("Name", inside=tom.row("Person 1")) == "Sam Field"
    assert tom.typed("Day", inside=tom.row("When did you see it? (optional)")) == "31"
    tom.sees("Choose another file")  # the first one is here and need not be chosen again


def test_each_mistake_leads_to_its_question(tom):
    tom.opens("/report/other/")
    tom.presses("Send this report")
    links = tom.page.locator(".govuk-error-summary a").all()
    assert len(links) == 2
    for link in links:
        assert tom.page.locator(link.get_attribute("href")).count() == 1


def test_when_it_is_put_right_it_is_sent_with_the_file_of_the_first_try(tom, screenshot):
    tom.opens("/report/other/")
    tom.answers("Screenshots or other files", screenshot)
    tom.presses("Send this report")
    tom.answers("Tell us in your own words", "Now in words.")
    tom.answers("Is anyone at risk now?", "No")
    tom.presses("Send this report")
    tom.sees("We have your 1 file.")
    assert Evidence.objects.count() == 1


def test_a_concern_is_triaged(people, cast, at):
    concern = states.reported(cast, at=at)
    dee = people.sign_in("dee", scripts=False)
    dee.follows_the_one_about(concern.ref)
    dee.presses("Read this report")
    dee.follows("Triage it")
    dee.answers("Is there a threat?", "No")
    dee.answers("Why?", "As it was reported.")
    dee.presses("Triage")
    dee.sees("Triaged", "As it was reported.")
    concern.refresh_from_db()
    assert (concern.status, concern.code) == ("triaged", "CONFID")
