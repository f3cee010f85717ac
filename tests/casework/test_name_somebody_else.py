"""Naming somebody else to investigate, decide or hear an appeal: with a reason, as fair as the first time."""

import pytest

from casework.models import Allegation, Proceeding, Step
from casework.workflow.appeals import decide_appeal
from casework.workflow.endings import end_without_hearing
from casework.workflow.officers import name_somebody_else
from casework.workflow.proceedings import record_finding, record_investigation
from schools import notices
from schools.access import Viewer, sees
from schools.roles import Role
from tests import factories as make
from tests import states

pytestmark = pytest.mark.django_db
WHY = "She turns out to have seen it happen."


@pytest.fixture
def rhys(cast, at):
    """Somebody in personnel and the leadership team of the whole trust who has no part in it."""
    offices = (Role.HR_LEAD, Role.LEADERSHIP_TEAM)
    return make.member(cast.central, "Rhys Bell", *offices, at=at - states.DAY, whole_trust=True)


def named(duty, person, **more):
    return {"duty": duty, "person": person.person, "reason": WHY} | more


def test_name_somebody_else_is_for_personnel_and_the_head(cast, at):
    proceeding = states.begun(cast, at=at)
    assert states.who_may(name_somebody_else, proceeding, cast, at=at + states.DAY) == ("harriet hugh", "")


def test_name_somebody_else_hands_the_investigation_over_and_ends_what_the_first_one_read(cast, at, rhys):
    proceeding, later = states.begun(cast, at=at), at + states.DAY
    assert sees(Viewer(cast.ivan, later), proceeding.record)
    name_somebody_else(proceeding, by=cast.hugh, at=later, **named("investigator", rhys))
    kept = Proceeding.objects.get()
    assert (kept.status, kept.investigator, kept.decision_maker) == ("begun", rhys.person, cast.harriet.person)
    assert not sees(Viewer(cast.ivan, later), proceeding.record)
    step = Step.objects.get(record=proceeding.record, kind="named")
    assert states.words(step).said == f"Rhys Bell investigates, in place of Ivan Petrov. {WHY}"
    assert [one.what for one in notices.waiting_for(Viewer(rhys, later))] == ["read"]
    found = {"happened_at": later, "said": "He wrote it."}
    assert record_investigation(kept, by=rhys, at=later, **found).status == "investigated"


@pytest.mark.parametrize(
    ("duty", "who", "words"),
    [
        (
            "investigator",
            "harriet",
            "Harriet Lowe has a part in it already: the person who investigates never decides.",
        ),
        ("decision_maker", "ivan", "Ivan Petrov has a part in it already: the person who investigates never decides."),
        ("investigator", "dot", "Dot Evans cannot be chosen for this: choose somebody else."),
        ("decision_maker", "pat", "Pat Field cannot be chosen for this: choose somebody else."),
        (
            "decision_maker",
            "ada",
            "Ada Brook cannot decide this. The policy, 9.b: The Trust Leadership Team may discipline, according to how "
            "serious the allegation is. They hold no office in it.",
        ),
        ("appeal_officer", "grace", "That duty is done already, or not begun: nobody else can be named for it now."),
    ],
)
def test_name_somebody_else_asks_for_the_same_fairness(cast, at, duty, who, words):
    proceeding = states.begun(cast, at=at)
    answers = named(duty, getattr(cast, who))
    assert states.why_not(name_somebody_else, proceeding, by=cast.hugh, at=at + states.DAY, **answers) == words


def test_whoever_investigated_first_never_decides(cast, at, rhys):
    proceeding, later = states.begun(cast, at=at), at + states.DAY
    name_somebody_else(proceeding, by=cast.hugh, at=later, **named("investigator", rhys))
    words = "Ivan Petrov has a part in it already: the person who investigates never decides."
    answers = named("decision_maker", cast.ivan)
    assert states.why_not(name_somebody_else, proceeding, by=cast.hugh, at=later, **answers) == words


@pytest.mark.parametrize("duty", ["investigator", "decision_maker"])
def test_nobody_names_themselves(cast, at, rhys, duty):
    words = "Nobody names themselves: ask somebody else who runs the procedure to name you."
    answers = named(duty, rhys)
    assert (
        states.why_not(name_somebody_else, states.begun(cast, at=at), by=rhys, at=at + states.DAY, **answers) == words
    )


