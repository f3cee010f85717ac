"""What the bars stand on: their size, and a database filled by acts alone."""

import os
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

import pytest

from incidents.models import Concern
from incidents.workflow import reporting, triage
from schools import uploads
from schools.models import Upload, User
from schools.workflow import accounts, people
from tests.factories import PASSWORD

FULL = os.environ.get("DAYBOOK_SIZE") == "full"


def sized(small: int, full: int) -> int:
    """How many times a bar is tried: few in every run of the tests, all of them for the page of proof."""
    return full if FULL else small


@dataclass
class Filled:
    """A school in which things have happened: people came and went, concerns were reported with files and triaged."""

    cast: object
    concerns: list[Concern] = field(default_factory=list)

    @property
    def ids(self) -> list[uuid.UUID]:
        """The records of the concerns."""
        return [concern.pk for concern in self.concerns]


def received(user, content: bytes, name: str) -> Upload:
    """A file that one person sent and that waits to be taken into a record."""
    sealing = uploads.Sealing()
    sealing.write(content)
    file = uploads.Received(name, sealing.end(name))
    return uploads.receive(SimpleNamespace(user=user), sent=[file])[0]


def fill(cast) -> Filled:
    """Let people do a day's work, through acts only."""
    _staffing(cast)
    filled, at = Filled(cast), cast.now
    filled.concerns = [
        _reported(cast, cast.sam, "staff_bullying", "BULLY", by=cast.dee, at=at),
        _reported(cast, cast.tom, "staff_disparaging", "DISPARAGE", by=cast.sam, at=at + timedelta(hours=1)),
        # About the safeguarding lead herself, so that another takes over.
        _reported(cast, cast.dee, "staff_confidential", "CONFID", by=cast.tom, at=at + timedelta(hours=2)),
    ]
    return filled


def _staffing(cast) -> None:
    at = cast.now - timedelta(days=30)
    by = {"by": cast.ada, "at": at}
    people.add_person(cast.oakfield, **by, kind="pupil", name="Robin Vale")
    newcomer = people.add_person(cast.oakfield, **by, kind="staff", name="Nell Ward", email="nell@oakfield.example")
    people.relate(cast.oakfield, **by, person=newcomer, to=cast.tom.person, kind="sibling_of")
    account = accounts.open_account(
        cast.oakfield, **by, person=newcomer, email="nell@oakfield.example", password=PASSWORD
    )
    accounts.change_password(cast.oakfield, by=account, at=at, present=PASSWORD, fresh="another-horse-battery")
    office = people.appoint(cast.oakfield, **by, person=newcomer, role="deputy_dsl")
    people.confirm_appointment(cast.oakfield, by=cast.harriet, at=at, appointment=office)
    later = {"by": cast.ada, "at": at + timedelta(days=10)}
    people.end_appointment(cast.oakfield, **later, appointment=office)
    accounts.close_account(cast.oakfield, **later, account=User.objects.get(pk=account.pk))


def _reported(cast, about, what: str, code: str, *, by, at) -> Concern:
    files = [received(by, f"{what} {number}".encode() * 400, f"{what}-{number}.txt") for number in range(2)]
    concern = reporting.report(
        cast.oakfield,
        by=by,
        at=at,
        what=what,
        narrative=f"What was seen: {what}.",
        at_risk="no",
        people=[{"name": about.person.name, "kind": "staff", "part": "subject"}],
        links=[{"platform": "Facebook", "url": "https://social.example/post/1", "handle": "@oak"}],
        files=files,
    )
    triage.read_report(concern, by=cast.dot, at=at + timedelta(minutes=5))
    later = {"by": cast.dot, "at": at + timedelta(minutes=10)}
    triage.triage(concern, **later, code=code, direction=concern.direction, reason="As reported.")
    return concern


@pytest.fixture
def filled(cast) -> Filled:
    return fill(cast)
