"""The list of papers: what was copied, when, and how it stands; for whom only on opening."""

from reports.models import Paper
from schools.list_pages import List
from schools.listing import Filter
from schools.subjects import path_of

COLOURS = {Paper.ASKED: "yellow", Paper.READY: "green", Paper.FAILED: "red", Paper.ERASED: "grey"}


def _papers(viewer):
    return Paper.objects.visible_to(viewer).select_related("case__school", "part")


def _line(paper, *, now) -> list:
    stage = {"text": paper.get_status_display(), "colour": COLOURS[paper.status]}
    reference = {"url": path_of(paper), "text": paper.ref}
    return [reference, paper.covers, paper.case.school.name, {"tag": stage}, paper.asked_at, paper.destroy_by_on]


PAPERS = List(
    heading="Copies of case files",
    caption="Copies of what you may read",
    things="copies",
    thing="copy",
    nothing="A copy is asked for on the page of a case or of one part of it.",
    rows=_papers,
    filters=lambda viewer: {"status": Filter("Stage", Paper.STATUSES)},
    sorts={"-asked": ("-asked_at", "-pk"), "asked": ("asked_at", "pk")},
    headings=[
        {"label": "Reference"},
        {"label": "Copy of"},
        {"label": "School"},
        {"label": "Stage"},
        {"label": "Asked for", "sort": "asked"},
        {"label": "Destroy by"},
    ],
    line=_line,
    columns={
        "Reference": lambda row: row.ref,
        "Copy of": lambda row: row.covers,
        "School": lambda row: row.case.school.name,
        "Stage": lambda row: row.get_status_display(),
        "Asked for": lambda row: row.asked_at,
        "Destroy by": lambda row: row.destroy_by_on,
    },
)
