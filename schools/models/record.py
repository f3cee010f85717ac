"""Records, who is shut out of them or given them, and the lines of their history."""

import uuid
from copy import copy

from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.lookups import In
from simple_history.models import HistoricalRecords
from uuid6 import uuid7

from schools.fields import SealedText, sealed_fields
from schools.roles import GRANTS, Kind

KINDS = [(kind.value, kind.value.replace("_", " ")) for kind in Kind]


class Fate:
    """What becomes of a row when its record is destroyed."""

    ERASED = "erased"
    KEPT = "kept"
    COUNTED = "counted"
    PASSING = "passing"


class BehindOurBack(RuntimeError):
    """A write that would leave no version and no line in the history."""


class OneByOne(models.QuerySet):
    """Refuses every way of writing that leaves no version, and ordering by sealed words; no two rows tie."""

    def _refuse(self, *args, **kwargs):
        raise BehindOurBack("records change only through an act, one row at a time")

    update = bulk_update = bulk_create = delete = _refuse
    update_or_create = get_or_create = _refuse

    def order_by(self, *names):
        sealed = {field.name for field in sealed_fields(self.model)}
        for name in names:
            if isinstance(name, str) and name.lstrip("-") in sealed:
                raise FieldError(f"{name} is sealed: rows are ordered by clear columns")
        is_total = not names or names[-1] in ("pk", "-pk")
        return super().order_by(*names) if is_total else super().order_by(*names, "pk")

    def union(self, *others, all=False):
        """Several answers as one, in no order until it is sorted: SQLite takes none within its parts."""
        return models.QuerySet.union(self.order_by(), *(rows.order_by() for rows in others), all=all)


def sight(viewer, to_record: str = "") -> Q:
    """Which rows a person may see: role at the record's school or named reader, less those hidden from them.

    viewer: who asks, with the day's appointments. to_record: the path from the row to its record, such as "record__";
    empty for records themselves.
    """
    record_id = f"{to_record}pk"
    seen = Q(pk__in=[])
    for kinds, schools in viewer.reads_in_schools():
        seen |= Q(**{f"{to_record}kind__in": kinds, f"{to_record}school_id__in": schools})
    for kinds, trusts in viewer.reads_in_trusts():
        seen |= Q(**{f"{to_record}kind__in": kinds, f"{to_record}trust_id__in": trusts})
    if viewer.trust_ids:
        seen |= Q(**{f"{to_record}kind": Kind.REGISTER, f"{to_record}trust_id__in": viewer.trust_ids})
    given = Reader.objects.given_to(viewer).filter(record_id=OuterRef(record_id))
    hidden = Exclusion.objects.hidden_from(viewer).filter(record_id=OuterRef(record_id))
    return (seen | Q(Exists(given))) & ~Q(Exists(hidden))


class Walked(Func):
    """A column of a row in a list, which SQLite walks past in the order of the list.

    Asked for the newest fifty of many schools it would gather all rows of each school and sort them; the unary plus
    keeps it to the index of the order, where it stops at fifty (sqlite.org/optoverview.html, section 2).
    counted: whether it counts by the index of this column, which is faster as long as nothing else is asked of a row.
    """

    template = "%(expressions)s"

    def __init__(self, column: str, *, counted: bool):
        super().__init__(F(column))
        self.counted = counted

    def as_sqlite(self, compiler, connection):
        is_page = compiler.query.order_by and compiler.query.high_mark is not None
        template = "+%(expressions)s" if is_page or not self.counted else self.template
        return self.as_sql(compiler, connection, template=template)


def sight_in_lists(viewer, *, kind: Kind | None = None, column: str = "") -> Q:
    """The same for rows that carry the home school of their record themselves, so that no record is read.

    viewer: who asks. kind: of which kind their records are. column: the column that says it, when there are several.
    """
    given, hidden = viewer.exceptions
    seen = sight_by_office(viewer, kind=kind, column=column)
    if given:
        seen |= Q(record__in=Reader.objects.given_to(viewer).values("record_id"))
    return seen & ~Q(record__in=Exclusion.objects.hidden_from(viewer).values("record_id")) if hidden else seen


