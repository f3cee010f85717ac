"""What `manage check` asks of the whole: every table has a fate, every shipped policy is valid, dates are named."""

from collections.abc import Iterable

from django.apps import apps
from django.core import checks
from django.db import models

from schools import policy
from schools.models import Fate, Versioned
from schools.policy.taxonomy import PACKS

OURS = {"schools", "incidents", "casework", "reports"}
FATES = {value for name, value in vars(Fate).items() if name.isupper()}
# A line says when it was, a reader from and until when: one word is enough.
MOMENTS = {"at", "since", "until"}


def our_models() -> list[type[models.Model]]:
    """Every table of ours, less the histories, which share the fate of what they are the history of."""
    return [
        model for model in apps.get_models() if model._meta.app_label in OURS and not hasattr(model, "instance_type")
    ]


def without_fate(tables: Iterable[type[models.Model]]) -> list[checks.CheckMessage]:
    """Every table says what becomes of its rows when their record is destroyed."""
    return [
        checks.Error(
            f"{model.__name__} does not say what becomes of its rows when their record is destroyed.",
            hint="Give it a fate.",
            obj=model,
            id="daybook.E001",
        )
        for model in tables
        if vars(model).get("fate") not in FATES
    ]


def badly_named(tables: Iterable[type[models.Model]]) -> list[checks.CheckMessage]:
    """A column that holds a moment ends in _at, one that holds a day in _on."""
    found = []
    for model in tables:
        for field in model._meta.concrete_fields:
            is_moment = isinstance(field, models.DateTimeField)
            is_day = isinstance(field, models.DateField) and not is_moment
            if is_moment and not (field.name.endswith("_at") or field.name in MOMENTS):
                found.append(_name(model, field, "_at"))
            if is_day and not field.name.endswith("_on"):
                found.append(_name(model, field, "_on"))
    return found


def inheriting(tables: Iterable[type[models.Model]]) -> list[checks.CheckMessage]:
    """No versioned table inherits from another or has a many-to-many column: neither would leave whole versions."""
    return [
        checks.Error(f"{model.__name__} would not leave whole versions of its rows.", obj=model, id="daybook.E004")
        for model in tables
        if issubclass(model, Versioned) and (model._meta.parents or model._meta.local_many_to_many)
    ]


def mistakes_in(texts: dict[str, str]) -> list[checks.CheckMessage]:
    """Every mistake in the policies that come with the product, each with its line."""
    return [
        checks.Error(f"{name}, line {problem.line}: {problem.sentence}", id="daybook.E002")
        for name, text in texts.items()
        for problem in policy.problems(text)
    ]


def _name(model, field, ending: str) -> checks.CheckMessage:
    words = f"{model.__name__}.{field.name} must end in {ending}."
    return checks.Error(words, obj=model, id="daybook.E003")


@checks.register(checks.Tags.models)
def tables(app_configs, **options) -> list[checks.CheckMessage]:
    found = our_models()
    return without_fate(found) + badly_named(found) + inheriting(found)


@checks.register("policies")
def policies(app_configs, **options) -> list[checks.CheckMessage]:
    paths = [path for path in PACKS.glob("*.toml") if path.name != "taxonomy.toml"]
    return mistakes_in({path.name: path.read_text("utf-8") for path in paths})
