"""What the Information Commissioner was told of a data breach, and what came back."""

from django.db import models

from schools.fields import SealedText
from schools.models import Fate, OfRecord


class IcoStep(OfRecord):
    """One step with the Information Commissioner's Office (ICO): told or not, told more, or the answer."""

    TOLD, NOT_TOLD, MORE, ANSWER = "told", "not_told", "more", "answer"
    KINDS = [
        (TOLD, "The ICO was told"),
        (NOT_TOLD, "The ICO is not told"),
        (MORE, "The ICO was told more"),
        (ANSWER, "The ICO answered"),
    ]
    ANSWERS = [("no_action", "No further action"), ("advice", "Advice, no action"), ("action", "Action against us")]
    fate = Fate.ERASED
    kind = models.CharField(max_length=10, choices=KINDS)
    answer = models.CharField(max_length=10, choices=ANSWERS, blank=True)
    happened_at = models.DateTimeField()
    decided_by = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    said = SealedText()
    late_reason = SealedText()
    outside_reference = SealedText()
