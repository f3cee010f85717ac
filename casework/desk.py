"""What waits for one person: built from what they may see, the most urgent first."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from casework import case_page, staffing
from casework.models import Case, IcoStep, Note, Part, Proceeding
from casework.tasks import FROM_ABOVE, MOST, Task
from casework.workflow import breaches
from casework.workflow.cases import left_behind, parts_besides_hidden
from incidents import steps, waiting
from incidents.models import Concern, Takedown, Telling
from incidents.questions import LADO_IS_ASKED
from schools import access, exclusions
from schools.clock import day_of
from schools.fields import sealed_fields
from schools.models import Exclusion, Involvement
from schools.roles import MATTERS, Kind, Permission, Role, grants
from schools.subjects import act_path, path_of

SOON = timedelta(days=7)
SECTIONS = [
    ("unread", "Not read yet"),
    ("overdue", "Overdue"),
    ("today", "Due today"),
    ("decide", "Decisions waiting for you"),
    ("next", "Coming up"),
    ("open", "Your open work"),
]
# A desk says nothing of what was written.
WORDS = [one.name for one in sealed_fields(Concern)]
CONFIRM = ("Confirm or lift a conflict of interest", "confirm-conflict")


@dataclass
class Section:
    """The tasks of one kind of urgency, under one heading."""

    heading: str
    tasks: list[Task]


@dataclass
class Desk:
    """A person's first page: what waits for them, and the records it shows something of."""

    at: datetime
    tasks: list[Task] = field(default_factory=list)
    holds_office: bool = False

    @property
    def sections(self) -> list[Section]:
        """The tasks under their headings, in the order in which they press."""
        by_name = {name: [task for task in self.tasks if task.section(self.at) == name] for name, _ in SECTIONS}
        return [Section(heading, by_name[name]) for name, heading in SECTIONS if by_name[name]]

    @property
    def has_several_schools(self) -> bool:
        """Whether the name of the school tells the tasks apart."""
        return len({task.school for task in self.tasks}) > 1

    @property
    def overdue(self) -> int:
        """How many of them are late."""
        return sum(task.section(self.at) == "overdue" for task in self.tasks)

    @property
    def records(self) -> list:
        """The records whose content the desk shows something of."""
        return sorted({task.record for task in self.tasks if task.record}, key=str)


def desk_of(viewer) -> Desk:
    """The desk of one person at one moment."""
    found = Desk(viewer.at, holds_office=bool(viewer.roles - {Role.STAFF}))
    found.tasks = staffing.tasks_of(viewer)
    if viewer.given or any(map(viewer.reads, MATTERS)):
        for gather in (
            _reported,
            _conflicts,
            _threshold,
            _lado,
            _to_ring,
            _to_tell,
            _takedowns,
            _left_behind,
            _breaches,
            _support,
            _proceedings,
            _cases,
        ):
            found.tasks += gather(viewer)
    found.tasks = [task for task in found.tasks if task.due_at is None or task.due_at < viewer.at + SOON]
    busy = set(found.records)
    found.tasks += [task for gather in FROM_ABOVE for task in gather(viewer)]
    found.tasks += _parts(viewer, besides=busy) + _to_end(viewer, besides=busy)
    found.tasks.sort(key=lambda task: (not task.is_urgent, task.due_at is None, task.due_at or task.since or viewer.at))
    return found


def _concerns(viewer):
    rows = Concern.objects.visible_to(viewer).exclude(record__in=_aside(viewer))
    return rows.select_related("school", "record__trust").defer(*WORDS)


def _in_work(viewer) -> list[Concern]:
    """Concerns that were triaged, and of those in a case the ones about somebody; read once, the oldest first."""
    if "concerns in work" not in viewer.known:
        about = Involvement.objects.filter(record=OuterRef("record"), part="subject")
        asked = Q(threshold="") & Exists(about) | Q(threshold__in=LADO_IS_ASKED)
        rows = _concerns(viewer).filter(Q(status=Concern.TRIAGED) | Q(asked, status=Concern.IN_CASE))
        viewer.known["concerns in work"] = list(rows.order_by("reported_at", "pk")[: MOST * 3])
    return viewer.known["concerns in work"]


def _threshold_open(viewer) -> list[Concern]:
    """Those of them in which the threshold question waits for its answer."""
    if "threshold open" not in viewer.known:
        viewer.known["threshold open"] = waiting.threshold_open(_in_work(viewer))
    return viewer.known["threshold open"]


