"""Which decisions the facts of a concern open, and which they do not, each with the rule that was not met."""

from collections.abc import Mapping

from incidents.models import Decision
from incidents.rules.answer import Answer
from schools.policy import taxonomy

LADO_IS_ASKED = ("meets_threshold", "unsure_consult_lado")
# What has to be on record before the end, by the question that puts it there.
PUT_ON_RECORD = {
    "police": {"police_decision"},
    "parents": {"parent_contact_decision"},
    "support": {"support_entry", "support_plan"},
    "governors": {"governor_notice"},
}
# Why a question is not opened, whatever the concern: written by the system, and anyone with the right may answer it.
NOT_MET = {
    "threshold": "Nobody who works in or for the school is said to have done it.",
    "lado": "The threshold question was not raised.",
    "police": "Nothing recorded is a threat, and the policy does not ask for it.",
    "governors": "The policy does not ask for it.",
    "support": "The policy does not ask for it.",
    "parents": "The policy does not ask for it.",
    "protected_speech": "It is asked before a removal is demanded of our own staff, and before a proceeding.",
}


YES_OR_NO = ("yes", "no")
# What settles a question; of any other answer that it takes, the question stays open.
SETTLED_BY = {
    "support": ("yes", "accepted", "declined", "no"),
    Decision.SPEECH: ("yes", "no", "not_sure", Decision.OFFICER_REPLIED, Decision.NO_DISCLOSURE),
}
# Where yes is that somebody is told: it settles nothing until they have been.
OF_TELLING = ("lado", "police", "governors", "parents")
ALREADY_TOLD = ("lado", "governors")
NO_TIME = "Say when they were told. If they have not been yet, leave the question open with “Not sure”."
NO_ANSWER = "“{said}” is no answer to “{question}”: choose one of {those}."


def why_no_answer(question: str, answer: str) -> str | None:
    """Why an answer cannot be given to a question, in words; nothing where it can."""
    words, taken = dict(Decision.ANSWERS), list(dict.fromkeys([*SETTLED_BY.get(question, YES_OR_NO), "not_sure"]))
    if answer in taken:
        return None
    those = ", ".join(f"“{words[one]}”" for one in taken)
    return NO_ANSWER.format(said=words[answer], question=dict(Decision.QUESTIONS)[question], those=those)


def why_no_time(question: str, answer: str, happened_at) -> str | None:
    """Why an answer needs the time: of somebody who has been told, it is known; nothing where it needs none."""
    return NO_TIME if question in ALREADY_TOLD and answer == "yes" and happened_at is None else None


def settled(concern, decisions) -> set[str]:
    """The questions that are settled: of each the last answer counts, and “not sure” leaves it open.

    Where the threshold is met, or the head is not sure of it, only having told the LADO settles that question (KCSIE
    Part Four). That somebody is to be told is settled once it says when they were. decisions: rows of the concern.
    """
    last = _last([decision for decision in decisions if not _before_it_was_asked(concern, decision)])
    enough = SETTLED_BY | ({"lado": ("yes",)} if concern.threshold in LADO_IS_ASKED else {})
    given = {question for question, row in last.items() if row.answer in enough.get(question, YES_OR_NO)}
    return given - promised(decisions).keys()


def promised(decisions) -> dict[str, Decision]:
    """Whom somebody decided to tell, of which nothing says yet when they were told: the decision, by its question."""
    return {
        question: row
        for question, row in _last(decisions).items()
        if question in OF_TELLING and row.answer == "yes" and row.happened_at is None
    }


def _last(decisions) -> dict[str, Decision]:
    """The answer to each question that was written down last."""
    return {row.question: row for row in sorted(decisions, key=lambda row: row.decided_at)}


def _before_it_was_asked(concern, decision) -> bool:
    """Whether the LADO was told of what was known before the threshold question was asked again."""
    again_at = concern.asked_again_at
    return decision.question == "lado" and again_at is not None and decision.decided_at < again_at


def unsettled(concern, answered: Mapping, decisions) -> list[str]:
    """The questions that the facts of a concern, or a disclosure in the public interest, opened and nobody settled yet.

    answered: of what routing answers, the keys of `route.opening`.
    """
    done = settled(concern, decisions) | ({"threshold"} if concern.threshold else set())
    begun = {decision.question for decision in decisions if decision.answer == Decision.DISCLOSED}
    begun |= promised(decisions).keys()
    left = (name for name, _ in Decision.QUESTIONS if name not in done)
    return [name for name in left if name in begun or is_opened(name, concern, answered)]


def is_opened(question: str, concern, answered: Mapping) -> bool:
    """Whether the facts of a concern open a question.

    question: of Decision.QUESTIONS. answered: what routing answers for the concern.
    """
    if question == "threshold":
        return answered["threshold_question"]
    if question == "lado":
        return _lado(concern, answered)
    if question in decided_whatever_policy(concern):
        return True
    wanted = PUT_ON_RECORD.get(question, set())
    notice = question == "governors" and answered["governors"]["notice"] == "required"
    return notice or not wanted.isdisjoint(answered["must_record"])


def decided_whatever_policy(concern) -> set[str]:
    """The questions that what happened opens by itself, also where the policy is silent."""
    codes = taxonomy().codes
    return {question for code in codes.keys() & set(concern.codes) for question in codes[code].decides}


def _lado(concern, answered) -> bool:
    running = any(clock["key"] == "lado_contact" for clock in answered["clocks"])
    return concern.threshold in LADO_IS_ASKED or (running and not concern.threshold)


def not_raised(concern, answered: Answer, made: set[str]) -> list[tuple[str, str]]:
    """The questions that the facts did not raise and nobody answered, each with why.

    made: the questions that were answered.
    """
    return [
        (words, _why_not(question, concern, made))
        for question, words in Decision.QUESTIONS
        if question not in made and not is_opened(question, concern, answered)
    ]


def _why_not(question: str, concern, made: set[str]) -> str:
    if question == "lado" and (concern.threshold or "threshold" in made):
        return "The answer to the threshold question does not call for the LADO."
    if question == "protected_speech" and not may_be_protected(concern):
        return (
            "It is asked only of what a member of staff wrote or sent, where that is of a kind that may be protected."
        )
    return NOT_MET[question]


def may_be_protected(concern) -> bool:
    """Whether it is asked if it is protected speech: something of such a kind, done by a member of staff."""
    check = taxonomy().protected_speech_check
    return concern.direction == check.direction and not set(concern.codes).isdisjoint(check.codes)
