"""Triage: what a concern is, who answers the threshold question, who has been told, and how it ends without a case."""

from incidents import questions, routing, waiting
from incidents.models import Concern, Decision, Telling
from incidents.workflow import speech
from incidents.workflow.reporting import not_read_yet, tell, tellings_for
from schools import access, exclusions, ledger, notices, sealing
from schools.acts import Follow, Past, Refused, act, following
from schools.clock import day_of
from schools.models import Appointment, Involvement, Person
from schools.policy import taxonomy
from schools.roles import Permission, Role

# Where else a confirmed conflict counts: what is built on concerns says so here, for this module knows none of it.
CONFIRMED: list[Follow] = []
NOT_RAISED = (
    "The threshold question is not raised by the facts: nobody who works in or for the school is said to have done it."
)
OFFICER_WAITED_FOR = "It waits for the whistleblowing officer: record first what they replied."
OPEN = (Concern.REPORTED, Concern.TRIAGED, Concern.IN_CASE)


def unread_only(concern, viewer):
    return Past("Someone has read this already.") if concern.read_at else None


@act("concern.read", of=Concern, permission=Permission.CONCERN_TRIAGE, label="Read this report", when=unread_only)
def read_report(concern, *, by, at):
    """Open a report for the first time: the reporter is shown that it was read, and whoever reads it has been told."""
    concern.read_at, concern.read_by = at, by.person
    reader = list(Telling.objects.filter(record=concern.record, person=by.person, told_at__isnull=True))
    for telling in reader:
        telling.told_at = at
    ledger.record("concern.read", concern.record, concern, *reader, by=by, at=at)
    notices.done(concern.record, None, "read", at)
    return concern


@act(
    "concern.triaged",
    of=Concern,
    permission=Permission.CONCERN_TRIAGE,
    label="Triage",
    moves=((Concern.REPORTED, Concern.TRIAGED), Concern.TRIAGED),
    when=not_read_yet,
)
def triage(concern, *, by, at, code, direction, reason, secondary_codes=(), managed_under="", is_threat="no"):
    """Decide what a reported concern is; who must know and which questions open follow from it.

    code, secondary_codes: what happened. direction: who did it to whom. reason: why, kept with it. managed_under: the
    procedures it is run under.
    """
    if code in secondary_codes:
        raise Refused("The same thing is given twice: once first and once again under “also”.")
    before = _what_it_was(concern)
    concern.code, concern.secondary_codes, concern.direction = code, ";".join(secondary_codes), direction
    concern.is_threat = is_threat == "yes"
    if _what_it_was(concern) != before:
        waiting.ask_again(concern, at=at)
    concern.status, concern.triaged_at = Concern.TRIAGED, at
    concern.is_words_only = concern.is_words_only or "SEXIMG" in concern.codes
    sealing.seal(concern.record, concern, triage_reason=reason, managed_under=managed_under)
    known = list(Involvement.objects.filter(record=concern.record))
    listed = list(Telling.objects.filter(record=concern.record))
    tellings = tellings_for(concern, known, at=at, known=listed)
    follow = exclusions.work_out(concern.record, known, at=at, direction=direction)
    rows = [concern, *follow, *tellings]
    ledger.record("concern.triaged", concern.record, *rows, by=by, at=at, code=code, direction=direction)
    tell(concern, tellings, at=at)
    return concern


def _what_it_was(concern) -> tuple:
    return set(concern.codes), concern.direction, concern.is_threat


def threshold_is_open(concern, viewer):
    if concern.status == Concern.REPORTED:
        return "Triage it first."
    if concern.threshold:
        return Past("The threshold question has been answered.")
    if not routing.asked(concern, viewer)["threshold_question"]:
        return Past(NOT_RAISED)
    return None


@act(
    "threshold.answered",
    of=Concern,
    permission=Permission.THRESHOLD_DECIDE,
    label="Answer the threshold question",
    when=threshold_is_open,
)
def answer_threshold(concern, *, by, at, answer, reason, consulted=None):
    """Answer whether this could have harmed a child or raises doubt about working with children (KCSIE Part Four).

    answer: meets it, unsure and the LADO is asked, a low-level concern, or not a safeguarding matter. consulted: the
    safeguarding lead or deputy who was asked, or the next in line; nobody where nobody in line is free. reason: always
    given.
    """
    _must_be_consulted(concern, consulted, by=by, at=at)
    decision = Decision(record=concern.record, question="threshold", answer=answer, decided_at=at, decided_by=by.person)
    decision.consulted = consulted
    sealing.seal(concern.record, decision, reason=reason)
    concern.threshold = answer
    ledger.record("threshold.answered", concern.record, concern, decision, by=by, at=at, answer=answer)
    return concern


