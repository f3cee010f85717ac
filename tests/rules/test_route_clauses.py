"""Which files are taken, which paragraphs may be charged, who may be told to take a post down, and the silences."""

import itertools

import pytest

from incidents.rules import route
from schools import policy
from tests.rules.route_tables import concern

PACK = policy.shipped()
ALL_SAINTS, ARCHWAY, LTE = PACK["allsaints-2022"], PACK["archway-2019"], PACK["lte-2019-09"]
SOVEREIGN, LWLAT = PACK["sovereign-5.0"], PACK["lwlat-1.4"]


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


@pytest.mark.sweep
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
