"""Who else may read a copy from end to end and let it leave, and whether they have fetched it to read it."""

from datetime import datetime
from uuid import UUID

from casework.tasks import FROM_ABOVE, MOST, Task
from reports.models import Paper
from reports.terms import terms
from schools import access, notices, sealing, sources
from schools.access import Viewer
from schools.clock import day_of
from schools.models import Appointment, Entry, Reader, Record, User
from schools.roles import GRANTS, Permission
from schools.subjects import path_of
from schools.timeline import facts_of

NAMES_A_SOURCE = "It may say a name that is kept back from you by now: ask for a copy of your own."
NOT_YOURS = "Your role lets you read it and not print it."


def obstacle_to_printing(record: Record, viewer: Viewer) -> str:
    """Why somebody who reads a record may not print it; empty when they may."""
    if record.destroyed_at:
        return "It was destroyed."
    if not access.may(viewer, Permission.PAPER_PRINT, record):
        return NOT_YOURS
    aside = access.stands_aside(viewer, record)
    return f"Whoever asks stands aside in it: {aside}" if aside else ""


def shown_in(paper: Paper, records: list[Record]) -> dict[UUID, sources.Shown]:
    """How each of some records is told in a copy, by record: in a copy of everything as to whoever asked for it.

    In any other copy, which others read, as to somebody who holds no office.
    """
    user = User.objects.filter(person=paper.asked_by_id).first() if paper.carries_pictures else None
    return sources.all_shown_to(Viewer(user, paper.asked_at), records)


def keeps_names_back(paper: Paper) -> bool:
    """Whether a copy does not say who reported, because that was a disclosure in the public interest."""
    return any(shown.people for shown in shown_in(paper, _printed(paper)).values())


def obstacle_to_reading(paper: Paper, viewer: Viewer) -> str:
    """Why somebody may not read a copy that says more than they are told now; empty when it says no more."""
    printed = _printed(paper)
    said, told = shown_in(paper, printed), sources.all_shown_to(viewer, printed)
    return NAMES_A_SOURCE if any(told[one].people - said[one].people for one in told) else ""


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


def _asked_of_them(paper: Paper) -> str:
    return f"release copy {paper.ref}"


def _printed(paper: Paper) -> list[Record]:
    return [one.record for one in paper.printed.select_related("record")]


def tell_who_may(paper: Paper, *, at: datetime) -> None:
    """Tell everybody who may release a copy that it waits for one of them."""
    for user in who_may_release(_printed(paper), besides=paper.asked_by, at=at):
        asked = {"what": _asked_of_them(paper), "due_at": paper.fetch_by_at, "basis": "default"}
        notices.tell(user.person, record=paper.record, at=at, **asked)


def tell_who_asked(paper: Paper, *, at: datetime) -> None:
    """Tell whoever asked for a copy that it was released, and until when it waits."""
    asked = {"what": f"fetch copy {paper.ref}", "due_at": paper.fetch_by_at, "basis": "default"}
    notices.tell(paper.asked_by, record=paper.record, at=at, **asked)


def no_longer_waits(paper: Paper, *, at: datetime) -> None:
    """Take off what was asked of those who may release a copy."""
    notices.done(paper.record, None, _asked_of_them(paper), at)


def tasks_of(viewer: Viewer) -> list[Task]:
    """The copies that this person may release, and those that were released for them and are not fetched yet."""
    theirs = [key for key, audience in terms().audiences.items() if audience.of_one]
    rows = Paper.objects.visible_to(viewer).filter(status=Paper.READY, audience__in=theirs).order_by("ready_at", "pk")
    found = (_task_of(paper, viewer) for paper in rows.select_related("record", "case__school", "part")[:MOST])
    return [task for task in found if task]


def _task_of(paper: Paper, viewer: Viewer) -> Task | None:
    on = day_of(paper.fetch_by_at)
    about = {"ref": paper.ref, "url": path_of(paper), "record": paper.record_id, "school": paper.case.school.name}
    if not paper.waits_for_release:
        mine = paper.asked_by_id == viewer.person_id and not has_fetched(paper, viewer.user)
        fetch = {"detail": "For the person it is about.", "due": paper.fetch_by_at, "basis": "default"}
        return Task("Fetch a copy that was released", **about, **fetch) if mine else None
    if paper.asked_by_id == viewer.person_id or not _prints_all(_printed(paper), viewer):
        return None
    read = f"For the person it is about. It waits until {on.day} {on:%B}."
    return Task("Read a copy and release it", detail=read, is_decision=True, **about)


FROM_ABOVE.append(tasks_of)
