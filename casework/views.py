"""The desk, cases and their parts, and search: pages that show everything below."""

from casework import case_page, part_page
from casework import desk as desks
from casework.models import Case
from incidents import choices
from incidents.models import Concern
from schools import errors, exclusions, sealing, search
from schools.listing import Listing
from schools.models import Reader, Record, School
from schools.offices import on_duty
from schools.subjects import path_of
from schools.web import SIGNED_IN, buttons, find_subject, opens_to, show, viewer_of

READERS = "whoever reads one of its parts, and of it only what they read"
OWN_REPORTS = 5


@opens_to(SIGNED_IN)
def desk(request):
    """What waits for me, the most urgent first, and what I can do next."""
    viewer, person = viewer_of(request), request.user.person
    found = desks.desk_of(viewer)
    mine = Concern.objects.reported_by(person).order_by("-reported_at")[:OWN_REPORTS]
    _, is_hidden_anything = viewer.exceptions
    hidden = exclusions.hidden_from(person.pk) if is_hidden_anything else set()
    context = {
        "desk": found,
        "doors": choices.DOORS,
        "reports": [(row, "not read yet" if row.pk in hidden else row.stage) for row in mine],
        "on_duty": on_duty(person.school, viewer.at) if person.school else [],
        "leave_now": "",
    }
    return show(request, "casework/desk.html", context, records=found.records)


CASE_FILTERS = {"status": Case.STATUSES, "school": None}
CASE_SORTS = {
    "-opened": ("-opened_at", "-pk"),
    "opened": ("opened_at", "pk"),
    "status": ("status", "-opened_at", "-pk"),
    "-status": ("-status", "-opened_at", "-pk"),
}
CASE_HEADERS = [
    {"label": "Reference"},
    {"label": "School"},
    {"label": "Stage", "sort": "status"},
    {"label": "Opened", "sort": "opened"},
]


@opens_to(READERS)
def cases(request):
    """The cases I may see: reference, school, stage and age; what they are about only on opening."""
    viewer = viewer_of(request)
    rows = Case.objects.visible_to(viewer).select_related("school")
    listing = Listing(request, rows, filters=CASE_FILTERS, sorts=CASE_SORTS)
    schools = School.objects.visible_to(viewer).order_by("name").values_list("slug", "name")
    options = {"status": Case.STATUSES, "school": schools}
    context = {
        "listing": listing,
        "filters": listing.drawn_filters({"status": "Stage", "school": "School"}, options),
        "headers": CASE_HEADERS,
        "rows": [_case_line(row, now=viewer.at) for row in listing.rows],
    }
    return show(request, "casework/cases.html", context, records=[row.record_id for row in listing.rows])


def _case_line(case, *, now) -> list[dict]:
    return [
        {"text": case.ref, "url": path_of(case)},
        {"text": case.school.name},
        {"text": "", "tag": part_page.stage(case)},
        {"at": case.opened_at, "now": now},
    ]


@opens_to(READERS)
def case(request, ref: str):
    """A case: its concerns and parts as far as I read them, each part's day of destruction, and the merged history."""
    found = find_subject(request, "cases", ref)
    if found is None:
        return errors.not_found(request)
    context = case_page.context(viewer_of(request), found, request.GET)
    return show(request, "casework/case.html", context, records=context.pop("shown"))


@opens_to("whoever reads the part")
def part(request, ref: str):
    """One part of a case: what was done, the proceeding if there is one, its readers, and until when it is kept."""
    found = find_subject(request, "parts", ref)
    if found is None:
        return errors.not_found(request)
    viewer, proceeding = viewer_of(request), part_page.proceeding_of(found)
    offered = buttons(viewer, found) + (buttons(viewer, proceeding) if proceeding else [])
    context = part_page.context(viewer, found, proceeding, offered, request.GET) | {"stage": part_page.stage(found)}
    return show(request, "casework/part.html", context, records=[found.pk])


@opens_to("whoever was named as a reader of it")
def advice(request, ref: str):
    """Legal advice: what was asked and what came back, for the people named and in no copy."""
    return _kept_apart(request, "advice", ref, "Legal advice")


@opens_to("the one who wrote them, until they are destroyed")
def working_notes(request, ref: str):
    """Working notes, for the one who wrote them."""
    return _kept_apart(request, "working-notes", ref, "Working notes")


def _kept_apart(request, plural: str, ref: str, heading: str):
    found = find_subject(request, plural, ref)
    if found is None or found.record.destroyed_at:
        return errors.not_found(request)
    sealing.open_rows([found])
    readers = Reader.objects.current(viewer_of(request).at).filter(record=found.record_id).select_related("person")
    context = {"thing": found, "heading": heading, "buttons": buttons(viewer_of(request), found), "readers": readers}
    return show(request, "casework/apart.html", context, records=[found.pk])


@opens_to(SIGNED_IN)
def find(request):
    """Search in what I may see: words, "a phrase", or the beginning of a word; newest first."""
    typed = request.GET.get("q", "")[:200]
    rows = search.find(viewer_of(request), typed) if typed.strip() else Record.objects.none()
    listing = Listing(request, rows.select_related("concern__school", "part__school"), most=search.FEW)
    context = {"typed": typed, "listing": listing, "found": _found(listing.rows)}
    return show(request, "casework/search.html", context, records=[record.pk for record in listing.rows])


def _found(records) -> list[dict]:
    """What stands behind each record that was found: a concern or a part, with its one line."""
    things = [record.concern if hasattr(record, "concern") else record.part for record in records]
    sealing.open_rows(things)
    return [{"thing": thing, "url": path_of(thing), "since": thing.record.opened_at} for thing in things]
