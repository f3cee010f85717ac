"""What a broken or ill-meaning program sends is answered in a sentence, and never does what it does not say."""

import pytest

from incidents.models import Concern, Link
from tests import states
from tests.access.browsing import address, browser, send

pytestmark = pytest.mark.django_db
TOLD = {"what": "staff_bullying", "narrative": "A post about a colleague.", "at_risk": "no"}
PLACE = {"links": [{"platform": "Facebook", "url": "https://posts.example/9"}]}
GONE = "A file you added waited too long, or was sent already: take it out, and add it again if it is still needed."


@pytest.fixture
def tom(cast, on_the_day):
    return browser(cast.tom)


def reported() -> int:
    return Concern.objects.count()


@pytest.mark.parametrize("seen", ["²", "٣", "9" * 5000, "-1", "x"])
def test_a_number_of_a_line_that_no_record_has_counts_as_an_older_state(cast, on_the_day, seen):
    concern = states.read(cast, at=on_the_day)
    places = Link.objects.count()
    page = {"form_seen": seen, "links-count": "1", "links-0-platform": "Facebook", "links-0-url": "https://p.example/"}
    assert browser(cast.dee).post(address(concern, "add-link"), page).status_code == 409
    assert Link.objects.count() == places


def test_a_program_that_names_no_line_it_could_have_seen_is_told_to_look_again(cast, on_the_day):
    concern = states.read(cast, at=on_the_day)
    answer = send(browser(cast.dee), address(concern, "add-link"), PLACE, **{"If-Seen": "9" * 5000})
    assert (answer.status_code, answer.json()["title"]) == (409, "Not now.")


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 50_000])
def test_json_that_is_nested_without_end_is_answered_in_a_sentence(tom, body):
    answer = send(tom, "/schools/oakfield/report/", body)
    assert (answer.status_code, answer.json()["detail"]) == (400, "This is nested more deeply than any form here.")


def test_a_key_with_half_a_character_is_answered_in_a_sentence(tom):
    answer = send(tom, "/schools/oakfield/report/", '{"\\ud800": "x"}')
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("? is not asked here; the questions are what, narrative,")


def test_a_key_that_was_used_for_another_act_does_not_say_that_this_one_was_done(tom):
    assert send(tom, "/schools/oakfield/report/", TOLD).status_code == 201
    passwords = {"present": "correct-horse-battery", "fresh": "another-long-password"}
    answer = send(tom, "/schools/oakfield/change-password/", passwords)
    assert answer.status_code == 409
    assert "done" not in answer.json()


def test_a_file_that_no_longer_waits_is_said_and_not_left_out(cast, tom):
    for gone in ("0b0f2a4e-6f2c-4f7e-8a3d-0d6f6c8f1a11", str(states.upload(cast.dee).pk)):
        answer = send(tom, "/schools/oakfield/report/", TOLD | {"files": [gone]})
        assert (answer.status_code, answer.json()["detail"]) == (400, GONE)
    assert reported() == 0


def test_a_report_with_a_file_that_is_sent_again_with_its_key_is_the_same_report(cast, tom):
    told = TOLD | {"files": [str(states.upload(cast.tom).pk)]}
    first, again = (send(tom, "/schools/oakfield/report/", told) for _ in range(2))
    assert (first.status_code, again.status_code, again.json()["repeated"]) == (201, 200, True)
    assert first.json()["page"] == again.json()["page"]
    page = TOLD | {"form_token": "the-same-form", "files": [str(states.upload(cast.tom).pk)]}
    landed = [tom.post("/report/staff_bullying/", page) for _ in range(2)]
    assert [answer.status_code for answer in landed] == [302, 302]
    assert landed[0]["Location"] == landed[1]["Location"]
    assert reported() == 2
