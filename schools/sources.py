"""Whose name is kept back from whom: the one question of every page and paper that would say who reported something."""

import copy
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from types import SimpleNamespace
from uuid import UUID

from schools import access, sealing
from schools.access import Viewer
from schools.disclosure import KEPT_BACK, is_told, without_reporting
from schools.masking import Hidden, Masks
from schools.models import Appointment, Exclusion, Involvement, Person
from schools.models.people import STAFF_KINDS
from schools.roles import Role

NOBODY = UUID(int=0)  # stands where the key of their person or account would
STAND_IN = Person(pk=NOBODY, name=KEPT_BACK)
INSIDE_A_SENTENCE = "name kept back"
# What somebody does as the one who reports; what they do by an office they do in their own name.
AS_REPORTER = frozenset({"concern.reported", "evidence.added", "link.added"})
# The columns that say who reported, by the table: what is built on records adds its own.
SAYS_WHO: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Disclosure:
    """One disclosure in the public interest, by the keys of the persons who made it and who look into it."""

    reporter: UUID
    officer: UUID | None
    since: datetime


# Which disclosures stand behind some records at a moment, by record: what is built on records says so here.
DISCLOSURES: list[Callable[[Viewer, list], dict[UUID, list[Disclosure]]]] = []


def kept_back(viewer: Viewer, records: Iterable) -> dict[UUID, frozenset[UUID]]:
    """The keys of the persons whose names are kept back from somebody, by record; asked once for a request.

    viewer: who asks, and the moment. records: those that they see.
    """
    records = list(records)
    unknown = [record for record in records if ("kept back", record.pk) not in viewer.known]
    found = _behind(viewer, unknown)
    for record in unknown:
        viewer.known["kept back", record.pk] = frozenset(
            one.reporter for one in found.get(record.pk, ()) if not _is_told(viewer, record, one)
        )
    return {record.pk: viewer.known["kept back", record.pk] for record in records}


def _behind(viewer: Viewer, records: list) -> dict[UUID, list[Disclosure]]:
    found = defaultdict(list)
    for behind in DISCLOSURES if records else ():
        for record, disclosures in behind(viewer, records).items():
            found[record] += disclosures
    return found


def _is_told(viewer: Viewer, record, disclosure: Disclosure) -> bool:
    return is_told(
        offices=viewer.offices_at(record),
        is_reporter=viewer.person_id == disclosure.reporter,
        is_officer=viewer.person_id is not None and viewer.person_id == disclosure.officer,
        stands_aside=bool(access.stands_aside(viewer, record)),
    )


def instead(model, value: Callable[[str], object], people: Iterable[UUID]) -> dict[str, object]:
    """What stands in a row in place of whoever reported it, by column; nothing where the row does not say who did.

    model: of the row. value: what stands in a column. people: whose names are kept back.
    """
    kept = {str(person) for person in people}
    if model is Involvement and value("part") == "reporter" and str(value("person_id")) in kept:
        return {"person_id": NOBODY, "typed_name": KEPT_BACK, "kind": ""}
    if model is Exclusion and str(value("person_id")) in kept:
        why = value("why")
        rest = without_reporting(why)
        return {} if rest == why else {"why": rest} if rest else {"person_id": NOBODY}
    columns = SAYS_WHO.get(model._meta.label_lower, ())
    return {column: NOBODY for column in columns if str(value(column)) in kept}


class Shown:
    """How one record is told to somebody: with a stand-in for each name that is kept back from them, or as it is.

    people: the keys of the persons whose names are kept back.
    """

    def __init__(self, record, people: frozenset[UUID], *, at: datetime):
        self.record, self.people, self.at = record, people, at

    def instead(self, model, value: Callable[[str], object]) -> dict[str, object]:
        """As `instead`, for these people."""
        return instead(model, value, self.people) if self.people else {}

    def rows(self, rows: Iterable) -> list:
        """Rows as they are shown: copies where they say such a name. rows: opened, if they hold sealed words."""
        return [self._row(row) for row in rows] if self.people else list(rows)

    def row(self, row):
        """One row as it is shown."""
        return self._row(row) if self.people else row

    def who(self, verb: str, account: UUID | None, person: UUID | None) -> UUID | None:
        """The account that acted, or who stands in for it where it acted as the one who reports."""
        return NOBODY if verb in AS_REPORTER and person in self.people else account

    def words(self, model, text: str) -> str:
        """Words of a row as they are shown: without the names, but of whoever stands in the record otherwise too.

        A colleague who acts in it by an office, or is named in it for something else, would be told by what is missing.
        Their name is left out of the report itself, and nowhere else.
        """
        if not self.people or not text or model is Involvement:
            return text
        return (self._of_report if model._meta.label_lower in SAYS_WHO else self._elsewhere)(text)

    def _row(self, row):
        told = copy.copy(row)
        model, instead_of = type(row), self.instead(type(row), partial(getattr, row))
        if hasattr(row, "opened"):
            said = {name: self.words(model, text) for name, text in vars(row.opened).items()}
            told.opened = SimpleNamespace(**said | {name: instead_of[name] for name in said if name in instead_of})
        for column, value in instead_of.items():
            if column != "typed_name":
                setattr(told, told._meta.get_field(column).name, STAND_IN if value == NOBODY else value)
        return told

    @cached_property
    def _named(self) -> list[Person]:
        return sealing.open_rows(Person.objects.filter(pk__in=self.people).order_by("pk"))

    @cached_property
    def _of_report(self) -> Masks:
        return _masks(self._named)

    @cached_property
    def _elsewhere(self) -> Masks:
        others = Involvement.objects.filter(record=self.record, person__in=self.people).exclude(part="reporter")
        offices = Appointment.objects.current(self.at).filter(person__in=self.people).exclude(role=Role.STAFF)
        also = {*others.values_list("person_id", flat=True), *offices.values_list("person_id", flat=True)}
        return _masks([person for person in self._named if person.pk not in also])


def all_shown_to(viewer: Viewer, records: Iterable) -> dict[UUID, Shown]:
    """How each of some records is told to somebody who sees them, by record."""
    records = list(records)
    kept = kept_back(viewer, records)
    return {record.pk: Shown(record, kept[record.pk], at=viewer.at) for record in records}


def shown_to(viewer: Viewer, record) -> Shown:
    """How one record is told to somebody who sees it."""
    return all_shown_to(viewer, [record])[record.pk]


def _masks(people: list[Person]) -> Masks:
    return Masks([_hidden(person) for person in people], shown=(), phrases=(), words=())


def _hidden(person: Person) -> Hidden:
    names = tuple(filter(None, [person.name or person.opened.sealed_name]))
    posts = tuple(filter(None, [person.job_title])) if person.kind in STAFF_KINDS else ()
    return Hidden(label=INSIDE_A_SENTENCE, names=names, posts=posts)
