"""Getting a post taken down: asked, answered, chased, gone, back again; one request for each copy."""

from incidents import routing
from incidents.models import Concern, Exchange, Takedown
from incidents.workflow import speech
from incidents.workflow.triage import open_again
from schools import deadlines, ledger, notices, sealing
from schools.acts import Follow, Refused, act, following
from schools.calendars import calendar_of
from schools.clock import day_of
from schools.models import Person
from schools.references import new as new_reference
from schools.roles import Permission

SUBJECT_WAITS = (
    "Nothing may go to the person this is about, or to the platform, while the threshold question is open, "
    "unless harm cannot wait: then say why."
)


# What else opens again when a post is back: what is built on concerns says so here, for this module knows none of it.
FOLLOWING: list[Follow] = []


def chase_at(concern, requested_at):
    """When to ask again (our suggestion): the end of the second working day."""
    return deadlines.due(rule="platform_chase", start=requested_at, calendar=calendar_of(concern.school)).due_at


def recheck_on(concern, removed_at):
    """When somebody looks again after a removal (our suggestion): thirty days."""
    return deadlines.due(rule="removal_recheck", start=day_of(removed_at), calendar=calendar_of(concern.school)).due_on


def is_open(concern, viewer):
    return "Triage it first." if concern.status == Concern.REPORTED else None


@act("takedown.requested", of=Concern, permission=Permission.TAKEDOWN_WORK, label="Request a takedown", when=is_open)
def request_takedown(
    concern,
    *,
    by,
    at,
    link,
    asked_of,
    said,
    requested_at=None,
    submitted_by=None,
    cannot_wait="no",
    cannot_wait_reason="",
):
    """Ask for one copy of a post to be removed, and work out when to chase.

    link: the copy. asked_of: our member of staff, the author or parent, a group administrator, or the platform. said:
    what was asked. requested_at: when it was sent, never in the future. submitted_by: who sent it, if not `by`.
    cannot_wait: whether harm means that no open question can be waited for; with cannot_wait_reason, and the head is
    told.
    """
    is_urgent, answered = cannot_wait == "yes", routing.answer(concern, at=at)
    _questions_first(concern, asked_of, answered, is_urgent=is_urgent, why_urgent=cannot_wait_reason)
    if Takedown.objects.filter(link=link, asked_of=asked_of, status=Takedown.REQUESTED).exists():
        raise Refused("This has been asked already for this copy: log the reply, or chase it.")
    sent_at = requested_at or at
    takedown = Takedown(record=concern.record, ref=new_reference("takedown"), link=link, asked_of=asked_of)
    takedown.school, takedown.submitted_by, takedown.requested_at = concern.school, submitted_by or by.person, sent_at
    takedown.chase_at = chase_at(concern, sent_at)
    step = _step(takedown, "request", sent_at, _with_why(said, is_urgent, cannot_wait_reason))
    facts = {"asked_of": asked_of, "takedown": takedown.ref}
    ledger.record("takedown.requested", concern.record, takedown, step, by=by, at=at, **facts)
    if is_urgent:
        _tell_the_owner(concern, answered, by=by, at=at)
    return takedown


def _questions_first(concern, asked_of, answered, *, is_urgent, why_urgent) -> None:
    """Refuse what would go out before the threshold question, or the check for protected speech, is answered.

    Where harm cannot wait it goes out, with the reason; never to our own staff while a disclosure in the public
    interest waits for its officer.
    """
    if is_urgent and not why_urgent:
        raise Refused("Say why harm cannot wait.")
    if asked_of == "own_staff" and speech.last_answer(concern) == speech.DISCLOSED:
        raise Refused(speech.OFFICER_FIRST)
    if is_urgent:
        return
    if not concern.threshold and answered["threshold_question"]:
        raise Refused(SUBJECT_WAITS)
    if asked_of == "own_staff" and (why := speech.obstacle_to_removal(concern)):
        raise Refused(why)


def _with_why(said, is_urgent, why_urgent) -> str:
    return f"{said}\n\nSent at once because harm could not wait: {why_urgent}" if is_urgent else said


def _tell_the_owner(concern, answered, *, by, at) -> None:
    """Let whoever answers for the matter know that something went out before its questions were answered."""
    key = routing.in_directory(answered["threshold_answered_by"])
    owner = Person.objects.filter(pk=key).exclude(pk=by.person_id).first() if key else None
    if owner:
        notices.tell(owner, record=concern.record, what="sent at once", at=at)


def _step(takedown, kind, happened_at, said) -> Exchange:
    step = Exchange(record=takedown.record, takedown=takedown, kind=kind, happened_at=happened_at)
    sealing.seal(takedown.record, step, said=said)
    return step


def not_before_request(takedown, happened_at) -> None:
    if happened_at < takedown.requested_at:
        raise Refused("This is before the request was sent.")


@act("takedown.answered", of=Takedown, permission=Permission.TAKEDOWN_WORK, label="Log a reply")
def log_reply(takedown, *, by, at, answer, happened_at, said):
    """Log what came back: still waiting, refused, or said to be removed (which somebody then checks).

    answer: waiting, refused or says_removed. happened_at: when it came.
    """
    not_before_request(takedown, happened_at)
    # What came late takes neither the later look off the list nor makes a request that was given up due again.
    if answer == "refused" and takedown.status not in (Takedown.REMOVED, Takedown.ENDED):
        takedown.status = Takedown.REFUSED
    step = _step(takedown, "reply", happened_at, said)
    ledger.record(
        "takedown.answered", takedown.record, takedown, step, by=by, at=at, answer=answer, takedown=takedown.ref
    )
    return takedown


