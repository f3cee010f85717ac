"""The questions of a case file: those that were answered, those still open, and those the facts did not raise."""

from dataclasses import replace
from datetime import datetime

from casework.models import Step
from incidents import questions
from incidents.models import Concern, Decision, Telling
from incidents.workflow import speech
from reports import told
from reports.building.directory import Directory
from reports.building.frozen import Frozen
from reports.building.words import due, ended, reason_of
from reports.prose import Prose

SPEECH = speech.QUESTION
AS_YES_OR_NO = {"no": "no", "declined": "no", "low_level_concern": "no", "not_a_safeguarding_matter": "no"}


def decisions(frozen: Frozen, directory: Directory, answered: dict) -> tuple[told.Decision, ...]:
    """Every question of every concern printed.

    answered: what the routing rule says of each concern, by record.
    """
    concerns, found = frozen.rows(Concern), []
    for concern in concerns:
        given = sorted(frozen.rows(Decision, record_id=concern.pk), key=lambda row: row.made_at)
        rule = answered[concern.pk]
        asked = [_given(directory, row, rule) for row in given]
        asked += [_told(directory, row) for row in frozen.rows(Telling, record_id=concern.pk)]
        begun = _before_proceeding(frozen, directory, concern) if SPEECH not in {row.question for row in given} else []
        asked += begun
        asked += _unanswered(concern, {row.question for row in given} | {SPEECH for _ in begun}, rule)
        found += [replace(one, of=concern.ref if len(concerns) > 1 else "") for one in asked]
    return tuple(dict.fromkeys(found))


def _given(directory, row, rule) -> told.Decision:
    consulted = directory.full(row.consulted_id)
    reason = "\n".join(
        filter(
            None,
            [
                reason_of(row),
                f"Consulted: {ended(consulted)}" if consulted else "",
                f"Their reference: {ended(row.opened.outside_reference)}" if row.opened.outside_reference else "",
            ],
        )
    )
    return told.Decision(
        question=row.get_question_display(),
        answer=AS_YES_OR_NO.get(row.answer, "yes"),
        said=row.get_answer_display(),
        reason=Prose(reason),
        by=directory.full(row.decided_by_id),
        at=row.made_at,
        due=_limit(row, rule),
        paragraph=row.paragraph,
    )


def _limit(row, rule) -> str:
    """By when the decision had to be carried out, where the law or the policy sets a time for it."""
    limits = {clock["key"]: clock["due_at"] for clock in rule["clocks"]}
    by = {"governors": rule["governors"]["due_at"], "lado": limits.get("lado_contact")}.get(row.question)
    basis = "statute" if row.question == "lado" else "default"
    return due(datetime.fromisoformat(by), basis, done_at=row.happened_at) if by else ""


def _told(directory, row) -> told.Decision:
    name = directory.name(row.person_id)
    return told.Decision(
        question=f"Has {name}, {row.title}, been told?" if name else f"Has the {row.title} been told?",
        answer="yes" if row.told_at else "open",
        reason=Prose(),
        at=row.told_at,
        due=due(row.due_at, row.basis, done_at=row.told_at),
        paragraph=row.paragraph,
    )


def _before_proceeding(frozen, directory, concern) -> list[told.Decision]:
    """What was answered to the check for protected speech where it was first asked before a proceeding began."""
    lines = [line for line in frozen.lines if line.verb == "proceeding.begun"]
    return [
        told.Decision(
            question=dict(Decision.QUESTIONS)[SPEECH],
            answer="yes",
            said="Asked before the proceeding",
            reason=Prose(speech.without_advice(line.row(Step).opened.said)),
            by=directory.account(line.by),
            at=line.at,
        )
        for line in lines
        if questions.may_be_protected(concern)
    ]


def _unanswered(concern, given: set[str], rule) -> list[told.Decision]:
    """What the facts opened and nobody has answered yet, and what they did not open, each with why."""
    why_not = dict(questions.not_raised(concern, rule, given))
    return [
        told.Decision(
            question=words, answer="not_raised" if words in why_not else "open", reason=Prose(why_not.get(words, ""))
        )
        for question, words in Decision.QUESTIONS
        if question not in given
    ]
