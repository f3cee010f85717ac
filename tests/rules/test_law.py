"""The dated law: what binds from when, which edition applies, and when a person reaches pension age."""

from datetime import date

import pytest

from schools import law


@pytest.mark.parametrize(
    ("name", "first_day"),
    [
        ("acas_conciliation_12_weeks", date(2025, 12, 1)),
        ("sar_clock_may_stop", date(2026, 2, 5)),
        ("dp_complaints_process", date(2026, 6, 19)),
        ("no_limit_child_sexual_abuse_claims", date(2026, 6, 29)),
        ("six_month_tribunal_limit", date(2026, 10, 1)),
        ("unfair_dismissal_six_months", date(2027, 1, 1)),
    ],
)
def test_a_provision_binds_from_its_day(name, first_day):
    assert law.in_force(name, on=first_day)
    assert not law.in_force(name, on=date.fromordinal(first_day.toordinal() - 1))


@pytest.mark.parametrize("name", ["mandatory_csa_report", "intimate_image_48_hours", "tra_duty_widened"])
def test_what_has_no_date_of_commencement_never_binds(name):
    assert not law.in_force(name, on=date(2099, 1, 1))


def test_what_is_only_expected_says_so():
    assert law.provision("six_month_tribunal_limit").status == "expected"


@pytest.mark.parametrize(
    ("received_on", "year"),
    [(date(2025, 9, 1), "2025"), (date(2026, 8, 31), "2025"), (date(2026, 9, 1), "2026"), (date(2027, 1, 8), "2026")],
)
def test_the_edition_is_that_of_the_day_received(received_on, year):
    assert law.edition("kcsie", received_on=received_on) == f"Keeping children safe in education {year}"


def test_a_matter_older_than_every_edition_held_is_refused():
    with pytest.raises(ValueError, match="no edition that applied on 31 August 2025"):
        law.edition("kcsie", received_on=date(2025, 8, 31))


@pytest.mark.parametrize(
    ("born", "reached"),
    [
        # Before 6 April 1960: 66.
        ("1959-11-30", "2025-11-30"),
        ("1960-04-05", "2026-04-05"),
        # Then a month more for each month, from the 6th to the 5th.
        ("1960-04-06", "2026-05-06"),  # 66 years 1 month
        ("1960-05-05", "2026-06-05"),
        ("1960-05-06", "2026-07-06"),  # 66 years 2 months
        ("1960-07-31", "2026-11-30"),  # 66 years 4 months: November has no 31st
        ("1961-02-06", "2028-01-06"),  # 66 years 11 months
        ("1961-03-05", "2028-02-05"),
        # From 6 March 1961: 67. From 6 April 1977: 68, the safe value for that year too.
        ("1961-03-06", "2028-03-06"),
        ("1977-04-05", "2044-04-05"),
        ("1977-04-06", "2045-04-06"),
        ("1978-04-06", "2046-04-06"),
        ("1996-02-29", "2064-02-29"),
        ("1997-12-31", "2065-12-31"),
    ],
)
def test_pension_age(born, reached):
    assert law.pension_on(date.fromisoformat(born)) == date.fromisoformat(reached)


@pytest.mark.parametrize(
    ("claim", "last"),
    [
        ("contract_or_tort", date(2032, 3, 5)),
        ("harassment", date(2032, 3, 5)),
        ("personal_injury", date(2029, 3, 5)),
        ("defamation", date(2027, 3, 5)),
    ],
)
def test_how_long_a_claim_may_be_brought(claim, last):
    assert law.limitation(claim, from_on=date(2026, 3, 5)) == last


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [("P6Y", 72, 0), ("P18M", 18, 0), ("P30D", 0, 30), ("P1Y6M", 18, 0), ("P0D", 0, 0)],
)
def test_a_period_is_read(text, months, days):
    assert law.period(text) == law.Period(months=months, days=days)


@pytest.mark.parametrize("text", ["", "P", "6Y", "P6", "PT6H", "six years", None, 6])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match="is not a period"):
        law.period(text)


def test_months_are_added_before_days():
    # 31 January and one month is 28 February; two days later is 2 March.
    assert law.Period(months=1, days=2).after(date(2027, 1, 31)) == date(2027, 3, 2)


def test_each_nation_has_its_own_words():
    assert law.nation("Northern Ireland")["title"] == "Northern Ireland"
    assert law.nation("wales")["regulator"] == "Education Workforce Council"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: law.deadline("lado"),
        lambda: law.unit("fortnights"),
        lambda: law.provision("magna_carta"),
        lambda: law.edition("hansard", received_on=date(2026, 1, 1)),
        lambda: law.limitation("trespass", from_on=date(2026, 1, 1)),
    ],
)
def test_what_is_not_known_is_refused_by_name(ask):
    with pytest.raises(ValueError, match="is not one we know; known are"):
        ask()


@pytest.mark.parametrize("name", law.deadline_names())
def test_every_deadline_is_whole(name):
    rule = law.deadline(name)
    assert rule.basis in ("statute", "policy", "default")
    assert law.unit(rule.unit).says
    assert rule.title
    assert rule.source


def test_the_deadlines_asked_for_by_name_are_all_there():
    asked = (
        "lado_contact ico_72h sar sar_extended dp_complaint_ack defamation_48h poster_reply companion_postponement "
        "hearing_notice employee_papers outcome_letter appeal_lodged appeal_heard suspension_letter suspension_review "
        "first_case_review investigation_target governor_notice platform_chase rhc_open foi_school"
    )
    assert set(asked.split()) <= set(law.deadline_names())
