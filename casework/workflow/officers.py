"""Somebody else in place of whoever investigates, decides or hears an appeal, who stays out of it from then on."""

from casework import hearing
from casework.models import Allegation, Proceeding
from casework.workflow import appeals
from casework.workflow.proceedings import must_be_free, step_of
from schools import ledger, notices
from schools.acts import Past, Refused, act
from schools.models import Reader
from schools.roles import Permission, Role

# Of each duty: the stages at which somebody else can be named, what office it is, and how it is put.
DUTIES = {
    "investigator": ((Proceeding.BEGUN,), Role.INVESTIGATING_OFFICER, "investigates"),
    "decision_maker": (
        (Proceeding.BEGUN, Proceeding.INVESTIGATED, Proceeding.ARRANGED, Proceeding.HEARD, Proceeding.FOUND),
        Role.HEARING_OFFICER,
        "hears and decides",
    ),
    "appeal_officer": ((Proceeding.APPEALED,), Role.HEARING_OFFICER, "hears the appeal"),
}
INVESTIGATING = ("investigation.recorded",)
HEARD_ANEW = (Proceeding.HEARD, Proceeding.FOUND)
ANEW = "It was heard already: another person hears it anew, after a new notice, and nothing that was found stands."


def somebody_is_still_needed(proceeding, viewer):
    return Past("Its outcome stands: nobody else is needed.") if proceeding.is_over else None


@act(
    "officer.named",
    of=Proceeding,
    permission=Permission.CONDUCT_RUN,
    label="Name somebody else",
    when=somebody_is_still_needed,
)
def name_somebody_else(proceeding, *, by, at, duty, person, reason, heard_anew=""):
    """Name somebody else to investigate, to decide or to hear an appeal, with the reason; the same fairness is asked.

    duty: investigator, decision_maker or appeal_officer. Whoever had it before reads the part no longer by it. After a
    hearing another person decides only once it was heard anew, by them: heard_anew is then yes, the old day and notice
    and what was found stand no longer. Source: Acas Code, 6 and 27.
    """
    stages, role, why = DUTIES[duty]
    if proceeding.status not in stages:
        raise Refused("That duty is done already, or not begun: nobody else can be named for it now.")
    _must_be_new(proceeding, duty, person, by, at=at)
    is_heard_anew = proceeding.status in HEARD_ANEW
    if is_heard_anew and heard_anew != "yes":
        raise Refused(f"{ANEW} Say yes to that, or leave it with {proceeding.decision_maker.name}.")
    before = getattr(proceeding, duty)
    ended = list(Reader.objects.current(at).filter(record=proceeding.record, person=before, role=role, why=why))
    for row in ended:
        row.until = at
    setattr(proceeding, duty, person)
    cleared = _heard_anew(proceeding) if is_heard_anew else []
    given = Reader(record=proceeding.record, person=person, role=role, why=why, since=at)
    said = f"{person.name} {why}, in place of {before.name}. {reason}{f' {ANEW}' if is_heard_anew else ''}"
    step = step_of(proceeding.part, "named", at, said)
    rows = [*ended, given, step]
    ledger.record("officer.named", proceeding.record, proceeding, *cleared, *rows, by=by, at=at, duty=duty)
    notices.tell(person, record=proceeding.record, what="read", at=at)
    return proceeding


def _heard_anew(proceeding) -> list[Allegation]:
    """Take a proceeding back to before its notice; what the first person found of an allegation stands no longer."""
    proceeding.status = Proceeding.INVESTIGATED
    proceeding.notice_given_at = proceeding.hearing_at = proceeding.papers_due_on = None
    cleared = list(Allegation.objects.filter(record=proceeding.record).exclude(finding=""))
    for allegation in cleared:
        allegation.finding, allegation.found_at, allegation.reason = "", None, None
    return cleared


def _must_be_new(proceeding, duty, person, by, *, at) -> None:
    """Refuse whoever had another duty in it, now or before, or did its work, and whoever would name themselves.

    An appeal is heard by somebody quite new. Source: Acas Code, 6 and 27.
    """
    if duty == "appeal_officer":
        appeals.must_be_new(proceeding, person, by, at=at)
        return
    if person == by.person:
        raise Refused("Nobody names themselves: ask somebody else who runs the procedure to name you.")
    had = Reader.objects.filter(record=proceeding.record, person=person, why__in=appeals.DUTIES_BEFORE)
    if had.exists():
        raise Refused(f"{person.name} has a part in it already: the person who investigates never decides.")
    must_be_free(proceeding.part, person)
    if duty != "decision_maker":
        return
    if appeals.has_done(proceeding, person, INVESTIGATING):
        raise Refused(f"{person.name} recorded the investigation: the person who investigates never decides.")
    if why_not := hearing.obstacle(proceeding.part, person, at=at):
        raise Refused(why_not)
