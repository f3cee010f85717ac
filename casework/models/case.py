"""A case, which is a cover without content, and the parts it joins, each a record of its own."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import In

from incidents.models import Concern
from schools.fields import SealedText
from schools.models import Exclusion, Fate, OfRecord, Reader, Record, Versioned, sight_by_office, sight_in_lists
from schools.models.record import OfRecordQuerySet, Walked
from schools.roles import LANES, Kind


class CaseQuerySet(OfRecordQuerySet):
    shows_record = False

    def visible_to(self, viewer):
        """A case exists for whoever sees one of its concerns, which are of its own school, or one of its parts."""
        given, hidden = viewer.exceptions
        joined = JoinedConcern.objects.filter(case_id=OuterRef("pk"))
        if hidden:
            joined = joined.exclude(record__in=Exclusion.objects.hidden_from(viewer).values("record_id"))
        seen = sight_by_office(viewer, kind=Kind.CONCERN) & Q(Exists(joined))
        if given:
            seen |= Q(Exists(joined.filter(record__in=Reader.objects.given_to(viewer).values("record_id"))))
        parts = Part.objects.visible_to(viewer).values("case_id")
        return self.filter(seen | Q(In(Walked("pk", counted=False), parts)))


class PartQuerySet(OfRecordQuerySet):
    def visible_to(self, viewer):
        """The only door to parts."""
        return self.filter(sight_in_lists(viewer, column="lane"))


class Case(OfRecord):
    """A cover that joins concerns and parts; its own lines stand in the history of the concern that opened it."""

    OPEN, CLOSED = "open", "closed"
    STATUSES = [(OPEN, "Open"), (CLOSED, "Closed")]
    fate = Fate.KEPT
    ref = models.CharField(max_length=11, unique=True)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=6, choices=STATUSES, default=OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    objects = CaseQuerySet.as_manager()

    class Meta(OfRecord.Meta):
        indexes = [
            # One for each order of the list, with everything by which it is filtered.
            models.Index(fields=["-opened_at", "-id", "school", "status"], name="case_newest"),
            models.Index(fields=["status", "-opened_at", "-id", "school"], name="case_by_stage"),
            models.Index(fields=["-status", "-opened_at", "-id", "school"], name="case_by_last_stage"),
        ]

    def __str__(self) -> str:
        return self.ref

    def record_for(self, viewer) -> Record:
        """The record of which is asked what somebody may do to a case.

        That of its first concern, or, for somebody for whom that does not exist, of the first that does: nobody learns
        from what they may do here that there is another.
        """
        key = ("record of the case", self.pk)
        if key not in viewer.known:
            viewer.known[key] = self._first_record(viewer)
        return viewer.known[key]

    def _first_record(self, viewer) -> Record:
        _, is_hidden_anything = viewer.exceptions
        if not is_hidden_anything:
            return self.record
        hidden = Exclusion.objects.hidden_from(viewer).values("record_id")
        rows = self.joined.exclude(record__in=hidden).select_related("record__head")
        first = rows.order_by("joined_at", "pk").first()
        return self.record if first is None or first.record_id == self.record_id else first.record


class JoinedConcern(OfRecord):
    """That a concern is part of a case; read through the concern's own rights."""

    fate = Fate.ERASED
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="joined")
    joined_at = models.DateTimeField()

    @property
    def concern(self) -> Concern:
        return self.record.concern


class Part(Versioned):
    """One side of a case about one person: a child's safety, staff conduct, support and the like."""

    OPEN, CLOSED = "open", "closed"
    STATUSES = [(OPEN, "Open"), (CLOSED, "Closed")]
    fate = Fate.ERASED
    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="part")
    ref = models.CharField(max_length=11, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parts")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    lane = models.CharField(max_length=20, choices=[(kind.value, words) for kind, words in LANES.items()])
    about = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+", null=True)
    status = models.CharField(max_length=6, choices=STATUSES, default=OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    last_incident_on = models.DateField(null=True)
    born_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    held_in_childs_file_on = models.DateField(null=True)
    outcome = models.CharField(max_length=30, blank=True)
    headline = SealedText()
    about_name = SealedText()
    closing_note = SealedText()
    objects = PartQuerySet.as_manager()

    class Meta(Versioned.Meta):
        indexes = [models.Index(fields=["school", "lane", "status", "case"], name="part_by_lane")]

    def __str__(self) -> str:
        return self.ref

    @property
    def id(self):
        return self.record_id

    @property
    def is_about_staff(self) -> bool:
        """Whether it is about somebody who works in or for the school, as far as the directory knows."""
        return self.about is not None and self.about.is_staff


class Note(OfRecord):
    """Something written into a part: what was done, said or seen."""

    fate = Fate.ERASED
    CHILDS_FILE = "childs_file"
    KINDS = [
        (CHILDS_FILE, "Text for the child’s file"),
        ("note", "Note"),
        ("support", "Support offered"),
        ("review", "Review of support"),
        ("handed_over", "Handed over"),
    ]
    kind = models.CharField(max_length=12, choices=KINDS)
    happened_at = models.DateTimeField()
    written_by = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+")
    source_ref = models.CharField(max_length=11, blank=True)
    answer = models.CharField(max_length=10, blank=True)
    text = SealedText()


class AlsoRecorded(OfRecord):
    """Where else this is recorded: the child's file, the behaviour log, the personnel file."""

    fate = Fate.ERASED
    system = models.CharField(max_length=60)
    reference = SealedText()
    recorded_on = models.DateField()
