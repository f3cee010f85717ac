"""Asking for a copy: what may go in, the line in each record, the day it must be gone, and a job that knows no more."""

import json
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from casework.models import Part
from casework.workflow import handing_over
from reports.models import Paper
from reports.workflow import ask_for_paper, ask_for_part_paper, contents
from schools import checkpoints, clock, sealing
from schools.access import Viewer
from schools.models import Entry
from tests import states
from tests.reports.papers import ASKING, asked, case_with, printed_in

pytestmark = pytest.mark.django_db
LATER = 6 * states.HOUR


@pytest.fixture
def case(cast, at):
    """A case about Sam: the concern, a part about the child's safety and one about conduct."""
    return case_with(cast, "safeguarding", "conduct", at=at)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_ask_for_paper_is_for_the_head_and_the_lead_and_not_for_a_witness(cast, at, case):
    assert states.who_may(ask_for_paper, case, cast, at=at) == ("dee harriet", "dot")


def test_ask_for_paper_prints_for_the_head_every_record_of_the_case(cast, at, case):
    paper = ask_for_paper(case, by=cast.harriet, at=at + LATER, **ASKING)
    # Concern: reported, read, triaged, threshold, case opened, two parts opened, then asked. Each part: opened, asked.
    assert printed_in(paper) == [("concern", 8), ("conduct", 2), ("safeguarding", 2)]


def test_ask_for_paper_prints_for_the_lead_nothing_of_what_she_may_not_see(cast, at, case):
    paper = ask_for_paper(case, by=cast.dee, at=at + LATER, **ASKING)
    assert printed_in(paper) == [("concern", 8), ("safeguarding", 2)]
    facts = states.last_line(paper)[3]
    assert facts["left_out"] == []
    conduct = Part.objects.get(lane="conduct")
    assert states.lines(conduct) == ["part.opened"]
    assert conduct.ref not in json.dumps(facts)


def test_ask_for_paper_leaves_out_what_somebody_reads_and_may_not_print(cast, at, case):
    conduct = Part.objects.get(lane="conduct")
    given = {"person": cast.dee.person, "role": "investigating_officer", "why": "She investigates."}
    handing_over.hand_over(conduct, by=cast.harriet, at=at + LATER, **given)
    paper = ask_for_paper(case, by=cast.dee, at=at + LATER, **ASKING)
    why = "Your role lets you read it and not print it."
    assert states.last_line(paper)[3]["left_out"] == [{"ref": conduct.ref, "kind": "conduct", "why": why}]
    assert printed_in(paper) == [("concern", 8), ("safeguarding", 2)]
    assert states.lines(conduct) == ["part.opened", "part.handed_over"]


def test_ask_for_paper_for_a_hearing_prints_the_conduct_and_the_report_and_names_the_rest(cast, at, case):
    paper = ask_for_paper(case, by=cast.harriet, at=at + LATER, audience="hearing", **ASKING)
    assert printed_in(paper) == [("concern", 8), ("conduct", 2)]
    safeguarding = Part.objects.get(lane="safeguarding")
    why = "A copy of this kind does not need it."
    assert states.last_line(paper)[3]["left_out"] == [{"ref": safeguarding.ref, "kind": "safeguarding", "why": why}]
    assert states.lines(safeguarding) == ["part.opened"]


def test_ask_for_paper_for_a_hearing_is_refused_to_who_reads_no_conduct(cast, at, case):
    words = "There is nothing in it that a copy of this kind is about: choose another kind of copy."
    assert states.why_not(ask_for_paper, case, by=cast.dee, at=at + LATER, audience="hearing", **ASKING) == words
    safeguarding = Part.objects.get(lane="safeguarding")
    asking = {"audience": "hearing", **ASKING}
    assert states.why_not(ask_for_part_paper, safeguarding, by=cast.harriet, at=at + LATER, **asking) == words


