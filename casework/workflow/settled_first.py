"""What is settled in a case before a proceeding about somebody goes on: a disclosure, the threshold and the LADO."""

from casework import about
from incidents import waiting
from incidents.workflow import speech
from schools import access
from schools.access import Viewer
from schools.acts import Refused

NOT_YET = (
    "This cannot be done yet: something else has to be settled first. Ask the head or the safeguarding lead, who will "
    "say when it can."
)
THRESHOLD_FIRST = "Answer the threshold question of {ref} first: until then nothing is asked of the person."
LADO_FIRST = "Tell the LADO of {ref} first, and record it: until then nothing is asked of the person."


def must_wait_for_no_officer(part, viewer: Viewer) -> None:
    """Refuse while a disclosure of this person waits for its officer; who does not see it is not told what waits."""
    for one in about.may_be_about(part, about.concerns_of(part)):
        if speech.last_answer(one) == speech.DISCLOSED:
            raise _refused(one, viewer, speech.OFFICER_FIRST)


def must_be_with_nobody_else(part, viewer: Viewer) -> None:
    """Refuse while the threshold question about this person is open or the LADO has not been told, where that is owed.

    Who does not see the concern is not told what waits. Source: Keeping children safe in education, Part Four.
    """
    concerns = about.may_be_about(part, about.concerns_of(part))
    unsettled = waiting.unsettled_in(concerns)
    for one in concerns:
        if "threshold" in unsettled[one.pk]:
            raise _refused(one, viewer, THRESHOLD_FIRST.format(ref=one.ref))
        if "lado" in unsettled[one.pk]:
            raise _refused(one, viewer, LADO_FIRST.format(ref=one.ref))


def _refused(concern, viewer: Viewer, why: str) -> Refused:
    return Refused(why if access.sees(viewer, concern.record) else NOT_YET)
