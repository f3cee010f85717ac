"""The kinds of thing that have an address: how each is called in a URL and how one is found."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from schools import references


@dataclass(frozen=True)
class Subject:
    """A kind of thing that acts are done to.

    plural: the word in its address. model: its table. has_reference: found by a random reference; otherwise by slug.
    """

    plural: str
    model: type[models.Model]
    has_reference: bool = True
    page: str = ""

    def find(self, viewer, ref: str) -> Any | None:
        """The thing with this reference if it exists for this person, else None: absent and hidden look the same."""
        rows = self.model._default_manager.visible_to(viewer).select_related("record")
        if not self.has_reference:
            return rows.filter(slug=ref).first()
        tidy = references.tidy(ref)
        return rows.filter(ref=tidy).first() if tidy else None


SUBJECTS: dict[str, Subject] = {}


def address(plural: str, model: type[models.Model], *, has_reference: bool = True, page: str = "") -> None:
    """Give a kind of thing its word in addresses."""
    SUBJECTS[plural] = Subject(plural, model, has_reference, page)


def plural_of(model: type[models.Model]) -> str:
    return next(subject.plural for subject in SUBJECTS.values() if subject.model is model)


def path_of(thing) -> str:
    """The address of a thing's own page."""
    return f"/{plural_of(type(thing))}/{thing.ref}/"
