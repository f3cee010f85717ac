"""What is settled in a case before a proceeding about somebody goes on: a disclosure, the threshold and the LADO."""

from incidents import waiting
from incidents.models import Concern
from incidents.workflow import speech
from schools import access
from schools.access import Viewer
from schools.acts import Refused
from schools.models import Involvement

# The parts in a concern that say who may have written or done it.
WHO_DID_IT = ("subject", "author", "possible_author")
NOT_YET = (
    "This cannot be done yet: something else has to be settled first. Ask the head or the safeguarding lead, who will "
    "say when it can."
)
THRESHOLD_FIRST = "Answer the threshold question of {ref} first: until then nothing is asked of the person."
LADO_FIRST = "Tell the LADO of {ref} first, and record it: until then nothing is asked of the person."


def must_wait_for_no_officer(part, viewer: Viewer) -> None:
    """Refuse while a disclosure of this person waits for its officer; who does not see it is not told what waits."""
    for one in may_be_about(part):
        if speech.last_answer(one) == speech.DISCLOSED:
            raise _refused(one, viewer, speech.OFFICER_FIRST)


def must_be_with_nobody_else(part, viewer: Viewer) -> None:
    """Refuse while the threshold question about this person is open or the LADO has not been told, where that is owed.

    Who does not see the concern is not told what waits. Source: Keeping children safe in education, Part Four.
    """
    concerns = may_be_about(part)
    unsettled = waiting.unsettled_in(concerns)
    for one in concerns:
        if "threshold" in unsettled[one.pk]:
            raise _refused(one, viewer, THRESHOLD_FIRST.format(ref=one.ref))
        if "lado" in unsettled[one.pk]:
            raise _refused(one, viewer, LADO_FIRST.format(ref=one.ref))


def _refused(concern, viewer: Viewer, why: str) -> Refused:
    return Refused(why if access.sees(viewer, concern.record) else NOT_YET)


def may_be_about(part) -> list[Concern]:
    """The concerns of a part's case that are not known to be about somebody else alone."""
    here = part.case.joined.values("record")
    who = Involvement.objects.filter(record__in=here, part__in=WHO_DID_IT, person__isnull=False)
    theirs = who.filter(person=part.about).values("record")
    others = who.exclude(record__in=theirs).values("record")
    joined = part.case.joined.exclude(record__in=others).select_related("record__concern__school")
    return [one.concern for one in joined.order_by("joined_at", "pk")]
