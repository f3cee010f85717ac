"""Reading tables as the plain text they hold, so that nothing put into them behind our back can stop the reading."""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from django.apps import apps
from django.db import connection, connections, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Cast

from schools import ledger
from schools.models import Record, Versioned

TOGETHER = 1000  # records a question is asked about at once
FETCHED = 2000  # rows taken from the database at once
REMEMBERED = 50_000  # the same identifiers and moments stand in many columns


@contextmanager
def one_moment():
    """Read everything as it stands at one moment, while others go on writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # `atomic` would take the one place of the writer and keep everyone waiting.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def read(rows: models.QuerySet, names: list[str], *, bare: list[str] = (), stream: bool = False) -> Iterator[tuple]:
    """The named columns of rows as text, exactly as stored, then the bare ones as the database gives them."""
    return _run(rows.db, *_written(rows, names, bare), stream=stream)


def _written(rows: models.QuerySet, names: list[str], bare: list[str] = ()) -> tuple[str, tuple]:
    texts = {f"text_{name}": Cast(F(name), models.TextField()) for name in names}
    return rows.annotate(**texts).values_list(*texts, *bare).query.get_compiler(using=rows.db).as_sql()


def _run(alias: str, sql: str, parameters, *, stream: bool = False) -> Iterator[tuple]:
    database = connections[alias]
    with database.chunked_cursor() if stream else database.cursor() as cursor:
        cursor.execute(sql, parameters)
        while found := cursor.fetchmany(FETCHED):
            yield from found


@dataclass(frozen=True)
class Stretch:
    """The records between two identifiers: every row of every table falls into exactly one stretch."""

    after: uuid.UUID | None
    upto: uuid.UUID | None

    def of(self, path: str) -> Q:
        before = Q() if self.upto is None else Q(**{f"{path}__lte": self.upto})
        if self.after is None:
            return before
        later = Q(**{f"{path}__gt": self.after})
        # A row that was cut off from every record is read with the last ones.
        return later & before if self.upto else later | Q(**{f"{path}__isnull": True})

    @property
    def parameters(self) -> list:
        """The values of that condition, as the database takes them."""
        prepared = Record._meta.pk.get_db_prep_value
        return [prepared(border, connection) for border in (self.after, self.upto) if border is not None]


def stretches() -> Iterator[Stretch]:
    """All records in order, about a thousand at a time."""
    names = [identifier(text) for (text,) in read(Record.objects.order_by("pk"), ["pk"], stream=True)]
    borders = [uuid.UUID(name) for name in names[TOGETHER - 1 :: TOGETHER] if is_identifier(name)]
    yield from map(Stretch, [None, *borders], [*borders, None])


def alone(record: uuid.UUID) -> Stretch:
    """The stretch that holds one record and no other."""
    return Stretch(uuid.UUID(int=record.int - 1), record)


@lru_cache(maxsize=REMEMBERED)
def identifier(text: str | None) -> str:
    """An identifier as the history writes it, whatever way the database stores it; what is none is left as it is."""
    try:
        return str(uuid.UUID(text))
    except (ValueError, AttributeError, TypeError):
        return text or ""


def is_identifier(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=REMEMBERED)
def moment(text: str | None) -> str:
    """A moment as the history writes it; what is none is left as it is."""
    try:
        found = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return text or ""
    return ledger.stamp(found if found.tzinfo else found.replace(tzinfo=UTC))


def whole_number(text: str | None) -> int:
    """A number, or -1 for what is none."""
    return int(text) if text and text.isdecimal() and text.isascii() else -1


def _json(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        return text


TRUTH = {"1": "True", "0": "False", "true": "True", "false": "False"}


def writing_of(field: models.Field) -> Callable[[str], str] | None:
    """How to turn stored text of a column into the text the history writes; None where they are the same."""
    target = field
    while target.is_relation:  # the key of a part is itself a link, to its record
        target = target.target_field
    if isinstance(target, models.UUIDField):
        return identifier
    if isinstance(target, models.DateTimeField):
        return moment
    if isinstance(target, models.BooleanField):
        return lambda text: TRUTH.get(text, text)
    return _json if isinstance(target, models.JSONField) else None


def written(field: models.Field, text: str | None) -> str | None:
    """Stored text of one column as the history writes it."""
    writing = writing_of(field)
    return text if text is None or writing is None else writing(text)


@dataclass(frozen=True)
class Table:
    """A versioned table and the table of its versions, column by column."""

    model: type[models.Model]
    label: str
    path: str
    names: list[str]
    columns: list[str]
    writings: list[Callable[[str], str] | None]

    @property
    def key_at(self) -> int:
        return self.names.index(self.model._meta.pk.attname)

    @property
    def record_at(self) -> int:
        return self.names.index(self.path)

    def live(self, stretch: Stretch) -> Iterator[tuple]:
        sql = _statement(self.model, (*self.names,), self.path, None, stretch.after is None, stretch.upto is None)
        return _run(connection.alias, sql, stretch.parameters)

    def versions(self, stretch: Stretch) -> Iterator[tuple]:
        """Of each version in order: number, date, account, kind, reason, and then its columns."""
        names, model = (*ABOUT, *self.names), self.model.history.model
        sql = _statement(model, names, self.path, "history_id", stretch.after is None, stretch.upto is None)
        return _run(connection.alias, sql, stretch.parameters)


@lru_cache(maxsize=1024)
def _statement(model, names: tuple[str, ...], path: str, order: str | None, from_start: bool, to_end: bool) -> str:
    """Writing a statement takes longer than running it over a few rows, so each is written once."""
    some = uuid.UUID(int=0)
    rows = model._base_manager.filter(Stretch(None if from_start else some, None if to_end else some).of(path))
    return _written(rows.order_by(order) if order else rows.order_by(), names)[0]


ABOUT = ["history_id", "history_date", "history_user_id", "history_type", "history_change_reason"]


@lru_cache(maxsize=1)
def versioned() -> list[Table]:
    """Every table of which versions are kept."""
    found = [model for model in apps.get_models() if issubclass(model, Versioned)]
    return [_table(model) for model in sorted(found, key=lambda model: model._meta.label_lower)]


def _table(model) -> Table:
    kept = [field for field in model.history.model._meta.concrete_fields if not field.name.startswith("history_")]
    path = model._meta.pk.attname if model is Record else "record_id"
    return Table(
        model=model,
        label=model._meta.label_lower,
        path=path,
        names=[field.attname for field in kept],
        columns=[field.name for field in kept],
        writings=[writing_of(field) for field in kept],
    )
