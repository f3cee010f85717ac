"""Changes to who may see and do what: accounts, offices, conflicts of interest, readers; and to words and policies."""

import uuid
from datetime import UTC, datetime

from incidents.models import Concern
from schools import ledger
from schools.models import (
    AdoptedPolicy,
    Appointment,
    Exclusion,
    Reader,
    User,
    password_mark,
)
from tests.bars import rawly
from tests.bars.tampers.kinds import Expected, any_of, expect, kind, newest, number, with_version


@kind
def account_opened_again(rng, filled):
    return with_version(rng, User.objects.get(is_active=False), is_active=True)


@kind
def password_replaced(rng, filled):
    account = any_of(rng, User.objects)
    rawly.change(account, password="argon2$of-another")
    return expect(account, "password")


@kind
def password_replaced_with_its_mark(rng, filled):
    account = any_of(rng, User.objects)
    return with_version(rng, account, password_mark=password_mark("argon2$of-another")) and _password(account)


def _password(account) -> Expected:
    rawly.change(account, password="argon2$of-another")
    return expect(account, "password_mark")


@kind
def office_forged(rng, filled):
    office, fresh = any_of(rng, Appointment.objects), uuid.UUID(int=rng.getrandbits(128))
    rawly.copy(office, id=fresh, person=filled.cast.tom.person_id, role="administrator")
    if rng.random() < 0.5:
        rawly.copy(
            newest(office), id=fresh, history_id=number(rng), person=filled.cast.tom.person_id, role="administrator"
        )
    return Expected("schools.appointment", str(fresh))


@kind
def office_prolonged(rng, filled):
    return with_version(rng, Appointment.objects.get(until_at__isnull=False), until_at=None)


@kind
def office_given_by_somebody_without_one(rng, filled):
    """Somebody with the program and its keys in hand goes through the door that acts use."""
    cast = filled.cast
    office = Appointment(
        record=cast.oakfield.record,
        person=cast.tom.person,
        role="administrator",
        trust=cast.trust,
        school=cast.oakfield,
    )
    office.from_at = cast.now
    by = rng.choice([cast.tom, cast.tom, cast.dee, cast.hugh, None])
    ledger.record("appointment.made", cast.oakfield.record, office, by=by, at=cast.now, role="administrator")
    return expect(office)


@kind
def conflict_lifted(rng, filled):
    return with_version(rng, any_of(rng, Exclusion.objects), lifted_at=filled.cast.now)


@kind
def conflict_weakened(rng, filled):
    hidden = any_of(rng, Exclusion.objects.filter(grade=Exclusion.HIDDEN))
    return with_version(rng, hidden, grade=Exclusion.ASIDE)


@kind
def conflict_deleted(rng, filled):
    exclusion = any_of(rng, Exclusion.objects)
    if rng.random() < 0.5:
        for version in Exclusion.history.filter(id=exclusion.pk):
            rawly.remove(version)
    rawly.remove(exclusion)
    return expect(exclusion)


@kind
def reader_forged(rng, filled):
    exclusion, fresh = any_of(rng, Exclusion.objects), uuid.UUID(int=rng.getrandbits(128))
    columns = {
        "id": fresh,
        "record": exclusion.record_id,
        "person": exclusion.person_id,
        "role": "dsl",
        "why": "forged",
    }
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    _insert(Reader, since=now, until=None, **columns)
    if rng.random() < 0.5:
        about = {"history_id": number(rng), "history_date": now, "history_type": "+", "history_user_id": None}
        _insert(Reader.history.model, since=now, until=None, history_change_reason=None, **about, **columns)
    return Expected("schools.reader", str(fresh))


def _insert(model, **values) -> None:
    fields = [model._meta.get_field(name) for name in values]
    names, marks = ", ".join(map(rawly.name_of, fields)), ", ".join(["%s"] * len(fields))
    new = [rawly.stored(field, value) for field, value in zip(fields, values.values(), strict=True)]
    rawly.run(f"INSERT INTO {rawly.name_of(model._meta)} ({names}) VALUES ({marks})", *new)  # noqa: S608  (names of our own tables)


@kind
def words_moved_to_another_row(rng, filled):
    source, target = rng.sample(list(Concern.objects.order_by("pk")), 2)
    return with_version(rng, target, narrative=source.narrative)


@kind
def words_put_back(rng, filled):
    """The words of an earlier version put back into the row, under the same key."""
    concern = Concern.objects.get(pk=rng.choice(filled.ids))
    rawly.change(concern, triage_reason=None)
    return expect(concern, "triage_reason")


@kind
def adopted_policy_rewritten(rng, filled):
    adopted = AdoptedPolicy.objects.get()
    return with_version(rng, adopted, text=adopted.text + "\n")
