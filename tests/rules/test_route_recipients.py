"""Who is told and who answers, who may not see it, and the sentences the page says it in."""

import itertools
from datetime import date

import pytest

from incidents.rules import route
from schools import policy
from tests.rules.route_tables import SCHOOL, concern, told

PACK = policy.shipped()
ALL_SAINTS, ARCHWAY = PACK["allsaints-2022"], PACK["archway-2019"]
SOVEREIGN, LWLAT = PACK["sovereign-5.0"], PACK["lwlat-1.4"]


@pytest.mark.parametrize(
    ("key", "kind", "roles", "answers"),
    [
        ("S", "staff", [], "H"),
        ("D", "staff", ["dsl"], "H"),
        ("S", "volunteer", [], "H"),
        ("H", "staff", ["head_of_school"], "G"),
        ("C", "staff", ["ceo"], "T"),
        ("G", "governor", ["chair_of_local_board"], "C"),
        ("S", "governor", ["local_board"], "G"),
        ("S", "trustee", ["trust_board"], "T"),
        ("T", "trustee", ["chair_of_trustees"], None),
    ],
)
def test_who_answers_for_whom(key, kind, roles, answers):
    about = {"key": key, "kind": kind, "roles": roles}
    answer = route.answer(concern(about=about), ALL_SAINTS)
    assert answer["threshold_answered_by"] == answers


def test_an_office_is_known_from_the_list_of_holders_alone():
    assert route.answer(concern(about={"key": "H"}), ALL_SAINTS)["threshold_answered_by"] == "G"


def test_two_people_it_is_about_are_answered_for_by_the_higher():
    # the head would answer for S; for the chief executive only the chair of trustees can
    people = [{"key": key, "part": "subject", "kind": "staff"} for key in "SC"]
    assert route.answer(concern(people=people), ALL_SAINTS)["threshold_answered_by"] == "T"


def test_a_head_who_is_the_dsl_too_consults_somebody_else():
    answer = route.answer(concern(office_holders=SCHOOL | {"dsl": ["H"], "deputy_dsl": []}), ALL_SAINTS)
    assert answer["threshold_answered_by"] == "H"
    assert answer["threshold_consulted"] == "C"


def test_a_chain_that_is_named_to_the_last_goes_to_the_trust_and_the_lado():
    people = [{"key": key, "part": "subject", "kind": "staff"} for key in "HGCT"]
    answer = route.answer(concern(people=people), ALL_SAINTS)
    head = next(row for row in answer["takes_over"] if row["for_role"] == "head_of_school")
    assert head["person"] is None
    assert "LADO is rung" in head["why"]
    assert route.summary(answer)[1] == (
        "The trust, with the LADO's number at hand: nobody is known who is free to act as "
        "Chair of governors and Chief executive and Chair of trustees, "
        "by the end of Tuesday 24 February 2026 (our suggestion): the law, Keeping children safe in education."
    )


def test_an_office_shared_by_two_passes_to_nobody_while_one_of_them_is_free():
    about = {"relations": [{"to": "D", "kind": "partner_of"}]}
    answer = route.answer(concern(about=about, office_holders=SCHOOL | {"dsl": ["D", "B"]}), ALL_SAINTS)
    assert answer["takes_over"] == []
    assert told(answer)["dsl"] == "B"


@pytest.mark.sweep
def test_hr_is_told_by_nobodys_default():
    for pack, code in itertools.product(PACK.values(), policy.taxonomy().codes):
        assert "hr_lead" not in told(route.answer(concern(code), pack))


def test_a_policy_adds_to_the_head_and_never_replaces_them():
    # LwLAT 4.3 names the DSL alone
    assert told(route.answer(concern(), LWLAT)) == {"dsl": "D", "head_of_school": "H"}


def test_a_concern_about_staff_nobody_has_named_yet_still_goes_to_the_head():
    assert told(route.answer(concern(people=[]), LWLAT)) == {"dsl": "D", "head_of_school": "H"}


def test_whoever_only_the_policy_names_hears_no_more_than_that_it_exists_while_a_childs_safety_is_unanswered():
    # Sovereign V5 adds the Executive Headteacher and the CEO to the head
    rows = route.answer(concern("PUPIL_CONTACT", office_holders=SCHOOL | {"executive_head": ["X"]}), SOVEREIGN)["tell"]
    assert {row["role"]: row["only_that_it_exists"] for row in rows} == {
        "executive_head": True,
        "head_of_school": False,
        "ceo": True,
        "dsl": False,
    }


def test_nothing_is_held_back_where_no_question_is_open():
    # V5 speaks of misuse by anybody unknown as well; a parent is asked no question
    rows = route.answer(concern(direction="unknown", about={"kind": "parent"}), SOVEREIGN)["tell"]
    assert {row["role"]: row["only_that_it_exists"] for row in rows} == {
        "executive_head": False,
        "head_of_school": False,
        "ceo": False,
    }


