"""The parts of a case: opened with their own readers, written in, handed on, closed with a date of destruction."""

from django.db.models import Q

from casework import keeping
from casework.models import AlsoRecorded, IcoStep, JoinedConcern, LegalAdvice, Note, Part, WorkingNotes
from casework.workflow.confirming import confirmed_before
from incidents.models import Takedown
from incidents.workflow import reporting, triage
from schools import access, conflict, exclusions, ledger, records, sealing, search
from schools.acts import Follow, Past, Refused, act
from schools.clock import day_of
from schools.models import Involvement, Record
from schools.roles import LANES, Kind, Permission

SYSTEMS = ["Child protection file", "Behaviour log", "Personnel file", "Complaints log", "Accident book", "Other"]


def new_part(case, concerns, *, lane, about, about_name, at):
    """A part that is not saved yet, with the people of some concerns carried over and conflict worked out.

    concerns: those of the case from which it is made, the first joined first.
    """
    concern = concerns[0]
    record = records.prepare(Kind(lane), trust=case.school.trust, school=case.school, pack=concern.record.pack, at=at)
    part = Part(record=record, ref=record.ref, case=case, school=case.school, lane=lane, about=about, opened_at=at)
    name = about_name or (about.name if about else "")
    sealing.seal(record, part, headline=f"{LANES[Kind(lane)]}{': ' + name if name else ''}"[:80], about_name=name)
    involvements = carried_over(record, *concerns)
    subjects = {one.person_id for one in involvements if one.part == "subject"}
    if about and lane in ("conduct", "low_level_concern") and about.pk not in subjects:
        extra = Involvement(record=record, person=about, part="subject", kind=about.kind)
        sealing.seal(record, extra, typed_name=about.name)
        involvements.append(extra)
    sources = [one.record_id for one in concerns]
    follow = exclusions.work_out(record, involvements, at=at, direction=concern.direction, made_from=sources)
    return part, [*involvements, *follow]


def _direction_of(record) -> str | None:
    """Who did it to whom in a part, or in what is kept apart beside one: as in the concerns of its case."""
    beside = [model.objects.filter(record=record).values("part") for model in (LegalAdvice, WorkingNotes)]
    parts = Part.objects.filter(Q(record=record) | Q(pk__in=beside[0]) | Q(pk__in=beside[1]))
    joined = JoinedConcern.objects.filter(case__parts__in=parts).order_by("joined_at")
    found = list(joined.values_list("record__concern__direction", flat=True))
    return conflict.OWN_MATTER if conflict.OWN_MATTER in found else next(iter(found), None)


exclusions.DIRECTIONS.append(_direction_of)


def take_in(part, concern, people, *, by, at) -> None:
    """Let a part, and what is kept apart beside it, take in people named in a concern, with conflict worked out.

    people: those rows of the concern that are new to the part.
    """
    written = Record.objects.filter(pk__in=with_what_is_beside([part]), destroyed_at__isnull=True)
    for record in written.select_related("school").order_by("pk"):
        known, carried = list(Involvement.objects.filter(record=record)), copied(people, record)
        everyone = [*known, *carried]
        follow = exclusions.work_out(
            record,
            everyone,
            at=at,
            direction=concern.direction,
            named=carried,
            made_from=[concern.record_id],
        )
        ledger.record("people.carried_over", record, *carried, *follow, by=by, at=at, concern=concern.ref)
    if part.record.destroyed_at is None:
        confirmed_before(part, [concern], by=by, at=at)


def parts_of(concern):
    """Every part of the case of a concern, closed ones too, in the order in which they were opened."""
    parts = Part.objects.filter(case__joined__record=concern.record).select_related("record", "school", "case")
    return parts.order_by("opened_at", "ref")


def _confirmed_in_concern(concern, *, by, at) -> None:
    """Whoever is confirmed to be kept out of a concern is so in its parts."""
    for part in parts_of(concern):
        if part.record.destroyed_at is None:
            confirmed_before(part, [concern], by=by, at=at)


triage.CONFIRMED.append(
    Follow(_confirmed_in_concern, records=lambda concern: parts_of(concern).values_list("pk", flat=True))
)


