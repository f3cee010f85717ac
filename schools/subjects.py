"""The kinds of thing that have an address: how each is called in a URL and how one is found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from schools import references
from schools.roles import MATTERS, Kind


@dataclass(frozen=True)
class Subject:
    """A kind of thing that acts are done to.

    plural: the word in its address. model: its table. has_reference: found by a random reference; otherwise by slug.
    shown_under: the word of the page on which it is shown, when that is another thing's. kinds: of which records it is.
    along: what its page always needs of other tables, read together with it.
    """

    plural: str
    model: type[models.Model]
    has_reference: bool = True
    shown_under: str = ""
    kinds: frozenset[Kind] = MATTERS
    along: tuple[str, ...] = ()

    def find(self, viewer, ref: str) -> Any | None:
        """The thing with this reference if it exists for this person, else None: absent and hidden look the same."""
        rows = self.model._default_manager.visible_to(viewer).select_related("record", *self.along)
        name = references.tidy(ref) if self.has_reference else ref
        if not name:
            return None
        found = rows.filter(**{"ref" if self.has_reference else "slug": name}).first()
        if found is not None and rows.shows_record:
            viewer.found(found.record)
        return found


SUBJECTS: dict[str, Subject] = {}


def address(
    plural: str,
    model: type[models.Model],
    *,
    has_reference: bool = True,
    shown_under="",
    kinds: Iterable[Kind] = MATTERS,
    along: Iterable[str] = (),
) -> None:
    """Give a kind of thing its word in addresses."""
    SUBJECTS[plural] = Subject(plural, model, has_reference, shown_under or plural, frozenset(kinds), tuple(along))


def kind_of(model: type[models.Model]) -> Subject:
    return next(subject for subject in SUBJECTS.values() if subject.model is model)


def along(model: type[models.Model]) -> tuple[str, ...]:
    """What the page of a kind of thing always needs of other tables; nothing for what has no address yet."""
    return next((subject.along for subject in SUBJECTS.values() if subject.model is model), ())


def path_of(thing) -> str:
    """The address of the page on which a thing is shown."""
    return f"/{kind_of(type(thing)).shown_under}/{thing.ref}/"


def act_path(thing, slug: str) -> str:
    """The address of the page of one act on a thing."""
    return f"/{kind_of(type(thing)).plural}/{thing.ref}/{slug}/"
