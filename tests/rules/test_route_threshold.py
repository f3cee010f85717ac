"""The threshold question: of whom it is asked, what opens it, who answers it, and when the clocks began."""

import pytest

from incidents.rules import route
from schools import policy
from tests.rules.route_tables import concern

ALL_SAINTS = policy.shipped()["allsaints-2022"]


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("staff", True),
        ("agency", True),
        ("contractor", True),
        ("volunteer", True),
        ("governor", True),
        ("trustee", True),
        ("former_staff", True),  # unless it is known to have happened after they left
        ("pupil", False),
        ("former_pupil", False),
        ("parent", False),
        ("external", False),
    ],
)
@pytest.mark.parametrize("code", ["WORKTIME", "PUPIL_CONTACT"])
def test_the_question_is_asked_of_adults_who_work_here_whatever_the_code(kind, asked, code):
    assert route.answer(concern(code, about={"kind": kind}), ALL_SAINTS)["threshold_question"] is asked


@pytest.mark.parametrize(
    ("left_on", "conduct_on", "asked"),
    [
        ("2026-02-13", "2026-02-14", False),
        ("2026-02-13", "2026-02-13", True),
        ("2026-02-13", "2026-02", True),  # some day of that month: not known to be later
        ("2026-02-13", "2026-03", False),
        ("2026-02-13", None, True),
        (None, "2026-02-20", True),
    ],
)
def test_conduct_known_to_be_after_leaving_asks_nothing(left_on, conduct_on, asked):
    about = {"kind": "former_staff", "left_on": left_on}
    assert route.answer(concern(about=about, conduct_on=conduct_on), ALL_SAINTS)["threshold_question"] is asked


LISTED = {"PUPIL_CONTACT", "FORMER_CONTACT", "IMAGE", "SEXIMG", "CP", "BULLY", "OFFENSIVE"}
BREACH = {"PDATA", "CONFID", "IMAGE", "ACCOUNT", "IDENTITY"}


@pytest.mark.parametrize("code", sorted(policy.taxonomy().codes))
@pytest.mark.parametrize("place", ["primary", "secondary"])
def test_which_codes_open_which_screen(code, place):
    given = concern(code) if place == "primary" else concern("WORKTIME", secondary=[code])
    wanted = [screen for screen, codes in (("harm_threshold", LISTED), ("data_breach", BREACH)) if code in codes]
    answer = route.answer(given, ALL_SAINTS)
    assert answer["screens"] == wanted
    assert [clock["key"] for clock in answer["clocks"]] == ["lado_contact"] * (code == "CP") + ["ico_72h"] * (
        code in BREACH
    )


@pytest.mark.parametrize(
    ("who_knew", "due"),
    [
        # known on Sunday 22 February, reported on Tuesday 24: only a leader's knowledge starts the day
        (["head_of_school"], "2026-02-23T23:59:59+00:00"),
        (["dsl"], "2026-02-23T23:59:59+00:00"),
        (["deputy_dsl"], "2026-02-23T23:59:59+00:00"),
        (["chair_of_local_board"], "2026-02-23T23:59:59+00:00"),
        (["hr_lead"], "2026-02-23T23:59:59+00:00"),
        (["ceo"], "2026-02-23T23:59:59+00:00"),
        (["leadership_team"], "2026-02-23T23:59:59+00:00"),
        (["line_manager"], "2026-02-25T23:59:59+00:00"),
        (["it_lead"], "2026-02-25T23:59:59+00:00"),
        ([], "2026-02-25T23:59:59+00:00"),
    ],
)
def test_whose_knowledge_starts_the_day_for_the_lado(who_knew, due):
    given = concern("CP", known_at="2026-02-22T18:00:00+00:00", known_by_roles=who_knew)
    assert [clock["due_at"] for clock in route.answer(given, ALL_SAINTS)["clocks"]] == [due]


def test_the_72_hours_start_with_anybodys_certainty_and_run_through_the_change_of_clocks():
    given = concern(
        "PDATA", reported_at="2026-03-29T20:00:00+01:00", known_at="2026-03-28T12:00:00+00:00", known_by_roles=[]
    )
    # noon on Saturday, winter time; the clocks go forward on Sunday, so 72 hours later is one o'clock on Tuesday
    assert route.answer(given, ALL_SAINTS)["clocks"][0]["due_at"] == "2026-03-31T13:00:00+01:00"
