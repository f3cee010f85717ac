"""The description of the API: every act with its questions, beside what can be read."""

from schools import acts
from schools.subjects import SUBJECTS

ANSWERS = {
    "200": "The same key was sent before: nothing was done twice.",
    "201": "Done.",
    "400": "An answer needs putting right.",
    "401": "Sign in first.",
    "403": "You may see this and may not do that.",
    "404": "There is nothing here.",
    "409": "Not now, with the reason.",
}


def add_acts(result, generator, request, public):
    """Put one path for each act on offer into the description."""
    for subject in SUBJECTS.values():
        for act in acts.of_model(subject.model):
            result["paths"][f"/api/v1/{subject.plural}/{{ref}}/{act.slug}/"] = {"post": _operation(subject, act)}
    return result


def _operation(subject, act) -> dict:
    problem = {
        "type": "object",
        "properties": {"status": {"type": "integer"}, "title": {"type": "string"}, "detail": {"type": "string"}},
    }
    return {
        "operationId": f"{subject.plural}_{act.name}",
        "summary": act.label,
        "description": act.sentence,
        "tags": [subject.plural],
        "parameters": [
            {"name": "ref", "in": "path", "required": True, "schema": {"type": "string"}},
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": True,
                "schema": {"type": "string", "minLength": 8, "maxLength": 64},
            },
        ],
        "requestBody": {"content": {"application/json": {"schema": act.form.json_schema()}}},
        "responses": {
            status: {
                "description": words,
                "content": {"application/json": {"schema": problem if status > "201" else {"type": "object"}}},
            }
            for status, words in ANSWERS.items()
        },
    }