def who_is_consulted(concern, answered_by, *, at) -> list[Person]:
    """Who may be consulted on the threshold question: the leads and deputies who are free, or else the next in line.

    answered_by: the key of whoever answers it, who consults somebody else.
    """
    kept = exclusions.people_kept_from(concern.record) | {answered_by}
    offices = Appointment.objects.current(at).filter(school=concern.school, role__in=(Role.DSL, Role.DEPUTY_DSL))
    leads = Person.objects.filter(appointments__in=offices).exclude(pk__in=kept - {None}).distinct()
    if found := list(leads.order_by("name")):
        return found
    key = routing.in_directory(routing.answer(concern, at=at)["threshold_consulted"])
    return list(Person.objects.filter(pk=key).exclude(pk__in=kept - {None})) if key else []


def _must_be_consulted(concern, consulted, *, by, at) -> None:
    free = who_is_consulted(concern, by.person_id, at=at)
    if consulted is None and free:
        raise Refused("Say which safeguarding lead you consulted.")
    if consulted is not None and consulted not in free:
        raise Refused(f"{consulted.name} cannot be consulted on this: choose a safeguarding lead who is free in it.")


@act(
    "decision.recorded",
    of=Concern,
    permission=Permission.DECISION_MAKE,
    label="Record a decision",
    when=not_read_yet,
)
def record_decision(concern, *, by, at, question, answer, reason, happened_at=None, outside_reference="", paragraph=""):
    """Record a decision that the facts opened, yes or no, with its reason: police, LADO, governors, parents, support.

    answer: of those that the question takes; “not sure” leaves it open. happened_at: when it was done, if it was, never
    in the future. outside_reference: a police log number or the like.
    """
    if why := questions.why_no_answer(question, answer):
        raise Refused(why)
    if why := questions.why_no_time(question, answer, happened_at):
        raise Refused(why)
    if question == speech.QUESTION and answer != speech.NO:
        raise Refused(speech.FOUR_ANSWERS)
    if question == speech.QUESTION and speech.last_answer(concern) == speech.DISCLOSED:
        raise Refused(speech.OFFICER_FIRST)
    decision = Decision(record=concern.record, question=question, answer=answer, decided_at=at, decided_by=by.person)
    decision.happened_at, decision.paragraph = happened_at, paragraph
    sealing.seal(concern.record, decision, reason=reason, outside_reference=outside_reference)
    ledger.record("decision.recorded", concern.record, decision, by=by, at=at, question=question, answer=answer)
    return concern


def tellings_of(viewer, record) -> list[Telling]:
    """Who must know of a concern, each with the person, read once for a request."""
    key = ("tellings", record.pk)
    if key not in viewer.known:
        rows = Telling.objects.filter(record=record).select_related("person")
        viewer.known[key] = list(rows.order_by("due_at", "role"))
    return viewer.known[key]


def all_told(concern, viewer):
    waits = any(telling.told_at is None for telling in tellings_of(viewer, concern.record))
    return None if waits else Past("Everybody who has to know has been told.")


@act(
    "person.told",
    of=Concern,
    permission=Permission.CONCERN_TRIAGE,
    label="Record that someone has been told",
    when=all_told,
    decides=False,
)
def record_told(concern, *, by, at, telling, told_at):
    """Record when someone who must know was told.

    told_at: never before the day on which anyone here knew of it, where the report says since when.
    """
    if telling.told_at:
        raise Refused(f"{telling.title} has been told already.")
    known_on = _known_on(concern)
    if known_on and day_of(told_at) < known_on:
        raise Refused("This is before anyone here knew of it: say when they were told.")
    telling.told_at = told_at
    ledger.record("person.told", concern.record, telling, by=by, at=at, role=telling.role)
    return concern


