"""Accounts and offices: no password replaced, and none given or changed by somebody who was not entitled to."""

from collections import defaultdict
from collections.abc import Iterator

from schools.models import Appointment, User, password_mark
from schools.roles import Permission, Role, grants
from schools.verify import tables
from schools.verify.finding import Finding
from schools.verify.lines import Gathered, Known, Made

USER = "schools.user"
WATCHED = frozenset({"schools.appointment", USER})
OFFICE = ["person_id", "role", "trust_id", "school_id", "from_at", "until_at", "proposed_by_id"]
ACCOUNT = ["person_id"]
MANAGERS = frozenset(role.value for role in Role if grants(role, Permission.ACCOUNT_MANAGE))
CONFIRMERS = frozenset(role.value for role in Role if grants(role, Permission.OFFICE_CONFIRM))


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
            if made.sound and not held.entitles(made):
                ref = gathered.ref(made.line.record)
                yield Finding("made_without_office", made.model, made.row, "", ref, made.line.seq)


class Held:
    """Who held which office, as the lines say: a row that was changed since is named elsewhere and accuses nobody else.

    Only where the line that made it cannot be read, a row speaks for itself.
    """

    def __init__(self, gathered: Gathered):
        self._gathered = gathered
        self._versions: dict[str, dict[int, dict]] = defaultdict(dict)
        for made in gathered.makers:
            self._versions[made.row][made.version] = made.fields
        self._add_unsaid(Appointment, OFFICE)
        self._add_unsaid(User, ACCOUNT)
        newest = {row: said[max(said)] for row, said in self._versions.items()}
        self._person_of = {row: said["person_id"] for row, said in newest.items() if "role" not in said}
        self._offices_of = defaultdict(set)
        for row, said in newest.items():
            if said.get("role") in MANAGERS | CONFIRMERS:
                self._offices_of[said["person_id"]].add(row)

    def _add_unsaid(self, model, names: list[str]) -> None:
        for row, *texts in tables.read(model._base_manager.all(), ["id", *names]):
            if tables.identifier(row) not in self._versions:
                fields = zip(names, map(model._meta.get_field, names), texts, strict=True)
                self._versions[tables.identifier(row)][0] = {
                    name: tables.written(field, text) for name, field, text in fields
                }

    def entitles(self, made: Made) -> bool:
        line = made.line
        if not line.by:
            return line.seq <= self._gathered.spoken.get(line.record, line.seq)
        if made.model == USER and made.row == line.by:
            return True
        register = self._gathered.records.get(line.record)
        offices = self._offices_of[self._person_of.get(line.by, "")]
        if line.verb == "appointment.put_back" and made.fields["proposed_by_id"]:
            # It opens nothing; the account may have been opened at another school of the trust.
            register = register and register._replace(school="")
        entitled = CONFIRMERS if line.verb in ("appointment.confirmed", "account.confirmed") else MANAGERS
        return register is not None and any(
            _carries(office, entitled, register, line.at) for row in offices if (office := self._before(made, row))
        )

    def _before(self, made: Made, row: str) -> dict | None:
        """An office as it stands, or as it stood before the line that made or changed it: no office gives itself."""
        versions = [number for number in self._versions[row] if row != made.row or number < made.version]
        return self._versions[row][max(versions)] if versions else None


def _carries(office: dict, entitled: frozenset[str], register: Known, at: str) -> bool:
    return (
        office["role"] in entitled
        and not office.get("proposed_by_id")
        and office["trust_id"] == register.trust
        and (not office["school_id"] or not register.school or office["school_id"] == register.school)
        and office["from_at"] <= at
        and (not office["until_at"] or at < office["until_at"])
    )
