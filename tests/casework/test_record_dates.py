"""Recording the dates that decide how long a part is kept: each stands until another is given."""

from datetime import date

import pytest

from casework import keeping
from casework.workflow.cases import open_part
from casework.workflow.parts import close_part, record_dates
from tests import states

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def due(part):
    return keeping.fate(part, today=TODAY).fate.due_on


def test_record_dates_is_for_those_who_work_on_the_part(cast, at):
    assert states.who_may(record_dates, states.part(cast, at=at), cast, at=at) == ("dee harriet", "dot")


def test_record_dates_of_a_child_gives_the_day_it_is_kept_until(cast, at):
    part = record_dates(states.part(cast, at=at), by=cast.dee, at=at, born_on=date(2012, 3, 1))
    # The child protection file is kept until the twenty-fifth birthday.
    assert (part.born_on, due(part)) == (date(2012, 3, 1), date(2037, 3, 1))


def test_record_dates_of_leaving_may_come_after_the_part_was_closed(cast, at):
    part = states.part(cast, "low_level_concern", at=at)
    close_part(part, by=cast.dee, at=at, reason="Spoken to.")
    part = record_dates(part, by=cast.dee, at=at, left_on=date(2026, 12, 31))
    # Six years from the day on which Sam leaves.
    assert due(part) == date(2032, 12, 31)


def test_record_dates_keeps_what_stands_where_nothing_is_given(cast, at):
    part = record_dates(states.part(cast, at=at), by=cast.dee, at=at, born_on=date(2012, 3, 1))
    part = record_dates(part, by=cast.dee, at=at, last_incident_on=date(2026, 11, 20))
    assert (part.born_on, part.last_incident_on) == (date(2012, 3, 1), date(2026, 11, 20))


def test_record_dates_wants_one_and_no_birth_after_what_was_done(cast, at):
    concern = states.answered(cast, at=at - states.DAY, answer="meets_threshold")
    case = states.opened(concern, cast, at=at - states.DAY)
    part = open_part(case, by=cast.harriet, at=at, lane="conduct", about=cast.sam.person)
    assert states.why_not(record_dates, part, by=cast.hugh, at=at) == "Give at least one date."
    born = states.why_not(record_dates, part, by=cast.hugh, at=at, born_on=date(2026, 11, 23))
    assert born == "A person born on 2026-11-23 cannot have an allegation of 2026-11-22 against them."


def test_record_dates_leaves_its_line(cast, at):
    part = record_dates(states.part(cast, at=at), by=cast.dee, at=at, born_on=date(2012, 3, 1))
    assert states.last_line(part) == ("dates.recorded", cast.dee.pk, at, {})
