"""The questions of the acts about concerns and evidence."""

import re

from django.utils.functional import cached_property

from incidents import choices, proposals, questions, routing
from incidents.models import Concern, Decision, Evidence, Telling
from incidents.models.concern import DIRECTIONS, YES_NO_UNSURE
from incidents.workflow.reporting import NO_FILES
from incidents.workflow.triage import who_is_consulted
from schools import exclusions, sealing, sources, uploads
from schools.formfields import ActForm, Choice, Choices, Day, Moment, Rows, Text, Uploads
from schools.forms import YES_NO, directory_of_trust
from schools.models import Exclusion, Involvement
from schools.models.people import KINDS
from schools.picking import Pick
from schools.policy import taxonomy

LONG = 400_000
# A paragraph's number stands in clear beside the decision, so that it can hold no words.
PARAGRAPH = re.compile(r"[\w.()-]{0,8}\d[\w.()-]{0,12}", re.ASCII)
GONE = "A file you added waited too long, or was sent already: take it out, and add it again if it is still needed."
PLATFORMS = [
    (name, name)
    for name in (
        "Facebook", "Instagram", "TikTok", "Snapchat", "WhatsApp", "X", "YouTube", "Telegram", "Discord", "LinkedIn",
        "Reddit", "Blog", "Google reviews", "Other",
    )
]  # fmt: skip
NO_MAYBE_YES = [("no", "No"), ("maybe", "Maybe"), ("yes", "Yes")]
SPEECH = taxonomy().protected_speech_check.questions


def codes() -> list[tuple[str, str]]:
    """What can have happened, by code, in words."""
    return [(code, row.label) for code, row in taxonomy().codes.items()]


class Who(ActForm):
    name = Text("Name", help="As far as you know it.")
    kind = Choice("What are they to the school?", choices=KINDS)
    part = Choice("What is their part in it?", choices=[part for part in Involvement.PARTS if part[0] != "reporter"])


class Where(ActForm):
    platform = Choice("Where was it?", choices=PLATFORMS)
    url = Text("Link to the post or page", required=False, max_length=2000)
    handle = Text("Account or group name", required=False)


class Files(ActForm):
    """Anything that takes files: what was received becomes the sealed uploads themselves."""

    def choices_for(self):
        sent = self.data.getlist(self.add_prefix("files")) if self.data and self.viewer else []
        names = uploads.names_of(self.viewer and self.viewer.user, sent)
        return {"files": [(one, names.get(one, "A file that waited too long, or was sent already")) for one in sent]}

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if "files" in cleaned:
            asked = cleaned["files"] or []
            cleaned["files"] = uploads.waiting(self.viewer.user, asked)
            if len(cleaned["files"]) < len(asked):
                self.add_error("files", GONE)
        return cleaned


class Report(Files):
    # Its own pages put the stop sign before the questions; the plain page of the act leads to them.
    template = "incidents/report_act.html"

    what = Choice("What happened?", choices=[(what.key, what.words) for what in choices.choices().values()])
    narrative = Text("Tell us in your own words", multiline=True, max_length=LONG, help="What you saw, where and when.")
    at_risk = Choice("Is anyone at risk now?", choices=YES_NO_UNSURE)
    is_threat = Choice("Is there a threat?", choices=YES_NO, required=False)
    people = Rows(Who, "Who is involved?", max=20, row_label="Person")
    links = Rows(Where, "Where is it?", max=20, row_label="Place")
    how_seen = Choice("How did you come to see it?", choices=Concern.HOW_SEEN, required=False)
    seen_at = Moment("When did you see it?", required=False, past_only=True)
    posted_when = Text("When was it posted, as far as you know?", required=False)
    files = Uploads("Screenshots or other files", required=False, max=10)

    @property
    def doors(self) -> list[tuple]:
        """The three doors with the answers behind each."""
        return [(key, words, choices.behind(key)) for key, words in choices.DOORS]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("files") and (why := self.no_files_because()):
            self.add_error("files", why)
        return cleaned

    def no_files_because(self):
        what = choices.choices().get(self.data.get("what", ""))
        return NO_FILES if what and what.stop else ""


class AddEvidence(Files):
    files = Uploads("Files", max=10)
    how_seen = Choice("How did you come to see it?", choices=Concern.HOW_SEEN)
    seen_at = Moment("When was it captured?", required=False, past_only=True)


