"""Acts about accounts: opened for a person, closed when they leave, the password their own."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from schools import ledger
from schools.acts import Refused, act
from schools.models import School, User
from schools.roles import Permission


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


@act("account.opened", of=School, permission=Permission.ACCOUNT_MANAGE, label="Open an account")
def open_account(school, *, by, at, person, email, password):
    """Let one person of the school sign in with their e-mail address and a first password."""
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("There is an account with this e-mail address already.")
    if User.objects.filter(person=person).exists():
        raise Refused("This person has an account already.")
    account = new_account(person, email=email, password=password)
    ledger.record("account.opened", school.record, account, by=by, at=at)
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


@act("password.changed", of=School, permission=Permission.OWN_ACCOUNT, label="Change your password", decides=False)
def change_password(school, *, by, at, present, fresh):
    """Choose a new password for your own account."""
    account = User.objects.get(pk=by.pk)  # as it is now: who signed in was read before anybody else was kept waiting
    if not account.check_password(present):
        raise Refused("The present password is not right.")
    try:
        validate_password(fresh, account)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    account.choose_password(fresh)
    ledger.record("password.changed", account.record, account, by=by, at=at)
    return school
