"""Recording whom the school answers to: controller, LADO, police force and the like, each with its days."""

from datetime import date

import pytest

from schools.models import Arrangement
from schools.workflow.people import record_arrangement
from tests import states

pytestmark = pytest.mark.django_db
SAID = {"kind": "lado", "name": "Oakshire LADO team", "telephone": "01234 500500", "from_on": date(2026, 9, 1)}


def test_record_arrangement_is_for_the_administrator_and_the_lead_of_personnel(cast, at):
    assert states.who_may(record_arrangement, cast.oakfield, cast, at=at) == ("ada hugh", "")


def test_record_arrangement_is_refused_to_others_in_words(cast, at):
    words = "Your role does not let you do this: record whom the school answers to."
    assert states.why_not(record_arrangement, cast.oakfield, by=cast.dee, at=at, **SAID) == words


def test_record_arrangement_keeps_whom_to_ring_and_from_when(cast, at):
    record_arrangement(cast.oakfield, by=cast.ada, at=at, **SAID)
    kept = Arrangement.objects.get(school=cast.oakfield)
    assert (kept.kind, kept.name, kept.telephone) == ("lado", "Oakshire LADO team", "01234 500500")
    assert (kept.from_on, kept.until_on) == (date(2026, 9, 1), None)


def test_record_arrangement_leaves_its_line(cast, at):
    record_arrangement(cast.oakfield, by=cast.hugh, at=at, **SAID)
    assert states.last_line(cast.oakfield) == ("arrangement.recorded", cast.hugh.pk, at, {"kind": "lado"})


def test_record_arrangement_is_refused_when_it_would_end_before_it_begins(cast, at):
    words = "It cannot end before it begins, on 1 September 2026."
    answers = {**SAID, "until_on": date(2026, 8, 31)}
    assert states.why_not(record_arrangement, cast.oakfield, by=cast.ada, at=at, **answers) == words
    assert not Arrangement.objects.filter(school=cast.oakfield).exists()