class DescribeEvidence(ActForm):
    file = Pick("Which file?")
    shows = Text(
        "What does it show?",
        help="For somebody who cannot see it: who and what is seen, and any words in it; never what you think of it.",
        multiline=True,
        max_length=1000,
    )

    def choices_for(self):
        rows = Evidence.objects.filter(record=self.subject.record).order_by("received_at")
        return {"file": [(row, row.opened.name) for row in sealing.open_rows(rows)]}


class StopShowingFiles(ActForm):
    reason = Text(
        "What is it, in words?",
        help="Do not look again, copy it or show it to anybody. From now on nobody can open a file of this concern.",
        multiline=True,
    )


class AddLink(ActForm):
    links = Rows(Where, "Where is it?", min=1, max=20, row_label="Place")


class AboutConcern(ActForm):
    """Questions about a concern, asked with the reporter's words at hand."""

    template = "incidents/concern_act.html"
    shows_words = False
    said_before = None

    @property
    def narrative(self) -> str:
        """The reporter's words; none until somebody has opened the report."""
        if not self.subject.read_at:
            return ""
        said = sealing.open_row(self.subject).narrative
        return sources.shown_to(self.viewer, self.subject.record).words(Concern, said) if self.viewer else said


class NamePerson(AboutConcern):
    people = Rows(Who, "Who is involved?", min=1, max=20, row_label="Person")


class ReadReport(ActForm):
    pass


class Triage(AboutConcern):
    template = "incidents/triage.html"

    code = Choice("What is it?", choices=codes())
    direction = Choice(
        "Who did it to whom?", choices=[(way, f"{words[0].upper()}{words[1:]}") for way, words in DIRECTIONS]
    )
    is_threat = Choice("Is there a threat?", choices=YES_NO)
    secondary_codes = Choices("Is it also any of these?", choices=codes(), required=False)
    managed_under = Text(
        "Which procedures is it run under?", required=False, help="For example: behaviour, anti-bullying."
    )
    reason = Text("Why?", multiline=True)

    def __init__(self, *args, subject=None, **options):
        if subject is not None and options.get("initial") is None:
            options["initial"] = {
                "code": subject.code,
                "secondary_codes": [code for code in subject.secondary_codes.split(";") if code],
                "direction": subject.direction,
                "is_threat": "yes" if subject.is_threat else "no",
            }
        super().__init__(*args, subject=subject, **options)

    @cached_property
    def proposal(self) -> dict:
        """What the policy and the law propose for the concern as it is recorded now."""
        return proposals.of_concern(self.subject, at=self.now())

    @cached_property
    def told(self) -> set[str]:
        """Those who have been told already, by identifier."""
        rows = Telling.objects.filter(record=self.subject.record, told_at__isnull=False)
        return {str(person) for person in rows.values_list("person_id", flat=True)}


THRESHOLD = [
    ("meets_threshold", "It meets the threshold", "The LADO is contacted within one working day."),
    ("unsure_consult_lado", "Not sure: ask the LADO", "The LADO is contacted within one working day."),
    ("low_level_concern", "Low-level concern", "Outside the code of conduct, and below the threshold."),
    ("not_a_safeguarding_matter", "Not a safeguarding matter"),
]


class AnswerThreshold(AboutConcern):
    shows_words = True

    answer = Choice(dict(Decision.QUESTIONS)["threshold"], choices=THRESHOLD)
    consulted = Pick("Which safeguarding lead did you consult?")
    reason = Text("Why?", multiline=True)

    def choices_for(self):
        found = who_is_consulted(self.subject, self.viewer.person_id if self.viewer else None, at=self.now())
        if not found:
            self.fields["consulted"].required = False
            self.fields["consulted"].help_text = "Nobody in line is free in this: ring the LADO."
        return {"consulted": [(person, person.name) for person in found]}


