"""Two versions of a policy beside each other, clause by clause, in words that can be read out at a meeting."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from .changes import Change, difference
from .document import anchor_of
from .fields import DATE, is_period
from .model import Policy
from .taxonomy import taxonomy
from .wording import date_in_words, period_in_words, words

DATES = {"approved_on", "amended_on", "review_due", "version_history"}
PEOPLE = {
    "actor",
    "to",
    "consult",
    "approver",
    "decision_maker",
    "keeper",
    "visible_to",
    "who",
    "recipients",
    "decided_by",
}


@dataclass(frozen=True)
class Difference:
    """One thing that differs: what, how it was, and how it is now; nothing where it was or is not there."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedItem:
    """One item of the policy that came, went or changed, under its paragraph."""

    kind: str
    ref: str
    anchor: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two versions: the policy as a whole, then paragraph by paragraph."""

    whole: tuple[Difference, ...]
    items: tuple[ChangedItem, ...]

    @property
    def count(self) -> int:
        """How many items and particulars differ."""
        return len(self.whole) + len(self.items)

    def of_kind(self, kind: str) -> int:
        """How many items were added, removed or changed."""
        return sum(item.kind == kind for item in self.items)


def compared(old: Policy, new: Policy) -> Comparison:
    """What differs between two versions.

    old: the version before. new: the version after. Items are matched by their id.
    """
    changes = difference(old, new)
    whole = [row for change in changes if change.ref is None for row in _of_the_whole(change, old, new)]
    about_items = (change for change in changes if change.ref is not None)
    items = [_item(list(found), old, new) for _, found in groupby(about_items, key=lambda change: change.what)]
    return Comparison(tuple(whole), tuple(items))


def _item(changes: list[Change], old: Policy, new: Policy) -> ChangedItem:
    first = changes[0]
    if first.kind == "added":
        rows = [Difference("wording", "", first.after)]
    elif first.kind == "removed":
        rows = [Difference("wording", first.before, "")]
    else:
        rows = [
            Difference(
                words("fields")[change.field],
                _said(change.field, change.before, old),
                _said(change.field, change.after, new),
            )
            for change in changes
        ]
    return ChangedItem(first.kind, first.ref, anchor_of(first.ref), tuple(rows))


def _of_the_whole(change: Change, old: Policy, new: Policy) -> Iterator[Difference]:
    name, before, after = change.what, _keyed(change.before), _keyed(change.after)
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        said = (_said(name, before, old), _said(name, after, new))
        yield Difference(words("fields")[name], *said)
        return
    for key in dict.fromkeys([*before, *after]):
        was, now = before.get(key), after.get(key)
        if was != now:
            was, now = _yes_or_no(was, now), _yes_or_no(now, was)
            said = (_said(f"{name}.{key}", was, old), _said(f"{name}.{key}", now, new))
            yield Difference(f"{words('fields')[name]}: {_key_in_words(name, key)}", *said)


def _yes_or_no(value: Any, other: Any) -> Any:
    """A “no” that was left out, because it need not be written, where the other version says yes."""
    return False if value is None and isinstance(other, bool) else value


def _keyed(value: Any) -> Any:
    """A list of tables as one table by the kind of record each is about; anything else as it is."""
    if isinstance(value, tuple) and value and all(isinstance(part, Mapping) and "record" in part for part in value):
        return {part["record"]: part["period"] for part in value}
    return {} if value == () else value


def _key_in_words(name: str, key: str) -> str:
    if name == "roles":
        return taxonomy().roles[key]
    if name == "retention":
        return taxonomy().kinds_of_record[key]
    if name == "terms":
        return words("terms")[key]
    if name in ("headings", "version_history"):
        return key
    return words("fields").get(f"{name}.{key}") or words("fields")[key]


def _said(field: str, value: Any, pack: Policy) -> str:
    """A value as a reader would say it; empty where there is none."""
    if value is None or value in ((), {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        # Titles and labels have commas of their own.
        return "; ".join(_said(field, part, pack).rstrip(".") for part in value)
    return _word(field, str(value), pack)


def _word(field: str, value: str, pack: Policy) -> str:
    if field.partition(".")[0] in DATES and DATE.fullmatch(value):
        return date_in_words(value)
    if is_period(value):
        return period_in_words(value)
    for table in _tables(field, pack):
        if value in table:
            return table[value]
    return value


def _tables(field: str, pack: Policy) -> Iterable[Mapping[str, str]]:
    """Where the words for the values of a field stand."""
    known = taxonomy()
    return {
        "governors.codes": ({code: entry.label for code, entry in known.codes.items()},),
        "governors.directions": (known.directions,),
        "codes": ({code: entry.label for code, entry in known.codes.items()}, {"any": "any concern"}),
        "direction": (known.directions,),
        "directions": (known.directions, {"any": "any direction"}),
        "evidence": (known.evidence,),
        "only_when": (known.circumstances,),
        "form": (known.forms_of_approval,),
        "model": (known.consent_models,),
        "silent_on": (known.topics,),
        "not_legible_on": (known.topics,),
        "strength": (words("strengths"),),
        "kind": (words("kinds"),),
        "numbering": (words("numbering"),),
        "removal.power": (words("removal"),),
        "terms.filled_in": (words("terms"),),
        "scope_people": (known.people,),
        "governors.notice": (words("governors"),),
        "monitoring.notice": (words("monitoring_notice"),),
        "monitoring.consent_by": (words("monitoring_consent"),),
        "monitoring.reasons": (taxonomy().reasons_for_monitoring,),
        "conditions": (taxonomy().conditions_of_approval,),
        "renewal": (words("renewals"),),
        "subcodes": (_subcodes(),),
        "when_kind": (words("stated"),),
    }.get(field, _of_people(field.rpartition(".")[2], pack))


def _subcodes() -> dict[str, str]:
    return {sub: said for entry in taxonomy().codes.values() for sub, said in entry.subcodes.items()}


def _of_people(field: str, pack: Policy) -> Iterable[Mapping[str, str]]:
    return (pack.roles, taxonomy().parties) if field in PEOPLE else ()
