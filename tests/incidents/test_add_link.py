"""Adding a link or an account: also by a witness, for it decides nothing; both are kept confidential."""

import pytest

from incidents.models import Link
from incidents.workflow.reporting import add_link
from tests import states

pytestmark = pytest.mark.django_db
COPY = {"platform": "TikTok", "url": "https://copies.example/2", "handle": "@someone"}


def test_add_link_is_for_lead_deputy_and_head(cast, at):
    assert states.who_may(add_link, states.reported(cast, at=at), cast, at=at) == ("dee dot harriet", "")


def test_add_link_is_refused_to_the_reporter(cast, at):
    words = "Your role does not let you do this: add a link or an account."
    assert states.why_not(add_link, states.reported(cast, at=at), by=cast.tom, at=at, links=[COPY]) == words


def test_add_link_keeps_address_and_account(cast, at):
    concern = add_link(states.reported(cast, at=at), by=cast.dot, at=at, links=[COPY])
    link = Link.objects.get(record=concern.record, platform="TikTok")
    assert (states.words(link).url, states.words(link).handle) == ("https://copies.example/2", "@someone")


def test_add_link_leaves_its_line(cast, at):
    concern = add_link(states.reported(cast, at=at), by=cast.dee, at=at, links=[COPY])
    assert states.last_line(concern) == ("link.added", cast.dee.pk, at, {"platforms": ["TikTok"]})
