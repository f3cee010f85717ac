"""Trusts, their schools, and whom to ring and write to for each."""

from django.db import models
from django.db.models import Q

from schools.models.record import Fate, OfRecord, OfRecordQuerySet

NATIONS = [
    ("england", "England"),
    ("wales", "Wales"),
    ("scotland", "Scotland"),
    ("northern_ireland", "Northern Ireland"),
]


class Trust(OfRecord):
    """A multi-academy trust, or a school that stands alone and is its own trust."""

    fate = Fate.KEPT
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return self.slug

    @property
    def trust_id(self):
        return self.pk


class School(OfRecord):
    """A school or the central team of a trust."""

    SCHOOL, CENTRAL = "school", "central"
    fate = Fate.KEPT
    trust = models.ForeignKey(Trust, on_delete=models.PROTECT, related_name="schools")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=[(SCHOOL, "school"), (CENTRAL, "central team")], default=SCHOOL)
    urn = models.CharField(max_length=6, blank=True)
    phase = models.CharField(max_length=30, blank=True)
    nation = models.CharField(max_length=20, choices=NATIONS, default="england")
    head_title = models.CharField(max_length=60, default="Headteacher")
    learner_term = models.CharField(max_length=30, default="pupil")

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return self.slug


class ArrangementQuerySet(OfRecordQuerySet):
    def on(self, day):
        """What stands on a day: begun, and not over before it."""
        return self.filter(from_on__lte=day).filter(Q(until_on__isnull=True) | Q(until_on__gte=day))

    def not_over(self, day):
        """What stands on a day or is still to come."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))


class Arrangement(OfRecord):
    """Whom a school answers to or rings, between two dates: controller, employer, LADO, police force and the like."""

    fate = Fate.KEPT
    KINDS = [
        ("controller", "data controller"),
        ("employer", "employer"),
        ("dpo", "data protection officer"),
        ("local_authority", "local authority"),
        ("lado", "local authority designated officer (LADO)"),
        ("front_door", "children's front door"),
        ("out_of_hours", "children's services out of hours"),
        ("police", "police force"),
        ("insurer", "insurer"),
        ("union", "recognised union"),
        ("disciplinary_procedure", "disciplinary procedure"),
        ("key_custodian", "keeper of a copy of the root key"),
        ("witness", "witness of the history, outside IT"),
    ]
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="arrangements")
    kind = models.CharField(max_length=30, choices=KINDS)
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    objects = ArrangementQuerySet.as_manager()


class CalendarDay(OfRecord):
    """A term, a half term, a training day or a closure of one school."""

    fate = Fate.KEPT
    KINDS = [
        ("term", "term"),
        ("half_term", "half term"),
        ("inset", "training day"),
        ("emergency_closure", "emergency closure"),
    ]
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="calendar_days")
    kind = models.CharField(max_length=20, choices=KINDS)
    name = models.CharField(max_length=100)
    start_on = models.DateField()
    end_on = models.DateField()


class Installation(models.Model):
    """What this installation is: a real one, or a demonstration with a clock of its own."""

    fate = Fate.KEPT
    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_demo = models.BooleanField(default=False)
    demo_opens_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    setup_code_hash = models.CharField(max_length=64, blank=True)
    code_made_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
