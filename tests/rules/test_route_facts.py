"""Facts are read strictly: what is missing, unknown or wrong is said in one plain sentence, and nothing is guessed."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from incidents.rules import facts, route
from schools import policy

LEAST = {"code": "ABUSE", "reported_at": "2026-02-24T13:20:00+00:00"}
ALL_SAINTS = policy.shipped()["allsaints-2022"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": None}, "“code” is missing."),
        ({"reported_at": ""}, "“reported_at” is missing."),
        ({"code": "RUDE"}, "“RUDE” is not a code this program knows."),
        ({"code": "NOT_REMOVED"}, "“NOT_REMOVED” is not a code this program knows."),
        ({"secondary": ["RUDE"]}, "“RUDE” is not a code this program knows."),
        ({"direction": "sideways"}, "“sideways” is not a direction this program knows."),
        ({"reported_at": "2026-02-24T13:20:00"}, "“reported_at” needs its zone, as in 2026-02-24T13:20:00+00:00."),
        ({"known_at": "2026-02-24T13:20:00"}, "“known_at” needs its zone, as in 2026-02-24T13:20:00+00:00."),
        ({"conduct_on": "last week"}, "“last week” is not a day;"),
        ({"conduct_on": "2026-02-30"}, "“2026-02-30” is not a day;"),
        ({"conduct_on": "2026-02-24T13:20:00"}, "“2026-02-24T13:20:00” is not a day;"),
        ({"threat": "no"}, "“threat” cannot be read: "),
        ({"threat": 1}, "“threat” cannot be read: "),
        ({"child_at_risk": "yes"}, "“child_at_risk” cannot be read: "),
        ({"secondry": ["PDATA"]}, "“secondry” is not a fact this program knows."),
        ({"nation": "france"}, "'france' is not a nation we know"),
        ({"flags": ["shouting"]}, "“shouting” is not a flag this program knows."),
        ({"people": [{"key": "A", "part": "culprit"}]}, "“culprit” is not a part this program knows."),
        ({"people": [{"key": "A", "kind": "ghost"}]}, "“ghost” is not a kind of person this program knows."),
        ({"people": [{"part": "subject"}]}, "“people.0.key” is missing."),
        ({"people": [{"key": "A", "name": "Al"}]}, "“people.0.name” is not a fact this program knows."),
        (
            {"people": [{"key": "A", "relations": [{"to": "B", "kind": "friend_of"}]}]},
            "“friend_of” is not a relation this program knows.",
        ),
        ({"people": "A"}, "“people” cannot be read: "),
        ({"office_holders": {"dsl": "P075"}}, "“office_holders.dsl” cannot be read: "),
        ({"reported_at": 1_771_939_200}, "“reported_at” cannot be read: "),
    ],
)
def test_a_wrong_fact_is_refused_in_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=r"\.$") as refused:
        route.answer(LEAST | wrong, ALL_SAINTS)
    said = str(refused.value)
    assert said.startswith(sentence)
    assert said.endswith(".")
    assert "\n" not in said


def test_facts_that_are_no_object_are_refused():
    with pytest.raises(ValueError, match=r"^The facts of a concern are one object"):
        route.answer(["ABUSE"], ALL_SAINTS)


def test_what_is_absent_null_or_empty_is_unknown():
    read = facts.read(LEAST | {"direction": None, "conduct_on": "", "people": [{"key": "A", "kind": None}]})
    assert read.way == "against_staff"  # what ABUSE usually is
    assert read.conduct_on is None
    assert read.people[0].kind is None


def test_labels_of_a_row_are_passed_over():
    assert facts.read(LEAST | {"key": "C021", "trust": "allsaints", "school": "SEH"}) == facts.read(LEAST)


def test_times_and_days_are_read_as_objects_too():
    read = facts.read(
        LEAST | {"reported_at": datetime(2026, 2, 24, 13, 20, tzinfo=UTC), "conduct_on": date(2026, 2, 24)}
    )
    assert read == facts.read(LEAST | {"conduct_on": "2026-02-24"})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026", "2026"),
        ("2026-02", "2026-02"),
        ("2026-02-24", "2026-02-24"),
        ("2026-06-24T23:30:00+00:00", "2026-06-25"),  # half past midnight in the United Kingdom
    ],
)
def test_the_day_of_the_conduct_is_kept_as_far_as_it_is_known(given, kept):
    assert facts.read(LEAST | {"conduct_on": given}).conduct_on == kept


def test_a_day_of_first_knowledge_counts_from_its_first_moment():
    read = facts.read(LEAST | {"reported_at": "2026-06-24T09:00:00+01:00", "known_at": "2026-06-23"})
    assert read.first_known_at == datetime(2026, 6, 22, 23, 0, tzinfo=UTC)


def test_first_knowledge_is_never_later_than_the_report():
    late = datetime(2026, 2, 24, 13, 20, tzinfo=UTC) + timedelta(hours=2)
    assert facts.read(LEAST | {"known_at": late}).first_known_at == datetime(2026, 2, 24, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("known_by_roles", "first_by"),
    [
        (None, {"deputy_dsl", "dsl"}),  # not said: taken to be whoever reported it, by row and by office
        ([], set()),  # said to be nobody in office
        (["hr_lead"], {"hr_lead"}),
    ],
)
def test_who_knew_first_is_taken_from_the_reporter_only_where_nobody_says(known_by_roles, first_by):
    people = [{"key": "A", "part": "reporter", "roles": ["deputy_dsl"]}]
    given = LEAST | {"people": people, "office_holders": {"dsl": ["A"]}, "known_by_roles": known_by_roles}
    assert facts.read(given).known_first_by == first_by


def test_a_sub_code_is_a_detail_and_not_a_code_of_its_own():
    read = facts.read(LEAST | {"code": "PROCESS", "secondary": ["NOT_REMOVED", "PROCESS", "PDATA"]})
    assert read.codes == ("PROCESS", "PDATA")


@pytest.mark.sweep
def test_routing_runs_without_the_web_framework():
    asked = "import sys; import incidents.rules.route; print('django' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
