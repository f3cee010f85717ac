"""When things are due, each expected moment counted by hand beside the case."""

from datetime import UTC, date, datetime

import pytest

from schools.calendar import LONDON, Calendar
from schools.deadlines import due


def at(text):
    """A UK clock time, none of them in an hour that is lost or comes twice."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def day(text):
    return date.fromisoformat(text)


def ends(result):
    return result.due_at.isoformat()


# Bank holidays in play: Fri 25 and Mon 28 December 2026, Fri 1 January 2027.
VECTORS = [
    # Friday to Monday: the weekend does not count.
    ({"rule": "lado_contact", "start": at("2026-12-18T16:00")}, "2026-12-21T23:59:59+00:00"),
    # Thu 24: 25 bank holiday, 26 and 27 weekend, 28 bank holiday, 29 is day 1.
    ({"rule": "lado_contact", "start": at("2026-12-24T10:00")}, "2026-12-29T23:59:59+00:00"),
    # 72 hours are three whole days.
    ({"rule": "ico_72h", "start": at("2026-12-18T15:30")}, "2026-12-21T15:30:00+00:00"),
    # Fri 10:00 to midnight 14 h, Mon 24 h (38), Tue 10 h (48).
    ({"rule": "defamation_48h", "start": at("2026-12-18T10:00")}, "2026-12-22T10:00:00+00:00"),
    # Thu 24 09:30 to midnight 14.5 h, Tue 29 24 h (38.5), Wed 30 9.5 h (48).
    ({"rule": "defamation_48h", "start": at("2026-12-24T09:30")}, "2026-12-30T09:30:00+00:00"),
    # Starts on Saturday: the clock begins on Monday 00:00 and ends with Tuesday.
    ({"rule": "defamation_48h", "start": at("2026-12-19T14:00")}, "2026-12-23T00:00:00+00:00"),
    # Sent on the 21st: the fifth day after is the 26th, weekend and holiday or not.
    ({"rule": "poster_reply", "start": day("2026-12-21")}, "2026-12-26T23:59:59+00:00"),
    # Wed 23: 24 (1), 29 (2), 30 (3), 31 (4), Mon 4 Jan (5).
    ({"rule": "companion_postponement", "start": day("2026-12-23")}, "2027-01-04T23:59:59+00:00"),
    # Dec 2, 3, 4 (3), 7 to 11 (8), 14 to 18 (13), 21, 22 (15).
    ({"unit": "working_days", "n": 15, "start": day("2026-12-01")}, "2026-12-22T23:59:59+00:00"),
    # 15 to 18 (4), 21 to 24 (8), 29 (9), 30 (10).
    ({"rule": "appeal_lodged", "start": day("2026-12-14")}, "2026-12-30T23:59:59+00:00"),
    # 31 January plus a month is Sun 28 February, so Monday 1 March.
    ({"rule": "sar", "start": day("2027-01-31")}, "2027-03-01T23:59:59+00:00"),
    # 30 November plus 30 days.
    ({"rule": "dp_complaint_ack", "start": day("2026-11-30")}, "2026-12-30T23:59:59+00:00"),
    # 3 December plus 30 days is Sat 2 January, so Monday 4.
    ({"rule": "dp_complaint_ack", "start": day("2026-12-03")}, "2027-01-04T23:59:59+00:00"),
    ({"unit": "calendar_months", "n": 12, "start": day("2026-02-28")}, "2027-02-28T23:59:59+00:00"),
    ({"unit": "calendar_months", "n": 12, "start": day("2028-02-29")}, "2029-02-28T23:59:59+00:00"),
    # 31 January plus three months is Fri 30 April; British Summer Time has begun.
    ({"rule": "sar_extended", "start": day("2027-01-31")}, "2027-04-30T23:59:59+01:00"),
    # Four weeks.
    ({"rule": "first_case_review", "start": day("2026-03-11")}, "2026-04-08T23:59:59+01:00"),
    # Backwards from Mon 23 Nov: 20 (1), 19 (2), 18 (3).
    ({"rule": "employee_papers", "start": day("2026-11-23")}, "2026-11-18T23:59:59+00:00"),
    # Same day: day 0, even a Sunday.
    ({"unit": "working_days", "n": 0, "start": day("2026-12-20")}, "2026-12-20T23:59:59+00:00"),
    # A number without a unit counts working days: Fri 18, then 21 (1), 22 (2).
    ({"n": 2, "start": day("2026-12-18")}, "2026-12-22T23:59:59+00:00"),
    # The trust's own five days of notice: Thu 5 Nov, then 6 (1), 9 to 12 (5).
    ({"rule": "hearing_notice", "n": 5, "start": day("2026-11-05")}, "2026-11-12T23:59:59+00:00"),
]


@pytest.mark.parametrize(("asked", "expected"), VECTORS)
def test_due(asked, expected):
    assert ends(due(**asked)) == expected


def test_seventy_two_hours_are_elapsed_hours_when_the_clocks_go_forward():
    # Sat 28 March 2026 12:00 GMT plus 72 hours is Tue 31 March 12:00 GMT, which the clock shows as 13:00.
    assert ends(due(rule="ico_72h", start=at("2026-03-28T12:00"))) == "2026-03-31T13:00:00+01:00"


def test_seventy_two_hours_are_elapsed_hours_when_the_clocks_go_back():
    # Sat 25 October 2025 02:00 BST is 01:00 UTC; Tuesday 01:00 UTC is 01:00 by the clock.
    assert ends(due(rule="ico_72h", start=at("2025-10-25T02:00"))) == "2025-10-28T01:00:00+00:00"


def test_the_day_of_a_moment_is_its_day_in_london():
    # 23:30 UTC on Thu 2 July is 00:30 on Fri 3 July, so one working day ends on Mon 6 July.
    late = datetime(2026, 7, 2, 23, 30, tzinfo=UTC)
    assert ends(due(rule="lado_contact", start=late)) == "2026-07-06T23:59:59+01:00"


def test_each_nation_counts_its_own_bank_holidays():
    # Fri 27 November 2026: Mon 30 is St Andrew's Day, so Scotland's first working day is Tue 1 December.
    assert due(rule="lado_contact", start=day("2026-11-27"), nation="scotland").due_on == day("2026-12-01")
    assert due(rule="lado_contact", start=day("2026-11-27"), nation="wales").due_on == day("2026-11-30")
    # Mon 16 March 2026: St Patrick's Day is a bank holiday in Northern Ireland only.
    assert due(rule="lado_contact", start=day("2026-03-16"), nation="northern_ireland").due_on == day("2026-03-18")
    # Thu 2 April 2026: Good Friday everywhere, Easter Monday not in Scotland.
    assert due(rule="lado_contact", start=day("2026-04-02"), nation="scotland").due_on == day("2026-04-06")
    assert due(rule="lado_contact", start=day("2026-04-02"), nation="england").due_on == day("2026-04-07")


def test_the_defamation_clock_keeps_the_bank_holidays_of_england_and_wales_everywhere():
    # Friday noon to Tuesday noon: Mon 30 November is a bank holiday in Scotland and not in England and Wales.
    result = due(rule="defamation_48h", start=at("2026-11-27T12:00"), nation="scotland")
    assert ends(result) == "2026-12-01T12:00:00+00:00"


def test_school_holidays_stop_no_working_day_clock():
    shut = Calendar(breaks=((day("2026-10-26"), day("2026-10-30")),))
    # Thu 22 October: 23 (1), 26 (2).
    assert due(rule="platform_chase", start=day("2026-10-22"), calendar=shut).due_on == day("2026-10-26")


AUTUMN = Calendar(
    terms=((day("2026-09-01"), day("2026-12-18")), (day("2027-01-04"), day("2027-03-25"))),
    breaks=((day("2026-10-26"), day("2026-10-30")),),
)


def test_freedom_of_information_counts_school_days():
    # From Thu 1 October: 2 (1), 5 to 9 (6), 12 to 16 (11), 19 to 23 (16), half-term, 2 to 5 November (20).
    assert due(rule="foi_school", start=day("2026-10-01"), calendar=AUTUMN).due_on == day("2026-11-05")


def test_freedom_of_information_never_takes_longer_than_sixty_working_days():
    # A school shut from 17 October to the New Year needs until 14 January for 20 school days: 2 to 16 October (11),
    # 4 to 8 January (16), 11 to 14 January (20). Sixty working days without the bank holidays of any nation: October 2
    # to 30 (21), November 2 to 27 (41), 30 is St Andrew's Day, December 1 to 24 (59), 25 and 28 out, 29 (60).
    shut = Calendar(
        terms=((day("2026-10-01"), day("2026-10-16")), (day("2027-01-04"), day("2027-03-25"))),
    )
    assert due(rule="foi_school", start=day("2026-10-01"), calendar=shut).due_on == day("2026-12-29")


def test_freedom_of_information_without_term_dates_names_no_date_but_the_latest():
    result = due(rule="foi_school", start=day("2026-10-01"))
    assert (result.due_at, result.due_on) == (None, None)
    assert "at the latest" in result.why
    assert "29 Dec 2026" in result.why


def test_scotland_counts_freedom_of_information_in_its_own_working_days():
    # Thu 1 October 2026: 2 to 29 October is 20 weekdays, none a bank holiday in Scotland.
    result = due(rule="foi_school", start=day("2026-10-01"), nation="scotland")
    assert (result.due_on, result.unit) == (day("2026-10-29"), "working_days")


def test_a_rule_that_has_not_begun_names_no_date():
    # Data protection complaints: 30 days from 19 June 2026 on.
    before = due(rule="dp_complaint_ack", start=day("2026-06-18"))
    assert before.due_at is None
    assert "19 Jun 2026" in before.why
    # 19 June plus 30 days is Sun 19 July, so Monday 20.
    assert due(rule="dp_complaint_ack", start=day("2026-06-19")).due_on == day("2026-07-20")


def test_a_duty_not_commenced_names_no_date():
    result = due(rule="mandatory_csa_report", start=day("2026-11-23"))
    assert result.due_at is None
    assert "not in force" in result.why


def test_a_subject_access_clock_stops_while_the_school_waits():
    # 23 March plus a month is 23 April; asked on the 25th, answered on the 27th, two days: Sat 25 April, so Mon 27.
    waited = [(day("2026-03-25"), day("2026-03-27"))]
    assert due(rule="sar", start=day("2026-03-23"), paused=waited).due_on == day("2026-04-27")


def test_pauses_that_overlap_count_once_and_in_any_order():
    # 1 to 8 June is seven days, whichever way it is cut: 1 July plus seven is Wed 8 July.
    cut = [(day("2026-06-04"), day("2026-06-08")), (day("2026-06-01"), day("2026-06-05"))]
    assert due(rule="sar", start=day("2026-06-01"), paused=cut).due_on == day("2026-07-08")


def test_a_pause_after_the_due_day_changes_nothing():
    late = [(day("2026-07-02"), day("2026-07-20"))]
    assert due(rule="sar", start=day("2026-06-01"), paused=late).due_on == day("2026-07-01")


def test_a_pause_that_goes_on_leaves_no_date():
    result = due(rule="sar", start=day("2026-06-01"), paused=[(day("2026-06-10"), None)])
    assert result.due_at is None
    assert "10 Jun 2026" in result.why


def test_a_paused_count_of_working_days_gives_back_working_days():
    # 20 working days from Mon 27 April: 28 to 1 May (4), 5 to 8 (8), 11 to 15 (13), 18 to 22 (18), 26, 27 May (20);
    # paused from Fri 8 to Tue 12 May, two working days (11 and 12): 29 May.
    waited = [(day("2026-05-08"), day("2026-05-12"))]
    assert due(rule="investigation_target", start=day("2026-04-27"), paused=waited).due_on == day("2026-05-29")


@pytest.mark.parametrize("rule", ["lado_contact", "suspension_letter"])
def test_a_pause_does_not_stop_a_clock_the_law_fixes(rule):
    waited = [(day("2026-12-18"), day("2027-01-18"))]
    result = due(rule=rule, start=day("2026-12-18"), paused=waited)
    assert result.due_on == day("2026-12-21")
    assert "does not stop" in result.why


def test_a_way_opens_at_the_start_of_its_day():
    # Reported Tue 24 February 2026: more than seven days of silence, so Wed 4 March.
    result = due(rule="rhc_open", start=at("2026-02-24T15:10"))
    assert result.due_on == day("2026-03-04")
    assert result.opens_at.isoformat() == "2026-03-04T00:00:00+00:00"


@pytest.mark.parametrize(
    ("rule", "basis"),
    [("ico_72h", "statute"), ("sar", "statute"), ("hearing_notice", "default"), ("platform_chase", "default")],
)
def test_each_rule_says_on_whose_authority(rule, basis):
    assert due(rule=rule, start=at("2026-12-18T10:00")).basis == basis


def test_the_trusts_own_number_is_policy():
    assert due(rule="hearing_notice", n=5, start=day("2026-11-05")).basis == "policy"
    assert due(rule="hearing_notice", n=10, start=day("2026-11-05")).basis == "default"


def test_the_answer_says_what_it_left_out():
    assert due(rule="lado_contact", start=day("2026-12-18")).excludes == ("saturday", "sunday", "bank_holiday")
    assert due(rule="ico_72h", start=at("2026-12-18T10:00")).excludes == ()


BAD = [
    ({"rule": "lado", "start": day("2026-12-18")}, "'lado' is not one we know"),
    ({"start": day("2026-12-18")}, "Name a rule"),
    ({"rule": "sar", "unit": "working_days", "start": day("2026-12-18")}, "not both"),
    ({"unit": "fortnights", "n": 1, "start": day("2026-12-18")}, "'fortnights' is not one we know"),
    ({"unit": "working_days", "n": -1, "start": day("2026-12-18")}, "whole number"),
    ({"unit": "working_days", "n": True, "start": day("2026-12-18")}, "whole number"),
    ({"unit": "working_days", "n": 1.5, "start": day("2026-12-18")}, "whole number"),
    ({"rule": "sar", "n": 3, "start": day("2026-12-18")}, "cannot lengthen"),
    ({"rule": "ico_72h", "start": day("2026-12-18")}, "give the time as well as the day"),
    ({"rule": "sar", "start": "2026-12-18"}, "not a day or a time"),
    ({"rule": "sar", "start": datetime(2026, 12, 18, 9, 0)}, "does not say its zone"),  # noqa: DTZ001 - refused
    ({"rule": "sar", "start": day("2026-12-18"), "nation": "atlantis"}, "not a nation"),
    (
        {"rule": "sar", "start": day("2026-12-18"), "paused": [(day("2026-12-20"), day("2026-12-19"))]},
        "before it began",
    ),
    ({"rule": "sar", "start": day("2026-12-18"), "paused": [day("2026-12-20")]}, "A pause is a pair"),
    ({"unit": "calendar_days", "n": 100000, "start": day("9990-01-01")}, "further ahead"),
    ({"unit": "calendar_months", "n": 100000, "start": day("9990-01-01")}, "further ahead"),
    ({"unit": "clock_hours", "n": 100000, "start": at("9990-01-01T10:00")}, "further ahead"),
]


@pytest.mark.parametrize(("asked", "sentence"), BAD)
def test_bad_facts_are_refused_in_a_sentence(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        due(**asked)
