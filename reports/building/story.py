"""The chronology of a case file: the lines of history, with the rows they saved, told as a story."""

from collections.abc import Callable

from reports.building.directory import Directory
from reports.building.frozen import Frozen, Line
from reports.building.story_of_cases import CASES, COPIES
from reports.building.story_of_concerns import CONCERNS
from reports.building.telling import Teller
from reports.told import Entry
from schools.timeline import in_words

# Legal advice is privileged and working notes are their author's alone: no paper says that there are any.
KEPT_APART = ("advice.", "notes.")
STORY: dict[str, Callable[[Teller, Line], list[Entry]]] = CONCERNS | CASES | COPIES


def chronology(frozen: Frozen, directory: Directory, *, copies: bool) -> tuple[Entry, ...]:
    """Everything that happened but what is kept apart, in the order in which it happened.

    What was written down later says so.

    copies: whether the copies that left are part of the story. For whom and why one was made may be a confidence.
    """
    teller = Teller(frozen, directory)
    kept = (line for line in frozen.lines if not line.verb.startswith(KEPT_APART))
    lines = [line for line in kept if copies or line.verb not in COPIES]
    told = [entry for line in lines for entry in STORY.get(line.verb, _plainly)(teller, line)]
    return tuple(sorted(told, key=lambda entry: entry.at))


def _plainly(teller: Teller, line: Line) -> list[Entry]:
    return [teller.entry(line, in_words(line.verb))]
