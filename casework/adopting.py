"""What another policy would have changed for the open records that its adopter may see; they all keep their own."""

from dataclasses import dataclass

from casework import keeping
from casework.models import Part
from casework.rules.retention_schedule import periods_of, refused_periods
from incidents import routing
from incidents.models import Concern
from incidents.rules import compared, route
from schools import adopting
from schools.calendars import calendars_of
from schools.clock import day_of
from schools.policy import Policy
from schools.subjects import path_of

# Each is worked out under both policies; nobody reads through more.
MOST = 60


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
    newest, has_more = _newest(viewer, here)
    concerns, parts = ([one for one in newest if isinstance(one, kind)] for kind in (Concern, Part))
    calendars = calendars_of({one.school for one in concerns})
    found = [_concern(one, pack, viewer, calendars[one.school_id]) for one in concerns]
    found += [_part(one, pack, viewer) for one in parts]
    changed = [one for one in found if one.differences]
    refused = refused_periods(periods_of(pack))
    context = {
        "open_records": in_words(len(found), len(changed), has_more=has_more),
        "changed": changed,
        "refused_periods": list(refused.values()),
    }
    return context, [one.record_id for one in newest]


def _newest(viewer, here: dict) -> tuple[list[Concern | Part], bool]:
    """The newest open records that a viewer sees, as many as are compared, and whether there are more."""
    concerns = Concern.objects.visible_to(viewer).open().filter(**here).select_related("record", "school")
    parts = Part.objects.visible_to(viewer).filter(status=Part.OPEN, **here)
    parts = parts.select_related("record", "school", "case", "about", "proceeding_of")
    both = [(one.reported_at, one) for one in concerns.order_by("-reported_at", "pk")[: MOST + 1]]
    both += [(one.opened_at, one) for one in parts.order_by("-opened_at", "pk")[: MOST + 1]]
    both.sort(key=lambda pair: pair[0], reverse=True)
    return [one for _, one in both[:MOST]], len(both) > MOST


def in_words(count: int, changed: int, *, has_more: bool = False) -> str:
    """How many open records the viewer sees, and how many would have been different.

    count: of those that were compared. has_more: whether there are more, which are older.
    """
    if has_more:
        said = f"{changed} would have been different:" if changed else "none would have been different."
        return f"You see more open records than are compared here. Of the newest {count}, {said}"
    if not count:
        return "You see no open record."
    if count == 1:
        return f"The one open record that you see would have been {'different:' if changed else 'no different.'}"
    if not changed:
        return f"None of the {count} open records that you see would have been different."
    return f"Of the {count} open records that you see, {changed} would have been different:"


def _concern(concern: Concern, pack: Policy, viewer, calendar) -> Open:
    facts, today = routing.facts_of(concern, at=viewer.at), day_of(viewer.at)
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
