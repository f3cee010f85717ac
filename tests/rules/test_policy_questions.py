"""A policy answers who is told, what may be charged, what must be kept, and by whose time limit."""

from datetime import date

import pytest

from schools import policy

ALL_SAINTS = policy.shipped()["allsaints-2022"]
ARCHWAY = policy.shipped()["archway-2019"]
LTE = policy.shipped()["lte-2019-09"]
SOVEREIGN = policy.shipped()["sovereign-5.0"]
LWLAT = policy.shipped()["lwlat-1.4"]


def told(pack, code, direction, secondary=(), circumstances=()):
    return [(duty.ref, duty.to) for duty in pack.recipients(code, secondary, direction, circumstances)]


def charged(pack, codes, direction="staff_act"):
    return [clause.ref for clause in pack.clauses_for(codes, direction)[0]]


def not_charged(pack, codes, direction="staff_act"):
    return [(found.clause.ref, found.clause.strength) for found in pack.clauses_for(codes, direction)[1]]


def kept(pack, code, direction, secondary=()):
    return [(item.what, item.ref) for item in pack.must_record(code, direction, secondary)]


SAFEGUARDERS = ("dsl", "deputy_dsl")

RECIPIENTS = {
    # All Saints: 9.d abuse goes to the head, 5.e everything to the DSL or a deputy, 6.l messages received likewise
    "abuse of staff": (ALL_SAINTS, "ABUSE", "against_staff", [("9.d", ("head_of_school",)), ("5.e", SAFEGUARDERS)]),
    "abuse of another pupil": (ALL_SAINTS, "ABUSE", "pupil_act", [("5.e", SAFEGUARDERS)]),
    "message from a pupil": (ALL_SAINTS, "INBOUND", "inbound_to_staff", [("6.l", SAFEGUARDERS), ("5.e", SAFEGUARDERS)]),
    "post by staff": (ALL_SAINTS, "DISPARAGE", "staff_act", [("5.e", SAFEGUARDERS)]),
    # Archway and LTE name nobody
    "archway": (ARCHWAY, "PUPIL_CONTACT", "staff_act", []),
    "lte": (LTE, "BULLY", "staff_act", []),
    # Sovereign V5 wants all three for misuse, V11.3 the Headteacher for what runs the trust down
    "sovereign misuse": (SOVEREIGN, "CONFID", "staff_act", [("V5", ("executive_head", "head_of_school", "ceo"))]),
    "sovereign review by a parent": (SOVEREIGN, "ABUSE", "against_staff", [("V11.3", ("head_of_school",))]),
    "sovereign post about the trust": (
        SOVEREIGN,
        "DISPARAGE",
        "staff_act",
        [("V11.3", ("head_of_school",)), ("V5", ("executive_head", "head_of_school", "ceo"))],
    ),
    "sovereign pupil": (SOVEREIGN, "PUPIL_CONDUCT", "pupil_act", []),
    # LwLAT 4.3: the DSL for everything
    "lwlat": (LWLAT, "PUPIL_CONDUCT", "pupil_act", [("4.3", ("dsl",))]),
}


@pytest.mark.parametrize(("pack", "code", "direction", "wanted"), RECIPIENTS.values(), ids=RECIPIENTS)
def test_who_receives_a_report(pack, code, direction, wanted):
    assert told(pack, code, direction) == wanted


def test_a_secondary_code_counts():
    assert told(ALL_SAINTS, "IDENTITY", "against_staff", ["ABUSE"])[0] == ("9.d", ("head_of_school",))


def test_a_duty_that_needs_a_circumstance_is_left_out_without_it():
    # 6.i: only for content that the member of staff shared; 8.h.ix: only in official activity
    assert ("6.i", ("leadership_team",)) not in told(ALL_SAINTS, "OFFENSIVE", "staff_act")
    assert ("6.i", ("leadership_team",)) in told(ALL_SAINTS, "OFFENSIVE", "staff_act", (), ["own_content"])
    official = told(ALL_SAINTS, "INBOUND", "inbound_to_staff", (), ["official_activity"])
    assert ("8.h.ix", ("line_manager", "dsl", "deputy_dsl", "head_of_school")) in official


def test_sovereign_wants_all_three_told_and_all_saints_any_one():
    assert SOVEREIGN.recipients("CONFID", [], "staff_act")[0].all_of
    assert not ALL_SAINTS.recipients("CONFID", [], "staff_act")[0].all_of