def test_a_child_in_danger_brings_in_the_dsl_where_a_policy_forgets_them():
    given = concern("WORKTIME", child_at_risk=True)
    row = next(row for row in route.answer(given, SOVEREIGN)["tell"] if row["role"] == "dsl")
    assert (row["person"], row["basis"]) == ("D", "statute")
    assert "999" in row["wording"]


def test_imagery_by_a_member_of_staff_goes_to_the_dsl_and_the_head_and_nobody_else():
    assert told(route.answer(concern("SEXIMG"), SOVEREIGN)) == {"dsl": "D", "head_of_school": "H"}


@pytest.mark.parametrize(("circumstances", "refs"), [([], ["5.e"]), (["own_content"], ["5.e", "6.i"])])
def test_a_duty_that_needs_a_circumstance_waits_for_it(circumstances, refs):
    given = concern(circumstances=circumstances, office_holders=SCHOOL | {"leadership_team": ["H", "D"]})
    rows = route.answer(given, ALL_SAINTS)["tell"]
    assert [row["ref"] for row in rows if row["basis"] == "policy"] == refs


def test_in_wales_the_guidance_is_the_one_of_wales():
    row = next(row for row in route.answer(concern(nation="wales"), LWLAT)["tell"] if row["role"] == "head_of_school")
    assert row["ref"] == "Keeping learners safe"


def test_a_limit_of_ours_is_never_shown_as_the_policys():
    rows = route.answer(concern(), ALL_SAINTS)["tell"]
    assert {(row["basis"], row["due_basis"]) for row in rows} == {("policy", "default"), ("statute", "default")}


def test_a_head_whose_own_failure_is_in_issue_gives_the_threshold_to_the_chair():
    # as where the head's office never sent out the list on which the charge rests
    people = [
        {"key": "H", "part": "reporter", "kind": "staff", "in_issue": ["failure"]},
        {"key": "S", "part": "subject", "kind": "staff"},
    ]
    answer = route.answer(concern("IMAGE", people=people), LWLAT)
    assert {"person": "H", "conduct_only": False}.items() <= answer["standing_aside"][0].items()
    assert answer["threshold_answered_by"] == "G"
    assert told(answer)["head_of_school"] == "G"


def test_a_relative_who_is_neither_named_nor_in_office_is_not_in_the_answer():
    about = {"relations": [{"to": "Z", "kind": "parent_of"}, {"to": "D", "kind": "partner_of"}]}
    answer = route.answer(concern(about=about), ALL_SAINTS)
    assert [row["person"] for row in answer["hidden"]] == ["S", "D"]
    assert answer["takes_over"][0] | {"why": ""} == {"for_role": "dsl", "person": "E", "why": ""}


def test_no_reason_given_to_one_person_names_another():
    about = {"relations": [{"to": "D", "kind": "partner_of"}]}
    reasons = [row["why"] for row in route.answer(concern(about=about), ALL_SAINTS)["hidden"]]
    assert reasons == ["the person this is about", "partner of the person this is about"]


def test_who_needs_to_know_is_one_sentence_a_person():
    names = {"D": "Joan Ampleforth", "H": "Harriet Quayle"}
    given = concern("ABUSE", direction="against_staff", people=[{"key": "S", "part": "target", "kind": "staff"}])
    assert route.summary(route.answer(given, ALL_SAINTS), names) == [
        "Harriet Quayle, Head of School, by the end of Tuesday 24 February 2026 (our suggestion): your policy, 9.d.",
        "Joan Ampleforth, DSL, by the end of Tuesday 24 February 2026 (our suggestion): your policy, 5.e.",
    ]


def test_one_person_in_two_offices_is_one_sentence():
    given = concern("SPAM", office_holders=SCHOOL | {"dsl": ["H"]})
    assert route.summary(route.answer(given, ARCHWAY)) == [
        "H, Principal and Designated Safeguarding Lead (DSL), by the end of Tuesday 24 February 2026: our suggestion."
    ]


def test_an_agency_whose_contact_nobody_named_is_told_all_the_same():
    assert route.summary(route.answer(concern("SPAM", about={"kind": "agency"}), ARCHWAY))[-1] == (
        "Supply agency, by the end of Wednesday 25 February 2026 (our suggestion): "
        "the law, Keeping children safe in education."
    )


def test_an_overdue_policy_goes_on_in_force_and_is_shown_as_overdue():
    given = concern(reported_at="2025-09-01T09:00:00+01:00")
    # Sovereign's review fell due on 23 September 2025
    assert route.answer(given, SOVEREIGN)["pack"]["review_overdue_since"] is None
    late = route.answer(given, SOVEREIGN, today=date(2026, 11, 20))["pack"]
    assert late == {"id": "sovereign-5.0", "version": "5.0", "review_overdue_since": "2025-09-23"}
