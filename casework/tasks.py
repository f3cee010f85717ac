"""One thing that waits for somebody, and under which heading of the desk it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from schools.calendar import end_of_day
from schools.clock import day_of

MOST = 50
# What an app above adds to a desk: from who looks to the tasks that wait for them.
FROM_ABOVE: list[Callable] = []


@dataclass
class Task:
    """One thing that waits: what it is, about which record, by when and on whose word, and where to do it."""

    what: str
    ref: str
    detail: str
    url: str
    record: object = None
    school: str = ""
    due: datetime | date | None = None
    basis: str = ""
    since: datetime | None = None
    is_urgent: bool = False
    is_decision: bool = False

    @property
    def due_at(self) -> datetime | None:
        """The moment by which it is done; a day counts to its end."""
        return self.due if self.due is None or isinstance(self.due, datetime) else end_of_day(self.due)

    def section(self, at: datetime) -> str:
        """Where on the desk it stands at a moment."""
        if self.since:
            return "unread"
        if self.due_at is None:
            return "decide" if self.is_decision else "open"
        if self.due_at < at:
            return "overdue"
        if day_of(self.due_at) == day_of(at):
            return "today"
        return "decide" if self.is_decision else "next"
