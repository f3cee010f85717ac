"""A plain disciplinary proceeding, run by people who are free in it (Acas Code)."""

import uuid

from casework import keeping
from casework.models import Allegation, Part, Proceeding, Step
from casework.workflow.parts import is_open
from incidents import routing
from schools import deadlines, exclusions, ledger, sealing
from schools.acts import Past, Refused, act
from schools.calendars import calendar_of
from schools.clock import day_of
from schools.models import Reader
from schools.roles import Permission, Role


def due_on(part, rule: str, start):
    """The day a step is due, in the school's own calendar."""
    return deadlines.due(rule=rule, start=day_of(start), calendar=calendar_of(part.school)).due_on


def conduct_without_proceeding(part, viewer):
    if part.lane != "conduct":
        return Past("Only the staff conduct part has a proceeding.")
    if Proceeding.objects.filter(part=part).exists():
        return Past("There is a proceeding already.")
    return is_open(part, viewer)


@act(
    "proceeding.begun",
    of=Part,
    permission=Permission.CONDUCT_RUN,
    label="Begin a proceeding",
    when=conduct_without_proceeding,
)
def begin_proceeding(
    part, *, by, at, allegations, investigator, decision_maker, protected_speech, protected_speech_reason
):
    """Begin a disciplinary proceeding: allegations with their paragraphs, an investigator, another who decides.

    protected_speech: the answer to the check on belief, union activity, public-interest disclosure and privacy.
    """
    _must_be_free(part, investigator, decision_maker)
    if protected_speech != "no":
        raise Refused("Take advice first: this may be protected speech, and a view held is never a charge.")
    proceeding = Proceeding(record=part.record, ref=part.ref, part=part, begun_at=at)
    proceeding.investigator, proceeding.decision_maker = investigator, decision_maker
    proceeding.investigation_due_on = due_on(part, "investigation_target", at)
    rows = [_allegation(part, row) for row in allegations]
    readers = [
        Reader(record=part.record, person=investigator, role=Role.INVESTIGATING_OFFICER, why="investigates", since=at),
        Reader(record=part.record, person=decision_maker, role=Role.HEAD_OF_SCHOOL, why="hears and decides", since=at),
    ]
    begun = _step(part, "investigation", at, f"Protected-speech check answered no: {protected_speech_reason}")
    ledger.record(
        "proceeding.begun", part.record, proceeding, *rows, *readers, begun, by=by, at=at, allegations=len(rows)
    )
    return part


def _must_be_free(part, investigator, decision_maker) -> None:
    if investigator == decision_maker:
        raise Refused("The person who investigates cannot be the person who decides.")
    kept = exclusions.people_kept_from(part.record)
    for person in (investigator, decision_maker):
        if person.pk in kept:
            raise Refused(f"{person.name} cannot do this: they are a party to it or stand aside.")


def _allegation(part, row) -> Allegation:
    named = row["paragraphs"]
    charge = routing.pack_of(part.record).charge(named)
    allegation = Allegation(id=uuid.uuid4(), record=part.record, paragraphs=charge.ref if charge else named)
    allegation.clause = charge.id if charge else ""
    sealing.seal(part.record, allegation, alleged=row["alleged"])
    return allegation


def _step(part, kind, happened_at, said, missed="") -> Step:
    step = Step(id=uuid.uuid4(), record=part.record, kind=kind, happened_at=happened_at)
    sealing.seal(part.record, step, said=said, missed_reason=missed)
    return step


@act(
    "investigation.recorded",
    of=Proceeding,
    permission=Permission.RECORD_WORK,
    label="Record the investigation",
    moves=(Proceeding.BEGUN, Proceeding.INVESTIGATED),
)
def record_investigation(proceeding, *, by, at, happened_at, said):
    """Record that the investigation is finished and what it found to be the facts."""
    proceeding.status = Proceeding.INVESTIGATED
    step = _step(proceeding.part, "investigation", happened_at, said)
    ledger.record("investigation.recorded", proceeding.record, proceeding, step, by=by, at=at)
    return proceeding


