"""What each office is called on screen, and which of its holders is rung now."""

from dataclasses import dataclass

from schools.calendar import day_of
from schools.models import Appointment, Arrangement
from schools.policy import taxonomy
from schools.roles import Role

RUNG_FIRST = (Role.DSL, Role.DEPUTY_DSL, Role.HEAD_OF_SCHOOL)


@dataclass(frozen=True)
class Ring:
    """Somebody to ring: the name, the office held, and the number where one is recorded."""

    name: str
    role: str
    phone: str = ""


def title_of(role: str) -> str:
    """The common title of an office, such as Designated Safeguarding Lead (DSL)."""
    return taxonomy().parties.get(str(role)) or str(role).replace("_", " ").capitalize()


def on_duty(school, at, *, but_not=()) -> list[Ring]:
    """Whom to ring at a school now: the safeguarding lead, a deputy, the head; each person once.

    at: the moment. but_not: people whom the matter touches, who are left out. Where nobody is left, the local
    authority designated officer (LADO) and the children's front door are named instead.
    """
    rows = Appointment.objects.current(at).filter(school=school, role__in=RUNG_FIRST).exclude(person_id__in=but_not)
    found, rank = {}, RUNG_FIRST.index
    for row in sorted(rows.select_related("person"), key=lambda row: (rank(Role(row.role)), row.person.name)):
        title = school.head_title if row.role == Role.HEAD_OF_SCHOOL else title_of(row.role)
        found.setdefault(row.person_id, Ring(row.person.name, title, row.person.telephone))
    return list(found.values()) or outside(school, at, "lado", "front_door")


def outside(school, at, *kinds: str) -> list[Ring]:
    """The bodies outside the school that it rings at a moment: LADO, front door, police, as it recorded them."""
    rows = Arrangement.objects.on(day_of(at)).filter(school=school, kind__in=kinds)
    rows = sorted(rows, key=lambda row: kinds.index(row.kind))
    return [Ring(row.name, row.get_kind_display().capitalize(), row.telephone) for row in rows]
