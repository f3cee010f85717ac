"""People, how they are related, the offices they hold, and the accounts of those who sign in."""

import hashlib

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import Q
from uuid6 import uuid7

from schools.fields import SealedText
from schools.models.record import Fate, OfRecord, OfRecordQuerySet
from schools.roles import Role

STAFF_KINDS = ("staff", "agency", "contractor", "volunteer", "governor", "trustee")
KINDS = [
    (kind, kind.replace("_", " "))
    for kind in (*STAFF_KINDS, "external", "pupil", "former_pupil", "parent", "former_staff")
]


class PersonQuerySet(OfRecordQuerySet):
    def staff_of(self, trust_id):
        """The directory: people whose names are clear, in one trust."""
        return self.filter(trust_id=trust_id, kind__in=STAFF_KINDS)

    def there_on(self, day):
        """Those who have not left before a day."""
        return self.exclude(end_on__lt=day)


class Person(OfRecord):
    """Anyone a record can name. Staff, governors and trustees are the directory; everyone else is kept confidential."""

    fate = Fate.KEPT
    trust = models.ForeignKey("schools.Trust", on_delete=models.PROTECT, related_name="people")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="people", null=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    key = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200, blank=True)
    sealed_name = SealedText()
    look_up = models.CharField(max_length=32, blank=True, db_index=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    born_on = models.DateField(null=True)
    start_on = models.DateField(null=True)
    end_on = models.DateField(null=True)
    objects = PersonQuerySet.as_manager()

    class Meta(OfRecord.Meta):
        indexes = [models.Index(fields=["trust", "kind", "name"], name="directory")]

    def __str__(self) -> str:
        return self.name or "(name kept confidential)"

    @property
    def is_staff(self) -> bool:
        return self.kind in STAFF_KINDS

    def has_left(self, day) -> bool:
        """Whether they left before a day."""
        return self.end_on is not None and self.end_on < day


class Relation(OfRecord):
    """How one person is related to another, as far as it matters for conflict of interest."""

    fate = Fate.KEPT
    KINDS = [
        (kind, kind.replace("_", " "))
        for kind in (
            "partner_of",
            "parent_of",
            "child_of",
            "sibling_of",
            "close_relative_of",
            "carer_of",
            "delegate_of",
            "line_managed_by",
            "supplied_by",
            "supplies",
        )
    ]
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="related_by")
    kind = models.CharField(max_length=20, choices=KINDS)
    ended_at = models.DateTimeField(null=True)


class AppointmentQuerySet(OfRecordQuerySet):
    def current(self, at):
        """The offices that are held; one that waits for a second person opens nothing."""
        return self.filter(proposed_by__isnull=True, from_at__lte=at).filter(_not_over(at))

    def proposed(self, at):
        """The offices that wait for a second person."""
        return self.filter(proposed_by__isnull=False).filter(_not_over(at))

    def confirmed(self, at):
        """The offices that are held or are to come, without waiting for anybody."""
        return self.filter(proposed_by__isnull=True).filter(_not_over(at))


def _not_over(at) -> Q:
    return Q(until_at__isnull=True) | Q(until_at__gt=at)


class Appointment(OfRecord):
    """An office one person holds at a school, or in the whole trust, from one moment to another."""

    fate = Fate.KEPT
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=40, choices=[(role.value, role.value.replace("_", " ")) for role in Role])
    trust = models.ForeignKey("schools.Trust", on_delete=models.PROTECT, related_name="appointments")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="appointments", null=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    # Who proposed it, until a second person has confirmed it.
    proposed_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, related_name="+", null=True)
    objects = AppointmentQuerySet.as_manager()

    class Meta(OfRecord.Meta):
        indexes = [models.Index(fields=["person", "role"], name="offices")]


def token_hash(secret: str) -> str:
    """What is kept of a token: the token itself is long and random and cannot be found from it."""
    return hashlib.sha256(f"daybook-token|{secret}".encode()).hexdigest()


class TokenQuerySet(OfRecordQuerySet):
    def live(self, at):
        """Tokens that open something at a moment."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)


class Token(OfRecord):
    """Lets a program of one person use the API in their name until a day, or until it is revoked."""

    fate = Fate.KEPT
    account = models.ForeignKey("schools.User", on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    objects = TokenQuerySet.as_manager()
    # Known to the act that makes it and to nobody afterwards.
    secret = ""


def password_mark(encoded: str) -> str:
    """What the history keeps of a password: enough to see that it was changed, nothing to guess it from."""
    return hashlib.sha256(f"daybook-password|{encoded}".encode()).hexdigest()


class Accounts(BaseUserManager.from_queryset(OfRecordQuerySet)):
    def proposed(self):
        """The accounts of which nobody but whoever opened them has said whose they are."""
        return self.filter(proposed_by__isnull=False, is_active=True)

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


class User(AbstractBaseUser, OfRecord):
    """An account with which one person signs in. The password changes only through an act."""

    fate = Fate.KEPT
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    last_login = None
    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    # The password is one that somebody else chose, and good for nothing but choosing another.
    has_first_password = models.BooleanField(default=False)
    password_mark = models.CharField(max_length=64)
    # Who opened it, until a second person has confirmed whose it is: nothing given to its person by name opens before.
    proposed_by = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    objects = Accounts()
    USERNAME_FIELD = "email"
    is_staff = False

    class Meta(OfRecord.Meta):
        """As of every row of a record: Django's own account class comes first otherwise, and knows no order."""

    def __str__(self) -> str:
        return self.email

    def choose_password(self, raw: str) -> None:
        """Set a new password on the row; the act that calls this saves it."""
        self.set_password(raw)
        self._password = None
        self.password_mark = password_mark(self.password)

    def check_password(self, raw_password: str) -> bool:
        # The stock method writes a stronger hash on sign-in, which would be a change without an act.
        return check_password(raw_password, self.password)
