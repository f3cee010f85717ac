"""What one person may take out of Daybook in a day, and who is told when somebody asks for more."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.db import transaction

from schools import access, clock, exclusions, notices
from schools.models import Appointment, Looked, Notice, Person, User
from schools.roles import Role

DATA = Path(__file__).with_name("downloads.toml")
TOLD = (Role.HEAD_OF_SCHOOL, Role.DPO)
LONGEST_NAME = 60
# On whose word somebody is told: ours, and there is nothing to do by a day.
LIMIT = "limit"


class TooMany(Exception):
    """Somebody asked for more in one day than anybody may take out; the message says so in words for the screen."""


@dataclass(frozen=True)
class Limit:
    """How many of one kind of download one person may have in a day.

    most: the number. words: what they are called. page: how the line that is written of each begins.
    """

    most: int
    words: str
    page: str

    @property
    def sentence(self) -> str:
        return (
            f"You have downloaded {self.most} {self.words} today, and nobody may download more in one day. The head and"
            " the data protection officer are told that you asked. Downloads open again tomorrow."
        )

    def notice_of(self, person: Person) -> str:
        """What is said to those who are told."""
        return f"{person.name[:LONGEST_NAME]} asked for more than {self.most} {self.words} in one day"


@cache
def limits() -> dict[str, Limit]:
    """The limits in force, by kind."""
    return {kind: Limit(**found) for kind, found in tomllib.loads(DATA.read_text()).items()}


def take_out(kind: str, *, viewer, page: str, records, basis: str) -> None:
    """Write down that somebody takes a copy of records out of Daybook, unless they took as many today as anybody may.

    kind: one of the limits. viewer: who takes it. page: what it is, for the line. records: identifiers. basis: by which
    office or reason. Raises TooMany, and LogUnavailable when the line cannot be written.
    """
    limit = limits()[kind]
    with transaction.atomic():
        # One download of a person at a time, so that two at once are not both the last.
        User.objects.select_for_update().get(pk=viewer.user.pk)
        taken = list(_taken_today(limit, viewer.user))
        if len(taken) < limit.most:
            access.note(user=viewer.user, page=page, records=records, basis=basis)
            return
        _tell(limit, viewer.user.person, {*map(str, records), *(one for shown in taken for one in shown)})
    raise TooMany(limit.sentence)


def _midnight() -> datetime:
    now = clock.now()
    return datetime.combine(clock.day_of(now), datetime.min.time(), clock.LONDON)


def _taken_today(limit: Limit, user: User):
    lines = Looked.objects.filter(user_id=user.pk, at__gte=_midnight(), page__startswith=limit.page)
    return lines.values_list("records", flat=True)


def _tell(limit: Limit, person: Person, records: set[str]) -> None:
    """Tell the head and the data protection officer, once a day; nobody from whom one of the records is hidden."""
    what, now = limit.notice_of(person), clock.now()
    if Notice.objects.filter(what=what, made_at__gte=_midnight()).exists():
        return
    holders = Appointment.objects.current(now).filter(trust=person.trust_id, role__in=TOLD).exclude(person=person)
    here = [row for row in holders.select_related("person") if row.school_id in {None, person.school_id}]
    for told in {row.person_id: row.person for row in here}.values():
        if not records & {str(one) for one in exclusions.hidden_from(told.pk)}:
            notices.tell(told, record=None, what=what, basis=LIMIT, at=now)


def asked_for_more(viewer, *, within: timedelta):
    """What this person was told of late about downloads, the newest first."""
    rows = Notice.objects.filter(person_id=viewer.person_id, basis=LIMIT, made_at__gt=viewer.at - within)
    return rows.order_by("-made_at", "pk")