def _known_on(concern):
    """Since which day it is known here, as far as the report says; many are told before a report is typed."""
    days = [concern.conduct_on, *map(day_of, filter(None, [concern.first_known_at, concern.seen_at]))]
    return min(filter(None, days), default=None)


@act(
    "conflict.confirmed",
    of=Concern,
    permission=Permission.CONFLICT_CONFIRM,
    label="Confirm or lift a conflict of interest",
    when=not_read_yet,
    touches=lambda concern, viewer, answers: following(CONFIRMED, concern),
)
def confirm_conflict(concern, *, by, at, exclusion, answer, reason):
    """Confirm that someone is kept out of this or stands aside, or lift it, with a reason.

    answer: confirm, which counts in its parts too as far as you may decide it there; lift; or not_meant, where the name
    was somebody else's. What is lifted counts here alone.
    """
    exclusions.settle(concern.record, exclusion, by=by, at=at, answer=answer, reason=reason)
    if answer == "confirm":
        for follow in CONFIRMED:
            follow.then(concern, by=by, at=at)
    return concern


def obstacles_to_ending(concerns, *, is_done=lambda concern, question: False) -> dict[object, str]:
    """Why each of some concerns cannot end yet, by concern: a question that its facts opened, or a conflict.

    A concern that can end is not among them. is_done: says of a concern and a question whether what was
    done answers it.
    """
    unsettled, unconfirmed = waiting.unsettled_in(concerns), waiting.unconfirmed_in(concerns)
    left = {one.pk: [name for name in unsettled[one.pk] if not is_done(one, name)] for one in concerns}
    found = {one.pk: _obstacle(left[one.pk], one.pk in unconfirmed) for one in concerns}
    return {pk: why for pk, why in found.items() if why}


def _obstacle(unsettled: list[str], is_unconfirmed: bool) -> str:
    if "threshold" in unsettled:
        return "The threshold question has not been answered."
    if speech.QUESTION in unsettled:
        return OFFICER_WAITED_FOR
    if unsettled:
        words = dict(Decision.QUESTIONS)
        return " ".join(["Answer first, and record it:", *(words[question] for question in unsettled)])
    return "A conflict of interest has not been confirmed or lifted yet." if is_unconfirmed else ""


def may_end(concern, viewer) -> str | None:
    answered, made = routing.asked(concern, viewer), speech.decisions_of(concern, viewer)
    kept = access.kept_from(viewer, concern.record)
    is_unconfirmed = any(row.waits for row in kept)
    return _obstacle(questions.unsettled(concern, answered, made), is_unconfirmed) or None


@act(
    "concern.finished",
    of=Concern,
    permission=Permission.CONCERN_TRIAGE,
    label="Finish without a case",
    moves=(Concern.TRIAGED, Concern.FINISHED),
    when=may_end,
)
def finish_concern(concern, *, by, at, outcome, reason):
    """End a concern that needs no case: no further action, a reply or meeting, a low-level concern, elsewhere."""
    concern.status, concern.outcome, concern.finished_at = Concern.FINISHED, outcome, at
    sealing.seal(concern.record, concern, outcome_reason=reason)
    ledger.record("concern.finished", concern.record, concern, by=by, at=at, outcome=outcome)
    return concern


def finished_alone(concern, viewer):
    if concern.status == Concern.FINISHED and not concern.outcome:
        return "It was finished with its case: it opens again with the case."
    return None


@act(
    "concern.reopened",
    of=Concern,
    permission=Permission.CONCERN_TRIAGE,
    label="Open it again",
    moves=(Concern.FINISHED, Concern.TRIAGED),
    when=finished_alone,
)
def reopen_concern(concern, *, by, at, reason):
    """Open a finished concern again because something new is known; what was decided before stands in its history."""
    waiting.ask_again(concern, at=at)
    ledger.record("concern.reopened", concern.record, open_again(concern), by=by, at=at, why=reason)
    return concern


def open_again(concern) -> Concern:
    """A concern that ended without a case as it stood before it ended, not saved yet."""
    concern.status, concern.outcome, concern.finished_at = Concern.TRIAGED, "", None
    concern.outcome_reason = None
    return concern


def code_words() -> dict[str, str]:
    """What each code means, in words."""
    return {code: row.label for code, row in taxonomy().codes.items()}
