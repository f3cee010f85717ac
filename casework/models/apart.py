"""What belongs to a part and is kept apart from it, under a key of its own: legal advice, and working notes."""

from django.db import models

from casework.models.case import Part
from schools.fields import SealedText
from schools.models import Fate, Record, Versioned
from schools.models.record import OfRecordQuerySet


class LegalAdvice(Versioned):
    """A question to a lawyer and the answer; privileged, so that no copy holds it and only people named may read it.

    waived_at: when two people had waived privilege in it; from then on copies hold it.
    """

    ASKED, RECEIVED = "asked", "received"
    STATUSES = [(ASKED, "Asked"), (RECEIVED, "Received")]
    fate = Fate.ERASED
    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="legal_advice")
    ref = models.CharField(max_length=11, unique=True)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=STATUSES, default=ASKED)
    asked_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    waiver_asked_at = models.DateTimeField(null=True)
    waiver_asked_by = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+", null=True)
    waived_at = models.DateTimeField(null=True)
    waived_by = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+", null=True)
    adviser = SealedText()
    question = SealedText()
    advice = SealedText()
    waived_to = SealedText()
    waiver_reason = SealedText()
    objects = OfRecordQuerySet.as_manager()

    def __str__(self) -> str:
        return self.ref

    @property
    def id(self):
        return self.record_id

    @property
    def moved_at(self):
        """When it came to where it stands."""
        return self.received_at or self.asked_at


class WorkingNotes(Versioned):
    """Notes for the author alone, destroyed when the statement or the report made from them is signed."""

    fate = Fate.ERASED
    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="working_notes")
    ref = models.CharField(max_length=11, unique=True)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    text = SealedText()
    objects = OfRecordQuerySet.as_manager()

    def __str__(self) -> str:
        return self.ref

    @property
    def id(self):
        return self.record_id
