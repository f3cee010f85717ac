"""How long each kind of record is kept, one line of the schedule after another, each date worked by hand."""

import pytest

from casework.rules.retention import decide

TODAY = "2026-11-23"


def answer(*records, holds=(), **more):
    return decide(records=list(records), holds=list(holds), today=TODAY, **more)


# kind, facts, due, rule. A period in years or months ends on the same day, or the last day of the month.
DATED = [
    # Born 10 June 1985: pension age 68, so 10 June 2053; ten years is 14 March 2036. The longer wins.
    ("allegation", {"dob": "1985-06-10", "allegation_on": "2026-03-14"}, "2053-06-10", "RET-ALLEG"),
    # Born 1 September 1961: 67 on 1 September 2028; ten years is 14 March 2036. The longer wins, never the shorter.
    ("allegation", {"dob": "1961-09-01", "allegation_on": "2026-03-14"}, "2036-03-14", "RET-ALLEG"),
    # A proved allegation is the same; so is an unfounded one.
    (
        "allegation",
        {"dob": "1985-06-10", "allegation_on": "2026-03-14", "outcome": "unfounded", "outcome_on": "2026-04-01"},
        "2053-06-10",
        "RET-ALLEG",
    ),
    # False or malicious: outcome plus twelve months, whatever the age.
    (
        "allegation",
        {"dob": "1985-06-10", "allegation_on": "2026-03-14", "outcome": "false", "outcome_on": "2026-05-31"},
        "2027-05-31",
        "RET-ALLEG-FM",
    ),
    (
        "allegation",
        {"allegation_on": "2026-03-14", "outcome": "malicious", "outcome_on": "2028-02-29"},
        "2029-02-28",
        "RET-ALLEG-FM",
    ),
    ("low_level_concern", {"leaving_on": "2028-08-31"}, "2034-08-31", "RET-LLC"),
    # Warnings: the later of the rule and the live period.
    ("warning", {"level": "oral", "warning_on": "2026-03-31", "live_months": 6}, "2026-09-30", "RET-WARN-ORAL"),
    ("warning", {"level": "first", "warning_on": "2026-11-26", "live_months": 12}, "2027-11-26", "RET-WARN-1"),
    ("warning", {"level": "first", "warning_on": "2026-11-26", "live_months": 3}, "2027-05-26", "RET-WARN-1"),
    ("warning", {"level": "second", "warning_on": "2026-11-26", "live_months": 12}, "2027-11-26", "RET-WARN-2"),
    ("warning", {"level": "final", "warning_on": "2026-03-13", "live_months": 12}, "2027-09-13", "RET-WARN-F"),
    ("warning", {"level": "final", "warning_on": "2026-03-13", "live_months": 24}, "2028-03-13", "RET-WARN-F"),
    # No live period recorded: our suggestion of twelve months for a first written warning keeps it from early weeding.
    ("warning", {"level": "first", "warning_on": "2026-11-26"}, "2027-11-26", "RET-WARN-1"),
    # A warning with child protection in it is an allegation: born 10 June 1985, 10 June 2053.
    (
        "warning",
        {
            "level": "first",
            "warning_on": "2026-11-26",
            "child_protection": True,
            "dob": "1985-06-10",
            "allegation_on": "2026-10-01",
        },
        "2053-06-10",
        "RET-DISC-CP",
    ),
    ("disciplinary_not_found", {"conclusion_on": "2026-01-30"}, "2027-01-30", "RET-DISC-NFA"),
    # Born 1 September 1961: 67 in 2028; ten years from the conclusion when the allegation's day is not given.
    (
        "disciplinary_not_found",
        {"conclusion_on": "2026-01-30", "child_protection": True, "dob": "1961-09-01"},
        "2036-01-30",
        "RET-DISC-CP",
    ),
    ("staff_personal_file", {"leaving_on": "2026-08-31"}, "2032-08-31", "RET-STAFF"),
    ("child_protection_file", {"pupil_dob": "2010-02-28"}, "2035-02-28", "RET-CP-PUPIL"),
    # Born on a leap day: 2033 has none, so the last day of February.
    ("child_protection_file", {"pupil_dob": "2008-02-29"}, "2033-02-28", "RET-CP-PUPIL"),
    # Several children in one record: the youngest.
    ("child_protection_file", {"pupil_dobs": ["2010-02-28", "2016-09-01", "2012-05-05"]}, "2041-09-01", "RET-CP-PUPIL"),
    # Receipt of 14 September 2026 falls in 2026/27; the year following it ends on 31 August 2028.
    (
        "child_protection_file",
        {"pupil_dob": "2010-02-28", "transferred_on": "2026-09-07", "receipt_on": "2026-09-14"},
        "2028-08-31",
        "RET-CP-PUPIL",
    ),
    # Receipt of 16 July 2026 falls in 2025/26: 31 August 2027. No date of birth is needed then.
    ("child_protection_file", {"receipt_on": "2026-07-16"}, "2027-08-31", "RET-CP-PUPIL"),
    # 31 August is the last day of 2025/26, 1 September the first of 2026/27.
    ("child_protection_file", {"receipt_on": "2026-08-31"}, "2027-08-31", "RET-CP-PUPIL"),
    ("child_protection_file", {"receipt_on": "2026-09-01"}, "2028-08-31", "RET-CP-PUPIL"),
    # Passed on without a receipt: the birth-date rule stays.
    (
        "child_protection_file",
        {"pupil_dob": "2010-02-28", "transferred_on": "2026-09-07"},
        "2035-02-28",
        "RET-CP-PUPIL",
    ),
    # A sibling here keeps our copy, receipt or not.
    (
        "child_protection_file",
        {"pupil_dob": "2010-02-28", "receipt_on": "2026-09-14", "sibling_here": True},
        "2035-02-28",
        "RET-CP-PUPIL",
    ),
    ("known_child_sexual_abuse", {"record_on": "2026-03-14"}, "2101-03-14", "RET-CSA"),
    ("pupil_file", {"pupil_dob": "2010-02-28"}, "2035-02-28", "RET-PUPIL"),
    ("online_incident_pupils", {"pupil_leaving_on": ["2027-07-23"]}, "2028-07-23", "RET-BULLY"),
    # Two pupils: the one who leaves last.
    (
        "online_incident_pupils",
        {"pupil_leaving_on": ["2027-07-23", "2029-07-20"], "copied_to_childs_file": False},
        "2030-07-20",
        "RET-BULLY",
    ),
    # Copied to the child's file: 25 years from birth.
    (
        "online_incident_pupils",
        {"pupil_leaving_on": ["2027-07-23"], "pupil_dobs": ["2011-04-03"], "copied_to_childs_file": True},
        "2036-04-03",
        "RET-BULLY",
    ),
    ("abuse_of_staff", {"last_incident_on": "2026-03-05"}, "2032-03-05", "RET-ABUSE-STAFF"),
    ("abuse_of_staff", {"incident_on": "2026-02-24"}, "2032-02-24", "RET-ABUSE-STAFF"),
    # Asked to keep it and left in 2035, after the six years: kept until then.
    (
        "abuse_of_staff",
        {"last_incident_on": "2026-03-05", "asked_to_keep": True, "leaving_on": "2035-08-31"},
        "2035-08-31",
        "RET-ABUSE-STAFF",
    ),
    ("complaint", {"resolution_on": "2026-02-05"}, "2032-02-05", "RET-COMP"),
    ("complaint", {"resolution_on": "2026-02-05", "negligence": True}, "2041-02-05", "RET-COMP-NEG"),
    (
        "complaint",
        {"resolution_on": "2026-02-05", "child_protection": True, "negligence": True},
        "2066-02-05",
        "RET-COMP-CP",
    ),
    ("board_report", {"report_on": "2026-07-10"}, "2032-07-10", "RET-GOV-REP"),
    ("sar", {"closure_on": "2026-04-20"}, "2029-04-20", "RET-SAR"),
    ("dp_complaint", {"outcome_on": "2026-07-20"}, "2029-07-20", "RET-DPCOMP"),
    ("breach_register", {"closure_on": "2026-02-06"}, "2032-02-06", "RET-BREACH"),
    ("appropriate_policy_document", {"processing_ended_on": "2026-08-31"}, "2027-02-28", "RET-APD"),
    ("monitoring_log", {"log_on": "2026-03-01"}, "2027-03-01", "RET-MON"),
    # Thirty days from 1 January.
    ("cctv", {"recording_on": "2026-01-01"}, "2026-01-31", "RET-CCTV"),
    ("official_post", {"post_on": "2026-03-01"}, "2029-03-01", "RET-OFFICIAL-SM"),
    ("exceptions_register", {"expiry_on": "2026-03-01"}, "2032-03-01", "RET-EXC"),
    ("policy_acknowledgement", {"leaving_on": "2026-08-31"}, "2032-08-31", "RET-ACK"),
    ("violence_report_adult", {"incident_on": "2026-02-24"}, "2029-02-24", "RET-ACC"),
]

