"""The policies a trust has adopted, word for word and for good."""

from django.db import models

from schools.models.record import Fate, OfRecord


class AdoptedPolicy(OfRecord):
    """One version of a trust's policy, as adopted on one day; never changed afterwards."""

    fate = Fate.KEPT
    trust = models.ForeignKey("schools.Trust", on_delete=models.PROTECT, related_name="policies")
    pack_id = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    adopted_at = models.DateTimeField()

    class Meta:
        ordering = ["-adopted_at"]
        indexes = [models.Index(fields=["trust", "-adopted_at"], name="policy_in_force")]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"
