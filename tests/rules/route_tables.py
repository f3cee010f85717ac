"""The worked concerns as routing takes them, and an answer in the short form the tables are written in."""

import tomllib
from functools import cache
from pathlib import Path

TABLES = Path(__file__).parent / "concerns"
PACKS = {
    "allsaints": "allsaints-2022",
    "archway": "archway-2019",
    "lte": "lte-2019-09",
    "sovereign": "sovereign-5.0",
    "lwlat": "lwlat-1.4",
}
CENTRAL = {"allsaints": "ASC", "archway": "ARC", "lte": "LTC", "sovereign": "SVC", "lwlat": "LWC"}
NOTHING = {
    "tell": [], "hidden": [], "confirmed_by": None, "aside": [], "takes_over": [], "screens": [], "question": None,
    "answered_by": None, "consulted": None, "clocks": [], "if_yes": [], "attachments": None, "clauses": [],
    "not_citable": [], "not_covered": [], "removal": None, "governors": None, "must_record": [], "silent_on": [],
}  # fmt: skip


@cache
def _load(name: str) -> dict:
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


PEOPLE = _load("people")


def concerns(trust: str) -> dict[str, dict]:
    """The worked concerns of a trust, by key."""
    return _load(trust)


def facts(trust: str, row: dict) -> dict:
    """One concern's facts in the shape that routing reads."""
    given = {name: value for name, value in row.items() if name not in {"expect", "school", "people"}}
    return given | {
        "people": [_person(named) for named in row["people"]],
        "office_holders": office_holders(trust, row["school"]),
    }


def office_holders(trust: str, school: str) -> dict[str, list[str]]:
    """Who holds which office in a school and in its trust's central team."""
    held: dict[str, list[str]] = {}
    for key, person in PEOPLE.items():
        if {school, CENTRAL[trust]} & {person["school"], *person.get("also", [])}:
            for role in person.get("roles", []):
                held.setdefault(role, []).append(key)
    return held


def in_short(answer: dict) -> dict:
    """An answer as the tables write it."""
    governors = answer["governors"]
    return {
        "tell": [
            f"{row['role']} {row['person']} {row['due_at']} {row['basis']} {row['ref'] or '-'}"
            for row in answer["tell"]
        ],
        "hidden": [row["person"] for row in answer["hidden"]],
        "confirmed_by": answer["hiding_confirmed_by"],
        "aside": [
            f"{row['person']} {'conduct' if row['conduct_only'] else 'every part'}" for row in answer["standing_aside"]
        ],
        "takes_over": [f"{row['for_role']} {row['person']}" for row in answer["takes_over"]],
        "screens": answer["screens"],
        "question": answer["threshold_question"],
        "answered_by": answer["threshold_answered_by"],
        "consulted": answer["threshold_consulted"],
        "clocks": [f"{clock['key']} {clock['due_at']}" for clock in answer["clocks"]],
        "if_yes": [clock["due_at"] for clock in answer["clocks_if_yes_or_not_sure"]],
        "attachments": answer["attachments"],
        "clauses": [f"{clause['id']} {clause['ref']}" for clause in answer["clauses"]],
        "not_citable": [clause["ref"] for clause in answer["not_citable"]],
        "not_covered": [row["person"] for row in answer["not_covered"]],
        "removal": _words(answer["removal"]["power"], answer["removal"]["ref"]),
        "governors": _words(governors["notice"], governors["ref"], governors["due_at"]),
        "must_record": answer["must_record"],
        "silent_on": answer["silent_on"],
    }


def _words(*words: str | None) -> str:
    return " ".join(word for word in words if word)


def _person(named: str) -> dict:
    key, part = named.split()
    person = PEOPLE[key]
    relations = [dict(zip(("kind", "to"), tie.split(), strict=True)) for tie in person.get("relations", [])]
    return {"key": key, "part": part, "kind": person["kind"], "roles": person.get("roles", []), "relations": relations}


SCHOOL = {
    "head_of_school": ["H"],
    "dsl": ["D"],
    "deputy_dsl": ["E"],
    "chair_of_local_board": ["G"],
    "ceo": ["C"],
    "chair_of_trustees": ["T"],
    "dpo": ["O"],
    "hr_lead": ["R"],
}


def concern(code="DISPARAGE", *, about=None, **more):
    """A concern about one member of staff, S, unless told otherwise."""
    subject = {"key": "S", "part": "subject", "kind": "staff"} | (about or {})
    given = {
        "code": code,
        "direction": "staff_act",
        "reported_at": "2026-02-24T13:20:00+00:00",  # a Tuesday
        "people": [subject],
        "office_holders": SCHOOL,
    }
    return given | more


def told(answer):
    return {row["role"]: row["person"] for row in answer["tell"]}
