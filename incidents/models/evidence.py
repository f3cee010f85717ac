"""A file kept as evidence: sealed as it came, with who captured it, when and how."""

from django.db import models

from incidents.models.concern import Concern
from schools.fields import SealedText
from schools.models import Fate, OfRecord


class Evidence(OfRecord):
    """One file, untouched; its sealed bytes and its digests prove that it is the one that was received."""

    fate = Fate.ERASED
    ref = models.CharField(max_length=11, unique=True)
    stored_as = models.CharField(max_length=80)
    stored_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=100)
    how_seen = models.CharField(max_length=20, choices=Concern.HOW_SEEN, blank=True)
    captured_by = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+", null=True)
    captured_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    name = SealedText()
    shows = SealedText()

    def stored_files(self) -> list[tuple[str, str]]:
        return [(self.stored_as, self.stored_sha256)]
