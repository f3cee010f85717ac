"""Naming people in a record: matched to the directory, the name as typed kept, conflict worked out at once."""

from dataclasses import dataclass, field

from schools import exclusions, sealing
from schools.models import Involvement, Person
from schools.models.people import STAFF_KINDS
from schools.workflow.people import look_up_token


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
    involvements = [one for row in people for one in _involvements(record, row)]
    everyone = [*known, *involvements]
    around = exclusions.around(record, everyone, at=at)
    follow = exclusions.work_out(record, everyone, at=at, direction=direction, around_it=around, named=involvements)
    return Named(around, involvements, follow)


def _involvements(record, row: dict) -> list[Involvement]:
    given = row.get("person")
    found = [given] if given else matches(record.school, row["name"], row.get("kind", ""))
    made = []
    for person in found or [None]:
        one = Involvement(record=record, part=row["part"], person=person)
        one.kind = person.kind if person else row.get("kind", "")
        one.in_issue = row.get("in_issue", "")
        one.is_confirmed = bool(given) or len(found) == 1
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
    directory = Person.objects.staff_of(school.trust_id).filter(name__iexact=words)
    if kind in STAFF_KINDS and (staff := list(directory)):
        return _nearest(staff, school)
    token = look_up_token(school.record, words)
    found = list(directory | Person.objects.filter(school=school, look_up=token))
    confidential = [person for person in found if person.look_up == token]
    if kind not in STAFF_KINDS and (fitting := [person for person in confidential if person.kind == kind]):
        return fitting
    return _nearest([person for person in found if person.look_up != token], school) or confidential


def _nearest(staff: list[Person], school) -> list[Person]:
    """Those who work at the school; where none of them does, all."""
    return [person for person in staff if person.school_id == school.pk] or staff
