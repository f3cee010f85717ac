"""The pages every other page is built on: their frame, their parts, their errors, and the words for times and dates."""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from schools import errors
from schools.access import Viewer
from schools.deadlines import Due
from schools.formfields import ActForm, Text, Uploads
from schools.timeline import Line

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "paper" not in path.parts)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
KEPT = "perpetrator suspect victim subject(?!.access) dismiss SLA LLC lane ledger pack dispose sealed prototype GOV.UK"
ERRORS = ["400", "403", "404", "409", "413", "429", "500", "503"]


class Ids(HTMLParser):
    """Every id of a page, every id something on it points to, and every attribute name used."""

    def __init__(self, page):
        super().__init__()
        self.ids, self.wanted, self.names, self.tags = [], set(), set(), []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            self.names.add(name)
            if name == "id":
                self.ids.append(value)
            if name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
                self.wanted |= set(value.split())
            if name == "href" and value.startswith("#") and len(value) > 1:
                self.wanted.add(value[1:])


def shown(source, **context):
    return Template("{% load daybook %}" + source).render(Context(context))


def part(name, **context):
    return " ".join(re.sub(r"<[^>]*>", " ", render_to_string(f"_parts/{name}.html", context)).split())


def listed(name, address, **context):
    return render_to_string(f"_parts/{name}.html", context, request=RequestFactory().get(address))


class Ask(ActForm):
    words = Text("What happened?", multiline=True, help="In your own words.")
    headline = Text("In one line")
    files = Uploads("Screenshots", required=False)


