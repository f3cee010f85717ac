"""Recording that someone has been told: also by a witness, for it decides nothing; once for each person."""

import pytest

from incidents.models import Telling
from incidents.workflow.triage import record_told
from tests import states
from tests.access.browsing import browser
from tests.pages import in_order, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def concern(cast, at):
    return states.triaged(cast, at=at)


def head(concern):
    return Telling.objects.get(record=concern.record, role="head_of_school")


def test_record_told_is_for_lead_deputy_and_head(cast, at, concern):
    assert states.who_may(record_told, concern, cast, at=at) == ("dee dot harriet", "")


def test_record_told_keeps_when(cast, at, concern):
    record_told(concern, by=cast.dot, at=at + states.HOUR, telling=head(concern), told_at=at)
    assert head(concern).told_at == at


def test_record_told_is_not_before_anyone_here_knew(cast, at):
    """Tom saw it the day before he reported it: the head may have been told then, and no earlier."""
    concern, seen_at = states.triaged(cast, at=at, seen_at=at - states.DAY), at - states.DAY
    words = "This is before anyone here knew of it: say when they were told."
    answers = {"telling": head(concern), "told_at": seen_at - states.DAY}
    assert states.why_not(record_told, concern, by=cast.dee, at=at, **answers) == words
    record_told(concern, by=cast.dee, at=at, telling=head(concern), told_at=seen_at)
    assert head(concern).told_at == seen_at


def test_record_told_is_done_once(cast, at, concern):
    record_told(concern, by=cast.dee, at=at, telling=head(concern), told_at=at)
    words = "Head of School has been told already."
    assert states.why_not(record_told, concern, by=cast.dee, at=at, telling=head(concern), told_at=at) == words


def test_record_told_is_not_offered_once_nobody_is_left_to_tell(cast, at, concern):
    for telling in Telling.objects.filter(record=concern.record, told_at__isnull=True):
        record_told(concern, by=cast.dee, at=at, telling=telling, told_at=at)
    answer = browser(cast.dee).get(f"/concerns/{concern.ref}/record-told/")
    assert "Everybody who has to know has been told." in words(answer)
    assert "Record that someone has been told" not in words(browser(cast.dee).get(f"/concerns/{concern.ref}/"))


@pytest.mark.usefixtures("on_the_day")
def test_whoever_was_told_is_not_overdue_when_it_is_triaged_again(cast, at, concern):
    record_told(concern, by=cast.dee, at=at, telling=head(concern), told_at=at)
    said = words(browser(cast.dee).get(f"/concerns/{concern.ref}/triage/"))
    in_order(said, "Who needs to know now", "Harriet Lowe", "Told", "Because of")
    assert "Overdue" not in said


def test_record_told_leaves_its_line(cast, at, concern):
    record_told(concern, by=cast.dee, at=at, telling=head(concern), told_at=at)
    assert states.last_line(concern) == ("person.told", cast.dee.pk, at, {"role": "head_of_school"})
