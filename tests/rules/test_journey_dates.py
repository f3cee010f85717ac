"""Every date of the six worked stories, each counted by hand: beside a date stand the days that were counted.

Bank holidays in play: 25 and 26 December 2025; 1 January, 3 and 6 April, 4 and 25 May, 25 and 28 December 2026;
1 January 2027.
"""

from datetime import date, datetime

import pytest

from casework.rules.retention import decide
from schools.calendar import LONDON, Calendar
from schools.deadlines import due


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


ONE = [
    # Tue 29 Sep (1), had the answer been yes or unsure.
    ("lado_contact", "2026-09-28", "2026-09-29"),
    # From Thu 8 Oct: 9 (1), 12 to 16 (6), 19 to 23 (11), 26 to 30 (16), 2 to 5 Nov (20).
    ("investigation_target", "2026-10-08", "2026-11-05"),
    # From Thu 5 Nov: 6 (1), 9 to 13 (6), 16 to 19 (10).
    ("hearing_notice", "2026-11-05", "2026-11-19"),
    # Back from Mon 23 Nov: 20 (1), 19 (2), 18 (3).
    ("employee_papers", "2026-11-23", "2026-11-18"),
    # From Mon 23 Nov: 24 to 27 (4), 30 (5).
    ("outcome_letter", "2026-11-23", "2026-11-30"),
    # From Thu 26 Nov: 27 (1), 30 to 4 Dec (6), 7 to 10 (10).
    ("appeal_lodged", "2026-11-26", "2026-12-10"),
    # From Wed 9 Dec: 10, 11 (2), 14 to 18 (7), 21 to 24 (11), 29 to 31 (14), 4 to 8 Jan (19), 11 (20).
    ("appeal_heard", "2026-12-09", "2027-01-11"),
]

TWO = [
    # Fri 6 Mar: 9 (1).
    ("lado_contact", "2026-03-06T16:40", "2026-03-09"),
    ("conflict_confirmed", "2026-03-06T16:40", "2026-03-09"),
    # Mon 9 Mar: 10 (1).
    ("suspension_letter", "2026-03-09T15:00", "2026-03-10"),
    # Wed 11 Mar and four weeks.
    ("first_case_review", "2026-03-11", "2026-04-08"),
    # Fortnights: 8 Apr, 22 Apr, 6 May, 20 May, 3 Jun, 17 Jun, 1 Jul, 15 Jul.
    ("later_case_review", "2026-04-08", "2026-04-22"),
    ("later_case_review", "2026-04-22", "2026-05-06"),
    ("later_case_review", "2026-05-06", "2026-05-20"),
    ("later_case_review", "2026-05-20", "2026-06-03"),
    ("later_case_review", "2026-06-03", "2026-06-17"),
    ("later_case_review", "2026-06-17", "2026-07-01"),
    ("later_case_review", "2026-07-01", "2026-07-15"),
    # From Mon 9 Mar: 10 to 13 (4), 16 to 20 (9), 23 (10).
    ("suspension_review", "2026-03-09", "2026-03-23"),
    # From Mon 23 Mar: 24 to 27 (4), 30 to 2 Apr (8), 3 and 6 out, 7 (9), 8 (10).
    ("suspension_review", "2026-03-23", "2026-04-08"),
    # From Wed 8 Apr: 9, 10 (2), 13 to 17 (7), 20 to 22 (10).
    ("suspension_review", "2026-04-08", "2026-04-22"),
    # From Wed 22 Apr: 23, 24 (2), 27 to 1 May (7), 4 out, 5 to 7 (10).
    ("suspension_review", "2026-04-22", "2026-05-07"),
    # From Thu 7 May: 8 (1), 11 to 15 (6), 18 to 21 (10).
    ("suspension_review", "2026-05-07", "2026-05-21"),
    # From Thu 21 May: 22 (1), 25 out, 26 to 29 (5), 1 to 5 Jun (10).
    ("suspension_review", "2026-05-21", "2026-06-05"),
    # From Mon 27 Apr: 28 to 1 May (4), 4 out, 5 to 8 (8), 11 to 15 (13), 18 to 22 (18), 25 out, 26, 27 (20).
    ("investigation_target", "2026-04-27", "2026-05-27"),
    # From Mon 18 May: 19 to 22 (4), 25 out, 26 to 29 (8), 1, 2 Jun (10).
    ("hearing_notice", "2026-05-18", "2026-06-02"),
    # Back from Thu 4 Jun: 3 (1), 2 (2), 1 (3).
    ("employee_papers", "2026-06-04", "2026-06-01"),
    # From Thu 4 Jun: 5 (1), 8 to 11 (5).
    ("outcome_letter", "2026-06-04", "2026-06-11"),
    ("referral_prompt", "2026-06-04", "2026-06-11"),
    # From Mon 8 Jun: 9 to 12 (4), 15 to 19 (9), 22 (10).
    ("appeal_lodged", "2026-06-08", "2026-06-22"),
    # From Fri 19 Jun: 22 to 26 (5), 29 to 3 Jul (10), 6 to 10 (15), 13 to 17 (20).
    ("appeal_heard", "2026-06-19", "2026-07-17"),
    # Mon 9 Mar: 10 (1), 11 (2).
    ("platform_chase", "2026-03-09T11:00", "2026-03-11"),
    # Twelve months from the dismissal.
    ("dismissal_hold", "2026-06-04", "2027-06-04"),
]

