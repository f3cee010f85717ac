"""What waits on a desk about offices and accounts: to be confirmed, held by nobody, left behind, overused."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from casework.tasks import MOST, Task
from schools import downloads, notices
from schools.clock import day_of
from schools.models import Appointment, Reader, School, User
from schools.offices import title_of
from schools.roles import GRANTS, TOP, Permission, Role
from schools.subjects import act_path, path_of

TOLD_FOR = timedelta(days=7)
EVERY_SCHOOL_NEEDS = (Role.DSL, Role.HEAD_OF_SCHOOL)


def tasks_of(viewer) -> list[Task]:
    """Everything about offices, accounts and the history as a whole that waits for one person."""
    return _told(viewer) + _gaps(viewer) + _to_confirm(viewer) + _downloads(viewer)


def _told(viewer):
    """What concerns no one record: that something was changed behind Daybook's back."""
    if not GRANTS[Permission.OFFICE_CONFIRM] & viewer.roles:
        return []
    whom = "Let whoever keeps the machine run “verify_ledger”, which names the place, before anything else is done."
    told = notices.waiting_for(viewer).filter(record=None, basis="")
    return [Task(one.what, "", whom, path_of(viewer.user.person.trust), is_urgent=True) for one in told]


def _to_confirm(viewer):
    """Offices and accounts on the word of somebody else alone, for those who may be the second person."""
    confirming = GRANTS[Permission.OFFICE_CONFIRM]
    if not confirming & viewer.roles:
        return []
    return _offices_to_confirm(viewer, confirming) + _accounts_to_confirm(viewer, confirming)


def _accounts_to_confirm(viewer, confirming):
    """Accounts that wait although something was given to their holders, as far as this person sees what it was."""
    given = Reader.objects.visible_to(viewer).current(viewer.at).filter(person=OuterRef("person"))
    rows = User.objects.proposed().filter(Exists(given)).exclude(proposed_by=viewer.user).exclude(pk=viewer.user.pk)
    return [
        Task(
            "Confirm whose an account is",
            "",
            row.person.name,
            act_path(row.record.school, "confirm-account"),
            school=row.record.school.name,
            is_decision=True,
        )
        for row in rows.select_related("person", "record__school").order_by("person__name", "pk")[:MOST]
        if confirming & viewer.offices_at(row.record)
    ]


def _offices_to_confirm(viewer, confirming):
    rows = Appointment.objects.proposed(viewer.at).filter(trust__in=viewer.trust_ids)
    rows = rows.exclude(proposed_by=viewer.user).exclude(person=viewer.person_id).order_by("from_at", "pk")
    return [
        Task(
            "Confirm an appointment",
            "",
            f"{row.person.name}, {title_of(row.role)}",
            act_path(row.record.school, "confirm-appointment"),
            school=row.record.school.name,
            is_decision=True,
        )
        for row in rows.select_related("person", "record__school")[:MOST]
        if confirming & viewer.offices_at(row.record)
    ]


def _gaps(viewer):
    """For whoever manages accounts: offices that nobody holds, and accounts of people who have left."""
    if Role.ADMINISTRATOR not in viewer.roles:
        return []
    held = [(school, trust) for role, school, trust in viewer.offices if role == Role.ADMINISTRATOR]
    whole = [trust for school, trust in held if school is None]
    places = School.objects.filter(Q(pk__in=[school for school, _ in held if school]) | Q(trust__in=whole))
    held = set(Appointment.objects.current(viewer.at).filter(school__in=places).values_list("school_id", "role"))
    left = User.objects.filter(is_active=True, person__school__in=places, person__end_on__lt=day_of(viewer.at))
    gaps = [
        Task(f"Nobody is {title_of(role)}", "", place.name, act_path(place, "appoint"), is_decision=True)
        for place in places
        for role in EVERY_SCHOOL_NEEDS
        if (place.pk, role.value) not in held and place.kind == School.SCHOOL
    ]
    leavers = left.select_related("person__school")[:MOST]
    return gaps + [
        Task(
            "Close the account of somebody who left", "", one.person.name, act_path(one.person.school, "close-account")
        )
        for one in leavers
    ]


def _downloads(viewer):
    """Who asked to download more in a day than anybody may, for those who are told; it goes by itself after a week."""
    if viewer.roles.isdisjoint([*downloads.TOLD, *TOP]):
        return []
    rows = downloads.asked_for_more(viewer, within=TOLD_FOR)[:MOST]
    days = [(row.what, day_of(row.made_at)) for row in rows]
    return [Task(what, "", f"On {day.day} {day:%B}. Ask them what it was for.", "") for what, day in days]
