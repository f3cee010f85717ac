"""What one person may take out of Daybook in a day, and who is told when somebody asks for more."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.db import transaction

from schools import access, clock, exclusions, notices
from schools.models import Appointment, Looked, Notice, Person, User
from schools.roles import TOP, Role

DATA = Path(__file__).with_name("downloads.toml")
# Who answers for data; where none of them is left to be told, the top offices of the trust are.
TOLD = (Role.HEAD_OF_SCHOOL, Role.DPO)
LONGEST_NAME = 60
# On whose word somebody is told: ours, and there is nothing to do by a day.
LIMIT = "limit"


@dataclass(frozen=True)
class Limit:
    """How many of one kind of download one person may have in a day.

    most: the number. words: what they are called. page: how the line that is written of each begins.
    once_each: whether the same thing taken again, by the basis of its line, is not another.
    """

    most: int
    words: str
    page: str
    once_each: bool = False

    @property
    def sentence(self) -> str:
        return (
            f"You have downloaded {self.most} {self.words} today, and nobody may download more in one day. Those"
            " who answer for data are told that you asked. Downloads open again tomorrow."
        )

    def notice_of(self, person: Person) -> str:
        """What is said to those who are told."""
        return f"{person.name[:LONGEST_NAME]} asked for more than {self.most} {self.words} in one day"


class TooMany(Exception):
    """Somebody asked for more in one day than anybody may take out; the message says so in words for the screen."""

    def __init__(self, limit: Limit, person: Person, records: set[str]):
        super().__init__(limit.sentence)
        self.limit, self.person, self.records = limit, person, records

    def tell(self) -> None:
        """Tell those who answer for data; an act that is undone by this does it again afterwards."""
        _tell(self.limit, self.person, self.records)


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
        if _is_within(limit, basis, [before for before, _ in taken]):
            access.note(user=viewer.user, page=page, records=records, basis=basis)
            return
        shown = {*map(str, records), *(one for _, before in taken for one in before)}
        refused = TooMany(limit, viewer.user.person, shown)
        refused.tell()
    raise refused


def _is_within(limit: Limit, basis: str, taken: list[str]) -> bool:
    if limit.once_each:
        return basis in taken or len(set(taken)) < limit.most
    return len(taken) < limit.most


def _midnight() -> datetime:
    now = clock.now()
    return datetime.combine(clock.day_of(now), datetime.min.time(), clock.LONDON)


def _taken_today(limit: Limit, user: User):
    lines = Looked.objects.filter(user_id=user.pk, at__gte=_midnight(), page__startswith=limit.page)
    return lines.values_list("basis", "records")


def _tell(limit: Limit, person: Person, records: set[str]) -> None:
    """Tell those who answer for data, once a day."""
    what, now = limit.notice_of(person), clock.now()
    if Notice.objects.filter(what=what, made_at__gte=_midnight()).exists():
        return
    for told in _free(TOLD, person, records, now) or _free(TOP, person, records, now):
        notices.tell(told, record=None, what=what, basis=LIMIT, at=now)


def _free(offices, person: Person, records: set[str], now: datetime) -> list[Person]:
    """Who holds one of some offices where a person works, besides that person and whoever is kept from a record."""
    holders = Appointment.objects.current(now).filter(trust=person.trust_id, role__in=offices).exclude(person=person)
    here = [row for row in holders.select_related("person") if row.school_id in {None, person.school_id}]
    people = {row.person_id: row.person for row in here}.values()
    return [one for one in people if not records & {str(found) for found in exclusions.hidden_from(one.pk)}]


def asked_for_more(viewer, *, within: timedelta):
    """What this person was told of late about downloads, the newest first."""
    rows = Notice.objects.filter(person_id=viewer.person_id, basis=LIMIT, made_at__gt=viewer.at - within)
    return rows.order_by("-made_at", "pk")
