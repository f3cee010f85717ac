"""A plain disciplinary proceeding, run by people who are free in it (Acas Code)."""

from casework import about, charging, hearing, keeping
from casework.models import Allegation, LegalAdvice, Part, Proceeding, Step
from casework.workflow import settled_first
from casework.workflow.apart import readers_of_advice
from casework.workflow.choosing import must_be_free_in
from casework.workflow.parts import is_open
from incidents.workflow import speech
from schools import deadlines, ledger, sealing
from schools.access import Viewer
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
    if getattr(part, "proceeding_of", None):
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
    part,
    *,
    by,
    at,
    allegations,
    investigator,
    decision_maker,
    belief,
    union,
    public_interest,
    private,
    protected_speech_reason,
    objected_to="",
    lesser_step="",
):
    """Begin a disciplinary proceeding: allegations with their paragraphs, an investigator, another who decides.

    belief, union, public_interest, private: no, maybe or yes to each question of whether this may be protected speech;
    unless all are no, advice was taken; then objected_to says what is objected to, lesser_step why no less will do.
    """
    _must_be_the_only_one(part)
    _must_be_fit(part, investigator, decision_maker, at=at)
    answers = {"belief": belief, "union": union, "public_interest": public_interest, "private": private}
    settled_first.must_wait_for_no_officer(part, Viewer(by, at))
    settled_first.must_be_with_nobody_else(part, Viewer(by, at))
    checked = _checked(part, answers, protected_speech_reason, objected_to=objected_to, lesser_step=lesser_step)
    proceeding = Proceeding(record=part.record, ref=part.ref, part=part, begun_at=at)
    proceeding.investigator, proceeding.decision_maker = investigator, decision_maker
    proceeding.investigation_due_on = due_on(part, "investigation_target", at)
    rows = [_allegation(part, row) for row in allegations]
    readers = [
        Reader(record=part.record, person=investigator, role=Role.INVESTIGATING_OFFICER, why="investigates", since=at),
        Reader(record=part.record, person=decision_maker, role=Role.HEARING_OFFICER, why="hears and decides", since=at),
    ]
    begun = step_of(part, "begun", at, checked)
    ledger.record(
        "proceeding.begun", part.record, proceeding, *rows, *readers, begun, by=by, at=at, allegations=len(rows)
    )
    return part


def _must_be_the_only_one(part) -> None:
    running = Proceeding.objects.exclude(status__in=(Proceeding.DECIDED, Proceeding.FINAL))
    if running.filter(part__case=part.case_id, part__about=part.about_id, part__status=Part.OPEN).exists():
        raise Refused("A proceeding about this person runs in this case already: add the allegation to that one.")


def _must_be_fit(part, investigator, decision_maker, *, at) -> None:
    """Refuse people who may not run a proceeding: the same for both, a party to it, or no office that may decide it."""
    if investigator == decision_maker:
        raise Refused("The person who investigates cannot be the person who decides.")
    must_be_free(part, investigator, decision_maker)
    if why_not := hearing.obstacle(part, decision_maker, at=at):
        raise Refused(why_not)


def _checked(part, answers: dict[str, str], reason: str, **said) -> str:
    """What was answered to the check for protected speech, in words; refuses where it stands in the way."""
    replied = any(map(speech.has_replied, about.may_be_about(part, about.concerns_of(part))))
    advised = LegalAdvice.objects.filter(part=part, status=LegalAdvice.RECEIVED).exists()
    return speech.words_of(answers, reason, advised=advised, replied=replied, **said)


def must_be_free(part, *people) -> None:
    """Refuse anybody who is a party to a part or stands aside in it, or who has read legal advice about it."""
    advised = readers_of_advice(part)
    for person in people:
        if person.pk in advised:
            raise Refused(f"{person.name} cannot do this: they have read legal advice about it.")
    must_be_free_in(part.record, *people)


def _allegation(part, row) -> Allegation:
    named, conduct_on = row["paragraphs"], row.get("conduct_on")
    version, clause = charging.charge(part, named, conduct_on)
    allegation = Allegation(record=part.record, conduct_on=conduct_on, policy=version)
    allegation.paragraphs, allegation.clause = (clause.ref, clause.id) if clause else (named, "")
    sealing.seal(part.record, allegation, alleged=row["alleged"])
    return allegation


def step_of(part, kind, happened_at, said, missed="") -> Step:
    """One stage of a proceeding in words, not saved yet."""
    step = Step(record=part.record, kind=kind, happened_at=happened_at)
    sealing.seal(part.record, step, said=said, missed_reason=missed)
    return step


