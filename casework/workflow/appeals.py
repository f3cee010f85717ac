"""An appeal against an outcome: lodged with its grounds, heard by somebody new, and never making it worse."""

from casework import hearing, keeping
from casework.models import Part, Proceeding
from casework.workflow.proceedings import due_on, must_be_free, step_of
from schools import ledger, notices
from schools.acts import Past, Refused, act
from schools.clock import day_of
from schools.models import Entry, Reader, User
from schools.roles import Permission, Role

RUNNING = (
    "proceeding.begun",
    "allegation.added",
    "investigation.recorded",
    "hearing.arranged",
    "hearing.postponed",
    "hearing.recorded",
    "officer.named",
    "letter.given",
)
# What somebody was given the part for, who may have been replaced since.
DUTIES_BEFORE = ("investigates", "hears and decides")
LIGHTEST_FIRST = [outcome for outcome, _ in Proceeding.OUTCOMES]


def part_is_open(proceeding, viewer):
    return None if proceeding.part.status == Part.OPEN else "This part is closed: open it again first."


def may_be_appealed(proceeding, viewer):
    if proceeding.decided_at and not proceeding.hearing_at:
        return Past("There was no case to answer, so there is nothing to appeal against.")
    return part_is_open(proceeding, viewer)


@act(
    "appeal.lodged",
    of=Proceeding,
    permission=Permission.CONDUCT_RUN,
    label="Record an appeal",
    moves=(Proceeding.DECIDED, Proceeding.APPEALED),
    when=may_be_appealed,
)
def lodge_appeal(proceeding, *, by, at, lodged_at, grounds, appeal_officer, late_reason=""):
    """Record that the person appeals, on what grounds, and who hears it: somebody who had no part in it before.

    lodged_at: when the appeal came; after the last day for it only with late_reason, and before the letter there is no
    last day. Source: Acas Code, 26 and 27.
    """
    if lodged_at < proceeding.decided_at:
        raise Refused("This is before the outcome was decided.")
    last = proceeding.appeal_until_on
    if proceeding.letter_given_at and day_of(lodged_at) > last and not late_reason:
        raise Refused(f"The last day was {last:%A} {last.day} {last:%B %Y}: to hear it all the same, say why.")
    must_be_new(proceeding, appeal_officer, by, at=at)
    part = proceeding.part
    proceeding.status, proceeding.appeal_officer = Proceeding.APPEALED, appeal_officer
    proceeding.appeal_lodged_at, proceeding.appeal_due_on = lodged_at, due_on(part, "appeal_heard", lodged_at)
    reader = Reader(
        record=part.record, person=appeal_officer, role=Role.HEARING_OFFICER, why="hears the appeal", since=at
    )
    step = step_of(part, "appeal", lodged_at, grounds, late_reason)
    ledger.record("appeal.lodged", proceeding.record, proceeding, reader, step, by=by, at=at)
    notices.tell(appeal_officer, record=part.record, what="read", at=at)
    return proceeding


def must_be_new(proceeding, officer, by, *, at) -> None:
    """Refuse whoever had a part in a proceeding before, would give an appeal to themselves, or holds no senior office.

    at: the moment at which their offices count.
    """
    before = {proceeding.investigator_id: "investigated", proceeding.decision_maker_id: "decided the outcome"}
    if officer.pk in before:
        raise Refused(f"{officer.name} {before[officer.pk]}: an appeal is heard by somebody who had no part in it.")
    if officer == by.person:
        raise Refused("Nobody gives themselves an appeal to hear.")
    if Reader.objects.filter(record=proceeding.record, person=officer, why__in=DUTIES_BEFORE).exists():
        raise Refused(f"{officer.name} had a duty in it before: an appeal is heard by somebody who had no part in it.")
    if has_done(proceeding, officer, RUNNING):
        raise Refused(f"{officer.name} ran the procedure: an appeal is heard by somebody who had no part in it.")
    must_be_free(proceeding.part, officer)
    if why_not := hearing.of_appeal(proceeding.part, officer, at=at):
        raise Refused(why_not)


def has_done(proceeding, person, verbs) -> bool:
    """Whether somebody did one of some acts in a proceeding, by their verbs in its history."""
    users = Entry.objects.filter(record=proceeding.record, verb__in=verbs).values("by")
    return User.objects.filter(pk__in=users, person=person).exists()


@act(
    "appeal.decided",
    of=Proceeding,
    permission=Permission.CONDUCT_DECIDE,
    label="Decide the appeal",
    moves=(Proceeding.APPEALED, Proceeding.FINAL),
)
def decide_appeal(proceeding, *, by, at, heard_at, result, reason, outcome="", missed_reason=""):
    """Decide an appeal, by the person who heard it: the outcome stays, becomes a lesser one, or falls away.

    result: upheld in full, upheld in part, or the decision stands. outcome: the lesser one, when upheld in part.
    heard_at: when it was heard; late only with missed_reason. How long a warning counts still runs from the first
    letter. Source: Acas Code, 27 to 29.
    """
    if by.person_id != proceeding.appeal_officer_id:
        raise Refused(f"Only {proceeding.appeal_officer.name}, who hears the appeal, decides it.")
    if heard_at < proceeding.appeal_lodged_at:
        raise Refused("This is before the appeal was lodged.")
    due = proceeding.appeal_due_on
    if day_of(heard_at) > due and not missed_reason:
        raise Refused(f"It was to be heard by {due:%A} {due.day} {due:%B %Y}: say why it was late.")
    proceeding.outcome_before_appeal = proceeding.outcome
    proceeding.outcome = _outcome_after(proceeding.outcome, result, outcome)
    proceeding.status, proceeding.appeal_result, proceeding.appeal_decided_at = Proceeding.FINAL, result, at
    proceeding.live_until_on = keeping.live_until(proceeding.outcome, day_of(proceeding.told_at))
    part = proceeding.part
    part.outcome = proceeding.outcome
    step = step_of(part, "appeal_outcome", heard_at, reason, missed_reason)
    facts = {"result": result, "outcome": proceeding.outcome}
    ledger.record("appeal.decided", proceeding.record, proceeding, part, step, by=by, at=at, **facts)
    return proceeding


def _outcome_after(present: str, result: str, lesser: str) -> str:
    if result == "upheld_in_part":
        if not lesser:
            raise Refused("Say which lesser outcome takes its place.")
        if LIGHTEST_FIRST.index(lesser) >= LIGHTEST_FIRST.index(present):
            raise Refused("An appeal never makes it worse: choose a lesser outcome, or let the decision stand.")
        return lesser
    if lesser and lesser != (present if result == "rejected" else "no_action"):
        raise Refused("Only an appeal that is upheld in part puts another outcome in its place.")
    return present if result == "rejected" else "no_action"
