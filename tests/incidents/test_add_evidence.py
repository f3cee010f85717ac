"""Adding a file: untouched, sealed, with who captured it and how; never where a stop sign stands."""

import hashlib

import pytest

from incidents.models import Evidence
from incidents.workflow.reporting import NO_FILES, add_evidence
from incidents.workflow.triage import triage
from schools import files
from schools.models import Upload
from tests import states

pytestmark = pytest.mark.django_db


def added(cast, at, concern=None):
    concern = concern or states.reported(cast, at=at)
    answers = {"files": [states.upload(cast.dee)], "how_seen": "public", "seen_at": at - states.HOUR}
    return add_evidence(concern, by=cast.dee, at=at, **answers)


def test_add_evidence_is_for_lead_deputy_and_head(cast, at):
    assert states.who_may(add_evidence, states.reported(cast, at=at), cast, at=at) == ("dee dot harriet", "")


def test_add_evidence_keeps_the_file_as_it_was_received(cast, at):
    concern = added(cast, at)
    (item,) = Evidence.objects.filter(record=concern.record)
    assert b"".join(files.open_item(item.pk, item.stored_as)) == states.PICTURE
    assert (item.sha256, item.size) == (hashlib.sha256(states.PICTURE).hexdigest(), len(states.PICTURE))
    assert (item.captured_by, item.captured_at, item.received_at) == (cast.dee.person, at - states.HOUR, at)
    assert states.words(item).name == "screen.png"


def test_add_evidence_takes_each_file_once(cast, at):
    concern, upload = states.reported(cast, at=at), states.upload(cast.dee)
    add_evidence(concern, by=cast.dee, at=at, files=[upload], how_seen="public")
    assert not Upload.objects.exists()
    words = "This file was taken in already, or waited too long: send it again."
    assert states.why_not(add_evidence, concern, by=cast.dee, at=at, files=[upload], how_seen="public") == words


def test_add_evidence_to_what_is_finished_opens_it_first_so_that_somebody_looks(cast, at):
    concern, later = states.finished(cast, at=at), at + states.DAY
    answers = {"files": [states.upload(cast.dee)], "how_seen": "public"}
    words = "This is finished: open it again first, for a new file may change what was decided."
    assert states.why_not(add_evidence, concern, by=cast.dee, at=later, **answers) == words


def test_add_evidence_needs_a_file(cast, at):
    concern = states.reported(cast, at=at)
    words = "Choose at least one file."
    assert states.why_not(add_evidence, concern, by=cast.dee, at=at, files=[], how_seen="public") == words


@pytest.mark.parametrize("what", ["child_imagery", "adult_imagery", "blackmail", "extremism"])
def test_add_evidence_is_impossible_where_a_stop_sign_stands(cast, at, what):
    concern = states.reported(cast, at=at, what=what)
    answers = {"files": [states.upload(cast.dee)], "how_seen": "public"}
    assert states.why_not(add_evidence, concern, by=cast.dee, at=at, **answers) == NO_FILES


def test_add_evidence_is_impossible_once_triaged_as_imagery_of_a_child(cast, at):
    concern = states.read(cast, at=at)
    triage(concern, by=cast.dee, at=at, code="SEXIMG", direction="unknown", reason="It is.")
    answers = {"files": [states.upload(cast.dee)], "how_seen": "public"}
    assert states.why_not(add_evidence, concern, by=cast.dee, at=at, **answers) == NO_FILES


def test_add_evidence_leaves_its_line(cast, at):
    concern = added(cast, at)
    (item,) = Evidence.objects.filter(record=concern.record)
    assert states.last_line(concern) == ("evidence.added", cast.dee.pk, at, {"files": [item.ref]})
