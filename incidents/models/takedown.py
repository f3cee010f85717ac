"""Requests to take a post down, one for each post and each copy, with every step of them."""

from django.db import models
from django.db.models import Q

from incidents.models.concern import Link
from schools.fields import SealedText
from schools.models import Fate, OfRecord, sight_in_lists
from schools.models.record import OfRecordQuerySet
from schools.roles import Kind


class TakedownQuerySet(OfRecordQuerySet):
    def visible_to(self, viewer):
        """The only door to takedowns, which belong to the record of a concern and are of its school."""
        return self.filter(sight_in_lists(viewer, kind=Kind.CONCERN))


class Takedown(OfRecord):
    """One request about one copy of a post."""

    REQUESTED, REFUSED, REMOVED, REAPPEARED, ENDED = "requested", "refused", "removed", "reappeared", "ended"
    STATUSES = [
        (REQUESTED, "Asked; no answer yet"),
        (REFUSED, "Refused"),
        (REMOVED, "Gone"),
        (REAPPEARED, "Back again"),
        (ENDED, "Given up"),
    ]
    ASKED_OF = [
        ("own_staff", "our member of staff, told to remove it"),
        ("author", "the author or a parent, asked to remove it"),
        ("group_admin", "the administrator of the group"),
        ("platform", "the platform"),
    ]
    fate = Fate.ERASED
    ref = models.CharField(max_length=11, unique=True)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="takedowns")
    status = models.CharField(max_length=12, choices=STATUSES, default=REQUESTED)
    asked_of = models.CharField(max_length=12, choices=ASKED_OF)
    submitted_by = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    chase_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    recheck_on = models.DateField(null=True)
    objects = TakedownQuerySet.as_manager()

    class Meta(OfRecord.Meta):
        indexes = [
            # One for each order of the list, with everything by which it is filtered.
            models.Index(fields=["-requested_at", "-id", "school", "status", "asked_of"], name="takedown_newest"),
            models.Index(fields=["status", "-requested_at", "-id", "school", "asked_of"], name="takedown_by_stage"),
            models.Index(
                fields=["-status", "-requested_at", "-id", "school", "asked_of"], name="takedown_by_last_stage"
            ),
            models.Index(fields=["chase_at", "id"], name="takedown_to_chase", condition=Q(chase_at__isnull=False)),
            models.Index(fields=["recheck_on", "id"], name="takedown_to_check", condition=Q(recheck_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.ref


class Exchange(OfRecord):
    """One step of a request: sent, answered, chased, appealed, checked."""

    KINDS = [
        ("request", "Request sent"),
        ("reply", "Reply received"),
        ("chase", "Chased"),
        ("appeal", "Appealed"),
        ("helpline", "Helpline rung"),
        ("removed", "Gone when checked"),
        ("still_there", "Still there when checked"),
        ("reappeared", "Back again"),
        ("ended", "Given up"),
    ]
    fate = Fate.ERASED
    takedown = models.ForeignKey(Takedown, on_delete=models.PROTECT, related_name="exchanges")
    kind = models.CharField(max_length=12, choices=KINDS)
    happened_at = models.DateTimeField()
    said = SealedText()