def with_what_is_beside(parts) -> set:
    """The identifiers of the records of some parts, and of what is kept apart beside them."""
    ids = {part.pk for part in parts}
    apart = (LegalAdvice.objects.filter(part__in=ids), WorkingNotes.objects.filter(part__in=ids))
    return ids.union(*(rows.values_list("pk", flat=True) for rows in apart))


def _named_later(concern, people, *, by, at) -> None:
    """Whoever is named in a concern after parts were opened counts in each of them too, closed or not."""
    for part in parts_of(concern):
        take_in(part, concern, people, by=by, at=at)


def _that_take_in(concern) -> set:
    return with_what_is_beside(parts_of(concern))


reporting.NAMED.append(Follow(_named_later, records=_that_take_in))


def carried_over(record, *things) -> list[Involvement]:
    """Everyone named in some concerns or parts, under the key of another record."""
    return copied(Involvement.objects.filter(record__in=[thing.record_id for thing in things]), record)


def copied(people, record) -> list[Involvement]:
    """People named in one record as rows of another, under its key."""
    carried = []
    for one in sealing.open_rows(people):
        copy = Involvement(record=record, person=one.person, part=one.part, kind=one.kind)
        copy.in_issue, copy.is_confirmed = one.in_issue, one.is_confirmed
        sealing.seal(record, copy, typed_name=one.opened.typed_name)
        carried.append(copy)
    return carried


def is_open(part, viewer):
    return None if part.status == Part.OPEN else Past("This part is closed.")


@act("note.written", of=Part, permission=Permission.RECORD_WORK, label="Write a note", when=is_open)
def write_note(part, *, by, at, text, happened_at=None):
    """Write down what was done, said or seen."""
    note = _note(part, "note", by=by, at=happened_at or at, text=text)
    ledger.record("note.written", part.record, note, *_not_held_any_more(part), by=by, at=at)
    search.index(part.record, note.pk, text)
    return part


def _not_held_any_more(part) -> list[Part]:
    """A part that was held in the child’s own file, in which what is written now is not yet: its words stay longer."""
    if not part.held_in_childs_file_on:
        return []
    part.held_in_childs_file_on = None
    return [part]


def _note(part, kind, *, by, at, text, **facts) -> Note:
    note = Note(record=part.record, kind=kind, happened_at=at, written_by=by.person, **facts)
    sealing.seal(part.record, note, text=text)
    return note


@act("support.offered", of=Part, permission=Permission.SUPPORT_OFFER, label="Offer support", when=is_open)
def offer_support(part, *, by, at, answer, text, happened_at=None):
    """Record that support was offered to the person, what it was, and whether they accepted.

    answer: accepted, declined or thinking.
    """
    note = _note(part, "support", by=by, at=happened_at or at, text=text, answer=answer)
    ledger.record("support.offered", part.record, note, by=by, at=at, answer=answer)
    return part


@act("support.reviewed", of=Part, permission=Permission.SUPPORT_OFFER, label="Review support", when=is_open)
def review_support(part, *, by, at, text, happened_at=None):
    """Record how the support is going."""
    note = _note(part, "review", by=by, at=happened_at or at, text=text)
    ledger.record("support.reviewed", part.record, note, by=by, at=at)
    return part


@act("elsewhere.recorded", of=Part, permission=Permission.RECORD_WORK, label="Also recorded in", when=is_open)
def record_elsewhere(part, *, by, at, system, reference, recorded_on):
    """Record where else this is kept: Daybook is not the child's file, the behaviour log or the personnel file."""
    line = AlsoRecorded(record=part.record, system=system, recorded_on=recorded_on)
    sealing.seal(part.record, line, reference=reference)
    ledger.record("elsewhere.recorded", part.record, line, by=by, at=at, system=system)
    return part


def for_a_child(part, viewer):
    """Why a part is none from which something goes into a child's file."""
    if part.lane != Kind.SAFEGUARDING:
        return Past("Only the child’s safety part goes into a child’s file.")
    return is_open(part, viewer)


