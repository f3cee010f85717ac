"""Telling the Information Commissioner more, in a further step after the first."""

import pytest

from casework.models import IcoStep
from casework.workflow.breaches import tell_ico_more
from tests import states

pytestmark = pytest.mark.django_db
MORE = {"said": "Two more families were written to."}


def test_tell_ico_more_is_for_the_data_protection_officer_and_the_head(cast, at):
    part = states.ico_told(cast, at=at)
    assert states.who_may(tell_ico_more, part, cast, at=at + 2 * states.DAY) == ("harriet priya", "")


def test_tell_ico_more_waits_until_it_was_told(cast, at):
    part, later = states.breach(cast, at=at), at + states.DAY
    words = "The ICO has not been told."
    assert states.why_not(tell_ico_more, part, by=cast.priya, at=later, happened_at=later, **MORE) == words


def test_tell_ico_more_is_never_before_the_first(cast, at):
    part, later = states.ico_told(cast, at=at), at + 2 * states.DAY
    words = "This is before the ICO was told."
    assert states.why_not(tell_ico_more, part, by=cast.priya, at=later, happened_at=at, **MORE) == words


def test_tell_ico_more_keeps_what_was_said_and_leaves_its_line(cast, at):
    part, later = states.ico_told(cast, at=at), at + 2 * states.DAY
    tell_ico_more(part, by=cast.priya, at=later, happened_at=later, **MORE)
    assert states.words(IcoStep.objects.get(kind="more")).said == "Two more families were written to."
    assert states.last_line(part) == ("ico.told_more", cast.priya.pk, later, {})
