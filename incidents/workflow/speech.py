"""Whether what somebody wrote may be protected: asked before they are told to remove it, and before any proceeding."""

from incidents.models import Concern, Decision, Link
from incidents.questions import may_be_protected
from schools import exclusions, ledger, notices, sealing, search, sources
from schools.access import Viewer
from schools.acts import Past, Refused, act
from schools.models import Involvement, Reader
from schools.policy import taxonomy
from schools.roles import Permission

QUESTION = Decision.SPEECH
NO, UNSURE, YES, DISCLOSED = "no", "not_sure", "yes", Decision.DISCLOSED
REPLIES = {YES: Decision.OFFICER_REPLIED, NO: Decision.NO_DISCLOSURE}
CHECK_FIRST = (
    "Record first whether this could be protected speech: a belief, union activity, a disclosure in the public "
    "interest, or private to a few. An order to remove that may itself be a wrong."
)
OFFICER_FIRST = (
    "A disclosure in the public interest goes to the whistleblowing route first: nothing is begun until that "
    "officer has replied."
)
ADVICE_FIRST = "Take advice first: this may be protected speech, and a view held is never a charge."
SAY_WHY = "Say what exactly is objected to (the words, the audience, the harm), and why no less will do."
NAME_AN_OFFICER = "Name the officer who looks into it by your whistleblowing policy."
NOT_YOURS_TO_END = (
    "That it is no such disclosure lets the name be told again: a safeguarding lead who is told the name records it."
)
LOOKS_INTO_IT = "looks into it by the whistleblowing policy"
ADVICE_TAKEN, ADVISED_BY = " Advice was taken.", "\n\nAdvised by: "
FOUR_ANSWERS = "Unless it is no, four questions are answered one by one: use “Check for protected speech”."


def words_of(answers: dict[str, str], reason: str, *, advised, replied, objected_to: str, lesser_step: str) -> str:
    """What was answered to the check for protected speech, in words; the one rule for a removal and a proceeding.

    answers: no, maybe or yes to belief, union, public_interest and private. advised: whether the view of an HR adviser
    or a solicitor is on record. replied: whether the whistleblowing officer has. Raises Refused where it stands in the
    way. Source: Equality Act 2010; Higgs v Farmor's School [2025] EWCA Civ 109; Employment Rights Act 1996, s 47B.
    """
    doubts = {name: answer for name, answer in answers.items() if answer != NO}
    if not doubts:
        return f"Protected-speech check answered no: {reason}"
    if doubts.get("public_interest") == YES and not replied:
        raise Refused(OFFICER_FIRST)
    if not advised:
        raise Refused(ADVICE_FIRST)
    if not (objected_to and lesser_step):
        raise Refused(SAY_WHY)
    questions = taxonomy().protected_speech_check.questions
    said = "; ".join(f"“{questions[name]}” {answer}" for name, answer in doubts.items())
    rest = "; to the rest no" if len(doubts) < len(answers) else ""
    return (
        f"Protected-speech check: {said}{rest}.{ADVICE_TAKEN} {reason}\n\n"
        f"What is objected to: {objected_to}\n\nWhy a lesser step will not do: {lesser_step}"
    )


def without_advice(words: str) -> str:
    """What was answered to the check as paper may say it: that advice was taken, and whose, is on none."""
    return words.partition(ADVISED_BY)[0].replace(ADVICE_TAKEN, "", 1)


def last_answer(concern) -> str:
    """How the check was last answered for a concern; empty when it never was."""
    return _last(decisions_of(concern))


def _last(decisions) -> str:
    return next((row.answer for row in reversed(decisions) if row.question == QUESTION), "")


def decisions_of(concern, viewer=None) -> list[Decision]:
    """The decisions of a concern as they were written down; read once for a request where somebody asks."""
    known = {} if viewer is None else viewer.known
    key = ("decisions", concern.pk)
    if key not in known:
        rows = Decision.objects.filter(record=concern.record).select_related("decided_by", "consulted")
        known[key] = list(rows.order_by("decided_at", "pk"))
    return known[key]


def has_replied(concern) -> bool:
    """Whether the whistleblowing officer replied about a concern."""
    replies = REPLIES.values()
    return Decision.objects.filter(record=concern.record, question=QUESTION, answer__in=replies).exists()


def obstacle_to_removal(concern) -> str:
    """Why nobody may be told yet to remove what they wrote; empty when nothing stands in the way."""
    last = last_answer(concern)
    if last == DISCLOSED:  # whatever it has been triaged as since
        return OFFICER_FIRST
    return CHECK_FIRST if may_be_protected(concern) and last in ("", *REPLIES.values()) else ""


def may_be_checked(concern, viewer):
    """Why the check cannot be answered now."""
    if concern.status == Concern.REPORTED:
        return "Triage it first."
    if not may_be_protected(concern):
        return Past("It is asked only of what a member of staff wrote or sent.")
    return OFFICER_FIRST if _last(decisions_of(concern, viewer)) == DISCLOSED else None


