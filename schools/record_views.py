"""Pages about the history of one record: one line of it, who looked at it, and whether anything was altered."""

from django.db.models import TextField
from django.db.models.functions import Cast

from schools import errors, references, sources, timeline, verify
from schools.history import may_see_who_looked
from schools.listing import Listing
from schools.models import Entry, Looked, Record, User
from schools.offices import title_of
from schools.roles import LANES, Kind, Role, kind_words
from schools.subjects import SUBJECTS
from schools.web import opens_to, show, viewer_of

READERS = "whoever reads the record"
SHOWN = (Kind.CONCERN, *LANES)
MOST = 100_000  # lines of who looked that are counted


def _found(request, ref: str) -> Record | None:
    """The concern or part with this reference if it exists for this person; advice and own notes have no such page."""
    name = references.tidy(ref)
    rows = Record.objects.visible_to(viewer_of(request)).filter(kind__in=SHOWN, ref=name) if name else ()
    record = next(iter(rows), None)
    if record is not None:
        viewer_of(request).found(record)
    return record


def page_of(record: Record) -> str:
    """The address of the page on which a record is shown."""
    return next(
        f"/{plural}/{record.ref}/"
        for plural, kind in SUBJECTS.items()
        if record.kind in kind.kinds and kind.model._meta.pk.name == "record" and kind.shown_under == plural
    )


def _around(record) -> dict:
    return {"record": record, "kind": kind_words(record.kind), "back": page_of(record)}


@opens_to(READERS)
def line(request, ref: str, seq: int):
    """One line of a history: who did what, when, and every field that it changed, with the words before and after."""
    record = _found(request, ref)
    entry = Entry.objects.filter(record=record, seq=seq).first() if record else None
    if entry is None:
        return errors.not_found(request)
    found = timeline.line_of(record, entry, viewer_of(request))
    return show(request, "schools/history_line.html", _around(record) | {"line": found}, records=[record.pk])


@opens_to("whoever may see who looked, on the records that they read")
def looked(request, ref: str):
    """Who else looked at a record, when and by which office, the latest first."""
    record = _found(request, ref)
    if record is None:
        return errors.not_found(request)
    if not may_see_who_looked(viewer_of(request), record):
        return errors.page(403, why="Your role does not let you see who looked at this.")
    rows = Looked.objects.filter(at__gte=record.opened_at).exclude(user_id=request.user.pk)
    rows = rows.annotate(named=Cast("records", TextField()))
    listing = Listing(request, rows.filter(named__contains=str(record.pk)).order_by("-at", "-pk"), most=MOST)
    users = User.objects.filter(pk__in={row.user_id for row in listing.rows}).select_related("person")
    people = {user.pk: user.person for user in users}
    kept_back = sources.shown_to(viewer_of(request), record).people
    context = _around(record) | {
        "listing": listing,
        "rows": [_look(row, people.get(row.user_id), kept_back) for row in listing.rows],
    }
    return show(request, "schools/looked.html", context, records=[record.pk])


def _look(row, person, kept_back) -> dict:
    """One look as it is told; of one's own report, without the name of whoever reported where that is kept back."""
    told = {"at": row.at, "where": PAGES.get(row.page, row.page.replace("_", " ").capitalize())}
    if row.page == OWN_REPORT and person is not None and person.pk in kept_back:
        return told | {"who": sources.KEPT_BACK, "as": ""}
    return told | {"who": person.name if person else "Nobody signed in", "as": _basis(row.basis)}


OWN_REPORT = "my_report"
PAGES = {
    "act": "A form about it",
    "case": "The page of its case",
    "cases": "The list of cases",
    "concern": "Its page",
    "concerns": "The list of concerns",
    "desk": "A line of it on their desk",
    "evidence": "A file, downloaded",
    "history_line": "A line of its history",
    "looked": "Who looked",
    OWN_REPORT: "Their own report",
    "paper": "A copy of it",
    "paper fetched": "A copy of it, fetched",
    "paper file": "A copy of it, handed over",
    "part": "Its page",
    "search": "The results of a search",
    "takedown": "A takedown",
    "verified": "The check of its history",
}


def _basis(basis: str) -> str:
    """By which offices somebody looked, in words; anything else as it was written down."""
    known = {role.value for role in Role}
    return ", ".join(title_of(one) if one in known else one for one in basis.split(", ") if one != Role.STAFF)


@opens_to(READERS)
def verified(request, ref: str):
    """Whether anything in a record was altered behind the history's back: one sentence, or each place."""
    record = _found(request, ref)
    if record is None:
        return errors.not_found(request)
    context = _around(record) | {
        "findings": [found.sentence for found in verify.findings_in(record)],
        "lines": record.head.seq,
    }
    return show(request, "schools/verified.html", context, records=[record.pk])
