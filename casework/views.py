"""The desk, cases and their parts, and search: pages that show everything below."""

from django.shortcuts import redirect

from casework import case_page, part_page
from casework import desk as desks
from casework.lists import CASES, PROCEEDINGS
from casework.models import Part
from incidents import choices
from incidents.models import Concern
from incidents.receipts import receipts
from schools import errors, list_pages, sealing, search, sessions
from schools.fields import sealed_fields
from schools.listing import Listing
from schools.models import Reader, Record
from schools.offices import on_duty
from schools.subjects import path_of
from schools.web import SIGNED_IN, buttons, find_subject, opens_to, show, viewer_of

READERS = "whoever reads one of its parts, and of it only what they read"
OWN_REPORTS = 5
LONGEST_SOUGHT = 200
# What is found is shown by its one line, so nothing else of it is opened.
BUT_THE_LINE = [
    f"{name}__{one.name}"
    for name, model in (("concern", Concern), ("part", Part))
    for one in sealed_fields(model)
    if one.name != "headline"
]


@opens_to(SIGNED_IN)
def desk(request):
    """What waits for me, the most urgent first, and what I can do next."""
    viewer, person = viewer_of(request), request.user.person
    found = desks.desk_of(viewer)
    mine = Concern.objects.reported_by(person).order_by("-reported_at")[:OWN_REPORTS]
    context = {
        "desk": found,
        "doors": choices.DOORS,
        "reports": receipts(list(mine), viewer),
        "on_duty": on_duty(person.school, viewer.at) if person.school else [],
        "leave_now": "",
    }
    return show(request, "casework/desk.html", context, records=found.records)


@opens_to(READERS)
def cases(request):
    """The cases I may see: reference, school, stage and age; what they are about only on opening."""
    return list_pages.page(request, CASES)


@opens_to(list_pages.DOWNLOADERS)
def cases_file(request):
    """The cases as a file for a spreadsheet."""
    return list_pages.download(request, CASES)


@opens_to("whoever reads the part it belongs to")
def proceedings(request):
    """The proceedings I may see: reference, school, stage, outcome and dates; whom they are about only on opening."""
    return list_pages.page(request, PROCEEDINGS)


@opens_to(list_pages.DOWNLOADERS)
def proceedings_file(request):
    """The proceedings as a file for a spreadsheet, without a name."""
    return list_pages.download(request, PROCEEDINGS)


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
    """Search in what I may see: words, "a phrase", or the beginning of a word; newest first.

    What is typed may name a child: it stands in no address, so in no history of a browser and no log of a server.
    """
    if request.method == "POST":
        key = sessions.keep_words(request.session, request.POST.get("q", "")[:LONGEST_SOUGHT])
        return redirect(f"{request.path}?words={key}")
    asked = request.GET.get("words")
    kept = sessions.words_of(request.session, asked) if asked else ""
    typed = kept or ""
    rows = search.find(viewer_of(request), typed) if typed.strip() else Record.objects.none()
    rows = rows.select_related("concern__school", "part__school").defer(*BUT_THE_LINE)
    listing = Listing(request, rows, most=search.FEW)
    context = {"typed": typed, "listing": listing, "found": _found(listing.rows), "too_short": search.too_short(typed)}
    context["is_forgotten"] = kept is None
    return show(request, "casework/search.html", context, records=[record.pk for record in listing.rows])


def _found(records) -> list[dict]:
    """What stands behind each record that was found: a concern or a part, with its one line."""
    things = [record.concern if hasattr(record, "concern") else record.part for record in records]
    sealing.open_rows(things)
    return [{"thing": thing, "url": path_of(thing), "since": thing.record.opened_at} for thing in things]
