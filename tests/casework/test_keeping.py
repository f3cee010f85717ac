"""Until when a part is kept: the common schedule, the trust's own periods, and none of these below the law."""

from datetime import date

import pytest

from casework import keeping
from casework.models import Part
from casework.rules.retention_schedule import refused_periods
from casework.workflow.appeals import decide_appeal
from casework.workflow.cases import join_case
from casework.workflow.parts import record_dates
from schools import policy
from schools.models import Person
from schools.workflow.policies import adopt_policy
from tests import factories as make
from tests import states

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
MODEL = policy.text_of("model")
LEFT_ON = date(2026, 12, 31)


def low_level(cast, at) -> Part:
    """A low-level concern about Sam, who leaves at the end of the year."""
    part = states.part(cast, "low_level_concern", at=at)
    part.about.end_on = LEFT_ON
    return part


def kept(part) -> tuple:
    fate = keeping.fate(part, today=TODAY).fate
    return fate.due_on, fate.authority


def adopt(cast, at, text: str) -> None:
    adopt_policy(cast.trust, by=cast.ada, at=at, text=text)


def test_a_policy_that_sets_no_period_leaves_the_common_schedule(cast, at):
    # All Saints sets none; the schedule keeps it six years from the day the person leaves.
    due_on, authority = kept(low_level(cast, at - states.DAY))
    assert due_on == date(2032, 12, 31)
    assert authority.startswith("KCSIE Part Four")


def test_a_period_of_the_trusts_own_counts_and_names_its_paragraph(cast, at):
    own = MODEL.replace('starts = "leaving_on"\nperiod = "P6Y"', 'starts = "leaving_on"\nperiod = "P8Y"')
    adopt(cast, at - 2 * states.DAY, own)
    assert kept(low_level(cast, at - states.DAY)) == (date(2034, 12, 31), "Your policy, 11.1")


def test_a_record_keeps_the_period_of_the_policy_it_was_reported_under(cast, at):
    part = low_level(cast, at - 2 * states.DAY)
    adopt(
        cast,
        at - states.HOUR,
        MODEL.replace('starts = "leaving_on"\nperiod = "P6Y"', 'starts = "leaving_on"\nperiod = "P8Y"'),
    )
    assert kept(part)[0] == date(2032, 12, 31)


def test_what_the_schedule_cannot_count_or_the_law_forbids_leaves_the_schedule(cast, at):
    weeks = MODEL.replace('starts = "leaving_on"\nperiod = "P6Y"', 'starts = "leaving_on"\nperiod = "P300W"')
    adopt(cast, at - 2 * states.DAY, weeks)
    assert kept(low_level(cast, at - states.DAY))[0] == date(2032, 12, 31)


def test_only_periods_that_cannot_hold_are_refused_each_with_why():
    periods = {
        "low_level_concern": {"period": "P8Y", "ref": "11.1"},
        "allegation": {"period": "P1Y", "ref": "11.1"},
        "complaint": {"period": "P300W", "ref": "11.1"},
        "sar": {"period": "P5Y", "ref": "11.1", "starts": "record_on"},
        "cctv": {"period": "P60D", "ref": "11.1", "starts": "recording_on"},
    }
    found = refused_periods(periods)
    assert set(found) == {"allegation", "complaint", "sar"}
    assert "counted from another day than your policy says" in found["sar"]
    assert "may not be kept for less than 10 years" in found["allegation"]
    assert "is not a period" in found["complaint"]


def test_a_part_for_a_childs_safety_about_a_member_of_staff_is_kept_as_an_allegation(cast, at):
    case = states.opened(states.answered(cast, at=at, answer="meets_threshold"), cast, at=at)
    part = states.part(cast, "safeguarding", at=at, case=case, about=cast.sam.person)
    part.born_on = date(1985, 6, 10)
    fate = keeping.fate(part, today=TODAY).fate
    # Pension age 68 for somebody born on 10 June 1985; ten years from the report would be 2036.
    assert (fate.due_on, fate.rule) == (date(2053, 6, 10), "RET-ALLEG")


