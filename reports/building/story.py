"""The chronology of a case file: every line of history, with the rows it saved, told as a story."""

from collections.abc import Callable

from reports.building.directory import Directory
from reports.building.frozen import Frozen, Line
from reports.building.story_of_cases import CASES
from reports.building.story_of_concerns import CONCERNS
from reports.building.telling import Teller
from reports.casefile import Entry
from schools.timeline import in_words

STORY: dict[str, Callable[[Teller, Line], list[Entry]]] = CONCERNS | CASES


def chronology(frozen: Frozen, directory: Directory) -> tuple[Entry, ...]:
    """Everything that happened, in the order in which it happened; what was written down later says so."""
    teller = Teller(frozen, directory)
    told = [entry for line in frozen.lines for entry in STORY.get(line.verb, _plainly)(teller, line)]
    return tuple(sorted(told, key=lambda entry: entry.at))


def _plainly(teller: Teller, line: Line) -> list[Entry]:
    return [teller.entry(line, in_words(line.verb))]