def act_page(**more):
    form = Ask({"words": "seen on the bus"}, viewer=Viewer(None, NOW))
    act = SimpleNamespace(label="Report a concern", sentence="Tell those who need to know.")
    context = {"act": act, "form": form, "form_token": "t", "form_seen": 4, "back": "/c/", "csrf_token": "k"}
    return render_to_string("act.html", context | more)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_carries_its_own_style_or_script(path):
    source = path.read_text()
    assert not re.search(r"""\sstyle=|<style|javascript:|\son[a-z]+=""", source)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", source))
    assert not re.search(r"https?://", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_says_the_words_we_keep_to_ourselves(path):
    words = re.sub(r"<[^>]*>|{[{%#].*?[}%#]}", " ", path.read_text())
    assert re.findall(rf"\b({KEPT.replace(' ', '|')})\b", words, re.IGNORECASE) == []


def test_an_act_shows_its_errors_beside_the_question_and_at_the_top():
    page = act_page()
    assert "<title>Error: Report a concern – Daybook</title>" in page
    assert page.index('role="alert"') < page.index("<h1")
    assert '<a href="#id_headline">“In one line” needs an answer.</a>' in page
    assert page.count("“In one line” needs an answer.") == 2
    assert 'aria-invalid="true" aria-describedby="id_headline_error"' in page
    assert "seen on the bus</textarea>" in page


def test_everything_a_page_points_to_is_on_it_once():
    found = Ids(act_page())
    assert len(found.ids) == len(set(found.ids))
    assert found.wanted <= set(found.ids) | {"main-content"}
    assert "main-content" in found.ids


def test_a_form_with_files_sends_them_and_the_first_button_is_its_own():
    page = act_page()
    assert 'enctype="multipart/form-data"' in page
    buttons = re.findall(r"<button[^>]*>", page)
    assert "name=" not in buttons[0]
    assert "add:files" in page


def test_a_refusal_stands_above_the_form_and_nothing_typed_is_lost():
    page = act_page(refusal="A hold is in force.")
    assert page.index("A hold is in force.") < page.index("seen on the bus")


def test_signing_out_is_a_form_and_only_for_those_signed_in():
    signed_in = render_to_string("base.html", {"user": SimpleNamespace(is_authenticated=True), "csrf_token": "k"})
    assert re.search(
        r'<form[^>]*method="post" action="/accounts/logout/">\s*<input type="hidden" name="csrf', signed_in
    )
    assert "Sign out" not in render_to_string("base.html", {"user": SimpleNamespace(is_authenticated=False)})


def test_the_frame_shows_only_what_it_was_given():
    bare = render_to_string("base.html", {})
    assert "Skip to main content" in bare
    for absent in ("govuk-service-navigation", "Leave this page now", "A demonstration", "govuk-back-link"):
        assert absent not in bare
    full = render_to_string(
        "base.html",
        {
            "school_name": "St Mary’s & All Saints",
            "nav": [{"label": "Your desk", "url": "/", "current": True}, {"label": "Search", "url": "/search/"}],
            "leave_now": "/planner/",
            "demo_banner": True,
        },
    )
    assert "St Mary’s &amp; All Saints" in full
    assert full.count('aria-current="true"') == 1
    assert re.search(r'<a href="/planner/"[^>]*>Leave this page now</a>', full)
    assert "every school, person and post in it is invented" in full


def test_the_page_one_leaves_to_says_nothing_of_this_place():
    assert "Daybook" not in render_to_string("planner.html")


def test_messages_are_told_apart():
    done, note = Message(constants.SUCCESS, "Sent 14:02."), Message(constants.INFO, "Not read yet.")
    page = render_to_string("_parts/messages.html", {"messages": [done, note]})
    assert page.count('role="alert"') == 1
    assert page.index("Done") < page.index("Sent 14:02.") < page.index("Please note") < page.index("Not read yet.")


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_says_what_to_do_and_nothing_of_the_request(code):
    page = render_to_string(f"{code}.html", {"csrf_token": "k", "user": SimpleNamespace(is_authenticated=True)})
    assert page == render_to_string(f"{code}.html")
    assert page.count("<h1") == 1
    assert "csrf" not in page
    assert "Sign out" not in page
    assert 'href="/"' in page


def test_absent_and_hidden_are_the_same_bytes():
    ask = RequestFactory()
    absent = errors.not_found(ask.get("/concerns/C-0000-0000/"), KeyError("no such reference"))
    hidden = errors.not_found(ask.post("/concerns/C-7K4M-9TX2/triage/?a=<b>", {"x": "y"}, HTTP_COOKIE="daybook=1"))
    assert absent.status_code == hidden.status_code == 404
    assert absent.content == hidden.content
    assert b"C-" not in hidden.content


def test_a_page_open_too_long_says_so():
    assert b"This page was open too long" in errors.form_expired(RequestFactory().post("/")).content
    assert b"open too long" not in errors.forbidden(RequestFactory().get("/")).content


def test_times_and_dates_are_london_and_in_words():
    assert "Tue 24 Feb 2026, 13:10" in shown("{% when at %}", at=datetime(2026, 2, 24, 13, 10, tzinfo=UTC))
    assert shown("{% when at %}", at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == (
        '<time datetime="2026-07-02T00:30:00+01:00">Thu 2 Jul 2026, 00:30</time>'
    )
    assert ">Tue 24 Feb 2026<" in shown("{% day on %}", on=date(2026, 2, 24))
    assert ">Thu 2 Jul 2026<" in shown("{% day on %}", on=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert shown("{% when at %}{% day at %}", at=None) == ""


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1.0 kB"),
        (2_400_000, "2.4 MB"),
        (3 * 10**9, "3.0 GB"),
    ],
)
def test_file_sizes_are_in_words(size, words):
    assert shown("{% file_size size %}", size=size) == words


def due(at, basis, **more):
    on = at.date() if at else None
    deadline = Due(due_at=at, due_on=on, unit="hours", excludes=(), basis=basis, why="It depends on the meeting.")
    page = shown("{% due deadline now=now ref=ref %}", deadline=deadline, now=NOW, ref=more.get("ref", ""))
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_a_due_date_says_whether_law_policy_or_we_say_so():
    assert due(datetime(2026, 11, 24, 9, 30, tzinfo=UTC), "statute") == "by Tue 24 Nov 2026, 09:30 the law"
    end_of_day = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    assert due(end_of_day, "policy", ref="5.e") == "by the end of Mon 23 Nov 2026 Today your policy , 5.e"
    assert due(datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC), "default").endswith("Overdue our suggestion")
    assert due(None, "default") == "It depends on the meeting. our suggestion"


def test_a_summary_says_what_was_not_given():
    rows = [
        {"key": "Seen", "value": NOW},
        {"key": "By", "value": ["Jo", "Sam"]},
        {"key": "Police number", "value": None},
    ]
    assert part("summary_list", rows=rows) == "Seen Mon 23 Nov 2026, 08:00 By Jo Sam Police number Not given"