# What happens then, where it is not a review and disposal.
ACTIONS = {
    "RET-ALLEG-FM": "remove_from_personnel_file_seal_then_destroy",
    "RET-CSA": "review_only",
    "RET-WARN-ORAL": "weed_from_file",
    "RET-WARN-1": "weed_from_file",
    "RET-WARN-2": "weed_from_file",
    "RET-WARN-F": "weed_from_file",
}


@pytest.mark.parametrize(("kind", "facts", "due_on", "rule"), DATED)
def test_a_record_is_kept_until(kind, facts, due_on, rule):
    decided = answer({"record": kind, **facts})
    assert (decided["due_on"], decided["rule"]) == (due_on, rule)
    assert decided["action"] == ACTIONS.get(rule, "review_then_dispose")


# Without the day that starts the period: the matter is still running, or nobody knows.
OPEN = [
    ("low_level_concern", "RET-LLC"),
    ("staff_personal_file", "RET-STAFF"),
    ("disciplinary_not_found", "RET-DISC-NFA"),
    ("online_incident_pupils", "RET-BULLY"),
    ("complaint", "RET-COMP"),
    ("sar", "RET-SAR"),
    ("breach_register", "RET-BREACH"),
    ("takedown", "RET-TAKEDOWN"),
    ("evidence", "RET-EVIDENCE"),
]


