"""Finishing without a case: after triage, with every question the facts opened answered, and a reason."""

import pytest

from incidents.models import Concern
from incidents.workflow.triage import confirm_conflict, finish_concern, record_decision
from schools.models import Exclusion
from tests import states

pytestmark = pytest.mark.django_db
SAID = {"outcome": "no_further_action", "reason": "Fair criticism."}


def test_finish_concern_is_for_lead_deputy_and_head(cast, at):
    concern = states.settled(states.about_nobody_here(cast, at=at), cast, at=at)
    assert states.who_may(finish_concern, concern, cast, at=at) == ("dee dot harriet", "")


def test_finish_concern_waits_for_triage(cast, at):
    concern = states.read(cast, at=at)
    assert states.why_not(finish_concern, concern, by=cast.dee, at=at, **SAID) == (
        "This cannot be done now: it stands at “Waiting for triage”."
    )


def test_finish_concern_waits_for_the_threshold_question(cast, at):
    concern = states.triaged(cast, at=at)
    words = "The threshold question has not been answered."
    assert states.why_not(finish_concern, concern, by=cast.dee, at=at, **SAID) == words


def test_finish_concern_waits_until_a_conflict_is_confirmed(cast, at):
    concern = states.answered(cast, at=at)
    words = "A conflict of interest has not been confirmed or lifted yet."
    assert states.why_not(finish_concern, concern, by=cast.dee, at=at, **SAID) == words
    for exclusion in Exclusion.objects.filter(grade="hidden"):
        confirm_conflict(concern, by=cast.dee, at=at, exclusion=exclusion, answer="confirm", reason="It is so.")
    finish_concern(concern, by=cast.dee, at=at, **SAID)
    assert Concern.objects.get().status == "finished"


def test_finish_concern_waits_for_every_question_that_the_facts_opened(cast, at):
    # All Saints: abuse of a member of staff wants the police, the governors (9.d) and support on record.
    concern = states.about_nobody_here(cast, at=at)
    open_ones = [
        ("police", "Should the police be told?"),
        ("governors", "Have the governors been told, without names?"),
        ("support", "Has support been offered to the person harmed?"),
    ]
    while open_ones:
        words = " ".join(["Answer first, and record it:", *(asked for _, asked in open_ones)])
        assert states.why_not(finish_concern, concern, by=cast.dee, at=at, **SAID) == words
        question, _ = open_ones.pop(0)
        said = {"question": question, "reason": "We thought about it."}
        record_decision(concern, by=cast.dee, at=at, answer="not_sure", **said)
        assert states.why_not(finish_concern, concern, by=cast.dee, at=at, **SAID) == words
        record_decision(concern, by=cast.dee, at=at + states.HOUR, answer="no", **said)
    assert finish_concern(concern, by=cast.dee, at=at, **SAID).status == "finished"


@pytest.mark.parametrize("answer", ["meets_threshold", "unsure_consult_lado"])
def test_finish_concern_waits_until_the_lado_has_been_told(cast, at, answer):
    concern = states.answered(cast, at=at, answer=answer)
    words = "Answer first, and record it: Has the local authority designated officer (LADO) been told?"
    told = {"question": "lado", "reason": "The line was engaged."}
    assert states.why_not(finish_concern, concern, by=cast.dee, at=at, **SAID) == words
    record_decision(concern, by=cast.dee, at=at, answer="no", **told)
    assert states.why_not(finish_concern, concern, by=cast.dee, at=at, **SAID) == words
    record_decision(concern, by=cast.dee, at=at + states.HOUR, answer="yes", happened_at=at + states.HOUR, **told)
    assert "conflict of interest" in states.why_not(finish_concern, concern, by=cast.dee, at=at, **SAID)


def test_finish_concern_keeps_how_and_why(cast, at):
    concern = states.settled(states.about_nobody_here(cast, at=at), cast, at=at)
    finish_concern(concern, by=cast.dee, at=at, **SAID)
    kept = Concern.objects.get(pk=concern.pk)
    assert (kept.status, kept.outcome, kept.finished_at, kept.stage) == (
        "finished",
        "no_further_action",
        at,
        "finished",
    )
    assert states.words(kept).outcome_reason == "Fair criticism."


def test_finish_concern_leaves_its_line(cast, at):
    concern = states.settled(states.about_nobody_here(cast, at=at), cast, at=at)
    finish_concern(concern, by=cast.dee, at=at, **SAID)
    line = ("concern.finished", cast.dee.pk, at, {"outcome": "no_further_action"})
    assert states.last_line(concern) == line
