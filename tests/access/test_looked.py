"""Each answer that shows content of records leaves one line of who looked; where it cannot, nothing is shown."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from casework.workflow import parts
from incidents.models import Evidence
from schools.models import Looked
from tests import states
from tests.access.browsing import LONG_AGO, address, browser, send, sought
from tests.access.crawling import body_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
LISTED = {"", "concerns", "takedowns", "cases", "parts", "papers", "?q=aunt", "download"}
SECRET = "Rang her aunt in Leeds."


@pytest.fixture
def world(cast):
    """A case with a note in it, a takedown, a file and a copy on paper, all of them seen by Harriet."""
    at = cast.now - LONG_AGO
    concern = states.answered(cast, at=at, files=[states.upload(cast.tom)])
    takedown = states.requested(cast, at=at, concern=concern)
    case = states.opened(concern, cast, at=at)
    part = parts.write_note(states.part(cast, at=at, case=case), by=cast.dee, at=at + states.DAY, text=SECRET)
    paper = states.paper(cast, at=at, subject=part)
    return {"concern": concern, "takedown": takedown, "case": case, "part": part, "paper": paper}


def with_content(world) -> dict[str, set]:
    """Every address that shows content, with the records it shows, as Harriet sees it."""
    concern, part = str(world["concern"].pk), str(world["part"].pk)
    found = {
        "/": {concern, part},
        "/concerns/": {concern},
        "/takedowns/": {concern},
        "/cases/": {concern},
        "/papers/": {part},
        "/concerns/download/": {concern},
        "/takedowns/download/": {concern},
        "/cases/download/": {concern},
        "/papers/download/": {part},
        address(world["concern"]): {concern},
        address(world["takedown"]): {concern},
        address(world["case"]): {concern, part},
        address(world["part"]): {part},
        address(world["paper"]): {part},
        f"/evidence/{Evidence.objects.get().ref}/": {concern},
        address(world["concern"], "record-told"): {concern},
        address(world["part"], "copy-item"): {part},
    }
    reading = {"concerns": "concern", "takedowns": "concern", "cases": "concern", "parts": "part", "papers": "part"}
    for plural, name in reading.items():
        found[f"/api/v1/{plural}/"] = {str(world[name].pk)}
    for name in ("concern", "takedown", "part", "paper"):
        found[f"/api/v1{address(world[name])}"] = {part if name in ("part", "paper") else concern}
    return found


def test_each_answer_with_content_leaves_exactly_one_line(cast, world):
    client = browser(cast.harriet)
    found = {sought(client, "aunt"): {str(world["part"].pk)}}
    for path, records in (with_content(world) | found).items():
        before = set(Looked.objects.values_list("pk", flat=True))
        answer = client.get(path)
        assert answer.status_code in {200, 409}, path
        assert body_of(answer), path
        (line,) = Looked.objects.exclude(pk__in=before)
        assert line.user_id == cast.harriet.pk, path
        assert line.page, path
        assert line.basis, path
        assert records <= set(line.records), path


def test_a_reporter_who_reads_their_own_words_leaves_a_line(cast, world):
    browser(cast.tom).get(f"/my-reports/{world['concern'].ref}/")
    assert Looked.objects.get().records == [str(world["concern"].pk)]


@pytest.mark.parametrize(
    "path",
    ["/report/", "/report/other/", "/my-reports/", "/people/", "/schools/oakfield/", "/trusts/oak/", "/policy/"],
)
def test_pages_without_content_leave_none(cast, world, path):
    assert browser(cast.harriet).get(path).status_code == 200
    assert not Looked.objects.exists()


def test_a_report_that_nobody_has_read_shows_no_words(cast):
    concern = states.reported(cast, at=cast.now - LONG_AGO)
    page = browser(cast.dee).get(address(concern)).content.decode()
    assert states.WORDS not in page
    assert not Looked.objects.exists()
    answer = browser(cast.dee).get(f"/api/v1{address(concern)}").json()
    assert (answer["narrative"], answer["acts"][0]) == ("", "read-report")


def test_what_is_not_there_leaves_none(cast, world):
    pages = [path for path in with_content(world) if path.rstrip("/").split("/")[-1] not in LISTED]
    for user in (cast.zoe, cast.sam, cast.ada):
        for path in pages:
            assert browser(user).get(path).status_code == 404, path
    assert not Looked.objects.exists()


def test_where_nobody_can_be_written_down_nothing_is_shown(cast, world):
    client, paths = browser(cast.harriet), list(with_content(world))
    with unwritable("schools_looked"):
        for path in paths:
            answer = client.get(path)
            assert answer.status_code == 503, path
            shown = answer.content.decode()
            assert not any(words in shown for words in (SECRET, states.WORDS, "Kit Lane", "posts.example")), path


def test_a_form_sent_back_with_mistakes_is_written_down_too(cast, world):
    path = address(world["part"], "copy-item")
    answer = browser(cast.harriet).post(path, {"form_token": "b" * 24})
    assert answer.status_code == 400
    assert Looked.objects.get().records == [str(world["part"].pk)]


def test_doing_an_act_over_the_api_shows_no_content(cast, world):
    path = address(world["part"], "write-note")
    answer = send(browser(cast.harriet), path, {"text": "Rang again."})
    assert (answer.status_code, set(answer.json())) == (201, {"done", "ref", "page"})
    assert SECRET not in json.dumps(answer.json())


class unwritable:  # noqa: N801  (read as a sentence: with unwritable(table))
    """For as long as it lasts, the database refuses every new row of one table."""

    def __init__(self, table: str):
        self.table = table

    def __enter__(self):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(
                    f"CREATE TEMP TRIGGER refuse BEFORE INSERT ON main.{self.table} "
                    "BEGIN SELECT RAISE(ABORT, 'read only'); END"
                )
            else:
                cursor.execute(f"ALTER TABLE {self.table} ADD CONSTRAINT refuse CHECK (page IS NULL) NOT VALID")

    def __exit__(self, *error):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("DROP TRIGGER refuse")
            else:
                cursor.execute(f"ALTER TABLE {self.table} DROP CONSTRAINT refuse")


def test_the_lock_bites(cast):
    with unwritable("schools_looked"), pytest.raises(DatabaseError), transaction.atomic():
        Looked.objects.create(at=cast.now, page="x", basis="y", records=[])
    Looked.objects.create(at=cast.now, page="x", basis="y", records=[])