def test_whoever_recorded_the_investigation_never_decides(cast, at, rhys):
    proceeding, later = states.begun(cast, at=at), at + states.DAY
    record_investigation(proceeding, by=rhys, at=later, happened_at=later, said="He wrote it.")
    words = "Rhys Bell recorded the investigation: the person who investigates never decides."
    answers = named("decision_maker", rhys)
    assert states.why_not(name_somebody_else, proceeding, by=cast.hugh, at=later, **answers) == words


def test_somebody_who_decides_in_place_of_another_hears_it_anew(cast, at, rhys):
    proceeding, later = states.heard(cast, at=at), at + 22 * states.DAY
    name_somebody_else(proceeding, by=cast.hugh, at=later, **named("decision_maker", rhys, heard_anew="yes"))
    kept = Proceeding.objects.get()
    assert (kept.status, kept.notice_given_at, kept.hearing_at, kept.papers_due_on) == (
        "investigated",
        None,
        None,
        None,
    )
    assert states.words(Step.objects.get(record=proceeding.record, kind="named")).said.endswith(
        "It was heard already: another person hears it anew, after a new notice, and nothing that was found stands."
    )
    words = "This cannot be done now: it stands at “Investigation finished”."
    assert states.why_not(record_finding, proceeding, by=cast.harriet, at=later, findings=[]) == words


def test_somebody_who_decides_after_the_findings_starts_without_them(cast, at, rhys):
    """Harriet found it proved on 15 December; what she found and why stays in the history alone."""
    proceeding, later = states.found(cast, at=at), at + 23 * states.DAY
    name_somebody_else(proceeding, by=cast.hugh, at=later, **named("decision_maker", rhys, heard_anew="yes"))
    assert Proceeding.objects.get().status == "investigated"
    allegation = Allegation.objects.get(record=proceeding.record)
    assert (allegation.finding, allegation.found_at, states.words(allegation).reason) == ("", None, "")
    assert states.words(allegation).alleged == "That he named a child on Facebook."
    assert Allegation.history.filter(id=allegation.pk, finding="proved").exists()


def test_somebody_else_after_a_hearing_wants_it_to_be_heard_anew_and_says_what_that_means(cast, at, rhys):
    proceeding, later = states.heard(cast, at=at), at + 22 * states.DAY
    answers = named("decision_maker", rhys)
    assert states.why_not(name_somebody_else, proceeding, by=cast.hugh, at=later, **answers) == (
        "It was heard already: another person hears it anew, after a new notice, and nothing that was found stands. "
        "Say yes to that, or leave it with Harriet Lowe."
    )


def test_what_was_heard_once_is_not_ended_without_a_hearing(cast, at, rhys):
    proceeding, later = states.found(cast, at=at), at + 23 * states.DAY
    name_somebody_else(proceeding, by=cast.hugh, at=later, **named("decision_maker", rhys, heard_anew="yes"))
    words = "It was heard once: arrange the hearing anew, and decide after it."
    assert states.why_not(end_without_hearing, proceeding, by=rhys, at=later, reason="No case.") == words


def test_an_appeal_is_heard_by_somebody_else_who_is_quite_new(cast, at, rhys):
    proceeding, later = states.appealed(cast, at=at), at + 25 * states.DAY
    words = "Ivan Petrov investigated: an appeal is heard by somebody who had no part in it."
    answers = named("appeal_officer", cast.ivan)
    assert states.why_not(name_somebody_else, proceeding, by=cast.hugh, at=later, **answers) == words
    name_somebody_else(proceeding, by=cast.hugh, at=later, **named("appeal_officer", rhys))
    assert not sees(Viewer(cast.grace, later), proceeding.record)
    heard = {"heard_at": later, "result": "rejected", "reason": "Nothing new."}
    assert states.why_not(decide_appeal, proceeding, by=cast.harriet, at=later, **heard) == (
        "Only Rhys Bell, who hears the appeal, decides it."
    )
    assert decide_appeal(proceeding, by=rhys, at=later, **heard).status == "final"


def test_name_somebody_else_leaves_its_line(cast, at, rhys):
    proceeding, later = states.begun(cast, at=at), at + states.DAY
    name_somebody_else(proceeding, by=cast.harriet, at=later, **named("investigator", rhys))
    assert states.last_line(proceeding) == ("officer.named", cast.harriet.pk, later, {"duty": "investigator"})
