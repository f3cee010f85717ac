"""The description of the API: every act with its questions and an example, beside what can be read."""

from typing import Any

from schools import acts
from schools.errors import DETAILS, PROBLEM, TITLES
from schools.subjects import SUBJECTS

DONE = {"200": "The same key was sent before: nothing was done twice.", "201": "Done."}
READ = ("401", "403", "404", "405", "406", "429", "503")
ACTED = ("400", "401", "403", "404", "405", "406", "409", "413", "415", "429")
REF = "C-7K4M-9TX2"
# Why, where there is a reason of its own each time.
REASONS = {
    "400": "“reason” needs an answer.",
    "403": "Your role does not let you do this: close the case.",
    "409": "This cannot be done now: it stands at “finished”.",
    "429": "Try again in 20 seconds.",
}
TOKEN, SESSION = "token", "session"
TEXT = {"type": "string"}
# What stands in an example where the name says more than the kind.
NAMED = {
    "ref": REF,
    "case": "K-3F8Q-2WZD",
    "part": "S-8H2M-6YKA",
    "concern": REF,
    "school": "oakfield",
    "code": "CONFID",
    "codes": ["PDATA"],
    "acts": ["record-told", "open-case"],
    "stage": "being dealt with",
    "threshold": "not_met",
    "headline": "Staff confidential information given out",
    "platform": "Facebook",
    "url": "https://social.example/post/1",
    "name": "Sam Field",
    "narrative": "A screenshot of our staff group was put on a public page.",
    "email": "sam.field@oakfield.example",
    "telephone": "01632 960123",
}
# The address of one thing of each kind, where it is not that of a concern.
REFS = {
    "cases": NAMED["case"],
    "parts": NAMED["part"],
    "proceedings": "D-4J7R-1NQS",
    "takedowns": "T-5B2V-8WMC",
    "papers": "F-9D3X-6HTA",
    "advice": "L-2K8P-7GZE",
    "working-notes": "N-6C4Y-3RJB",
    "schools": "oakfield",
    "trusts": "oak",
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "The same key again does nothing twice.",
    "schema": TEXT | {"minLength": 8, "maxLength": 64},
    "example": "7f0c9a52-report-1",
}
SEEN = {
    "name": "If-Seen",
    "in": "header",
    "description": "The number of the record’s last line as you saw it; refused with 409 when it has changed since.",
    "schema": TEXT,
}
LOOKED = {
    "name": "Looked",
    "in": "header",
    "description": "The mark from the act’s page, which shows first what would change; only some acts want it.",
    "schema": TEXT,
}
COMPONENTS = {
    "Problem": {
        "type": "object",
        "required": ["type", "status", "title", "detail"],
        "properties": {
            "type": TEXT,
            "status": {"type": "integer"},
            "title": TEXT,
            "detail": TEXT,
            "errors": {"type": "array", "items": TEXT, "description": "Everything to be mended, a sentence each."},
        },
        "additionalProperties": False,
    },
    "Done": {
        "type": "object",
        "required": ["done", "page"],
        "properties": {
            "done": TEXT | {"description": "The act."},
            "ref": TEXT | {"description": "The reference of what it made, if it has one."},
            "page": TEXT | {"description": "Where it is shown."},
            "repeated": {"type": "boolean"},
            "secret": TEXT | {"description": "A new token, answered this once."},
        },
        "additionalProperties": False,
    },
}
WAYS_IN = {
    TOKEN: {"type": "http", "scheme": "bearer", "description": "A token that you made on the page of your school."},
    SESSION: {"type": "apiKey", "in": "cookie", "name": "__Host-daybook", "description": "A browser’s own sign-in."},
}


def complete(result, generator, request, public):
    """Put each act on offer into the description, and to what can be read how it is refused."""
    parts = result.setdefault("components", {})
    parts["schemas"] = parts.get("schemas", {}) | COMPONENTS
    parts["securitySchemes"] = WAYS_IN
    result["security"] = [{TOKEN: []}, {SESSION: []}]
    for address, path in result["paths"].items():
        for operation in path.values():
            operation.pop("security", None)
            _describe_reading(operation, address, parts["schemas"])
    for subject in SUBJECTS.values():
        for act in acts.of_model(subject.model):
            result["paths"][f"/api/v1/{subject.plural}/{{ref}}/{act.slug}/"] = {"post": _operation(subject, act)}
    return result


