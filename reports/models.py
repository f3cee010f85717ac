"""Papers: who asked for a copy of what, for whom, why, until when it may be kept, and what became of it."""

from django.db import models
from django.db.models import Exists, OuterRef

from casework.models import Case, Part
from reports.terms import terms
from schools.fields import SealedText
from schools.models import Fate, OfRecord, sight
from schools.models.record import OfRecordQuerySet


class PaperQuerySet(OfRecordQuerySet):
    def visible_to(self, viewer):
        """A paper exists only for whoever sees every record that is printed in it."""
        unseen = PrintedRecord.objects.filter(~sight(viewer, "record__"), paper_id=OuterRef("pk"))
        return super().visible_to(viewer).filter(~Exists(unseen))


class Paper(OfRecord):
    """One copy of a case, or of one part of it, made for one person as it stood when it was asked for."""

    ASKED, READY, FAILED, ERASED = "asked", "ready", "failed", "erased"
    STATUSES = [
        (ASKED, "Being made"),
        (READY, "Ready to fetch"),
        (FAILED, "Could not be made"),
        (ERASED, "No longer kept here"),
    ]
    fate = Fate.ERASED
    has_readers_of_its_own = True
    ref = models.CharField(max_length=11, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="papers", null=True)
    audience = models.CharField(max_length=20)
    legal_ground = models.CharField(max_length=30)
    asked_by = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    released_by = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+", null=True)
    released_at = models.DateTimeField(null=True)
    destroy_by_on = models.DateField()
    checkpoint = models.ForeignKey("schools.Checkpoint", on_delete=models.PROTECT, related_name="+", null=True)
    status = models.CharField(max_length=6, choices=STATUSES, default=ASKED)
    ready_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    stored_as = models.CharField(max_length=80, blank=True)
    stored_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    recipient = SealedText()
    purpose = SealedText()
    trouble = SealedText()
    objects = PaperQuerySet.as_manager()

    class Meta(OfRecord.Meta):
        indexes = [models.Index(fields=["status", "ready_at"], name="paper_to_erase")]

    def __str__(self) -> str:
        return self.ref

    @property
    def covers(self) -> str:
        """The reference of what is printed: the case, or the one part of it."""
        return self.part.ref if self.part_id else self.case.ref

    @property
    def is_theirs(self) -> bool:
        """Whether it is the copy of the person it is about, who may keep it."""
        return terms().audiences[self.audience].of_one

    @property
    def masks_names(self) -> bool:
        """Whether names that its reader does not need are masked in it."""
        return terms().audiences[self.audience].masks

    @property
    def waits_for_release(self) -> bool:
        """Whether a second person has still to read it before it may leave."""
        return self.is_theirs and self.released_at is None

    @property
    def shows_pictures(self) -> bool:
        """Whether the pictures of the evidence are drawn in it."""
        return terms().audiences[self.audience].pictures

    @property
    def carries_originals(self) -> bool:
        """Whether the pictures of the evidence travel inside it as they were received."""
        return terms().audiences[self.audience].originals

    @property
    def carries_pictures(self) -> bool:
        """Whether the pictures of the evidence travel inside it, as they were received or drawn again."""
        return self.carries_originals or terms().audiences[self.audience].drawn

    @property
    def kind_words(self) -> str:
        """What kind of copy it is, in words."""
        return terms().audiences[self.audience].label

    @property
    def ground_words(self) -> str:
        """On what legal ground the copy leaves, in words."""
        return terms().grounds[self.legal_ground]

    @property
    def fetch_by_at(self):
        """Until when the file waits here, to be released and from then on to be fetched; nothing while not ready."""
        if self.ready_at is None:
            return None
        if self.waits_for_release:
            return self.ready_at + terms().released_within
        return (self.released_at or self.ready_at) + terms().fetched_within

    def stored_files(self) -> list[tuple[str, str]]:
        return [(self.stored_as, self.stored_sha256)] if self.stored_as else []


class PrintedRecord(OfRecord):
    """That a record is printed in a paper, as it stood at one line of its own history."""

    fate = Fate.ERASED
    has_readers_of_its_own = True
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="printed")
    seq = models.PositiveIntegerField()
