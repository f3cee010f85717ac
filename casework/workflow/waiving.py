"""Waiving privilege: the one way by which words of legal advice come to stand in a copy, by two people."""

from casework.models import LegalAdvice
from casework.workflow.apart import may_be_named
from schools import ledger, notices, sealing
from schools.acts import Past, Refused, act
from schools.models import Appointment, Person, Reader
from schools.roles import Permission, Role

CONFIRMS = "is asked to confirm that privilege is waived"
WAIVED = "Privilege in it is waived."
NOT_YET = "There is no advice yet in which privilege could be waived."
ASKED_ALREADY = "It is asked already, and waits for a second person."
NOT_YOU = "You asked for it: somebody else confirms it."
NOBODY_ELSE = "Choose another reader of the advice, or the chair or chief executive."
AT_THE_TOP = (Role.CEO, Role.CHAIR_OF_TRUSTEES, Role.CHAIR_OF_LOCAL_BOARD)


def who_may_confirm(advice, *, besides, at) -> list[Person]:
    """Who may confirm that privilege is waived: the other readers of the advice, the chairs and the chief executive.

    besides: the person who asks.
    """
    readers = Reader.objects.current(at).filter(record=advice.record).values("person_id")
    top = Appointment.objects.current(at).filter(role__in=AT_THE_TOP, trust_id=advice.record.trust_id)
    here = top.filter(school_id=None) | top.filter(school_id=advice.record.school_id)
    people = Person.objects.filter(pk__in=readers) | Person.objects.filter(pk__in=here.values("person_id"))
    named = people.exclude(pk=besides.pk).order_by("name", "pk")
    return [person for person in named if not may_be_named(advice, person)]


def may_be_asked(advice, viewer):
    """Why nobody can ask now that privilege in an advice be waived."""
    if advice.status != LegalAdvice.RECEIVED:
        return NOT_YET
    if advice.waived_at:
        return Past(WAIVED)
    return ASKED_ALREADY if advice.waiver_asked_at else None


@act(
    "advice.waiver_asked",
    of=LegalAdvice,
    permission=Permission.ADVICE_TAKE,
    label="Ask to waive privilege",
    when=may_be_asked,
)
def ask_to_waive_privilege(advice, *, by, at, waived_to, reason, second):
    """Ask that privilege in this advice be waived; nothing changes until a second person confirms it.

    waived_to: for whom its words are released. second: who is asked to confirm it: another reader of the advice, a
    chair or the chief executive. Its words then stand in copies of the case; privilege once waived does not come back.
    """
    if second not in who_may_confirm(advice, besides=by.person, at=at):
        raise Refused(NOBODY_ELSE)
    advice.waiver_asked_at, advice.waiver_asked_by = at, by.person
    sealing.seal(advice.record, advice, waived_to=waived_to, waiver_reason=reason)
    reader = Reader(record=advice.record, person=second, role=Role.STAFF, why=CONFIRMS, since=at)
    ledger.record("advice.waiver_asked", advice.record, advice, reader, by=by, at=at)
    notices.tell(second, record=advice.record, what="confirm that privilege is waived", at=at)
    return advice


def waits_for_second(advice, viewer):
    """Why a waiver cannot be confirmed now."""
    if advice.waived_at:
        return Past(WAIVED)
    if not advice.waiver_asked_at:
        return Past("Nobody has asked that privilege in it be waived.")
    return NOT_YOU if viewer.person_id == advice.waiver_asked_by_id else None


@act(
    "advice.waived",
    of=LegalAdvice,
    permission=Permission.ADVICE_WAIVE,
    label="Waive privilege",
    when=waits_for_second,
    touches=lambda advice, viewer, answers: {advice.part_id},
)
def waive_privilege(advice, *, by, at, confirmed):
    """Waive privilege in this advice as the second person: from now on its words stand in copies of the case.

    confirmed: yes.
    """
    if confirmed != "yes":
        raise Refused("Privilege is waived only by somebody who has read the advice and says yes.")
    advice.waived_at, advice.waived_by = at, by.person
    ledger.record("advice.waived", advice.record, advice, by=by, at=at)
    ledger.record("advice.waived", advice.part.record, by=by, at=at)
    notices.done(advice.record, None, "confirm that privilege is waived", at)
    return advice
