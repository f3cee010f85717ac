"""The lists of cases and of proceedings: reference, school, stage and dates; what they are about only on opening."""

from casework import part_page
from casework.models import Case, Proceeding
from schools.list_pages import List, by_school
from schools.listing import Filter
from schools.subjects import path_of


def _cases(viewer):
    facts = ("ref", "record_id", "school__name", "status", "opened_at", "closed_at")
    return Case.objects.visible_to(viewer).select_related("school").only(*facts)


def _narrow_cases(viewer) -> dict[str, Filter]:
    return {"status": Filter("Stage", Case.STATUSES), "school": by_school(viewer)}


def _case_line(case, *, now) -> list[dict]:
    return [
        {"text": case.ref, "url": path_of(case)},
        {"text": case.school.name},
        {"text": "", "tag": part_page.stage(case)},
        {"at": case.opened_at, "now": now},
    ]


CASES = List(
    heading="Cases",
    caption="Cases you may read a part of",
    things="cases",
    thing="case",
    nothing="A case is opened from a concern once it has been triaged.",
    rows=_cases,
    filters=_narrow_cases,
    sorts={
        "-opened": ("-opened_at", "-pk"),
        "opened": ("opened_at", "pk"),
        "status": ("status", "-opened_at", "-pk"),
        "-status": ("-status", "-opened_at", "-pk"),
    },
    headings=[
        {"label": "Reference"},
        {"label": "School"},
        {"label": "Stage", "sort": "status"},
        {"label": "Opened", "sort": "opened"},
    ],
    line=_case_line,
    columns={
        "Reference": lambda row: row.ref,
        "School": lambda row: row.school.name,
        "Stage": lambda row: row.get_status_display(),
        "Opened": lambda row: row.opened_at,
        "Closed": lambda row: row.closed_at,
    },
)


def _proceedings(viewer):
    return Proceeding.objects.visible_to(viewer).select_related("part__school")


def _narrow_proceedings(viewer) -> dict[str, Filter]:
    return {
        "status": Filter("Stage", Proceeding.STATUSES),
        "school": by_school(viewer, "part__school__slug"),
        "outcome": Filter("Outcome", Proceeding.OUTCOMES),
    }


def _proceeding_line(proceeding, *, now) -> list[dict]:
    colour = "grey" if proceeding.status == Proceeding.DECIDED else "teal"
    return [
        {"text": proceeding.ref, "url": path_of(proceeding)},
        {"text": proceeding.part.school.name},
        {"text": "", "tag": {"text": proceeding.get_status_display(), "colour": colour}},
        {"text": proceeding.get_outcome_display()},
        {"at": proceeding.begun_at, "now": now},
        {"text": proceeding.hearing_at},
    ]


PROCEEDINGS = List(
    heading="Proceedings",
    caption="Proceedings you may read",
    things="proceedings",
    thing="proceeding",
    nothing="A proceeding is begun on the page of a staff conduct part of a case.",
    rows=_proceedings,
    filters=_narrow_proceedings,
    sorts={
        "-begun": ("-begun_at", "-pk"),
        "begun": ("begun_at", "pk"),
        "status": ("status", "-begun_at", "-pk"),
        "-status": ("-status", "-begun_at", "-pk"),
    },
    headings=[
        {"label": "Reference"},
        {"label": "School"},
        {"label": "Stage", "sort": "status"},
        {"label": "Outcome"},
        {"label": "Begun", "sort": "begun"},
        {"label": "Hearing"},
    ],
    line=_proceeding_line,
    columns={
        "Reference": lambda row: row.ref,
        "School": lambda row: row.part.school.name,
        "Stage": lambda row: row.get_status_display(),
        "Begun": lambda row: row.begun_at,
        "Investigation due": lambda row: row.investigation_due_on,
        "Hearing": lambda row: row.hearing_at,
        "Outcome": lambda row: row.get_outcome_display(),
        "Decided": lambda row: row.decided_at,
        "Appeal until": lambda row: row.appeal_until_on,
        "Warning live until": lambda row: row.live_until_on,
    },
)
