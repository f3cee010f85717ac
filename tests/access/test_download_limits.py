"""Nobody carries a register away in an evening: so many downloads a day and no more, and the head is told."""

from datetime import timedelta

import pytest

from casework.desk import desk_of
from incidents.models import Evidence
from reports.workflow import fetch_paper
from schools import downloads
from schools.access import Viewer
from schools.models import Looked, Notice
from schools.roles import Role
from tests import factories as make
from tests import states
from tests.access.browsing import LONG_AGO, browser
from tests.conftest import NOW
from tests.pages import words
from tests.reports.papers import ready

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
MIDNIGHT = NOW - timedelta(hours=8)
LISTS = (
    "You have downloaded 10 lists today, and nobody may download more in one day. Those who answer for data are told "
    "that you asked. Downloads open again tomorrow."
)


def took(user, page: str, number: int, *, at=NOW, records=()) -> None:
    """That somebody downloaded so many."""
    shown = [str(record.pk) for record in records]
    lines = (Looked(at=at, user_id=user.pk, page=page, basis=f"download {one}", records=shown) for one in range(number))
    Looked.objects.bulk_create(lines)


def told() -> dict[str, str]:
    return {notice.person.name: notice.what for notice in Notice.objects.filter(record=None)}


@pytest.fixture
def concern(cast):
    """A concern with one file, long ago."""
    found = states.read(cast, at=NOW - LONG_AGO, files=[states.upload(cast.tom)])
    Looked.objects.all().delete()
    return found


def test_ten_lists_a_day_and_then_no_more(cast, concern):
    client = browser(cast.dee)
    for _ in range(10):
        assert client.get("/concerns/download/").status_code == 200
    assert told() == {}
    answer = client.get("/concerns/download/")
    assert answer.status_code == 429
    assert LISTS in words(answer)
    assert Looked.objects.filter(page="download of concerns").count() == 10
    # Other lists count as well; what other people take does not.
    assert client.get("/cases/download/").status_code == 429
    assert browser(cast.harriet).get("/concerns/download/").status_code == 200


def test_the_head_and_the_data_protection_officer_are_told_once(cast, concern):
    took(cast.dee, "download of concerns", 10)
    for _ in range(2):
        browser(cast.dee).get("/concerns/download/")
    what = "Dee Marsh asked for more than 10 lists in one day"
    assert told() == {"Harriet Lowe": what, "Priya Nair": what}
    assert Notice.objects.filter(record=None).count() == 2


def test_the_head_who_asks_for_too_much_is_not_told_of_herself(cast, concern):
    took(cast.harriet, "download of concerns", 10)
    browser(cast.harriet).get("/concerns/download/")
    assert told() == {"Priya Nair": "Harriet Lowe asked for more than 10 lists in one day"}


def test_what_was_taken_before_midnight_does_not_count(cast, concern):
    took(cast.dee, "download of concerns", 10, at=MIDNIGHT - timedelta(seconds=1))
    took(cast.dee, "download of concerns", 9, at=MIDNIGHT)
    assert browser(cast.dee).get("/concerns/download/").status_code == 200
    assert browser(cast.dee).get("/concerns/download/").status_code == 429


def test_two_hundred_files_of_evidence_a_day(cast, concern):
    took(cast.dee, "evidence", 199)
    assert browser(cast.dee).get(f"/evidence/{Evidence.objects.get().ref}/").status_code == 200
    other = states.read(cast, at=NOW - LONG_AGO, files=[states.upload(cast.tom)])
    refused = browser(cast.dee).get(f"/evidence/{Evidence.objects.get(record=other.record).ref}/")
    assert refused.status_code == 429
    assert "You have downloaded 200 files of evidence today" in words(refused)


def test_the_same_file_again_is_not_another_file(cast, concern):
    took(cast.dee, "evidence", 199)
    address = f"/evidence/{Evidence.objects.get().ref}/"
    assert [browser(cast.dee).get(address).status_code for _ in range(3)] == [200, 200, 200]
    # Each time is written down all the same.
    assert Looked.objects.filter(page="evidence", basis__startswith="download of").count() == 3
    assert told() == {}


def test_a_copy_too_many_leaves_no_line_that_it_was_fetched_and_those_who_answer_for_data_are_told(cast):
    paper = ready(cast, at=NOW - LONG_AGO)
    took(cast.harriet, "paper fetched", 9)
    fetch_paper(paper, by=cast.harriet, at=NOW, promise="yes")
    assert states.why_not(fetch_paper, paper, by=cast.harriet, at=NOW, promise="yes") == (
        "You have downloaded 10 printed copies today, and nobody may download more in one day. Those who answer for "
        "data are told that you asked. Downloads open again tomorrow."
    )
    assert states.lines(paper).count("paper.fetched") == 1
    assert told() == {"Priya Nair": "Harriet Lowe asked for more than 10 printed copies in one day"}


def test_where_nobody_is_left_who_answers_for_data_the_top_of_the_trust_is_told(cast):
    # In Zoe's trust there is neither a head nor a data protection officer.
    make.member(cast.zoe.person.school, "Cleo Park", Role.CEO, at=NOW - LONG_AGO, whole_trust=True)
    took(cast.zoe, "download of concerns", 10)
    assert browser(cast.zoe).get("/concerns/download/").status_code == 429
    assert told() == {"Cleo Park": "Zoe Hart asked for more than 10 lists in one day"}


def test_nobody_hears_of_files_of_what_is_hidden_from_them(cast):
    about_the_head = [{"name": "Harriet Lowe", "kind": "staff", "part": "subject"}]
    hidden = states.read(cast, at=NOW - LONG_AGO, people=about_the_head, files=[states.upload(cast.tom)])
    took(cast.dee, "evidence", 200, records=[hidden.record])
    assert browser(cast.dee).get(f"/evidence/{Evidence.objects.get().ref}/").status_code == 429
    assert told() == {"Priya Nair": "Dee Marsh asked for more than 200 files of evidence in one day"}


def test_it_stands_on_their_desk_for_a_week(cast, concern):
    took(cast.dee, "download of concerns", 10)
    browser(cast.dee).get("/concerns/download/")
    what, on = "Dee Marsh asked for more than 10 lists in one day", "On 23 November. Ask them what it was for."
    tasks = [(task.what, task.detail, task.url) for task in desk_of(Viewer(cast.harriet, NOW)).tasks]
    assert (what, on, "") in tasks
    assert f"{what} {on}" in words(browser(cast.harriet).get("/"))
    later = desk_of(Viewer(cast.harriet, NOW + timedelta(days=8)))
    assert what not in [task.what for task in later.tasks]


def test_the_numbers_are_data(cast):
    found = {kind: (limit.most, limit.words) for kind, limit in downloads.limits().items()}
    assert found == {"list": (10, "lists"), "copy": (10, "printed copies"), "evidence": (200, "files of evidence")}