def _with_lado_due(viewer) -> list[tuple]:
    """Those of them in which that question or the LADO waits, each with the moment by which the LADO is contacted."""
    if "with LADO due" not in viewer.known:
        asked = _threshold_open(viewer) if _carries(viewer, Permission.THRESHOLD_DECIDE) else []
        rows = [*asked, *waiting.lado_waits(_in_work(viewer))]
        viewer.known["with LADO due"] = waiting.with_lado_due(rows)
    return viewer.known["with LADO due"]


def _of(concern, what, slug, **more) -> Task:
    return Task(
        what, concern.ref, concern.get_code_words(), act_path(concern, slug), concern.pk, concern.school.name, **more
    )


def _reported(viewer):
    """What waits to be read, and what was read and waits for triage."""
    if not _carries(viewer, Permission.CONCERN_TRIAGE):
        return []
    rows = _concerns(viewer).filter(status=Concern.REPORTED).order_by("reported_at", "pk")[: MOST * 2]
    return [_of(row, "Triage", "triage") if row.read_at else _unread(row) for row in rows]


def _unread(row) -> Task:
    is_urgent = row.at_risk == "yes"
    about = (row.ref, row.get_code_words(), path_of(row), row.pk, row.school.name)
    return Task("Read", *about, since=row.reported_at, is_urgent=is_urgent)


def _conflicts(viewer):
    """What is kept from somebody and waits to be confirmed or lifted: in a concern, or in a part of it that is left."""
    if not _carries(viewer, Permission.CONFLICT_CONFIRM):
        return []
    concerns = _that_wait(_concerns(viewer).filter(read_at__isnull=False).open()).order_by("reported_at", "pk")
    concerns = list(concerns[:MOST])
    parts = _that_wait(Part.objects.visible_to(viewer).filter(record__destroyed_at__isnull=True))
    # Whoever confirms it in the concern confirms it in the parts.
    parts = parts.exclude(record__in=_aside(viewer)).exclude(case__record__in=[row.pk for row in concerns])
    parts = parts.select_related("school", "record").order_by("opened_at", "pk")[:MOST]
    parts = [row for row in parts if _may(viewer, Permission.CONFLICT_CONFIRM, row.record)]
    return [_of(row, *CONFIRM, **_by_next_day(row)) for row in concerns] + [
        _of_part(row, CONFIRM[0], act_path(row, CONFIRM[1]), **_by_next_day(row)) for row in parts
    ]


def _that_wait(rows):
    """Those of some concerns or parts that are kept from somebody until that is confirmed, each with since when."""
    waiting = Exclusion.objects.to_confirm()
    first = waiting.filter(record=OuterRef("record")).order_by("since").values("since")[:1]
    return rows.filter(record__in=waiting.values("record")).annotate(since=Subquery(first))


def _by_next_day(row) -> dict:
    due = steps.confirmed_by(row.school, row.since)
    return {"due": due, "basis": "default", "is_decision": True}


def _may(viewer, permission, record) -> bool:
    """Whether this person may do something to a record that was found among those they see."""
    viewer.found(record)
    return access.may(viewer, permission, record)


def _threshold(viewer):
    if not _carries(viewer, Permission.THRESHOLD_DECIDE):
        return []
    return [
        _of(row, "Answer the threshold question", "answer-threshold", due=due, basis="statute", is_decision=True)
        for row, due in _with_lado_due(viewer)
        if not row.threshold
    ]


def _to_end(viewer, *, besides: set) -> list[Task]:
    """Triaged concerns of which nothing else waits for anybody: without this line nobody would think of them again."""
    if not _carries(viewer, Permission.CASE_OPEN):
        return []
    unanswered = {row.pk for row in _threshold_open(viewer)}
    return [
        Task(steps.END_IT, row.ref, row.get_code_words(), path_of(row), row.pk, row.school.name)
        for row in _in_work(viewer)
        if row.status == Concern.TRIAGED and row.pk not in besides | unanswered
    ]


def _lado(viewer):
    if not _carries(viewer, Permission.DECISION_MAKE):
        return []
    uncalled = [one for one in _with_lado_due(viewer) if one[0].threshold]
    return [_of(row, "Contact the LADO", "record-decision", due=due, basis="statute") for row, due in uncalled]


