"""Marking a child's safety part as held in the child's own file, which is kept elsewhere."""

from casework.models import AlsoRecorded, Note, Part
from casework.workflow.parts import SYSTEMS
from schools import ledger, sealing
from schools.acts import Past, Refused, act
from schools.clock import day_of
from schools.roles import Kind, Permission

TEXT = "extract.written"
# What puts something into a part, or says that there is something new, which an earlier text cannot hold.
NEWER = ("note.written", "support.offered", "support.reviewed", "item.received", "part.reopened")


def notes_of(record, viewer) -> list[Note]:
    """What is written in a part, the latest first; read once for a request."""
    key = ("notes", record.pk)
    if key not in viewer.known:
        rows = Note.objects.filter(record=record).select_related("written_by")
        viewer.known[key] = list(rows.order_by("-happened_at", "-pk"))
    return viewer.known[key]


def may_be_held_elsewhere(part, viewer):
    """Why a part cannot be marked as held in the child's file."""
    if part.lane != Kind.SAFEGUARDING:
        return Past("Only the child’s safety part goes into a child’s file.")
    if part.is_about_staff:
        return Past("This part is about a member of staff: it is kept as an allegation is, and never goes sooner.")
    if part.held_in_childs_file_on:
        return Past("It is marked as held in the child’s file already.")
    if not any(note.kind == Note.CHILDS_FILE for note in notes_of(part.record, viewer)):
        return "Write the text for the child’s file first."
    last = part.record.entries.filter(verb__in=[TEXT, *NEWER]).order_by("-seq").values_list("verb", flat=True).first()
    return None if last == TEXT else "Write the text for the child’s file again first: something was added after it."


@act(
    "part.held_in_childs_file",
    of=Part,
    permission=Permission.RECORD_WORK,
    label="Mark as held in the child’s file",
    when=may_be_held_elsewhere,
)
def hold_in_childs_file(part, *, by, at, reference, held_on):
    """Mark a part as held in the child's own file, so that it is not kept twice: here its words go sooner.

    reference: of the entry in that file. held_on: the day it was put there, never in the future nor before the text
    was written. Its reference, dates and decisions stay here.
    """
    if held_on > day_of(at):
        raise Refused("The day it was put into the child’s file cannot be in the future.")
    text = Note.objects.filter(record=part.record, kind=Note.CHILDS_FILE).latest("happened_at")
    if held_on < day_of(text.happened_at):
        raise Refused("The day it was put into the child’s file cannot be before the text for it was written.")
    part.held_in_childs_file_on = held_on
    line = AlsoRecorded(record=part.record, system=SYSTEMS[0], recorded_on=held_on)
    sealing.seal(part.record, line, reference=reference)
    ledger.record("part.held_in_childs_file", part.record, part, line, by=by, at=at)
    return part
