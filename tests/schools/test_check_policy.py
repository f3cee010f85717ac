"""The command that checks a policy file: every mistake with its line, how it ends, and the schema for editors."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from schools import policy
from tests.conftest import ALL_SAINTS


@pytest.fixture
def check():
    """Run the command; what it printed, and how it ended."""

    def run(*words, **options):
        out, ended = io.StringIO(), 0
        try:
            call_command("check_policy", *words, stdout=out, **options)
        except SystemExit as stopped:
            ended = stopped.code
        except CommandError as error:
            return str(error), error.returncode
        return out.getvalue(), ended

    return run


def test_check_policy_says_that_a_valid_one_can_be_adopted(check):
    assert check(str(ALL_SAINTS)) == ("This policy can be adopted.\n", 0)


def test_check_policy_names_each_mistake_with_its_line(check, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(ALL_SAINTS.read_text().replace('version = "2022"', "version = 2022"))
    line = path.read_text().splitlines().index("version = 2022") + 1
    sentence = "At the top of the file, “version” must be text in quotes."
    assert check(str(path)) == (f"line {line}: {sentence}\n", 1)
    said, ended = check(str(path), json=True)
    assert (json.loads(said), ended) == ([{"line": line, "sentence": sentence}], 1)


def test_check_policy_prints_the_schema_for_editors(check):
    said, ended = check("--schema")
    assert (json.loads(said), ended) == (policy.json_schema(), 0)


def test_check_policy_needs_a_file_that_can_be_read(check, tmp_path):
    assert check() == ("Name the policy file to check.", 2)
    assert check(str(tmp_path / "none.toml"))[1] == 2
