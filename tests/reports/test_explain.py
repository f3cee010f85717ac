"""The command that asks the rules: lines in, lines out, and how it ends."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def explain(monkeypatch):
    """Run the command on some lines; the answers, and the error it ended with."""

    def run(*words, lines=(), **options):
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        out, ended = io.StringIO(), None
        try:
            call_command("explain", *words, stdout=out, **options)
        except CommandError as error:
            ended = error
        return out.getvalue(), ended

    return run


GOOD = {"rule": "lado_contact", "start": "2026-12-18T16:00+00:00"}
LATER = {"rule": "lado_contact", "start": "2026-12-24T10:00+00:00"}


def test_explain_answers_each_line_in_its_place(explain):
    out, ended = explain("deadline", lines=[GOOD, "", LATER])
    # A Friday to Monday; Christmas Eve to the first working day after it.
    due = [json.loads(line)["due_at"] for line in out.splitlines()]
    assert due == ["2026-12-21T23:59:59+00:00", "2026-12-29T23:59:59+00:00"]
    assert ended is None


def test_explain_answers_the_rest_and_ends_with_2_when_a_line_is_bad(explain):
    out, ended = explain("deadline", lines=[GOOD, "{", LATER])
    answers = [json.loads(line) for line in out.splitlines()]
    assert ["error" in answer for answer in answers] == [False, True, False]
    assert (ended.returncode, str(ended)) == (2, "1 line could not be answered; each says why in its place.")


def test_explain_can_print_one_document(explain):
    out, _ = explain("deadline", json=True, lines=[GOOD, LATER])
    assert [answer["due_at"][:10] for answer in json.loads(out)] == ["2026-12-21", "2026-12-29"]


def test_explain_goes_by_the_policy_of_a_trust(explain):
    asked = {"records": [{"record": "monitoring_log", "log_on": "2026-03-01"}]}
    for slug in ("lte", "lte-2019-09"):
        out, ended = explain("retention", "--trust", slug, lines=[asked])
        assert ended is None
        assert json.loads(out)["authority"].startswith("Your policy")


def test_explain_knows_no_other_trust(explain):
    _, ended = explain("retention", "--trust", "nowhere")
    assert ended.returncode == 2
    assert "There is no policy of “nowhere”" in str(ended)


def test_explain_route_without_a_policy_answers_with_our_suggestion(explain):
    out, ended = explain("route", lines=[{"code": "DISPARAGE", "reported_at": "2026-11-23T08:00:00+00:00"}])
    told = json.loads(out)
    # 7.1 of our model policy: the head and the safeguarding lead, on the day of the report.
    assert [(row["role"], row["due_at"], row["basis"], row["ref"]) for row in told["tell"]] == [
        ("head_of_school", "2026-11-23T23:59:59+00:00", "default", "our model policy, 7.1"),
        ("dsl", "2026-11-23T23:59:59+00:00", "default", "our model policy, 7.1"),
    ]
    assert (told["clauses"], told["silent_on"], told["pack"]["id"]) == ([], ["DISPARAGE"], "model")
    assert ended is None


@pytest.mark.parametrize("kind", ["ladder", "stage"])
def test_explain_says_what_it_cannot_yet(explain, kind):
    _, ended = explain(kind)
    assert ended.returncode == 2
    assert "not yet" in str(ended)


@pytest.mark.parametrize("kind", ["route", "deadline", "retention", "suppress"])
def test_explain_prints_its_schema(explain, kind):
    out, ended = explain(kind, "--schema")
    assert ended is None
    assert set(json.loads(out)) == {"input", "output"}


def test_explain_reads_the_calendars_of_the_demonstration_schools(explain, settings, tmp_path):
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "calendar.csv").write_text(
        "org_key,academic_year,kind,name,start_on,end_on\n"
        "QJS,2026/27,term,Autumn,2026-09-01,2026-12-18\n"
        "QJS,2026/27,half_term,October,2026-10-26,2026-10-30\n"
        "THV,2026/27,term,Autumn,2026-09-01,2026-12-18\n"
    )
    settings.BASE_DIR = tmp_path
    asked = {"rule": "foi_school", "start": "2026-10-01"}
    out, _ = explain("deadline", lines=[asked | {"school": "QJS"}, asked | {"school": "THV"}])
    # Twenty school days: 2 to 23 October is 16, then from 2 November, or straight on without a half-term.
    assert [json.loads(line)["due_at"][:10] for line in out.splitlines()] == ["2026-11-05", "2026-10-29"]
