"""The shared words that every policy pack is checked against, read once from packs/taxonomy.toml."""

import json
import tomllib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

PACKS = Path(__file__).resolve().parent.parent / "packs"


class Closed(BaseModel):
    """A frozen table that refuses unknown keys and never guesses a type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def as_json(document: dict) -> str:
    """The document as strict checking takes it: lists for tuples, dates as text, every other type as it stands.

    document: what tomllib read.
    """
    return json.dumps(document, default=str)


class Code(Closed):
    label: str
    default_direction: str
    opens: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    subcodes: dict[str, str] = {}
    tell_only: tuple[str, ...] = ()
    restricted: bool = False
    attachments: Literal["allowed", "forbidden"] = "allowed"
    police_prompt: str | None = None
    gross_misconduct_possible: bool = False
    adverse_to_reporter: bool = True
    linked_to_another_concern: bool = False


class Screen(Closed):
    title: str
    questions: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    required: tuple[str, ...] = ()


class ThresholdQuestion(Closed):
    wording: str
    answers: tuple[str, ...]
    opens_limbs: tuple[str, ...]
    needs_one_line: tuple[str, ...]
    asked_of_parts: tuple[str, ...]
    asked_of_kinds: tuple[str, ...]
    not_asked_for: tuple[str, ...]
    answered_by: tuple[str, ...]
    answered_instead_by: tuple[str, ...]
    consulted: tuple[str, ...]
    source: str


class Flag(Closed):
    meaning: str
    route: str
    attachments: Literal["allowed", "forbidden"] = "allowed"
    values: tuple[str, ...] = ()


class ProtectedSpeechCheck(Closed):
    before: tuple[str, ...]
    codes: tuple[str, ...]
    direction: str
    answers: tuple[str, ...]
    questions: dict[str, str]
    rule: str
    source: str


class Taxonomy(Closed):
    version: int
    codes: dict[str, Code]
    directions: dict[str, str]
    roles: dict[str, str]
    people: dict[str, str]
    circumstances: dict[str, str]
    evidence: dict[str, str]
    forms_of_approval: dict[str, str]
    conditions_of_approval: dict[str, str]
    reasons_for_monitoring: dict[str, str]
    consent_models: dict[str, str]
    topics: dict[str, str]
    kinds_of_record: dict[str, str]
    starts_of_keeping: dict[str, str]
    screens: dict[str, Screen]
    threshold_question: ThresholdQuestion
    flags: dict[str, Flag]
    protected_speech_check: ProtectedSpeechCheck

    @cached_property
    def parties(self) -> dict[str, str]:
        """Everyone a duty may bind or reach: office-holders first, then other people and bodies."""
        return self.roles | self.people

    @cached_property
    def subcodes(self) -> dict[str, str]:
        """Each sub-code and the code that it belongs to."""
        return {sub: code for code, entry in self.codes.items() for sub in entry.subcodes}

    @cached_property
    def in_words(self) -> dict[str, str]:
        """What each code and each sub-code means, as people say it."""
        labels = {code: entry.label for code, entry in self.codes.items()}
        return labels | {sub: said for entry in self.codes.values() for sub, said in entry.subcodes.items()}

    def opening(self, screen: str) -> tuple[str, ...]:
        """The codes that open a screen, whether primary or secondary.

        screen: one of the screens of the taxonomy, such as harm_threshold.
        """
        return self._opening.get(screen, ())

    @cached_property
    def _opening(self) -> dict[str, tuple[str, ...]]:
        return {
            screen: tuple(code for code, entry in self.codes.items() if screen in entry.opens)
            for screen in self.screens
        }


@lru_cache(maxsize=1)
def taxonomy() -> Taxonomy:
    """The concern categories, directions, roles, flags and standing questions that all schools share."""
    return Taxonomy.model_validate_json(as_json(tomllib.loads((PACKS / "taxonomy.toml").read_text("utf-8"))))