def _describe_reading(operation: dict, address: str, known: dict) -> None:
    """Say of a reading in words what it answers, of one thing or of a page of them, and how it is refused."""
    plural, is_one = address.split("/")[3], "{ref}" in address
    operation["summary"] = f"Read one of the {plural}" if is_one else f"List the {plural}"
    for asked in operation.get("parameters", []):
        asked["example"] = _ref_of(plural) if asked["name"] == "ref" else 1
    answered = operation["responses"]["200"]
    answered["description"] = "As it stands now." if is_one else "Fifty at a time; next is the address of the others."
    _exemplify(answered, known)
    operation["responses"] |= _refusals(READ)


def _ref_of(plural: str) -> str:
    return REFS.get(plural, REF)


def example_of(schema: dict, known: dict[str, dict] | None = None) -> Any:
    """An answer of the shape that a schema describes.

    known: the shapes it may name.
    """
    known = known or {}
    for wrapped in ("allOf", "oneOf", "anyOf"):
        if wrapped in schema:
            return example_of(schema[wrapped][0], known)
    if "$ref" in schema:
        return example_of(known[schema["$ref"].rpartition("/")[2]], known)
    if "example" in schema:
        return schema["example"]
    if schema.get("enum"):
        return schema["enum"][0]
    kind = schema.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        asked = schema.get("properties", {})
        return {name: _named(name, one) or example_of(one, known) for name, one in asked.items()}
    if kind == "array":
        return [example_of(schema["items"], known)]
    return {"integer": 1, "number": 1, "boolean": True}.get(kind, _text_of(schema))


def _named(name: str, schema: dict) -> Any:
    found = NAMED.get(name, "")
    fits = isinstance(found, list) == (schema.get("type") == "array")
    return found if fits and not schema.keys() & {"enum", "$ref", "allOf", "format"} else ""


def _text_of(schema: dict) -> str:
    formats = {
        "uuid": "6c7f1d1e-6a58-4a0b-8d2b-0f7a3a2f9c11",
        "date": "2026-11-20",
        "date-time": "2026-11-20T09:30:00+00:00",
        "uri": "https://daybook.example/api/v1/concerns/?page=2",
    }
    return formats.get(schema.get("format", ""), "In a few words."[: schema.get("maxLength") or None])


def _exemplify(response: dict, known: dict) -> None:
    for content in response.get("content", {}).values():
        if content.get("schema") and "example" not in content:
            content["example"] = example_of(content["schema"], known)


def _refusals(statuses) -> dict:
    shape = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {
            "description": TITLES[int(status)],
            "content": {
                PROBLEM: shape
                | {
                    "example": {
                        "type": "about:blank",
                        "status": int(status),
                        "title": TITLES[int(status)],
                        "detail": REASONS.get(status) or DETAILS[int(status)],
                    }
                }
            },
        }
        for status in statuses
    }


def _operation(subject, act) -> dict:
    asked = act.form.json_schema()
    done = {"schema": {"$ref": "#/components/schemas/Done"}}
    done["example"] = {"done": act.name, "ref": REF, "page": f"/{subject.shown_under}/{_ref_of(subject.plural)}/"}
    return {
        "operationId": f"{subject.plural}_{act.name}",
        "summary": act.label,
        "description": act.sentence,
        "tags": [subject.plural],
        "parameters": [
            {"name": "ref", "in": "path", "required": True, "schema": TEXT, "example": _ref_of(subject.plural)},
            KEY,
            SEEN,
            LOOKED,
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": asked, "example": example_of(asked)}},
        },
        "responses": {
            status: {"description": words, "content": {"application/json": done}} for status, words in DONE.items()
        }
        | _refusals(ACTED),
    }