def test_who_asked_for_what_is_held_about_them_gets_the_copy_for_them_and_no_other(cast, at, case):
    asking = ASKING | {"recipient": "S. F., by post", "legal_ground": "subject_access"}
    words = (
        "Somebody who asked for what is held about them is given the copy for the person it is about: choose that kind "
        "of copy, or another ground."
    )
    for kind in ("full", "words", "hearing"):
        asking |= {"audience": kind}
        assert states.why_not(ask_for_paper, case, by=cast.harriet, at=at + LATER, **asking) == words


@pytest.mark.parametrize("kind", ["full", "words"])
def test_nobody_is_given_about_themselves_a_copy_that_masks_no_names(cast, at, case, kind):
    asking = ASKING | {"recipient": "Mr Sam Field, teacher of music", "audience": kind}
    words = (
        "This copy is about Sam Field and masks no names: choose the copy for the person it is about, or say more "
        "exactly who else is to read it."
    )
    assert states.why_not(ask_for_paper, case, by=cast.harriet, at=at + LATER, **asking) == words


def test_no_kind_of_copy_is_chosen_for_who_chooses_none(cast, case):
    sent = signed_in(cast.harriet).post(
        f"/api/v1/cases/{case.ref}/ask-for-paper/",
        ASKING,
        content_type="application/json",
        headers={"Idempotency-Key": "once-and-only-once"},
    )
    assert (sent.status_code, sent.json()["errors"]) == (400, ["“What kind of copy?” needs an answer."])


def test_ask_for_paper_leaves_its_line_in_every_record_printed(cast, at, case):
    paper = ask_for_paper(case, by=cast.harriet, at=at + LATER, **ASKING)
    for one in paper.printed.all():
        line = Entry.objects.get(record=one.record, seq=one.seq)
        assert (line.verb, line.by, line.at) == ("paper.asked", cast.harriet.pk, at + LATER)
    verb, _, _, facts = states.last_line(paper)
    assert verb == "paper.asked"
    assert facts == {
        "paper": paper.ref,
        "recipient": "Grace Adeyemi, chair of the local board",
        "purpose": "To review how it was handled.",
        "ground": "public_task",
        "destroy_by": "2026-12-21",
        "decided_by": str(cast.harriet.person.pk),
        "keep": None,
        "left_out": [],
    }


def test_ask_for_paper_writes_down_until_when_each_part_is_kept(cast, at):
    paper = asked(cast, "safeguarding", at=at)
    part = Part.objects.get()
    kept = states.last_line(part)[3]["keep"]
    # Nobody's date of birth is known, so the rule gives no day and asks for a person.
    assert (kept["until"], kept["rule"], kept["held"]) == (None, "MANUAL_REVIEW", [])
    assert states.last_line(part)[3]["paper"] == paper.ref


def test_ask_for_paper_keeps_for_whom_and_why_sealed(cast, at):
    paper = asked(cast, at=at)
    assert states.words(paper).recipient == "Grace Adeyemi, chair of the local board"
    assert states.words(paper).purpose == "To review how it was handled."
    assert b"Grace" not in bytes(paper.recipient.sealed)


def test_ask_for_paper_suggests_four_weeks(cast, at):
    assert asked(cast, at=at).destroy_by_on == date(2026, 12, 21)  # Monday 23 November and 28 days


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2027, 11, 25)])
def test_ask_for_paper_refuses_a_day_that_is_past_or_more_than_a_year_ahead(cast, at, case, day):
    # Asked on 23 November 2026; 366 days later is 24 November 2027.
    asking = {"by": cast.harriet, "at": at + LATER, "destroy_by_on": day, **ASKING}
    words = "A copy is kept from today for at most 366 days: choose a day in between."
    assert states.why_not(ask_for_paper, case, **asking) == words


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2027, 11, 24)])
def test_ask_for_paper_takes_today_and_the_last_day(cast, at, case, day):
    paper = ask_for_paper(case, by=cast.harriet, at=at + LATER, destroy_by_on=day, **ASKING)
    assert Paper.objects.get(pk=paper.pk).destroy_by_on == day