def lines(count):
    return [
        Line("C-7K4M-9TX2", number, NOW, "Priya Anand", f"Note {number} written", "note.written", {})
        for number in range(1, count + 1)
    ]


def test_a_history_reads_as_a_story_with_the_latest_on_top():
    assert part("history", timeline=lines(1)) == "Mon 23 Nov 2026, 08:00 line 1 Note 1 written by Priya Anand"
    page = part("history", timeline=lines(200), several=True)
    assert page.index("Note 200 written") < page.index("Show the 188 earlier lines") < page.index("Note 188 written")
    assert page.endswith("C-7K4M-9TX2, line 1 Note 1 written by Priya Anand")


def test_a_button_that_cannot_be_pressed_says_why():
    close = {"label": "Close", "url": "/close/", "why_not": "The police question is open."}
    page = render_to_string("_parts/doings.html", {"actions": [{"label": "Decide", "url": "/decide/"}, close]})
    assert 'href="/decide/"' in page
    assert "/close/" not in page
    assert page.index("Not now, and why") < page.index("The police question is open.")


HEADERS = [{"label": "Reference", "sort": "ref"}, {"label": "Due", "sort": "due"}, {"label": "Days", "is_number": True}]


@pytest.mark.django_db
def test_a_column_is_sorted_by_a_link_that_keeps_the_filter():
    rows = [[{"text": "C-7K4M-9TX2", "url": "/c/"}, NOW, 3]]
    context = {"caption": "Open", "headers": HEADERS, "rows": rows, "sorted_by": "-due"}
    page = listed("table", "/concerns/?status=open&sort=-due&page=3", **context)
    assert 'href="?status=open&amp;sort=due"' in page
    assert 'href="?status=open&amp;sort=ref"' in page
    assert page.count('aria-sort="descending"') == 1
    assert page.count('aria-sort="none"') == 1
    assert '<a class="govuk-link" href="/c/">C-7K4M-9TX2</a>' in page


@pytest.mark.django_db
def test_a_row_with_a_cell_too_few_is_a_mistake():
    with pytest.raises(ValueError, match="shorter"):
        listed("table", "/", caption="Open", headers=HEADERS, rows=[["C-1"]])


@pytest.mark.django_db
def test_pages_are_counted_and_keep_the_filter():
    page = listed(
        "pagination", "/concerns/?status=open&page=3", page=Paginator(range(612), 50).page(3), things="concerns"
    )
    assert "Showing 101 to 150 of 612 concerns" in page
    assert 'href="?status=open&amp;page=2" rel="prev"' in page
    assert 'href="?status=open&amp;page=13" aria-label="Page 13"' in page
    assert page.count('aria-current="page"') == 1
    one = listed("pagination", "/concerns/", page=Paginator(range(7), 50).page(1), things="concerns")
    assert "7 concerns" in one
    assert "<nav" not in one


def test_filters_open_when_one_is_chosen_and_can_be_taken_away():
    question = {"name": "status", "label": "Stage", "options": [{"value": "open", "label": "Open", "chosen": True}]}
    filters = {"questions": [question], "kept": [("sort", "-due")], "clear_url": "?", "chosen": []}
    assert " open>" not in render_to_string("_parts/filters.html", {"filters": filters})
    filters["chosen"] = [{"label": "Stage: Open", "url": "?sort=-due"}]
    page = render_to_string("_parts/filters.html", {"filters": filters})
    assert '<details class="govuk-details daybook-filters" open>' in page
    assert 'name="sort" value="-due"' in page
    assert 'href="?sort=-due"' in page


def test_nothing_waiting_says_so():
    assert part("empty", heading="Nothing waits for you", text="") == "Nothing waits for you"


def test_our_style_sheets_ask_for_nothing_that_is_not_there():
    for sheet in ("screen.css", "lists.css", "desk.css", "record.css", "dark.css", "print.css"):
        asked = re.findall(r'url\("([^"]+)"\)', (ROOT / "static" / sheet).read_text())
        assert all((ROOT / "static" / address).exists() for address in asked), asked