THREE = [
    # Tue 24 Feb: 25 (1), 26 (2).
    ("platform_chase", "2026-02-24T15:10", "2026-02-26"),
    # Thu 5 Mar: 6 (1), 9 (2).
    ("platform_chase", "2026-03-05T08:20", "2026-03-09"),
    # Tue 24 Feb: 25 to 27 (3), 2, 3 Mar (5).
    ("governor_notice", "2026-02-24", "2026-03-03"),
    # More than seven days of silence: 3 March is the seventh day, so 4 March.
    ("rhc_open", "2026-02-24T15:10", "2026-03-04"),
    # Thirty days: 25 Feb has 3 left in the month, so 27 March; 27 Feb has 1, so 29 March; 9 March has 22, so 8 April.
    ("removal_recheck", "2026-02-25", "2026-03-27"),
    ("removal_recheck", "2026-02-27", "2026-03-29"),
    ("removal_recheck", "2026-03-09", "2026-04-08"),
]

FOUR = [
    # Mon 22 Dec: 23 (1).
    ("conflict_confirmed", "2025-12-22T10:30", "2025-12-23"),
    ("lado_contact", "2025-12-22T15:30", "2025-12-23"),
    # Mon 22 Dec: 23 (1), 24 (2).
    ("platform_chase", "2025-12-22T13:00", "2025-12-24"),
]

FIVE = [
    # Sun 8 Feb: 9 (1).
    ("lado_contact", "2026-02-08T19:20", "2026-02-09"),
    # Mon 9 Feb: 10 (1), 11 (2).
    ("platform_chase", "2026-02-09T11:30", "2026-02-11"),
    # From Tue 10 Feb: 11 to 13 (3), 16 to 20 (8), 23 to 27 (13), 2 to 6 Mar (18), 9, 10 (20).
    ("investigation_target", "2026-02-10", "2026-03-10"),
    # From Mon 23 Feb: 24 to 27 (4), 2 to 6 Mar (9), 9 (10).
    ("hearing_notice", "2026-02-23", "2026-03-09"),
    # Back from Wed 11 Mar: 10 (1), 9 (2), 6 (3).
    ("employee_papers", "2026-03-11", "2026-03-06"),
    # From Wed 11 Mar: 12, 13 (2), 16 to 18 (5).
    ("outcome_letter", "2026-03-11", "2026-03-18"),
    # From Fri 13 Mar: 16 to 20 (5), 23 to 27 (10).
    ("appeal_lodged", "2026-03-13", "2026-03-27"),
]

SIX = [
    # Wed 16 Sep: 17 (1).
    ("lado_contact", "2026-09-16", "2026-09-17"),
    # From Mon 21 Sep: 22 to 25 (4), 28 to 2 Oct (9), 5 to 9 (14), 12 to 16 (19), 19 (20).
    ("investigation_target", "2026-09-21", "2026-10-19"),
    # From Mon 12 Oct: 13 to 16 (4), 19 to 23 (9), 26 (10).
    ("hearing_notice", "2026-10-12", "2026-10-26"),
    # From Wed 28 Oct: 29, 30 (2), 2 to 4 Nov (5).
    ("companion_postponement", "2026-10-28", "2026-11-04"),
    # Back from Tue 3 Nov: 2 (1), 30 Oct (2), 29 (3).
    ("employee_papers", "2026-11-03", "2026-10-29"),
    # From Tue 3 Nov: 4 to 6 (3), 9, 10 (5).
    ("outcome_letter", "2026-11-03", "2026-11-10"),
    # From Thu 5 Nov: 6 (1), 9 to 13 (6), 16 to 19 (10).
    ("appeal_lodged", "2026-11-05", "2026-11-19"),
    # From Thu 19 Nov: 20 (1), 23 to 27 (6), 30 to 4 Dec (11), 7 to 11 (16), 14 to 17 (20).
    ("appeal_heard", "2026-11-19", "2026-12-17"),
]


