"""A copy between being asked for and being gone: made once, the same each time, frozen, sealed, erased after a day."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from casework.models import Part
from casework.workflow import parts
from incidents.workflow import reporting
from reports import building, jobs
from reports.models import Paper
from schools import files, ledger, tombstone, verify
from schools.models import Exclusion, ItemKey, Looked
from tests import states
from tests.reports.papers import PRINTED, asked, content_of, ready

pytestmark = pytest.mark.django_db
DAY = timedelta(hours=24)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def stored() -> list[str]:
    return list(files.store().names())


def test_the_job_makes_a_pdf_and_enters_its_fingerprint_in_every_record(cast, at):
    paper = asked(cast, "safeguarding", at=at)
    jobs.print_paper.func(str(paper.pk))
    paper = Paper.objects.get(pk=paper.pk)
    content = content_of(paper)
    assert paper.status == Paper.READY
    assert content.startswith(b"%PDF-1.7")
    assert len(content) == paper.size
    for one in paper.printed.all():
        verb, by, _, facts = states.last_line(one)
        assert (verb, by, facts) == ("paper.ready", None, {"paper": paper.ref, "sha256": paper.sha256})


def test_the_same_copy_made_again_is_the_same_to_the_last_byte(cast, at):
    paper = asked(cast, "conduct", at=at)
    first = jobs.made(paper)
    # What happens afterwards is no part of it, and neither is the hour at which it is made.
    parts.write_note(Part.objects.get(), by=cast.hugh, at=at + 2 * states.DAY, text="Later by two days.")
    assert jobs.made(Paper.objects.get(pk=paper.pk)) == first


def test_a_job_that_is_run_twice_makes_one_copy(cast, at):
    paper = ready(cast, at=at)
    before = (states.lines(paper), stored())
    jobs.print_paper.func(str(paper.pk))
    jobs.keep(paper, b"%PDF-1.7 the second worker", at=at + states.DAY)
    assert (states.lines(paper), stored()) == before
    assert content_of(Paper.objects.get(pk=paper.pk)) == PRINTED


def test_a_job_for_nothing_does_nothing(db):
    jobs.print_paper.func("00000000-0000-4000-8000-000000000000")
    assert not Paper.objects.exists()


def test_nothing_that_came_after_the_asking_is_printed(cast, at):
    paper = asked(cast, "conduct", at=at)
    part = Part.objects.get()
    later = at + 7 * states.HOUR
    parts.write_note(part, by=cast.hugh, at=later, text="A note that came too late.")
    links = [{"platform": "X", "handle": "@late"}]
    reporting.add_link(paper.case.record.concern, by=cast.harriet, at=later, links=links)
    file = building.case_file(Paper.objects.get(pk=paper.pk))
    told = "\n".join(entry.what.text for entry in file.chronology)
    assert "too late" not in told
    assert "@late" not in told
    assert file.concerns[0].where == ("Facebook: https://posts.example/1, sam.f",)
    assert file.chronology[-1].what.text.startswith(f"Asked for the copy {paper.ref}, for Grace Adeyemi")


def test_the_file_is_sealed_under_a_key_of_its_own(cast, at):
    paper = ready(cast, at=at)
    assert ItemKey.objects.get(item_id=paper.pk).record_id == paper.record_id
    with files.store().open(paper.stored_as) as sealed:
        assert sealed.read(21) == b"age-encryption.org/v1"
    assert content_of(paper) == PRINTED


@pytest.mark.parametrize(("waited", "status"), [(DAY - timedelta(seconds=1), "ready"), (DAY, "erased")])
def test_the_file_waits_for_a_day(cast, at, waited, status):
    paper = ready(cast, at=at)
    erased = jobs.erase_old(paper.ready_at + waited)
    assert erased == (status == "erased")
    assert Paper.objects.get(pk=paper.pk).status == status


def test_after_a_day_key_and_file_are_gone_and_the_history_says_so(cast, at):
    paper = ready(cast, "safeguarding", at=at)
    sealed = paper.stored_as
    assert jobs.erase_old(paper.ready_at + DAY) == 1
    assert jobs.erase_old(paper.ready_at + DAY) == 0
    gone = Paper.objects.get(pk=paper.pk)
    assert (gone.stored_as, gone.stored_files(), gone.erased_at) == ("", [], paper.ready_at + DAY)
    assert sealed not in stored()
    assert not ItemKey.objects.filter(item_id=paper.pk).exists()
    for one in paper.printed.all():
        assert states.last_line(one)[0] == "paper.erased"


def test_a_crash_between_erasing_and_its_line_is_finished_the_next_minute(cast, at):
    paper = ready(cast, at=at)
    files.erase_item(paper.pk, paper.stored_as)
    assert jobs.erase_old(paper.ready_at + DAY) == 1
    assert states.lines(paper)[-1] == "paper.erased"


def test_a_copy_of_what_was_destroyed_meanwhile_goes_at_once(cast, at):
    paper = ready(cast, "safeguarding", at=at)
    with transaction.atomic():
        tombstone.destroy(Part.objects.get().record, by=cast.harriet, at=at + states.DAY, rule="RET-CP-PUPIL")
    assert signed_in(cast.harriet).get(f"/papers/{paper.ref}/fetch-paper/").status_code == 409
    assert jobs.erase_old(paper.ready_at + timedelta(minutes=1)) == 1
    assert Paper.objects.get(pk=paper.pk).status == Paper.ERASED


def test_a_copy_of_what_is_destroyed_before_it_is_made_cannot_be_made(cast, at, django_capture_on_commit_callbacks):
    paper, before = asked(cast, "safeguarding", at=at), stored()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        tombstone.destroy(Part.objects.get().record, by=cast.harriet, at=at + states.DAY, rule="RET-CP-PUPIL")
    jobs.print_paper.func(str(paper.pk))
    failed = Paper.objects.get(pk=paper.pk)
    why = "A record of this case was destroyed after the copy was asked for."
    assert (failed.status, states.words(failed).trouble) == ("failed", why)
    assert states.lines(paper)[-1] == "paper.failed"
    assert stored() == before


def test_everything_a_copy_leaves_behind_verifies(cast, at):
    ready(cast, "safeguarding", at=at)
    old = ready(cast, "conduct", at=at)
    jobs.erase_old(old.ready_at + DAY)
    assert [finding.sentence for finding in verify.findings()] == []


def test_the_page_of_a_copy_says_how_it_stands(cast, at):
    waiting, done = asked(cast, at=at), ready(cast, at=at)
    jobs.fail(asked(cast, at=at), "The paper has 2001 pages; 2000 is the most.", at=at)
    client = signed_in(cast.harriet)
    page = client.get(f"/papers/{waiting.ref}/").content.decode()
    assert "The copy is being made." in page
    assert "data-watch" in page
    page = client.get(f"/papers/{done.ref}/").content.decode()
    assert "The copy is ready." in page
    assert "data-watch" not in page
    assert f'href="/papers/{done.ref}/fetch-paper/"' in page
    failed = Paper.objects.get(status=Paper.FAILED)
    assert "The paper has 2001 pages" in client.get(f"/papers/{failed.ref}/").content.decode()


def test_the_page_of_a_copy_is_written_down_with_every_record_in_it(cast, at):
    paper = ready(cast, "safeguarding", "conduct", at=at)
    signed_in(cast.harriet).get(f"/papers/{paper.ref}/")
    looked = Looked.objects.get()
    assert (looked.page, len(looked.records)) == ("paper", 3)


def test_the_list_names_nobody(cast, at):
    paper = ready(cast, at=at)
    page = signed_in(cast.harriet).get("/papers/").content.decode()
    assert paper.ref in page
    assert "Grace Adeyemi" not in page
    assert "Sam Field" not in page


def test_a_copy_exists_for_nobody_who_does_not_see_all_of_it(cast, at):
    paper = ready(cast, "safeguarding", "conduct", at=at)
    absent = {name: signed_in(user).get("/papers/F-0000-0000/") for name, user in cast.everyone().items()}
    found = {name: signed_in(user).get(f"/papers/{paper.ref}/") for name, user in cast.everyone().items()}
    assert [name for name, answer in found.items() if answer.status_code == 200] == ["harriet"]
    assert all(found[name].content == absent[name].content for name in found if name != "harriet")


def test_who_is_shut_out_of_one_record_has_no_trace_of_the_copy_in_lists(cast, at):
    paper = ready(cast, "safeguarding", "conduct", at=at)
    before = signed_in(cast.harriet).get("/api/v1/papers/").json()
    assert [row["ref"] for row in before["results"]] == [paper.ref]
    conduct = Part.objects.get(lane="conduct").record
    with transaction.atomic():
        why = "Close relative."
        row = Exclusion(record=conduct, person=cast.harriet.person, grade=Exclusion.HIDDEN, why=why, since=at)
        ledger.record("conflict.found", conduct, row, by=None, at=at)
    client = signed_in(cast.harriet)
    assert client.get("/api/v1/papers/").json() == {"count": 0, "next": None, "previous": None, "results": []}
    assert paper.ref not in client.get("/papers/").content.decode()


def test_the_api_says_what_is_on_the_page(cast, at):
    paper = ready(cast, at=at)
    told = signed_in(cast.harriet).get(f"/api/v1/papers/{paper.ref}/").json()
    assert {name: told[name] for name in ("ref", "case", "part", "status", "recipient", "destroy_by_on", "acts")} == {
        "ref": paper.ref,
        "case": paper.case.ref,
        "part": None,
        "status": "ready",
        "recipient": "Grace Adeyemi, chair of the local board",
        "destroy_by_on": "2026-12-21",
        "acts": ["fetch-paper"],
    }
