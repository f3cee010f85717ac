"""The questions put when a case file is asked for and fetched."""

from casework.workflow.choosing import staff_offered_in
from reports import workflow
from reports.terms import terms
from schools import sealing
from schools.clock import day_of
from schools.formfields import ActForm, Choice, Day, Text
from schools.picking import Pick
from schools.roles import kind_words


class AskForPaper(ActForm):
    template = "reports/ask_for_paper.html"

    recipient = Text("Who is it for?", help="Name and post. A copy is made for one person.")
    purpose = Text("What do they need it for?", help="One sentence. It is printed on every page.")
    audience = Choice(
        "What kind of copy?",
        choices=[(key, kind.label, kind.hint) for key, kind in terms().audiences.items()],
    )
    legal_ground = Choice(
        "On what legal ground may they have it?", choices=[(key, words) for key, words in terms().grounds.items()]
    )
    decided_by = Pick("Who decided that they may have it?", required=False)
    destroy_by_on = Day(
        "Until when may they keep it?",
        required=False,
        help=f"Our suggestion is {terms().kept_days} days from today. Every page of the copy says it.",
    )

    def __init__(self, *args, viewer=None, **options):
        if viewer is not None and options.get("initial") is None:
            options["initial"] = {"destroy_by_on": terms().kept_until(day_of(viewer.at))}
        super().__init__(*args, viewer=viewer, **options)

    def choices_for(self):
        return {"decided_by": [("", "I did"), *staff_offered_in(self.subject, self.viewer)]}

    def goes_in(self) -> dict[str, list]:
        """What will be printed, and what will be left out with the reason."""
        printed, left_out = workflow.contents(self.subject, self.viewer)
        of_theirs = workflow.left_out_of_theirs(self.subject, self.viewer)
        return {
            "printed": [{"ref": record.ref, "words": kind_words(record.kind)} for record in printed],
            "left_out": [{"ref": record.ref, "words": kind_words(record.kind), "why": why} for record, why in left_out],
            "left_out_of_theirs": sorted(of_theirs.items()),
        }


class ReleasePaper(ActForm):
    template = "reports/release_paper.html"

    has_read = Choice(
        "Have you read it from end to end, and does nothing in it tell who somebody else is?",
        choices=[("yes", "Yes")],
        missing="Read it first: fetch the copy, and look for names, nicknames and whatever would tell who reported it.",
    )

    def look_at(self) -> tuple[str, ...]:
        """Words in it that may still be somebody's name."""
        return workflow.words_to_look_at(self.subject)

    def left_out(self) -> list[tuple[str, int]]:
        """How many records were left out, by the reason why."""
        return sorted(workflow.left_out_of(self.subject, self.viewer).items())


class FetchPaper(ActForm):
    template = "reports/fetch_paper.html"

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.subject is not None and self.subject.is_theirs:
            self.fields["promise"].label = "Will you see that it reaches nobody but the person it is about?"

    def look_at(self) -> tuple[str, ...]:
        """Words in a masked copy that may still be somebody's name."""
        return workflow.words_to_look_at(self.subject)

    def said(self):
        """For whom the copy was made, and why."""
        return sealing.open_row(self.subject)

    promise = Choice(
        "Will you see that it is locked away, not copied, and destroyed by the day it shows?",
        choices=[("yes", "Yes")],
        missing="Say that you will see to it: without that a copy does not leave Daybook.",
    )
