"""The questions of the acts about people, accounts, offices and policies."""

from django.utils.text import slugify

from schools import clock, policy
from schools.formfields import ActForm, Choice, Day, Moment, Rows, Text
from schools.models import Appointment, Arrangement, CalendarDay, Person, Relation, School, Token, User
from schools.models.people import KINDS
from schools.offices import title_of
from schools.picking import Pick
from schools.roles import Role

YES_NO = [("yes", "Yes"), ("no", "No")]
ROLES = [(role.value, role.value.replace("_", " ").capitalize()) for role in Role]


def directory(school) -> list[tuple[Person, str]]:
    """The people of a school whose names are clear, with what they do."""
    people = Person.objects.staff_of(school.trust_id).filter(school=school).order_by("name")
    return [(person, f"{person.name}, {person.job_title}" if person.job_title else person.name) for person in people]


def directory_of_centre(school) -> list[tuple[Person, str]]:
    """The people of the trust's central team, who act for each of its schools."""
    if school.kind == School.CENTRAL:
        return []
    people = Person.objects.staff_of(school.trust_id).filter(school__kind=School.CENTRAL).select_related("school")
    return [(person, f"{person.name}, {person.job_title or person.school}") for person in people.order_by("name")]


def directory_of_trust(school) -> list[tuple[Person, str]]:
    """The people of a whole trust whose names are clear, with their school."""
    people = Person.objects.staff_of(school.trust_id).select_related("school").order_by("name")
    return [(person, f"{person.name}, {person.job_title or 'no title'}, {person.school}") for person in people]


def offices_of(school, appointments) -> list[tuple[Appointment, str]]:
    """Appointments of a school, each with its holder and office in words."""
    rows = appointments.filter(record=school.record).select_related("person").order_by("person__name", "role")
    waits = " (waits for a second person)"
    return [(row, f"{row.person.name}, {title_of(row.role)}{waits if row.proposed_by_id else ''}") for row in rows]


class AddPerson(ActForm):
    name = Text("Full name")
    kind = Choice("What are they to the school?", choices=KINDS)
    job_title = Text("Job title", required=False)
    email = Text("E-mail address", required=False)
    telephone = Text("Telephone number at work", required=False, max_length=40)
    born_on = Day("Date of birth", required=False, past_only=True)
    start_on = Day("Started on", required=False)
    end_on = Day("Left on", required=False)


class RecordTelephone(ActForm):
    person = Pick("Person")
    telephone = Text("Telephone number at work", max_length=40, help="Shown to anyone who reports something urgent.")

    def choices_for(self):
        return {"person": directory(self.subject)}


class Relate(ActForm):
    person = Pick("Person")
    kind = Choice("Is", choices=Relation.KINDS)
    to = Pick("Of whom")

    def choices_for(self):
        people = directory_of_trust(self.subject)
        return {"person": people, "to": people}


class EndRelation(ActForm):
    relation = Pick("Which relation?")
    reason = Text("Why does it no longer count?", multiline=True)

    def choices_for(self):
        rows = Relation.objects.filter(record=self.subject.record, ended_at__isnull=True)
        # Of two people whose names are confidential nobody could tell here who is meant.
        rows = rows.exclude(person__name="", to__name="")
        rows = rows.select_related("person", "to").order_by("person__name", "to__name", "pk")
        return {"relation": [(row, f"{row.person}, {row.get_kind_display()} {row.to}") for row in rows]}


class Appoint(ActForm):
    person = Pick("Person")
    role = Choice("Office", choices=ROLES)
    whole_trust = Choice("In the whole trust?", choices=YES_NO)
    from_at = Moment("From", required=False)
    until_at = Moment("Until", required=False)

    def choices_for(self):
        return {"person": directory(self.subject)}


class EndAppointment(ActForm):
    appointment = Pick("Which appointment?")

    def choices_for(self):
        held, waiting = Appointment.objects.current(self.now()), Appointment.objects.proposed(self.now())
        return {"appointment": offices_of(self.subject, held | waiting)}


class ConfirmAppointment(ActForm):
    appointment = Pick(
        "Which appointment?",
        help="Ask the person face to face first. If they have an account, they must have signed in themselves and "
        "nobody else may know their password.",
    )
    code = Text(
        "One-time code from the terminal",
        required=False,
        max_length=20,
        help="Only when you proposed it or opened the account, and nobody else here can confirm it.",
    )

    def choices_for(self):
        return {"appointment": offices_of(self.subject, Appointment.objects.proposed(self.now()))}


class ConfirmAccount(ActForm):
    account = Pick(
        "Whose account?",
        help="Ask the person face to face first: they must have signed in themselves and nobody else may know their "
        "password. What is given to them by name opens from then on.",
    )
    code = Text(
        "One-time code from the terminal",
        required=False,
        max_length=20,
        help="Only when you opened the account, and nobody else here can confirm it.",
    )

    def choices_for(self):
        rows = User.objects.proposed().filter(record=self.subject.record).select_related("person")
        return {"account": [(row, f"{row.person.name}, {row.email}") for row in rows.order_by("person__name", "email")]}