@act(
    "hearing.arranged",
    of=Proceeding,
    permission=Permission.CONDUCT_RUN,
    label="Arrange the hearing",
    moves=(Proceeding.INVESTIGATED, Proceeding.ARRANGED),
)
def arrange_hearing(
    proceeding, *, by, at, notice_given_at, hearing_at, companion_told, missed_reason="", closure_reason=""
):
    """Give notice of a hearing, with the right to a companion; too short a notice needs a reason.

    hearing_at: not before the notice period has run out, unless missed_reason is given.
    companion_told: whether the right to be accompanied was stated (Employment Relations Act 1999, s 10).
    """
    if companion_told != "yes":
        raise Refused("State the right to be accompanied first: it is the law.")
    earliest = due_on(proceeding.part, "hearing_notice", notice_given_at)
    if day_of(hearing_at) <= earliest and not missed_reason:
        raise Refused(
            f"The notice is too short: not until after {earliest:%A} {earliest.day} {earliest:%B %Y} without a reason."
        )
    closed = calendar_of(proceeding.part.school).closed(day_of(hearing_at))
    if closed and not closure_reason:
        raise Refused("The school is closed that day: say why, and that the person has agreed.")
    proceeding.status, proceeding.hearing_at, proceeding.notice_given_at = (
        Proceeding.ARRANGED,
        hearing_at,
        notice_given_at,
    )
    proceeding.papers_due_on = due_on(proceeding.part, "employee_papers", hearing_at)
    said = "The right to be accompanied was stated." + (f" School closed: {closure_reason}" if closed else "")
    step = _step(proceeding.part, "notice", notice_given_at, said, missed_reason)
    ledger.record("hearing.arranged", proceeding.record, proceeding, step, by=by, at=at)
    return proceeding


@act(
    "hearing.recorded",
    of=Proceeding,
    permission=Permission.RECORD_WORK,
    label="Record the hearing",
    moves=(Proceeding.ARRANGED, Proceeding.HEARD),
)
def record_hearing(proceeding, *, by, at, happened_at, said):
    """Record that the hearing was held, who was there and what was said; nothing has been decided."""
    proceeding.status = Proceeding.HEARD
    step = _step(proceeding.part, "hearing", happened_at, said)
    ledger.record("hearing.recorded", proceeding.record, proceeding, step, by=by, at=at)
    return proceeding


@act(
    "finding.recorded",
    of=Proceeding,
    permission=Permission.CONDUCT_DECIDE,
    label="Record the findings",
    moves=(Proceeding.HEARD, Proceeding.FOUND),
)
def record_finding(proceeding, *, by, at, findings):
    """Record what was found on each allegation, with the reason, by the person who heard it.

    findings: one {allegation, finding, reason} for every allegation.
    """
    _only_decision_maker(proceeding, by)
    allegations = {row.pk: row for row in Allegation.objects.filter(record=proceeding.record)}
    given = {row["allegation"].pk for row in findings}
    if given != set(allegations) or len(findings) != len(allegations):
        raise Refused("Give one finding for each allegation.")
    changed = []
    for row in findings:
        allegation = allegations[row["allegation"].pk]
        allegation.finding, allegation.found_at = row["finding"], at
        sealing.seal(proceeding.record, allegation, reason=row["reason"])
        changed.append(allegation)
    proceeding.status = Proceeding.FOUND
    facts = [row["finding"] for row in findings]
    ledger.record("finding.recorded", proceeding.record, proceeding, *changed, by=by, at=at, findings=facts)
    return proceeding


def _only_decision_maker(proceeding, by) -> None:
    if by.person_id != proceeding.decision_maker_id:
        raise Refused(f"Only {proceeding.decision_maker.name}, who heard it, decides.")


@act(
    "outcome.decided",
    of=Proceeding,
    permission=Permission.CONDUCT_DECIDE,
    label="Decide the outcome",
    moves=(Proceeding.FOUND, Proceeding.DECIDED),
)
def decide_outcome(proceeding, *, by, at, outcome, reason):
    """Decide the outcome, by the person who heard it; from it follow the letter's day and the last for an appeal.

    outcome: from no action to summary dismissal. A sanction needs at least one allegation found.
    """
    _only_decision_maker(proceeding, by)
    found = Allegation.objects.filter(record=proceeding.record).exclude(finding="not_proved").exists()
    if outcome not in ("no_action", "management_guidance") and not found:
        raise Refused("Nothing was found, so there can be no sanction.")
    part = proceeding.part
    proceeding.status, proceeding.outcome, proceeding.decided_at = Proceeding.DECIDED, outcome, at
    proceeding.letter_due_on = due_on(part, "outcome_letter", proceeding.hearing_at)
    proceeding.appeal_until_on = due_on(part, "appeal_lodged", at)
    proceeding.live_until_on = keeping.live_until(outcome, day_of(at))
    sealing.seal(proceeding.record, proceeding, outcome_reason=reason)
    part.outcome = outcome
    ledger.record("outcome.decided", proceeding.record, proceeding, part, by=by, at=at, outcome=outcome)
    return proceeding
