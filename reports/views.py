"""Pages about papers: the list, one paper while it is made and after, and its file."""

from reports import workflow
from reports.lists import PAPERS
from schools import access, clock, errors, files, headers, list_pages, sealing
from schools.models import Entry
from schools.roles import kind_words
from schools.subjects import path_of
from schools.timeline import lines_of
from schools.web import buttons, find_subject, opens_to, show, viewer_of

WHOEVER_SEES_ALL = "whoever reads every record that is printed in it"


@opens_to(WHOEVER_SEES_ALL)
def papers(request):
    """The copies that were asked for, newest first: reference, what of, how it stands; for whom only on opening."""
    return list_pages.page(request, PAPERS)


@opens_to(list_pages.DOWNLOADERS)
def papers_file(request):
    """The copies as a file for a spreadsheet."""
    return list_pages.download(request, PAPERS)


@opens_to(WHOEVER_SEES_ALL)
def paper(request, ref: str):
    """One copy: for whom and why, what is printed in it, whether it is ready, and everything that was done with it."""
    found = find_subject(request, "papers", ref)
    if found is None:
        return errors.not_found(request)
    viewer = viewer_of(request)
    rows = found.printed.select_related("record").order_by("record__kind", "record__ref")
    lines = [line for line in lines_of([found.record], viewer) if line.facts.get("paper") == found.ref]
    doings = buttons(viewer, found)
    context = {
        "paper": found,
        "words": sealing.open_row(found),
        "printed": [{"words": kind_words(one.record.kind), "ref": one.record.ref, "seq": one.seq} for one in rows],
        "timeline": lines,
        "buttons": doings,
        "fetch_url": next((one.url for one in doings if not one.why_not), ""),
        "back": path_of(found.part or found.case),
    }
    return show(request, "reports/paper.html", context, records=[one.record_id for one in rows])


@opens_to("whoever has just written the line by which they fetch it")
def paper_file(request, ref: str, line: int):
    """Hand over the file, once for each line that says who fetched it, within minutes of that line."""
    found = find_subject(request, "papers", ref)
    if found is None or workflow.cannot_fetch(found, viewer_of(request)):
        return errors.not_found(request)
    entry = Entry.objects.filter(record=found.record, seq=line, by=request.user.pk, verb="paper.fetched").first()
    if entry is None or not workflow.lets_through(found, entry, now=clock.machine_now()):
        return errors.not_found(request)
    shown = list(found.printed.values_list("record_id", flat=True))
    said = {"page": "paper file", "records": shown, "basis": f"copy {found.ref} fetched by line {line}"}
    access.note(user=request.user, **said)
    content = files.open_item(found.pk, found.stored_as)
    if content is None:
        return errors.not_found(request)
    return headers.attachment(content, name=f"{found.ref}.pdf", kind="application/pdf", size=found.size)
