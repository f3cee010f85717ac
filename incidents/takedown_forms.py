"""The questions of the acts about what is asked to be taken down."""

from django.utils.functional import cached_property

from incidents import proposals
from incidents.forms import AboutConcern
from incidents.models import Link, Takedown
from schools import sealing
from schools.formfields import ActForm, Choice, Moment, Text
from schools.forms import YES_NO, directory, directory_of_centre
from schools.picking import Pick


def where(link) -> str:
    """One place in words, its sealed words opened."""
    return f"{link.platform}: {link.opened.url or link.opened.handle or 'no address'}"


class RequestTakedown(AboutConcern):
    link = Pick("Which copy?")
    asked_of = Choice("Who is asked?", choices=Takedown.ASKED_OF)
    submitted_by = Pick("Who sent it?", required=False, help="Some reports only the person harmed can send.")
    requested_at = Moment("When was it sent?", required=False, past_only=True)
    said = Text("What was asked?", multiline=True)
    cannot_wait = Choice("Does harm mean that it cannot wait?", choices=YES_NO, required=False)
    cannot_wait_reason = Text("If so, why?", required=False, multiline=True)

    def choices_for(self):
        links = sealing.open_rows(Link.objects.filter(record=self.subject.record))
        if len(links) == 1:
            self.fields["link"].initial = str(links[0].pk)
        elif not links:
            self.fields["link"].help_text = "No place is noted yet: add the link or account to the concern first."
        here = [("", "I did"), *directory(self.subject.school), *directory_of_centre(self.subject.school)]
        return {"link": [(link, where(link)) for link in links], "submitted_by": here}

    @cached_property
    def said_before(self) -> dict:
        """Whether whoever posted it can be told to remove it, or only asked."""
        return proposals.of_concern(self.subject, at=self.now())["removal"]


class LogReply(ActForm):
    answer = Choice(
        "What did they say?",
        choices=[
            ("waiting", "Nothing decided yet"),
            ("refused", "They refuse"),
            ("says_removed", "They say it is gone"),
        ],
    )
    happened_at = Moment("When?", past_only=True)
    said = Text("What came back?", multiline=True)


class Chase(ActForm):
    step = Choice(
        "What was done?",
        choices=[
            ("chase", "Chased"),
            ("request", "Reported it again"),
            ("appeal", "Appealed"),
            ("helpline", "Rang a helpline"),
        ],
    )
    happened_at = Moment("When?", past_only=True)
    said = Text("What was said?", multiline=True)
    cannot_wait = Choice("Does harm mean that it cannot wait?", choices=YES_NO, required=False)
    cannot_wait_reason = Text("If so, why?", required=False, multiline=True)


class GiveUp(ActForm):
    reason = Text("Because", multiline=True)


class Looked(ActForm):
    happened_at = Moment("When did you look?", past_only=True)
    said = Text("What did you see?", multiline=True)


class AnotherCopy(Looked):
    link = Pick("Where is it now?", help="Add the link or account to the concern first.")

    def choices_for(self):
        asked = Takedown.objects.filter(record=self.subject.record).values("link_id")
        others = sealing.open_rows(Link.objects.filter(record=self.subject.record).exclude(pk__in=asked))
        return {"link": [(link, where(link)) for link in others]}
