"""Parts and holds, the trust's own periods, and what retention refuses."""

import pytest

from casework.rules.retention import decide
from casework.rules.retention_schedule import periods_of
from schools.policy import shipped

TODAY = "2026-11-23"


def answer(*records, holds=(), **more):
    return decide(records=list(records), holds=list(holds), today=TODAY, **more)


def test_the_longest_rule_wins_inside_a_part():
    # A violence report to 24 February 2029 beside abuse of staff to 5 March 2032.
    decided = answer(
        {"record": "violence_report_adult", "part": "support", "incident_on": "2026-02-24"},
        {"record": "abuse_of_staff", "part": "support", "last_incident_on": "2026-03-05"},
    )
    assert [part["due_on"] for part in decided["per_part"]] == ["2032-03-05"]


def test_the_longest_rule_never_reaches_across_parts():
    decided = answer(
        {"record": "disciplinary_not_found", "part": "conduct", "conclusion_on": "2026-01-30"},
        {"record": "child_protection_file", "part": "safeguarding", "pupil_dob": "2016-09-01"},
    )
    assert decided["per_part"] == [
        {
            "part": "conduct",
            "due_on": "2027-01-30",
            "rule": "RET-DISC-NFA",
            "action": "review_then_dispose",
            "blocked_by": [],
        },
        {
            "part": "safeguarding",
            "due_on": "2041-09-01",
            "rule": "RET-CP-PUPIL",
            "action": "review_then_dispose",
            "blocked_by": [],
        },
    ]
    assert (decided["due_on"], decided["rule"]) == ("2041-09-01", "RET-CP-PUPIL")


def test_an_unknown_birth_date_stops_its_own_part_only():
    decided = answer(
        {"record": "child_protection_file", "part": "child"},
        {"record": "disciplinary_not_found", "part": "conduct", "conclusion_on": "2026-01-30"},
    )
    assert {part["part"]: part["rule"] for part in decided["per_part"]} == {
        "child": "MANUAL_REVIEW",
        "conduct": "RET-DISC-NFA",
    }


def test_an_unknown_birth_date_outranks_every_date_in_its_part():
    decided = answer(
        {"record": "allegation", "allegation_on": "2026-03-14", "part": "conduct"},
        {"record": "warning", "level": "final", "warning_on": "2026-03-13", "live_months": 12, "part": "conduct"},
        {"record": "low_level_concern", "part": "conduct"},
    )
    assert decided["rule"] == "MANUAL_REVIEW"


def test_a_hold_stops_disposal_and_moves_no_date():
    held = {"kind": "litigation", "placed_on": "2026-06-04"}
    decided = answer({"record": "breach_register", "closure_on": "2020-02-06"}, holds=[held])
    assert (decided["due_on"], decided["blocked_by"]) == ("2026-02-06", ["litigation"])


@pytest.mark.parametrize(
    ("hold", "blocks"),
    [
        ({"kind": "police", "placed_on": "2026-11-23"}, True),
        ({"kind": "police", "placed_on": "2026-11-24"}, False),
        ({"kind": "police", "placed_on": "2026-01-01", "released_on": "2026-11-22"}, False),
        ({"kind": "police", "placed_on": "2026-01-01", "released_on": "2026-11-23"}, False),
        ({"kind": "police", "placed_on": "2026-01-01", "released_on": "2026-11-24"}, True),
        ({"kind": "police", "placed_on": "2026-01-01", "released_on": None}, True),
        ({"kind": "police"}, True),
    ],
)
def test_a_hold_stands_from_its_day_to_its_release(hold, blocks):
    assert bool(answer({"record": "disposal_log"}, holds=[hold])["blocked_by"]) is blocks


def test_a_hold_may_name_its_parts():
    records = [
        {"record": "breach_register", "part": "breach", "closure_on": "2026-02-06"},
        {"record": "complaint", "part": "complaint", "resolution_on": "2026-02-05"},
    ]
    holds = [{"kind": "tra", "parts": ["complaint"]}, {"kind": "ico_investigation"}]
    per_part = {part["part"]: part["blocked_by"] for part in answer(*records, holds=holds)["per_part"]}
    assert per_part == {"breach": ["ico_investigation"], "complaint": ["ico_investigation", "tra"]}


def test_the_reason_is_a_sentence_with_the_dates():
    why = answer({"record": "allegation", "dob": "1985-06-10", "allegation_on": "2026-03-14"})["why"]
    assert "10 June 2053" in why
    assert "14 March 2036" in why


def test_another_nation_is_told_that_the_authority_is_englands():
    record = {"record": "allegation", "dob": "1985-06-10", "allegation_on": "2026-03-14"}
    assert "Keeping learners safe" in answer(record, nation="Wales")["why"]
    assert "England" not in answer(record, nation="England")["why"]


def test_a_trust_may_set_its_own_period_with_a_reason():
    records = [{"record": "abuse_of_staff", "last_incident_on": "2026-03-05"}]
    three = {"abuse_of_staff": {"period": "P3Y", "reason": "agreed with the unions"}}
    decided = decide(records=records, today=TODAY, own_periods=three)
    assert (decided["due_on"], decided["authority"]) == ("2029-03-05", "Your decision: agreed with the unions")
    by_paragraph = {"abuse_of_staff": {"period": "P10Y", "ref": "H7"}}
    assert decide(records=records, today=TODAY, own_periods=by_paragraph)["authority"] == "Your policy, H7"


