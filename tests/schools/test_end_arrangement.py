"""Saying until when the school answers to somebody: from the day after, another number is rung."""

from datetime import UTC, date, datetime

import pytest

from schools import offices
from schools.models import Arrangement
from schools.workflow.people import end_arrangement, record_arrangement
from tests import states

pytestmark = pytest.mark.django_db
FRIDAY, SATURDAY = datetime(2026, 11, 27, 12, tzinfo=UTC), datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def lado(cast, at) -> Arrangement:
    said = {"kind": "lado", "name": "Oakshire LADO team", "telephone": "01234 500500", "from_on": date(2026, 9, 1)}
    return record_arrangement(cast.oakfield, by=cast.ada, at=at, **said)


def rung(school, at) -> list[str]:
    return [one.name for one in offices.outside(school, at, "lado")]


def test_end_arrangement_is_for_the_administrator_and_the_lead_of_personnel(cast, at):
    assert states.who_may(end_arrangement, cast.oakfield, cast, at=at) == ("ada hugh", "")


def test_end_arrangement_names_the_last_day_on_which_it_is_rung(cast, at, lado):
    end_arrangement(cast.oakfield, by=cast.ada, at=at, arrangement=lado, until_on=date(2026, 11, 27))
    assert rung(cast.oakfield, FRIDAY) == ["Oakshire LADO team"]
    assert rung(cast.oakfield, SATURDAY) == []


def test_a_body_that_begins_later_is_not_rung_before(cast, at):
    said = {"kind": "lado", "name": "The new team", "from_on": date(2026, 11, 28)}
    record_arrangement(cast.oakfield, by=cast.ada, at=at, **said)
    assert rung(cast.oakfield, FRIDAY) == []
    assert rung(cast.oakfield, SATURDAY) == ["The new team"]


def test_end_arrangement_is_refused_before_it_begins(cast, at, lado):
    words = "It cannot end before it begins, on 1 September 2026."
    answers = {"arrangement": lado, "until_on": date(2026, 8, 31)}
    assert states.why_not(end_arrangement, cast.oakfield, by=cast.ada, at=at, **answers) == words
    assert Arrangement.objects.get(pk=lado.pk).until_on is None


def test_end_arrangement_is_refused_once_it_is_over(cast, at, lado):
    end_arrangement(cast.oakfield, by=cast.ada, at=at, arrangement=lado, until_on=date(2026, 10, 30))
    answers = {"arrangement": lado, "until_on": date(2026, 12, 31)}
    words = "This has ended already."
    assert states.why_not(end_arrangement, cast.oakfield, by=cast.ada, at=at, **answers) == words


def test_end_arrangement_leaves_its_line(cast, at, lado):
    end_arrangement(cast.oakfield, by=cast.hugh, at=at, arrangement=lado, until_on=date(2026, 11, 27))
    assert states.last_line(cast.oakfield) == ("arrangement.ended", cast.hugh.pk, at, {"kind": "lado"})
