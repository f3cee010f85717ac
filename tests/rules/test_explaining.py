"""Questions and answers as JSON: what each kind takes and gives, and how it refuses."""

import json
from datetime import date

import jsonschema
import pytest

from reports.rules.explaining import KINDS, Setting, answered
from schools.calendar import Calendar
from schools.policy import shipped

AUTUMN = Calendar(terms=((date(2026, 9, 1), date(2026, 12, 18)),), breaks=((date(2026, 10, 26), date(2026, 10, 30)),))


def ask(kind, facts, **setting):
    line = facts if isinstance(facts, bytes) else json.dumps(facts).encode()
    return answered(KINDS[kind], line, Setting(**setting))


def test_a_deadline_is_answered_with_its_authority_and_reason():
    answer = ask("deadline", {"rule": "lado_contact", "start": "2026-12-24T10:00+00:00", "nation": "england"})
    assert answer.pop("why").startswith("Contact the local authority designated officer")
    assert answer == {
        "due_at": "2026-12-29T23:59:59+00:00",
        "unit": "working_days",
        "excludes": ["saturday", "sunday", "bank_holiday"],
        "basis": "statute",
    }


@pytest.mark.parametrize(
    ("facts", "due_at"),
    [
        # A moment given in another zone is the same moment: 18:00 at +02:00 is 16:00 in London.
        ({"rule": "ico_72h", "start": "2026-12-18T18:00+02:00"}, "2026-12-21T16:00:00+00:00"),
        ({"unit": "working_days", "n": 15, "start": "2026-12-01"}, "2026-12-22T23:59:59+00:00"),
        ({"rule": "hearing_notice", "n": 5, "start": "2026-11-05", "school": None}, "2026-11-12T23:59:59+00:00"),
        ({"rule": "lado_contact", "start": "2026-11-27", "nation": "scotland"}, "2026-12-01T23:59:59+00:00"),
        # 23 March and a month is 23 April; two days of waiting make Sat 25, so Mon 27.
        (
            {"rule": "sar", "start": "2026-03-23", "paused": [["2026-03-25", "2026-03-27"]]},
            "2026-04-27T23:59:59+01:00",
        ),
        ({"rule": "sar", "start": "2026-06-01", "paused": [["2026-06-10", None]]}, None),
        # Twenty school days from 1 October with a week's half-term: 5 November.
        ({"rule": "foi_school", "start": "2026-10-01", "school": "JUNIOR"}, "2026-11-05T23:59:59+00:00"),
        (
            {
                "rule": "foi_school",
                "start": "2026-10-01",
                "school": {
                    "terms": [["2026-09-01", "2026-12-18"]],
                    "half_terms": [["2026-10-26", "2026-10-30"]],
                    "inset": ["2026-11-02"],
                    "closures": [],
                },
            },
            "2026-11-06T23:59:59+00:00",
        ),
        ({"rule": "foi_school", "start": "2026-10-01"}, None),
        ({"rule": "dp_complaint_ack", "start": "2026-01-05"}, None),
    ],
)
def test_deadlines_from_json(facts, due_at):
    assert ask("deadline", facts, calendars={"JUNIOR": AUTUMN})["due_at"] == due_at


def test_retention_is_answered_by_part():
    facts = {
        "records": [
            {"record": "disciplinary_not_found", "part": "conduct", "conclusion_on": "2026-01-30"},
            {"record": "complaint", "part": "complaint", "resolution_on": "2026-02-05", "child_protection": True},
        ],
        "holds": [{"kind": "police", "placed_on": "2026-01-01", "released_on": None}],
        "nation": "england",
        "today": "2026-11-23",
    }
    answer = ask("retention", facts)
    assert (answer["due_on"], answer["rule"], answer["blocked_by"]) == ("2066-02-05", "RET-COMP-CP", ["police"])
    assert [part["due_on"] for part in answer["per_part"]] == ["2027-01-30", "2066-02-05"]


def test_retention_under_a_policy_uses_its_periods():
    facts = {"records": [{"record": "monitoring_log", "log_on": "2026-03-01"}], "today": "2026-11-23"}
    assert ask("retention", facts, pack=shipped()["lte-2019-09"])["authority"].startswith("Your policy, H4, H7")
    assert ask("retention", facts)["authority"] == "Our suggestion"


