"""Naming people in a record: matched to the directory, the name as typed kept, conflict worked out at once."""

from dataclasses import dataclass, field

from django.db.models import Q

from incidents.rules.called import Called
from schools import exclusions, sealing
from schools.models import Appointment, Involvement, Person
from schools.models.people import STAFF_KINDS
from schools.roles import Role
from schools.workflow.people import look_up_token

# The parts by which a matter is hidden from somebody, and what those may be who hold an office: to be kept out for a
# while by half a name is better than to read about oneself; to stand aside for it is not.
KEEPS_OUT = ("subject", "author", "conflicted_dsl")
MAY_HOLD_OFFICE = ("", "former_staff", *STAFF_KINDS)
OPEN_NOTHING = (Role.STAFF, Role.ADMINISTRATOR)


@dataclass
class Named:
    """The rows that follow from naming people: who is involved, and who is shut out or takes over.

    around: the people of the record and those around them, as they were read for it.
    """

    around: exclusions.Around
    involvements: list = field(default_factory=list)
    follow: list = field(default_factory=list)

    @property
    def rows(self) -> list:
        return [*self.involvements, *self.follow]


def name_people(record, people: list[dict], *, at, direction=None, known=()) -> Named:
    """Rows for people as somebody typed them.

    people: {name, kind, part} and perhaps {person}, a directory entry already chosen. A typed name that fits several
    members of staff counts as each of them until a handler says which: nobody it may be about is shown anything.
    known: involvements that the record has already.
    """
    involvements = [one for row in people for one in _involvements(record, row, at=at)]
    everyone = [*known, *involvements]
    around = exclusions.around(record, everyone, at=at)
    follow = exclusions.work_out(record, everyone, at=at, direction=direction, around_it=around, named=involvements)
    return Named(around, involvements, follow)


def _involvements(record, row: dict, *, at) -> list[Involvement]:
    given, kind = row.get("person"), row.get("kind", "")
    found = [given] if given else matches(record.school, row["name"], kind)
    is_known = len(found) == 1
    if not found and row["part"] in KEEPS_OUT and kind in MAY_HOLD_OFFICE:
        found = perhaps_meant(record.school, row["name"], at=at)
    made = []
    for person in found or [None]:
        one = Involvement(record=record, part=row["part"], person=person)
        one.kind = person.kind if person else kind
        one.in_issue = row.get("in_issue", "")
        one.is_confirmed = is_known
        sealing.seal(record, one, typed_name=row.get("name") or (person.name if person else ""))
        made.append(one)
    return made


def matches(school, typed: str, kind: str = "") -> list[Person]:
    """The people of the trust's directory, and the pupils and parents of the school, whom a typed name may mean.

    kind: what they are to the school, as far as was said. Somebody called the same who is something else is only meant
    when nobody else can be.
    """
    words = " ".join(typed.split())
    if not words:
        return []
    staff = _called(Person.objects.staff_of(school.trust_id), Called(words).is_same_as)
    if kind in STAFF_KINDS and staff:
        return _nearest(staff, school)
    confidential = list(
        Person.objects.filter(school=school, look_up=look_up_token(school.record, words)).order_by("pk")
    )
    if kind not in STAFF_KINDS and (fitting := [person for person in confidential if person.kind == kind]):
        return fitting
    return _nearest(staff, school) or confidential


def perhaps_meant(school, typed: str, *, at) -> list[Person]:
    """Who in an office at the school may be meant by what is nobody's whole name, such as “Ms Marsh”."""
    here = Q(school=school) | Q(school__isnull=True, trust=school.trust_id)
    offices = Appointment.objects.current(at).filter(here).exclude(role__in=OPEN_NOTHING)
    holders = Person.objects.staff_of(school.trust_id).filter(pk__in=offices.values("person"))
    return _called(holders, Called(typed).may_be_short_for)


def _called(people, asks) -> list[Person]:
    """Those of some people of whose name something is true."""
    found = [pk for pk, name in people.values_list("pk", "name") if asks(Called(name))]
    return list(Person.objects.filter(pk__in=found).order_by("name", "pk")) if found else []


def _nearest(staff: list[Person], school) -> list[Person]:
    """Those who work at the school; where none of them does, all."""
    return [person for person in staff if person.school_id == school.pk] or staff
