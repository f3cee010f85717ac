"""Fetching a copy: a promise, a line in each record, and a file for whoever wrote that line, for ten minutes."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from reports import jobs
from reports.models import Paper
from reports.workflow import ask_for_paper, fetch_paper, lets_through
from schools import ledger
from schools.models import Entry, Exclusion, Looked
from tests import states
from tests.reports.papers import ASKING, PRINTED, asked, ready

pytestmark = pytest.mark.django_db
LATER = 7 * states.HOUR


@pytest.fixture
def paper(cast, at):
    """A copy that is ready: the concern and the part about the child's safety."""
    return ready(cast, "safeguarding", at=at)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def fetched(client, paper, *, promise="yes"):
    sent = {"promise": promise, "form_token": "once-and-only-once"}
    return client.post(f"/papers/{paper.ref}/fetch-paper/", sent)


def hide(cast, record, user, at):
    with transaction.atomic():
        row = Exclusion(record=record, person=user.person, grade=Exclusion.HIDDEN, why="Close relative.", since=at)
        ledger.record("conflict.found", record, row, by=None, at=at)


def test_fetch_paper_is_for_who_may_print_every_record_in_it(cast, at, paper):
    assert states.who_may(fetch_paper, paper, cast, at=at) == ("dee harriet", "dot")


def test_fetch_paper_is_not_for_who_may_not_print_all_of_it(cast, at):
    whole = ready(cast, "conduct", at=at)
    # Dee does not see the conduct part, so for her the copy does not exist; on the page that is an empty address.
    assert states.who_may(fetch_paper, whole, cast, at=at) == ("harriet", "dee dot")
    assert signed_in(cast.dee).get(f"/papers/{whole.ref}/fetch-paper/").status_code == 404


def test_fetch_paper_waits_until_it_is_made(cast, at):
    waiting = asked(cast, at=at)
    answers = {"by": cast.harriet, "at": at + LATER, "promise": "yes"}
    assert states.why_not(fetch_paper, waiting, **answers) == "Being made."


def test_fetch_paper_needs_a_promise(cast, at, paper):
    answers = {"by": cast.harriet, "at": at + LATER, "promise": "no"}
    words = "A copy is fetched only by somebody who will see that it is destroyed by its day."
    assert states.why_not(fetch_paper, paper, **answers) == words


def test_fetch_paper_leaves_its_line_in_every_record_printed(cast, at, paper):
    fetch_paper(paper, by=cast.dee, at=at + LATER, promise="yes")
    for one in paper.printed.all():
        assert states.last_line(one) == ("paper.fetched", cast.dee.pk, at + LATER, {"paper": paper.ref})


def test_the_page_says_for_whom_it_is_and_until_when_it_may_be_kept(cast, paper):
    page = signed_in(cast.harriet).get(f"/papers/{paper.ref}/fetch-paper/").content.decode()
    assert "Grace Adeyemi, chair of the local board" in page
    assert "Mon 21 Dec 2026" in page


def test_the_file_comes_to_whoever_fetched_it(cast, paper):
    client = signed_in(cast.harriet)
    landed = fetched(client, paper)
    line = Entry.objects.get(record=paper.record, verb="paper.fetched")
    assert landed["Location"] == f"/papers/{paper.ref}/file/{line.seq}/"
    file = client.get(landed["Location"])
    assert b"".join(file.streaming_content) == PRINTED
    assert file["Content-Disposition"] == f'attachment; filename="{paper.ref}.pdf"'
    assert file["Content-Type"] == "application/pdf"


def test_who_was_handed_the_file_is_written_down_with_every_record_in_it(cast, paper):
    client = signed_in(cast.harriet)
    client.get(fetched(client, paper)["Location"])
    looked = Looked.objects.get(page="paper file")
    assert looked.user_id == cast.harriet.pk
    assert looked.records == sorted(str(one.record_id) for one in paper.printed.all())


def test_without_the_promise_the_page_asks_for_it_and_nothing_leaves(cast, paper):
    sent = fetched(signed_in(cast.harriet), paper, promise="")
    assert sent.status_code == 400
    assert "Say that you will see to it" in sent.content.decode()
    assert "paper.fetched" not in states.lines(paper)


def test_one_press_of_the_button_twice_is_one_line(cast, paper):
    client = signed_in(cast.harriet)
    first, second = fetched(client, paper), fetched(client, paper)
    assert first["Location"] == second["Location"]
    assert states.lines(paper).count("paper.fetched") == 1


def test_a_line_lets_only_its_own_writer_through(cast, paper):
    address = fetched(signed_in(cast.harriet), paper)["Location"]
    dee = signed_in(cast.dee)
    assert dee.get(address).status_code == 404
    assert dee.get(address).content == dee.get("/papers/F-0000-0000/file/9/").content


@pytest.mark.parametrize("line", [1, 7, 9999])
def test_another_line_lets_nobody_through(cast, paper, line):
    client = signed_in(cast.harriet)
    fetched(client, paper)
    assert client.get(f"/papers/{paper.ref}/file/{line}/").status_code == 404


@pytest.mark.parametrize(("passed", "through"), [(600, True), (601, False)])
def test_a_line_lets_the_file_through_for_ten_minutes(cast, at, paper, passed, through):
    line = fetch_paper(paper, by=cast.harriet, at=at + LATER, promise="yes")
    assert lets_through(paper, line, now=line.written_at + timedelta(seconds=passed)) is through


@pytest.mark.parametrize("same_case", [True, False])
def test_the_line_of_another_copy_lets_nothing_through(cast, at, paper, same_case):
    asking = {"by": cast.harriet, "at": at + LATER, **ASKING}
    other = ask_for_paper(paper.case, **asking) if same_case else asked(cast, at=at)
    jobs.keep(other, PRINTED, at=at + LATER)
    line = fetch_paper(other, by=cast.harriet, at=at + LATER, promise="yes")
    assert lets_through(other, line, now=line.written_at) is True
    assert lets_through(paper, line, now=line.written_at) is False


def test_nobody_from_whom_one_record_was_hidden_meanwhile_gets_the_file(cast, at, paper):
    client = signed_in(cast.harriet)
    address = fetched(client, paper)["Location"]
    hide(cast, paper.printed.get(record__kind="safeguarding").record, cast.harriet, at + LATER)
    assert client.get(address).status_code == 404
    assert client.get(f"/papers/{paper.ref}/").content == client.get("/papers/F-0000-0000/").content


def test_after_a_day_the_file_is_gone_for_everybody(cast, paper):
    client = signed_in(cast.harriet)
    address = fetched(client, paper)["Location"]
    jobs.erase_old(paper.ready_at + timedelta(hours=24))
    assert client.get(address).status_code == 404
    assert Paper.objects.get(pk=paper.pk).status == Paper.ERASED
