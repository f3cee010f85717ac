"""A page and a program that say the same thing are answered the same, rows of small forms included."""

from datetime import UTC, date, datetime

import pytest

from schools.access import Viewer
from schools.formfields import ActForm, Choice, Choices, Day, Moment, Rows, Text, Uploads

VIEWER = Viewer(None, datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
FILE = "0b0f2a4e-6f2c-4f7e-8a3d-0d6f6c8f1a11"
NAMES = "text, seen_on, at, at_risk, told, people, files"


class PersonRow(ActForm):
    name = Text("Name", max_length=30)
    part = Choice("Part", choices=[("author", "Wrote it"), ("witness", "Saw it")])

    def clean(self):
        if self.cleaned_data.get("name") == self.subject:
            self.add_error("name", "That is you.")


class Report(ActForm):
    text = Text("What happened?", max_length=40, help="In your own words.", example="Named on the village page")
    seen_on = Day("When did you see it?", past_only=True)
    at = Moment("When was it posted?", required=False)
    at_risk = Choice("Is anyone at risk?", choices=[("yes", "Yes"), ("no", "No")])
    told = Choices("Who knows?", choices=[("head", "Head"), ("dsl", "DSL")], required=False)
    people = Rows(PersonRow, "People", min=1, max=3, row_label="Person")
    files = Uploads("Files", max=2, required=False)


PAGE = {
    "text": " Named me \r\n",
    "seen_on-day": "24",
    "seen_on-month": "2",
    "seen_on-year": "2026",
    "at-day": "1",
    "at-month": "7",
    "at-year": "2026",
    "at-time": "9:00",
    "at_risk": "no",
    "told": ["dsl"],
    "people-count": "3",
    "people-0-name": "Sam Taylor",
    "people-0-part": "author",
    "people-1-name": " ",
    "people-2-name": "Noor",
    "people-2-part": "witness",
    "files": [FILE],
}
PAYLOAD = {
    "text": "Named me",
    "seen_on": "2026-02-24",
    "at": "2026-07-01T09:00:00+01:00",
    "at_risk": "no",
    "told": ["dsl"],
    "people": [{"name": "Sam Taylor", "part": "author"}, {"name": "Noor", "part": "witness"}],
    "files": [FILE],
}
MEANT = {
    "text": "Named me",
    "seen_on": date(2026, 2, 24),
    "at": datetime(2026, 7, 1, 8, 0, tzinfo=UTC),
    "at_risk": "no",
    "told": ["dsl"],
    "people": [{"name": "Sam Taylor", "part": "author"}, {"name": "Noor", "part": "witness"}],
    "files": [FILE],
}


def problems(**changes):
    form, found = Report.bind_json(PAYLOAD | changes, viewer=VIEWER)
    return found + form.errors_as_sentences()


def on_page(**changes):
    return Report(PAGE | {name.replace("__", "-"): value for name, value in changes.items()}, viewer=VIEWER)


def test_page_and_program_mean_the_same():
    page = Report(PAGE, viewer=VIEWER)
    program, found = Report.bind_json(PAYLOAD, viewer=VIEWER)
    assert found == []
    assert page.is_valid(), page.errors_as_sentences()
    assert program.is_valid(), program.errors_as_sentences()
    assert page.cleaned_data == MEANT
    assert program.cleaned_data == MEANT


def test_what_is_not_asked_is_refused_by_name():
    assert problems(status="closed") == [f"status is not asked here; the questions are {NAMES}."]
    assert problems(people=[{"name": "Sam", "part": "author", "at": 1}]) == [
        "people[0].at is not asked here; the questions are name, part.",
        "“People” needs an answer.",
    ]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("text", 7, "text must be text."),
        ("text", ["a"], "text must be text."),
        ("text", None, "text must be text."),
        ("seen_on", 20260224, "seen_on must be a date such as 2026-02-24."),
        ("seen_on", {"day": 1}, "seen_on must be a date such as 2026-02-24."),
        ("at", 0, "at must be a date and time with its zone, such as 2026-02-24T13:10:00+00:00."),
        ("at_risk", True, "at_risk must be one of yes, no."),
        ("told", "dsl", "told must be a list of text."),
        ("told", [1], "told must be a list of text."),
        ("people", {"name": "Sam"}, "people must be a list of objects."),
        ("people", ["Sam"], "people[0] must be one JSON object."),
        ("people", [{"name": 3, "part": "author"}], "people[0].name must be text."),
        ("people", [{}] * 4, "people can have at most 3."),
        ("files", FILE, "files must be a list of file numbers."),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_in_a_sentence(name, value, sentence):
    assert problems(**{name: value})[0] == sentence


@pytest.mark.parametrize("payload", [[], "x", None, 3])
def test_a_request_is_one_object(payload):
    assert Report.bind_json(payload, viewer=VIEWER)[1] == ["The request must be one JSON object."]


def test_a_mistake_in_a_row_names_the_row_and_leads_to_its_question():
    form = on_page(people__2__part="")
    assert [tuple(problem) for problem in form.problems()] == [
        ("people-2-part", "Person 3: “Part” needs an answer.", "id_people-2-part-0")
    ]
    drawn = str(form)
    assert 'id="id_people-2-part-0"' in drawn
    assert 'id="id_people-2-part_error"' in drawn
    assert drawn.count("govuk-error-message") == 1


def test_a_row_knows_what_the_form_is_about():
    form = Report(PAGE, viewer=VIEWER, subject="Noor")
    assert form.errors_as_sentences() == ["Person 3: That is you."]


def test_rows_left_blank_are_no_answer():
    blank = {"people__0__name": "", "people__0__part": "", "people__2__name": "", "people__2__part": ""}
    assert on_page(**blank).errors_as_sentences() == ["“People” needs an answer."]


def test_too_many_rows_are_refused():
    rows = {f"people__{row}__{name}": value for row in range(4) for name, value in (("name", "A"), ("part", "author"))}
    assert on_page(people__count="4", **rows).errors_as_sentences() == ["“People” can have at most 3; there are 4."]


@pytest.mark.parametrize("count", ["-1", "x", "99999999999999999999", "5000"])
def test_a_count_made_up_by_hand_reads_as_no_rows(count):
    assert on_page(people__count=count).errors_as_sentences() == ["“People” needs an answer."]


def test_adding_a_row_complains_of_nothing_and_loses_nothing():
    form = Report({"people-count": "1", "people-0-name": "Sam", "text": "x" * 99, "add:people": "1"}, viewer=VIEWER)
    assert not form.is_valid()
    assert form.errors_as_sentences() == []
    drawn = str(form)
    assert 'name="people-count" value="2"' in drawn
    assert 'name="people-0-name" value="Sam"' in drawn
    assert "x" * 99 in drawn
    assert "govuk-error-message" not in drawn


def test_taking_a_row_out_moves_the_others_up():
    form = on_page(**{"remove:people:0": "1"})
    assert not form.is_valid()
    assert dict(form.data.lists())["people-count"] == ["2"]
    assert form.data["people-1-name"] == "Noor"
    assert "Sam Taylor" not in str(form)
    again = Report(form.data, viewer=VIEWER)
    assert again.is_valid(), again.errors_as_sentences()
    assert again.cleaned_data["people"] == [{"name": "Noor", "part": "witness"}]


def test_a_full_list_offers_no_more():
    assert "add:people" in str(on_page(people__count="2"))
    assert "add:people" not in str(on_page(people__count="3"))


def test_a_draft_taken_up_again_is_shown_without_complaint():
    form = Report({"text": "half a sen"}, viewer=VIEWER, quiet=True)
    assert "half a sen" in str(form)
    assert form.errors_as_sentences() == []
    assert not form.is_valid()


def test_a_refused_form_shows_everything_typed_again():
    form = on_page(seen_on__month="Fbruary", at__time="half nine", text="<b>“O’Neil”</b> " * 9)
    assert not form.is_valid()
    drawn = str(form)
    assert 'value="Fbruary"' in drawn
    assert 'value="half nine"' in drawn
    assert "&lt;b&gt;“O’Neil”&lt;/b&gt;" in drawn
    assert 'value="no" checked' in drawn
    assert 'value="dsl" checked' in drawn


def test_a_row_holds_neither_rows_nor_files():
    with pytest.raises(TypeError):
        Rows(Report, "Reports")


def test_the_schema_says_what_the_form_takes():
    schema = Report.json_schema()
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["text", "seen_on", "at_risk", "people"]
    told = schema["properties"]
    assert told["text"] == {
        "type": "string",
        "maxLength": 40,
        "example": "Named on the village page",
        "description": "What happened? In your own words.",
    }
    assert told["seen_on"]["format"] == "date"
    assert told["at"]["format"] == "date-time"
    assert told["at_risk"] == {
        "type": "string",
        "enum": ["yes", "no"],
        "description": "Is anyone at risk? yes: Yes; no: No",
    }
    assert told["told"]["items"] == {"type": "string", "enum": ["head", "dsl"]}
    assert told["people"]["items"]["required"] == ["name", "part"]
    assert (told["people"]["minItems"], told["people"]["maxItems"]) == (1, 3)
    assert told["files"]["items"] == {"type": "string", "format": "uuid"}
