"""The shape of each question the rules can be asked and of its answer, as JSON Schema."""

from casework.rules.retention_schedule import choices, fact_names, record_kinds
from incidents.rules.facts import Facts
from schools import law
from schools.calendar import NATIONS

DAY = {"type": ["string", "null"], "format": "date"}
MOMENT = {"type": ["string", "null"], "description": "ISO 8601 with its zone, or null"}
TEXT = {"type": ["string", "null"]}
TEXTS = {"type": "array", "items": {"type": "string"}}
COUNT = {"type": "integer", "minimum": 0}
NATION = {"enum": [*NATIONS, None]}
HIDEABLE = {"anyOf": [COUNT, {"const": "c"}]}
TOTAL = {"anyOf": [COUNT, {"const": "c"}, {"type": "object", "required": ["rounded"]}]}


def route() -> dict:
    """Who must know of a concern: see the facts of incidents."""
    lists = ("tell", "hidden", "standing_aside", "takes_over", "screens", "clocks", "clauses", "not_citable")
    lists += ("must_record", "silent_on")
    answer = {name: {"type": "array"} for name in lists}
    answer |= {name: {"type": "object"} for name in ("removal", "governors", "pack")}
    answer |= {"attachments": {"enum": ["allowed", "forbidden"]}, "threshold_question": {"type": "boolean"}}
    return {"input": Facts.model_json_schema(), "output": _object(answer, required=tuple(answer))}


def deadline() -> dict:
    """By when: a rule by name, or a unit and how many."""
    span = {"type": "array", "items": {"type": "string", "format": "date"}, "minItems": 2, "maxItems": 2}
    spans = {"type": "array", "items": span}
    days = {"type": "array", "items": {"anyOf": [span, {"type": "string", "format": "date"}]}}
    school = _object({"terms": spans, "half_terms": spans, "closures": days, "inset": days}, closed=True)
    asked = {
        "rule": {"enum": [*law.deadline_names(), None]},
        "unit": {"enum": [*law.unit_names(), None]},
        "n": {"type": ["integer", "null"], "minimum": 0},
        "start": {"type": "string", "description": "a day, or a moment with its zone"},
        "nation": NATION,
        "paused": {"type": ["array", "null"], "items": {"type": "array", "minItems": 2, "maxItems": 2, "items": TEXT}},
        "school": {"anyOf": [{"type": ["string", "null"]}, school]},
    }
    answer = {
        "due_at": MOMENT,
        "unit": {"enum": list(law.unit_names())},
        "excludes": TEXTS,
        "basis": {"enum": ["policy", "statute", "default"]},
        "why": {"type": "string"},
    }
    return {"input": _object(asked, required=("start",)), "output": _object(answer, required=tuple(answer))}


def retention() -> dict:
    """Until when the parts of a case are kept."""
    facts = fact_names()
    record = {"part": TEXT, "record": {"type": "string", "description": f"such as {', '.join(record_kinds())}"}}
    record |= dict.fromkeys((*facts["days"], "pupil_dob"), DAY)
    record |= {name: {"anyOf": [{"type": "array", "items": DAY}, DAY]} for name in facts["lists"]}
    record |= {name: {"type": ["boolean", "null"]} for name in facts["answers"]}
    record |= {name: {"enum": [*words, None]} for name, words in choices().items()}
    record |= {"live_months": {"type": ["integer", "null"], "minimum": 0}}
    hold = {"kind": {"type": "string"}, "placed_on": DAY, "released_on": DAY, "part": TEXT, "parts": TEXTS}
    asked = {
        "records": {"type": "array", "minItems": 1, "items": _object(record, required=("record",))},
        "holds": {"type": ["array", "null"], "items": _object(hold, required=("kind",))},
        "nation": NATION,
        "today": DAY,
    }
    part = {"due_on": DAY, "rule": {"type": "string"}, "action": {"type": "string"}, "blocked_by": TEXTS}
    per_part = _object({"part": TEXT} | part, required=("part", *part), closed=True)
    more = {
        "earliest_review_on": DAY,
        "authority": TEXT,
        "why": {"type": "string"},
        "per_part": {"type": "array", "items": per_part},
    }
    return {
        "input": _object(asked, required=("records",)),
        "output": _object(part | more, required=(*part, *more), closed=True),
    }


def suppress() -> dict:
    """What may be shown of a table of counts."""
    counts = {"type": "array", "items": {"type": "array", "items": COUNT}}
    asked = {
        "rows": TEXTS,
        "columns": TEXTS,
        "cells": counts,
        "row_totals": {"type": "boolean"},
        "column_totals": {"type": "boolean"},
        "grand_total": {"type": "boolean"},
        "threshold": {"type": "integer"},
        "thresholds": {"type": "object", "additionalProperties": {"type": "integer"}},
        "unique_rows": TEXTS,
        "previous": {"type": "array", "items": {"type": "object", "required": ["rows", "columns", "cells"]}},
    }
    totals = {"type": "array", "items": TOTAL}
    answer = {
        "cells": {"type": "array", "items": {"type": "array", "items": HIDEABLE}},
        "row_totals": totals,
        "column_totals": totals,
        "grand_total": {"anyOf": [TOTAL, {"type": "null"}]},
        "note": {"type": "string"},
    }
    return {
        "input": _object(asked, required=("rows", "columns", "cells")),
        "output": _object(answer, required=tuple(answer), closed=True),
    }


def _object(properties: dict, *, required: tuple[str, ...] = (), closed: bool = False) -> dict:
    more = {"additionalProperties": False} if closed else {}
    return {"type": "object", "properties": properties, "required": list(required)} | more
