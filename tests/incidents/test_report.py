"""Reporting a concern: anyone of the trust may at their school; who must know is told, whoever it is about is not."""

import secrets
from datetime import datetime

import pytest

from incidents.models import Concern, Evidence, Link, Telling
from incidents.workflow.reporting import NO_FILES, report
from schools import notices
from schools.access import Viewer, sees
from schools.models import Exclusion, Involvement
from tests import factories, states
from tests.conftest import LONDON

pytestmark = pytest.mark.django_db
SAID = {"what": "staff_confidential", "narrative": states.WORDS, "at_risk": "no"}


def test_report_is_open_to_everyone_at_the_school_and_in_the_central_team(cast, at):
    everyone = "ada dee dot grace harriet hugh pat priya sam tom"
    assert states.who_may(report, cast.oakfield, cast, at=at) == (everyone, "")


def test_report_keeps_what_was_said_and_who_was_named(cast, at):
    concern = Concern.objects.get(pk=states.reported(cast, at=at).pk)
    assert (concern.status, concern.code, concern.direction) == ("reported", "CONFID", "staff_act")
    assert (concern.reporter, concern.reported_at, concern.platforms) == (cast.tom.person, at, "Facebook")
    assert states.words(concern).narrative == states.WORDS
    assert (
        states.words(concern).headline == "A member of staff giving away something confidential or personal on Facebook"
    )
    named = Involvement.objects.filter(record=concern.record).order_by("part")
    assert [(one.part, one.person and one.person.name) for one in named] == [
        ("affected", None),
        ("reporter", "Tom Okoro"),
        ("subject", "Sam Field"),
        ("witness", "Dot Evans"),
    ]
    (link,) = Link.objects.filter(record=concern.record)
    assert states.words(link).url == "https://posts.example/1"


def test_report_hides_it_from_whom_it_is_about_and_their_partner(cast, at):
    concern = states.reported(cast, at=at)
    grades = Exclusion.objects.filter(record=concern.record).order_by("person__name")
    assert [(one.person.name, one.grade) for one in grades] == [
        ("Dot Evans", "standing_aside"),
        ("Pat Field", "hidden"),
        ("Sam Field", "hidden"),
        ("Tom Okoro", "standing_aside"),
    ]
    seen_by = [name for name, user in cast.everyone().items() if sees(Viewer(user, at), concern.record)]
    assert seen_by == ["dee", "dot", "harriet"]


def test_report_tells_the_lead_and_the_head_the_same_day(cast, at):
    concern = states.reported(cast, at=at)
    end_of_today = datetime(2026, 11, 23, 23, 59, 59, tzinfo=LONDON)
    told = {telling.role: telling for telling in Telling.objects.filter(record=concern.record)}
    assert {"dsl", "head_of_school"} <= set(told)
    assert (told["dsl"].person, told["dsl"].due_at, told["dsl"].basis) == (cast.dee.person, end_of_today, "policy")
    assert (told["head_of_school"].person, told["head_of_school"].due_at) == (cast.harriet.person, end_of_today)
    assert [notice.what for notice in notices.waiting_for(Viewer(cast.dee, at))] == ["read"]
    assert not notices.waiting_for(Viewer(cast.sam, at)).exists()


def test_report_begins_the_history_of_a_record(cast, at):
    concern = states.reported(cast, at=at)
    facts = {"what": "staff_confidential", "channel": "web_form", "files": 0}
    assert states.lines(concern) == ["concern.reported"]
    assert states.last_line(concern) == ("concern.reported", cast.tom.pk, at, facts)


def test_report_takes_in_files(cast, at):
    concern = states.reported(cast, at=at, files=[states.upload(cast.tom)], how_seen="public")
    (item,) = Evidence.objects.filter(record=concern.record)
    assert states.words(item).name == "screen.png"
    assert (item.captured_by, item.how_seen, item.kind) == (cast.tom.person, "public", "image/png")


@pytest.mark.parametrize("what", ["child_imagery", "adult_imagery", "blackmail", "extremism"])
def test_report_takes_no_file_where_a_stop_sign_stands(cast, at, what):
    answers = SAID | {"what": what, "files": [states.upload(cast.tom)]}
    assert states.why_not(report, cast.oakfield, by=cast.tom, at=at, **answers) == NO_FILES
    assert not Concern.objects.exists()


