"""The questions of the acts about what is kept apart: legal advice and working notes."""

from casework.workflow.apart import who_runs
from casework.workflow.choosing import in_directory, staff_offered_in
from casework.workflow.waiving import who_may_confirm
from schools.formfields import ActForm, Choice, Moment, Text
from schools.picking import Pick

PRIVILEGED = "Kept apart: in no copy unless privilege is waived, and read by nobody but the people named."
MADE_INTO = [("statement", "A statement"), ("report", "A report")]


class AskAdvice(ActForm):
    adviser = Text("Who is asked?", help="A solicitor, the HR adviser, the local authority.")
    question = Text("What is asked?", multiline=True, max_length=400_000, help=PRIVILEGED)
    asked_at = Moment("When?", required=False, past_only=True)


class RecordAdvice(ActForm):
    text = Text("What do they advise?", multiline=True, max_length=400_000, help=PRIVILEGED)
    received_at = Moment("When did it come?", past_only=True)


class ShareAdvice(ActForm):
    person = Pick("Who may read it too?")
    why = Text("Why?")

    def choices_for(self):
        part = self.subject.part
        others = who_runs(part)
        return {"person": [row for row in staff_offered_in(part, self.viewer) if row[0].pk not in others]}


class AskToWaivePrivilege(ActForm):
    waived_to = Text("For whom are its words released?", help="A panel, a tribunal, the person’s adviser.")
    reason = Text(
        "Why?",
        multiline=True,
        help="Its words then stand in every full copy and every copy for a hearing. Privilege does not come back: ask "
        "whoever advised you first.",
    )
    second = Pick("Who is asked to confirm it?")

    def choices_for(self):
        if self.viewer is None:
            return {"second": []}
        found = who_may_confirm(self.subject, besides=self.viewer.user.person, at=self.now())
        return {"second": [(person, in_directory(person)) for person in found]}


class WaivePrivilege(ActForm):
    confirmed = Choice(
        "Do you confirm that privilege in this advice is waived?",
        choices=[("yes", "Yes, I have read it, and its words may stand in copies from now on")],
    )


class KeepWorkingNotes(ActForm):
    text = Text("Your notes", multiline=True, max_length=400_000, help="For you alone, until you destroy them.")


class DestroyWorkingNotes(ActForm):
    made_into = Choice("What was made from them, and is signed?", choices=MADE_INTO)