@act(
    "takedown.chased",
    of=Takedown,
    permission=Permission.TAKEDOWN_WORK,
    label="Chase, report again, appeal or ring a helpline",
)
def chase(takedown, *, by, at, step, happened_at, said, cannot_wait="no", cannot_wait_reason=""):
    """Log that it was chased, reported again, appealed or taken to a helpline; from it follows when to chase next.

    step: chase, request, appeal or helpline. The same questions come first as before the request, but for a helpline,
    which only gives advice. cannot_wait: whether harm means that they cannot be waited for; with cannot_wait_reason.
    """
    not_before_request(takedown, happened_at)
    concern, is_urgent = takedown.record.concern, cannot_wait == "yes"
    if step != "helpline":
        answered = routing.answer(concern, at=at)
        _questions_first(concern, takedown.asked_of, answered, is_urgent=is_urgent, why_urgent=cannot_wait_reason)
    takedown.status = Takedown.REQUESTED
    takedown.chase_at = chase_at(concern, happened_at)
    made = _step(takedown, step, happened_at, _with_why(said, is_urgent, cannot_wait_reason))
    ledger.record("takedown.chased", takedown.record, takedown, made, by=by, at=at, step=step, takedown=takedown.ref)
    return takedown


@act(
    "takedown.confirmed",
    of=Takedown,
    permission=Permission.TAKEDOWN_WORK,
    label="Confirm removal",
    moves=((Takedown.REQUESTED, Takedown.REFUSED, Takedown.REAPPEARED), Takedown.REMOVED),
)
def confirm_removal(takedown, *, by, at, happened_at, said):
    """Confirm, having looked, that the copy is gone; a later look is put on the desk."""
    not_before_request(takedown, happened_at)
    takedown.status, takedown.removed_at, takedown.chase_at = Takedown.REMOVED, happened_at, None
    takedown.recheck_on = recheck_on(takedown.record.concern, happened_at)
    step = _step(takedown, "removed", happened_at, said)
    ledger.record("takedown.confirmed", takedown.record, takedown, step, by=by, at=at, takedown=takedown.ref)
    return takedown


@act(
    "takedown.ended",
    of=Takedown,
    permission=Permission.TAKEDOWN_WORK,
    label="Give up, because …",
    moves=((Takedown.REQUESTED, Takedown.REFUSED, Takedown.REAPPEARED), Takedown.ENDED),
)
def give_up(takedown, *, by, at, reason):
    """Stop asking for a copy to be removed, with the reason; nothing more is due, and a chase takes it up again."""
    takedown.status, takedown.chase_at, takedown.recheck_on = Takedown.ENDED, None, None
    step = _step(takedown, "ended", at, reason)
    ledger.record("takedown.ended", takedown.record, takedown, step, by=by, at=at, takedown=takedown.ref)
    return takedown


def is_gone(takedown, viewer):
    return None if takedown.status == Takedown.REMOVED else "It has not been removed yet."


def _opened_again(takedown, viewer, answers) -> set:
    return following(FOLLOWING, takedown.record.concern)


@act(
    "takedown.reappeared",
    of=Takedown,
    permission=Permission.TAKEDOWN_WORK,
    label="It is back",
    moves=(Takedown.REMOVED, Takedown.REAPPEARED),
    touches=_opened_again,
)
def record_reappearance(takedown, *, by, at, happened_at, said):
    """Record that a copy that was gone is there again; the request opens again, and so does what was closed."""
    return _back(takedown, by=by, at=at, happened_at=happened_at, said=said)


def _back(takedown, *, by, at, happened_at, said) -> Takedown:
    not_before_request(takedown, happened_at)
    concern = takedown.record.concern
    takedown.status, takedown.recheck_on = Takedown.REAPPEARED, None
    takedown.chase_at = chase_at(concern, happened_at)
    step = _step(takedown, "reappeared", happened_at, said)
    again = [open_again(concern)] if concern.is_finished_alone else []
    ledger.record("takedown.reappeared", takedown.record, takedown, step, *again, by=by, at=at, takedown=takedown.ref)
    for follow in FOLLOWING:
        follow.then(concern, by=by, at=at, happened_at=happened_at)
    return takedown


@act(
    "takedown.reappeared",
    of=Takedown,
    permission=Permission.TAKEDOWN_WORK,
    label="It is back in another place",
    when=is_gone,
    touches=_opened_again,
)
def record_another_copy(takedown, *, by, at, link, happened_at, said):
    """Record that what was removed is back in another place: that copy gets a request of its own, already open.

    link: the other place. The look that is due at the old place stays.
    """
    not_before_request(takedown, happened_at)
    if Takedown.objects.filter(link=link).exists():
        raise Refused("There is a request for that copy already.")
    copy = Takedown(record=takedown.record, ref=new_reference("takedown"), link=link)
    copy.asked_of, copy.submitted_by = takedown.asked_of, takedown.submitted_by
    copy.school_id, copy.requested_at = takedown.school_id, happened_at
    return _back(copy, by=by, at=at, happened_at=happened_at, said=said)


@act(
    "takedown.checked",
    of=Takedown,
    permission=Permission.TAKEDOWN_WORK,
    label="Look again",
    when=is_gone,
)
def recheck(takedown, *, by, at, happened_at, said=""):
    """Log that somebody looked again and the copy is still gone."""
    if happened_at < takedown.removed_at:
        raise Refused("This is before it was seen to be gone: give the day of the later look.")
    takedown.recheck_on = None
    step = _step(takedown, "removed", happened_at, said or "Looked again: still gone.")
    ledger.record("takedown.checked", takedown.record, takedown, step, by=by, at=at, takedown=takedown.ref)
    return takedown
