"""One who tells what happened: turns a line of history into an entry of the chronology."""

from datetime import datetime

from reports.building.directory import Directory
from reports.building.frozen import Frozen, Line
from reports.building.words import day_of, ended, on
from reports.prose import Prose
from reports.told import Entry


class Teller:
    """Knows the people and the records of one case file, and which copies have been told of already."""

    def __init__(self, frozen: Frozen, directory: Directory):
        self.frozen, self.directory = frozen, directory
        self.copies: set[tuple] = set()

    def entry(self, line: Line, what: str, *words: str, at: datetime | None = None, who: str = "", **beside) -> Entry:
        """One thing that happened.

        what: a sentence. words: paragraphs below it, as somebody wrote them. at: when, if not when it was written
        down. who: who did it, if not who wrote it down. beside: why, paragraph and due.
        """
        happened_at = at or line.at
        later = f"Written down on {on(day_of(line.at))}." if day_of(line.at) != day_of(happened_at) else ""
        told = "\n\n".join(filter(None, [ended(what), *words, later]))
        beside["why"] = Prose(beside.get("why") or "")
        return Entry(at=happened_at, who=who or self.directory.account(line.by), what=Prose(told), **beside)

    def prints(self, ref: str) -> bool:
        """Whether a record with this reference is printed here, and so may be named."""
        return any(record.ref == ref for record in self.frozen.records)
