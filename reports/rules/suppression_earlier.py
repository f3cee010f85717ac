"""What earlier tables of the same people have already told a reader, so that a new one does not complete it."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.rules.suppression_table import read_table

Place = tuple  # ("cell", row, column), ("row", row), ("column", column) or ("grand",), by their words


@dataclass(frozen=True)
class EarlierTable:
    """One earlier table: the numbers it showed, and the true ones it rounded or hid, where they are known."""

    shown: dict[Place, int]
    rounded: dict[Place, int]
    hidden: dict[Place, int]


@dataclass(frozen=True)
class Earlier:
    """All earlier tables of the same people."""

    tables: tuple[EarlierTable, ...] = ()

    def showed(self, place: Place, value: int) -> bool:
        """Whether a number is known from before, unchanged."""
        return any(table.shown.get(place) == value for table in self.tables)

    def hid(self, place: Place, value: int, *, least: int) -> bool:
        """Whether a number was hidden before and has changed by too little to be shown now."""
        return any(_near(table.hidden.get(place), value, least=least) for table in self.tables)

    def would_complete(self, place: Place, value: int, *, least: int) -> bool:
        """Whether showing a number tells of a change too small to show, or exactly what was rounded before."""
        changed = (table.shown.get(place) for table in self.tables if table.shown.get(place) != value)
        rounded = (table.rounded.get(place) for table in self.tables)
        return any(_near(then, value, least=least) for then in (*changed, *rounded))

    def rest_changed_by(self, place: Place, total: int, shown: dict[Place, int]) -> list[int]:
        """By how much the cells not shown in both tables changed together, for each earlier table with this total."""
        changes = []
        for table in self.tables:
            if place in table.shown:
                both = [cell for cell in shown if cell in table.shown]
                now, then = sum(shown[cell] for cell in both), sum(table.shown[cell] for cell in both)
                changes.append((total - now) - (table.shown[place] - then))
        return changes


def earlier_tables(previous, *, threshold: int, publish: Callable[[dict], dict]) -> Earlier:
    """What a list of earlier tables told, each published by `publish` in the light of those before it.

    A table may be given as counts, or as it was printed with "c" and rounded totals. Raises ValueError in one plain
    sentence.
    """
    if previous is None:
        return Earlier()
    if not isinstance(previous, list | tuple):
        raise ValueError("Earlier tables come in a list.")
    tables = []
    for position, facts in enumerate(previous):
        if not isinstance(facts, dict):
            raise ValueError("Each earlier table needs its rows, columns and cells.")
        if _is_printed(facts):
            tables.append(_from_print(facts))
        else:
            own = {"threshold": threshold} | {key: value for key, value in facts.items() if key != "previous"}
            printed = publish(own | {"previous": list(previous[:position])})
            tables.append(_from_counts(own, printed))
    return Earlier(tuple(tables))


def _is_printed(facts: dict) -> bool:
    cells = [count for line in facts.get("cells") or () for count in line] if _is_grid(facts) else []
    totals = (facts.get(name) for name in ("row_totals", "column_totals", "grand_total"))
    return "c" in cells or any(not isinstance(total, bool) and total is not None for total in totals)


def _is_grid(facts: dict) -> bool:
    cells = facts.get("cells")
    return isinstance(cells, list | tuple) and all(isinstance(line, list | tuple) for line in cells)


def _numbers(printed: dict, rows, columns) -> dict[Place, object]:
    numbers = {
        ("cell", row, column): count
        for row, line in zip(rows, printed["cells"], strict=True)
        for column, count in zip(columns, line, strict=True)
    }
    for kind, labels in (("row", rows), ("column", columns)):
        totals = printed.get(f"{kind}_totals")
        if isinstance(totals, list | tuple) and totals:
            numbers |= {(kind, label): total for label, total in zip(labels, totals, strict=True)}
    return numbers | {("grand",): printed.get("grand_total")}


def _near(then: int | None, now: int, *, least: int) -> bool:
    return then is not None and abs(now - then) < least


def _is_number(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _from_print(facts: dict) -> EarlierTable:
    try:
        numbers = _numbers(facts, facts["rows"], facts["columns"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("An earlier table needs as many cells and totals as it has rows and columns.") from error
    return EarlierTable({place: number for place, number in numbers.items() if _is_number(number)}, {}, {})


def _from_counts(facts: dict, printed: dict) -> EarlierTable:
    table = read_table(facts)
    numbers = _numbers(printed, table.rows, table.columns)
    true = {table.label(name): table.value(name) for name in table.names()}
    shown = {place: number for place, number in numbers.items() if _is_number(number)}
    rounded = {place: true[place] for place, number in numbers.items() if isinstance(number, dict)}
    hidden = {place: true[place] for place, number in numbers.items() if number == "c"}
    return EarlierTable(shown, rounded, hidden)
