"""A data breach in the register: whether the Information Commissioner (ICO) is told, in which steps, and the answer."""

from casework.models import IcoStep, Part
from casework.workflow.parts import is_open
from incidents.rules import breach
from incidents.rules.facts import read
from schools import deadlines, ledger, sealing
from schools.acts import Refused, act
from schools.calendars import calendar_of
from schools.clock import LONDON
from schools.roles import Kind, Permission


def ico_due_at(part):
    """By when the ICO is told, if it is: 72 hours from when anyone here first knew of it (UK GDPR, Article 33(1)).

    Only the concerns of the case count that may be a breach; where none says so, all of them.
    """
    return deadlines.due(rule="ico_72h", start=_known_at(part), calendar=calendar_of(part.school)).due_at


def _known_at(part):
    known = [_facts_of(joined.concern) for joined in part.case.joined.select_related("record__concern")]
    return min(breach.aware_at(facts) for facts in [one for one in known if breach.screen_opens(one)] or known)


def _facts_of(concern):
    """As much of the facts of a concern as tells whether it may be a breach, and since when it is known."""
    facts = {"code": concern.code, "secondary": concern.codes[1:], "direction": concern.direction}
    return read(facts | {"reported_at": concern.reported_at, "known_at": concern.first_known_at})


def is_open_breach(part, viewer):
    if part.lane != Kind.DATA_BREACH:
        return "Only a data breach is put to the ICO."
    return is_open(part, viewer)


def _told(part) -> IcoStep | None:
    """When the ICO was first told, if it was."""
    return IcoStep.objects.filter(record=part.record, kind=IcoStep.TOLD).order_by("happened_at").first()


def was_told(part, viewer):
    return is_open_breach(part, viewer) or (None if _told(part) else "The ICO has not been told.")


def not_told_yet(part, viewer):
    return is_open_breach(part, viewer) or ("The ICO has been told already: tell it more." if _told(part) else None)


def _step(part, kind, *, by, happened_at, **words) -> IcoStep:
    step = IcoStep(record=part.record, kind=kind, happened_at=happened_at, decided_by=by.person)
    step.due_at, step.answer = ico_due_at(part), words.pop("answer", "")
    sealing.seal(part.record, step, **words)
    return step


@act("ico.decided", of=Part, permission=Permission.BREACH_DECIDE, label="Tell the ICO, or not", when=not_told_yet)
def decide_ico(part, *, by, at, decision, reason, happened_at=None, outside_reference="", late_reason=""):
    """Decide whether the Information Commissioner is told of a data breach, with the reason either way.

    decision: told or not_told; "not told" can become "told" when more is known. happened_at: when it was told, if not
    now. late_reason: why it was later than 72 hours, which the law asks for (UK GDPR, Article 33(1)).
    """
    step = _step(
        part,
        decision,
        by=by,
        happened_at=happened_at or at,
        said=reason,
        outside_reference=outside_reference,
        late_reason=late_reason,
    )
    if decision == IcoStep.TOLD and step.happened_at < _known_at(part):
        raise Refused("This is before anyone here knew of the breach: say when the ICO was told.")
    if decision == IcoStep.TOLD and step.happened_at > step.due_at and not late_reason:
        due = step.due_at.astimezone(LONDON)
        raise Refused(f"It was due by {due:%H:%M} on {due:%A} {due.day} {due:%B %Y}: the law asks why it was later.")
    ledger.record("ico.decided", part.record, step, by=by, at=at, decision=decision)
    return part


@act("ico.told_more", of=Part, permission=Permission.BREACH_DECIDE, label="Tell the ICO more", when=was_told)
def tell_ico_more(part, *, by, at, happened_at, said):
    """Record a further step in which the ICO was told what was not known at first (UK GDPR, Article 33(4)).

    happened_at: when, never before it was first told.
    """
    _not_before(part, happened_at)
    step = _step(part, IcoStep.MORE, by=by, happened_at=happened_at, said=said)
    ledger.record("ico.told_more", part.record, step, by=by, at=at)
    return part


@act("ico.answered", of=Part, permission=Permission.BREACH_DECIDE, label="Record the ICO’s answer", when=was_told)
def record_ico_answer(part, *, by, at, happened_at, answer, said):
    """Record what the ICO answered; with it the entry in the register can be closed.

    answer: no further action, advice, or action against us. happened_at: when it came.
    """
    _not_before(part, happened_at)
    step = _step(part, IcoStep.ANSWER, by=by, happened_at=happened_at, said=said, answer=answer)
    ledger.record("ico.answered", part.record, step, by=by, at=at, ico_answer=answer)
    return part


def _not_before(part, happened_at) -> None:
    if happened_at < _told(part).happened_at:
        raise Refused("This is before the ICO was told.")
