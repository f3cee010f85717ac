"""Acts about people: who they are, how they are related, which offices they hold, whom a school rings."""

from datetime import timedelta

from schools import clock, crypto, exclusions, ledger, sealing
from schools.acts import Refused, act
from schools.models import Appointment, Arrangement, CalendarDay, Person, Relation, School, User
from schools.models.people import STAFF_KINDS
from schools.roles import SECOND_PERSON, Permission, Role
from schools.workflow import accounts

LONGEST_IN_CALENDAR = timedelta(days=366)


def look_up_token(record, name: str) -> str:
    """The keyed stand-in by which a confidential name is found again in its school."""
    return crypto.token(crypto.derive(sealing.key_of(record), "look-up"), " ".join(name.casefold().split()), size=16)


@act("person.added", of=School, permission=Permission.PEOPLE_MANAGE, label="Add a person")
def add_person(
    school,
    *,
    by,
    at,
    kind,
    name,
    email="",
    telephone="",
    job_title="",
    born_on=None,
    start_on=None,
    end_on=None,
    key="",
):
    """Put a person into the school's directory; pupils, parents and outsiders under its confidential names.

    kind: what they are to the school, such as staff, governor, pupil or parent. telephone: where they are rung at work.
    """
    if telephone and kind not in STAFF_KINDS:
        raise Refused("A telephone number is kept only for people who work in or govern the school.")
    person = Person(record=school.record, trust=school.trust, school=school, kind=kind, key=key, email=email)
    person.job_title, person.born_on, person.start_on, person.end_on = job_title, born_on, start_on, end_on
    if kind in STAFF_KINDS:
        person.name, person.telephone = name, telephone
    else:
        sealing.seal(school.record, person, sealed_name=name)
        person.look_up = look_up_token(school.record, name)
    ledger.record("person.added", school.record, person, by=by, at=at, kind=kind)
    return person


@act("telephone.recorded", of=School, permission=Permission.PEOPLE_MANAGE, label="Record a telephone number")
def record_telephone(school, *, by, at, person, telephone):
    """Record where a person is rung at work, because whoever reports something urgent is shown that number first."""
    person.telephone = telephone
    ledger.record("telephone.recorded", school.record, person, by=by, at=at)
    return person


@act(
    "relation.recorded",
    of=School,
    permission=Permission.PEOPLE_MANAGE,
    label="Record how two people are related",
    touches=lambda school, viewer, answers: exclusions.records_naming([answers["person"], answers["to"]]),
)
def relate(school, *, by, at, person, to, kind):
    """Record that two people are related, because nobody may read or decide a matter about their own family."""
    if person == to:
        raise Refused("A person is not related to themselves.")
    relation = Relation(record=school.record, person=person, to=to, kind=kind)
    ledger.record("relation.recorded", school.record, relation, by=by, at=at, kind=kind)
    exclusions.recheck([person, to], by=by, at=at, anew=[person, to])
    return relation


def _of_the_related(school, viewer, answers) -> set:
    return exclusions.records_naming([answers["relation"].person, answers["relation"].to])


@act(
    "relation.ended",
    of=School,
    permission=Permission.PEOPLE_MANAGE,
    label="End or correct a relation",
    touches=_of_the_related,
)
def end_relation(school, *, by, at, relation, reason):
    """End a relation that is over or was recorded wrongly; whom it kept from a matter is looked at again by a person.

    relation: one that stands. reason: why it no longer counts; whoever it kept out stays out until that is lifted.
    """
    if relation.ended_at:
        raise Refused("This relation has been ended already.")
    if by.person_id in (relation.person_id, relation.to_id):
        raise Refused("You cannot end a relation of your own: ask somebody else who keeps the directory.")
    relation.ended_at = at
    ledger.record("relation.ended", school.record, relation, by=by, at=at, kind=relation.kind, why=reason)
    exclusions.reconsider([relation.person, relation.to], by=by, at=at)
    return relation


def _of_the_appointed(school, viewer, answers) -> set:
    return exclusions.records_naming([answers["appointment"].person])


@act(
    "appointment.made",
    of=School,
    permission=Permission.ACCOUNT_MANAGE,
    label="Appoint to an office",
    touches=lambda school, viewer, answers: exclusions.records_naming([answers["person"]]),
)
def appoint(school, *, by, at, person, role, from_at=None, until_at=None, whole_trust="no"):
    """Give a person an office; where it opens records, it is held once a second person has confirmed it."""
    if whole_trust == "yes" and school.kind != School.CENTRAL:
        raise Refused("An office in the whole trust is given from the central team's page.")
    needs_second = Role(role) in SECOND_PERSON
    if by.person == person and needs_second:
        raise Refused("Nobody gives themselves an office: ask another administrator.")
    appointment = Appointment(
        record=school.record,
        person=person,
        role=Role(role),
        trust=school.trust,
        school=None if whole_trust == "yes" else school,
        from_at=from_at or at,
        until_at=until_at,
        proposed_by=by if needs_second else None,
    )
    if until_at and until_at <= appointment.from_at:
        raise Refused("The office would end before it begins.")
    waits = {"waits": "for a second person"} if needs_second else {}
    ledger.record("appointment.made", school.record, appointment, by=by, at=at, role=role, **waits)
    if not needs_second:
        exclusions.recheck([person], by=by, at=at)
    return appointment


