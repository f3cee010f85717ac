"""What waits for one person: built from what they may see, the most urgent first."""

from dataclasses import dataclass, field
from datetime import datetime

from casework.models import Part, Proceeding
from incidents import routing
from incidents.models import Concern, Takedown, Telling
from schools import exclusions
from schools.calendar import end_of_day
from schools.clock import day_of
from schools.models import Record
from schools.roles import Kind, Role
from schools.subjects import path_of


@dataclass
class Task:
    """One thing that waits: what it is, about which record, by when, and where to do it."""

    what: str
    ref: str
    detail: str
    url: str
    due_at: datetime | None = None
    basis: str = ""
    is_overdue: bool = False


@dataclass
class Desk:
    """A person's first page: what waits for them, and the records it shows something of."""

    tasks: list[Task] = field(default_factory=list)
    is_reader: bool = False
    records: list = field(default_factory=list)


def desk_of(viewer) -> Desk:
    """The desk of one person at one moment."""
    found = Desk(is_reader=bool(viewer.reads_in_schools() or viewer.reads_in_trusts()))
    free = Record.objects.visible_to(viewer).exclude(kind=Kind.REGISTER)
    if not free.exists():
        return found
    for gather in (_unread, _waiting_for_triage, _threshold, _to_tell, _takedowns, _parts, _proceedings):
        found.tasks += gather(viewer)
    found.tasks.sort(key=lambda task: (task.due_at is None, task.due_at or viewer.at))
    for task in found.tasks:
        task.is_overdue = task.due_at is not None and task.due_at < viewer.at
    return found


def _concerns(viewer):
    return Concern.objects.visible_to(viewer).select_related("school", "record", "record__pack")


def _line(concern) -> str:
    return f"{concern.get_code_words()}, {concern.school.name}"


def _unread(viewer):
    rows = _concerns(viewer).unread().order_by("reported_at")[:50]
    return [
        Task("Not read yet", row.ref, _line(row), path_of(row), row.reported_at, "")
        for row in rows
        if _may_act(viewer, row)
    ]


def _waiting_for_triage(viewer):
    rows = _concerns(viewer).filter(status=Concern.REPORTED, read_at__isnull=False).order_by("reported_at")[:50]
    return [Task("Triage", row.ref, _line(row), f"{path_of(row)}triage/") for row in rows if _may_act(viewer, row)]


def _threshold(viewer):
    if Role.HEAD_OF_SCHOOL not in viewer.roles:
        return []
    rows = _concerns(viewer).filter(threshold="", status__in=[Concern.TRIAGED]).order_by("reported_at")[:50]
    tasks = []
    for row in rows:
        answered = routing.answer(row, at=viewer.at)
        if answered["threshold_question"] and _may_act(viewer, row):
            tasks.append(Task("Answer the threshold question", row.ref, _line(row), f"{path_of(row)}answer-threshold/"))
    return tasks


def _to_tell(viewer):
    rows = Telling.objects.visible_to(viewer).filter(told_at__isnull=True, due_at__isnull=False)
    rows = rows.exclude(record__concern__status=Concern.FINISHED).select_related("record__concern__school", "person")
    tasks = {}
    for row in rows.order_by("due_at")[:50]:
        concern = row.record.concern
        if concern.read_at and _may_act(viewer, concern) and concern.ref not in tasks:
            words = f"{row.person or 'Nobody named'}, {row.title}"
            tasks[concern.ref] = Task(
                "Tell", row.record.ref, words, f"{path_of(concern)}record-told/", row.due_at, row.basis
            )
    return list(tasks.values())


def _takedowns(viewer):
    today = day_of(viewer.at)
    rows = Takedown.objects.visible_to(viewer).select_related("record__concern__school", "link")
    waiting = rows.filter(
        status__in=[Takedown.REQUESTED, Takedown.REFUSED, Takedown.REAPPEARED], chase_at__isnull=False
    )
    again = rows.filter(status=Takedown.REMOVED, recheck_on__lte=today)
    return [
        Task("Chase a takedown", row.ref, row.link.platform, path_of(row), row.chase_at, "default")
        for row in waiting.order_by("chase_at")[:50]
    ] + [Task("Look again", row.ref, row.link.platform, path_of(row)) for row in again[:50]]


def _parts(viewer):
    rows = Part.objects.visible_to(viewer).filter(status=Part.OPEN).select_related("school").order_by("opened_at")[:50]
    return [Task("Open part", row.ref, f"{row.get_lane_display()}, {row.school.name}", path_of(row)) for row in rows]


def _proceedings(viewer):
    rows = Proceeding.objects.visible_to(viewer).filter(status=Proceeding.BEGUN).select_related("part__school")
    return [
        Task(
            "Finish the investigation",
            row.ref,
            row.part.school.name,
            path_of(row.part),
            end_of_day(row.investigation_due_on),
            "default",
        )
        for row in rows
        if row.investigation_due_on
    ]


def _may_act(viewer, concern) -> bool:
    return concern.record_id not in _aside(viewer)


def _aside(viewer) -> set:
    if not hasattr(viewer, "_stands_aside_in"):
        viewer._stands_aside_in = exclusions.stood_aside_in(viewer.person_id)
    return viewer._stands_aside_in
