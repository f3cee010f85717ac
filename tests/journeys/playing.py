"""One trust of the demonstration and some of its concerns, played without the rest, and what a test asks of them."""

from datetime import date, datetime
from pathlib import Path

from casework import keeping
from casework.models import Part, Proceeding
from incidents.models import Takedown
from reports.demo import source
from reports.demo.institution import Institution
from reports.demo.played import Story
from reports.demo.reported import report
from reports.demo.triaged import settle
from schools.access import Viewer, stands_aside
from schools.clock import day_of

TODAY = date(2026, 11, 23)  # the day on which the demonstration opens
AFTER_THE_DEMO = Path(__file__).parent / "after_the_demo"


def played(trust: str, *keys: str, later: str = "") -> Story:
    """Found a trust, report and settle concerns in order, and play what the data says was done about each.

    trust: its word in the data. keys: of the concerns. later: a concern whose story goes on after the first morning of
    the demonstration, as far as it is written beside this module.
    """
    institution = Institution(trust, password="only-for-the-story").found()
    rows = {row["key"]: row for row in source.rows("concerns")}
    concerns = {}
    for key in keys:
        concerns[key] = report(institution, rows[key])
        settle(institution, rows[key], concerns[key])
        story = Story(institution, concerns[key])
        story.play(key)
    if later:
        story.go_on(AFTER_THE_DEMO / f"{later}.toml")
    story.concerns = concerns
    return story


def part_of(story: Story, name: str) -> Part:
    """A part as it stands, by the name the data gives it."""
    return Part.objects.get(pk=story.things[name].pk)


def proceeding_of(story: Story, name: str) -> Proceeding:
    """The proceeding in a part, by the part's name."""
    return Proceeding.objects.select_related("part", "record").get(part=story.things[name])


def kept_until(story: Story, name: str) -> tuple:
    """Until when a part is kept and under which rule, on the day the demonstration opens."""
    found = keeping.fate(part_of(story, name), today=TODAY).fate
    return found.due_on, found.rule


def aside(story: Story, record, at: datetime, *people: str) -> dict[str, str]:
    """Why each of some people stands aside in a record; empty for whoever is free."""
    return {key: stands_aside(Viewer(story.institution.account(key), at), record) for key in people}


def days(story: Story, name: str, column: str) -> list:
    """What a column of a takedown request held, version by version, as days."""
    versions = Takedown.history.filter(id=story.things[name].pk).order_by("history_id")
    held = [getattr(row, column) for row in versions]
    return [day_of(one) if isinstance(one, datetime) else one for one in held]
