"""Whom somebody may choose for a duty in a case or a part, and the one refusal of whoever is not free in it."""

from schools import exclusions
from schools.acts import Refused
from schools.clock import day_of
from schools.models import Person
from schools.sources import kept_back

NOT_THEM = "{name} cannot be chosen for this: choose somebody else."


def in_directory(person: Person) -> str:
    """A person as the lists to choose from show them: the name, with what they do."""
    return f"{person.name}, {person.job_title or person.school}"


def staff_offered_in(subject, viewer) -> list[tuple[Person, str]]:
    """The staff of the trust whom somebody may choose in a case or a part: nobody hidden or aside, nobody who has left.

    Whoever made a disclosure that the viewer is not told of is among them, for a name that is missing would tell it:
    an act refuses them as it refuses anybody who is not free.
    """
    record = subject.record_for(viewer)
    kept = exclusions.people_kept_from(record)
    staff = Person.objects.staff_of(subject.school.trust_id).select_related("school").order_by("name")
    if viewer is not None:
        kept -= kept_back(viewer, [record])[record.pk]
        staff = staff.there_on(day_of(viewer.at))
    return [(person, in_directory(person)) for person in staff if person.pk not in kept]


def must_be_free_in(record, *people) -> None:
    """Refuse whoever is hidden or stands aside in a record, in words that do not tell which it is, or why."""
    kept = exclusions.people_kept_from(record)
    for person in people:
        if person.pk in kept:
            raise Refused(NOT_THEM.format(name=person.name))
