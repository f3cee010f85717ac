"""How a case file says days, times and due dates."""

from datetime import date, datetime

from incidents.workflow import speech
from reports.casefile import BASIS_WORDS
from reports.told import UK


def on(day: date | None) -> str:
    """A day: 24 February 2026."""
    return f"{day.day} {day:%B %Y}" if day else ""


def moment(at: datetime | None) -> str:
    """A moment as clocks in the United Kingdom showed it: Tuesday 24 February 2026, 12:50."""
    if at is None:
        return ""
    local = at.astimezone(UK)
    return f"{local:%A} {on(local.date())}, {local:%H:%M}"


def day_of(at: datetime) -> date:
    """The day of a moment in the United Kingdom."""
    return at.astimezone(UK).date()


def due(due_at: datetime | None, basis: str, *, done_at: datetime | None = None) -> str:
    """By when something was due, who set the time, and whether it was done in time."""
    if due_at is None:
        return ""
    local = due_at.astimezone(UK)
    by = on(local.date()) if f"{local:%H:%M:%S}" == "23:59:59" else f"{on(local.date())}, {local:%H:%M}"
    kept = "" if done_at is None else " Met." if done_at <= due_at else " Late."
    return f"Due by {by}{_set_by(basis)}.{kept}"


def due_on(day: date | None, basis: str, *, what: str = "Due by", done_on: date | None = None) -> str:
    """The same for a whole day."""
    if day is None:
        return ""
    kept = "" if done_on is None else " Met." if done_on <= day else " Late."
    return f"{what} {on(day)}{_set_by(basis)}.{kept}"


def _set_by(basis: str) -> str:
    return f": {BASIS_WORDS[basis]}" if BASIS_WORDS.get(basis) else ""


def listed(words: list[str]) -> str:
    """Several things in one sentence: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def counted(number: int, one: str, many: str) -> str:
    """A number of things: one file, 3 files."""
    return f"one {one}" if number == 1 else f"{number} {many}"


def lower_first(words: str) -> str:
    """A sentence put inside another."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words


def ended(words: str) -> str:
    """A sentence with its full stop."""
    return words if words.rstrip().endswith((".", "?", "!")) else f"{words}."


def reason_of(decision) -> str:
    """Why somebody decided something, as paper may say it: legal advice is on none."""
    why = decision.opened.reason
    return speech.without_advice(why) if decision.question == speech.QUESTION else why