def before_notice(proceeding, viewer):
    if proceeding.status not in (Proceeding.BEGUN, Proceeding.INVESTIGATED):
        return "Notice of the hearing was given: nothing is added to what it says."
    return None


@act(
    "allegation.added",
    of=Proceeding,
    permission=Permission.CONDUCT_RUN,
    label="Add an allegation",
    when=before_notice,
)
def add_allegation(proceeding, *, by, at, allegations):
    """Add what came to light later to a proceeding that has begun, before notice of the hearing says what is alleged.

    allegations: rows of conduct_on (the day it was done, or nothing), paragraphs and alleged.
    """
    rows = [_allegation(proceeding.part, row) for row in allegations]
    ledger.record("allegation.added", proceeding.record, *rows, by=by, at=at, allegations=len(rows))
    return proceeding


@act(
    "investigation.recorded",
    of=Proceeding,
    permission=Permission.RECORD_WORK,
    label="Record the investigation",
    moves=(Proceeding.BEGUN, Proceeding.INVESTIGATED),
)
def record_investigation(proceeding, *, by, at, happened_at, said):
    """Record that the investigation is finished and what it found to be the facts.

    Never by whoever decides: the two are kept apart; never before the LADO was told, where that is owed. Source: Acas
    Code, 6; Keeping children safe in education, Part Four.
    """
    if by.person_id == proceeding.decision_maker_id:
        raise Refused("You hear this and decide it: the investigation is recorded by somebody else.")
    settled_first.must_be_with_nobody_else(proceeding.part, Viewer(by, at))
    proceeding.status = Proceeding.INVESTIGATED
    step = step_of(proceeding.part, "investigation", happened_at, said)
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

    notice_given_at: not before the day on which the proceeding was begun. hearing_at: not before the notice period has
    run out, unless missed_reason is given; on a day on which nobody is at school only with closure_reason.
    companion_told: whether the right to be accompanied was stated (Employment Relations Act 1999, s 10).
    """
    if companion_told != "yes":
        raise Refused("State the right to be accompanied first: it is the law.")
    if day_of(notice_given_at) < day_of(proceeding.begun_at):
        raise Refused("This is before the proceeding was begun: say when this notice was given.")
    if hearing_at < notice_given_at:
        raise Refused("The hearing is before its notice was given: set a later day.")
    closed = _day_fits(proceeding.part, notice_given_at, hearing_at, missed_reason, closure_reason)
    proceeding.status, proceeding.notice_given_at = Proceeding.ARRANGED, notice_given_at
    _set_day(proceeding, hearing_at)
    step = step_of(
        proceeding.part, "notice", notice_given_at, f"The right to be accompanied was stated.{closed}", missed_reason
    )
    ledger.record("hearing.arranged", proceeding.record, proceeding, step, by=by, at=at)
    return proceeding


def _day_fits(part, notice_given_at, hearing_at, missed_reason, closure_reason) -> str:
    """Refuse a day with too short a notice, or one on which the school is closed, without a reason; else that reason.

    A day set for a member of staff counts too: the one by which their papers are due.
    """
    earliest = due_on(part, "hearing_notice", notice_given_at)
    if day_of(hearing_at) <= earliest and not missed_reason:
        raise Refused(f"The notice is too short: not until after {_day(earliest)} without a reason.")
    calendar, papers_on = calendar_of(part.school), due_on(part, "employee_papers", hearing_at)
    is_closed, papers_closed = _is_closed(calendar, day_of(hearing_at)), calendar.closed(papers_on)
    if is_closed and not closure_reason:
        raise Refused("The school is closed that day: say why, and that the person has agreed.")
    if papers_closed and not closure_reason:
        raise Refused(
            f"The school is closed on {_day(papers_on)}, when the person’s papers are due: say how they reach you, and "
            "that the person has agreed."
        )
    return f" School closed: {closure_reason}" if is_closed or papers_closed else ""


def _is_closed(calendar, day) -> bool:
    """Whether nobody is at school on a day: a weekend, a bank holiday, a school holiday or a closure."""
    return not calendar.is_working_day(day) or calendar.closed(day) is not None


def _day(day) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _set_day(proceeding, hearing_at) -> None:
    proceeding.hearing_at = hearing_at
    proceeding.papers_due_on = due_on(proceeding.part, "employee_papers", hearing_at)


@act(
    "hearing.postponed",
    of=Proceeding,
    permission=Permission.CONDUCT_RUN,
    label="Move the hearing to another day",
    moves=(Proceeding.ARRANGED, Proceeding.ARRANGED),
)
def postpone_hearing(
    proceeding, *, by, at, why, asked_at, hearing_at, said, missed_reason="", closure_reason="", agreed_reason=""
):
    """Move a hearing to another day, because the companion cannot come or for another reason.

    why: companion, person or school. asked_at: when another day was asked for. hearing_at: the new day; for a companion
    not after the fifth working day from the first after the day first set, unless agreed_reason says why and that it is
    agreed (Employment Relations Act 1999, s 10(4) and (5)).
    """
    if hearing_at == proceeding.hearing_at:
        raise Refused("That is the day that is set already.")
    if hearing_at < at:
        raise Refused("The new day has passed already.")
    latest = due_on(proceeding.part, "companion_postponement", proceeding.hearing_at)
    if why == "companion" and day_of(hearing_at) > latest and not agreed_reason:
        raise Refused(
            f"By law a day that suits the companion is no later than {_day(latest)}: for a later one say why, and that "
            "the person has agreed."
        )
    closed = _day_fits(proceeding.part, proceeding.notice_given_at, hearing_at, missed_reason, closure_reason)
    agreed = f" Agreed: {agreed_reason}" if agreed_reason else ""
    _set_day(proceeding, hearing_at)
    step = step_of(proceeding.part, "postponed", asked_at, f"{said}{agreed}{closed}", missed_reason)
    ledger.record("hearing.postponed", proceeding.record, proceeding, step, by=by, at=at, moved_because=why)
    return proceeding


@act(
    "hearing.recorded",
    of=Proceeding,
    permission=Permission.RECORD_WORK,
    label="Record the hearing",
    moves=(Proceeding.ARRANGED, Proceeding.HEARD),
)
def record_hearing(proceeding, *, by, at, happened_at, said, missed_reason=""):
    """Record that the hearing was held, who was there and what was said; nothing has been decided.

    happened_at: when it was held, from which the day of the outcome letter follows; earlier than was arranged, and
    before the notice period has run out, only with missed_reason.
    """
    _not_too_early(proceeding, happened_at, missed_reason)
    proceeding.status, proceeding.hearing_at = Proceeding.HEARD, happened_at
    step = step_of(proceeding.part, "hearing", happened_at, said, missed_reason)
    ledger.record("hearing.recorded", proceeding.record, proceeding, step, by=by, at=at)
    return proceeding


def _not_too_early(proceeding, happened_at, missed_reason) -> None:
    """Refuse a hearing before its notice, or before the notice ran out where no reason for that stands yet."""
    if happened_at < proceeding.notice_given_at:
        raise Refused("This is before notice of the hearing was given.")
    earliest = due_on(proceeding.part, "hearing_notice", proceeding.notice_given_at)
    is_earlier = day_of(happened_at) < day_of(proceeding.hearing_at)
    if is_earlier and day_of(happened_at) <= earliest and not missed_reason:
        raise Refused(f"The notice had not run out: not until after {_day(earliest)} without a reason.")


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
    only_decision_maker(proceeding, by)
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
    facts = [{"of": one.paragraphs, "answer": one.finding} for one in changed]
    ledger.record("finding.recorded", proceeding.record, proceeding, *changed, by=by, at=at, findings=facts)
    return proceeding


def only_decision_maker(proceeding, by) -> None:
    """Refuse anybody but the person who decides a proceeding."""
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
    """Decide the outcome, by the person who heard it; from it follows the day of the letter.

    outcome: from no action to summary dismissal. A sanction needs at least one allegation found.
    """
    only_decision_maker(proceeding, by)
    found = Allegation.objects.filter(record=proceeding.record).exclude(finding="not_proved").exists()
    if outcome not in Proceeding.LIGHTEST and not found:
        raise Refused("Nothing was found, so there can be no sanction.")
    part = proceeding.part
    proceeding.status, proceeding.outcome, proceeding.decided_at = Proceeding.DECIDED, outcome, at
    proceeding.letter_due_on = due_on(part, "outcome_letter", proceeding.hearing_at)
    proceeding.live_until_on = keeping.live_until(outcome, day_of(at))
    sealing.seal(proceeding.record, proceeding, outcome_reason=reason)
    part.outcome = outcome
    ledger.record("outcome.decided", proceeding.record, proceeding, part, by=by, at=at, outcome=outcome)
    return proceeding
