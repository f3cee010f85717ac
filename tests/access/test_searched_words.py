"""What somebody looks for may name a child: it stands in no address and lies in no table."""

import pytest
from django.contrib.sessions.models import Session

from schools.sessions import MOST_WORDS
from tests import states
from tests.access.browsing import LONG_AGO, browser, sought
from tests.factories import PASSWORD
from tests.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
FORGOTTEN = "What you looked for then is not kept after you sign out: type it again."


@pytest.fixture
def concern(cast):
    return states.read(cast, at=cast.now - LONG_AGO, narrative="The harbour picture.")


@pytest.fixture
def dee(cast):
    return browser(cast.dee)


def test_the_address_tells_nothing_and_leads_back_to_what_was_found(concern, dee):
    place = sought(dee, "harbour")
    assert place.startswith("/search/?words=")
    assert "harbour" not in place
    for _ in range(2):  # as with the button that goes back, or after a reload
        page = dee.get(place)
        assert concern.ref in words(page)
        assert 'value="harbour"' in page.content.decode()
        assert "<title>Search – Daybook</title>" in page.content.decode()


def test_words_in_an_address_are_not_looked_for(concern, dee):
    page = dee.get("/search/?q=harbour")
    assert concern.ref not in words(page)
    assert 'value="harbour"' not in page.content.decode()


def test_the_table_of_sessions_does_not_hold_the_words(concern, dee):
    sought(dee, "harbour")
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    assert any("'words'" in one for one in kept)
    assert not any("harbour" in one for one in kept)


def test_the_address_means_nothing_to_anybody_else_or_after_signing_out(concern, dee, cast):
    place = sought(dee, "harbour")
    for other in (browser(cast.harriet), browser(cast.dee)):
        page = other.get(place)
        assert FORGOTTEN in words(page)
        assert concern.ref not in words(page)


def test_with_a_new_password_what_was_typed_before_is_forgotten(concern, dee, cast):
    place = sought(dee, "harbour")
    fresh = {"present": PASSWORD, "fresh": "another long enough one"}
    sent = dee.post("/schools/oakfield/change-password/", fresh | {"form_token": "a" * 24})
    assert sent.status_code == 302
    assert FORGOTTEN in words(dee.get(place))


def test_the_latest_searches_are_kept(concern, dee):
    first, *later = [sought(dee, f"harbour {number}") for number in range(MOST_WORDS + 1)]
    assert len(later) == 20
    assert FORGOTTEN in words(dee.get(first))
    assert FORGOTTEN not in words(dee.get(later[0]))
    assert 'value="harbour 20"' in dee.get(later[-1]).content.decode()


def test_nobody_searches_without_signing_in(concern):
    assert sought(browser(), "harbour") == "/accounts/login/?next=/search/"