def _to_ring(viewer):
    """Whom somebody decided to tell, such as the police, and of which nothing says yet when they were told."""
    if not _carries(viewer, Permission.DECISION_MAKE):
        return []
    rows = waiting.promised_in(_concerns(viewer).open(), among=steps.TELL)[:MOST]
    return [
        _of(row.record.concern, steps.TELL[row.question], "record-decision", due=steps.told_by(row), basis="default")
        for row in rows
    ]


def _to_tell(viewer):
    if not _carries(viewer, Permission.CONCERN_TRIAGE):
        return []
    here = Concern.objects.visible_to(viewer).exclude(record__in=_aside(viewer)).open().filter(read_at__isnull=False)
    rows = Telling.objects.filter(told_at__isnull=True, record__in=here.values("record_id"))
    # Whoever opened the report, and whoever reads this desk, knows of it.
    rows = rows.exclude(person_id=viewer.person_id).exclude(person_id=F("record__concern__read_by_id"))
    tasks = {}
    for row in rows.select_related("record__concern__school").order_by("due_at", "pk")[: MOST * 4]:
        concern = row.record.concern
        if concern.pk not in tasks:
            what = f"Tell the {row.title}"
            tasks[concern.pk] = _of(concern, what, "record-told", due=row.due_at, basis=row.due_basis)
    return list(tasks.values())


def _takedowns(viewer):
    if not _carries(viewer, Permission.TAKEDOWN_WORK):
        return []
    rows = Takedown.objects.visible_to(viewer).select_related("record__concern__school", "link")
    rows = rows.exclude(record__in=_aside(viewer))
    chased = Q(chase_at__isnull=False) & ~Q(status__in=[Takedown.REMOVED, Takedown.ENDED])
    rows = rows.filter(chased | Q(status=Takedown.REMOVED, recheck_on__isnull=False))
    return [_takedown(row) for row in rows.order_by(Coalesce("chase_at", "recheck_on"), "pk")[: MOST * 2]]


def _takedown(row) -> Task:
    is_gone = row.status == Takedown.REMOVED
    what = "Deal with a post that is back" if row.status == Takedown.REAPPEARED else "Chase a takedown"
    what, due = ("Look whether it is still gone", row.recheck_on) if is_gone else (what, row.chase_at)
    school, detail = row.record.concern.school.name, row.link.platform or "A post"
    return Task(what, row.ref, detail, path_of(row), row.record_id, school, due, "default")


def _parts_open(viewer) -> list[Part]:
    """The open parts, first those in which a decision or an offer waits, then the oldest; read once."""
    if "open parts" not in viewer.known:
        decided = Exists(IcoStep.objects.filter(record=OuterRef("record")))
        offered = Exists(Note.objects.filter(record=OuterRef("record"), kind="support"))
        rows = Part.objects.visible_to(viewer).filter(status=Part.OPEN).exclude(record__in=_aside(viewer))
        waits = Q(lane=Kind.DATA_BREACH) & ~decided | Q(lane=Kind.SUPPORT) & ~offered
        rows = rows.annotate(waits=Q(waits)).select_related("school", "case").order_by("-waits", "opened_at", "pk")
        viewer.known["open parts"] = list(rows[: MOST * 3])
    return viewer.known["open parts"]


def _breaches(viewer):
    if not _carries(viewer, Permission.BREACH_DECIDE):
        return []
    return [
        _of_part(
            row,
            "Decide whether the ICO is told",
            act_path(row, "decide-ico"),
            due=breaches.ico_due_at(row),
            basis="statute",
            is_decision=True,
        )
        for row in _parts_open(viewer)
        if row.lane == Kind.DATA_BREACH and row.waits
    ]


def _cases(viewer):
    """Open cases in which no part is open: for whoever opens parts, or closes the case once its parts are closed."""
    opens, closes = _carries(viewer, Permission.CASE_OPEN), _carries(viewer, Permission.CASE_CLOSE)
    if not (opens or closes):
        return []
    here = parts_besides_hidden(viewer).filter(case=OuterRef("pk"))
    rows = Case.objects.visible_to(viewer).filter(status=Case.OPEN).exclude(record__in=_aside(viewer))
    rows = rows.annotate(begun=Exists(here)).exclude(Exists(here.filter(status=Part.OPEN)))
    return [
        _of_case(viewer, row, case_page.CLOSE_IT, "Each of its parts is closed")
        if row.begun
        else _of_case(viewer, row, case_page.FIRST_PART, "A case without a part")
        for row in rows.select_related("school", "record").order_by("opened_at", "pk")[:MOST]
        if (closes if row.begun else opens)
    ]


