"""What another policy would have changed for the open records that its adopter may see; they all keep their own."""

from dataclasses import dataclass

from casework import keeping
from casework.models import Part
from casework.rules.retention_schedule import periods_of, refused_periods
from incidents import routing
from incidents.models import Concern
from incidents.rules import compared, route
from schools import adopting
from schools.calendars import calendar_of
from schools.clock import day_of
from schools.policy import Policy
from schools.subjects import path_of


@dataclass(frozen=True)
class Open:
    """One open record: its reference, its page, and what would have been different."""

    ref: str
    url: str
    what: str
    differences: tuple[str, ...]


def for_trust(trust, viewer, answers: dict) -> tuple[dict, list]:
    """The open records of a trust, as far as the viewer sees them, beside the policy about to be adopted."""
    return _shown(adopting.to_adopt(answers), viewer, trust=trust)


def for_school(school, viewer, answers: dict) -> tuple[dict, list]:
    """The open records of a school, as far as the viewer sees them, beside what it is about to add."""
    return _shown(adopting.extended(school, viewer, answers), viewer, school=school)


def _shown(pack: Policy, viewer, **where) -> tuple[dict, list]:
    here = {f"record__{name}": value for name, value in where.items()}
    concerns = list(Concern.objects.visible_to(viewer).open().filter(**here).order_by("-reported_at", "pk"))
    parts = list(Part.objects.visible_to(viewer).filter(status=Part.OPEN, **here).order_by("-opened_at", "pk"))
    found = [_concern(one, pack, viewer) for one in concerns] + [_part(one, pack, viewer) for one in parts]
    changed = [one for one in found if one.differences]
    refused = refused_periods(periods_of(pack))
    context = {
        "open_records": in_words(len(found), len(changed)),
        "changed": changed,
        "refused_periods": list(refused.values()),
    }
    return context, [one.record_id for one in [*concerns, *parts]]


def in_words(count: int, changed: int) -> str:
    """How many open records the viewer sees, and how many would have been different."""
    if not count:
        return "You see no open record."
    if count == 1:
        return f"The one open record that you see would have been {'different:' if changed else 'no different.'}"
    if not changed:
        return f"None of the {count} open records that you see would have been different."
    return f"Of the {count} open records that you see, {changed} would have been different:"


def _concern(concern: Concern, pack: Policy, viewer) -> Open:
    facts = routing.facts_of(concern, at=viewer.at)
    calendar, today = calendar_of(concern.school), day_of(viewer.at)
    kept = routing.pack_of(concern.record) if concern.record.pack_id else None
    before, after = (route.answer(facts, one, calendar=calendar, today=today) for one in (kept, pack))
    return Open(concern.ref, path_of(concern), "Concern", tuple(compared.differences(before, after)))


def _part(part: Part, pack: Policy, viewer) -> Open:
    today = day_of(viewer.at)
    before, after = keeping.fate(part, today=today).fate, keeping.fate_under(pack, part, today=today).fate
    said = ()
    if before.due_on != after.due_on:
        said = (f"It would have been kept {_until(after.due_on)} instead of {_until(before.due_on)}.",)
    return Open(part.ref, path_of(part), part.get_lane_display(), said)


def _until(day) -> str:
    return f"until {day.day} {day:%B %Y}" if day else "without a fixed end"
