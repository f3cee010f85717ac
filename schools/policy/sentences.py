"""A mistake in a pack, said in one plain sentence."""

import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple, get_args

from pydantic_core import ErrorDetails

from .model import Policy
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
    "id": "“{value}” is not an id {place}; write the trust's letters, a hyphen and a number, such as ALS-B04.",
    "pack": "“{value}” is not an id for a pack; use small letters, digits, dots and hyphens, such as allsaints-2022.",
    "key": "“{value}” is not a plain key {place}; use small letters, digits and underscores.",
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
        return Problem(1, "The pack cannot be read, because it holds a number or a nesting beyond all measure.")
    why = next((plain for start, plain in UNREADABLE.items() if message.startswith(start)), "it is not TOML")
    return Problem(line, f"This line cannot be read: {why}.")


def of_shape(found: ErrorDetails, document: dict) -> tuple[Place, str]:
    """The place and the sentence for a value that has the wrong shape.

    found: one error of the typed models. document: what was read.
    """
    place = tuple(part for part in found["loc"] if part != "[key]")
    return place, _sentence(found, place, document)


def _sentence(found: ErrorDetails, place: Place, document: dict) -> str:
    kind, name, value = found["type"], _name(place), found["input"]
    where = whereabouts(place, document)
    if kind == "sentence":
        return f"{found['ctx']['sentence']} ({name} {where})."
    if kind == "missing":
        return f"“{name}” is missing {where}."
    if kind == "extra_forbidden":
        return f"“{name}” is not a key that stands {where}{_near(place)}."
    if kind == "literal_error":
        choices = re.sub(r" or (?='[^']*'$)", ", ", found["ctx"]["expected"]).replace("'", "")
        return f"“{value}” is not a {name} {where}; the choices are {choices}."
    if kind == "string_pattern_mismatch":
        return PATTERNS[_pattern(place)].format(value=value, place=f"for {name} {where}")
    if kind == "string_too_short":
        return f"“{name}” is empty {where}."
    if kind == "string_too_long":
        return f"“{name}” is longer than {found['ctx']['max_length']} characters {where}."
    return f"“{name}” must be {SHOULD_BE[kind]} {where}."


def whereabouts(place: Place, document: dict) -> str:
    """The item or table that a place lies in, as words to end a sentence with.

    place: keys and list positions from the top. document: what was read.
    """
    if len(place) < 2:
        return "at the top of the pack"
    if isinstance(place[1], str):
        return f"under [{place[0]}]"
    items = document.get(place[0])
    item = items[place[1]] if isinstance(items, list) and place[1] < len(items) else None
    named = item.get("id") if isinstance(item, dict) else None
    return f"in {named}" if isinstance(named, str) else f"in item {place[1] + 1} of {place[0]}"


def _name(place: Place) -> str:
    return next((part for part in reversed(place) if isinstance(part, str)), "the pack")


def _pattern(place: Place) -> str:
    if place[-1] == "id":
        return "pack" if len(place) == 1 else "id"
    return "key"


def _near(place: Place) -> str:
    near = get_close_matches(str(place[-1]), _keys_around(place[:-1]), n=1, cutoff=0.6)
    return f"; perhaps “{near[0]}” is meant" if near else ""


def _keys_around(place: Place) -> list[str]:
    model: type[Closed] = Policy
    for part in place:
        if isinstance(part, str):
            model = next(_models(model.model_fields[part].annotation))
    return list(model.model_fields)


def _models(annotation: object) -> Iterator[type[Closed]]:
    if isinstance(annotation, type) and issubclass(annotation, Closed):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
