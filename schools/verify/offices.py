"""Accounts and offices: no password replaced, and none given or changed by somebody who was not entitled to."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from schools.models import Appointment, User, password_mark
from schools.roles import Permission, Role, grants
from schools.verify import tables
from schools.verify.finding import Finding
from schools.verify.lines import Gathered, Known, Made

APPOINTMENT, USER = "schools.appointment", "schools.user"
WATCHED = frozenset({APPOINTMENT, USER})
MANAGERS = frozenset(role.value for role in Role if grants(role, Permission.ACCOUNT_MANAGE))


def passwords() -> Iterator[Finding]:
    """Each account whose password is not the one that the last act about it left."""
    accounts = User._base_manager.order_by("pk")
    names = ["id", "password", "password_mark", "record__ref"]
    for account, password, mark, ref in tables.read(accounts, names, stream=True):
        if password_mark(password) != mark:
            yield Finding("password_changed", USER, tables.identifier(account), "password", ref)


def makers(gathered: Gathered) -> Iterator[Finding]:
    """Each line that gave or changed an office or an account without the maker having held an office for it then.

    The system itself may do so at founding, that is, before anybody with an account has written in that register. An
    account may change its own password.
    """
    if gathered.makers:
        held = Held(gathered)
        for made in gathered.makers:
            if not held.entitles(made):
                ref = gathered.ref(made.line.record)
                yield Finding("made_without_office", made.model, made.row, "", ref, made.line.seq)


class Office(NamedTuple):
    """An office as its row says, the columns as the history writes them."""

    row: str
    person: str
    role: str
    trust: str
    school: str
    since: str
    until: str


class Held:
    """Who held which office that lets them manage accounts, as it stood before any one line."""

    def __init__(self, gathered: Gathered):
        self._gathered = gathered
        accounts = tables.read(User._base_manager.all(), ["id", "person_id"])
        self._person_of = {tables.identifier(account): tables.identifier(person) for account, person in accounts}
        self._offices = defaultdict(list)
        for office in _offices():
            self._offices[office.person].append(office)
        self._versions = defaultdict(dict)
        for made in gathered.makers:
            self._versions[made.row][made.version] = made.fields

    def entitles(self, made: Made) -> bool:
        line = made.line
        if not line.by:
            return line.seq <= self._gathered.spoken.get(line.record, line.seq)
        if made.model == USER and made.row == line.by:
            return True
        register = self._gathered.records.get(line.record)
        return register is not None and any(
            _carries(office, register, line.at) for office in self._before(made, self._person_of.get(line.by, ""))
        )

    def _before(self, made: Made, person: str) -> list[Office]:
        """The offices of a person, the one that this line made or changed as it was before: no office gives itself."""
        offices = [office for office in self._offices[person] if office.row != made.row]
        earlier = [number for number in self._versions[made.row] if number < made.version]
        if made.model == APPOINTMENT and earlier:
            then = self._versions[made.row][max(earlier)]
            offices.append(Office(made.row, *(then[name] or "" for name in COLUMNS)))
        return [office for office in offices if office.person == person]


COLUMNS = ["person_id", "role", "trust_id", "school_id", "from_at", "until_at"]


def _carries(office: Office, register: Known, at: str) -> bool:
    return (
        office.role in MANAGERS
        and office.trust == register.trust
        and (not office.school or not register.school or office.school == register.school)
        and office.since <= at
        and (not office.until or at < office.until)
    )


def _offices() -> Iterator[Office]:
    rows = Appointment._base_manager.filter(role__in=MANAGERS)
    for row, person, role, trust, school, since, until in tables.read(rows, ["id", *COLUMNS]):
        place = tables.identifier(trust), tables.identifier(school)
        yield Office(
            tables.identifier(row), tables.identifier(person), role, *place, tables.moment(since), tables.moment(until)
        )