@pytest.mark.parametrize(("kind", "rule"), OPEN)
def test_a_running_matter_has_no_date(kind, rule):
    decided = answer({"record": kind})
    assert (decided["due_on"], decided["rule"], decided["action"]) == (None, rule, "keep_open")


@pytest.mark.parametrize(
    "record",
    [
        {"record": "allegation", "allegation_on": "2026-03-14"},
        {"record": "allegation", "dob": "1985-06-10"},
        {"record": "allegation", "outcome": "false", "dob": "1985-06-10", "allegation_on": "2026-03-14"},
        {"record": "child_protection_file", "pupil_dob": None},
        {"record": "child_protection_file", "pupil_dobs": ["2010-02-28", None]},
        {"record": "online_incident_pupils", "copied_to_childs_file": True, "pupil_leaving_on": ["2027-07-23"]},
        {"record": "warning", "warning_on": "2026-11-26"},
        {"record": "warning", "level": "final"},
        {"record": "warning", "level": "first", "warning_on": "2026-11-26", "child_protection": True},
        {"record": "known_child_sexual_abuse"},
        {"record": "abuse_of_staff"},
    ],
)
def test_what_is_not_known_is_looked_at_by_a_person(record):
    decided = answer(record)
    assert (decided["due_on"], decided["rule"], decided["action"]) == (None, "MANUAL_REVIEW", "manual_review")


def test_an_unknown_birth_date_gives_the_earliest_review_and_no_disposal():
    decided = answer({"record": "allegation", "allegation_on": "2026-03-14"})
    assert (decided["due_on"], decided["earliest_review_on"]) == (None, "2036-03-14")


def test_a_pupil_still_here_leaves_the_incident_open():
    decided = answer({"record": "online_incident_pupils", "pupil_leaving_on": ["2027-07-23", None]})
    assert (decided["due_on"], decided["action"]) == (None, "keep_open")


def test_a_record_no_rule_names_is_never_given_a_date():
    decided = answer({"record": "visitors_book"})
    assert (decided["due_on"], decided["rule"], decided["action"]) == (None, "NONE_NAMED", "manual_review")
    assert decided["authority"] is None


def test_consent_keeps_a_copy_of_a_false_allegation():
    decided = answer({"record": "allegation", "outcome": "false", "outcome_on": "2026-05-31", "consent_to_keep": True})
    assert (decided["due_on"], decided["action"]) == (None, "keep_with_consent")
    assert decided["earliest_review_on"] == "2027-05-31"


@pytest.mark.parametrize("kind", ["disposal_log", "board_minutes"])
def test_some_things_are_kept_for_good(kind):
    decided = answer({"record": kind})
    assert (decided["due_on"], decided["action"]) == (None, "keep_permanent")


def test_a_board_report_that_minutes_rely_on_is_kept_for_good():
    decided = answer({"record": "board_report", "report_on": "2026-07-10", "relied_on_in_minutes": True})
    assert decided["action"] == "keep_permanent"


@pytest.mark.parametrize("kind", ["cctv", "monitoring_log"])
def test_what_is_attached_to_a_case_follows_it(kind):
    attached = {"record": kind, "part": "conduct", "attached_to_case": True, "log_on": "2026-01-01"}
    assert answer(attached)["action"] == "keep_open"
    complaint = {"record": "complaint", "part": "conduct", "resolution_on": "2026-02-05"}
    assert answer(attached, complaint)["due_on"] == "2032-02-05"