CHARGES = {
    # 6.j only advises, so contact with a former student rests on 8.h.viii alone
    "all saints former pupil": (ALL_SAINTS, ["FORMER_CONTACT"], ["8.h.viii"], [("6.j", "advised")]),
    "all saints pupil": (ALL_SAINTS, ["PUPIL_CONTACT"], ["5.d", "6.k", "8.h.viii"], [("6.j", "advised")]),
    "all saints naming the trust": (ALL_SAINTS, ["AFFIL"], ["6.e.vi"], [("6.f", "encouraged")]),
    # Archway 1.1 and 1.2 describe risks; 2.3 on inappropriate use stands in
    "archway disparagement": (ARCHWAY, ["DISPARAGE", "OFFENSIVE"], ["2.3"], [("1.1", "risk_statement")]),
    "archway pupil": (
        ARCHWAY,
        ["PUPIL_CONTACT", "CP"],
        ["2.3"],
        [("1.1", "risk_statement"), ("1.2", "risk_statement")],
    ),
    "archway spam": (ARCHWAY, ["SPAM", "WORKTIME"], ["3.1", "3.2"], []),
    "archway refusal": (ARCHWAY, ["PROCESS", "NOT_REMOVED"], ["2.4"], []),
    "archway silence": (ARCHWAY, ["PROCESS", "NOT_REPORTED"], ["2.3"], []),
    # LTE advises against connecting with parents and forbids talking of school to them
    "lte parents": (LTE, ["PARENT_CONTACT"], ["H8"], [("H8", "advised")]),
    "lte reposts": (
        LTE,
        ["OFFENSIVE", "DISPARAGE"],
        ["H5.a, H8.a", "H5.a, H8.a", "H5.a, H8.a", "H5.d, H8.d", "H5 last bullet, H8 last bullet"],
        [],
    ),
    "sovereign refusal to help": (SOVEREIGN, ["PROCESS", "NO_COOPERATION"], ["V4"], []),
    "sovereign not reported": (SOVEREIGN, ["PROCESS", "NOT_REPORTED"], ["V11.3"], []),
    # LwLAT 12.1 breaks off, 8 and the third point of 7.2 cannot be read
    "lwlat refusal to help": (LWLAT, ["PROCESS", "NO_COOPERATION"], ["9.2"], [("12.1", "damaged")]),
    "lwlat secrets": (LWLAT, ["CONFID"], [], [("8", "damaged")]),
    "lwlat bullying": (LWLAT, ["BULLY", "OFFENSIVE"], ["7.2"], [("7.2 (third point)", "damaged")]),
}


@pytest.mark.parametrize(("pack", "codes", "yes", "no"), CHARGES.values(), ids=CHARGES)
def test_what_may_and_may_not_be_charged(pack, codes, yes, no):
    assert charged(pack, codes) == yes
    assert not_charged(pack, codes) == no


def test_nobody_is_charged_for_being_contacted():
    for pack in policy.shipped().values():
        assert charged(pack, ["INBOUND", "PUPIL_CONTACT"], "inbound_to_staff") == []


def test_the_reason_why_a_clause_is_not_charged():
    (advised,) = ALL_SAINTS.clauses_for(["FORMER_CONTACT"], "staff_act")[1]
    assert advised.why == "The policy advises against this and does not forbid it, so it cannot be charged."
    (damaged,) = LWLAT.clauses_for(["CONFID"], "staff_act")[1]
    assert damaged.why == "The words of this paragraph cannot be read in the copy we hold, so it cannot be charged."


KEPT = {
    "all saints abuse": (
        ALL_SAINTS,
        "ABUSE",
        "against_staff",
        [
            ("managed_under", "5.e"),
            ("governor_notice", "9.d"),
            ("action_log", "9.d"),
            ("support_plan", "9.d"),
            ("police_decision", "4.a.iv"),
        ],
    ),
    "all saints pupils": (
        ALL_SAINTS,
        "PUPIL_CONDUCT",
        "pupil_act",
        [("managed_under", "5.e"), ("parent_contact_decision", "7.c.i")],
    ),
    "all saints law": (ALL_SAINTS, "LEGAL", "staff_act", [("managed_under", "5.e"), ("police_decision", "9.c")]),
    "all saints message": (ALL_SAINTS, "INBOUND", "inbound_to_staff", [("managed_under", "5.e")]),
    "archway": (ARCHWAY, "ABUSE", "against_staff", []),
    "lwlat staff": (LWLAT, "CONFID", "staff_act", [("support_entry", "13")]),
}


@pytest.mark.parametrize(("pack", "code", "direction", "wanted"), KEPT.values(), ids=KEPT)
def test_what_must_be_on_record_before_closing(pack, code, direction, wanted):
    assert kept(pack, code, direction) == wanted


def test_governors_are_told_of_abuse_of_staff_and_of_nothing_else():
    abuse = ALL_SAINTS.governors_for("ABUSE", "against_staff")
    assert (abuse.notice, abuse.ref, abuse.default, abuse.anonymised) == ("required", "9.d", "P5WD", True)
    assert ALL_SAINTS.governors_for("ABUSE", "pupil_act").notice == "not_required"
    assert ALL_SAINTS.governors_for("PDATA", "staff_act").notice == "not_required"
    assert ALL_SAINTS.governors_for("IDENTITY", "against_staff", ["ABUSE"]).notice == "required"
    assert SOVEREIGN.governors_for("ABUSE", "against_staff").notice == "not_in_policy"
    assert LWLAT.governors_for("ABUSE", "against_staff").notice == "not_legible"


