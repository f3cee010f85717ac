"""The generated pages say what the system does."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from reports.printed_acts import document


def test_the_page_of_acts_is_up_to_date():
    call_command("print_acts", "--check", stdout=StringIO())


def test_a_page_that_says_something_else_is_found_out(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "acts.md").write_text(document() + "And more.\n")
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("print_acts", "--check", stderr=said)
    assert ended.value.code == 1
    assert said.getvalue() == ("docs/acts.md says something else than the acts do: run ./daybook manage print_acts.\n")


def test_the_page_is_written_where_there_is_none(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    call_command("print_acts", stdout=StringIO())
    assert (tmp_path / "docs" / "acts.md").read_text() == document()


def test_programs_get_one_document():
    said = StringIO()
    call_command("print_acts", "--json", stdout=said)
    printed = json.loads(said.getvalue())
    triage = next(act for act in printed["acts"] if act["act"] == "triage")
    assert triage["of"] == "concerns"
    assert triage["moves"] == {"from": ["reported", "triaged"], "to": "triaged"}
    assert triage["roles"]["dsl"] == "C"
    assert triage["roles"]["hr_lead"] == ""
    assert triage["asks"]["required"] == ["code", "direction", "is_threat", "reason"]
