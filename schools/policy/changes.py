"""What differs between two versions of a policy, paragraph by paragraph."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel

from .items import Item
from .model import Policy


class Change(NamedTuple):
    """One difference: an item that came, went or changed, or a fact about the policy as a whole."""

    kind: Literal["added", "removed", "changed"]
    what: str
    ref: str | None
    field: str | None = None
    before: Any = None
    after: Any = None

    @property
    def sentence(self) -> str:
        """The difference in a sentence that can be read out at a meeting."""
        where = f"{self.ref} ({self.what})" if self.ref else self.what
        if self.kind == "added":
            return f"{where} is new: {self.after}"
        if self.kind == "removed":
            return f"{where} is gone: {self.before}"
        about = f"{self.field} of {where}" if self.field else where
        return f"{about} was {_said(self.before)} and is now {_said(self.after)}."


def difference(old: Policy, new: Policy) -> list[Change]:
    """Every difference between two versions, the policy as a whole first, then item by item in the new order.

    old: the version before. new: the version after. Items are matched by their id.
    """
    before = {item.id: item for item in old.items}
    after = {item.id: item for item in new.items}
    changes = list(_of_the_whole(old, new))
    for name, item in after.items():
        changes += _of_item(before[name], item) if name in before else [_came(item)]
    return changes + [_went(item) for name, item in before.items() if name not in after]


def _of_the_whole(old: Policy, new: Policy) -> Iterator[Change]:
    for field in Policy.model_fields:
        before, after = getattr(old, field), getattr(new, field)
        if before != after and not _is_list_of_items(before) and not _is_list_of_items(after):
            yield Change("changed", field, None, None, _plain(before), _plain(after))


def _is_list_of_items(value: object) -> bool:
    return isinstance(value, tuple) and any(isinstance(part, Item) for part in value)


def _of_item(before: Item, after: Item) -> list[Change]:
    fields = dict.fromkeys([*type(before).model_fields, *type(after).model_fields])
    pairs = ((field, getattr(before, field, None), getattr(after, field, None)) for field in fields)
    return [Change("changed", after.id, after.ref, field, was, now) for field, was, now in pairs if was != now]


def _came(item: Item) -> Change:
    return Change("added", item.id, item.ref, after=item.wording)


def _went(item: Item) -> Change:
    return Change("removed", item.id, item.ref, before=item.wording)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(exclude_defaults=True)
    if isinstance(value, tuple):
        return tuple(_plain(part) for part in value)
    return value


def _said(value: Any) -> str:
    if value is None or value in ((), {}):
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_said(part)}" for key, part in value.items())
    if isinstance(value, tuple):
        return ", ".join(_said(part) for part in value)
    return f"“{value}”"
