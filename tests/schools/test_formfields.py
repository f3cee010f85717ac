"""What may be typed into each kind of question, on the page and over the API, and what is said when it may not."""

from datetime import UTC, date, datetime

import pytest

from schools.access import Viewer
from schools.formfields import ActForm, Choice, Choices, Day, Moment, Rows, Text, Uploads

# Monday 23 November 2026, 08:00 in London, which is on winter time.
VIEWER = Viewer(None, datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
FILE = "0b0f2a4e-6f2c-4f7e-8a3d-0d6f6c8f1a11"
OTHER = "1c0f2a4e-6f2c-4f7e-8a3d-0d6f6c8f1a22"


class PersonRow(ActForm):
    name = Text("Name", max_length=30)
    part = Choice("Part", choices=[("author", "Wrote it"), ("witness", "Saw it")])


class Concern(ActForm):
    narrative = Text("What happened?", max_length=40, multiline=True, required=False)
    headline = Text("In one line", required=False)
    seen_on = Day("When did you see it?", past_only=True, required=False)
    posted_at = Moment("When was it posted?", past_only=True, required=False)
    at_risk = Choice("Is anyone at risk?", choices=[("yes", "Yes"), ("no", "No")], required=False)
    told = Choices("Who knows?", choices=[("head", "Head"), ("dsl", "DSL"), ("hr", "HR")], required=False)
    people = Rows(PersonRow, "People", max=3, row_label="Person")
    files = Uploads("Files", max=2, required=False)

    def choices_for(self):
        return {"files": [(FILE, "one.png"), (OTHER, "two.png")]}


def typed(**data):
    """The form as sent by a page; a double underscore stands for a hyphen in a name."""
    return Concern({name.replace("__", "-"): value for name, value in data.items()}, viewer=VIEWER)


def answer(**data):
    form = typed(**data)
    assert form.is_valid(), form.errors_as_sentences()
    return form.cleaned_data


def sentences(**data):
    return typed(**data).errors_as_sentences()


def sent(**payload):
    form, problems = Concern.bind_json(payload, viewer=VIEWER)
    return problems + form.errors_as_sentences()


@pytest.mark.parametrize("words", ["O’Neil said “no”", "d'Arcy & <b>", "😀 fine", "\u200fשלום\u200f", "a\n\nb", "½ £5"])
def test_text_keeps_what_was_typed(words):
    assert answer(narrative=f"  {words}\t")["narrative"] == words


def test_text_counts_a_new_line_once_whether_from_a_page_or_a_program():
    assert answer(narrative="a\r\nb")["narrative"] == "a\nb"


def test_text_too_long_names_the_limit_and_the_excess():
    assert answer(narrative="x" * 40)["narrative"] == "x" * 40
    assert sentences(narrative="x" * 43) == ["“What happened?” can have at most 40 characters; this is 3 too many."]


@pytest.mark.parametrize("bad", ["\x00", "\ud800"])
def test_text_refuses_what_no_database_keeps(bad):
    assert sentences(narrative=f"a{bad}b") == [
        "“What happened?” holds a character that cannot be kept (an empty one); type it again."
    ]


def test_text_of_one_line_stays_on_one_line():
    assert sent(headline="a\nb") == ["“In one line” must be on one line."]


def test_text_that_is_needed_is_not_blank_space():
    assert PersonRow({"name": " \t ", "part": "author"}).errors_as_sentences() == ["“Name” needs an answer."]


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060 \ufeff", "\u202e", "\x07", "\u3164", "\u2800"])
def test_text_that_is_needed_is_not_what_shows_as_nothing(unseen):
    assert PersonRow({"name": unseen, "part": "author"}).errors_as_sentences() == ["“Name” needs an answer."]


def test_a_password_keeps_its_blanks_and_is_not_shown_again():
    class Sign(ActForm):
        password = Text("Password", secret="current-password")

    form = Sign({"password": " p w "})
    assert form.is_valid()
    assert form.cleaned_data == {"password": " p w "}
    assert "p w" not in str(form)
    assert 'type="password"' in str(form)


@pytest.mark.parametrize(
    "boxes",
    [
        {"seen_on__day": "24", "seen_on__month": "2", "seen_on__year": "2026"},
        {"seen_on__day": " 24 ", "seen_on__month": "Feb", "seen_on__year": "2026"},
        {"seen_on__day": "24", "seen_on__month": "february", "seen_on__year": "2026"},
        {"seen_on": "2026-02-24"},
    ],
)
def test_a_day_is_read_from_three_boxes_or_one(boxes):
    assert answer(**boxes)["seen_on"] == date(2026, 2, 24)


@pytest.mark.parametrize(
    ("day", "month", "year", "ending"),
    [
        ("31", "2", "2026", "must be a real date, such as 24 2 2026."),
        ("24", "", "2026", "must include a month."),
        ("", "", "2026", "must include a day and a month."),
        ("24", "2", "26", "must have a year of four figures, such as 2026."),
        ("24", "Marzipan", "2026", "must be a real date, such as 24 2 2026."),
        ("-1", "2", "2026", "must be a real date, such as 24 2 2026."),
        ("24", "11", "2026", "must be today or in the past."),
    ],
)
def test_a_day_that_cannot_be_says_why(day, month, year, ending):
    given = {"seen_on__day": day, "seen_on__month": month, "seen_on__year": year}
    assert sentences(**given) == [f"“When did you see it?” {ending}"]


def test_today_is_not_the_future_and_is_the_london_day():
    late = Viewer(None, datetime(2026, 6, 30, 23, 30, tzinfo=UTC))  # already 1 July in London, on summer time
    form = Concern({"seen_on": "2026-07-01"}, viewer=late)
    assert form.is_valid(), form.errors_as_sentences()


@pytest.mark.parametrize("iso", ["20260224", "2026-W09-2", "24/02/2026", "2026-02-30", "2026-02-24T10:00"])
def test_a_day_in_json_is_one_kind_of_iso_date(iso):
    assert sent(seen_on=iso) == ["“When did you see it?” must be a real date written like 2026-02-24."]


def moment(time, *, day="24", month="2", year="2026", **more):
    names = {"posted_at__day": day, "posted_at__month": month, "posted_at__year": year, "posted_at__time": time}
    return names | {f"posted_at__{name}": value for name, value in more.items()}


@pytest.mark.parametrize("time", ["13:10", "13.10", "1:10pm", "1.10 PM"])
def test_a_moment_in_winter_is_the_same_in_utc(time):
    assert answer(**moment(time))["posted_at"] == datetime(2026, 2, 24, 13, 10, tzinfo=UTC)


def test_a_moment_in_summer_is_an_hour_earlier_in_utc():
    assert answer(**moment("13:10", month="7"))["posted_at"] == datetime(2026, 7, 24, 12, 10, tzinfo=UTC)


@pytest.mark.parametrize(("time", "hour"), [("12am", 0), ("12pm", 12), ("9pm", 21), ("0:00", 0)])
def test_noon_and_midnight(time, hour):
    assert answer(**moment(time))["posted_at"] == datetime(2026, 2, 24, hour, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("time", "ending"),
    [
        ("", "must have a time such as 13:10 or 1:10pm."),
        ("13", "must have a time such as 13:10 or 1:10pm."),
        ("13pm", "must have a time such as 13:10 or 1:10pm."),
        ("24:00", "must have a time between 00:00 and 23:59."),
        ("13:60", "must have a time between 00:00 and 23:59."),
    ],
)
def test_a_time_that_cannot_be_says_why(time, ending):
    assert sentences(**moment(time)) == [f"“When was it posted?” {ending}"]


def test_the_lost_hour_is_refused():
    # On Sunday 29 March 2026 the clocks went from 00:59 to 02:00.
    (sentence,) = sentences(**moment("01:30", day="29", month="3"))
    assert sentence.startswith("There was no 01:30 on 29 March 2026: the clocks went forward an hour.")


def test_the_repeated_hour_asks_which_and_keeps_what_was_typed():
    # On Sunday 25 October 2026 the clocks went from 01:59 summer time (00:59 UTC) back to 01:00.
    night = moment("01:30", day="25", month="10")
    form = typed(**night)
    assert len(form.errors_as_sentences()) == 1
    assert "came twice" in form.errors_as_sentences()[0]
    drawn = str(form["posted_at"])
    assert 'name="posted_at-which" type="radio" value="first"' in drawn
    assert 'value="01:30"' in drawn
    assert answer(**night, posted_at__which="first")["posted_at"] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert answer(**night, posted_at__which="second")["posted_at"] == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_ordinary_hour_does_not_ask_which():
    assert "posted_at-which" not in str(typed(**moment("01:30"), narrative="x" * 99)["posted_at"])


def test_a_moment_in_json_says_its_zone():
    form, problems = Concern.bind_json({"posted_at": "2026-07-24T13:10:00+01:00"}, viewer=VIEWER)
    assert problems == []
    assert form.is_valid()
    assert form.cleaned_data["posted_at"] == datetime(2026, 7, 24, 12, 10, tzinfo=UTC)
    assert sent(posted_at="2026-07-24T13:10:00") == [
        "“When was it posted?” must say its time zone, like 2026-02-24T13:10:00+00:00."
    ]


@pytest.mark.parametrize("year", ["0001", "1899", "2200", "9999"])
def test_a_day_or_a_moment_in_json_is_of_our_time(year):
    assert sent(seen_on=f"{year}-01-01") == ["“When did you see it?” must have a year from 1900 to 2199."]
    assert sent(posted_at=f"{year}-01-01T00:00:00+23:00") == [
        "“When was it posted?” must have a year from 1900 to 2199."
    ]


def test_a_moment_to_come_is_refused_where_only_the_past_is_meant():
    assert answer(**moment("8:00", day="23", month="11"))["posted_at"] == VIEWER.at
    assert sentences(**moment("8:01", day="23", month="11")) == ["“When was it posted?” must not be in the future."]


def test_a_known_moment_fills_the_boxes_in_london_time():
    drawn = str(Concern(initial={"posted_at": datetime(2026, 10, 25, 1, 30, tzinfo=UTC)}, viewer=VIEWER)["posted_at"])
    assert 'name="posted_at-time" type="text" autocomplete="off" value="01:30"' in drawn
    assert 'value="second" checked' in drawn


@pytest.mark.parametrize("value", ["true", "True", "1", "on", "YES", "maybe"])
def test_a_choice_is_exact(value):
    assert sentences(at_risk=value) == ["“Is anyone at risk?” must be one of the answers shown."]


def test_no_is_no_over_the_api_too():
    form, _ = Concern.bind_json({"at_risk": "no"}, viewer=VIEWER)
    assert form.is_valid()
    assert form.cleaned_data["at_risk"] == "no"
    assert sent(at_risk=False) == ["at_risk must be one of yes, no."]


def test_more_than_seven_answers_make_a_list():
    class Seven(ActForm):
        kind = Choice("Kind", choices=[(str(number), f"Kind {number}") for number in range(7)])

    class Eight(ActForm):
        kind = Choice("Kind", choices=[(str(number), f"Kind {number}") for number in range(8)])

    assert str(Seven()).count('type="radio"') == 7
    assert "<select" in str(Eight())
    assert 'value="5" selected' in str(Eight({"kind": "5"}))


def test_choices_come_back_in_the_order_shown_and_once():
    assert answer(told=["hr", "head", "hr"])["told"] == ["head", "hr"]
    assert sentences(told=["head", "cook"]) == ["“Who knows?” must be some of the answers shown."]
    assert sent(told="head") == ["told must be a list of text."]


def test_files_are_named_by_number_and_only_those_received():
    assert answer(files=[FILE, FILE])["files"] == [FILE]
    gone = "“Files” names a file that is no longer here; add it again."
    assert sentences(files=["2d0f2a4e-6f2c-4f7e-8a3d-0d6f6c8f1a33"]) == [gone]
    assert sentences(files=["../etc/passwd"]) == [gone]
    assert "one.png" in str(typed(files=[FILE])["files"])


def test_taking_a_file_out_or_adding_one_does_not_send_the_form():
    form = typed(**{"files": [FILE, OTHER], f"remove:files:{FILE}": "1", "seen_on": "nonsense"})
    assert not form.is_valid()
    assert form.errors_as_sentences() == []
    assert form.data.getlist("files") == [OTHER]
    more = typed(**{"files": [FILE], "add:files": "1"}).with_uploads({"files": [OTHER]})
    assert more.data.getlist("files") == [FILE, OTHER]
    assert not more.is_valid()