def test_a_vague_word_becomes_our_limit_and_is_labelled_so():
    (abuse, _) = ALL_SAINTS.recipients("ABUSE", [], "against_staff")
    assert (abuse.when, abuse.when_kind, abuse.limit_basis) == ("immediately", "stated_vague", "default")
    assert abuse.limit == (0, "calendar_days")  # the same day
    (seen, _) = SOVEREIGN.recipients("DISPARAGE", [], "staff_act")
    assert (seen.when, seen.limit, seen.limit_basis) == ("without unreasonable delay", (1, "working_days"), "default")


def test_a_stated_period_is_the_policy_own():
    kept_for = next(duty for duty in LTE.obligations if duty.id == "LTE-02")
    assert (kept_for.limit, kept_for.limit_basis, kept_for.unconfirmed) == ((12, "calendar_months"), "policy", True)
    (report,) = policy.shipped()["model"].recipients("CONFID", [], "staff_act")
    assert (report.limit, report.limit_basis) == ((0, "calendar_days"), "policy")


LIMITS = {
    "same_day": (0, "calendar_days"),
    "P5WD": (5, "working_days"),
    "P20SD": (20, "school_days"),
    "P30D": (30, "calendar_days"),
    "P4W": (28, "calendar_days"),
    "P1M": (1, "calendar_months"),
    "P6Y": (72, "calendar_months"),
    "P72H": (72, "clock_hours"),
    "requester_sets": None,
    None: None,
}


@pytest.mark.parametrize(("period", "wanted"), LIMITS.items())
def test_periods_as_arithmetic_takes_them(period, wanted):
    assert policy.limit(period) == wanted


def test_titles_are_the_trust_own_where_it_has_them():
    assert ALL_SAINTS.title_of("head_of_school") == "Head of School"
    assert LWLAT.title_of("head_of_school") == "Principal"
    assert ARCHWAY.title_of("local_board") == "Academy Advisory Board"
    assert ARCHWAY.title_of("dsl") == "Designated Safeguarding Lead (DSL)"  # its policy does not name the DSL
    assert ALL_SAINTS.title_of("police") == "the police"


@pytest.mark.parametrize(
    ("pack", "today", "wanted"),
    [
        (ARCHWAY, date(2020, 6, 30), None),  # June 2020 lasts until the 30th
        (ARCHWAY, date(2020, 7, 1), date(2020, 6, 30)),
        (ALL_SAINTS, date(2023, 12, 31), None),  # 2023 lasts until the 31st of December
        (ALL_SAINTS, date(2024, 1, 1), date(2023, 12, 31)),
        (SOVEREIGN, date(2025, 9, 23), None),
        (SOVEREIGN, date(2025, 9, 24), date(2025, 9, 23)),
        (LTE, date(2026, 11, 20), date(2021, 1, 31)),
        (LWLAT, date(2026, 11, 20), date(2025, 1, 31)),
    ],
)
def test_an_overdue_review_is_said_and_not_guessed(pack, today, wanted):
    assert pack.overdue_since(today) == wanted


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("2024-02", date(2024, 2, 29)), ("2025-02", date(2025, 2, 28)), ("2027", date(2027, 12, 31))],
)
def test_a_partial_date_lasts_until_its_last_day(written, wanted):
    assert ALL_SAINTS.model_copy(update={"review_due": written}).review_due_on == wanted


def test_a_paragraph_is_cited_by_number_or_by_heading():
    assert ALL_SAINTS.cite("9.d") == "paragraph 9.d"
    assert LTE.cite("H8.d") == "“Personal life” (H8.d)"
    assert LTE.cite("H10") == "“Disciplinary action” (H10)"
    assert SOVEREIGN.cite("V11.3 i-vii") == "“Reputation” (V11.3 i-vii)"


# Several rules stand under one heading: H8 of Learning Trust for Excellence holds six, V7 of Sovereign three.
def test_each_rule_under_one_heading_keeps_its_own_words():
    assert LTE.wording_of("LTE-B15") == "Employees must never connect with pupils."
    assert SOVEREIGN.wording_of("SOV-B12") == "Personal use is never allowed in working time or on the trust's systems."


def test_a_paragraph_alone_says_everything_that_stands_in_it():
    assert LTE.wording_of("H5.d, H8.d") == (
        "Employees must not discriminate, in words or pictures. Employees must not bully or harass anyone."
    )
    assert LTE.wording_of("H99") == ""


def test_a_charge_rests_on_one_rule():
    assert LTE.charge("LTE-B15").ref == "H8"
    assert LTE.charge("H8") is None
    assert ALL_SAINTS.charge("6.h").id == "ALS-B08"
    # Advice, and what pupils or outsiders do, is no charge against a member of staff.
    assert [LTE.charge(name) for name in ("LTE-B19", "Code of conduct")] == [None, None]
    assert [ALL_SAINTS.charge(name) for name in ("6.f", "9.d", "7.b, 7.c")] == [None, None, None]
