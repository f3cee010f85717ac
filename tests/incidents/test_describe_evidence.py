"""Saying in words what a file shows: kept confidential, the file untouched, and never by a party or a witness."""

import pytest

from incidents.models import Evidence
from incidents.workflow.reporting import add_evidence, describe_evidence
from incidents.workflow.triage import read_report
from tests import states

pytestmark = pytest.mark.django_db
SHOWS = "A chat of two. On the right in green: “Do not tell the others.”"


def with_file(cast, at):
    concern = states.read(cast, at=at)
    add_evidence(concern, by=cast.dee, at=at, files=[states.upload(cast.dee)], how_seen="public")
    return concern, Evidence.objects.get(record=concern.record)


def test_describe_evidence_is_for_lead_deputy_and_head(cast, at):
    concern, _ = with_file(cast, at)
    assert states.who_may(describe_evidence, concern, cast, at=at) == ("dee harriet", "dot")


def test_describe_evidence_is_never_for_a_witness_or_whoever_was_harmed(cast, at):
    """What is said is printed in the copy for the hearing. Dot, who deputises, saw it; then Dee is the one harmed."""
    concern, item = with_file(cast, at)
    described = describe_evidence(concern, by=cast.dee, at=at, file=item, shows=SHOWS)
    asking = {"at": at, "file": item, "shows": "A chat."}
    assert states.why_not(describe_evidence, described, by=cast.dot, **asking) == "You cannot decide this: a witness"
    people = [{"name": "Dee Marsh", "kind": "staff", "part": "target"}]
    harmed = read_report(states.reported(cast, at=at, what="abuse_of_staff", people=people), by=cast.harriet, at=at)
    add_evidence(harmed, by=cast.harriet, at=at, files=[states.upload(cast.harriet)], how_seen="public")
    asking["file"] = Evidence.objects.get(record=harmed.record)
    assert states.why_not(describe_evidence, harmed, by=cast.dee, **asking) == (
        "You cannot decide this: the person harmed"
    )
    assert states.words(Evidence.objects.get(pk=item.pk)).shows == SHOWS


def test_describe_evidence_waits_until_the_report_was_read(cast, at):
    """The names of its files are words of a report."""
    concern = states.reported(cast, at=at, files=[states.upload(cast.tom)])
    answers = {"file": Evidence.objects.get(record=concern.record), "shows": SHOWS}
    assert states.why_not(describe_evidence, concern, by=cast.dee, at=at, **answers) == "Read the report first."


def test_describe_evidence_waits_for_a_file(cast, at):
    concern = states.read(cast, at=at)
    asking = {"by": cast.dee, "at": at, "file": None, "shows": SHOWS}
    assert states.why_not(describe_evidence, concern, **asking) == "No file has been added yet."


def test_describe_evidence_is_refused_for_a_file_of_another_concern(cast, at):
    _, other = with_file(cast, at)
    concern, _ = with_file(cast, at)
    asking = {"by": cast.dee, "at": at, "file": other, "shows": SHOWS}
    assert states.why_not(describe_evidence, concern, **asking) == "Choose one of the files of this concern."


def test_describe_evidence_keeps_the_words_and_leaves_the_file_as_it_is(cast, at):
    concern, item = with_file(cast, at)
    describe_evidence(concern, by=cast.harriet, at=at, file=item, shows="A chat.")
    describe_evidence(concern, by=cast.dee, at=at, file=item, shows=SHOWS)
    after = Evidence.objects.get(pk=item.pk)
    assert states.words(after).shows == SHOWS
    assert (after.sha256, after.stored_sha256, states.words(after).name) == (
        item.sha256,
        item.stored_sha256,
        states.words(item).name,
    )
    assert SHOWS not in str(after.shows)


def test_describe_evidence_leaves_its_line(cast, at):
    concern, item = with_file(cast, at)
    describe_evidence(concern, by=cast.dee, at=at, file=item, shows=SHOWS)
    assert states.last_line(concern) == ("evidence.described", cast.dee.pk, at, {"file": item.ref})


def test_the_page_of_the_concern_says_what_a_file_shows(cast, at, client):
    concern = states.read(cast, at=at)
    add_evidence(concern, by=cast.dee, at=at, files=[states.upload(cast.dee)], how_seen="public")
    item = Evidence.objects.get(record=concern.record)
    describe_evidence(concern, by=cast.dee, at=at, file=item, shows="Two people at a door.")
    client.force_login(cast.dee)
    assert "What it shows: Two people at a door." in client.get(f"/concerns/{concern.ref}/").content.decode()