def test_report_for_somebody_who_rang_names_them_and_who_typed(cast, at):
    concern = states.reported(cast, by=cast.dee, at=at, on_behalf_of=cast.tom.person, channel="phone", people=[])
    assert (concern.reporter, concern.typed_by, concern.channel) == (cast.tom.person, cast.dee.person, "phone")


def test_report_in_a_trust_without_a_policy_follows_our_suggestion(cast, at):
    ashfield = cast.zoe.person.school
    noor = factories.member(ashfield, "Noor Aziz", "head_of_school", at=at)
    teacher = factories.member(ashfield, "Tess Ray", at=at)
    concern = report(ashfield, by=teacher, at=at, **SAID)
    told = Telling.objects.filter(record=concern.record, paragraph="our model policy, 7.1").order_by("role")
    # 7.1 of the model policy names the safeguarding lead and the head; of a trust that adopted none it binds nobody.
    assert [(one.role, one.person, one.basis) for one in told] == [
        ("dsl", cast.zoe.person, "default"),
        ("head_of_school", noor.person, "default"),
    ]
    assert not Telling.objects.filter(record=concern.record, basis="policy").exists()
    assert concern.record.pack is None


def test_report_of_a_name_that_fits_two_is_hidden_from_both(cast, at):
    cook = factories.person(cast.oakfield, "sam field", at=at)
    elsewhere = factories.person(cast.elmwood, "Sam Field", at=at)
    concern = states.reported(cast, at=at)
    hidden = set(Exclusion.objects.filter(record=concern.record, grade="hidden").values_list("person_id", flat=True))
    assert {cast.sam.person_id, cook.pk} <= hidden
    assert elsewhere.pk not in hidden


def test_report_knows_a_name_whatever_mark_the_telephone_puts_into_it(cast, at):
    dee = factories.member(cast.oakfield, "Dee O'Neill", "deputy_dsl", at=at)
    concern = states.reported(cast, at=at, people=[states.SAM | {"name": "Dee O\u2019Neill"}])
    named = Involvement.objects.get(record=concern.record, part="subject")
    assert (named.person, named.is_confirmed) == (dee.person, True)
    assert not sees(Viewer(dee, at), concern.record)


@pytest.mark.parametrize("part", ["subject", "author"])
def test_report_of_half_a_name_is_hidden_for_now_from_whoever_holds_an_office_and_has_it(cast, at, part):
    factories.member(cast.elmwood, "Una Marsh", "dsl", at=at)  # leads at another school, and reads nothing here
    dan = factories.member(cast.oakfield, "Dan Marsh-Evans", "deputy_dsl", at=at)
    said = {"name": "Ms Marsh", "kind": "staff", "part": part}
    concern = states.reported(cast, at=at, people=[said])
    hidden = Exclusion.objects.standing().filter(record=concern.record, grade="hidden").order_by("person__name")
    assert [(row.person, row.waits) for row in hidden] == [(dan.person, True), (cast.dee.person, True)]
    named = Involvement.objects.filter(record=concern.record, part=part)
    assert [one.is_confirmed for one in named] == [False, False]
    assert not sees(Viewer(cast.dee, at), concern.record)


def test_report_of_half_a_name_keeps_no_witness_from_their_office(cast, at):
    concern = states.reported(cast, at=at, people=[states.DOT | {"name": "Ms Evans"}])
    assert not Exclusion.objects.filter(record=concern.record, person=cast.dot.person).exists()


@pytest.mark.parametrize("kind", ["pupil", "parent"])
def test_report_of_a_pupil_or_parent_of_that_surname_hides_it_from_no_colleague(cast, at, kind):
    concern = states.reported(cast, at=at, people=[{"name": "Kit Marsh", "kind": kind, "part": "subject"}])
    assert sees(Viewer(cast.dee, at), concern.record)


def test_a_reference_that_is_taken_is_drawn_anew(cast, at, monkeypatch):
    drawn, chance = iter("0" * 14), secrets.choice
    monkeypatch.setattr(secrets, "choice", lambda characters: next(drawn, None) or chance(characters))
    first, second = states.reported(cast, at=at), states.reported(cast, at=at)
    assert first.ref == "C-0000-0000"
    assert second.ref != first.ref
    assert Concern.objects.count() == 2
