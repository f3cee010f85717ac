"""Accounts and offices: no password replaced, and none given or changed by somebody who was not entitled to."""

from collections import defaultdict
from collections.abc import Iterator

from schools.models import Appointment, User, password_mark
from schools.roles import Permission, Role, grants
from schools.verify import tables
from schools.verify.finding import Finding
from schools.verify.lines import Gathered, Line

APPOINTMENT, USER = "schools.appointment", "schools.user"
WATCHED = frozenset({APPOINTMENT, USER})


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
    if not gathered.makers:
        return
    held, person_of = _offices(), _people()
    for line, model, row in gathered.makers:
        if not _entitled(line, model, row, gathered, held, person_of):
            yield Finding("made_without_office", model, row, "", gathered.ref(line.record), line.seq)


def _entitled(line: Line, model: str, row: str, gathered: Gathered, held, person_of) -> bool:
    if not line.by:
        return line.seq <= gathered.spoken.get(line.record, line.seq)
    if model == USER and row == line.by:
        return True
    register = gathered.records.get(line.record)
    return register is not None and any(
        trust == register.trust
        and (not school or not register.school or school == register.school)
        and since <= line.at
        and (not until or line.at < until)
        for trust, school, since, until in held[person_of.get(line.by, "")]
    )


def _offices() -> dict[str, list[tuple[str, str, str, str]]]:
    roles = [role for role in Role if grants(role, Permission.ACCOUNT_MANAGE)]
    rows = Appointment._base_manager.filter(role__in=roles)
    held = defaultdict(list)
    for person, trust, school, since, until in tables.read(
        rows, ["person_id", "trust_id", "school_id", "from_at", "until_at"]
    ):
        place = tables.identifier(trust), tables.identifier(school)
        held[tables.identifier(person)].append((*place, tables.moment(since), tables.moment(until)))
    return held


def _people() -> dict[str, str]:
    rows = tables.read(User._base_manager.all(), ["id", "person_id"])
    return {tables.identifier(account): tables.identifier(person) for account, person in rows}