class CheckSpeech(AboutConcern):
    belief = Choice(SPEECH["belief"], choices=NO_MAYBE_YES)
    union = Choice(SPEECH["union"], choices=NO_MAYBE_YES)
    public_interest = Choice(SPEECH["public_interest"], choices=NO_MAYBE_YES)
    private = Choice(SPEECH["private"], choices=NO_MAYBE_YES)
    reason = Text("Why?", multiline=True)
    officer = Pick(
        "If it is a disclosure in the public interest: who looks into it by your whistleblowing policy?",
        required=False,
        help="They read it from then on. Who reported it is told to them, to the safeguarding leads and to the data "
        "protection officer, and to nobody else. You may lose sight of the name too.",
    )
    adviser = Text(
        "Unless all four are no: which HR adviser or solicitor gave a view?",
        required=False,
        help="The view itself is kept as legal advice, in the staff conduct part.",
    )
    advised_on = Day("When did they give it?", required=False, past_only=True)
    objected_to = Text(
        "Unless all four are no: what exactly is objected to?",
        required=False,
        multiline=True,
        help="The words, the audience and the harm shown; never the view held.",
    )
    lesser_step = Text("Unless all four are no: why will a lesser step not do?", required=False, multiline=True)

    def choices_for(self):
        kept = exclusions.people_kept_from(self.subject.record) | {self.subject.reporter_id}
        return {"officer": [row for row in directory_of_trust(self.subject.school) if row[0].pk not in kept]}


class RecordOfficerReply(AboutConcern):
    happened_at = Moment("When did the reply come?", past_only=True)
    is_disclosure = Choice(
        "Is it a disclosure in the public interest?",
        choices=YES_NO,
        help="Only a no ends that the name of whoever reported it is kept back.",
    )
    said = Text("What did the whistleblowing officer reply?", multiline=True)


class RecordDecision(AboutConcern):
    question = Choice("Which question?", choices=[row for row in Decision.QUESTIONS if row[0] != "threshold"])
    answer = Choice(
        "Answer",
        choices=[
            ("yes", "Yes"),
            ("no", "No"),
            ("not_sure", "Not sure"),
            ("accepted", "Support was offered, and accepted"),
            ("declined", "Support was offered, and declined"),
        ],
        help="“Not sure” leaves the question open.",
    )
    reason = Text("Why?", multiline=True)
    happened_at = Moment(
        "When was it done?",
        required=False,
        past_only=True,
        help="If you decide to tell the police or parents and have not yet, leave it empty and record it again when "
        "you have: until then it stays on the list.",
    )
    paragraph = Text("Under which paragraph?", required=False, max_length=60, help="Its number, such as 5.e.")
    outside_reference = Text("Their reference", required=False, help="A police log number, for example.")

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        given = cleaned.get("question"), cleaned.get("answer")
        if all(given) and (why := questions.why_no_answer(*given)):
            self.add_error("answer", why)
        elif all(given) and (why := questions.why_no_time(*given, cleaned.get("happened_at"))):
            self.add_error("happened_at", why)
        return cleaned

    def clean_paragraph(self):
        typed = self.cleaned_data["paragraph"]
        named = {one.strip() for one in typed.split(",") if typed}
        known = {one for item in routing.pack_of(self.subject.record).items for one in item.ref.split(", ")}
        if not all(PARAGRAPH.fullmatch(one) for one in named - known):
            raise self.fields["paragraph"].refuse("must be a number such as 5.e, or several with commas between them")
        return typed


class RecordTold(ActForm):
    telling = Pick("Who has been told?")
    told_at = Moment("When?", past_only=True)

    def choices_for(self):
        rows = Telling.objects.filter(record=self.subject.record, told_at__isnull=True).select_related("person")
        return {"telling": [(row, f"{row.person or 'Nobody named'}, {row.title}") for row in rows]}


class ConfirmConflict(ActForm):
    exclusion = Pick("About whom?")
    answer = Choice("Confirm or lift it?", choices=exclusions.ANSWERS)
    reason = Text("Why?", multiline=True)

    def choices_for(self):
        rows = Exclusion.objects.standing().filter(record=self.subject.record).select_related("person")
        rows = sorted(rows, key=lambda row: not row.waits)
        told = sources.shown_to(self.viewer, self.subject.record).rows(rows) if self.viewer else rows
        words = (f"{row.person}, {row.why}: {_kept(row)}" for row in told)
        return {"exclusion": list(zip(rows, words, strict=True))}


def _kept(row) -> str:
    waits = " (to be confirmed)" if row.waits else ""
    return f"cannot see this{waits}" if row.grade == Exclusion.HIDDEN else "decides nothing here"


class FinishConcern(AboutConcern):
    outcome = Choice("How does it end?", choices=Concern.OUTCOMES)
    reason = Text("Because", multiline=True)


class ReopenConcern(AboutConcern):
    reason = Text("What is new?", multiline=True)
