"""What one person can open, another cannot by its address: every request of theirs, replayed, finds nothing."""

import re

import pytest

from tests import story
from tests.access.browsing import LONG_AGO, browser, send
from tests.access.crawling import Crawl, every_list, kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
REFERENCE = re.compile(r"[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}")
WORD = "zqxharbourvkj"
STRANGERS = ["zoe", "olu", "ada", "sam", "pat"]


@pytest.fixture
def opened(cast):
    """Every address with a reference that Harriet comes to, in a story that has all kinds of things in it."""
    played = story.play(cast, at=cast.now - LONG_AGO, word=WORD)
    crawl = Crawl(browser(cast.harriet)).everywhere("/", "/concerns/?status=finished", "/cases/?status=closed")
    asked = [path.removeprefix("GET ") for path in crawl.answers]
    found = [path for path in asked if REFERENCE.search(path)]
    assert len(found) > 15
    assert any(WORD.encode() in crawl.answers[f"GET {path}"][2] for path in found)
    return played, found


def test_every_address_of_hers_is_not_found_by_those_who_do_not_read_it(cast, opened):
    played, paths = opened
    mine = [path for path in paths if played.third.ref not in path]
    assert mine != paths
    for name in STRANGERS:
        client = browser(getattr(cast, name))
        absent = kept(client.get("/concerns/C-0000-0000/"))
        for path in mine:
            assert kept(client.get(path)) == absent, (name, path)


def test_every_act_of_hers_is_not_found_either(cast, opened):
    _, paths = opened
    acts = [path for path in paths if path.count("/") == 4 and "file" not in path]
    assert acts
    for name in STRANGERS:
        for path in acts:
            assert send(browser(getattr(cast, name)), path, {}).status_code in {404, 405}, (name, path)


def test_no_list_of_theirs_shows_anything_of_hers(cast, opened):
    played, _ = opened
    refs = {record.ref.encode() for record in played.records.values()}
    for name in STRANGERS:
        client = Crawl(browser(getattr(cast, name)))
        for path in every_list():
            body = client.get(path) or client.answers[f"GET {path}"][2]
            assert not any(ref in body for ref in refs), (name, path)
            assert WORD.encode() not in body, (name, path)
        for typed in [WORD.encode(), *refs]:
            shown = client.search(typed.decode()).replace(typed, b"")
            assert not any(ref in shown for ref in refs), (name, typed)


def test_a_reference_is_found_at_the_address_of_its_own_kind_only(cast, opened):
    played, _ = opened
    right = {
        "concerns": {played.concern.ref, played.second.ref, played.third.ref},
        "cases": {played.case.ref},
        "parts": {played.safeguarding.ref, played.support.ref, played.conduct.ref},
        "takedowns": {played.takedown.ref, played.other.ref},
    }
    client = browser(cast.harriet)
    for kind, own in right.items():
        found = {ref for ref in set().union(*right.values()) if client.get(f"/{kind}/{ref}/").status_code == 200}
        assert found == own
