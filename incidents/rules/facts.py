"""The facts a reported concern is routed by, read strictly, with one sentence for the first thing that is wrong."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from schools import conflict
from schools.calendar import LONDON, nation_named
from schools.policy import taxonomy

KINDS = (
    "staff", "agency", "contractor", "volunteer", "governor", "trustee", "external", "pupil", "former_pupil", "parent",
    "former_staff",
)  # fmt: skip
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Labels that a caller's row of concerns may carry; they say nothing about the route.
LABELS = frozenset({"id", "ref", "key", "trust", "school"})


def _one_of(noun: str, words: Any) -> Any:
    def check(word: str) -> str:
        if word not in words():
            raise PydanticCustomError("sentence", "{s}", {"s": f"“{word}” is not a {noun} this program knows."})
        return word

    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(words())})]


def _day_or_part_of_one(text: str) -> str:
    """A day, a month or a year, as far as it is known; a full time is cut to its day in the United Kingdom."""
    for length, form in ((4, "%Y"), (7, "%Y-%m"), (10, "%Y-%m-%d")):
        if len(text) == length:
            try:
                datetime.strptime(text, form)  # noqa: DTZ007  (a day has no zone)
            except ValueError:
                break
            return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        sentence = f"“{text}” is not a day; write it as 2026-02-24, or 2026-02 or 2026 where no more is known."
        raise PydanticCustomError("sentence", "{s}", {"s": sentence})
    return moment.astimezone(LONDON).date().isoformat()


Code = _one_of("code", lambda: taxonomy().codes)
AnyCode = _one_of("code", lambda: taxonomy().codes | taxonomy().subcodes)
Direction = _one_of("direction", lambda: taxonomy().directions)
Part = _one_of("part", lambda: conflict.PARTS)
Kind = _one_of("kind of person", lambda: KINDS)
Relation = _one_of("relation", lambda: conflict.RELATIONS)
Flag = _one_of("flag", lambda: taxonomy().flags)
Circumstance = _one_of("circumstance", lambda: taxonomy().circumstances)
PartialDay = Annotated[str, AfterValidator(_day_or_part_of_one)]
Key = Annotated[str, Field(min_length=1)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Related(_Closed):
    """One tie between two people: this person is `kind` of `to`."""

    to: Key
    kind: Relation


class Person(_Closed):
    """Somebody named in the concern, and what they are in it."""

    key: Key
    part: Part | None = None
    kind: Kind | None = None
    roles: tuple[str, ...] = ()
    relations: tuple[Related, ...] = ()
    in_issue: tuple[Literal["instruction", "approval", "failure"], ...] = ()
    left_on: date | None = None


class Facts(_Closed):
    """What is known of a concern when it is triaged; whatever is absent is unknown."""

    code: Code
    secondary: tuple[AnyCode, ...] = ()
    direction: Direction | None = None
    reported_at: AwareDatetime
    known_at: AwareDatetime | None = None
    asked_again_at: AwareDatetime | None = None
    known_by_roles: tuple[str, ...] | None = None
    conduct_on: PartialDay | None = None
    threat: bool = False
    child_at_risk: bool = False
    people: tuple[Person, ...] = ()
    office_holders: dict[str, tuple[str, ...]] = {}
    nation: Annotated[str, AfterValidator(nation_named)] = "england"
    flags: tuple[Flag, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Primary and secondary codes, without sub-codes, each once."""
        return tuple(code for code in dict.fromkeys((self.code, *self.secondary)) if code in taxonomy().codes)

    @cached_property
    def way(self) -> str:
        """Who did it to whom: as given, or what the primary code usually means."""
        return self.direction or taxonomy().codes[self.code].default_direction

    @cached_property
    def first_known_at(self) -> datetime:
        """The earlier of the report and the moment a member of staff first knew."""
        return min(self.reported_at, self.known_at or self.reported_at)

    @cached_property
    def known_first_by(self) -> frozenset[str]:
        """The offices of those who first knew: as given, otherwise those of whoever reported it."""
        if self.known_by_roles is not None:
            return frozenset(self.known_by_roles)
        return frozenset().union(*(self.offices_of(person) for person in self.having("reporter")))

    @cached_property
    def reported_on(self) -> date:
        """The day of the report in the United Kingdom."""
        return self.reported_at.astimezone(LONDON).date()

    @cached_property
    def adults_it_is_about(self) -> tuple[Person, ...]:
        """Whoever it is about and works in or for the school, or worked here when it may have happened."""
        return tuple(person for person in self.people if person.part == "subject" and self._works_here(person))

    def offices_of(self, person: Person) -> frozenset[str]:
        """Every role and office of one person, from their own row and from the list of office-holders."""
        held = (office for office, keys in self.office_holders.items() if person.key in keys)
        return frozenset((*person.roles, *held))

    def having(self, part: str) -> tuple[Person, ...]:
        """The people with one part in the concern."""
        return tuple(person for person in self.people if person.part == part)

    def _works_here(self, person: Person) -> bool:
        if person.kind == "former_staff":
            return not self._left_before_it(person)
        if person.kind is None:
            return self.way == "staff_act" or bool(self.offices_of(person))
        return person.kind in taxonomy().threshold_question.asked_of_kinds

    def _left_before_it(self, person: Person) -> bool:
        if person.left_on is None or self.conduct_on is None:
            return False
        return self.conduct_on > person.left_on.isoformat()[: len(self.conduct_on)]


def read(facts: Mapping[str, Any]) -> Facts:
    """The facts of a concern, checked.

    facts: the keys of `Facts`; an absent, null or empty one is unknown. Where only the day of the first knowledge is
        known, its first moment is taken, so that no clock starts late.

    Raises ValueError, with one plain sentence, for the first fact that is missing, unknown or wrong.
    """
    if not isinstance(facts, Mapping):
        raise ValueError("The facts of a concern are one object with named facts.")
    if isinstance(facts.get("people"), list | tuple):
        facts = dict(facts) | {"people": [_known_only(person) for person in facts["people"]]}
    known = {name: value for name, value in _known_only(facts).items() if name not in LABELS}
    if DAY.fullmatch(str(known.get("known_at"))):
        known["known_at"] = datetime.combine(date.fromisoformat(str(known["known_at"])), time(), LONDON)
    try:
        return Facts.model_validate_json(json.dumps(known, default=_plain))
    except ValidationError as error:
        raise ValueError(_sentence(error)) from None


def _known_only(row: Any) -> Any:
    if not isinstance(row, Mapping):
        return row
    return {name: value for name, value in row.items() if value is not None and value != ""}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise ValueError(f"“{value}” is not a fact that can be read.")


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(step) for step in first["loc"])
    match first["type"]:
        case "sentence":
            return first["msg"]
        case "missing":
            return f"“{where}” is missing."
        case "extra_forbidden":
            return f"“{where}” is not a fact this program knows."
        case "timezone_aware":
            return f"“{where}” needs its zone, as in 2026-02-24T13:20:00+00:00."
        case "value_error":
            return str(first["ctx"]["error"])
    return f"“{where}” cannot be read: {first['msg'][0].lower()}{first['msg'][1:]}."