@act(
    "extract.written",
    of=Part,
    permission=Permission.RECORD_WORK,
    label="Write a text for the child’s file",
    when=for_a_child,
)
def copy_for_childs_file(part, *, by, at, text):
    """Write a short text about this one child, to be copied into the child protection file, which is kept elsewhere."""
    note = _note(part, Note.CHILDS_FILE, by=by, at=at, text=text)
    ledger.record("extract.written", part.record, note, *_not_held_any_more(part), by=by, at=at)
    search.index(part.record, note.pk, text)
    return part


@act(
    "conflict.confirmed",
    of=Part,
    permission=Permission.CONFLICT_CONFIRM,
    label="Confirm or lift a conflict of interest",
)
def confirm_conflict(part, *, by, at, exclusion, answer, reason):
    """Confirm that someone is kept out of this part or stands aside in it, or lift it, with a reason.

    answer: confirm; lift; or not_meant, where the name was somebody else's. What was lifted in the concern still stands
    here, because each part is lifted by itself.
    """
    if answer == exclusions.NOT_MEANT and part.about_id == exclusion.person_id:
        raise Refused("This part is theirs: if somebody else is meant, close it and say so as the reason.")
    exclusions.settle(part.record, exclusion, by=by, at=at, answer=answer, reason=reason)
    return part


@act(
    "item.copied",
    of=Part,
    permission=Permission.HAND_OVER,
    label="Copy an item into another part",
    when=is_open,
    touches=lambda part, viewer, answers: {answers["into"].pk},
)
def copy_item(part, *, by, at, note, into):
    """Copy one note, as it stands today, into another part of the case; both keep a line about it."""
    sealing.open_rows([note])
    if into.status != Part.OPEN:
        raise Refused("That part is closed.")
    if why := access.stands_aside(access.Viewer(by, at), into.record):
        raise Refused(f"You cannot add to that part: {why}.")
    copy = _note(into, "handed_over", by=by, at=note.happened_at, text=note.opened.text, source_ref=part.ref)
    ledger.record("item.received", into.record, copy, *_not_held_any_more(into), by=by, at=at, source=part.ref)
    ledger.record("item.copied", part.record, by=by, at=at, into=into.ref)
    return part


def may_close(part, viewer):
    """Why a part cannot be closed yet."""
    if part.status != Part.OPEN:
        return "This part is closed."
    if part.lane == Kind.CONDUCT:
        return _conduct_obstacle(part, day_of(viewer.at))
    if part.lane == Kind.DATA_BREACH:
        return _ico_obstacle(part)
    if part.lane != "support":
        return None
    if not Note.objects.filter(record=part.record, kind="support").exists():
        return "Offer support first: that is what this part is for."
    return "A post is back: deal with it first." if _is_back(part, viewer) else None


def _conduct_obstacle(part, today) -> str | None:
    """What is still owed to the person a proceeding is about. Source: Acas Code, 18 and 26."""
    proceeding = getattr(part, "proceeding_of", None)
    if proceeding is None:
        return None
    if not proceeding.is_over:
        waits = proceeding.status == proceeding.APPEALED
        return "An appeal waits to be heard." if waits else "The proceeding has no outcome yet."
    if proceeding.letter_given_at is None:
        return "Give the outcome letter first, and record it."
    last = proceeding.appeal_until_on
    if proceeding.may_still_be_appealed(today):
        return f"The last day for an appeal is {last:%A} {last.day} {last:%B %Y}: close this after it."
    return None


def _ico_obstacle(part) -> str | None:
    """What is still open with the Information Commissioner."""
    kinds = set(IcoStep.objects.filter(record=part.record).values_list("kind", flat=True))
    if not kinds:
        return "Decide first whether the ICO is told."
    return "The ICO has not answered yet." if IcoStep.TOLD in kinds and IcoStep.ANSWER not in kinds else None


def _is_back(part, viewer) -> bool:
    """Whether a post of the case is back, as far as its concern is not hidden from whoever asks."""
    concerns = part.case.joined.exclude(record__in=exclusions.hidden_from(viewer.person_id)).values("record_id")
    return Takedown.objects.filter(record__in=concerns, status=Takedown.REAPPEARED).exists()


