"""The history on the page of a record: narrowed by what is asked in the address, with the checks that can be made."""

from urllib.parse import urlencode

from schools import access
from schools.roles import Permission

KINDS = {
    "stages": (
        "The report, the case and their stages",
        {"concern", "case", "part", "handover", "record", "destruction"},
    ),
    "people": ("People, and who was told", {"people", "person", "conflict"}),
    "decisions": ("Decisions", {"threshold", "decision", "speech", "ico"}),
    "takedowns": ("Places and takedowns", {"takedown", "link"}),
    "files": ("Files", {"evidence"}),
    "conduct": (
        "The proceeding",
        {"proceeding", "allegation", "investigation", "hearing", "finding", "outcome", "letter", "appeal", "officer"},
    ),
    "notes": ("Notes, support and dates", {"note", "support", "item", "elsewhere", "dates", "extract"}),
    "advice": ("Legal advice and working notes", {"advice", "notes"}),
    "papers": ("Copies on paper", {"paper"}),
}
PLACE = "#history"
NOBODY = "daybook"  # how the address names what no account did


def history(lines: list, asked) -> dict:
    """What a page shows of its history: the lines asked for, and the two questions that narrow them.

    lines: the whole history that this person sees. asked: what stands in the address: kind, by.
    """
    kinds = {name: words for name, (words, nouns) in KINDS.items() if any(_noun(line) in nouns for line in lines)}
    people = dict(sorted({line.by or NOBODY: line.who for line in lines}.items(), key=lambda pair: pair[1]))
    options = {"kind": ("What", kinds), "by": ("Who", people)}
    chosen = {name: asked.get(name) for name, (_, known) in options.items() if asked.get(name) in known}
    return {
        "timeline": [line for line in lines if _is_asked(line, chosen)],
        "whole": len(lines),
        "history_filters": {
            "questions": [_question(name, label, known, chosen) for name, (label, known) in options.items()],
            "chosen": [
                {"label": f"{label}: {known[chosen[name]]}", "url": _without(name, chosen)}
                for name, (label, known) in options.items()
                if name in chosen
            ],
            "clear_url": f"?{PLACE}",
            "place": PLACE,
            "summary": "Narrow the history",
        },
    }


def checks(viewer, record) -> dict:
    """What can be asked about the history of one record: whether anything was altered, and who looked at it."""
    return {"verify_ref": record.ref, "sees_who_looked": may_see_who_looked(viewer, record)}


def may_see_who_looked(viewer, record) -> bool:
    """Whether this person is shown who looked at a record: its owner or the data protection officer, free in it."""
    return access.may(viewer, Permission.LOOKED_SEE, record) and not access.stands_aside(viewer, record)


def _noun(line) -> str:
    return line.verb.partition(".")[0]


def _is_asked(line, chosen: dict) -> bool:
    fits = "kind" not in chosen or _noun(line) in KINDS[chosen["kind"]][1]
    return fits and chosen.get("by", line.by or NOBODY) == (line.by or NOBODY)


def _question(name: str, label: str, known: dict, chosen: dict) -> dict:
    options = [{"value": value, "label": words, "chosen": chosen.get(name) == value} for value, words in known.items()]
    return {"name": name, "label": label, "options": options}


def _without(name: str, chosen: dict) -> str:
    return "?" + urlencode({other: value for other, value in chosen.items() if other != name}) + PLACE