def test_ask_for_paper_refuses_that_a_party_decided(cast, at, case):
    asking = {"by": cast.harriet, "at": at + LATER, "decided_by": cast.dot.person, **ASKING}
    words = "Dot Evans cannot be chosen for this: choose somebody else."
    assert states.why_not(ask_for_paper, case, **asking) == words


@pytest.mark.parametrize("wrong", [{"audience": "press"}, {"legal_ground": "curiosity"}])
def test_ask_for_paper_refuses_a_copy_or_a_ground_that_there_is_not(cast, at, case, wrong):
    asking = {"by": cast.harriet, "at": at + LATER, **ASKING, **wrong}
    words = "Choose one of the kinds of copy and one of the legal grounds shown."
    assert states.why_not(ask_for_paper, case, **asking) == words


def test_ask_for_paper_leaves_a_job_that_holds_the_identifier_and_nothing_else(cast, at):
    paper = asked(cast, at=at)
    (job,) = DBTaskResult.objects.all()
    assert job.task_path == "reports.jobs.print_paper"
    assert job.args_kwargs == {"args": [str(paper.pk)], "kwargs": {}}


def test_ask_for_paper_refused_leaves_no_job_and_no_line(cast, at, case):
    before = states.lines(case)
    states.why_not(ask_for_paper, case, by=cast.dot, at=at + LATER, **ASKING)
    assert states.lines(case) == before
    assert not DBTaskResult.objects.exists()


def test_ask_for_paper_prints_the_newest_checkpoint_and_says_when_there_is_none(cast, at):
    assert asked(cast, at=at).checkpoint is None
    made = checkpoints.make(clock.machine_now())
    assert asked(cast, at=at).checkpoint == made


def test_what_goes_in_is_on_the_page_before_anything_is_asked(cast, case):
    page = signed_in(cast.harriet).get(f"/cases/{case.ref}/ask-for-paper/")
    printed, left_out = contents(case, Viewer(cast.harriet, clock.now()))
    assert sorted(record.kind for record in printed) == ["concern", "conduct", "safeguarding"]
    assert (printed[0], left_out) == (case.record, [])
    for record in printed:
        assert record.ref in page.content.decode()


def test_asking_on_the_page_leads_to_the_copy(cast, case):
    client = signed_in(cast.harriet)
    sent = client.post(
        f"/cases/{case.ref}/ask-for-paper/",
        ASKING | {"form_token": "once-and-only-once", "destroy_by_on-day": "", "decided_by": "", "audience": "full"},
    )
    paper = Paper.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"/papers/{paper.ref}/")
    assert paper.asked_by == paper.decided_by == cast.harriet.person
    assert paper.audience == "full"


def test_the_page_asks_what_kind_of_copy_and_the_copy_says_it(cast, case):
    client, address = signed_in(cast.harriet), f"/cases/{case.ref}/ask-for-paper/"
    page = client.get(address).content.decode()
    kinds = ("Everything I may read and print", "The same without pictures", "For a hearing about staff conduct")
    assert [kind for kind in kinds if kind not in page] == []
    assert not re.search(r"<input[^>]*checked", page)
    sent = {"form_token": "once-and-only-once", "destroy_by_on-day": "", "decided_by": "", "audience": "hearing"}
    client.post(address, ASKING | sent)
    paper = Paper.objects.get()
    assert sorted(kind for kind, _ in printed_in(paper)) == ["concern", "conduct"]
    assert "For a hearing about staff conduct" in client.get(f"/papers/{paper.ref}/").content.decode()


def test_asking_over_the_api_leads_to_the_same_copy(cast, case):
    sent = signed_in(cast.harriet).post(
        f"/api/v1/cases/{case.ref}/ask-for-paper/",
        ASKING | {"destroy_by_on": str(clock.day_of(clock.now()) + timedelta(days=3)), "audience": "full"},
        content_type="application/json",
        headers={"Idempotency-Key": "once-and-only-once"},
    )
    paper = Paper.objects.get()
    assert (sent.status_code, sent.json()["page"]) == (201, f"/papers/{paper.ref}/")
    assert sealing.open_row(paper).purpose == ASKING["purpose"]