@act(
    "part.closed",
    of=Part,
    permission=Permission.RECORD_WORK,
    label="Close this part",
    moves=(Part.OPEN, Part.CLOSED),
    when=may_close,
)
def close_part(part, *, by, at, reason, last_incident_on=None, nowhere_else_reason=""):
    """Close a part, with what came of it; from its facts follows the day until which it is kept.

    last_incident_on: the last known post, comment, message or reappearance. nowhere_else_reason: of a child's safety
    part that is recorded nowhere else, why.
    """
    if part.lane == Kind.SAFEGUARDING and not nowhere_else_reason and not _is_elsewhere(part):
        raise Refused(
            "Note first where else this is recorded, as in the child protection file, or say why it is nowhere else."
        )
    if _is_advice_awaited(part, access.Viewer(by, at)):
        raise Refused("Legal advice was asked for and has not come: record it first, or that none will come.")
    part.status, part.closed_at = Part.CLOSED, at
    part.last_incident_on = last_incident_on or part.last_incident_on
    if part.last_incident_on and part.last_incident_on > day_of(at):
        raise Refused("The last incident cannot be in the future.")
    nowhere = f"\n\nRecorded nowhere else, because: {nowhere_else_reason}" if nowhere_else_reason else ""
    sealing.seal(part.record, part, closing_note=f"{reason}{nowhere}")
    ledger.record("part.closed", part.record, part, by=by, at=at)
    return part


def _is_advice_awaited(part, viewer) -> bool:
    # Of advice that somebody may not read they are told nothing: for them it does not exist.
    asked = LegalAdvice.objects.visible_to(viewer).filter(part=part)
    return asked.exclude(status=LegalAdvice.RECEIVED).exists()


def _is_elsewhere(part) -> bool:
    return AlsoRecorded.objects.filter(record=part.record).exists()


def case_is_open(part, viewer):
    return None if part.case.status == part.case.OPEN else "Open the case again first."


@act(
    "part.reopened",
    of=Part,
    permission=Permission.RECORD_WORK,
    label="Open this part again",
    moves=(Part.CLOSED, Part.OPEN),
    when=case_is_open,
    # Whoever closes the case holds its concerns: of the two, one waits for the other.
    touches=lambda part, viewer, answers: part.case.joined.values_list("record_id", flat=True),
)
def reopen_part(part, *, by, at, reason):
    """Open a closed part again because something new is known; until when it is kept is worked out anew."""
    ledger.record("part.reopened", part.record, *open_again(part, at=at), by=by, at=at, why=reason)
    return part


def open_again(part, *, at, **facts) -> list:
    """A closed part as it stood before it was closed, and whoever is to be kept out of it by now; not saved yet.

    facts: what is new, by the name of the column.
    """
    part.status, part.closed_at, part.closing_note = Part.OPEN, None, None
    part.held_in_childs_file_on = None  # what is new is not in that file yet
    for name, value in facts.items():
        setattr(part, name, value)
    concerns = [joined.concern for joined in part.case.joined.order_by("joined_at")]
    named = list(Involvement.objects.filter(record=part.record))
    sources = [one.record_id for one in concerns]
    direction = concerns[0].direction
    return [part, *exclusions.work_out(part.record, named, at=at, direction=direction, made_from=sources)]


@act(
    "dates.recorded",
    of=Part,
    permission=Permission.RECORD_WORK,
    label="Record the dates that decide how long this is kept",
)
def record_dates(part, *, by, at, born_on=None, left_on=None, last_incident_on=None):
    """Record the dates from which it follows until when this is kept; those that stand are kept where none is given.

    born_on, left_on: of the person it is about. last_incident_on: of the last post, comment, message or reappearance.
    """
    if not (born_on or left_on or last_incident_on):
        raise Refused("Give at least one date.")
    part.born_on, part.left_on = born_on or part.born_on, left_on or part.left_on
    part.last_incident_on = last_incident_on or part.last_incident_on
    try:
        keeping.fate(part, today=day_of(at))
    except ValueError as wrong:
        raise Refused(str(wrong)) from None
    ledger.record("dates.recorded", part.record, part, by=by, at=at)
    return part
