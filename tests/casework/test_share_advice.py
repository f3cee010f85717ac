"""Letting one more person read legal advice: named one by one, never anyone who runs the matter or is a party to it."""

import pytest

from casework.workflow.apart import share_advice
from incidents.workflow.reporting import name_person
from schools.access import Viewer, may, sees
from schools.models import Reader
from schools.roles import Permission, Role
from schools.verify import findings
from schools.workflow.people import relate
from tests import factories, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def advice(cast, at):
    return states.advised(cast, at=at, part=states.begun(cast, at=at).part)


@pytest.fixture
def later(at):
    return at + states.DAY


def test_share_advice_is_for_whoever_asked_for_it(cast, later, advice):
    assert states.who_may(share_advice, advice, cast, at=later) == ("hugh", "")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("ivan", "Nobody who investigates, hears or decides this may read legal advice about it."),
        ("harriet", "Nobody who investigates, hears or decides this may read legal advice about it."),
        ("dot", "Dot Evans cannot be chosen for this: choose somebody else."),
        ("sam", "Sam Field cannot be chosen for this: choose somebody else."),
        ("hugh", "Hugh Bannerman reads it already."),
    ],
)
def test_share_advice_is_refused(cast, later, advice, who, words):
    person = getattr(cast, who).person
    assert states.why_not(share_advice, advice, by=cast.hugh, at=later, person=person, why="To know.") == words


def test_share_advice_lets_them_read_and_do_nothing_else(cast, later, advice):
    assert not sees(Viewer(cast.grace, later), advice.record)
    share_advice(advice, by=cast.hugh, at=later, person=cast.grace.person, why="She answers for the head.")
    viewer = Viewer(cast.grace, later)
    assert sees(viewer, advice.record)
    assert not may(viewer, Permission.ADVICE_TAKE, advice.record)
    assert not sees(viewer, advice.part.record)


def test_share_advice_leaves_its_line(cast, later, advice):
    share_advice(advice, by=cast.hugh, at=later, person=cast.grace.person, why="She answers for the head.")
    assert states.last_line(advice) == ("advice.shared", cast.hugh.pk, later, {"why": "She answers for the head."})


def named(cast, advice, name, part, *, at):
    """Dee names one more person in the concern from which the part was made."""
    concern = advice.part.case.record.concern
    return name_person(concern, by=cast.dee, at=at, people=[{"name": name, "kind": "staff", "part": part}])


@pytest.mark.parametrize("part", ["witness", "target", "subject"])
def test_whoever_is_named_later_reads_the_advice_no_more(cast, later, advice, part):
    """The head of personnel shares it with the chair, of whom it turns out only then that she is in the matter."""
    share_advice(advice, by=cast.hugh, at=later, person=cast.grace.person, why="She answers for the head.")
    named(cast, advice, "Grace Adeyemi", part, at=later + states.HOUR)
    assert sees(Viewer(cast.grace, later), advice.record) is (part != "subject")
    assert not sees(Viewer(cast.grace, later + states.HOUR), advice.record)
    assert sees(Viewer(cast.hugh, later + states.HOUR), advice.record)
    assert states.lines(advice)[-1] == "people.carried_over"
    assert list(findings()) == []


def test_nor_whoever_turns_out_to_be_related_to_the_person_harmed(cast, at, later, advice):
    named(cast, advice, "Tom Okoro", "target", at=later)
    share_advice(advice, by=cast.hugh, at=later, person=cast.grace.person, why="She answers for the head.")
    kin = {"person": cast.grace.person, "to": cast.tom.person, "kind": "partner_of"}
    relate(cast.oakfield, by=cast.ada, at=later + states.HOUR, **kin)
    assert not sees(Viewer(cast.grace, later + states.HOUR), advice.record)
    assert states.lines(advice)[-1] == "conflict.worked_out"


def test_the_advice_passes_to_whoever_takes_over_from_the_one_who_asked_for_it(cast, at, later, advice):
    chief = factories.member(cast.central, "Cleo Adams", Role.CEO, at=at, whole_trust=True)
    named(cast, advice, "Hugh Bannerman", "witness", at=later)
    assert not sees(Viewer(cast.hugh, later), advice.record)
    assert may(Viewer(chief, later), Permission.ADVICE_TAKE, advice.record)
    taking = Reader.objects.get(record=advice.record, person=chief.person)
    assert taking.why == "takes over the advice: who asked for it stands aside"


def test_but_never_to_whoever_hears_the_matter(cast, at):
    """The chief executive, first in the line, hears it; so the chair of the trustees has the advice."""
    offices = (Role.CEO, Role.LEADERSHIP_TEAM)
    chief = factories.member(cast.central, "Cleo Adams", *offices, at=at, whole_trust=True)
    chair = factories.member(cast.central, "Ida Bell", Role.CHAIR_OF_TRUSTEES, at=at, whole_trust=True)
    proceeding = states.begun(cast, at=at, decision_maker=chief.person)
    advice, later = states.advised(cast, at=at, part=proceeding.part), at + states.DAY
    named(cast, advice, "Hugh Bannerman", "witness", at=later)
    assert not sees(Viewer(chief, later), advice.record)
    assert sees(Viewer(chair, later), advice.record)
