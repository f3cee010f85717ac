"""Letting those who answer for accounts and data know that something was changed behind our back."""

from datetime import datetime

from schools import notices
from schools.models import Appointment, Notice, Person
from schools.roles import GRANTS, Permission

CHANGED = "Something in the history was changed behind Daybook’s back"


def tell(found: int, *, at: datetime) -> int:
    """Put it before whoever confirms offices that a change was found, each once; take it off when nothing is found.

    found: how many changes. at: the moment at which offices are held. Answers how many were told now.
    """
    waiting = Notice.objects.filter(record=None, what=CHANGED, done_at=None)
    if not found:
        waiting.update(done_at=at)
        return 0
    held = Appointment.objects.current(at).filter(role__in=GRANTS[Permission.OFFICE_CONFIRM])
    people = Person.objects.filter(pk__in=held.values("person")).exclude(pk__in=waiting.values("person"))
    return len([notices.tell(person, record=None, what=CHANGED, at=at) for person in people])
