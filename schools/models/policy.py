"""The policies a trust has adopted and what its schools add to them, word for word and for good."""

from django.db import models

from schools.models.record import Fate, OfRecord


class AdoptedPolicy(OfRecord):
    """One version of a trust's policy, or of what one school adds to it, as adopted on one day and never changed.

    school, adds_to: set for a school's own additions: whose they are, and the version of the trust's they stand on.
    """

    fate = Fate.KEPT
    trust = models.ForeignKey("schools.Trust", on_delete=models.PROTECT, related_name="policies")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+", null=True)
    adds_to = models.ForeignKey("self", on_delete=models.PROTECT, related_name="additions", null=True)
    pack_id = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=300)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    adopted_at = models.DateTimeField()

    class Meta(OfRecord.Meta):
        ordering = ["-adopted_at"]
        indexes = [models.Index(fields=["trust", "-adopted_at"], name="policy_in_force")]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    @property
    def key(self) -> str:
        """Its word in addresses: the name of the policy and the beginning of the digest of its text."""
        return f"{self.pack_id}-{self.digest[:8]}"
