"""Notices: a mail holds a reference and a link and nothing else, and goes only to who may still see the record."""

from datetime import timedelta

import pytest
from django.db import transaction

from schools import ledger, notices, records
from schools.access import Viewer
from schools.models import Exclusion, Notice
from schools.roles import Kind
from tests import factories as make

pytestmark = pytest.mark.django_db
DESK = "https://daybook.oaktrust.example"


@pytest.fixture(autouse=True)
def address_of_the_desk(settings):
    settings.PUBLIC_URL = DESK


@pytest.fixture
def concern(cast):
    record = records.prepare(Kind.CONCERN, trust=cast.trust, school=cast.oakfield, pack=None, at=cast.now)
    with transaction.atomic():
        ledger.begin(record, verb="concern.reported", by=cast.tom, at=cast.now)
    return record


def hide(record, user, at):
    with transaction.atomic():
        row = Exclusion(record=record, person=user.person, grade=Exclusion.HIDDEN, why="Close relative.", since=at)
        ledger.record("conflict.found", record, row, by=None, at=at)
    return row


def test_a_mail_holds_the_reference_and_the_link_and_nothing_else(cast, concern, postbox, at):
    told = notices.tell(cast.dee.person, record=concern, what="read", due_at=at, basis="policy", at=at)
    assert notices.send_due(at) == 1
    ((recipients, message),) = postbox.received
    assert recipients == ("dee.marsh@oakfield.example",)
    assert message["Subject"] == "Daybook: something waits for you"
    assert message["To"] == "dee.marsh@oakfield.example"
    assert message["Message-ID"] == f"<{told.pk}@daybook>"
    assert message.get_content() == f"{concern.ref}\n{DESK}/\n"
    assert sorted(message.keys()) == [
        "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To",
    ]  # fmt: skip


def test_each_notice_is_mailed_once(cast, concern, postbox, at):
    notices.tell(cast.dee.person, record=concern, what="read", at=at)
    notices.tell(cast.harriet.person, record=concern, what="read", at=at)
    assert notices.send_due(at) == 2
    assert notices.send_due(at + timedelta(minutes=1)) == 0
    assert {recipients for recipients, _ in postbox.received} == {
        ("dee.marsh@oakfield.example",),
        ("harriet.lowe@oakfield.example",),
    }


def test_who_was_hidden_meanwhile_gets_nothing_and_sees_nothing(cast, concern, postbox, at):
    notices.tell(cast.dee.person, record=concern, what="read", at=at)
    notices.tell(cast.harriet.person, record=concern, what="read", at=at)
    hide(concern, cast.dee, at)
    assert notices.send_due(at) == 1
    assert [recipients for recipients, _ in postbox.received] == [("harriet.lowe@oakfield.example",)]
    assert list(notices.waiting_for(Viewer(cast.dee, at))) == []
    assert notices.waiting_for(Viewer(cast.harriet, at)).count() == 1


def test_who_may_not_see_the_record_gets_nothing(cast, concern, postbox, at):
    notices.tell(cast.sam.person, record=concern, what="read", at=at)
    assert notices.send_due(at) == 0
    assert postbox.received == []
    assert list(notices.waiting_for(Viewer(cast.sam, at))) == []


def test_what_is_about_no_record_is_mailed_with_the_link_alone(cast, postbox, at):
    notices.tell(cast.ada.person, record=None, what="cover", at=at)
    assert notices.send_due(at) == 1
    assert postbox.received[0][1].get_content() == f"{DESK}/\n"


def test_without_an_address_for_people_the_link_leads_to_this_machine(cast, postbox, at, settings):
    settings.PUBLIC_URL, settings.HOST, settings.PORT = "", "127.0.0.1", 8123
    notices.tell(cast.ada.person, record=None, what="cover", at=at)
    notices.send_due(at)
    assert postbox.received[0][1].get_content() == "http://127.0.0.1:8123/\n"


def test_a_refused_address_waits_for_next_time_and_holds_up_nobody(cast, concern, postbox, at):
    postbox.refused.add("dee.marsh@oakfield.example")
    notices.tell(cast.dee.person, record=concern, what="read", at=at)
    notices.tell(cast.harriet.person, record=concern, what="read", at=at)
    assert notices.send_due(at) == 1
    postbox.refused.clear()
    assert notices.send_due(at) == 1
    assert [recipients for recipients, _ in postbox.received] == [
        ("harriet.lowe@oakfield.example",),
        ("dee.marsh@oakfield.example",),
    ]


def test_a_mail_server_that_is_down_loses_no_notice(cast, concern, postbox, at, settings):
    notices.tell(cast.dee.person, record=concern, what="read", at=at)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # nothing listens there
    assert notices.send_due(at) == 0
    assert notices.waiting_for(Viewer(cast.dee, at)).count() == 1
    settings.EMAIL_PORT = port
    assert notices.send_due(at) == 1


def test_people_without_an_account_and_closed_accounts_are_not_written_to(cast, postbox, at):
    governor = make.person(cast.oakfield, "Nora Bell", kind="governor", at=at)
    notices.tell(governor, record=None, what="cover", at=at)
    notices.tell(cast.ada.person, record=None, what="cover", at=at)
    cast.ada.is_active = False
    with transaction.atomic():
        ledger.record("account.closed", cast.oakfield.record, cast.ada, by=None, at=at)
    assert notices.send_due(at) == 0


def test_the_most_urgent_waits_first_and_what_has_no_time_last(cast, concern, at):
    def tell(what, due_at):
        notices.tell(cast.dee.person, record=concern, what=what, due_at=due_at, at=at)

    tell("no time", None)
    tell("tomorrow", at + timedelta(days=1))
    tell("in an hour", at + timedelta(hours=1))
    waiting = notices.waiting_for(Viewer(cast.dee, at))
    assert [notice.what for notice in waiting] == ["in an hour", "tomorrow", "no time"]


class TestDone:
    @pytest.fixture(autouse=True)
    def told(self, cast, concern, at):
        notices.tell(cast.dee.person, record=concern, what="read", at=at)
        notices.tell(cast.harriet.person, record=concern, what="read", at=at)
        notices.tell(cast.dee.person, record=concern, what="decide", at=at)

    def test_what_one_person_did_goes_from_their_desk_alone(self, cast, concern, at):
        assert notices.done(concern, cast.dee.person, "read", at) == 1
        assert [notice.what for notice in notices.waiting_for(Viewer(cast.dee, at))] == ["decide"]
        assert [notice.what for notice in notices.waiting_for(Viewer(cast.harriet, at))] == ["read"]

    def test_what_is_done_for_everybody_goes_from_every_desk(self, cast, concern, at):
        assert notices.done(concern, None, "read", at) == 2
        assert notices.done(concern, None, "read", at) == 0
        assert list(Notice.objects.filter(done_at__isnull=True).values_list("what", flat=True)) == ["decide"]

    def test_what_is_done_is_not_mailed_any_more(self, concern, at, postbox):
        notices.done(concern, None, "read", at)
        notices.done(concern, None, "decide", at)
        assert notices.send_due(at) == 0