def sight_by_office(viewer, *, kind: Kind | None = None, column: str = "") -> Q:
    """What the offices of a person open at the home schools of rows, before anything given to them or hidden.

    The arguments are those of `sight_in_lists`.
    """
    home, seen = Walked("school_id", counted=not any(viewer.exceptions)), Q(pk__in=[])
    for kinds, schools in viewer.reads_at_home():
        if column:
            seen |= Q(**{f"{column}__in": kinds}) & Q(In(home, schools))
        elif kind in kinds:
            seen |= Q(In(home, schools))
    return seen


class RecordQuerySet(OneByOne):
    def visible_to(self, viewer):
        """The only door to records."""
        return self.filter(sight(viewer))


class OfRecordQuerySet(OneByOne):
    # Whoever finds a row sees its record; not so where a row is found by way of other records.
    shows_record = True

    def visible_to(self, viewer):
        """The only door to the rows of a record."""
        return self.filter(sight(viewer, "record__"))


class Versions(HistoricalRecords):
    """The versions of rows; whatever writes one is given it back as the database keeps it."""

    def create_history_model(self, model, inherited):
        self.user_id_field = copy(self.user_id_field)  # a column of its own for each table
        made = super().create_history_model(model, inherited)
        # Databases round and reorder, and what is hashed must be what is stored; asked for in the same question.
        made._meta.db_returning_fields = made._meta.concrete_fields
        return made


class Versioned(models.Model):
    """A row of which every version is kept."""

    history = Versions(
        inherit=True,
        # A history of passwords would be something to guess from; `password_mark` shows that one was changed.
        excluded_fields=["password"],
        cascade_delete_history=True,
        history_user_id_field=models.UUIDField(null=True),
    )
    fate = Fate.ERASED
    has_readers_of_its_own = False  # fewer than its record has: the record's history tells nothing of it

    class Meta:
        abstract = True
        ordering = ["pk"]  # as they came to be: no database promises an order that nobody asked for

    def record_for(self, viewer) -> "Record":
        """The record of which is asked what somebody may do to this."""
        return self.record

    def stored_files(self) -> list[tuple[str, str]]:
        """The sealed files of this row: name in the store, SHA-256 of the sealed bytes."""
        return []