@pytest.mark.parametrize(("rule", "start", "expected"), ONE + TWO + THREE + FOUR + FIVE + SIX)
def test_a_date_of_the_stories(rule, start, expected):
    begins = moment(start) if "T" in start else date.fromisoformat(start)
    result = due(rule=rule, start=begins)
    assert result.due_on == date.fromisoformat(expected)
    assert result.due_at == moment(f"{expected}T23:59:59")


@pytest.mark.parametrize(
    ("first_known", "expected"),
    [
        # Story 4: three whole days over Christmas. Story 5: Sunday evening to Wednesday evening.
        ("2025-12-22T09:30", "2025-12-25T09:30"),
        ("2026-02-08T19:20", "2026-02-11T19:20"),
    ],
)
def test_the_breach_clocks_of_the_stories(first_known, expected):
    assert due(rule="ico_72h", start=moment(first_known)).due_at == moment(expected)


def test_story_4_tells_the_ico_with_22_and_a_half_hours_to_spare():
    left = due(rule="ico_72h", start=moment("2025-12-22T09:30")).due_at - moment("2025-12-24T11:00")
    assert left.total_seconds() / 3600 == 22.5


def test_story_3_helpline_is_called_48_hours_after_the_report():
    assert due(unit="clock_hours", n=48, start=moment("2026-02-24T15:10")).due_at == moment("2026-02-26T15:10")


def test_story_4_has_no_statutory_date_for_the_complaint():
    # The letter was logged on 5 January 2026; the thirty days began as law on 19 June 2026.
    assert due(rule="dp_complaint_ack", start=date(2026, 1, 5)).due_at is None


def test_story_6_warns_that_the_hearing_and_the_papers_fall_in_half_term():
    quarrydene = Calendar(
        terms=((date(2026, 9, 1), date(2026, 12, 18)),), breaks=((date(2026, 10, 26), date(2026, 10, 30)),)
    )
    for day in (date(2026, 10, 28), date(2026, 10, 29)):
        assert quarrydene.closed(day) == (date(2026, 10, 26), date(2026, 10, 30))
    assert quarrydene.closed(date(2026, 11, 3)) is None


def fates(records, *, today):
    decided = decide(records=records, holds=[], today=today)
    return {part["part"]: (part["due_on"], part["rule"]) for part in decided["per_part"]}


def test_story_1_keeps_the_warning_while_live_and_the_low_level_concern_while_he_works_here():
    conduct = {"record": "warning", "part": "conduct", "level": "first", "warning_on": "2026-11-26", "live_months": 12}
    concern = {"record": "low_level_concern", "part": "low-level concern"}
    # Six months would be 26 May 2027; live for twelve, so 26 November 2027.
    assert fates([conduct, concern], today="2027-01-11") == {
        "conduct": ("2027-11-26", "RET-WARN-1"),
        "low-level concern": (None, "RET-LLC"),
    }
    left = fates([concern | {"leaving_on": "2028-08-31"}], today="2028-09-01")
    assert left == {"low-level concern": ("2034-08-31", "RET-LLC")}


def test_story_2_keeps_both_parts_about_him_to_his_pension_age_and_hers_to_25():
    him = {"dob": "1985-06-10", "allegation_on": "2026-03-06", "outcome": "substantiated", "outcome_on": "2026-07-15"}
    records = [
        {"record": "allegation", "part": "safeguarding, him", **him},
        {"record": "warning", "part": "conduct", "child_protection": True, "warning_on": "2026-06-04", **him},
        {"record": "child_protection_file", "part": "safeguarding, her", "pupil_dob": "2010-02-28"},
    ]
    # 68 on 10 June 2053; ten years would be 6 March 2036.
    assert fates(records, today="2026-07-15") == {
        "safeguarding, him": ("2053-06-10", "RET-ALLEG"),
        "conduct": ("2053-06-10", "RET-DISC-CP"),
        "safeguarding, her": ("2035-02-28", "RET-CP-PUPIL"),
    }
    # A receipt of Fri 11 September 2026 falls in 2026/27; the year after it ends on 31 August 2028.
    passed_on = fates([records[2] | {"receipt_on": "2026-09-11"}], today="2026-09-12")
    assert passed_on == {"safeguarding, her": ("2028-08-31", "RET-CP-PUPIL")}


