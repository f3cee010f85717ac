"""From the text of a pack to a Policy, or to everything that is wrong with it."""

import hashlib
import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from .crosscheck import contradictions
from .lines import Lines
from .model import Policy
from .sentences import Place, Problem, of_shape, of_toml
from .taxonomy import PACKS, Closed, as_json

LONGEST = 500_000
Shape = TypeVar("Shape", bound=Closed)


class Invalid(ValueError):
    """A pack that cannot be adopted; `problems` lists every mistake with its line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"line {problem.line}: {problem.sentence}" for problem in problems))
        self.problems = problems


def parse(text: str) -> Policy:
    """The policy that a pack describes.

    text: TOML. Raises Invalid with every mistake found, in the order of their lines.
    """
    policy, found = read(text, Policy, _nothing_more)
    if found:
        raise Invalid(found)
    return policy


def problems(text: str) -> list[Problem]:
    """Every mistake in a pack as a plain sentence with its line; none where it can be adopted.

    text: TOML.
    """
    return read(text, Policy, _nothing_more)[1]


def load(path: Path | str) -> Policy:
    """The policy in a file.

    path: a TOML file in UTF-8. Raises Invalid where it holds a mistake, OSError where it cannot be read.
    """
    try:
        return parse(Path(path).read_text("utf-8"))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Invalid([Problem(line, "This line is not in UTF-8; save the file as UTF-8.")]) from None


@lru_cache(maxsize=1)
def shipped() -> dict[str, Policy]:
    """The packs that come with the product, by their id."""
    found = [load(path) for path in sorted(PACKS.glob("*.toml")) if path.name != "taxonomy.toml"]
    return {policy.id: policy for policy in found}


def ours() -> Policy:
    """Our own model policy: what we suggest to a trust that has adopted none."""
    return shipped()["model"]


def text_of(pack_id: str) -> str:
    """The text of a pack that comes with the product. Raises KeyError for an id that is none of theirs."""
    if pack_id not in shipped():
        raise KeyError(pack_id)
    return (PACKS / f"{pack_id}.toml").read_text("utf-8")


def digest(text: str) -> str:
    """The SHA-256 of a pack's text, the same whichever way its lines end.

    text: TOML.
    """
    return hashlib.sha256(re.sub(r"\r\n?", "\n", text).encode()).hexdigest()


def json_schema() -> dict:
    """The published JSON Schema of a pack."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Policy.model_json_schema()}


def read(
    text: str, model: type[Shape], more: Callable[[dict], list[tuple[Place, str]]]
) -> tuple[Shape | None, list[Problem]]:
    """What a text describes, or None and every mistake in it.

    text: TOML. model: the shape it must have. more: further checks of what was read, each with place and sentence.
    """
    text = text.removeprefix("\ufeff")  # the sign that some editors put before a text in UTF-8
    if len(text) > LONGEST:
        return None, [Problem(1, f"The file is longer than {LONGEST:,} characters; a policy is not.")]
    try:
        document = tomllib.loads(text)
        as_strict = as_json(document)
    except (ValueError, RecursionError) as error:
        return None, [of_toml(text, error)]
    found, mistakes = None, []
    try:
        found = model.model_validate_json(as_strict)
    except ValidationError as error:
        mistakes = [of_shape(mistake, document, model) for mistake in error.errors()]
    mistakes += contradictions(document) + more(document)
    if not mistakes:
        return found, []
    lines = Lines(text)
    return None, sorted({Problem(lines.of(place), sentence) for place, sentence in mistakes})


def _nothing_more(document: dict) -> list[tuple[Place, str]]:
    return []
