"""The single rules of routing, each tried on a small concern made for it."""

import itertools
from datetime import date

import pytest
from pydantic import TypeAdapter

from incidents.rules import route
from incidents.rules.answer import Answer
from schools import policy
from tests.rules.route_tables import PACKS, concerns, facts, in_short

PACK = policy.shipped()
ALL_SAINTS, ARCHWAY, LTE = PACK["allsaints-2022"], PACK["archway-2019"], PACK["lte-2019-09"]
SOVEREIGN, LWLAT = PACK["sovereign-5.0"], PACK["lwlat-1.4"]
SCHOOL = {
    "head_of_school": ["H"],
    "dsl": ["D"],
    "deputy_dsl": ["E"],
    "chair_of_local_board": ["G"],
    "ceo": ["C"],
    "chair_of_trustees": ["T"],
    "dpo": ["O"],
    "hr_lead": ["R"],
}


def concern(code="DISPARAGE", *, about=None, **more):
    """A concern about one member of staff, S, unless told otherwise."""
    subject = {"key": "S", "part": "subject", "kind": "staff"} | (about or {})
    given = {
        "code": code,
        "direction": "staff_act",
        "reported_at": "2026-02-24T13:20:00+00:00",  # a Tuesday
        "people": [subject],
        "office_holders": SCHOOL,
    }
    return given | more


def told(answer):
    return {row["role"]: row["person"] for row in answer["tell"]}


# ---------------------------------------------------------------------------------- over every concern


EVERYWHERE = [
    (trust, key, pack)
    for trust in PACKS
    for key in concerns(trust)
    for pack in ("allsaints-2022", "sovereign-5.0", "model")
]


@pytest.mark.parametrize(("trust", "key", "pack"), EVERYWHERE)
def test_nobody_is_told_what_is_hidden_from_them_or_asked_to_act_where_they_stand_aside(trust, key, pack):
    answer = route.answer(facts(trust, concerns(trust)[key]), PACK[pack])
    barred = {row["person"] for row in answer["hidden"]}
    barred |= {row["person"] for row in answer["standing_aside"] if not row["conduct_only"]}
    acting = {row["person"] for row in (*answer["tell"], *answer["takes_over"])}
    acting |= {answer["threshold_answered_by"], answer["threshold_consulted"]}
    assert not barred & (acting - {None})
    assert answer["tell"], "somebody must always be told"


@pytest.mark.parametrize(("trust", "key"), [(trust, key) for trust in PACKS for key in concerns(trust)])
def test_the_order_of_people_and_codes_changes_nothing(trust, key):
    given = facts(trust, concerns(trust)[key])
    turned = given | {
        "people": list(reversed(given["people"])),
        "secondary": list(reversed(given.get("secondary", []))),
        "office_holders": dict(reversed(given["office_holders"].items())),
    }
    one, other = (in_short(route.answer(each, PACK[PACKS[trust]])) for each in (given, turned))
    assert {name: _sorted(value) for name, value in one.items()} == {
        name: _sorted(value) for name, value in other.items()
    }


def _sorted(value):
    return sorted(value) if isinstance(value, list) else value


# ---------------------------------------------------------------------------------- threshold


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


# ---------------------------------------------------------------------------------- who answers, who is told


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
    people = [{"key": "S", "part": "subject", "kind": "staff"}, {"key": "H", "part": "subject", "kind": "staff"}]
    assert route.answer(concern(people=people), ALL_SAINTS)["threshold_answered_by"] == "G"


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
    given = concern("ABUSE", direction="against_staff", people=[{"key": "S", "part": "target", "kind": "staff"}])
    assert not any(row["only_that_it_exists"] for row in route.answer(given, SOVEREIGN)["tell"])


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


# ---------------------------------------------------------------------------------- conflict inside the answer


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


# ---------------------------------------------------------------------------------- files, clauses, removal


@pytest.mark.parametrize(
    ("given", "attachments"),
    [
        ({"code": "SEXIMG"}, "forbidden"),
        ({"code": "PUPIL_CONDUCT", "secondary": ["SEXIMG"]}, "forbidden"),
        ({"code": "ABUSE", "flags": ["extortion"]}, "forbidden"),
        ({"code": "OTHER", "flags": ["extremism"]}, "forbidden"),
        ({"code": "ABUSE", "flags": ["campaign", "doxxing"]}, "allowed"),
        ({"code": "CP"}, "allowed"),
    ],
)
def test_when_a_file_may_be_added(given, attachments):
    assert route.answer(concern() | given, ALL_SAINTS)["attachments"] == attachments


