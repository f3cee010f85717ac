"""Recording an appeal: in time or with a reason, heard by somebody who had no part in it; nothing is destroyed."""

from datetime import date

import pytest

from casework import keeping
from casework.models import Part, Proceeding, Step
from casework.workflow.appeals import lodge_appeal
from casework.workflow.endings import record_letter
from casework.workflow.officers import name_somebody_else
from casework.workflow.parts import close_part
from casework.workflow.proceedings import decide_outcome, postpone_hearing, record_investigation
from schools import notices
from schools.access import Viewer, sees
from schools.roles import Role
from tests import factories as make
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def proceeding(cast, at):
    return states.decided(cast, at=at)


@pytest.fixture
def next_day(at):
    """Thursday 17 December 2026, the day after the decision."""
    return at + 24 * states.DAY


def appeal(cast, lodged_at, **more):
    return {"lodged_at": lodged_at, "grounds": "Too long.", "appeal_officer": cast.grace.person} | more


def letter(cast, at, proceeding):
    return record_letter(proceeding, by=cast.hugh, at=at, given_at=at, said="By hand.")


def why_not(cast, at, proceeding, **more):
    return states.why_not(lodge_appeal, proceeding, by=cast.hugh, at=at, **(appeal(cast, at) | more))


def test_lodge_appeal_is_for_personnel_and_the_head(cast, next_day, proceeding):
    assert states.who_may(lodge_appeal, proceeding, cast, at=next_day) == ("harriet hugh", "")


def test_lodge_appeal_after_the_last_day_needs_a_reason(cast, at, next_day, proceeding):
    # Told Thursday 17 December; 18 is 1, 21 to 24 are 2 to 5, 29 to 31 are 6 to 8, Monday 4 and Tuesday 5 are 9 and 10.
    proceeding, too_late = letter(cast, next_day, proceeding), at + 44 * states.DAY
    words = "The last day was Tuesday 5 January 2027: to hear it all the same, say why."
    assert why_not(cast, too_late, proceeding) == words
    lodge_appeal(proceeding, by=cast.hugh, at=too_late, **appeal(cast, too_late, late_reason="He was in hospital."))
    step = Step.objects.get(record=proceeding.record, kind="appeal")
    assert states.words(step).missed_reason == "He was in hospital."


def test_lodge_appeal_on_the_last_day_is_in_time(cast, at, next_day, proceeding):
    proceeding, last = letter(cast, next_day, proceeding), at + 43 * states.DAY
    assert lodge_appeal(proceeding, by=cast.hugh, at=last, **appeal(cast, last)).status == "appealed"


def test_lodge_appeal_comes_after_the_outcome(cast, at, next_day, proceeding):
    words = "This is before the outcome was decided."
    assert why_not(cast, next_day, proceeding, lodged_at=at) == words


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("ivan", "Ivan Petrov investigated: an appeal is heard by somebody who had no part in it."),
        ("harriet", "Harriet Lowe decided the outcome: an appeal is heard by somebody who had no part in it."),
        ("hugh", "Nobody gives themselves an appeal to hear."),
        ("tom", "Tom Okoro cannot be chosen for this: choose somebody else."),
        ("pat", "Pat Field cannot be chosen for this: choose somebody else."),
        (
            "ada",
            "Ada Brook cannot decide this: they hold no senior office in the trust. The policy does not say who does; "
            "this is our suggestion.",
        ),
    ],
)
def test_lodge_appeal_wants_somebody_new_to_hear_it(cast, next_day, proceeding, who, words):
    officer = getattr(cast, who).person
    assert why_not(cast, next_day, proceeding, appeal_officer=officer) == words


def test_lodge_appeal_is_heard_by_nobody_who_named_an_officer_or_gave_the_letter(cast, at, next_day):
    """Acas Code, 27: by somebody who had no part in it, as each of these two had."""
    offices = (Role.HEAD_OF_SCHOOL, Role.LEADERSHIP_TEAM)
    vera, rita = (make.member(cast.oakfield, name, *offices, at=at) for name in ("Vera Holt", "Rita Moss"))
    proceeding = states.begun(cast, at=at)
    another = {"duty": "investigator", "person": cast.olu.person, "reason": "He is ill."}
    name_somebody_else(proceeding, by=vera, at=at + 7 * states.HOUR, **another)
    found = {"happened_at": at + 7 * states.HOUR, "said": "He wrote it."}
    record_investigation(proceeding, by=cast.hugh, at=at + 7 * states.HOUR, **found)
    proceeding = states.found_of(states.heard_of(proceeding, cast, at=at), cast, at=at)
    decided = {"outcome": "final_written_warning", "reason": "He was told twice."}
    decide_outcome(proceeding, by=cast.harriet, at=at + 23 * states.DAY, **decided)
    record_letter(proceeding, by=rita, at=next_day, given_at=next_day, said="By hand.")
    for user in (vera, rita):
        assert why_not(cast, next_day, proceeding, appeal_officer=user.person) == (
            f"{user.person.name} ran the procedure: an appeal is heard by somebody who had no part in it."
        )


