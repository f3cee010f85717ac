"""Whole stories of the demo's trusts, played by themselves and printed on one Monday."""

from contextlib import contextmanager
from datetime import UTC, datetime
from types import SimpleNamespace

from reports import building
from reports.demo import source
from reports.demo.institution import Institution
from reports.demo.played import Story
from reports.demo.reported import report
from reports.models import Paper
from reports.workflow import ask_for_paper
from schools import checkpoints
from tests.lasting import filled_once

ASKING = {"recipient": "Judith Halliwell, Executive Headteacher", "legal_ground": "employer"}
ASKING["purpose"] = "To see how it was handled."
ASKED_AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)  # a Monday, ten in the morning in London


@contextmanager
def played_in(trust: str, key: str, *, blocker):
    """One concern of a trust, reported and played to its end before the copy is asked for."""
    with filled_once(blocker):
        institution = Institution(trust, password="only-for-the-stories").found()
        story = played(institution, next(row for row in source.rows("concerns") if row["key"] == key))
        checkpoints.make(ASKED_AT)
        yield story


def played(institution, row) -> SimpleNamespace:
    """One concern reported and played to its end, with what its acts made by the names of the data."""
    story = Story(institution, report(institution, row))
    story.play(row["key"])
    return SimpleNamespace(institution=institution, things=dict(story.things))


def printed(subject, by, ask=ask_for_paper, **more):
    paper = ask(subject, by=by, at=ASKED_AT, **ASKING | more)
    return building.case_file(Paper.objects.get(pk=paper.pk))


def told(file) -> list[tuple[datetime, str, str]]:
    """The chronology as moment, person and first sentence."""
    return [(entry.at, entry.who, entry.what.text.split("\n")[0]) for entry in file.chronology]
