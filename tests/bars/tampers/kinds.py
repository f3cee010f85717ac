"""What a change behind Daybook's back is, and what the verification must say of it."""

from dataclasses import dataclass, field

from django.apps import apps

from schools.models import (
    Versioned,
)
from tests.bars import rawly

ENTRY, HEAD, KEY, RECORD, CHECKPOINT = (
    "schools.entry",
    "schools.head",
    "schools.recordkey",
    "schools.record",
    "schools.checkpoint",
)


@dataclass
class Expected:
    """What one change must be named as.

    model, row: the place. column: its column, where it can be told. ref, seq: instead of a row, where the row is gone.
    touched: other places that the same change altered and that may be named too.
    """

    model: str
    row: str = ""
    column: str = ""
    ref: str = ""
    seq: int | None = None
    touched: set[tuple[str, str]] = field(default_factory=set)

    def named_by(self, finding) -> bool:
        return (
            (finding.model, finding.row) == (self.model, self.row)
            and self.column in ("", finding.field)
            and self.ref in ("", finding.record_ref)
            and self.seq in (None, finding.seq)
        )

    def allows(self, finding) -> bool:
        """Whether a finding names something that was altered, or says itself that it is only a consequence."""
        place = finding.model, finding.row
        follows = {"version_unproven", "checkpoint_differs"}
        return finding.kind in follows or place == (self.model, self.row) or place in self.touched


KINDS = []
NEED_A_CHECKPOINT = set()


def kind(tamper):
    KINDS.append(tamper)
    return tamper


def needs_a_checkpoint(tamper):
    """A change that only a checkpoint kept elsewhere can show: nothing that is left contradicts anything else."""
    NEED_A_CHECKPOINT.add(tamper)
    return kind(tamper)


def place(row) -> tuple[str, str]:
    model = getattr(row, "instance_type", None) or type(row)
    return model._meta.label_lower, str(getattr(row, model._meta.pk.attname))


def expect(row, column: str = "", *touched) -> Expected:
    return Expected(*place(row), column, touched=set(touched))


def versioned() -> list[type[Versioned]]:
    models = [model for model in apps.get_models() if issubclass(model, Versioned)]
    return sorted((model for model in models if model._base_manager.exists()), key=lambda model: model._meta.label)


def any_of(rng, rows):
    return rng.choice(list(rows.order_by("pk")))


def newest(row):
    return type(row).history.filter(**{row._meta.pk.name: row.pk}).order_by("-history_id").first()


def with_version(rng, row, **values) -> Expected:
    """Change a row, and half the time its newest version with it, so that the two agree."""
    rawly.change(row, **values)
    if rng.random() < 0.5:
        rawly.change(newest(row), **values)
    return expect(row, next(iter(values)))


def number(rng) -> int:
    return rng.randint(1_000_000, 9_000_000)