def test_lodge_appeal_counts_by_when_it_is_heard_and_tells_who_hears_it(cast, next_day, proceeding):
    assert not sees(Viewer(cast.grace, next_day), proceeding.record)
    lodge_appeal(proceeding, by=cast.hugh, at=next_day, **appeal(cast, next_day))
    kept = Proceeding.objects.get()
    assert (kept.status, kept.appeal_officer, kept.appeal_lodged_at) == ("appealed", cast.grace.person, next_day)
    # From Thursday 17 December: 18 is 1, 21 to 24 are 2 to 5, 29 to 31 are 6 to 8, 4 to 8 January 9 to 13, 11 to 15
    # are 14 to 18, Monday 18 is 19, Tuesday 19 is 20.
    assert kept.appeal_due_on == date(2027, 1, 19)
    assert sees(Viewer(cast.grace, next_day), proceeding.record)
    assert [one.what for one in notices.waiting_for(Viewer(cast.grace, next_day))] == ["read"]


def test_while_an_appeal_waits_the_part_stays_open_and_is_kept(cast, at, next_day):
    proceeding = states.appealed(cast, at=at)
    words = "An appeal waits to be heard."
    assert states.why_not(close_part, proceeding.part, by=cast.hugh, at=next_day, reason="Done.") == words
    found = keeping.fate(Part.objects.get(), today=date(2030, 1, 1))
    assert list(found.blocked_by) == ["internal_appeal"]


def test_lodge_appeal_opens_no_part_that_is_closed(cast, at, next_day, proceeding):
    told, later = letter(cast, next_day, proceeding), at + 60 * states.DAY
    close_part(told.part, by=cast.hugh, at=later, reason="Nobody appealed.")
    assert why_not(cast, later, told) == "This part is closed: open it again first."


def test_lodge_appeal_waits_for_the_outcome_and_is_done_once(cast, at, next_day):
    proceeding = states.appealed(cast, at=at)
    assert why_not(cast, next_day, proceeding) == "This cannot be done now: it stands at “An appeal waits to be heard”."


def test_lodge_appeal_waits_for_the_outcome(cast, at, next_day):
    proceeding = states.found(cast, at=at)
    assert why_not(cast, next_day, proceeding) == "This cannot be done now: it stands at “Findings made”."


def test_lodge_appeal_leaves_its_line(cast, next_day, proceeding):
    lodge_appeal(proceeding, by=cast.hugh, at=next_day, **appeal(cast, next_day))
    assert states.last_line(proceeding) == ("appeal.lodged", cast.hugh.pk, next_day, {})


def test_lodge_appeal_takes_nobody_who_ran_the_procedure(cast, next_day, proceeding):
    answers = appeal(cast, next_day, appeal_officer=cast.hugh.person)
    words = "Hugh Bannerman ran the procedure: an appeal is heard by somebody who had no part in it."
    assert states.why_not(lodge_appeal, proceeding, by=cast.harriet, at=next_day, **answers) == words


def test_lodge_appeal_is_not_heard_by_whoever_moved_the_hearing(cast, at):
    rhys = make.member(cast.central, "Rhys Bell", Role.HR_LEAD, at=at - states.DAY, whole_trust=True)
    arranged = states.arranged(cast, at=at)
    moved = {"why": "school", "asked_at": at + states.DAY, "hearing_at": at + 22 * states.DAY, "said": "A fire drill."}
    postpone_hearing(arranged, by=rhys, at=at + states.DAY, **moved)
    proceeding = states.found_of(states.held_of(arranged, cast, at=at + states.DAY), cast, at=at + states.DAY)
    ended = {"outcome": "final_written_warning", "reason": "He was told twice."}
    decide_outcome(proceeding, by=cast.harriet, at=at + 24 * states.DAY, **ended)
    words = "Rhys Bell ran the procedure: an appeal is heard by somebody who had no part in it."
    assert why_not(cast, at + 26 * states.DAY, proceeding, appeal_officer=rhys.person) == words
