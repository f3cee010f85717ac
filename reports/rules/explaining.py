"""What the pure rules answer to plain facts: one question at a time, in and out as JSON."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casework.rules import retention
from casework.rules.retention_schedule import periods_of
from incidents.rules import route
from reports.rules import explaining_schemas, suppression
from schools import deadlines
from schools.calendar import Calendar
from schools.policy import Policy

LABELS = {"id", "key", "ref", "name", "note", "trust"}
DEADLINE_FACTS = {"rule", "unit", "n", "start", "nation", "paused", "school"}
RETENTION_FACTS = {"records", "holds", "nation", "today"}
SCHOOL_FACTS = {"terms", "half_terms", "closures", "inset"}


@dataclass(frozen=True)
class Setting:
    """What a question is asked against: the trust's policy, if any, and the calendars of the schools known by name."""

    pack: Policy | None = None
    calendars: Mapping[str, Calendar] | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of question: the rule that answers it and the shape of question and answer."""

    answer: Callable[[dict, Setting], dict]
    schema: Callable[[], dict]


def answered(kind: Kind, line: bytes, setting: Setting) -> dict:
    """The answer to one line of JSON; a line that cannot be answered gets its reason under "error"."""
    try:
        facts = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {"error": "This line is not JSON in UTF-8."}
    if not isinstance(facts, dict):
        return {"error": "Each line must be one object with named facts."}
    try:
        return kind.answer(facts, setting)
    except ValueError as error:
        return {"error": str(error)}


def _route(facts: dict, setting: Setting) -> dict:
    calendar = (setting.calendars or {}).get(str(facts.get("school")))
    return route.answer(facts, setting.pack, calendar=calendar)


def _deadline(facts: dict, setting: Setting) -> dict:
    asked = _only(facts, DEADLINE_FACTS)
    nation = _text(asked, "nation") or "england"
    due = deadlines.due(
        rule=_text(asked, "rule"),
        unit=_text(asked, "unit"),
        n=asked.get("n"),
        start=_moment(asked.get("start"), of="start"),
        nation=nation,
        paused=_pauses(asked.get("paused")),
        calendar=_calendar(asked.get("school"), nation=nation, known=setting.calendars or {}),
    )
    return {
        "due_at": due.due_at and due.due_at.isoformat(),
        "unit": due.unit,
        "excludes": list(due.excludes),
        "basis": due.basis,
        "why": due.why,
    }


def _retention(facts: dict, setting: Setting) -> dict:
    asked = _only(facts, RETENTION_FACTS)
    return retention.decide(
        records=asked.get("records"),
        holds=asked.get("holds") or (),
        nation=_text(asked, "nation") or "england",
        today=asked.get("today"),
        own_periods=periods_of(setting.pack) if setting.pack else None,
    )


def _suppress(facts: dict, setting: Setting) -> dict:
    return suppression.suppress({name: value for name, value in facts.items() if name not in LABELS})


KINDS = {
    "route": Kind(_route, explaining_schemas.route),
    "deadline": Kind(_deadline, explaining_schemas.deadline),
    "retention": Kind(_retention, explaining_schemas.retention),
    "suppress": Kind(_suppress, explaining_schemas.suppress),
}
NOT_YET = ("ladder", "stage")


def _only(facts: dict, known: set[str]) -> dict:
    unknown = sorted(set(facts) - known - LABELS)
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not a fact that this question has.")
    return {name: value for name, value in facts.items() if value is not None}


def _text(facts: dict, name: str) -> str | None:
    value = facts.get(name)
    if value is None or isinstance(value, str):
        return value
    raise ValueError(f"{name} must be a word, not {value!r}.")


def _moment(value, *, of: str) -> date | datetime:
    """A day, or a moment with its zone."""
    try:
        return date.fromisoformat(value) if len(value) == len("2026-12-18") else datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        wanted = "a day such as 2026-12-18 or a time such as 2026-12-18T16:00+00:00"
        raise ValueError(f"{of} must be {wanted}, not {value!r}.") from error


def _pauses(value) -> list[tuple]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(pause, list) and len(pause) == 2 for pause in value):
        raise ValueError("paused must be a list of pairs: from and to, or null while it goes on.")
    return [
        (_moment(begins, of="A pause"), None if ends is None else _moment(ends, of="A pause")) for begins, ends in value
    ]


def _calendar(school, *, nation: str, known: Mapping[str, Calendar]) -> Calendar:
    if school is None:
        return Calendar(nation=nation)
    if isinstance(school, str):
        if school not in known:
            raise ValueError(
                f"No calendar is known for the school {school!r}; give its terms, half_terms and closures."
            )
        return known[school]
    if not isinstance(school, dict) or set(school) - SCHOOL_FACTS:
        raise ValueError(f"school must be a name, or {', '.join(sorted(SCHOOL_FACTS))} as pairs of first and last day.")
    kinds = {"terms": "term", "half_terms": "half_term", "closures": "emergency_closure", "inset": "inset"}
    rows = [
        {"kind": kinds[name], "start_on": begins, "end_on": ends}
        for name, spans in school.items()
        for begins, ends in _spans(spans, of=name)
    ]
    return Calendar.from_rows(rows, nation=nation)


def _spans(spans, *, of: str) -> list[tuple[date, date]]:
    if not isinstance(spans, list):
        raise ValueError(f"{of} must be a list of pairs of first and last day.")
    pairs = [span if isinstance(span, list) else [span, span] for span in spans]
    if not all(len(pair) == 2 for pair in pairs):
        raise ValueError(f"{of} must be a list of pairs of first and last day.")
    try:
        return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in pairs]
    except (TypeError, ValueError) as error:
        raise ValueError(f"{of} must be days such as 2026-12-18.") from error
