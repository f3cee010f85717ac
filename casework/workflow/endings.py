"""How a proceeding ends where there is no case to answer, and the letter that tells a person the outcome."""

from casework import keeping
from casework.models import Allegation, Proceeding, Step
from casework.workflow.appeals import part_is_open
from casework.workflow.proceedings import due_on, only_decision_maker, step_of
from schools import ledger, sealing
from schools.acts import Refused, act
from schools.clock import day_of
from schools.roles import Permission


def not_heard(proceeding, viewer):
    if Step.objects.filter(record=proceeding.record, kind="hearing").exists():
        return "It was heard once: arrange the hearing anew, and decide after it."
    return None


@act(
    "proceeding.ended",
    of=Proceeding,
    permission=Permission.CONDUCT_DECIDE,
    label="End it: no case to answer",
    moves=(Proceeding.INVESTIGATED, Proceeding.DECIDED),
    when=not_heard,
)
def end_without_hearing(proceeding, *, by, at, reason):
    """End a proceeding after the investigation because there is no case to answer: nothing is found, no action follows.

    By the person who would have heard it. reason: kept as the reason of every finding. Source: Acas Code, 5 and 9.
    """
    only_decision_maker(proceeding, by)
    allegations = list(Allegation.objects.filter(record=proceeding.record))
    for allegation in allegations:
        allegation.finding, allegation.found_at = "not_proved", at
        sealing.seal(proceeding.record, allegation, reason=reason)
    part = proceeding.part
    proceeding.status, proceeding.outcome, proceeding.decided_at = Proceeding.DECIDED, "no_action", at
    proceeding.letter_due_on = due_on(part, "outcome_letter", at)
    sealing.seal(proceeding.record, proceeding, outcome_reason=reason)
    part.outcome = proceeding.outcome
    ledger.record("proceeding.ended", proceeding.record, proceeding, part, *allegations, by=by, at=at)
    return proceeding


def no_letter_yet(proceeding, viewer):
    if proceeding.decided_at is None:
        return "The outcome has not been decided yet."
    return "The letter was given already." if proceeding.letter_given_at else part_is_open(proceeding, viewer)


@act(
    "letter.given",
    of=Proceeding,
    permission=Permission.CONDUCT_RUN,
    label="Record that the outcome letter was given",
    when=no_letter_yet,
)
def record_letter(proceeding, *, by, at, given_at, said, missed_reason=""):
    """Record when the person was given the outcome in writing; the days for an appeal and of a warning run from then.

    Also after an appeal was lodged or heard. given_at: not before the outcome was decided; later than its day only with
    missed_reason. said: how it was given.
    Source: Acas Code, 18.
    """
    given_on, due = day_of(given_at), proceeding.letter_due_on
    if given_on < day_of(proceeding.decided_at):
        raise Refused("This is before the outcome was decided.")
    if given_on > due and not missed_reason:
        raise Refused(f"It was to be given by {due:%A} {due.day} {due:%B %Y}: say why it was late.")
    proceeding.letter_given_at = given_at
    if proceeding.hearing_at and not proceeding.appeal_lodged_at:
        proceeding.appeal_until_on = due_on(proceeding.part, "appeal_lodged", given_at)
    proceeding.live_until_on = keeping.live_until(proceeding.outcome, given_on)
    step = step_of(proceeding.part, "letter", given_at, said, missed_reason)
    ledger.record("letter.given", proceeding.record, proceeding, step, by=by, at=at)
    return proceeding