def test_story_2_holds_stop_his_parts_and_not_hers():
    records = [
        {"record": "allegation", "part": "him", "dob": "1985-06-10", "allegation_on": "2026-03-06"},
        {"record": "child_protection_file", "part": "her", "pupil_dob": "2010-02-28"},
    ]
    holds = [
        {"kind": "litigation", "placed_on": "2026-06-04", "released_on": "2027-06-04", "parts": ["him"]},
        {"kind": "tra", "placed_on": "2026-06-09", "parts": ["him"]},
        {"kind": "dbs", "placed_on": "2026-06-09", "parts": ["him"]},
    ]
    decided = decide(records=records, holds=holds, today="2026-07-15")
    assert {part["part"]: part["blocked_by"] for part in decided["per_part"]} == {
        "him": ["dbs", "litigation", "tra"],
        "her": [],
    }


def test_story_3_keeps_his_support_six_years_from_the_last_incident():
    records = [
        {"record": "abuse_of_staff", "part": "support", "last_incident_on": "2026-03-05"},
        {"record": "violence_report_adult", "part": "support", "incident_on": "2026-02-24"},
        {"record": "takedown", "part": "support"},
    ]
    assert fates(records, today="2026-03-27") == {"support": ("2032-03-05", "RET-ABUSE-STAFF")}


def test_story_4_ends_each_part_on_its_own_day():
    records = [
        {"record": "disciplinary_not_found", "part": "conduct", "conclusion_on": "2026-01-30"},
        {"record": "breach_register", "part": "breach", "closure_on": "2026-02-06"},
        {"record": "child_protection_file", "part": "safeguarding", "pupil_dob": "2016-09-01"},
        {"record": "complaint", "part": "complaint", "resolution_on": "2026-02-05", "child_protection": True},
    ]
    assert fates(records, today="2026-02-06") == {
        "conduct": ("2027-01-30", "RET-DISC-NFA"),
        "breach": ("2032-02-06", "RET-BREACH"),
        "safeguarding": ("2041-09-01", "RET-CP-PUPIL"),
        "complaint": ("2066-02-05", "RET-COMP-CP"),
    }
    # A receipt of Mon 11 September 2028 falls in 2028/29; the year after it ends on 31 August 2030.
    passed_on = fates([records[2] | {"receipt_on": "2028-09-11"}], today="2028-09-12")
    assert passed_on == {"safeguarding": ("2030-08-31", "RET-CP-PUPIL")}


def test_story_5_weeds_the_final_warning_and_keeps_the_breach():
    records = [
        {"record": "warning", "part": "conduct", "level": "final", "warning_on": "2026-03-13", "live_months": 12},
        {"record": "breach_register", "part": "breach", "closure_on": "2026-04-20"},
        {"record": "low_level_concern", "part": "low-level concern"},
    ]
    # Eighteen months from 13 March 2026; live only until 13 March 2027.
    assert fates(records, today="2026-04-20") == {
        "conduct": ("2027-09-13", "RET-WARN-F"),
        "breach": ("2032-04-20", "RET-BREACH"),
        "low-level concern": (None, "RET-LLC"),
    }


def test_story_6_runs_the_reduced_warning_from_the_first_letter():
    records = [
        {"record": "warning", "part": "conduct", "level": "first", "warning_on": "2026-11-05", "live_months": 12},
        {"record": "low_level_concern", "part": "low-level concern"},
        {"record": "abuse_of_staff", "part": "support", "last_incident_on": "2026-09-13"},
    ]
    # Six months would be 5 May 2027; live for twelve.
    assert fates(records, today="2026-12-15") == {
        "conduct": ("2027-11-05", "RET-WARN-1"),
        "low-level concern": (None, "RET-LLC"),
        "support": ("2032-09-13", "RET-ABUSE-STAFF"),
    }
