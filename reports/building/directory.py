"""The people whom a case file names, called and titled as they were on the day it was asked for."""

from datetime import datetime
from uuid import UUID

from reports.building.frozen import Frozen, as_row
from schools import sealing
from schools.disclosure import IN_A_SENTENCE, KEPT_BACK
from schools.models import Appointment, Person, User
from schools.offices import title_of
from schools.roles import Kind, Role, kinds_read_by
from schools.sources import NOBODY, STAND_IN

DAYBOOK = "Daybook"


class Directory:
    """Names and posts of people, as they stood at one moment."""

    def __init__(self, frozen: Frozen, *, also: list[UUID], at: datetime):
        """also: people whom the paper itself names. at: the moment, aware."""
        self.at = at
        accounts = {line.by for line in frozen.lines if line.by}
        self._of_account = dict(User.objects.filter(pk__in=accounts).values_list("pk", "person_id"))
        self._of_account[NOBODY] = NOBODY
        named = {*also, *self._of_account.values(), *_people_in(frozen.everything)}
        versions = Person.history.filter(id__in=named, history_date__lte=at).order_by("history_id")
        people = {version.id: as_row(Person, version) for version in versions}
        sealing.open_rows(people.values())
        self._people, self._all = people, people | {NOBODY: STAND_IN}

    @property
    def names(self) -> list[str]:
        """What everybody here is called."""
        return [self.name(person_id) for person_id in self._people]

    @property
    def posts(self) -> list[str]:
        """What everybody here does, or is to the school."""
        return [self.post(person_id) for person_id in self._people]

    @property
    def kinds(self) -> dict[UUID, str]:
        """Whether each is a pupil, a parent, a member of staff and so on."""
        return {person_id: person.kind for person_id, person in self._people.items()}

    def name(self, person_id: UUID | None) -> str:
        """What a person is called."""
        person = self._all.get(person_id)
        return (person.name or person.opened.sealed_name) if person else ""

    def post(self, person_id: UUID | None) -> str:
        """What a person does, or is to the school."""
        person = self._people.get(person_id)
        return (person.job_title or person.get_kind_display().capitalize()) if person else ""

    def full(self, person_id: UUID | None) -> str:
        """Name and post together."""
        return ", ".join(filter(None, (self.name(person_id), self._title(person_id))))

    def within(self, name: str) -> str:
        """Somebody's name and post inside a sentence."""
        return IN_A_SENTENCE if name == KEPT_BACK else name

    def is_staff(self, person_id: UUID | None) -> bool:
        """Whether this is somebody who works in or for a school, or governs it."""
        person = self._people.get(person_id)
        return bool(person) and person.is_staff

    def account(self, user_id: UUID | None) -> str:
        """Who acted, by the account they used; the system where nobody did."""
        return self.full(self._of_account.get(user_id)) or DAYBOOK

    def acted(self, user_id: UUID | None) -> UUID | None:
        """The person behind an account."""
        return self._of_account.get(user_id)

    def _title(self, person_id: UUID | None) -> str:
        person = self._people.get(person_id)
        return person.job_title if person else ""


def _people_in(rows) -> set[UUID]:
    """Everybody whom a row points at."""
    found = set()
    for row in rows:
        found |= {getattr(row, field.attname) for field in row._meta.concrete_fields if field.related_model is Person}
    return found - {None}


def readers_of(record, *, at: datetime, shut_out: set[UUID]) -> list[tuple[str, str]]:
    """Who reads a record by their office at a moment: name and office, without those from whom it is hidden."""
    roles = [role for role in Role if Kind(record.kind) in kinds_read_by(role)]
    held = Appointment.objects.current(at).filter(role__in=roles, trust_id=record.trust_id).select_related("person")
    here = [row for row in held if row.school_id in (None, record.school_id) and row.person_id not in shut_out]
    here.sort(key=lambda row: (roles.index(Role(row.role)), row.person.name))
    heads = {Role.HEAD_OF_SCHOOL: record.school.head_title}
    return [(row.person.name, heads.get(row.role) or title_of(row.role)) for row in here]