def test_what_another_is_said_to_have_done_keeps_nobodys_file(cast, at):
    """The threshold is met of Sam alone; Vera's part of the same case is kept by what came of hers."""
    make.member(cast.oakfield, "Vera Holt", at=at - states.DAY)
    vera = [{"name": "Vera Holt", "kind": "staff", "part": "subject"}]
    case = states.opened(states.answered(cast, at=at, answer="meets_threshold"), cast, at=at)
    join_case(states.answered(cast, at=at, people=vera), by=cast.dee, at=at + states.DAY, case=case)
    hers = states.part(cast, "conduct", at=at, case=case, about=Person.objects.get(name="Vera Holt"))
    hers.born_on, hers.closed_at = date(1985, 6, 10), at
    fate = keeping.fate(hers, today=TODAY).fate
    # Nothing was found: twelve months from Monday 23 November 2026.
    assert (fate.due_on, fate.rule) == (date(2027, 11, 23), "RET-DISC-NFA")


def test_a_complaint_beside_a_childs_safety_is_kept_forty_years(cast, at):
    case = states.in_case(cast, at=at)
    complaint = states.part(cast, "complaint", at=at, case=case)
    complaint.closed_at = at
    assert keeping.fate(complaint, today=TODAY).fate.rule == "RET-COMP"
    states.part(cast, "safeguarding", at=at, case=case)
    fate = keeping.fate(complaint, today=TODAY).fate
    # Answered on Monday 23 November 2026.
    assert (fate.due_on, fate.rule) == (date(2066, 11, 23), "RET-COMP-CP")


def fate_of(proceeding):
    """The day until which a proceeding's part is kept, and the rule, asked on the day before Christmas Eve."""
    found = keeping.fate(Part.objects.get(pk=proceeding.part_id), today=date(2026, 12, 23)).fate
    return found.due_on, found.rule


# Decided on Wednesday 16 December 2026; Sam leaves on 31 December 2026. Personal file: leaving and six years.
# Written warning, level 1: six months; final: eighteen. Not found: twelve months from the conclusion.
@pytest.mark.parametrize(
    ("outcome", "finding", "kept"),
    [
        ("no_action", "not_proved", (date(2027, 12, 16), "RET-DISC-NFA")),
        ("management_guidance", "not_proved", (date(2027, 12, 16), "RET-DISC-NFA")),
        ("no_action", "proved", (date(2032, 12, 31), "RET-STAFF")),
        ("management_guidance", "partly", (date(2032, 12, 31), "RET-STAFF")),
        ("action_short_of_dismissal", "proved", (date(2032, 12, 31), "RET-STAFF")),
        ("dismissal_with_notice", "proved", (date(2032, 12, 31), "RET-STAFF")),
        ("summary_dismissal", "proved", (date(2032, 12, 31), "RET-STAFF")),
    ],
)
def test_a_proceeding_is_kept_by_what_was_found_and_decided(cast, at, outcome, finding, kept):
    proceeding = states.decided(cast, at=at, outcome=outcome, finding=finding)
    record_dates(proceeding.part, by=cast.hugh, at=at + 23 * states.DAY, left_on=LEFT_ON)
    assert fate_of(proceeding) == kept


def test_a_dismissal_waits_open_for_the_day_on_which_the_person_left(cast, at):
    proceeding = states.decided(cast, at=at, outcome="summary_dismissal")
    assert fate_of(proceeding)[0] is None


def test_a_dismissal_that_an_appeal_does_away_with_is_kept_as_not_found(cast, at):
    proceeding = states.appealed(cast, at=at, outcome="dismissal_with_notice")
    heard_at = at + 30 * states.DAY  # Wednesday 23 December
    decide_appeal(proceeding, by=cast.grace, at=heard_at, heard_at=heard_at, result="upheld_in_full", reason="Not him.")
    assert fate_of(proceeding) == (date(2027, 12, 23), "RET-DISC-NFA")


def test_a_dismissal_that_met_the_threshold_is_kept_as_the_allegation_whether_or_not_he_left(cast, at):
    concern = states.settled(states.answered(cast, at=at, answer="meets_threshold"), cast, at=at)
    case = states.opened(concern, cast, at=at)
    proceeding = states.decided(cast, at=at, case=case, outcome="summary_dismissal")
    record_dates(proceeding.part, by=cast.hugh, at=at + 23 * states.DAY, born_on=date(1985, 6, 10))
    # Pension age 68 for somebody born on 10 June 1985; ten years from the report would be 2036.
    assert fate_of(proceeding) == (date(2053, 6, 10), "RET-ALLEG")
