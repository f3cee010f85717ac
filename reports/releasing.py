"""Who else may read a copy from end to end and let it leave, and whether they have fetched it to read it."""

from datetime import datetime

from schools import access, sealing
from schools.access import Viewer
from schools.models import Appointment, Entry, Reader, Record, User
from schools.roles import GRANTS, Permission
from schools.timeline import facts_of

NOT_YOURS = "Your role lets you read it and not print it."


def obstacle_to_printing(record: Record, viewer: Viewer) -> str:
    """Why somebody who reads a record may not print it; empty when they may."""
    if record.destroyed_at:
        return "It was destroyed."
    if not access.may(viewer, Permission.PAPER_PRINT, record):
        return NOT_YOURS
    aside = access.stands_aside(viewer, record)
    return f"Whoever asks stands aside in it: {aside}" if aside else ""


def who_may_release(records: list[Record], *, besides, at: datetime) -> list[User]:
    """The accounts that may read and print every one of some records, and so release a copy of them.

    besides: the person who asked for the copy. at: the moment.
    """
    printing = GRANTS[Permission.PAPER_PRINT]
    held = Appointment.objects.current(at).filter(trust__in={record.trust_id for record in records}, role__in=printing)
    given = Reader.objects.current(at).filter(record__in=records, role__in=printing)
    people = {*held.values_list("person_id", flat=True), *given.values_list("person_id", flat=True)} - {besides.pk}
    accounts = User.objects.filter(is_active=True, person__in=people).select_related("person").order_by("pk")
    return [user for user in accounts if _prints_all(records, Viewer(user, at))]


def _prints_all(records: list[Record], viewer: Viewer) -> bool:
    return all(access.sees(viewer, record) and not obstacle_to_printing(record, viewer) for record in records)


def has_fetched(paper, user: User) -> bool:
    """Whether an account has fetched a copy, as the history says."""
    lines = Entry.objects.filter(record_id=paper.record_id, verb="paper.fetched", by=user.pk)
    key = sealing.key_of(paper.record)
    return any(facts_of(line, key).get("paper") == paper.ref for line in lines)
