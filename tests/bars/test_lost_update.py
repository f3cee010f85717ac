"""Bar R8: a form that was opened before somebody else's change never overwrites it."""

from datetime import timedelta

import pytest

from incidents.models import Concern
from incidents.workflow import reporting, triage
from schools.acts import Refused, Stale
from schools.models import Entry, Head, User
from schools.workflow import accounts, people
from tests.bars.conftest import sized
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
PAIRS = sized(20, 500)
CODES = ["BULLY", "DISPARAGE", "CONFID", "IDENTITY", "ABUSE"]


def reported(cast) -> Concern:
    told = {"what": "staff_bullying", "narrative": "A post about a colleague.", "at_risk": "no"}
    concern = reporting.report(cast.oakfield, by=cast.tom, at=cast.now, **told)
    triage.read_report(concern, by=cast.dee, at=cast.now)
    return concern


def test_of_two_forms_opened_at_once_the_second_is_refused(cast):
    concern = reported(cast)
    for number in range(PAIRS):
        at = cast.now + timedelta(minutes=number)
        first, second = CODES[number % len(CODES)], CODES[(number + 1) % len(CODES)]
        seen = Head.objects.get(pk=concern.pk).seq
        told = {"at": at, "seen": seen, "direction": "staff_act"}
        triage.triage(concern, by=cast.dee, code=first, reason="First.", **told)
        with pytest.raises(Stale, match="Someone changed this while you were typing"):
            triage.triage(concern, by=cast.dot, code=second, reason="Second.", **told)
        kept = Concern.objects.get(pk=concern.pk)
        assert (kept.code, kept.triaged_at) == (first, at)
        assert Head.objects.get(pk=concern.pk).seq == seen + 1
    verbs = Entry.objects.filter(record=concern.pk).values_list("verb", "by")
    assert list(verbs)[2:] == [("concern.triaged", cast.dee.pk)] * PAIRS


def test_an_account_closed_from_an_old_list_keeps_the_password_chosen_meanwhile(cast):
    listed = User.objects.get(pk=cast.tom.pk)
    accounts.change_password(cast.oakfield, by=cast.tom, at=cast.now, present=PASSWORD, fresh="a-battery-of-horses")
    accounts.close_account(cast.oakfield, by=cast.ada, at=cast.now, account=listed)
    kept = User.objects.get(pk=cast.tom.pk)
    assert kept.check_password("a-battery-of-horses")
    assert not kept.is_active


def test_a_password_changed_by_somebody_just_shut_out_does_not_let_them_in_again(cast):
    signed_in = User.objects.get(pk=cast.tom.pk)
    accounts.close_account(cast.oakfield, by=cast.ada, at=cast.now, account=cast.tom)
    accounts.change_password(cast.oakfield, by=signed_in, at=cast.now, present=PASSWORD, fresh="a-battery-of-horses")
    assert not User.objects.get(pk=cast.tom.pk).is_active


def test_an_office_ended_twice_from_two_old_lists_ends_once(cast):
    office = people.appoint(cast.oakfield, by=cast.ada, at=cast.now, person=cast.tom.person, role="line_manager")
    first, second = (type(office).objects.get(pk=office.pk) for _ in range(2))
    at = cast.now + timedelta(days=1)
    people.end_appointment(cast.oakfield, by=cast.ada, at=at, appointment=first)
    with pytest.raises(Refused, match="This appointment has ended already"):
        people.end_appointment(cast.oakfield, by=cast.ada, at=at + timedelta(days=1), appointment=second)
    assert type(office).objects.get(pk=office.pk).until_at == at
