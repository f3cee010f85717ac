"""The two questions of access, with one answer: which may I see, and may I do this."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db import DatabaseError, transaction
from django.db.models import UUIDField, Value

from schools import clock
from schools.models import Appointment, Exclusion, Looked, Reader, Record, School
from schools.roles import Kind, Permission, Role, grants, kinds_read_by

# What stands where an office would, in the answer that holds both.
HIDDEN = "hidden"


class LogUnavailable(Exception):
    """Who looked could not be written down, so nothing is shown."""


@dataclass
class Viewer:
    """A signed-in person at one moment, with the offices they hold then.

    user: the account, or None for nobody. at: the moment, aware. right: when given, only what they see by an office
    that carries this right, or were given by name in one that does.
    """

    user: object
    at: datetime
    right: Permission | None = None
    known: dict = field(init=False, default_factory=dict)

    @cached_property
    def _held(self) -> list[tuple[str, uuid.UUID | None, uuid.UUID | None, str]]:
        """The offices of this person, what was given to them by name, and whether anything is hidden: one question."""
        if self.user is None:
            return []
        nowhere, no_kind = [Value(None, output_field=UUIDField())] * 2, Value("")
        offices = Appointment.objects.current(self.at).filter(person_id=self.person_id)
        given = Reader.objects.given_to(self).values_list("role", *nowhere, "record__kind")
        hidden = Exclusion.objects.hidden_from(self).values_list(Value(HIDDEN), *nowhere, no_kind)
        offices = offices.values_list("role", "school", "trust", no_kind)
        return sorted(offices.union(given, hidden), key=str)

    @cached_property
    def offices(self) -> list[tuple[Role, uuid.UUID | None, uuid.UUID]]:
        """What this person holds: the office, its school (none for the whole trust) and its trust."""
        if self.user is None or not self.user.is_active:
            return []
        held = [(Role(role), school, trust) for role, school, trust, _ in self._held if trust is not None]
        return [one for one in held if self.right is None or grants(one[0], self.right)]

    @property
    def exceptions(self) -> tuple[bool, bool]:
        """Whether any record was given to this person by name, and whether any is hidden."""
        return bool(self.given), any(not kind for _, _, trust, kind in self._held if trust is None)

    @cached_property
    def given(self) -> list[tuple[str, Kind]]:
        """As what records were given to this person by name, empty for no office, and of which kinds they are."""
        return [(role, Kind(kind)) for role, _, _, kind in self._held if kind]

    def carrying(self, right: Permission) -> "Viewer":
        """The same person at the same moment, with only what one right of theirs opens."""
        return Viewer(self.user, self.at, right)

    @property
    def person_id(self):
        return None if self.user is None else self.user.person_id

    @property
    def trust_ids(self) -> set[uuid.UUID]:
        return {trust for _, _, trust in self.offices}

    @property
    def roles(self) -> set[Role]:
        return {role for role, _, _ in self.offices}

    @property
    def basis(self) -> str:
        """By which offices this person looks, as it is written down."""
        return ", ".join(sorted(role.value for role in self.roles))

    def reads(self, kind: Kind) -> bool:
        """Whether an office of theirs opens records of a kind somewhere."""
        return any(kind in kinds_read_by(role) for role in self.roles)

    def reads_in_schools(self):
        """Kinds of record and the schools in which an office at a school opens them."""
        return self._reads(lambda school, trust: school)

    def reads_in_trusts(self):
        """Kinds of record and the trusts in which an office in the whole trust opens them."""
        return self._reads(lambda school, trust: trust if school is None else None)

    def reads_at_home(self):
        """Kinds of record and the schools at which they are read, by an office there or by one in the whole trust."""
        by_kinds: dict[tuple, set] = {}
        for kinds, schools in self.reads_in_schools():
            by_kinds.setdefault(tuple(kinds), set()).update(schools)
        for kinds, trusts in self.reads_in_trusts():
            here = {school.pk for school in self.schools if school.trust_id in trusts}
            by_kinds.setdefault(tuple(kinds), set()).update(here)
        return [(kinds, sorted(schools)) for kinds, schools in by_kinds.items()]

    @cached_property
    def schools(self) -> list[School]:
        """Every school of the trusts in which this person holds an office, by name."""
        return list(School.objects.filter(trust_id__in=self.trust_ids).only("trust", "slug", "name").order_by("name"))

    def _reads(self, place):
        by_kinds: dict[frozenset[Kind], set] = {}
        for role, school, trust in self.offices:
            kinds, where = kinds_read_by(role), place(school, trust)
            if kinds and where is not None:
                by_kinds.setdefault(kinds, set()).add(where)
        return [(sorted(kinds), where) for kinds, where in sorted(by_kinds.items(), key=lambda item: sorted(item[0]))]

    def standing(self, record: Record) -> "Standing":
        """How this person stands to one record, worked out once for a request."""
        if record.pk not in self.known:
            self.known[record.pk] = Standing(self, record)
        return self.known[record.pk]

    def found(self, record: Record) -> None:
        """That a record was found among those this person sees, so that it is not asked again."""
        self.standing(record).sees = True

    def offices_at(self, record: Record) -> set[Role]:
        """The offices this person holds at the school or in the trust of a record."""
        return {
            role
            for role, school, trust in self.offices
            if trust == record.trust_id and (school is None or record.school_id is None or school == record.school_id)
        }

    def roles_for(self, record: Record) -> set[Role]:
        """The offices this person may use on one record: held at its school or trust, or given with the record."""
        return self.offices_at(record) | self.standing(record).given


@dataclass
class Standing:
    """One person and one record; each of its three questions is asked once a request, and only when it matters."""

    viewer: Viewer
    record: Record

    @cached_property
    def sees(self) -> bool:
        """Whether it exists for them."""
        return Record.objects.visible_to(self.viewer).filter(pk=self.record.pk).exists()

    @cached_property
    def given(self) -> frozenset[Role]:
        """As what it was given to them by name."""
        is_given_anything, _ = self.viewer.exceptions
        rows = readers_of(self.viewer, self.record) if is_given_anything else ()
        return frozenset(Role(row.role) for row in rows if row.role and row.person_id == self.viewer.person_id)

    @cached_property
    def aside(self) -> str:
        """Why they stand aside in it; empty when they are free."""
        rows = kept_from(self.viewer, self.record)
        mine = (row.why for row in rows if row.person_id == self.viewer.person_id and row.grade == Exclusion.ASIDE)
        return next(mine, "")


def kept_from(viewer: Viewer, record: Record) -> list[Exclusion]:
    """Who is kept out of a record or stands aside in it, with the person of each, read once for a request."""
    key = ("kept from", record.pk)
    if key not in viewer.known:
        rows = Exclusion.objects.standing().filter(record_id=record.pk).select_related("person")
        viewer.known[key] = list(rows.order_by("pk"))
    return viewer.known[key]


def readers_of(viewer: Viewer, record: Record) -> list[Reader]:
    """Those to whom a record is given by name now, with the person of each, read once for a request."""
    key = ("readers of", record.pk)
    if key not in viewer.known:
        rows = Reader.objects.current(viewer.at).filter(record_id=record.pk).select_related("person__user")
        viewer.known[key] = list(rows.order_by("since", "pk"))
    return viewer.known[key]


def sees(viewer: Viewer, record: Record) -> bool:
    """Whether a record exists for this person."""
    return viewer.standing(record).sees


def roles_carrying(viewer: Viewer, permission: Permission, record: Record) -> set[Role]:
    """The offices by which this person may do something to a record that they see.

    An office brings only permissions on the kinds of record it reads, unless the record was given by name.
    """
    given = {role for role in viewer.standing(record).given if grants(role, permission)}
    return _by_office(viewer, permission, record) | given


def _by_office(viewer: Viewer, permission: Permission, record: Record) -> set[Role]:
    held = {role for role in viewer.offices_at(record) if grants(role, permission)}
    return {role for role in held if record.kind == Kind.REGISTER or record.kind in kinds_read_by(role)}


def may(viewer: Viewer, permission: Permission, record: Record) -> bool:
    """Whether a person may do something to a record: they see it, and one of their offices carries the permission."""
    carries = _by_office(viewer, permission, record) or roles_carrying(viewer, permission, record)
    return bool(carries) and sees(viewer, record)


def stands_aside(viewer: Viewer, record: Record) -> str:
    """Why a person may not decide about a record that they see; empty when they are free."""
    return viewer.standing(record).aside


def note(*, user, page: str, records, basis: str) -> None:
    """Write down that the content of records is about to be shown, before it is.

    user: who looks. page: the name of the page or endpoint. records: identifiers. basis: by which office or reason.
    Raises LogUnavailable when the line cannot be written: then nothing may be shown.
    """
    shown = sorted({str(record) for record in records})
    if not shown:
        return
    try:
        with transaction.atomic():
            Looked.objects.create(
                at=clock.now(), user_id=None if user is None else user.pk, page=page, basis=basis[:200], records=shown
            )
    except DatabaseError as error:
        raise LogUnavailable("who looked could not be written down") from error
