"""The desk, cases and their parts, and search: pages that show everything below."""

from casework import desk as desks
from casework import keeping
from casework.models import Allegation, AlsoRecorded, Case, JoinedConcern, Note, Part, Step
from incidents.models import Takedown
from schools import errors, sealing, search
from schools.clock import day_of
from schools.listing import Listing
from schools.models import Exclusion, Involvement, Reader, Record
from schools.timeline import lines_of
from schools.web import SIGNED_IN, buttons, find_subject, opens_to, show, viewer_of

READERS = "whoever reads one of its parts, and of it only what they read"


@opens_to(SIGNED_IN)
def desk(request):
    """What waits for me, the most urgent first, and what I can do next."""
    found = desks.desk_of(viewer_of(request))
    return show(request, "casework/desk.html", {"desk": found}, records=found.records)


CASE_FILTERS = {"status": Case.STATUSES, "school": None}
CASE_SORTS = {"newest": ("-opened_at", "-pk"), "oldest": ("opened_at", "pk")}


@opens_to(READERS)
def cases(request):
    """The cases I may see."""
    rows = Case.objects.visible_to(viewer_of(request)).select_related("school")
    listing = Listing(request, rows, filters=CASE_FILTERS, sorts=CASE_SORTS)
    return show(request, "casework/cases.html", {"listing": listing}, records=[row.record_id for row in listing.rows])


@opens_to(READERS)
def case(request, ref: str):
    """A case: its concerns and parts as far as I read them, each part's day of destruction, and the merged history."""
    found = find_subject(request, "cases", ref)
    if found is None:
        return errors.not_found(request)
    viewer = viewer_of(request)
    parts = list(Part.objects.visible_to(viewer).filter(case=found).select_related("record", "about", "school"))
    joined = JoinedConcern.objects.visible_to(viewer).filter(case=found).select_related("record__concern__school")
    concerns = [one.record.concern for one in joined.order_by("joined_at")]
    sealing.open_rows([*parts, *concerns])
    records = [part.record for part in parts] + [concern.record for concern in concerns]
    context = {
        "case": found,
        "parts": [(part, keeping.fate(part, today=day_of(viewer.at)).fate) for part in parts],
        "concerns": concerns,
        "takedowns": Takedown.objects.visible_to(viewer)
        .filter(record__in=[one.record_id for one in joined])
        .select_related("link"),
        "timeline": lines_of(records, viewer),
        "buttons": buttons(viewer, found),
    }
    return show(request, "casework/case.html", context, records=[record.pk for record in records])


@opens_to("whoever reads the part")
def part(request, ref: str):
    """One part of a case: what was done, the proceeding if there is one, its readers, and until when it is kept."""
    found = find_subject(request, "parts", ref)
    if found is None:
        return errors.not_found(request)
    return show(request, "casework/part.html", part_context(request, found), records=[found.pk])


def part_context(request, found) -> dict:
    """Everything a part's page shows, opened."""
    viewer, record = viewer_of(request), found.record
    proceeding = getattr(found, "proceeding_of", None)
    notes = list(Note.objects.filter(record=record).select_related("written_by").order_by("happened_at"))
    elsewhere = list(AlsoRecorded.objects.filter(record=record).order_by("recorded_on"))
    allegations = list(Allegation.objects.filter(record=record))
    steps = list(Step.objects.filter(record=record).order_by("happened_at"))
    involvements = list(Involvement.objects.filter(record=record).select_related("person"))
    proceedings = [proceeding] if proceeding else []
    sealing.open_rows([found, *notes, *elsewhere, *allegations, *steps, *involvements, *proceedings])
    fate = keeping.fate(found, today=day_of(viewer.at))
    return {
        "part": found,
        "proceeding": proceeding,
        "notes": notes,
        "elsewhere": elsewhere,
        "allegations": allegations,
        "steps": steps,
        "involvements": involvements,
        "readers": Reader.objects.current(viewer.at).filter(record=record).select_related("person"),
        "exclusions": Exclusion.objects.standing().filter(record=record).select_related("person"),
        "fate": fate.fate,
        "blocked_by": fate.blocked_by,
        "timeline": lines_of([record], viewer),
        "buttons": buttons(viewer, found) + (buttons(viewer, proceeding) if proceeding else []),
    }


@opens_to(SIGNED_IN)
def find(request):
    """Search in what I may see: words, "a phrase", or the beginning of a word; newest first."""
    typed = request.GET.get("q", "")[:200]
    rows = search.find(viewer_of(request), typed) if typed.strip() else Record.objects.none()
    listing = Listing(request, rows)
    context = {"typed": typed, "listing": listing, "found": [_found(record) for record in listing.rows]}
    shown = [record.pk for record in listing.rows]
    return show(request, "casework/search.html", context, records=shown)


def _found(record):
    """What stands behind a record that was found: a concern or a part, with its one line."""
    thing = record.concern if hasattr(record, "concern") else record.part
    sealing.open_rows([thing])
    return thing