@pytest.mark.parametrize(
    ("conduct_on", "clauses"),
    [
        ("2019-07-15", []),  # Archway's policy is of 16 July 2019
        ("2019-07-16", ["ARC-B3"]),
        ("2019-07", ["ARC-B3"]),
        ("2019-06", []),
        ("2018", []),
        (None, ["ARC-B3"]),
    ],
)
def test_conduct_before_the_policy_is_charged_under_none_of_its_paragraphs(conduct_on, clauses):
    answer = route.answer(concern("WORKTIME", conduct_on=conduct_on), ARCHWAY)
    assert [clause["id"] for clause in answer["clauses"]] == clauses
    assert [row["ref"] for row in answer["not_citable"]] == ([] if clauses else ["3.1"])


def test_no_paragraph_is_both_charged_and_not():
    for pack, code, way in itertools.product(PACK.values(), policy.taxonomy().codes, policy.taxonomy().directions):
        answer = route.answer(concern(code, direction=way), pack)
        assert all(row["why"].endswith(".") for row in answer["not_citable"])
        assert len({clause["id"] for clause in answer["clauses"]}) == len(answer["clauses"])


@pytest.mark.parametrize(
    ("pack", "direction", "kind", "power"),
    [
        (ARCHWAY, "staff_act", "staff", "may_demand"),
        (ARCHWAY, "staff_act", "governor", "may_demand"),
        (ARCHWAY, "staff_act", "agency", "may_demand"),  # regular visitors are users
        (ARCHWAY, "staff_act", "former_staff", "request_only"),  # no longer covered
        (ARCHWAY, "against_staff", "parent", "request_only"),
        (ARCHWAY, "against_org", "external", "request_only"),
        (ARCHWAY, "pupil_act", "pupil", "request_only"),
        (ARCHWAY, "inbound_to_staff", "pupil", "not_applicable"),
        (SOVEREIGN, "staff_act", "staff", "may_demand"),
        (SOVEREIGN, "staff_act", "contractor", "may_demand"),
        (SOVEREIGN, "unknown", "parent", "request_only"),
        (LTE, "staff_act", "staff", "no_express_power"),
        (LTE, "staff_act", "contractor", "no_express_power"),
        (LTE, "against_staff", "parent", "request_only"),
        (ALL_SAINTS, "staff_act", "staff", "no_express_power"),
        (ALL_SAINTS, "against_staff", "parent", "request_only"),
        (LWLAT, "staff_act", "staff", "not_legible"),
        (LWLAT, "against_staff", "parent", "request_only"),
    ],
)
def test_who_may_be_told_to_take_a_post_down(pack, direction, kind, power):
    answer = route.answer(concern(direction=direction, about={"kind": kind}), pack)
    assert answer["removal"]["power"] == power
    assert answer["removal"]["refusal_is_breach"] is (power == "may_demand")
    assert bool(answer["removal"]["ref"]) is (power == "may_demand")


@pytest.mark.parametrize(
    ("pack", "kind", "covered"),
    [
        (LTE, "staff", True),
        (LTE, "agency", False),
        (LTE, "governor", False),
        (ALL_SAINTS, "governor", True),
        (ALL_SAINTS, "volunteer", True),
        (ALL_SAINTS, "agency", False),
        (ALL_SAINTS, "contractor", False),
        (ARCHWAY, "volunteer", True),
        (SOVEREIGN, "agency", True),
        (LWLAT, "trustee", True),
        (LWLAT, "contractor", True),
    ],
)
def test_whom_a_policy_covers(pack, kind, covered):
    assert (route.answer(concern(about={"kind": kind}), pack)["not_covered"] == []) is covered


def test_a_policy_that_is_silent_is_said_to_be_silent_and_others_are_offered():
    given = concern("ABUSE", direction="against_staff", people=[])
    answer = route.answer(given, LTE)
    assert answer["silent_on"] == ["ABUSE"]
    assert answer["rely_on"] == list(LTE.related_policies)
    assert answer["clauses"] == []


def test_a_charge_under_a_general_paragraph_alone_offers_the_other_policies_too():
    answer = route.answer(concern("DISPARAGE"), ARCHWAY)
    assert [clause["ref"] for clause in answer["clauses"]] == ["2.3"]
    assert "Code of Conduct" in answer["rely_on"]


# ---------------------------------------------------------------------------------- the page's sentences


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


# ---------------------------------------------------------------------------------- the shape of the answer


@pytest.mark.parametrize("trust", list(PACKS))
def test_every_answer_has_exactly_the_shape_that_is_published(trust):
    shape = TypeAdapter(Answer)  # a key that it does not know is dropped, and then the two differ
    for row in concerns(trust).values():
        answer = route.answer(facts(trust, row), PACK[PACKS[trust]])
        assert shape.validate_python(answer, strict=True) == answer


def test_the_schema_names_every_code_and_refuses_what_it_does_not_know():
    given = route.schema()["input"]
    assert given["additionalProperties"] is False
    assert set(given["required"]) == {"code", "reported_at"}
    assert set(given["properties"]["code"]["enum"]) == set(policy.taxonomy().codes)
