"""SealedText: a column that holds a closed envelope and never the words."""

import base64
import uuid
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import FieldError
from django.db import models

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Envelope:
    """Encrypted words and the names of where they belong; opened on purpose by `sealing.open_rows`."""

    record_id: uuid.UUID
    row_id: uuid.UUID
    sealed: bytes

    @classmethod
    def from_text(cls, text: str) -> "Envelope":
        version, record, row, body = text.split(".")
        if version != VERSION:
            raise ValueError(f"an envelope of version {version} cannot be read")
        return cls(uuid.UUID(record), uuid.UUID(row), base64.b64decode(body))

    def __str__(self) -> str:
        body = base64.b64encode(self.sealed).decode()
        return f"{VERSION}.{self.record_id.hex}.{self.row_id.hex}.{body}"


def place(*, record_id: uuid.UUID, model: str, field: str, row_id: uuid.UUID) -> bytes:
    """The bytes an envelope is bound to, so that it opens nowhere else."""
    return f"sealed/{VERSION}|{record_id.hex}|{model}|{field}|{row_id.hex}".encode()


class SealedText(models.TextField):
    """Free text under the key of its record. Filtering by its words is refused; rows are ordered by clear columns."""

    def __init__(self, **options):
        options.setdefault("null", True)
        options.setdefault("blank", True)
        super().__init__(**options)

    def from_db_value(self, value, expression, connection):
        return None if value is None else Envelope.from_text(value)

    def to_python(self, value):
        if value is None or isinstance(value, Envelope):
            return value
        return Envelope.from_text(value)

    def get_prep_value(self, value):
        if value is None:
            return None
        if not isinstance(value, Envelope):
            raise TypeError(f"{self.name} takes sealed text: seal it first")
        return str(value)

    def value_to_string(self, instance):
        value = self.value_from_object(instance)
        return None if value is None else str(value)

    def get_lookup(self, lookup_name):
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is sealed: it cannot be filtered or ordered by its words")

    def get_transform(self, lookup_name):
        raise FieldError(f"{self.name} is sealed: it cannot be filtered or ordered by its words")


@cache
def sealed_fields(model: type[models.Model]) -> tuple[SealedText, ...]:
    """The sealed columns of a model."""
    return tuple(field for field in model._meta.concrete_fields if isinstance(field, SealedText))