def test_suppression_is_answered():
    facts = {"rows": ["a"], "columns": ["x", "y", "z"], "cells": [[7, 2, 9]], "row_totals": True}
    assert ask("suppress", facts)["cells"] == [["c", "c", 9]]


def test_a_route_is_answered_under_the_trusts_policy():
    facts = {"code": "DISPARAGE", "direction": "staff_act", "reported_at": "2026-09-28T07:48:00+01:00"}
    answer = ask("route", facts, pack=shipped()["allsaints-2022"])
    assert answer["pack"]["id"] == "allsaints-2022"
    assert answer["threshold_question"] in (True, False)


@pytest.mark.parametrize(
    ("kind", "line", "sentence"),
    [
        ("deadline", b"{", "not JSON"),
        ("deadline", b"\xff\xfe", "not JSON"),
        ("deadline", b"[" * 100_000, "not JSON"),
        ("deadline", b"[1, 2]", "one object with named facts"),
        ("deadline", b"{}", "start must be a day"),
        ("deadline", b'{"rule": "sar", "start": "18/12/2026"}', "start must be a day"),
        ("deadline", b'{"rule": "sar", "start": "2026-12-18T16:00"}', "does not say its zone"),
        ("deadline", b'{"rule": ["sar"], "start": "2026-12-18"}', "rule must be a word"),
        ("deadline", b'{"rule": "sar", "begin": "2026-12-18"}', "'begin' is not a fact"),
        ("deadline", b'{"rule": "sar", "start": "2026-12-18", "paused": [["2026-12-19"]]}', "list of pairs"),
        ("deadline", b'{"rule": "sar", "start": "2026-12-18", "school": "NOWHERE"}', "No calendar is known"),
        ("deadline", b'{"rule": "sar", "start": "2026-12-18", "school": {"term": []}}', "school must be a name"),
        (
            "deadline",
            b'{"rule": "sar", "start": "2026-12-18", "school": {"terms": [["a", "b"]]}}',
            "terms must be days",
        ),
        ("deadline", b'{"rule": "sar", "start": "2026-12-18", "school": {"terms": "all"}}', "list of pairs"),
        ("retention", b'{"records": []}', "at least one record"),
        ("retention", b'{"records": [{"record": "complaint"}], "hold": []}', "'hold' is not a fact"),
        ("retention", b'{"records": [{"record": "complaint"}], "holds": 3}', "Holds come in a list"),
        (
            "retention",
            b'{"records": [{"record": "complaint"}], "holds": [{"kind": "dbs", "parts": 3}]}',
            "parts of a hold come in a list",
        ),
        ("retention", b'{"records": [{"record": "complaint"}], "today": "today"}', "today must be a day"),
        ("suppress", b'{"rows": ["a"], "columns": ["n"], "cells": [[1]], "unique_rows": 3}', "come in a list"),
        ("suppress", b'{"rows": ["a"], "columns": ["n"], "cells": [[2000000]]}', "is not a count"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(kind, line, sentence):
    answer = ask(kind, line)
    assert list(answer) == ["error"]
    assert sentence in answer["error"]


SAMPLES = {
    "deadline": {"rule": "sar", "start": "2026-06-01", "paused": [["2026-06-10", None]], "nation": "wales"},
    "retention": {
        "records": [
            {"record": "warning", "part": "conduct", "level": "final_written_warning", "warning_on": "2026-03-13"},
            {"record": "child_protection_file", "part": "child", "pupil_dobs": ["2010-02-28", None]},
        ],
        "holds": [{"kind": "police"}],
        "today": "2026-11-23",
    },
    "suppress": {"rows": ["a", "b"], "columns": ["n"], "cells": [[1], [30]], "column_totals": True},
    "route": {"code": "CP", "direction": "staff_act", "reported_at": "2026-09-28T07:48:00+01:00"},
}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_question_and_answer_have_the_shape_the_schema_says(kind):
    schema = KINDS[kind].schema()
    jsonschema.validate(SAMPLES[kind], schema["input"])
    jsonschema.validate(ask(kind, SAMPLES[kind], pack=shipped()["allsaints-2022"]), schema["output"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"error": "no"}, schema["output"])
