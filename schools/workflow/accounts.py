"""Acts about accounts: opened for a person, closed when they leave, the password and the tokens their own."""

import secrets
from datetime import timedelta
from itertools import groupby

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from schools import codes, exclusions, ledger
from schools.acts import Refused, act
from schools.models import Appointment, School, Token, User, token_hash
from schools.roles import SECOND_PERSON, Permission, Role

NEEDS_ANOTHER = (
    "You proposed this appointment or opened this person’s account, so somebody else confirms it: the head, the "
    "personnel lead, the data protection officer, another administrator. Where there is nobody yet, whoever keeps the "
    "machine gets a code with the command second_person_code."
)


def new_account(person, *, email: str, password: str) -> User:
    """An account ready to be saved, with a password that is long and not common.

    Raises Refused with the reason in words.
    """
    account = User(record=person.record, person=person, email=email.lower())
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    account.choose_password(password)
    return account


def _of_whoever_signs_in(school, viewer, answers) -> set:
    person = answers["person"]
    offices = Appointment.objects.confirmed(viewer.at).filter(person=person).values_list("record_id", flat=True)
    return exclusions.records_naming([person]).union(offices)


def _own_register(school, viewer, answers) -> set:
    return {viewer.user.record_id}


@act(
    "account.opened",
    of=School,
    permission=Permission.ACCOUNT_MANAGE,
    label="Open an account",
    touches=_of_whoever_signs_in,
)
def open_account(school, *, by, at, person, email, password):
    """Let one person of the school sign in with a first password, which they change before anything else.

    Whoever signs in may report: the office of staff comes with the account where it is not held yet. Offices that open
    records wait for a second person again, and what is given to them by name opens once one has confirmed whose the
    account is: whoever opens an account knows its password.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("There is an account with this e-mail address already.")
    if User.objects.filter(person=person).exists():
        raise Refused("This person has an account already.")
    account = new_account(person, email=email, password=password)
    account.has_first_password, account.proposed_by = True, by
    ledger.record("account.opened", school.record, account, *_staff(person, school, at=at), by=by, at=at)
    _put_back(person, by=by, at=at)
    return account


def _staff(person, school, *, at) -> list[Appointment]:
    """The office that lets anyone report, for a person who does not hold it."""
    if Appointment.objects.current(at).filter(person=person, role=Role.STAFF).exists():
        return []
    where = {"record": school.record, "trust": school.trust, "school": school}
    return [Appointment(person=person, role=Role.STAFF, from_at=at, **where)]


def _put_back(person, *, by, at) -> None:
    """Let the offices of a person that open records wait until somebody else than `by` confirms them."""
    offices = Appointment.objects.confirmed(at).filter(person=person, role__in=SECOND_PERSON).select_related("record")
    for record, held in groupby(offices.order_by("record_id", "pk"), key=lambda office: office.record):
        rows = list(held)
        for office in rows:
            office.proposed_by = by
        ledger.record("appointment.put_back", record, *rows, by=by, at=at)
    exclusions.recheck([person], by=by, at=at)


def as_second_person(by, *, not_by: bool, code: str) -> dict[str, str]:
    """Whether somebody is the second person, with what they have of it for the line; refuses where they are not.

    not_by: whether they are the first person themselves. code: the one-time code from the terminal, or nothing.
    """
    if code:
        codes.use(code)
        return {"with": "the code from the terminal"}
    if not_by:
        raise Refused(NEEDS_ANOTHER)
    return {}


def must_be_theirs(person) -> None:
    """Refuses while the account of a person has its first password, which whoever opened it knows too."""
    if User.objects.filter(person=person, is_active=True, has_first_password=True).exists():
        raise Refused(f"{person.name} has to sign in first and choose a password that nobody else knows.")


def _one_waits(school, viewer) -> str | None:
    waits = User.objects.proposed().filter(record=school.record).exists()
    return None if waits else "No account waits for a second person."


@act(
    "account.confirmed",
    of=School,
    permission=Permission.OFFICE_CONFIRM,
    label="Confirm whose an account is",
    when=_one_waits,
)
def confirm_account(school, *, by, at, account, code=""):
    """Confirm that an account is the person's for whom somebody else opened it: what is given to them by name opens.

    code: the one-time code from the terminal, by which whoever keeps the machine is the second person.
    """
    if account.proposed_by is None or not account.is_active:
        raise Refused("This account does not wait any longer.")
    if account == by:
        raise Refused("Nobody confirms their own account.")
    how = as_second_person(by, not_by=account.proposed_by == by, code=code)
    must_be_theirs(account.person)
    account.proposed_by = None
    ledger.record("account.confirmed", school.record, account, by=by, at=at, **how)
    return account


@act("account.closed", of=School, permission=Permission.ACCOUNT_MANAGE, label="Close an account")
def close_account(school, *, by, at, account):
    """Stop an account from signing in; everything done with it keeps its name."""
    if not account.is_active:
        raise Refused("This account is closed already.")
    if account == by:
        raise Refused("You cannot close your own account: ask another administrator.")
    account.is_active = False
    ledger.record("account.closed", school.record, account, by=by, at=at)
    return account


@act(
    "password.changed",
    of=School,
    permission=Permission.OWN_ACCOUNT,
    label="Change your password",
    decides=False,
    touches=_own_register,
)
def change_password(school, *, by, at, present, fresh):
    """Choose a new password for your own account; every other session and every token of yours ends."""
    account = _known(by, present)
    if fresh == present:
        raise Refused("The new password is the present one: choose another.")
    try:
        validate_password(fresh, account)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    account.choose_password(fresh)
    account.has_first_password = False
    tokens = list(Token.objects.live(at).filter(account=account))
    for token in tokens:
        token.revoked_at = at
    ledger.record("password.changed", account.record, account, *tokens, by=by, at=at)
    return school


def _known(by, present: str) -> User:
    """The account as it is now, of somebody who knows its password and has not only found it signed in."""
    account = User.objects.get(pk=by.pk)  # who signed in was read before anybody else was kept waiting
    if not account.check_password(present):
        raise Refused("The present password is not right.")
    return account


@act(
    "token.made",
    of=School,
    permission=Permission.OWN_ACCOUNT,
    label="Make a token for a program",
    decides=False,
    touches=_own_register,
)
def make_token(school, *, by, at, present, name, days) -> Token:
    """Let a program use the API in your name for some days; it may what you may, and no more.

    present: your password, so that nobody who finds you signed in makes one. name: what it is for. days: after how many
    it ends by itself.
    """
    _known(by, present)
    ends = at + timedelta(days=int(days))
    secret = f"daybook_{secrets.token_urlsafe(32)}"
    token = Token(record=by.record, account=by, name=name, secret_hash=token_hash(secret), made_at=at, expires_at=ends)
    ledger.record("token.made", by.record, token, by=by, at=at, name=name, days=int(days))
    token.secret = secret
    return token


@act(
    "token.revoked",
    of=School,
    permission=Permission.OWN_ACCOUNT,
    label="Revoke a token",
    decides=False,
    touches=_own_register,
)
def revoke_token(school, *, by, at, which):
    """Stop a program from using the API in your name from now on."""
    if which.revoked_at:
        raise Refused("This token is revoked already.")
    which.revoked_at = at
    ledger.record("token.revoked", by.record, which, by=by, at=at, name=which.name)
    return school
