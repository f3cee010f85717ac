"""The lists of concerns and of takedowns: clear facts and one line of what happened; names only on opening."""

from incidents.concern_page import stage_of
from incidents.models import Concern, Takedown
from schools.clock import day_of
from schools.list_pages import List, by_school
from schools.listing import Filter
from schools.policy import taxonomy
from schools.subjects import path_of

# What the lists read of a row, and no more: fifty rows of every column cost twice as much.
CONCERN_FACTS = (
    "ref", "school__name", "headline", "code", "status", "at_risk", "outcome", "reported_at", "read_at", "triaged_at",
    "finished_at",
)  # fmt: skip
TAKEDOWN_FACTS = (
    "ref", "record_id", "school__name", "link__platform", "asked_of", "status", "requested_at", "chase_at",
    "removed_at", "recheck_on",
)  # fmt: skip
TAKEDOWN_COLOURS = {
    Takedown.REQUESTED: "yellow",
    Takedown.REFUSED: "orange",
    Takedown.REMOVED: "green",
    Takedown.REAPPEARED: "red",
    Takedown.ENDED: "grey",
}


def _concerns(viewer):
    return Concern.objects.visible_to(viewer).select_related("school").only(*CONCERN_FACTS)


def _narrow_concerns(viewer) -> dict[str, Filter]:
    codes = [(code, row.label) for code, row in taxonomy().codes.items()]
    return {
        "status": Filter("Stage", Concern.STATUSES),
        "school": by_school(viewer),
        "code": Filter("What happened", codes),
    }


def _concern_line(concern, *, now) -> list[dict]:
    is_urgent = concern.at_risk == "yes" and concern.status == Concern.REPORTED
    return [
        {"text": concern.ref, "url": path_of(concern)},
        {"text": concern.opened.headline, "tag": {"text": "At risk now", "colour": "red"} if is_urgent else None},
        {"text": concern.school.name},
        {"tag": stage_of(concern), "text": ""},
        {"at": concern.reported_at, "now": now},
    ]


CONCERNS = List(
    heading="Concerns",
    caption="Concerns you may read",
    things="concerns",
    thing="concern",
    nothing="When somebody reports one that you may read, it stands here.",
    rows=_concerns,
    filters=_narrow_concerns,
    sorts={
        "-reported": ("-reported_at", "-pk"),
        "reported": ("reported_at", "pk"),
        "status": ("status", "-reported_at", "-pk"),
        "-status": ("-status", "-reported_at", "-pk"),
    },
    headings=[
        {"label": "Reference"},
        {"label": "What happened"},
        {"label": "School"},
        {"label": "Stage", "sort": "status"},
        {"label": "Reported", "sort": "reported"},
    ],
    line=_concern_line,
    opens=("headline",),
    columns={
        "Reference": lambda row: row.ref,
        "School": lambda row: row.school.name,
        "What happened": lambda row: row.get_code_words(),
        "Stage": lambda row: stage_of(row)["text"],
        "Anyone at risk": lambda row: row.get_at_risk_display(),
        "Reported": lambda row: row.reported_at,
        "First read": lambda row: row.read_at,
        "Triaged": lambda row: row.triaged_at,
        "How it ended": lambda row: row.get_outcome_display().split(",")[0],
        "Finished": lambda row: row.finished_at,
    },
)


def _takedowns(viewer):
    return Takedown.objects.visible_to(viewer).select_related("school", "link").only(*TAKEDOWN_FACTS)


def _narrow_takedowns(viewer) -> dict[str, Filter]:
    return {
        "status": Filter("Stage", Takedown.STATUSES),
        "school": by_school(viewer),
        "asked_of": Filter("Asked of", [(value, _first(words)) for value, words in Takedown.ASKED_OF]),
    }


def _asked_of(takedown) -> str:
    return _first(takedown.get_asked_of_display())


def _first(words: str) -> str:
    return words.split(",")[0].capitalize()


def _takedown_line(takedown, *, now) -> list[dict]:
    return [
        {"text": takedown.ref, "url": path_of(takedown)},
        {"text": ", ".join(filter(None, [_asked_of(takedown), takedown.link.platform]))},
        {"text": takedown.school.name},
        {"text": "", "tag": {"text": takedown.get_status_display(), "colour": TAKEDOWN_COLOURS[takedown.status]}},
        {"at": takedown.requested_at, "now": now},
        _next_look(takedown, now=now),
    ]


def _next_look(takedown, *, now) -> dict:
    by = day_of(takedown.chase_at) if takedown.chase_at else takedown.recheck_on
    is_late = by is not None and by < day_of(now)
    return {"text": by, "tag": {"text": "Overdue", "colour": "red"} if is_late else None}


TAKEDOWNS = List(
    heading="Takedowns",
    caption="Requests to take a post down, of concerns you may read",
    things="takedowns",
    thing="takedown",
    nothing="A takedown is requested on the page of a concern that has been triaged.",
    rows=_takedowns,
    filters=_narrow_takedowns,
    sorts={
        "-asked": ("-requested_at", "-pk"),
        "asked": ("requested_at", "pk"),
        "status": ("status", "-requested_at", "-pk"),
        "-status": ("-status", "-requested_at", "-pk"),
    },
    headings=[
        {"label": "Reference"},
        {"label": "Asked of"},
        {"label": "School"},
        {"label": "Stage", "sort": "status"},
        {"label": "Asked", "sort": "asked"},
        {"label": "Chase or look again"},
    ],
    line=_takedown_line,
    columns={
        "Reference": lambda row: row.ref,
        "School": lambda row: row.school.name,
        "Where": lambda row: row.link.platform,
        "Asked of": _asked_of,
        "Stage": lambda row: row.get_status_display(),
        "Asked": lambda row: row.requested_at,
        "Chase by": lambda row: row.chase_at,
        "Gone": lambda row: row.removed_at,
        "Look again on": lambda row: row.recheck_on,
    },
)
