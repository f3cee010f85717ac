"""The list of people: who works where, who signs in and who has left, for those who look after that."""

from django.db.models import Exists, OuterRef, Q

from schools.clock import day_of
from schools.list_pages import List, by_school
from schools.listing import Filter
from schools.models import Person, User
from schools.models.people import KINDS, STAFF_KINDS
from schools.roles import Permission, grants


def _people(viewer):
    """The directory of each school at which, or of each trust in which, an office lists its people."""
    where = Q(pk__in=[])
    for role, school, trust in viewer.offices:
        if grants(role, Permission.PEOPLE_LIST):
            where |= Q(trust_id=trust) if school is None else Q(school_id=school)
    account = Exists(User.objects.filter(person_id=OuterRef("pk"), is_active=True))
    rows = Person.objects.visible_to(viewer).filter(where, kind__in=STAFF_KINDS)
    return rows.annotate(signs_in=account).select_related("school")


def _narrow_people(viewer) -> dict[str, Filter]:
    has_left = Q(end_on__lt=day_of(viewer.at))
    account = {"yes": Q(signs_in=True), "no": Q(signs_in=False)}
    return {
        "school": by_school(viewer),
        "kind": Filter("Who", [(kind, words.capitalize()) for kind, words in KINDS if kind in STAFF_KINDS]),
        "account": Filter("Signs in", [("yes", "Yes"), ("no", "No")], conditions=account),
        "left": Filter("Has left", [("yes", "Yes"), ("no", "No")], conditions={"yes": has_left, "no": ~has_left}),
    }


def _what(person) -> str:
    return person.job_title or person.get_kind_display().capitalize()


def _person_line(person, *, now) -> list[dict]:
    left = person.end_on and person.end_on < day_of(now)
    tag = {"text": "Left", "colour": "grey"} if left else None
    return [
        {"text": person.name, "tag": tag},
        {"text": _what(person)},
        {"text": person.school and person.school.name},
        {"text": person.telephone},
        {"text": "" if person.signs_in else "No account", "tag": {"text": "Signs in"} if person.signs_in else None},
    ]


PEOPLE = List(
    heading="People",
    caption="People of the schools you look after",
    things="people",
    thing="person",
    nothing="Whoever looks after accounts, personnel or a whole school finds its people here.",
    rows=_people,
    filters=_narrow_people,
    sorts={
        "name": ("name", "pk"),
        "-name": ("-name", "-pk"),
        "school": ("school__name", "name", "pk"),
        "-school": ("-school__name", "name", "pk"),
    },
    headings=[
        {"label": "Name", "sort": "name"},
        {"label": "Post"},
        {"label": "School", "sort": "school"},
        {"label": "Telephone"},
        {"label": "Account"},
    ],
    line=_person_line,
    columns={
        "Name": lambda row: row.name,
        "Post": _what,
        "School": lambda row: row.school.name if row.school else "",
        "Telephone": lambda row: row.telephone,
        "Signs in": lambda row: "yes" if row.signs_in else "no",
        "From": lambda row: row.start_on,
        "Until": lambda row: row.end_on,
    },
    shows=lambda rows: [],
)