def test_the_periods_of_a_policy_carry_their_paragraph():
    # The Learning Trust for Excellence keeps monitoring records for a year, in square brackets in its text.
    periods = periods_of(shipped()["lte-2019-09"])
    decided = decide(records=[{"record": "monitoring_log", "log_on": "2026-03-01"}], today=TODAY, own_periods=periods)
    assert decided["due_on"] == "2027-03-01"
    assert decided["authority"] == "Your policy, H4, H7, from a part of it that looks unfinished"


def test_what_a_policy_leaves_to_another_document_gets_no_date_from_us():
    # Archway 4.4 leaves it to the Data Retention Procedures; All Saints says nothing, so our year stands.
    record = {"record": "monitoring_log", "log_on": "2026-03-01"}
    archway = decide(records=[record], today=TODAY, own_periods=periods_of(shipped()["archway-2019"]))
    assert (archway["due_on"], archway["rule"], archway["action"]) == (None, "NONE_NAMED", "manual_review")
    assert "Data Retention Procedures" in archway["authority"]
    all_saints = decide(records=[record], today=TODAY, own_periods=periods_of(shipped()["allsaints-2022"]))
    assert (all_saints["due_on"], all_saints["authority"]) == ("2027-03-01", "Our suggestion")


def test_a_period_of_the_trusts_own_changes_only_the_ordinary_case():
    ten = {"complaint": {"period": "P10Y", "ref": "9"}}
    record = {"record": "complaint", "resolution_on": "2026-02-05"}
    assert decide(records=[record], today=TODAY, own_periods=ten)["due_on"] == "2036-02-05"
    about_safety = record | {"child_protection": True}
    assert decide(records=[about_safety], today=TODAY, own_periods=ten)["due_on"] == "2066-02-05"


@pytest.mark.parametrize(
    ("override", "sentence"),
    [
        ({"abuse_of_staff": {"period": "P3Y"}}, "needs a period and a paragraph or a reason"),
        ({"abuse_of_staff": {"reason": "x"}}, "needs a period and a paragraph or a reason"),
        ({"abuse_of_staff": {"period": "three", "reason": "x"}}, "'three' is not a period"),
    ],
)
def test_a_period_of_the_trusts_own_must_be_whole(override, sentence):
    with pytest.raises(ValueError, match=sentence):
        decide(
            records=[{"record": "abuse_of_staff", "last_incident_on": "2026-03-05"}], today=TODAY, own_periods=override
        )


def test_a_trust_may_not_undercut_the_law():
    record = {"record": "allegation", "dob": "1985-06-10", "allegation_on": "2026-03-14"}
    with pytest.raises(ValueError, match="may not be kept for less than 10 years"):
        decide(records=[record], today=TODAY, own_periods={"allegation": {"period": "P9Y", "reason": "room"}})


@pytest.mark.parametrize(
    ("records", "holds", "sentence"),
    [
        ([], [], "at least one record"),
        (["allegation"], [], "needs its kind"),
        ([{"dob": "1985-06-10"}], [], "needs its kind"),
        ([{"record": "allegation", "allegation_date": "2026-03-14"}], [], "'allegation_date' is not a fact"),
        ([{"record": "allegation", "allegation_on": "14/03/2026"}], [], "allegation_on must be a day"),
        ([{"record": "allegation", "allegation_on": 20260314}], [], "allegation_on must be a day"),
        ([{"record": "allegation", "outcome": "proved"}], [], "outcome must be one of"),
        ([{"record": "warning", "level": "third"}], [], "level must be one of"),
        ([{"record": "warning", "level": "first", "live_months": "12"}], [], "live_months must be a whole number"),
        ([{"record": "complaint", "child_protection": "yes"}], [], "child_protection must be true, false"),
        ([{"record": "allegation", "dob": "2027-01-01", "allegation_on": "2026-03-14"}], [], "A person born on"),
        ([{"record": "allegation", "dob": "1785-06-10", "allegation_on": "2026-03-14"}], [], "too early"),
        (
            [{"record": "child_protection_file", "transferred_on": "2026-09-14", "receipt_on": "2026-09-07"}],
            [],
            "older than the transfer",
        ),
        ([{"record": "complaint", "resolution_on": "9999-01-01"}], [], "further ahead"),
        ([{"record": "complaint", "part": 3}], [], "named by a word"),
        ([{"record": "complaint"}], [{"placed_on": "2026-01-01"}], "Each hold needs its kind"),
        ([{"record": "complaint"}], [{"kind": "police", "until": "2026-01-01"}], "'until' is not a fact"),
        (
            [{"record": "complaint"}],
            [{"kind": "police", "placed_on": "2026-02-01", "released_on": "2026-01-01"}],
            "released before it is placed",
        ),
    ],
)
def test_bad_facts_are_refused_in_a_sentence(records, holds, sentence):
    with pytest.raises(ValueError, match=sentence):
        decide(records=records, holds=holds, today=TODAY)