@act(
    "speech.checked",
    of=Concern,
    permission=Permission.DECISION_MAKE,
    label="Check for protected speech",
    when=may_be_checked,
)
def check_speech(
    concern,
    *,
    by,
    at,
    belief,
    union,
    public_interest,
    private,
    reason,
    adviser="",
    advised_on=None,
    objected_to="",
    lesser_step="",
    officer=None,
):
    """Answer whether this may be protected speech, before anybody is told to remove it.

    belief, union, public_interest, private: no, maybe or yes. adviser: the HR adviser or solicitor who gave a view, on
    the day advised_on; the view itself is kept as legal advice. A disclosure in the public interest goes to the
    officer of the whistleblowing route; nothing else is done until they have replied, and who reported it is told to
    them, to the safeguarding leads and to the data protection officer alone.
    """
    answers = {"belief": belief, "union": union, "public_interest": public_interest, "private": private}
    replied = has_replied(concern)
    if public_interest == YES and not replied:
        return _disclosed(concern, officer, reason, by=by, at=at)
    given = {"advised": bool(adviser and advised_on), "replied": replied}
    words = words_of(answers, reason, objected_to=objected_to, lesser_step=lesser_step, **given)
    answer = next((one for one, said in ((YES, "yes"), (UNSURE, "maybe")) if said in answers.values()), NO)
    if answer in (YES, UNSURE):
        words = f"{words}{ADVISED_BY}{adviser}, {advised_on.day} {advised_on:%B %Y}"
    decision = _decided(concern, answer, words, by=by, at=at)
    ledger.record("speech.checked", concern.record, decision, by=by, at=at, question=QUESTION, answer=answer)
    return concern


def _disclosed(concern, officer, reason, *, by, at):
    """Give a disclosure to the officer who looks into it, who reads it from then on."""
    if officer is None:
        raise Refused(NAME_AN_OFFICER)
    if officer.pk in exclusions.people_kept_from(concern.record) | {concern.reporter_id}:
        raise Refused(f"{officer.name} cannot look into this: choose somebody who is free in it.")
    decision = _decided(concern, DISCLOSED, reason, by=by, at=at, consulted=officer)
    reader = Reader(record=concern.record, person=officer, role="", why=LOOKS_INTO_IT, since=at)
    facts = {"question": QUESTION, "answer": DISCLOSED}
    ledger.record("speech.checked", concern.record, decision, reader, by=by, at=at, **facts)
    _to_be_found(concern, sources.Shown(concern.record, frozenset({concern.reporter_id}), at=at))
    notices.tell(officer, record=concern.record, what="read", at=at)
    return concern


def waits_for_officer(concern, viewer):
    """Why there is no reply to record."""
    return (
        None
        if _last(decisions_of(concern, viewer)) == DISCLOSED
        else Past("Nothing waits for the whistleblowing officer.")
    )


@act(
    "speech.officer_replied",
    of=Concern,
    permission=Permission.DECISION_MAKE,
    label="Record the whistleblowing officer’s reply",
    when=waits_for_officer,
)
def record_officer_reply(concern, *, by, at, happened_at, said, is_disclosure):
    """Record what the whistleblowing officer replied; then the check for protected speech is answered again.

    happened_at: when the reply came, never in the future. is_disclosure: yes, or no, which alone lets the name of
    whoever reported it be told again; then the officer reads it no longer.
    """
    given_at = next(row.decided_at for row in reversed(decisions_of(concern)) if row.answer == DISCLOSED)
    if happened_at < given_at:
        raise Refused("The officer cannot have replied before it was given to them: give the day of the reply.")
    answer = REPLIES[is_disclosure]
    if answer == Decision.NO_DISCLOSURE and sources.shown_to(Viewer(by, at), concern.record).people:
        raise Refused(NOT_YOURS_TO_END)
    decision = _decided(concern, answer, said, by=by, at=at, happened_at=happened_at)
    ended = _end_reading(concern, at=at) if answer == Decision.NO_DISCLOSURE else []
    facts = {"question": QUESTION, "answer": answer}
    ledger.record("speech.officer_replied", concern.record, decision, *ended, by=by, at=at, **facts)
    if answer == Decision.NO_DISCLOSURE:
        _to_be_found(concern, sources.Shown(concern.record, frozenset(), at=at))
    return concern


def _to_be_found(concern, shown: sources.Shown) -> None:
    """Let the report be found by the words in it that are shown to everybody who reads it, and by no other."""
    rows = list(Involvement.objects.filter(record=concern.record).exclude(part="reporter").order_by("pk"))
    links = list(Link.objects.filter(record=concern.record).order_by("pk"))
    sealing.open_rows([concern, *rows, *links])
    names = [*(row.opened.typed_name for row in rows), *(link.opened.handle for link in links)]
    search.index(concern.record, concern.pk, shown.words(Concern, concern.opened.narrative), *names)


def _end_reading(concern, *, at) -> list[Reader]:
    rows = list(Reader.objects.current(at).filter(record=concern.record, why=LOOKS_INTO_IT).order_by("since", "pk"))
    for row in rows:
        row.until = at
    return rows


def _decided(concern, answer, reason, *, by, at, happened_at=None, consulted=None) -> Decision:
    decision = Decision(record=concern.record, question=QUESTION, answer=answer, decided_at=at, decided_by=by.person)
    decision.happened_at, decision.consulted = happened_at, consulted
    sealing.seal(concern.record, decision, reason=reason)
    return decision
