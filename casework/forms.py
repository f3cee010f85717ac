"""The questions of the acts about cases, parts and proceedings."""

from casework import charging, childs_file, hearing
from casework.models import Allegation, Case, IcoStep, Note, Part, Proceeding
from casework.workflow.cases import stages_of_parts
from casework.workflow.choosing import staff_offered_in
from casework.workflow.handing_over import HANDED_OVER
from casework.workflow.parts import SYSTEMS
from incidents.forms import NO_MAYBE_YES, SPEECH
from incidents.models import Concern
from schools import sealing
from schools.formfields import ActForm, Choice, Day, Moment, Rows, Text
from schools.forms import YES_NO, directory_of_trust
from schools.models import Reader
from schools.offices import title_of
from schools.picking import Pick
from schools.roles import LANES, SENIOR, Kind, Role

SUBJECT_MAY_READ = "The person this is about may read this."
ICO_TOLD = [("told", "Yes, it was told"), ("not_told", "No")]
CLOSURE = "If the school is closed that day, or when their papers are due: why, and has the person agreed?"
DUTIES = [
    ("investigator", "To investigate"),
    ("decision_maker", "To hear it and decide"),
    ("appeal_officer", "To hear the appeal"),
]
MOVED_BECAUSE = [
    ("companion", "The companion cannot come then"),
    ("person", "The person this is about asked for another day"),
    ("school", "The school needs another day"),
]


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
    outcome = Choice("If nothing was opened in it: how does it end?", choices=Concern.OUTCOMES, required=False)
    reason = Text("If nothing was opened in it: why?", required=False, multiline=True)

    def __init__(self, *args, subject=None, viewer=None, **options):
        super().__init__(*args, subject=subject, viewer=viewer, **options)
        if subject is not None and viewer is not None and stages_of_parts(subject, viewer):
            del self.fields["outcome"], self.fields["reason"]


class FinishWithCase(ActForm):
    pass


class TakeBack(ActForm):
    pass


class Reopen(ActForm):
    reason = Text("What is new?", multiline=True)


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


class HoldInChildsFile(ActForm):
    reference = Text(
        "Its reference in the child’s file", help="In the child protection system, such as an entry number."
    )
    held_on = Day("When was it put there?", past_only=True)


class HandOver(ActForm):
    person = Pick("To whom?")
    role = Choice(
        "As what?",
        choices=[(role.value, role.value.replace("_", " ")) for role in Role if role is not Role.ADMINISTRATOR],
    )
    why = Text("Why?")

    def choices_for(self):
        return {"person": staff_offered_in(self.subject, self.viewer)}


class EndHandOver(ActForm):
    reader = Pick("From whom?")
    reason = Text("Why?", multiline=True)

    def choices_for(self):
        rows = Reader.objects.current(self.now()).filter(record=self.subject.record, why=HANDED_OVER)
        return {"reader": [(row, f"{row.person.name}, {title_of(row.role)}") for row in rows.select_related("person")]}


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


class DecideIco(ActForm):
    decision = Choice("Is the ICO told?", choices=ICO_TOLD)
    reason = Text("Why, and what was said?", multiline=True)
    happened_at = Moment("When was it told?", required=False, past_only=True)
    outside_reference = Text("Its reference", required=False)
    late_reason = Text("If later than 72 hours, why?", required=False, multiline=True)


class TellIcoMore(ActForm):
    happened_at = Moment("When?", past_only=True)
    said = Text("What was said?", multiline=True)


class RecordIcoAnswer(ActForm):
    happened_at = Moment("When did it come?", past_only=True)
    answer = Choice("What does the ICO do?", choices=IcoStep.ANSWERS)
    said = Text("In its words", multiline=True)


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
    nowhere_else_reason = Text(
        "If it is about a child’s safety and recorded nowhere else: why?", required=False, multiline=True
    )

    def __init__(self, *args, subject=None, **options):
        super().__init__(*args, subject=subject, **options)
        if subject is not None and subject.lane != Kind.SAFEGUARDING:
            del self.fields["nowhere_else_reason"]


class AllegationRow(ActForm):
    conduct_on = Day(
        "When was it done?",
        required=False,
        past_only=True,
        help="The policy of that day counts. If the day is not known: the one in force when it was reported.",
    )
    paragraphs = Choice("Under which paragraph?")
    alleged = Text("What is alleged, in neutral words?", multiline=True, help=SUBJECT_MAY_READ)

    def choices_for(self):
        return {"paragraphs": charging.paragraphs(self.subject)} if self.subject is not None else {}


