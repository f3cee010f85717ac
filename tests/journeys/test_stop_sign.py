"""The stop sign: where the matter may be a picture that nobody should copy, no file comes in by any way."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings

from incidents.models import Concern, Evidence
from schools import drafts
from schools.models import Upload
from tests import states
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
STOPPED = ("child_imagery", "adult_imagery", "blackmail", "extremism")
TOLD = {"narrative": "Here it is.", "at_risk": "no", "people-count": "0", "links-count": "0"}
NO_FILES = "No file can be kept with this kind of concern: tell us in words only."


@pytest.fixture
def nothing_was_kept():
    """Fails when a file, or a row about one, was left anywhere."""
    before = files_kept()
    yield
    assert files_kept() == before
    assert (Upload.objects.count(), Evidence.objects.count()) == (0, 0)


def test_the_stop_sign_stands_before_every_question(people):
    tom = people.sign_in("tom", size=PHONE)
    tom.follows("I saw something online")
    tom.follows("A nude or nearly nude picture or film of someone under 18, real or made")
    first, second, third, fourth = tom.list_under("Stop, and read this first")
    assert first == "You have done nothing wrong by seeing it."
    assert second == "Do not copy, send, show or delete it, and do not look for it again."
    assert third.startswith("Ring Dee Marsh")
    assert third.endswith("If a child is in danger now, ring 999 first.")
    assert fourth == "Then tell us below, in words only. No file can be added to this report."
    stop, question = tom.section("Stop, and read this first"), tom.page.get_by_label("Tell us in your own words")
    assert stop.bounding_box()["y"] < question.bounding_box()["y"]


@pytest.mark.usefixtures("nothing_was_kept")
def test_no_page_with_a_stop_sign_has_a_place_for_a_file(people):
    tom = people.sign_in("tom")
    for what in STOPPED:
        assert tom.opens(f"/report/{what}/") == 200
        tom.sees("Stop, and read this first", "There is no place for a file here, and none can be sent another way.")
        assert tom.page.locator("input[type=file]").count() == 0
        assert tom.page.locator("form[enctype]").count() == 0


@pytest.mark.usefixtures("nothing_was_kept")
def test_words_alone_are_sent_and_no_handler_can_add_a_file(people):
    tom = people.sign_in("tom", size=PHONE)
    tom.opens("/report/child_imagery/")
    tom.answers("Tell us in your own words", "A pupil told me that there is a picture of her going round.")
    tom.answers("Is anyone at risk now?", "Yes")
    tom.presses("Send this report")
    tom.sees("Not read yet.")
    dee = people["dee"]
    dee.follows_the_one_about(Concern.objects.get().ref)
    dee.presses("Read this report")
    dee.sees("In words only: no file is kept with this kind of concern.")
    dee.unfolds("Not now, and why")
    dee.sees(f"Add a file: {NO_FILES}")


@pytest.mark.parametrize("page", ["/report/{what}/", "/schools/oakfield/report/"])
@pytest.mark.usefixtures("nothing_was_kept")
def test_a_file_posted_by_hand_is_refused_by_every_form(client, on_the_day, cast, page):
    client.force_login(cast.tom)
    for what in STOPPED:
        answer = client.post(page.format(what=what), TOLD | {"what": what, "files-file": picture()})
        assert answer.status_code == 400
        assert NO_FILES in answer.content.decode()
    assert not Concern.objects.exists()


@pytest.mark.usefixtures("nothing_was_kept")
def test_a_file_kept_with_a_draft_is_refused_as_well(client, on_the_day, cast):
    client.force_login(cast.tom)
    for what in STOPPED:
        client.post("/schools/oakfield/report/", TOLD | {"what": what, "files-file": picture(), "save_draft": "1"})
        assert drafts.read(cast.tom, "report", "oakfield")["what"] == [what]


@pytest.mark.usefixtures("nothing_was_kept")
def test_a_program_cannot_send_one_either(client, on_the_day, cast):
    client.force_login(cast.tom)
    for what in STOPPED:
        key = {"Idempotency-Key": f"a-file-with-{what}"}
        sent = TOLD | {"what": what, "files-file": picture()}
        answer = client.post("/api/v1/schools/oakfield/report/", sent, headers=key)
        assert answer.status_code == 400
        assert answer.json()["detail"] == NO_FILES
    assert not Concern.objects.exists()


@pytest.mark.parametrize("address", ["/concerns/{ref}/add-evidence/", "/api/v1/concerns/{ref}/add-evidence/"])
@pytest.mark.usefixtures("nothing_was_kept")
def test_a_handler_who_posts_one_by_hand_is_refused(client, on_the_day, cast, at, address):
    concern = states.read(cast, at=at - states.DAY, what="child_imagery", links=())
    client.force_login(cast.dee)
    sent = {"files-file": picture(), "how_seen": "sent_to_me"}
    answer = client.post(address.format(ref=concern.ref), sent, headers={"Idempotency-Key": "a-file-by-hand"})
    assert answer.status_code == 409
    assert NO_FILES in answer.content.decode()


def files_kept() -> set[Path]:
    """Every file that lies in the store, or on its way there."""
    store = Path(settings.STORAGE_URL.removeprefix("file://"))
    return {path for path in store.rglob("*") if path.is_file()}


def picture() -> BytesIO:
    """A file as a browser would send it."""
    file = BytesIO(states.PICTURE)
    file.name = "picture.png"
    return file
