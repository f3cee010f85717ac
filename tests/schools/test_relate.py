"""Recording a relation: nobody reads or decides a matter about their own family, from that moment on."""

import pytest

from schools.access import Viewer, sees
from schools.models import Relation
from schools.workflow.people import relate
from tests import states

pytestmark = pytest.mark.django_db


def test_relate_is_for_the_administrator_and_the_lead_of_personnel(cast, at):
    assert states.who_may(relate, cast.oakfield, cast, at=at) == ("ada hugh", "")


def test_relate_wants_two_people(cast, at):
    answers = {"person": cast.dot.person, "to": cast.dot.person, "kind": "sibling_of"}
    words = "A person is not related to themselves."
    assert states.why_not(relate, cast.oakfield, by=cast.ada, at=at, **answers) == words


def test_relate_hides_at_once_what_is_about_ones_family(cast, at):
    concern = states.reported(cast, at=at)
    assert sees(Viewer(cast.dee, at), concern.record)
    relate(cast.oakfield, by=cast.ada, at=at, person=cast.dee.person, to=cast.sam.person, kind="sibling_of")
    assert not sees(Viewer(cast.dee, at), concern.record)
    assert states.last_line(concern) == ("conflict.worked_out", cast.ada.pk, at, {})


def test_relate_leaves_its_line(cast, at):
    relate(cast.oakfield, by=cast.ada, at=at, person=cast.dot.person, to=cast.tom.person, kind="parent_of")
    assert Relation.objects.filter(person=cast.dot.person, to=cast.tom.person, kind="parent_of").count() == 1
    assert states.last_line(cast.oakfield) == ("relation.recorded", cast.ada.pk, at, {"kind": "parent_of"})
