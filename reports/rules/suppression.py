"""What governors may see of a table of counts: small numbers hidden, and whatever would give them away."""

from reports.rules.inference import ENDLESS, Known, Name, is_worked_out
from reports.rules.suppression_earlier import Earlier, earlier_tables
from reports.rules.suppression_table import Table, read_table, settings

SHOWN, ROUNDED, HIDDEN, ABSENT = "shown", "rounded", "hidden", "absent"


def suppress(table: dict) -> dict:
    """The table as it may be shown: no hidden number can be worked out from it, its totals or earlier tables.

    `table` has rows, columns, cells (counts), the totals asked for, a threshold (counts below it are hidden, 0 is
    shown), other thresholds by row, rows whose post only one person holds, and earlier tables of the same people.
    Raises ValueError in one plain sentence. Source: the convention of public bodies for small numbers; secondary
    suppression as in official statistics.
    """
    read = read_table(table)
    earlier = earlier_tables(table.get("previous"), threshold=read.threshold, publish=suppress)
    shown = Showing(read, earlier)
    shown.hide_small()
    shown.hold_to_earlier()
    shown.close()
    return shown.answer()


class Showing:
    """A table on its way to being shown: for each number, whether it is shown, rounded, hidden or never asked for."""

    def __init__(self, table: Table, earlier: Earlier):
        self.table, self.earlier = table, earlier
        names = table.names()
        self.status = {name: SHOWN if name[0] in {"cell", *table.totals} else ABSENT for name in names}
        self.values = {name: table.value(name) for name in names}
        self.guarded: set[Name] = set()
        self.taken: list[tuple[Name, str]] = []
        self.told_before = False

    def hide_small(self) -> None:
        """Hide every count below its threshold except 0, and every row whose post only one person holds."""
        for name, status in self.status.items():
            small = 0 < self.values[name] < self.table.least(name)
            if status == SHOWN and (small or self._is_unique(name)):
                self._hold(name)

    def hold_to_earlier(self) -> None:
        """Withhold what an earlier table would complete: a small change, or what it withheld and has hardly changed."""
        for name in [name for name, status in self.status.items() if status == SHOWN]:
            place, value, least = self.table.label(name), self.values[name], self.table.least(name)
            hidden_before = self.earlier.hid(place, value, least=least)
            if hidden_before or self.earlier.would_complete(place, value, least=least):
                self._hold(name, as_before=HIDDEN if hidden_before else None)
                self.told_before = True

    def close(self) -> None:
        """Hide more, until nothing hidden can be worked out; then give back what turns out not to be needed."""
        while True:
            self._pair_up()
            held = self._first_open_difference()
            if held is not None:
                self._hold(held)
                self.told_before = True
                continue
            stuck = self._first_worked_out()
            if stuck is None or not self._loosen(stuck):
                break
        for name, before in reversed(self.taken):
            now = self.status[name]
            self.status[name] = before
            if self._first_worked_out() is not None or self._first_open_difference() is not None:
                self.status[name] = now

    def answer(self) -> dict:
        """The table in the form it is printed."""
        rows, columns = range(len(self.table.rows)), range(len(self.table.columns))
        return {
            "cells": [[self._printed(("cell", i, j)) for j in columns] for i in rows],
            "row_totals": [self._printed(("row", i)) for i in rows if "row" in self.table.totals],
            "column_totals": [self._printed(("column", j)) for j in columns if "column" in self.table.totals],
            "grand_total": self._printed(("grand",)),
            "note": self._note(),
        }

    def _is_unique(self, name: Name) -> bool:
        return name[0] in ("cell", "row") and self.table.rows[name[1]] in self.table.unique_rows

    def _hold(self, name: Name, *, as_before: str | None = None) -> None:
        """Withhold a number for its own sake: a total large enough to be rounded is, anything else is hidden."""
        self.guarded.add(name)
        self.status[name] = as_before or (ROUNDED if self._may_round(name) else HIDDEN)

    def _may_round(self, name: Name) -> bool:
        several, value = len(self.table.line(name)) > 1, self.values[name]
        # A total at the top of what it rounds to could not be larger, and one that grew could not be smaller.
        room = _rounded(value + 1) == _rounded(value)
        return several and room and value >= self.table.least(name) and not self._is_unique(name)

    def _pair_up(self) -> None:
        """In every line with a total and exactly one hidden cell, hide its smallest other count, until none is left."""
        changed = True
        while changed:
            changed = False
            for total in self._lines():
                cells = self.table.line(total)
                hidden = [name for name in cells if self.status[name] == HIDDEN and not self._is_known(name)]
                others = [name for name in cells if self._may_cover(name)]
                if len(hidden) == 1 and others:
                    self.status[min(others, key=self._smallest_first)] = HIDDEN
                    changed = True

    def _lines(self) -> list[Name]:
        """The totals that are shown; the whole table is a line only where it is the one total asked for."""
        kinds = {"grand"} if self.table.totals == {"grand"} else {"row", "column"}
        return [name for name, status in self.status.items() if name[0] in kinds and status == SHOWN]

    def _may_cover(self, name: Name) -> bool:
        """Whether hiding a cell would hide anything: 0 is always shown, and some numbers are known from before."""
        return self.status[name] == SHOWN and self.values[name] > 0 and not self._is_known(name)

    def _smallest_first(self, name: Name) -> tuple:
        return (self.values[name], *name[1:])

    def _is_known(self, name: Name) -> bool:
        return self.earlier.showed(self.table.label(name), self.values[name])

    def _first_open_difference(self) -> Name | None:
        """A shown total that an earlier one would turn into a small count over the cells that are not both shown."""
        for name, status in self.status.items():
            if status == SHOWN and name[0] != "cell":
                both = {self.table.label(cell): self.values[cell] for cell in self._shown_cells(name)}
                rest = self.earlier.rest_changed_by(self.table.label(name), self.values[name], both)
                if any(0 < abs(change) < self.table.least(name) for change in rest):
                    return name
        return None

    def _shown_cells(self, total: Name) -> list[Name]:
        return [name for name in self.table.line(total) if self.status[name] == SHOWN]

    def _first_worked_out(self) -> Name | None:
        numbers = {name: self._known(name) for name in self.status}
        for name, status in self.status.items():
            guarded = name in self.guarded or (name[0] == "cell" and status == HIDDEN)
            if guarded and not self._is_known(name) and is_worked_out(numbers, name):
                return name
        return None

    def _known(self, name: Name) -> Known:
        """What a reader knows of a number who knows the rules and even why each one was hidden."""
        value, status, least = self.values[name], self.status[name], self.table.least(name)
        if status == SHOWN or (status == HIDDEN and self._is_known(name)):
            return Known(value, value, value)
        if status == ROUNDED:
            rounded, slack = _rounded(value), (settings()["round_to"] - 1) // 2
            return Known(value, rounded - slack, rounded + slack)
        if status == ABSENT or self._is_unique(name):
            return Known(value, 0, ENDLESS)
        return Known(value, 1, least - 1) if value < least else Known(value, least, ENDLESS)

    def _loosen(self, stuck: Name) -> bool:
        """Hide one more number, the first that stops another from being worked out; False when none is left."""
        steps = self._steps(stuck)
        enough = (name for name in steps if not self._is_worked_out(stuck, hiding=name))
        chosen = next(enough, steps[0] if steps else None)
        if chosen is not None:
            self.taken.append((chosen, self.status[chosen]))
            self.status[chosen] = HIDDEN
        return chosen is not None

    def _is_worked_out(self, name: Name, *, hiding: Name) -> bool:
        before, self.status[hiding] = self.status[hiding], HIDDEN
        worked_out = is_worked_out({each: self._known(each) for each in self.status}, name)
        self.status[hiding] = before
        return worked_out

    def _steps(self, stuck: Name) -> list[Name]:
        """What may still be hidden: totals over its cells, then other cells, nearest and smallest first, then the rest.

        Such totals are hidden, never rounded: that one was rounded would itself tell that the sum forced its parts.
        """
        own = set(self.table.line(stuck))
        totals = [name for name, status in self.status.items() if name[0] != "cell" and status in (SHOWN, ROUNDED)]
        near = [name for name in totals if own & set(self.table.line(name))]
        near.sort(key=lambda name: ("row", "column", "grand").index(name[0]))
        cells = [name for name in self.status if name[0] == "cell" and self._may_cover(name)]
        cells.sort(key=lambda name: (not _share_a_line(stuck, name), *self._smallest_first(name)))
        return [*near, *cells, *(name for name in totals if name not in near)]

    def _printed(self, name: Name):
        match self.status[name]:
            case "shown":
                return self.values[name]
            case "rounded":
                return {"rounded": _rounded(self.values[name])}
            case "hidden":
                return "c"
            case _:
                return None

    def _note(self) -> str:
        notes, used = settings()["notes"], set(self.status.values())
        said = [notes["hidden"]] if HIDDEN in used else []
        said += [notes["rounded"].format(round_to=settings()["round_to"])] if ROUNDED in used else []
        said += [notes["earlier"]] if self.told_before else []
        return " ".join(said) or notes["nothing"]


def _rounded(value: int) -> int:
    step = settings()["round_to"]
    return (value + step // 2) // step * step


def _share_a_line(one: Name, other: Name) -> bool:
    return one[0] != "cell" or one[1] == other[1] or one[2] == other[2]
