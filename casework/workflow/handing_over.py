"""Handing a part over to one person by name, and ending that again: never so that nobody is left to whom it falls."""

from django.db.models import Q

from casework.models import Part
from casework.workflow.choosing import must_be_free_in
from casework.workflow.parts import is_open
from schools import access, conflict, exclusions, ledger, notices
from schools.acts import Past, Refused, act
from schools.clock import day_of
from schools.models import Appointment, Reader, User
from schools.offices import title_of
from schools.roles import READS, Permission, Role, grants

HANDED_OVER = "handed over"
NOBODY_LEFT = "Nobody else who is free would be left to whom this falls: hand it over to somebody else first."
# The offices to which a part falls as a whole: who investigates or hears it does one duty in it.
HAVE_IT = [office for office in READS if grants(office, Permission.RECORD_WORK)]


@act("part.handed_over", of=Part, permission=Permission.HAND_OVER, label="Hand over to someone", when=is_open)
def hand_over(part, *, by, at, person, role, why):
    """Give this part to one person by name, who reads it from now on as the office named."""
    if person == by.person:
        raise Refused("You have this part already: nobody gives themselves an office in it.")
    must_be_free_in(part.record, person)
    held = Appointment.objects.current(at).filter(person=person, trust_id=part.record.trust_id)
    offices = set(held.values_list("role", flat=True))
    if not conflict.may_stand_in(role, offices):
        wanted = title_of(role)
        raise Refused(f"{person.name} holds no office that the duty of the {wanted} passes to: choose another office.")
    if person.has_left(day_of(at)):
        raise Refused(f"{person.name} has left: choose somebody who works here.")
    if Role.ADMINISTRATOR in offices and offices.isdisjoint(READS):
        raise Refused(f"{person.name} manages accounts, and whoever does so sees no record: choose somebody else.")
    if Reader.objects.current(at).filter(record=part.record, person=person, why=HANDED_OVER).exists():
        raise Refused(f"{person.name} has this part by a hand-over already: end that one first.")
    reader = Reader(record=part.record, person=person, role=role, why=HANDED_OVER, since=at)
    ledger.record("part.handed_over", part.record, reader, by=by, at=at, role=role, why=why)
    notices.tell(person, record=part.record, what="read", at=at)
    return part


def handed_over(part, viewer):
    given = any(row.why == HANDED_OVER for row in access.readers_of(viewer, part.record))
    return None if given else Past("It is handed over to nobody.")


@act("handover.ended", of=Part, permission=Permission.HAND_OVER, label="End a hand-over", when=handed_over)
def end_hand_over(part, *, by, at, reader, reason):
    """End the hand-over of a part to somebody: by it they read the part no longer.

    reader: the row of the hand-over.
    """
    if reader.until or reader.why != HANDED_OVER:
        raise Refused("That is no hand-over that still stands.")
    if not _is_anybody_left(part, reader, at=at):
        raise Refused(NOBODY_LEFT)
    reader.until = at
    ledger.record("handover.ended", part.record, reader, by=by, at=at, role=reader.role, why=reason)
    return part


def _is_anybody_left(part, ending, *, at) -> bool:
    """Whether somebody who is free and signs in would still have a part in their office once a hand-over ends."""
    record = part.record
    here = Q(school=part.school) | Q(school__isnull=True, trust=record.trust_id)
    opening_it = [office for office in HAVE_IT if record.kind in READS[office]]
    by_office = Appointment.objects.current(at).filter(here, role__in=opening_it)
    by_name = Reader.objects.current(at).filter(record=record, role__in=HAVE_IT).exclude(pk=ending.pk)
    people = {person for rows in (by_office, by_name) for person in rows.values_list("person_id", flat=True)}
    return User.objects.filter(person__in=people - exclusions.people_kept_from(record), is_active=True).exists()