def _one_waits(school, viewer) -> str | None:
    waiting = Appointment.objects.proposed(viewer.at).filter(record=school.record)
    return None if waiting.exists() else "No appointment waits for a second person."


@act(
    "appointment.confirmed",
    of=School,
    permission=Permission.OFFICE_CONFIRM,
    label="Confirm an appointment",
    when=_one_waits,
    touches=_of_the_appointed,
)
def confirm_appointment(school, *, by, at, appointment, code=""):
    """Let an office that somebody else proposed be held from now on, and confirm that its holder’s account is theirs.

    code: the one-time code from the terminal, by which whoever keeps the machine is the second person.
    """
    if appointment.proposed_by is None or (appointment.until_at and appointment.until_at <= at):
        raise Refused("This appointment does not wait any longer.")
    if by.person == appointment.person:
        raise Refused("Nobody confirms an office for themselves.")
    opened = User.history.filter(person_id=appointment.person_id, history_type="+", history_user_id=by.pk)
    how = accounts.as_second_person(by, not_by=appointment.proposed_by == by or opened.exists(), code=code)
    accounts.must_be_theirs(appointment.person)
    appointment.proposed_by, appointment.from_at = None, max(appointment.from_at, at)
    account = list(User.objects.proposed().filter(person=appointment.person, record=school.record))
    for one in account:
        one.proposed_by = None
    rows = [appointment, *account]
    ledger.record("appointment.confirmed", school.record, *rows, by=by, at=at, role=appointment.role, **how)
    exclusions.recheck([appointment.person], by=by, at=at)
    return appointment


@act(
    "appointment.ended",
    of=School,
    permission=Permission.ACCOUNT_MANAGE,
    label="End an appointment",
    touches=_of_the_appointed,
)
def end_appointment(school, *, by, at, appointment):
    """End an office from now on; what was done in it stands."""
    if appointment.until_at and appointment.until_at <= at:
        raise Refused("This appointment has ended already.")
    appointment.until_at = at
    ledger.record("appointment.ended", school.record, appointment, by=by, at=at, role=appointment.role)
    exclusions.recheck([appointment.person], by=by, at=at)
    return appointment


@act("arrangement.recorded", of=School, permission=Permission.PEOPLE_MANAGE, label="Record whom the school answers to")
def record_arrangement(school, *, by, at, kind, name, from_on, number="", telephone="", email="", until_on=None):
    """Record the school's controller, employer, LADO, police force and the like, each with its dates."""
    _ends_after_it_begins(from_on, until_on)
    arrangement = Arrangement(record=school.record, school=school, kind=kind, name=name, number=number)
    arrangement.telephone, arrangement.email = telephone, email
    arrangement.from_on, arrangement.until_on = from_on, until_on
    ledger.record("arrangement.recorded", school.record, arrangement, by=by, at=at, kind=kind)
    return arrangement


def _ends_after_it_begins(from_on, until_on) -> None:
    if until_on and until_on < from_on:
        raise Refused(f"It cannot end before it begins, on {from_on:%-d %B %Y}.")


@act(
    "arrangement.ended",
    of=School,
    permission=Permission.PEOPLE_MANAGE,
    label="Say until when the school answers to somebody",
)
def end_arrangement(school, *, by, at, arrangement, until_on):
    """Name the last day on which a controller, LADO, police force or the like is still the right one.

    arrangement: what was recorded. until_on: its last day.
    """
    if arrangement.until_on and arrangement.until_on < clock.day_of(at):
        raise Refused("This has ended already.")
    _ends_after_it_begins(arrangement.from_on, until_on)
    arrangement.until_on = until_on
    ledger.record("arrangement.ended", school.record, arrangement, by=by, at=at, kind=arrangement.kind)
    return arrangement


@act("calendar.recorded", of=School, permission=Permission.PEOPLE_MANAGE, label="Record terms and closures")
def record_calendar(school, *, by, at, days):
    """Record terms, half terms, training days and closures, so that dates for staff can warn of a closed school.

    days: a list of {kind, name, start_on, end_on}.
    """
    for number, day in enumerate(days, start=1):
        if day["end_on"] < day["start_on"]:
            raise Refused(f"Row {number} ends before it starts.")
        if day["end_on"] - day["start_on"] >= LONGEST_IN_CALENDAR:
            raise Refused(f"Row {number} is longer than a year: give each term, holiday and closure its own dates.")
    rows = [CalendarDay(record=school.record, school=school, **day) for day in days]
    ledger.record("calendar.recorded", school.record, *rows, by=by, at=at, days=len(rows))
    return school