class Record(Versioned):
    """The unit that has a reference, a key, a history, a home school, readers and a day of destruction."""

    fate = Fate.KEPT
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ref = models.CharField(max_length=11, unique=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    trust = models.ForeignKey("schools.Trust", on_delete=models.PROTECT, related_name="+", null=True)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+", null=True)
    pack = models.ForeignKey("schools.AdoptedPolicy", on_delete=models.PROTECT, related_name="+", null=True)
    opened_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
    objects = RecordQuerySet.as_manager()

    class Meta(Versioned.Meta):
        indexes = [
            models.Index(fields=["school", "kind"], name="record_by_school"),
            models.Index(fields=["trust", "kind"], name="record_by_trust"),
            models.Index(fields=["-opened_at", "id", "kind", "school", "trust"], name="record_newest"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def record(self) -> "Record":
        return self


class OfRecord(Versioned):
    """A row that belongs to one record and shares its key, its readers and its end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    objects = OfRecordQuerySet.as_manager()

    class Meta(Versioned.Meta):
        abstract = True


class ReaderQuerySet(OfRecordQuerySet):
    def current(self, at):
        return self.filter(since__lte=at).filter(Q(until__isnull=True) | Q(until__gt=at))

    def given_to(self, viewer):
        """What a person was given by name and may read now; nothing while it is on one word only that they are it."""
        if viewer.user is None or viewer.user.proposed_by_id:
            return self.none()
        given = self.current(viewer.at).filter(person_id=viewer.person_id)
        return given if viewer.right is None else given.filter(role__in=GRANTS[viewer.right])


class Reader(OfRecord):
    """A person to whom a record was given by name: routed, handed over, or taken over from someone in conflict."""

    fate = Fate.ERASED
    person = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    why = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    objects = ReaderQuerySet.as_manager()


class ExclusionQuerySet(OfRecordQuerySet):
    def standing(self):
        return self.filter(lifted_at__isnull=True)

    def to_confirm(self):
        """What is kept from somebody until further notice: nobody has confirmed or lifted it yet."""
        return self.standing().filter(grade=Exclusion.HIDDEN, confirmed_at__isnull=True)

    def hidden_from(self, viewer):
        """What does not exist for a person."""
        return self.standing().filter(person_id=viewer.person_id, grade=Exclusion.HIDDEN)


class Exclusion(OfRecord):
    """A person for whom a record does not exist, or who stands aside from deciding it."""

    HIDDEN, ASIDE = "hidden", "standing_aside"
    GRADES = [(HIDDEN, "hidden"), (ASIDE, "standing aside")]
    fate = Fate.ERASED
    person = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+")
    grade = models.CharField(max_length=14, choices=GRADES)
    why = models.CharField(max_length=200)
    since = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, related_name="+", null=True)
    lifted_at = models.DateTimeField(null=True)
    reason = SealedText()
    objects = ExclusionQuerySet.as_manager()

    class Meta(OfRecord.Meta):
        indexes = [
            models.Index(fields=["person", "grade", "record"], name="exclusion_by_person"),
            models.Index(
                fields=["grade", "record"],
                name="exclusion_to_confirm",
                condition=Q(confirmed_at__isnull=True, lifted_at__isnull=True),
            ),
        ]

    @property
    def waits(self) -> bool:
        """Whether somebody still has to confirm that the record is kept from this person, or to lift it."""
        return self.grade == self.HIDDEN and self.confirmed_at is None


class Involvement(OfRecord):
    """A person named in a record, and the part they have in it; the name as typed goes with the record."""

    PARTS = [
        ("reporter", "reported it"),
        ("subject", "the person this is about"),
        ("target", "person harmed"),
        ("author", "wrote or posted it"),
        ("possible_author", "may have written or posted it"),
        ("affected", "child or adult affected"),
        ("witness", "saw it"),
        ("mentioned", "mentioned"),
        ("manager", "manager of someone named"),
        ("agency_contact", "contact at the agency"),
        ("parent_of_affected", "parent of a child affected"),
        ("possible_source", "may be where it came from"),
        ("conflicted_dsl", "safeguarding lead with a conflict of interest"),
    ]
    fate = Fate.ERASED
    person = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+", null=True)
    part = models.CharField(max_length=20, choices=PARTS)
    kind = models.CharField(max_length=20)
    in_issue = models.CharField(max_length=20, blank=True)
    is_confirmed = models.BooleanField(default=True)
    typed_name = SealedText()

    class Meta(OfRecord.Meta):
        indexes = [models.Index(fields=["person", "part"], name="named_in")]


class Entry(models.Model):
    """One line of a record's history: who did what, when; its facts and versions sealed."""

    fate = Fate.KEPT
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=60)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    sealed = models.BinaryField(null=True)
    commitment = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["record", "seq"]
        constraints = [models.UniqueConstraint(fields=["record", "seq"], name="one_line_a_number")]


class Head(models.Model):
    """The last line of a record's history; locked while the next is written."""

    fate = Fate.KEPT
    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="head")
    seq = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64)


class Checkpoint(models.Model):
    """A signed root over the last lines of all records at one quarter of an hour."""

    fate = Fate.KEPT
    number = models.PositiveIntegerField(primary_key=True)
    made_at = models.DateTimeField()
    root = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    mailed_at = models.DateTimeField(null=True)


class Looked(models.Model):
    """One response that showed the content of records: to whom, where, which."""

    fate = Fate.KEPT
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(db_index=True)
    user_id = models.UUIDField(null=True)
    page = models.CharField(max_length=80)
    basis = models.CharField(max_length=200)
    records = models.JSONField(default=list)
