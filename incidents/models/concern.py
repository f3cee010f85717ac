"""A concern as it was reported, what was decided about it, and whom it must be told to."""

from django.db import models
from django.db.models import Q

from schools.fields import SealedText
from schools.models import Fate, OfRecord, Record, Versioned, sight_in_lists
from schools.models.record import OfRecordQuerySet
from schools.policy import taxonomy
from schools.roles import Kind

YES_NO_UNSURE = [("yes", "Yes"), ("no", "No"), ("not_sure", "Not sure")]
DIRECTIONS = [
    ("staff_act", "a member of staff, governor or volunteer did it"),
    ("against_staff", "it was done to a member of staff, governor or volunteer"),
    ("against_org", "it is aimed at the school or the trust"),
    ("pupil_act", "a pupil did it"),
    ("inbound_to_staff", "a pupil or parent contacted a member of staff"),
    ("unknown", "not known yet"),
]


class ConcernQuerySet(OfRecordQuerySet):
    def visible_to(self, viewer):
        """The only door to concerns."""
        return self.filter(sight_in_lists(viewer, kind=Kind.CONCERN))

    def reported_by(self, person):
        """A reporter's own reports; of these they are shown a receipt and never the record."""
        return self.filter(reporter=person)

    def unread(self):
        return self.filter(read_at__isnull=True)

    def open(self):
        return self.filter(status__in=[Concern.REPORTED, Concern.TRIAGED, Concern.IN_CASE])


