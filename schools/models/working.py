"""Rows that help the work along and are no part of any record: drafts, receipts, uploads, notices, search words."""

import uuid

from django.db import models
from uuid6 import uuid7

from schools.fields import SealedText
from schools.models.record import Fate, Record


class Draft(models.Model):
    """A form as typed so far, kept confidential under a key of its own until it is sent or seven days have gone."""

    fate = Fate.PASSING
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("schools.User", on_delete=models.CASCADE, related_name="drafts")
    act = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, blank=True)
    typed = SealedText()
    changed_at = models.DateTimeField()

    @property
    def record_id(self) -> uuid.UUID:
        return self.id


class Receipt(models.Model):
    """Proof that one sending of a form was carried out, so that a second press of the button does nothing."""

    fate = Fate.PASSING
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("schools.User", on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    act = models.CharField(max_length=80)
    subject = models.UUIDField(null=True)
    content = models.CharField(max_length=64, blank=True)
    landed = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="sent_once")]


class TokenUse(models.Model):
    """When a token was last used."""

    fate = Fate.PASSING
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.OneToOneField("schools.Token", on_delete=models.CASCADE, related_name="last_use")
    used_at = models.DateTimeField()


class Upload(models.Model):
    """A file received and sealed, waiting to be taken into a record; swept away after seven days."""

    fate = Fate.PASSING
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("schools.User", on_delete=models.CASCADE, related_name="+")
    stored_as = models.CharField(max_length=80)
    sealed_name = models.BinaryField()
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=100)
    received_at = models.DateTimeField()


class Notice(models.Model):
    """A message to one person that something waits for them; it carries a reference and nothing else."""

    fate = Fate.PASSING
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", null=True)
    person = models.ForeignKey("schools.Person", on_delete=models.CASCADE, related_name="notices")
    what = models.CharField(max_length=120)
    due_at = models.DateTimeField(null=True)
    basis = models.CharField(max_length=10, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "done_at", "due_at"], name="waiting_for")]


class SearchWords(models.Model):
    """The keyed tokens of one sealed row; the words themselves are nowhere."""

    fate = Fate.ERASED
    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    row_id = models.UUIDField(db_index=True)
    tokens = models.TextField()
    beginnings = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["id", "record"], name="words_with_record")]
