"""Ending a relation: with a reason, by nobody concerned; whom it kept from a matter is looked at again by a person."""

import pytest

from casework.workflow import parts
from casework.workflow.cases import join_case, open_case
from incidents.workflow import triage
from incidents.workflow.triage import confirm_conflict
from schools.access import Viewer, sees, stands_aside
from schools.forms import EndRelation
from schools.models import Exclusion, Relation
from schools.workflow.people import end_relation, relate
from tests import factories, states

pytestmark = pytest.mark.django_db
WHY = "A slip: another Dee Marsh was meant."
CONFIDENTIAL = [("Kit Okoro", "pupil"), ("Ann Okoro", "parent")]


@pytest.fixture
def dee_and_sam(cast, at):
    """Dee, the lead, is on record as a sister of Sam."""
    kin = {"person": cast.dee.person, "to": cast.sam.person, "kind": "sibling_of"}
    return relate(cast.oakfield, by=cast.hugh, at=at, **kin)


def test_end_relation_is_for_the_administrator_and_the_lead_of_personnel(cast, at):
    assert states.who_may(end_relation, cast.oakfield, cast, at=at) == ("ada hugh", "")


def test_end_relation_is_for_nobody_concerned(cast, at):
    words = "You cannot end a relation of your own: ask somebody else who keeps the directory."
    for person, to in ((cast.hugh.person, cast.sam.person), (cast.sam.person, cast.hugh.person)):
        own = relate(cast.oakfield, by=cast.ada, at=at, person=person, to=to, kind="close_relative_of")
        assert states.why_not(end_relation, cast.oakfield, by=cast.hugh, at=at, relation=own, reason=WHY) == words
        assert Relation.objects.get(pk=own.pk).ended_at is None
        end_relation(cast.oakfield, by=cast.ada, at=at, relation=own, reason=WHY)


def test_end_relation_is_done_once(cast, at, dee_and_sam):
    end_relation(cast.oakfield, by=cast.ada, at=at, relation=dee_and_sam, reason=WHY)
    words = "This relation has been ended already."
    assert states.why_not(end_relation, cast.oakfield, by=cast.ada, at=at, relation=dee_and_sam, reason=WHY) == words


def test_end_relation_keeps_people_out_until_somebody_free_lifts_it(cast, at, dee_and_sam):
    concern = triage.read_report(states.reported(cast, at=at), by=cast.harriet, at=at)
    sister = Exclusion.objects.get(record=concern.record, person=cast.dee.person)
    about = Exclusion.objects.get(record=concern.record, person=cast.sam.person)
    for one in (sister, about):
        confirm_conflict(concern, by=cast.harriet, at=at, exclusion=one, answer="confirm", reason="As recorded.")
    end_relation(cast.oakfield, by=cast.ada, at=at + states.DAY, relation=dee_and_sam, reason=WHY)
    assert states.last_line(concern) == ("conflict.worked_out", cast.ada.pk, at + states.DAY, {})
    sister.refresh_from_db()
    about.refresh_from_db()
    assert (sister.confirmed_at, sister.confirmed_by, sister.lifted_at) == (None, None, None)
    assert about.confirmed_at == at
    later = at + 2 * states.DAY
    assert not sees(Viewer(cast.dee, later), concern.record)
    confirm_conflict(concern, by=cast.harriet, at=later, exclusion=sister, answer="lift", reason="Not her.")
    assert sees(Viewer(cast.dee, later), concern.record)


def test_a_relation_that_still_holds_for_another_reason_is_not_asked_again(cast, at, dee_and_sam):
    kin = {"person": cast.sam.person, "to": cast.dee.person, "kind": "sibling_of"}
    relate(cast.oakfield, by=cast.ada, at=at, **kin)
    concern = triage.read_report(states.reported(cast, at=at), by=cast.harriet, at=at)
    sister = Exclusion.objects.get(record=concern.record, person=cast.dee.person)
    confirm_conflict(concern, by=cast.harriet, at=at, exclusion=sister, answer="confirm", reason="As recorded.")
    end_relation(cast.oakfield, by=cast.ada, at=at, relation=dee_and_sam, reason="It stood here twice.")
    sister.refresh_from_db()
    assert sister.confirmed_at == at


def test_what_was_lifted_is_hidden_again_when_the_relation_is_recorded_anew(cast, at, dee_and_sam):
    concern = triage.read_report(states.reported(cast, at=at), by=cast.harriet, at=at)
    sister = Exclusion.objects.get(record=concern.record, person=cast.dee.person)
    end_relation(cast.oakfield, by=cast.ada, at=at, relation=dee_and_sam, reason=WHY)
    confirm_conflict(concern, by=cast.harriet, at=at, exclusion=sister, answer="lift", reason="Not her.")
    kin = {"person": cast.dee.person, "to": cast.sam.person, "kind": "close_relative_of"}
    relate(cast.oakfield, by=cast.ada, at=at, **kin)
    assert not sees(Viewer(cast.dee, at), concern.record)


@pytest.fixture
def hugh_once_a_brother(cast, at):
    """A case about Sam; Hugh, who leads personnel, was on record as his brother until today, and nothing is lifted."""
    kin = {"person": cast.hugh.person, "to": cast.sam.person, "kind": "sibling_of"}
    brother = relate(cast.oakfield, by=cast.ada, at=at, **kin)
    case = states.in_case(cast, at=at)
    end_relation(cast.oakfield, by=cast.ada, at=at, relation=brother, reason=WHY)
    return case