def _of_case(viewer, case, what, detail) -> Task:
    return Task(what, case.ref, detail, path_of(case), case.record_for(viewer).pk, case.school.name)


def _left_behind(viewer):
    """Concerns that whoever closed their case, or opened it again, could not decide: for those who are free to."""
    closes, opens = _carries(viewer, Permission.CASE_CLOSE), _carries(viewer, Permission.CASE_OPEN)
    if not (closes or opens):
        return []
    rows = _concerns(viewer).filter(left_behind()).order_by("reported_at", "pk")[:MOST]
    return [
        _of(row, "Finish a concern with its case", "finish-with-case")
        if row.status == Concern.IN_CASE
        else _of(row, "Take a concern back into its case", "take-back")
        for row in rows
        if (closes if row.status == Concern.IN_CASE else opens)
    ]


def _support(viewer):
    if not _carries(viewer, Permission.SUPPORT_OFFER):
        return []
    rows = [row for row in _parts_open(viewer) if row.lane == Kind.SUPPORT and row.waits]
    return [_of_part(row, "Offer support", act_path(row, "offer-support"), is_decision=True) for row in rows]


def _of_part(part, what, url, **more) -> Task:
    return Task(what, part.ref, part.get_lane_display(), url, part.pk, part.school.name, **more)


def _parts(viewer, *, besides: set) -> list[Task]:
    """Open parts of which nothing is due: of the others the desk says already what waits."""
    return [_of_part(row, "Work on", path_of(row)) for row in _parts_open(viewer) if row.pk not in besides]


# What is only told, and not late once its day has passed, since nothing in the record can say that it was done.
ONLY_TOLD = {"papers_due_on", "appeal_until_on", "live_until_on"}
PROCEEDING_DATES = [
    (Proceeding.BEGUN, "investigation_due_on", "Finish the investigation"),
    (Proceeding.ARRANGED, "hearing_at", "Hold the hearing"),
    (Proceeding.ARRANGED, "papers_due_on", "Wait for their own papers for the hearing"),
    (Proceeding.DECIDED, "letter_due_on", "Give the outcome letter"),
    (Proceeding.DECIDED, "appeal_until_on", "Record an appeal, if one comes"),
    (Proceeding.DECIDED, "live_until_on", "The warning ends"),
    (Proceeding.APPEALED, "letter_due_on", "Give the outcome letter"),
    (Proceeding.APPEALED, "appeal_due_on", "Hear the appeal"),
    (Proceeding.FINAL, "letter_due_on", "Give the outcome letter"),
    (Proceeding.FINAL, "live_until_on", "The warning ends"),
]
# What has no day of its own and waits for whoever hears the matter, or for anybody who runs it.
NEXT_IN_PROCEEDING = {
    Proceeding.INVESTIGATED: ("Arrange the hearing", None),
    Proceeding.HEARD: ("Record the findings", "decision_maker_id"),
    Proceeding.FOUND: ("Decide the outcome", "decision_maker_id"),
}


def _proceedings(viewer):
    rows = Proceeding.objects.visible_to(viewer).filter(part__status=Part.OPEN).exclude(record__in=_aside(viewer))
    found = []
    for row in rows.select_related("part__school")[:MOST]:
        what, whose = NEXT_IN_PROCEEDING.get(row.status, ("", None))
        if what and (getattr(row, whose) == viewer.person_id if whose else _carries(viewer, Permission.CONDUCT_RUN)):
            found.append(_of_part(row.part, what, path_of(row.part), is_decision=True))
        for status, name, what in PROCEEDING_DATES:
            basis = "appointed" if name == "hearing_at" else "default"
            due = getattr(row, name)
            past = name in ONLY_TOLD and due is not None and due < day_of(viewer.at)
            past = past or (name == "letter_due_on" and row.letter_given_at is not None)
            if row.status == status and due is not None and not past:
                found.append(_of_part(row.part, what, path_of(row.part), due=due, basis=basis))
    return found


def _carries(viewer, permission) -> bool:
    """Whether an office of this person, held or given with a record, carries a permission at all."""
    if not hasattr(viewer, "_every_role"):
        viewer._every_role = viewer.roles | {Role(role) for role, _ in viewer.given if role}
    return any(grants(role, permission) for role in viewer._every_role)


def _aside(viewer):
    """The records in which this person decides nothing."""
    return exclusions.stood_aside(viewer.person_id).values("record_id")
