"""The questions of the acts about people, accounts, offices and policies."""

from django.utils.text import slugify

from schools import policy
from schools.formfields import ActForm, Choice, Day, Moment, Rows, Text
from schools.models import Appointment, Arrangement, CalendarDay, Person, Relation, User
from schools.models.people import KINDS
from schools.picking import Pick
from schools.roles import Role

YES_NO = [("yes", "Yes"), ("no", "No")]
ROLES = [(role.value, role.value.replace("_", " ").capitalize()) for role in Role]


def directory(school) -> list[tuple[Person, str]]:
    """The people of a school whose names are clear, with what they do."""
    people = Person.objects.staff_of(school.trust_id).filter(school=school).order_by("name")
    return [(person, f"{person.name}, {person.job_title}" if person.job_title else person.name) for person in people]


def directory_of_trust(school) -> list[tuple[Person, str]]:
    """The people of a whole trust whose names are clear, with their school."""
    people = Person.objects.staff_of(school.trust_id).select_related("school").order_by("name")
    return [(person, f"{person.name}, {person.job_title or 'no title'}, {person.school}") for person in people]


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
        rows = Appointment.objects.current(self.now()).filter(record=self.subject.record).select_related("person")
        return {"appointment": [(row, f"{row.person.name}, {row.get_role_display()}") for row in rows]}


class RecordArrangement(ActForm):
    kind = Choice("What is it?", choices=Arrangement.KINDS)
    name = Text("Name")
    number = Text("Number or reference", required=False)
    telephone = Text("Telephone", required=False)
    email = Text("E-mail address", required=False)
    from_on = Day("From")
    until_on = Day("Until", required=False)


class CalendarRow(ActForm):
    kind = Choice("What is it?", choices=CalendarDay.KINDS)
    name = Text("Name")
    start_on = Day("First day")
    end_on = Day("Last day")


class RecordCalendar(ActForm):
    days = Rows(CalendarRow, "Terms, half terms, training days and closures", min=1, max=60, row_label="Dates")


class OpenAccount(ActForm):
    person = Pick("Person")
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


class ChangePassword(ActForm):
    present = Text(
        "Your present password",
        secret="current-password",  # noqa: S106 (a kind of question and not a password)
    )
    fresh = Text(
        "Your new password",
        secret="new-password",  # noqa: S106 (a kind of question and not a password)
        help="At least twelve characters.",
    )


class SetUp(ActForm):
    code = Text("The one-time code shown in the terminal", max_length=20)
    trust_name = Text("Name of the trust, or of the school if it stands alone")
    school_name = Text("Name of the school")
    name = Text("Your full name")
    email = Text("Your e-mail address")
    password = Text("Choose a password", help="At least twelve characters.", secret="new-password")  # noqa: S106  (a kind of field)
    pack_id = Choice("Which policy does the trust adopt?")

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
