"""A disciplinary proceeding about one person: its stages, its allegations, each with its finding."""

from datetime import date

from django.db import models

from casework.models.case import Part
from schools.fields import SealedText
from schools.models import AdoptedPolicy, Fate, OfRecord, Record, Versioned
from schools.models.record import OfRecordQuerySet


class Proceeding(Versioned):
    """The staff conduct part of a case as a procedure: who investigates, who hears it, what was decided."""

    BEGUN, INVESTIGATED, ARRANGED, HEARD, FOUND, DECIDED, APPEALED, FINAL = (
        "begun",
        "investigated",
        "arranged",
        "heard",
        "found",
        "decided",
        "appealed",
        "final",
    )
    STATUSES = [
        (BEGUN, "Being investigated"),
        (INVESTIGATED, "Investigation finished"),
        (ARRANGED, "Hearing arranged"),
        (HEARD, "Heard; nothing has been decided"),
        (FOUND, "Findings made"),
        (DECIDED, "Decided"),
        (APPEALED, "An appeal waits to be heard"),
        (FINAL, "Decided on appeal"),
    ]
    # From the lightest to the heaviest: an appeal never goes further down this list.
    OUTCOMES = [
        ("no_action", "No action"),
        ("management_guidance", "Management guidance"),
        ("first_written_warning", "First written warning"),
        ("final_written_warning", "Final written warning"),
        ("action_short_of_dismissal", "Action short of dismissal"),
        ("dismissal_with_notice", "Dismissal with notice"),
        ("summary_dismissal", "Summary dismissal"),
    ]
    APPEAL_RESULTS = [
        ("upheld_in_full", "Appeal upheld in full"),
        ("upheld_in_part", "Appeal upheld in part"),
        ("rejected", "The decision stands"),
    ]
    # Given with a finding or without one: by themselves they do not say that anything was found.
    LIGHTEST = ("no_action", "management_guidance")
    WARNINGS = {"first_written_warning": "first", "final_written_warning": "final"}
    fate = Fate.ERASED
    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="proceeding")
    ref = models.CharField(max_length=11, unique=True)
    part = models.OneToOneField(Part, on_delete=models.PROTECT, related_name="proceeding_of")
    status = models.CharField(max_length=12, choices=STATUSES, default=BEGUN)
    investigator = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+")
    decision_maker = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    investigation_due_on = models.DateField(null=True)
    notice_given_at = models.DateTimeField(null=True)
    hearing_at = models.DateTimeField(null=True)
    papers_due_on = models.DateField(null=True)
    outcome = models.CharField(max_length=30, choices=OUTCOMES, blank=True)
    decided_at = models.DateTimeField(null=True)
    letter_due_on = models.DateField(null=True)
    letter_given_at = models.DateTimeField(null=True)
    appeal_until_on = models.DateField(null=True)
    live_until_on = models.DateField(null=True)
    appeal_officer = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+", null=True)
    appeal_lodged_at = models.DateTimeField(null=True)
    appeal_due_on = models.DateField(null=True)
    appeal_decided_at = models.DateTimeField(null=True)
    appeal_result = models.CharField(max_length=14, choices=APPEAL_RESULTS, blank=True)
    outcome_before_appeal = models.CharField(max_length=30, choices=OUTCOMES, blank=True)
    outcome_reason = SealedText()
    objects = OfRecordQuerySet.as_manager()

    def __str__(self) -> str:
        return self.ref

    @property
    def id(self):
        return self.record_id

    @property
    def told_at(self):
        """When the person was told the outcome in writing; until that is recorded, when it was decided."""
        return self.letter_given_at or self.decided_at

    def may_still_be_appealed(self, today: date) -> bool:
        """Whether the last day for an appeal, which follows from the letter, has not passed and none was lodged."""
        last = self.appeal_until_on
        return self.status == self.DECIDED and last is not None and today <= last

    @property
    def is_over(self) -> bool:
        """Whether there is an outcome and no appeal against it waits."""
        return self.status in (self.DECIDED, self.FINAL)


class Allegation(OfRecord):
    """One allegation with the paragraph it rests on, in the policy as it stood on the day, and what was found.

    clause: which rule was meant, where several stand in the paragraph. policy: the version charged under; none
    under the code of conduct.
    """

    FINDINGS = [("proved", "Found"), ("not_proved", "Not found"), ("partly", "Found in part")]
    # As it is said after the paragraph of an allegation: 3.2 found proved.
    FOUND = [("proved", "found proved"), ("not_proved", "found not proved"), ("partly", "found proved in part")]
    fate = Fate.ERASED
    paragraphs = models.CharField(max_length=200)
    clause = models.CharField(max_length=12, blank=True)
    policy = models.ForeignKey(AdoptedPolicy, models.PROTECT, null=True, related_name="+")
    conduct_on = models.DateField(null=True)
    finding = models.CharField(max_length=12, choices=FINDINGS, blank=True)
    found_at = models.DateTimeField(null=True)
    alleged = SealedText()
    reason = SealedText()


class Step(OfRecord):
    """One stage of a proceeding as it happened, in words."""

    KINDS = [
        ("investigation", "Investigation"),
        ("notice", "Notice of hearing"),
        ("hearing", "Hearing"),
        ("finding", "Finding"),
        ("outcome", "Outcome"),
        ("letter", "Outcome letter"),
        ("postponed", "Hearing moved"),
        ("appeal", "Appeal lodged"),
        ("appeal_outcome", "Outcome of the appeal"),
        ("begun", "Proceeding begun"),
        ("named", "Somebody else named"),
    ]
    ON_NOTICE = ("notice", "postponed", "hearing")
    fate = Fate.ERASED
    kind = models.CharField(max_length=14, choices=KINDS)
    happened_at = models.DateTimeField()
    missed_reason = SealedText()
    said = SealedText()

    @property
    def why_missed(self) -> str:
        """What a reason that was given with this stage is the reason for."""
        return "Reason for short notice" if self.kind in self.ON_NOTICE else "Reason for being late"
