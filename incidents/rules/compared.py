"""What would have been different for a concern under another policy, in sentences."""

from collections.abc import Iterator
from datetime import datetime

from incidents.rules.answer import Answer

REMOVAL = {
    "may_demand": "could be demanded",
    "request_only": "could only be asked for",
    "no_express_power": "could only be asked for",
    "not_legible": "cannot be read in the policy",
    "not_applicable": "does not arise",
}


def differences(before: Answer, after: Answer) -> list[str]:
    """Whom it would have been told to, by when, and which paragraphs could have been charged.

    before: what was answered under the policy it keeps. after: what would be answered under the other.
    """
    return [*_told(before, after), *_paragraphs(before, after), *_removal(before, after), *_governors(before, after)]


def _told(before: Answer, after: Answer) -> Iterator[str]:
    was, now = _first_told(before), _first_told(after)
    for role, (title, due_at) in now.items():
        if role not in was:
            yield f"{title} would have been told as well{_by(due_at)}."
    for role, (title, due_at) in was.items():
        if role not in now:
            yield f"{title} would not have been told."
        elif due_at != now[role][1]:
            yield f"{title} would have been told{_by(now[role][1])} instead of{_by(due_at)}."


def _first_told(answered: Answer) -> dict[str, tuple[str, str | None]]:
    """Each office with its title and the first time by which its holder is told."""
    found: dict[str, tuple[str, str | None]] = {}
    for row in answered["tell"]:
        title = row["title"]
        found.setdefault(row["role"], (f"{title[0].upper()}{title[1:]}", row["due_at"]))
    return found


def _by(due_at: str | None) -> str:
    if due_at is None:
        return " without a time"
    by = datetime.fromisoformat(due_at)
    return f" by the end of {by:%a} {by.day} {by:%b %Y}"


def _paragraphs(before: Answer, after: Answer) -> Iterator[str]:
    was, now = ([clause["ref"] for clause in answered["clauses"]] for answered in (before, after))
    if was != now:
        yield f"Paragraphs that can be charged: {', '.join(now) or 'none'}, instead of {', '.join(was) or 'none'}."


def _removal(before: Answer, after: Answer) -> Iterator[str]:
    was, now = (REMOVAL[answered["removal"]["power"]] for answered in (before, after))
    if was != now:
        yield f"Taking it down {now}, where it {was} before."


def _governors(before: Answer, after: Answer) -> Iterator[str]:
    was, now = (answered["governors"]["notice"] == "required" for answered in (before, after))
    if was != now:
        yield "Governors would have been told." if now else "Governors need not have been told."