def test_end_relation_opens_no_new_part_to_whom_it_kept_from_the_concern(cast, at, hugh_once_a_brother):
    charge = states.part(cast, "conduct", at=at, case=hugh_once_a_brother)
    kept = Exclusion.objects.get(record=charge.record, person=cast.hugh.person)
    assert (kept.grade, kept.why, kept.confirmed_at) == ("hidden", "close relative of the person this is about", None)
    assert not sees(Viewer(cast.hugh, at), charge.record)
    parts.confirm_conflict(charge, by=cast.harriet, at=at, exclusion=kept, answer="lift", reason="Not him.")
    assert sees(Viewer(cast.hugh, at), charge.record)


def test_a_part_is_open_to_whom_the_concern_was_opened_again_for(cast, at, hugh_once_a_brother):
    kept = Exclusion.objects.get(record=hugh_once_a_brother.record, person=cast.hugh.person)
    concern = hugh_once_a_brother.record.concern
    confirm_conflict(concern, by=cast.harriet, at=at, exclusion=kept, answer="lift", reason="Not him.")
    charge = states.part(cast, "conduct", at=at, case=hugh_once_a_brother)
    assert sees(Viewer(cast.hugh, at), charge.record)


def test_end_relation_opens_no_part_that_a_concern_is_joined_to_later(cast, at):
    charge = states.part(cast, "conduct", at=at)
    assert sees(Viewer(cast.hugh, at), charge.record)
    kin = {"person": cast.hugh.person, "to": cast.tom.person, "kind": "sibling_of"}
    brother = relate(cast.oakfield, by=cast.ada, at=at, **kin)
    about_tom = {"name": "Tom Okoro", "kind": "staff", "part": "subject"}
    second = states.triaged(cast, at=at, by=cast.harriet, people=[about_tom])
    end_relation(cast.oakfield, by=cast.ada, at=at, relation=brother, reason=WHY)
    join_case(second, by=cast.dee, at=at, case=charge.case)
    assert not sees(Viewer(cast.hugh, at), charge.record)


def test_end_relation_offers_those_of_whom_one_can_be_named(cast, at, dee_and_sam):
    child, mother = (factories.person(cast.oakfield, name, kind=kind, at=at) for name, kind in CONFIDENTIAL)
    factories.relation(child, mother, "child_of", at=at)
    factories.relation(cast.tom.person, child, "parent_of", at=at)
    form = EndRelation(subject=cast.oakfield, viewer=Viewer(cast.ada, at))
    offered = [option.label for option in form.fields["relation"].options]
    assert set(offered) == {
        "Dee Marsh, sibling of Sam Field",
        "Pat Field, partner of Sam Field",
        "Tom Okoro, parent of (name kept confidential)",
    }


def test_end_relation_leaves_its_line(cast, at, dee_and_sam):
    end_relation(cast.oakfield, by=cast.ada, at=at, relation=dee_and_sam, reason=WHY)
    assert Relation.objects.get(pk=dee_and_sam.pk).ended_at == at
    line = ("relation.ended", cast.ada.pk, at, {"kind": "sibling_of", "why": WHY})
    assert states.last_line(cast.oakfield) == line


@pytest.fixture
def own_matter(cast, at):
    """A pupil wrote to Dee, the lead, who reports it: there she is a party, whatever her office; and a part of it."""
    facts = {"what": "contacted_by_pupil", "people": [], "links": []}
    concern = triage.read_report(states.reported(cast, by=cast.dee, at=at, **facts), by=cast.harriet, at=at)
    told = {"code": "INBOUND", "direction": "inbound_to_staff", "reason": "As reported."}
    case = open_case(triage.triage(concern, by=cast.harriet, at=at, **told), by=cast.harriet, at=at)
    return concern, states.part(cast, "support", at=at, case=case, about=cast.dee.person)


def test_end_relation_leaves_alone_a_reporter_who_told_of_a_matter_of_their_own(cast, at, own_matter):
    concern, _ = own_matter
    kin = relate(cast.oakfield, by=cast.ada, at=at, person=cast.dee.person, to=cast.tom.person, kind="sibling_of")
    aside = Exclusion.objects.get(record=concern.record, person=cast.dee.person)
    confirm_conflict(concern, by=cast.harriet, at=at, exclusion=aside, answer="confirm", reason="It came to her.")
    end_relation(cast.oakfield, by=cast.ada, at=at, relation=kin, reason=WHY)
    rows = Exclusion.objects.filter(person=cast.dee.person)
    assert [row.confirmed_by for row in rows] == [cast.harriet, cast.harriet]


def test_a_new_relation_of_such_a_reporter_asks_again_whether_they_stand_aside(cast, at, own_matter):
    """It was lifted, in the concern and in the part; that Dee turns out to be related to somebody asks both again."""
    concern, part = own_matter
    lifting = {"by": cast.harriet, "at": at, "answer": "lift", "reason": "It was only a greeting."}
    confirm_conflict(concern, exclusion=Exclusion.objects.get(record=concern.record), **lifting)
    parts.confirm_conflict(part, exclusion=Exclusion.objects.get(record=part.record), **lifting)
    assert stands_aside(Viewer(cast.dee, at), concern.record) == ""
    relate(cast.oakfield, by=cast.ada, at=at, person=cast.dee.person, to=cast.tom.person, kind="sibling_of")
    for thing in own_matter:
        assert stands_aside(Viewer(cast.dee, at), thing.record) == "the person who reported it"