class Concern(Versioned):
    """What was reported, in the reporter's own words, which are never edited."""

    REPORTED, TRIAGED, IN_CASE, FINISHED = "reported", "triaged", "in_case", "finished"
    STATUSES = [
        (REPORTED, "Waiting for triage"),
        (TRIAGED, "Triaged"),
        (IN_CASE, "Part of a case"),
        (FINISHED, "Finished"),
    ]
    CHANNELS = [
        ("web_form", "this form"),
        ("email", "e-mail"),
        ("phone", "telephone"),
        ("in_person", "in person"),
        ("paper_form", "paper form"),
        ("letter", "letter"),
    ]
    HOW_SEEN = [
        ("public", "It was public"),
        ("sent_to_me", "It was sent to me"),
        ("member", "I am a friend, follower or member"),
        ("shown_by_pupil", "A pupil showed me"),
        ("shown_by_colleague", "A colleague showed me"),
        ("found_by_search", "I searched for it"),
        ("signed_in_for_me", "Someone signed in for me"),
        ("other", "Another way"),
    ]
    OUTCOMES = [
        ("no_further_action", "No further action, because …"),
        ("reply_or_meet", "Reply to them or meet them"),
        ("low_level_concern", "Low-level concern"),
        ("handled_elsewhere", "Handled elsewhere"),
    ]
    fate = Fate.ERASED
    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="concern")
    ref = models.CharField(max_length=11, unique=True)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=STATUSES, default=REPORTED)
    reporter = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    typed_by = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=12, choices=CHANNELS, default="web_form")
    reported_at = models.DateTimeField()
    what = models.CharField(max_length=40)
    code = models.CharField(max_length=20)
    secondary_codes = models.CharField(max_length=200, blank=True)
    direction = models.CharField(max_length=20, choices=DIRECTIONS)
    flags = models.CharField(max_length=200, blank=True)
    is_words_only = models.BooleanField(default=False)
    at_risk = models.CharField(max_length=8, choices=YES_NO_UNSURE)
    is_threat = models.BooleanField(default=False)
    how_seen = models.CharField(max_length=20, choices=HOW_SEEN, blank=True)
    platforms = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True)
    conduct_on = models.DateField(null=True)
    first_known_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    triaged_at = models.DateTimeField(null=True)
    threshold = models.CharField(max_length=30, blank=True)
    asked_again_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=OUTCOMES, blank=True)
    finished_at = models.DateTimeField(null=True)
    headline = SealedText()
    narrative = SealedText()
    posted_when = SealedText()
    triage_reason = SealedText()
    managed_under = SealedText()
    outcome_reason = SealedText()
    objects = ConcernQuerySet.as_manager()

    class Meta(Versioned.Meta):
        indexes = [
            # One for each order of the list, with everything by which it is filtered.
            models.Index(fields=["-reported_at", "-record", "school", "status", "code"], name="concern_newest"),
            models.Index(
                fields=["status", "-reported_at", "-record", "school", "code", "threshold"], name="concern_by_stage"
            ),
            models.Index(
                fields=["-status", "-reported_at", "-record", "school", "code", "threshold"],
                name="concern_by_last_stage",
            ),
            models.Index(fields=["school", "-reported_at", "-record", "status", "code"], name="concern_by_school"),
            models.Index(fields=["reporter", "-reported_at"], name="concern_by_reporter"),
            models.Index(fields=["reported_at"], name="concern_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def id(self):
        return self.record_id

    @property
    def codes(self) -> list[str]:
        """The first code and all others."""
        return [self.code, *filter(None, self.secondary_codes.split(";"))]

    def get_code_words(self) -> str:
        """What happened, in words."""
        return taxonomy().codes[self.code].label

    @property
    def is_finished_alone(self) -> bool:
        """Whether it ended without a case; in a case it ends with the case."""
        return self.status == self.FINISHED and bool(self.outcome)

    @property
    def stage(self) -> str:
        """What the reporter is shown: one of four words, and never how it ended."""
        if self.status == self.FINISHED:
            return "finished"
        if self.status in (self.TRIAGED, self.IN_CASE):
            return "being dealt with"
        return "read" if self.read_at else "not read yet"


class Link(OfRecord):
    """Where a post or a copy of it is, or whose account it is."""

    fate = Fate.ERASED
    platform = models.CharField(max_length=40, blank=True)
    url = SealedText()
    handle = SealedText()


class Telling(OfRecord):
    """Someone who must be told, by when and under which paragraph, and when they were.

    basis: on whose authority they are told. due_basis: who set the time, which may be another.
    """

    fate = Fate.ERASED
    role = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    person = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+", null=True)
    due_at = models.DateTimeField(null=True)
    due_basis = models.CharField(max_length=10)
    basis = models.CharField(max_length=10)
    paragraph = models.CharField(max_length=60, blank=True)
    told_at = models.DateTimeField(null=True)


class Decision(OfRecord):
    """A question that the facts opened, and the answer of a named person with a reason."""

    SPEECH = "protected_speech"
    DISCLOSED, OFFICER_REPLIED, NO_DISCLOSURE = "public_interest", "officer_replied", "no_disclosure"
    QUESTIONS = [
        (
            "threshold",
            "Could this have harmed a child, be an offence to do with a child, suggest a risk to children, "
            "or raise doubt about working with children?",
        ),
        ("lado", "Has the local authority designated officer (LADO) been told?"),
        ("police", "Should the police be told?"),
        ("governors", "Have the governors been told, without names?"),
        ("support", "Has support been offered to the person harmed?"),
        ("parents", "Should parents or carers be told?"),
        (SPEECH, "Could this be protected speech?"),
    ]
    ANSWERS = [
        ("yes", "Yes"),
        ("no", "No"),
        ("not_sure", "Not sure"),
        ("meets_threshold", "It meets the threshold"),
        ("unsure_consult_lado", "Unsure: ask the LADO"),
        ("low_level_concern", "Low-level concern"),
        ("not_a_safeguarding_matter", "Not a safeguarding matter"),
        ("accepted", "Offered and accepted"),
        ("declined", "Offered and declined"),
        (DISCLOSED, "Yes, in the public interest: the whistleblowing officer replies first"),
        (OFFICER_REPLIED, "The whistleblowing officer has replied"),
        (NO_DISCLOSURE, "The whistleblowing officer has replied: it is no such disclosure"),
    ]
    fate = Fate.ERASED
    question = models.CharField(max_length=20, choices=QUESTIONS)
    answer = models.CharField(max_length=30, choices=ANSWERS)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+")
    consulted = models.ForeignKey("schools.Person", on_delete=models.PROTECT, related_name="+", null=True)
    paragraph = models.CharField(max_length=60, blank=True)
    happened_at = models.DateTimeField(null=True)
    reason = SealedText()
    outside_reference = SealedText()

    @property
    def made_at(self):
        """When it was made or carried out, which may be before it was written down."""
        return self.happened_at or self.decided_at