class BeginProceeding(ActForm):
    allegations = Rows(AllegationRow, "What is alleged?", min=1, max=20, row_label="Allegation")
    investigator = Pick("Who investigates?")
    decision_maker = Pick("Who hears it and decides?")
    belief = Choice(SPEECH["belief"], choices=NO_MAYBE_YES)
    union = Choice(SPEECH["union"], choices=NO_MAYBE_YES)
    public_interest = Choice(SPEECH["public_interest"], choices=NO_MAYBE_YES)
    private = Choice(SPEECH["private"], choices=NO_MAYBE_YES)
    protected_speech_reason = Text("Why?", multiline=True, help=SUBJECT_MAY_READ)
    objected_to = Text(
        "Unless all four are no: what exactly is objected to?",
        required=False,
        multiline=True,
        help="The words, the audience and the harm shown; never the view held.",
    )
    lesser_step = Text("Unless all four are no: why will a lesser step not do?", required=False, multiline=True)

    def choices_for(self):
        free = staff_offered_in(self.subject, self.viewer)
        hear = hearing.hearers(self.subject, at=self.now())
        return {"investigator": free, "decision_maker": [row for row in free if row[0].pk in hear]}

    def __init__(self, *args, subject=None, **options):
        super().__init__(*args, subject=subject, **options)
        if subject is not None:
            self.fields["decision_maker"].help_text = hearing.in_words(subject)


class OfPart(AllegationRow):
    def choices_for(self):
        return {"paragraphs": charging.paragraphs(self.subject.part)} if self.subject is not None else {}


class AddAllegation(ActForm):
    allegations = Rows(OfPart, "What else is alleged?", min=1, max=20, row_label="Allegation")


class RecordInvestigation(ActForm):
    happened_at = Moment("When was it finished?", past_only=True)
    said = Text("What are the facts?", multiline=True, max_length=400_000, help=SUBJECT_MAY_READ)


class ArrangeHearing(ActForm):
    notice_given_at = Moment("When was notice given?", past_only=True)
    hearing_at = Moment("When is the hearing?")
    companion_told = Choice("Does the notice state the right to be accompanied?", choices=YES_NO)
    missed_reason = Text("If the notice is short, why?", required=False, multiline=True)
    closure_reason = Text(CLOSURE, required=False, multiline=True)


class PostponeHearing(ActForm):
    why = Choice("Why is it moved?", choices=MOVED_BECAUSE)
    asked_at = Moment("When was another day asked for?", past_only=True)
    hearing_at = Moment("When is the hearing now?")
    said = Text("What was said?", multiline=True, help=SUBJECT_MAY_READ)
    agreed_reason = Text("If later than the law asks for a companion, why?", required=False, multiline=True)
    missed_reason = Text("If the notice is short, why?", required=False, multiline=True)
    closure_reason = Text(CLOSURE, required=False, multiline=True)


class NameSomebodyElse(ActForm):
    duty = Choice("For what?", choices=DUTIES)
    person = Pick("Who does it from now on?", help="Somebody who had no other part in it.")
    reason = Text("Why somebody else?", multiline=True, help=SUBJECT_MAY_READ)
    heard_anew = Choice(
        "If the hearing was held: is it held anew?",
        choices=[("", "It was not held yet"), ("yes", "Yes, after a new notice; nothing that was found stands")],
        required=False,
    )

    def choices_for(self):
        free = staff_offered_in(self.subject.part, self.viewer)
        now = {self.subject.investigator_id, self.subject.decision_maker_id, self.subject.appeal_officer_id}
        return {"person": [row for row in free if row[0].pk not in now]}


class LodgeAppeal(ActForm):
    lodged_at = Moment("When did the appeal come?", past_only=True)
    grounds = Text("On what grounds?", multiline=True, max_length=400_000, help=SUBJECT_MAY_READ)
    appeal_officer = Pick("Who hears it?", help="Somebody who had no part in it before.")
    late_reason = Text("If it came after the last day, why is it heard?", required=False, multiline=True)

    def choices_for(self):
        free = staff_offered_in(self.subject.part, self.viewer)
        before = {self.subject.investigator_id, self.subject.decision_maker_id}
        senior = hearing.holders(self.subject.part, SENIOR, at=self.now()) - before
        return {"appeal_officer": [row for row in free if row[0].pk in senior]}


class DecideAppeal(ActForm):
    heard_at = Moment("When was it heard?", past_only=True)
    result = Choice("What came of it?", choices=Proceeding.APPEAL_RESULTS)
    outcome = Choice(
        "If upheld in part, what is the outcome now?",
        choices=[("", "Not upheld in part"), *Proceeding.OUTCOMES],
        required=False,
    )
    reason = Text("Why?", multiline=True, help=SUBJECT_MAY_READ)
    missed_reason = Text("If it was heard late, why?", required=False, multiline=True)


class RecordHearing(ActForm):
    happened_at = Moment("When was it held?", past_only=True)
    missed_reason = Text("If earlier than arranged, before the notice ran out: why?", required=False, multiline=True)
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


class EndWithoutHearing(ActForm):
    reason = Text("Why is there no case to answer?", multiline=True, help=SUBJECT_MAY_READ)


class RecordLetter(ActForm):
    given_at = Moment("When was it given?", past_only=True)
    said = Text("How was it given?", help="By hand, by e-mail, by post.")
    missed_reason = Text("If it was given late, why?", required=False, multiline=True)


class DecideOutcome(ActForm):
    outcome = Choice("What is the outcome?", choices=Proceeding.OUTCOMES)
    reason = Text("Why?", multiline=True, help=SUBJECT_MAY_READ)
