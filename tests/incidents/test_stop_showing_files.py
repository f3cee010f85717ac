"""A picture that turns out to be intimate, at any stage: from then on nobody is shown a file of the concern."""

import pytest

from incidents.models import Concern, Evidence
from incidents.workflow.reporting import NO_FILES, add_evidence, stop_showing_files
from tests import states
from tests.access.browsing import address, browser
from tests.pages import in_order, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
SEEN = "The second picture may show a pupil undressed."


@pytest.fixture
def kept(cast):
    """A file that Dee added to a concern, which is part of a case by now."""
    at = cast.now - states.DAY
    concern = states.answered(cast, at=at)
    add_evidence(concern, by=cast.dee, at=at, files=[states.upload(cast.dee)], how_seen="public")
    states.opened(concern, cast, at=at)
    return Evidence.objects.get()


def stopped(cast, kept):
    return stop_showing_files(Concern.objects.get(pk=kept.record_id), by=cast.dee, at=cast.now, reason=SEEN)


def test_stop_showing_files_is_for_whoever_may_add_one(cast, kept):
    concern = Concern.objects.get(pk=kept.record_id)
    assert states.who_may(stop_showing_files, concern, cast, at=cast.now) == ("dee dot harriet", "")


def test_stop_showing_files_hands_no_file_to_anybody_and_keeps_it_sealed(cast, kept):
    path = f"/evidence/{kept.ref}/"
    assert browser(cast.harriet).get(path).status_code == 200
    stopped(cast, kept)
    for user in (cast.dee, cast.harriet):
        answer = browser(user).get(path)
        assert answer.status_code == 409
        in_order(words(answer), "No file of this concern is shown: it may be an intimate picture.", "Ask the police")
    after = Evidence.objects.get()
    assert (after.sha256, after.stored_as) == (kept.sha256, kept.stored_as)


def test_stop_showing_files_takes_none_in_and_names_none_on_the_page(cast, kept):
    dee, link = browser(cast.dee), "/stop-showing-files/"
    concern = Concern.objects.get(pk=kept.record_id)
    in_order(words(dee.get(address(concern))), "Files", "1 file, kept exactly as received", "Stop showing the files")
    concern = stopped(cast, kept)
    more = {"files": [states.upload(cast.dee)], "how_seen": "public"}
    assert states.why_not(add_evidence, concern, by=cast.dee, at=cast.now, **more) == NO_FILES
    page = dee.get(address(concern))
    in_order(words(page), "Files", "1 file, kept locked away and shown to nobody", "Ask the police")
    assert f'href="/evidence/{kept.ref}/"' not in page.content.decode()
    assert link not in page.content.decode()


def test_stop_showing_files_is_done_once_and_leaves_its_line(cast, kept):
    concern = stopped(cast, kept)
    assert states.last_line(concern) == ("evidence.stopped", cast.dee.pk, cast.now, {"why": SEEN})
    words = "No file of this concern is shown."
    assert states.why_not(stop_showing_files, concern, by=cast.dee, at=cast.now, reason=SEEN) == words
