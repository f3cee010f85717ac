"""Reading a report for the first time: by those who may triage it, once, and the reporter sees that it was read."""

import pytest

from incidents.models import Concern, Telling
from incidents.workflow.triage import read_report
from schools import notices
from schools.access import Viewer
from tests import states

pytestmark = pytest.mark.django_db


def test_read_report_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at):
    assert states.who_may(read_report, states.reported(cast, at=at), cast, at=at) == ("dee harriet", "dot")


def test_read_report_notes_who_read_it_and_tells_the_reporter_so(cast, at):
    concern = states.reported(cast, at=at)
    assert concern.stage == "not read yet"
    read_report(concern, by=cast.dee, at=at + states.HOUR)
    concern = Concern.objects.get(pk=concern.pk)
    assert (concern.read_by, concern.read_at) == (cast.dee.person, at + states.HOUR)
    assert concern.stage == "read"


def test_read_report_takes_it_off_every_desk(cast, at):
    concern = states.reported(cast, at=at)
    assert notices.waiting_for(Viewer(cast.harriet, at)).count() == 1
    read_report(concern, by=cast.dee, at=at)
    assert notices.waiting_for(Viewer(cast.harriet, at)).count() == 0


def test_read_report_is_done_once(cast, at):
    concern = states.read(cast, at=at)
    assert states.why_not(read_report, concern, by=cast.harriet, at=at) == "Someone has read this already."
    assert (
        states.why_not(read_report, concern, by=cast.tom, at=at)
        == "Your role does not let you do this: read this report."
    )


def test_read_report_leaves_its_line(cast, at):
    concern = states.reported(cast, at=at)
    read_report(concern, by=cast.dee, at=at + states.HOUR)
    assert states.last_line(concern) == ("concern.read", cast.dee.pk, at + states.HOUR, {})


def test_read_report_tells_whoever_reads_it_as_the_policy_wants(cast, at):
    concern = states.reported(cast, at=at)
    lead = Telling.objects.get(record=concern.record, person=cast.dee.person)
    assert lead.told_at is None
    read_report(concern, by=cast.dee, at=at + states.HOUR)
    lead.refresh_from_db()
    assert lead.told_at == at + states.HOUR
    others = Telling.objects.filter(record=concern.record).exclude(pk=lead.pk)
    assert others.exists()
    assert not others.filter(told_at__isnull=False).exists()