class RecordArrangement(ActForm):
    kind = Choice("What is it?", choices=Arrangement.KINDS)
    name = Text("Name")
    number = Text("Number or reference", required=False)
    telephone = Text("Telephone", required=False)
    email = Text("E-mail address", required=False)
    from_on = Day("From")
    until_on = Day("Until", required=False)


class EndArrangement(ActForm):
    arrangement = Pick("What ends?")
    until_on = Day("Its last day")

    def choices_for(self):
        rows = Arrangement.objects.not_over(clock.day_of(self.now())).filter(record=self.subject.record)
        rows = rows.order_by("kind", "from_on", "pk")
        return {"arrangement": [(row, f"{row.get_kind_display()}: {row.name}") for row in rows]}


class CalendarRow(ActForm):
    kind = Choice("What is it?", choices=CalendarDay.KINDS)
    name = Text("Name")
    start_on = Day("First day")
    end_on = Day("Last day")


class RecordCalendar(ActForm):
    days = Rows(CalendarRow, "Terms, half terms, training days and closures", min=1, max=60, row_label="Dates")


class OpenAccount(ActForm):
    person = Pick(
        "Person",
        help="What their office opens, and what is given to them by name, then waits until somebody else confirms it.",
    )
    email = Text("E-mail address to sign in with")
    password = Text(
        "First password",
        secret="new-password",  # noqa: S106 (a kind of question and not a password)
        help="At least twelve characters. Tell it to them in person.",
    )

    def choices_for(self):
        with_account = set(User.objects.values_list("person_id", flat=True))
        return {
            "person": [(person, label) for person, label in directory(self.subject) if person.pk not in with_account]
        }


class CloseAccount(ActForm):
    account = Pick("Whose account?")

    def choices_for(self):
        rows = User.objects.filter(record=self.subject.record, is_active=True).select_related("person")
        return {"account": [(row, row.person.name) for row in rows]}


def _present_password() -> Text:
    return Text("Your present password", secret="current-password")  # noqa: S106 (a kind of question, no password)


class ChangePassword(ActForm):
    present = _present_password()
    fresh = Text(
        "Your new password",
        secret="new-password",  # noqa: S106 (a kind of question and not a password)
        help="At least twelve characters.",
    )


class MakeToken(ActForm):
    name = Text("What is it for?", max_length=80, help="Such as: weekly list for the trust’s data warehouse.")
    days = Choice("For how long?", choices=[("7", "A week"), ("30", "30 days"), ("90", "90 days"), ("365", "A year")])
    present = _present_password()


class RevokeToken(ActForm):
    which = Pick("Which token?")

    def choices_for(self):
        if self.viewer is None:
            return {"which": []}
        live = Token.objects.live(self.now()).filter(account=self.viewer.user).select_related("last_use")
        return {"which": [(token, _token_in_words(token)) for token in live.order_by("expires_at", "pk")]}


def _token_in_words(token) -> str:
    use = getattr(token, "last_use", None)
    used = f"last used on {clock.day_of(use.used_at):%-d %B %Y}" if use else "never used"
    return f"{token.name}, {used}, ends on {clock.day_of(token.expires_at):%-d %B %Y}"


class KeeperRow(ActForm):
    name = Text("Name")


class WitnessRow(ActForm):
    name = Text("Name")
    email = Text("E-mail address")


class SetUp(ActForm):
    code = Text("The one-time code shown in the terminal", max_length=20)
    trust_name = Text("Name of the trust, or of the school if it stands alone")
    school_name = Text("Name of the school")
    name = Text("Your full name")
    email = Text("Your e-mail address")
    password = Text("Choose a password", help="At least twelve characters.", secret="new-password")  # noqa: S106  (a kind of field)
    pack_id = Choice("Which policy does the trust adopt?")
    custodians = Rows(
        KeeperRow,
        "Which two people keep a copy of the root key?",
        min=2,
        max=2,
        row_label="Keeper",
        help="Two who each have a safe, one of them outside IT. Without the key nobody reads any record again.",
    )
    witnesses = Rows(
        WitnessRow,
        "Which two people are sent the mark of the history each morning?",
        min=2,
        max=2,
        row_label="Witness",
        help="Two outside IT, such as the clerk to the governors. It lets them find out a change that nobody admits.",
    )

    def choices_for(self):
        return {"pack_id": [(pack.id, pack.title) for pack in policy.shipped().values()]}

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for field in ("trust_name", "school_name"):
            slug = slugify(cleaned.get(field, ""))[:50]
            if cleaned.get(field) and not slug:
                self.add_error(field, "Use at least one letter or number.")
            cleaned[field.replace("name", "slug")] = slug
        return cleaned
