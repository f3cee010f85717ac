"""Founds the trusts of the demonstration: schools, people, offices, accounts, calendars, policies."""

from datetime import datetime, time

from reports.demo import source
from schools import ledger, policy
from schools.clock import LONDON
from schools.models import Appointment, Person, School, Trust, User
from schools.roles import Role
from schools.workflow import first_run, founding, people, policies

FOUNDED_AT = datetime(2025, 9, 1, 8, 0, tzinfo=LONDON)
WORKING = ("staff", "agency", "contractor", "volunteer")
SIGNING_IN = ("staff", "agency", "contractor", "governor", "trustee")


class Institution:
    """One trust of the demonstration while it is being set up, and afterwards the way to find its people.

    key: its word in the data and in addresses. password: the first password of every account. things: what the acts of
    its stories have made, by the names the data gives them.
    """

    def __init__(self, key: str, *, password: str):
        self.key, self.password = key, password
        self.schools: dict[str, School] = {}
        self.people: dict[str, Person] = {}
        self.names: dict[str, str] = {}
        self.things: dict[str, object] = {}
        self.administrator: User | None = None
        self.second: User | None = None

    def found(self) -> "Institution":
        """Set the trust up as it stood on the first day of the school year."""
        organisations = [row for row in source.rows("organisations") if row["trust"] == self.key]
        trust = founding.found_trust(slug=self.key, name=organisations[0]["trust_name"], by=None, at=FOUNDED_AT)
        for row in organisations:
            self.schools[row["org_key"]] = _school(trust, row)
        policies.adopt(trust, by=None, at=FOUNDED_AT, text=policy.text_of(organisations[0]["policy_pack"]))
        listed = [row for row in source.rows("people") if row["trust"] == self.key]
        self.names = {row["person_key"]: _name(row) for row in listed}
        self._first_administrator(next(row for row in listed if Role.ADMINISTRATOR in source.items(row["roles"])))
        self._second_person(next(row for row in listed if Role.CEO in source.items(row["roles"])))
        for row in listed:
            self._person(row)
        for row in listed:
            self._relations(row)
        self._arrangements()
        self._calendars()
        return self

    def account(self, person: str) -> User:
        """The account of a person, by their word in the data."""
        return User.objects.get(person=self.people[person])

    def propose(self) -> None:
        """Propose, as the administrator, the offices of the data for which no second person has spoken yet."""
        for row in source.rows("proposals"):
            if row["trust"] == self.key:
                office = {"person": self.people[row["person_key"]], "role": row["role"], "whole_trust": "no"}
                at = source.moment(row["proposed_at"])
                people.appoint(self.schools[row["school"]], by=self.administrator, at=at, from_at=at, **office)

    def _first_administrator(self, row) -> None:
        self.administrator = first_run.first_administrator(
            self.schools[row["school"]],
            at=FOUNDED_AT,
            email=row["email"],
            password=self.password,
            whole_trust=True,
            **_facts(row),
        )
        self.people[row["person_key"]] = self.administrator.person

    def _second_person(self, row) -> None:
        """The chief executive, there from the first day too, who confirms the offices the administrator proposes."""
        school = self.schools[row["school"]]
        person = Person(record=school.record, trust=school.trust, school=school, kind=row["kind"], email=row["email"])
        for name, value in (_facts(row) | {"telephone": row["telephone"]}).items():
            setattr(person, name, value)
        account = self._new_account(person)
        offices = [
            Appointment(
                record=school.record, person=person, role=role, trust=school.trust, school=place, from_at=FOUNDED_AT
            )
            for role, place in ((Role.STAFF, school), (Role.CEO, None))
        ]
        ledger.record("account.opened", school.record, person, account, *offices, by=None, at=FOUNDED_AT)
        self.people[row["person_key"]], self.second = person, account

    def _person(self, row) -> None:
        key, school = row["person_key"], self.schools[row["school"]]
        is_new = key not in self.people
        if is_new:
            facts = _facts(row) | {"kind": row["kind"], "telephone": row["telephone"], "email": row["email"]}
            self.people[key] = self._do(people.add_person, school, **facts)
        if is_new and row["kind"] in SIGNING_IN:
            self._account(self.people[key])
        self._offices(row, school, is_new=is_new)

    def _account(self, person: Person) -> None:
        """Open an account as the act does, with the administrator's hash: a hundred more would take half a minute."""
        ledger.record("account.opened", person.record, self._new_account(person), by=self.administrator, at=FOUNDED_AT)

    def _new_account(self, person: Person) -> User:
        account = User(record=person.record, person=person, email=person.email.lower())
        account.password, account.password_mark = self.administrator.password, self.administrator.password_mark
        return account

    def _offices(self, row, school, *, is_new: bool) -> None:
        """Every office of the data that Daybook knows; those of the central team hold in the whole trust."""
        person = self.people[row["person_key"]]
        from_at = max(FOUNDED_AT, _morning_of(row["start_on"]))
        if is_new and row["kind"] in WORKING:
            self._do(people.appoint, school, person=person, role=Role.STAFF, from_at=from_at)
        known = [role for role in source.items(row["roles"]) if role in set(Role) - {Role.ADMINISTRATOR}]
        whole = "yes" if school.kind == School.CENTRAL else "no"
        for place in (school, *(self.schools[key] for key in source.items(row["also_at"]))):
            for role in known:
                if person != self.second.person or role != Role.CEO:
                    self._office(place, person=person, role=role, from_at=from_at, whole_trust=whole)

    def _office(self, place, **office) -> None:
        """An office that the administrator proposes and, where it needs one, a second person confirms."""
        made = self._do(people.appoint, place, **office)
        if made.proposed_by:
            people.confirm_appointment(place, by=self.second, at=FOUNDED_AT, appointment=made)

    def _relations(self, row) -> None:
        for relation in source.items(row["relations"]):
            kind, _, other = relation.partition(":")
            person = self.people[row["person_key"]]
            self._do(people.relate, person.school, person=person, to=self.people[other], kind=kind)

    def _arrangements(self) -> None:
        for row in source.rows("arrangements"):
            if row["org_key"] in self.schools:
                facts = {name: row[name] for name in ("kind", "name", "number", "telephone", "email")}
                school = self.schools[row["org_key"]]
                self._do(people.record_arrangement, school, from_on=source.day(row["from_on"]), **facts)

    def _calendars(self) -> None:
        for org_key, school in self.schools.items():
            days = [
                {name: row[name] for name in ("kind", "name")}
                | {name: source.day(row[name]) for name in ("start_on", "end_on")}
                for row in source.rows("calendar")
                if row["org_key"] == org_key
            ]
            if days:
                self._do(people.record_calendar, school, days=days)

    def _do(self, act, school, **answers):
        return act(school, by=self.administrator, at=FOUNDED_AT, **answers)


def _school(trust: Trust, row) -> School:
    facts = {name: row[name] for name in ("urn", "phase", "head_title", "learner_term")}
    kind = School.CENTRAL if row["org_type"] == "central" else School.SCHOOL
    nation = row["nation"].lower().replace(" ", "_")
    slug = row["org_key"].lower()
    return founding.found_school(
        trust, slug=slug, name=row["org_name"], by=None, at=FOUNDED_AT, kind=kind, nation=nation, **facts
    )


def _name(row) -> str:
    return f"{row['given']} {row['family']}".strip()


def _facts(row) -> dict:
    """What is known of a person besides what they are to the school and how they are reached."""
    days = {"born_on": "dob", "start_on": "start_on", "end_on": "end_on"}
    facts = {name: source.day(row[column]) for name, column in days.items()}
    return facts | {"key": row["person_key"], "name": _name(row), "job_title": row["job_title"]}


def _morning_of(day: str) -> datetime:
    on = source.day(day)
    return datetime.combine(on, time(8), LONDON) if on else FOUNDED_AT
