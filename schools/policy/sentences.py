"""A mistake in a pack, said in one plain sentence."""

import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple, get_args

from pydantic_core import ErrorDetails

from .taxonomy import Closed

Place = tuple[str | int, ...]

SHOULD_BE = {
    "string_type": "text in quotes",
    "bool_type": "true or false, without quotes",
    "int_type": "a whole number",
    "tuple_type": "a list in square brackets",
    "dict_type": "a table of keys and values",
    "model_type": "a table of keys and values",
    "model_attributes_type": "a table of keys and values",
}
UNREADABLE = {
    "Cannot overwrite a value": "the same key or heading stands twice",
    "Cannot declare": "the same heading stands twice",
    "Cannot mutate immutable namespace": "a key is added to a table that is already closed",
    "Cannot redefine namespace": "the same heading stands twice",
    "Unterminated string": "a text has no closing quotes",
    "Found invalid character '\\n'": "a text has no closing quotes",
    "Illegal character": "there is a character in it that a text may not hold",
    "Unclosed array": "a list has no closing bracket",
    "Unclosed inline table": "a table has no closing brace",
    "Expected '=' after a key": "a key has no equals sign after it",
    "Invalid value": "there is no proper value after the equals sign; text needs quotes",
    "Invalid date or datetime": "there is no such date",
    "Expected newline or end of document": "there is something left over after the value",
    "Invalid initial character for a key": "a key is expected where the line begins",
    "Invalid statement": "it is neither a key, a heading nor a comment",
    "Expected ']": "a heading has no closing bracket",
    "Unescaped '\\'": "a backslash in a text must be written twice",
}
PATTERNS = {
    "an id of an item": "write the trust's letters, a hyphen and a number, such as ALS-B04",
    "an id for a policy": "use small letters, digits, dots and hyphens, such as allsaints-2022",
    "a plain key": "use small letters, digits and underscores",
}


class Problem(NamedTuple):
    """A mistake: the line it stands in, from 1, and what is wrong."""

    line: int
    sentence: str


def of_toml(text: str, error: Exception) -> Problem:
    """The sentence for a text that is not TOML at all.

    text: the pack. error: what tomllib raised.
    """
    message = str(error)
    at = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(at[1]) if at else max(1, len(text.rstrip().splitlines()))
    if not isinstance(error, tomllib.TOMLDecodeError):
        return Problem(1, "The file cannot be read, because it holds a number or a nesting beyond all measure.")
    why = next((plain for start, plain in UNREADABLE.items() if message.startswith(start)), "it is not TOML")
    return Problem(line, f"This line cannot be read: {why}.")


def of_shape(found: ErrorDetails, document: dict, model: type[Closed]) -> tuple[Place, str]:
    """The place and the sentence for a value that has the wrong shape.

    found: one error of the typed models. document: what was read. model: the shape it must have.
    """
    place = tuple(part for part in found["loc"] if part != "[key]")
    return place, _sentence(found, place, document, model)


def _sentence(found: ErrorDetails, place: Place, document: dict, model: type[Closed]) -> str:
    kind, name, value = found["type"], _name(place), found["input"]
    around, of = _around(place, document)
    if kind == "sentence":
        return f"In {name}{of}, {found['ctx']['sentence']}."
    if kind == "missing":
        return f"{around}, “{name}” is missing."
    if kind == "extra_forbidden":
        return f"{around}, “{name}” is not a key that belongs there{_near(place, model)}."
    if kind == "literal_error":
        choices = re.sub(r" or (?='[^']*'$)", ", ", found["ctx"]["expected"]).replace("'", "")
        said = f"“{value}”" if isinstance(value, str) else "what stands there"
        return f"In {name}{of}, {said} is none of the choices, which are {choices}."
    if kind == "string_pattern_mismatch":
        shape = _shape(place)
        return f"In {name}{of}, “{value}” is not {shape}; {PATTERNS[shape]}."
    if kind == "string_too_short":
        return f"{around}, “{name}” is empty."
    if kind == "string_too_long":
        return f"{around}, “{name}” is longer than {found['ctx']['max_length']} characters."
    every = "every entry of " if isinstance(place[-1], int) else ""
    return f"{around}, {every}“{name}” must be {SHOULD_BE[kind]}."


def _around(place: Place, document: dict) -> tuple[str, str]:
    """The item or table that a place lies in, to begin a sentence with and to follow the name of a key."""
    if len(place) < 2 or (isinstance(place[1], int) and len(place) == 2):
        return "At the top of the file", ""
    if isinstance(place[1], str):
        return f"Under [{place[0]}]", f" under [{place[0]}]"
    item = document[place[0]][place[1]]
    named = item.get("id") if place[-1] != "id" else None
    called = named if isinstance(named, str) else f"item {place[1] + 1} of {place[0]}"
    return f"In {called}", f" of {called}"


def _name(place: Place) -> str:
    return next(part for part in reversed(place) if isinstance(part, str))


def _shape(place: Place) -> str:
    if place[-1] == "id":
        return "an id for a policy" if len(place) == 1 else "an id of an item"
    return "a plain key"


def _near(place: Place, model: type[Closed]) -> str:
    near = get_close_matches(str(place[-1]), _keys_around(place[:-1], model), n=1, cutoff=0.7)
    return f"; perhaps “{near[0]}” is meant" if near else ""


def _keys_around(place: Place, model: type[Closed]) -> list[str]:
    for part in place:
        if isinstance(part, str):
            model = next(_models(model.model_fields[part].annotation))
    return list(model.model_fields)


def _models(annotation: object) -> Iterator[type[Closed]]:
    if isinstance(annotation, type) and issubclass(annotation, Closed):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
