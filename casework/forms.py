"""The questions of the acts about cases, parts and proceedings."""

from casework import childs_file
from casework.models import Allegation, Case, Note, Part, Proceeding
from casework.workflow.parts import SYSTEMS, staff_free_in
from incidents import routing
from schools import sealing
from schools.formfields import ActForm, Choice, Day, Moment, Rows, Text
from schools.forms import YES_NO, directory_of_trust
from schools.picking import Pick
from schools.roles import LANES, Role

SUBJECT_MAY_READ = "The person this is about may read this."


class OpenCase(ActForm):
    pass


class JoinCase(ActForm):
    case = Pick("Which case?")

    def choices_for(self):
        cases = Case.objects.visible_to(self.viewer).filter(school=self.subject.school, status=Case.OPEN)
        return {"case": [(case, case.ref) for case in cases]}


class OpenPart(ActForm):
    lane = Choice("Which part?", choices=[(kind.value, words) for kind, words in LANES.items()])
    about = Pick("About whom, from the directory?", required=False)
    about_name = Text("About whom, if not in the directory?", required=False)
    last_incident_on = Day("When was the last post, comment or message?", required=False, past_only=True)

    def choices_for(self):
        return {"about": [("", "Nobody in the directory"), *directory_of_trust(self.subject.school)]}


class CloseCase(ActForm):
    pass


class WriteNote(ActForm):
    text = Text("What was done, said or seen?", multiline=True, max_length=400_000, help=SUBJECT_MAY_READ)
    happened_at = Moment("When?", required=False, past_only=True)


class OfferSupport(ActForm):
    answer = Choice(
        "What did they say?",
        choices=[("accepted", "Accepted"), ("declined", "Declined"), ("thinking", "Thinking about it")],
    )
    text = Text("What was offered?", multiline=True)
    happened_at = Moment("When?", required=False, past_only=True)


class ReviewSupport(ActForm):
    text = Text("How is it going?", multiline=True)
    happened_at = Moment("When?", required=False, past_only=True)


class RecordElsewhere(ActForm):
    system = Choice("Where else is it kept?", choices=[(name, name) for name in SYSTEMS])
    reference = Text("Its reference there", required=False)
    recorded_on = Day("When was it put there?", past_only=True)


class CopyForChildsFile(ActForm):
    text = Text(
        "What goes into the child’s file",
        multiline=True,
        help="Put together from dates and decisions. Add what is needed, and nothing about another child.",
    )

    def __init__(self, *args, subject=None, viewer=None, **options):
        if subject is not None and viewer is not None and options.get("initial") is None:
            sealing.open_rows([subject])
            options["initial"] = {"text": childs_file.text_for(subject, viewer)}
        super().__init__(*args, subject=subject, viewer=viewer, **options)


class HandOver(ActForm):
    person = Pick("To whom?")
    role = Choice(
        "As what?",
        choices=[(role.value, role.value.replace("_", " ")) for role in Role if role is not Role.ADMINISTRATOR],
    )
    why = Text("Why?")

    def choices_for(self):
        free = staff_free_in(self.subject.record, self.subject.school)
        return {"person": [(person, f"{person.name}, {person.job_title or person.school}") for person in free]}


class CopyItem(ActForm):
    note = Pick("Which item?")
    into = Pick("Into which part?")

    def choices_for(self):
        notes = sealing.open_rows(Note.objects.filter(record=self.subject.record))
        others = Part.objects.visible_to(self.viewer).filter(case=self.subject.case).exclude(pk=self.subject.pk)
        return {
            "note": [(note, note.opened.text[:80]) for note in notes],
            "into": [(part, f"{part.get_lane_display()} {part.ref}") for part in others],
        }


class RecordDates(ActForm):
    born_on = Day("Date of birth of the person it is about", required=False, past_only=True)
    left_on = Day("Day on which they left", required=False)
    last_incident_on = Day("When was the last post, comment, message or reappearance?", required=False, past_only=True)

    def __init__(self, *args, subject=None, **options):
        if subject is not None and options.get("initial") is None:
            options["initial"] = {name: getattr(subject, name) for name in self.base_fields}
        super().__init__(*args, subject=subject, **options)


class ClosePart(ActForm):
    last_incident_on = Day("When was the last post, comment, message or reappearance?", required=False, past_only=True)
    reason = Text("What came of it?", multiline=True)


def paragraphs(part) -> list[tuple[str, str]]:
    """The paragraphs of the policy in force that can be charged; the code of conduct alone where none was adopted."""
    if part.record.pack_id is None:
        return [("Code of conduct", "The code of conduct, since no policy has been adopted")]
    pack = routing.pack_of(part.record)
    return [(row.ref if pack.charge(row.ref) else row.id, f"{row.ref} {row.wording}") for row in pack.chargeable]


class AllegationRow(ActForm):
    paragraphs = Choice("Under which paragraph?")
    alleged = Text("What is alleged, in neutral words?", multiline=True, help=SUBJECT_MAY_READ)

    def choices_for(self):
        return {"paragraphs": paragraphs(self.subject)} if self.subject is not None else {}


class BeginProceeding(ActForm):
    allegations = Rows(AllegationRow, "What is alleged?", min=1, max=20, row_label="Allegation")
    investigator = Pick("Who investigates?")
    decision_maker = Pick("Who hears it and decides?")
    protected_speech = Choice(
        "Could this be protected speech?",
        choices=[("no", "No"), ("maybe", "Maybe"), ("yes", "Yes")],
        help="A belief or a statement about one; union activity or a complaint about terms; a disclosure in the public "
        "interest; private to a few people.",
    )
    protected_speech_reason = Text("Why?", multiline=True, help=SUBJECT_MAY_READ)

    def choices_for(self):
        free = [
            (person, f"{person.name}, {person.job_title or person.school}")
            for person in staff_free_in(self.subject.record, self.subject.school)
        ]
        return {"investigator": free, "decision_maker": free}


class RecordInvestigation(ActForm):
    happened_at = Moment("When was it finished?", past_only=True)
    said = Text("What are the facts?", multiline=True, max_length=400_000, help=SUBJECT_MAY_READ)


class ArrangeHearing(ActForm):
    notice_given_at = Moment("When was notice given?", past_only=True)
    hearing_at = Moment("When is the hearing?")
    companion_told = Choice("Does the notice state the right to be accompanied?", choices=YES_NO)
    missed_reason = Text("If the notice is short, why?", required=False, multiline=True)
    closure_reason = Text(
        "If the school is closed that day, why, and has the person agreed?", required=False, multiline=True
    )


class RecordHearing(ActForm):
    happened_at = Moment("When was it held?", past_only=True)
    said = Text("Who was there, and what was said?", multiline=True, max_length=400_000, help=SUBJECT_MAY_READ)


class FindingRow(ActForm):
    allegation = Pick("Which allegation?")
    finding = Choice("What was found?", choices=Allegation.FINDINGS)
    reason = Text("Why?", multiline=True, help=SUBJECT_MAY_READ)

    def choices_for(self):
        if self.subject is None:
            return {}
        rows = sealing.open_rows(Allegation.objects.filter(record=self.subject.record))
        return {"allegation": [(row, f"{row.paragraphs}: {row.opened.alleged[:80]}") for row in rows]}


class RecordFinding(ActForm):
    findings = Rows(FindingRow, "What was found?", min=1, max=20, row_label="Finding")


class DecideOutcome(ActForm):
    outcome = Choice("What is the outcome?", choices=Proceeding.OUTCOMES)
    reason = Text("Why?", multiline=True, help=SUBJECT_MAY_READ)
