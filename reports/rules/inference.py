"""What a careful reader could work out from a table with gaps, using its totals and knowing how gaps are made."""

from collections import deque
from dataclasses import dataclass

ENDLESS = 10**9
Name = tuple  # ("cell", row, column), ("row", row), ("column", column) or ("grand",)


@dataclass(frozen=True)
class Known:
    """What the reader knows of one number: it lies from `low` to `high`; `value` is what it truly is."""

    value: int
    low: int
    high: int


def is_worked_out(numbers: dict[Name, Known], name: Name) -> bool:
    """Whether a number can only be what it is, given all that the reader knows.

    A table is a flow from its total through rows and columns and back. The true numbers are one solution; another with
    a different value here exists exactly when the flow can be changed around a loop through this number.
    """
    number = numbers[name]
    start, end = _ends(name)
    steps = _steps(numbers, without=name)
    up = number.value < number.high and _reaches(steps, end, start)
    down = number.value > number.low and _reaches(steps, start, end)
    return not (up or down)


def _ends(name: Name) -> tuple:
    match name:
        case ("cell", row, column):
            return ("row", row), ("column", column)
        case ("row", row):
            return "all rows", ("row", row)
        case ("column", column):
            return ("column", column), "all columns"
        case _:
            return "all columns", "all rows"


def _steps(numbers: dict[Name, Known], *, without: Name) -> dict:
    steps: dict = {}
    for name, number in numbers.items():
        if name == without:
            continue
        start, end = _ends(name)
        if number.value < number.high:
            steps.setdefault(start, []).append(end)
        if number.value > number.low:
            steps.setdefault(end, []).append(start)
    return steps


def _reaches(steps: dict, start, end) -> bool:
    seen, waiting = {start}, deque([start])
    while waiting:
        here = waiting.popleft()
        if here == end:
            return True
        for there in steps.get(here, ()):
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return False
