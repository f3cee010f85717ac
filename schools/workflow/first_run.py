"""The first set-up of a real installation: a trust, a school, an administrator, with the code from the terminal."""

from django.db import transaction

from schools import codes, ledger, policy
from schools.acts import Kept, Refused
from schools.clock import day_of
from schools.models import Appointment, Arrangement, Installation, Person, Trust, User
from schools.roles import Role
from schools.workflow import accounts, founding, policies


def is_needed() -> bool:
    """Whether nobody has set this installation up yet."""
    return not Trust.objects.exists()


def set_up(*, at, code, **answers) -> User:
    """Found a trust with one school, adopt a policy, and open the account of its first administrator.

    code: the one-time code from the terminal. answers: the names and slugs of trust and school, the pack_id of one of
    the policies that come with Daybook, the administrator's name, email and password, and as in `keepers_named`.
    Raises Refused when the code is wrong or somebody was faster.
    """
    try:
        return _set_up(at=at, code=code, **answers)
    except Kept as refused:
        with transaction.atomic():
            refused.keep(None, by=None, at=at)
        raise


@transaction.atomic
def _set_up(*, at, code, trust_name, trust_slug, school_name, school_slug, pack_id, name, email, password, **keeping):
    if not is_needed():
        raise Refused("This installation has been set up already: sign in.")
    codes.use(code)
    trust = founding.found_trust(slug=trust_slug, name=trust_name, by=None, at=at)
    school = founding.found_school(trust, slug=school_slug, name=school_name, by=None, at=at)
    policies.adopt(trust, by=None, at=at, text=policy.text_of(pack_id))
    keepers_named(school, at=at, **keeping)
    return first_administrator(school, at=at, name=name, email=email, password=password)


def keepers_named(school, *, at, custodians, witnesses) -> None:
    """Record who keeps a copy of the root key and who is sent the mark of the history.

    custodians: rows with a name. witnesses: rows with a name and an e-mail address, where the mark is sent.
    """
    named = [("key_custodian", row) for row in custodians] + [("witness", row) for row in witnesses]
    rows = [
        Arrangement(record=school.record, school=school, kind=kind, from_on=day_of(at), **facts)
        for kind, facts in named
    ]
    ledger.record("arrangement.recorded", school.record, *rows, by=None, at=at, kind=[row.kind for row in rows])


@transaction.atomic
def first_administrator(school, *, at, name, email, password, whole_trust=False, **facts) -> User:
    """Open the account of the first administrator of a trust, before there is anyone who could.

    school: where they work. whole_trust: whether they manage the accounts of all its schools. facts: what else is known
    of the person, as the columns of the directory.
    """
    trust = school.trust
    person = Person(record=school.record, trust=trust, school=school, kind="staff", name=name, email=email, **facts)
    account = accounts.new_account(person, email=email, password=password)
    offices = [
        Appointment(record=school.record, person=person, role=role, trust=trust, school=where, from_at=at)
        for role, where in ((Role.STAFF, school), (Role.ADMINISTRATOR, None if whole_trust else school))
    ]
    ledger.record("account.opened", school.record, person, account, *offices, by=None, at=at)
    return account


def begin_demonstration(*, opens_at, at) -> Installation:
    """Make an empty installation a demonstration, whose clock starts at a moment of its own and runs on.

    opens_at: what its clock shows at first. at: the machine's time.
    """
    installation, _ = Installation.objects.get_or_create(pk=1)
    installation.is_demo, installation.demo_opens_at, installation.started_at = True, opens_at, at
    installation.save()
    return installation
