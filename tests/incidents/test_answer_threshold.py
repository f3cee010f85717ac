"""The threshold question: answered by the head with the safeguarding lead consulted, once, where the facts raise it."""

import pytest

from incidents.models import Concern, Decision
from incidents.workflow.triage import answer_threshold
from tests import states

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(cast):
    return {"answer": "meets_threshold", "consulted": cast.dee.person, "reason": "A child was named."}


def test_answer_threshold_is_for_the_head_alone(cast, at):
    assert states.who_may(answer_threshold, states.triaged(cast, at=at), cast, at=at) == ("harriet", "")


def test_answer_threshold_waits_for_triage(cast, at, said):
    concern = states.read(cast, at=at)
    assert states.why_not(answer_threshold, concern, by=cast.harriet, at=at, **said) == "Triage it first."


def test_answer_threshold_is_given_once(cast, at, said):
    concern = states.answered(cast, at=at)
    words = "The threshold question has been answered."
    assert states.why_not(answer_threshold, concern, by=cast.harriet, at=at, **said) == words


def test_answer_threshold_is_not_asked_where_no_adult_of_the_school_is_concerned(cast, at, said):
    concern = states.about_nobody_here(cast, at=at)
    assert states.why_not(answer_threshold, concern, by=cast.harriet, at=at, **said) == (
        "The threshold question is not raised by the facts: "
        "nobody who works in or for the school is said to have done it."
    )


def test_answer_threshold_keeps_the_answer_the_reason_and_who_was_asked(cast, at, said):
    concern = answer_threshold(states.triaged(cast, at=at), by=cast.harriet, at=at + states.DAY, **said)
    assert Concern.objects.get(pk=concern.pk).threshold == "meets_threshold"
    (decision,) = Decision.objects.filter(record=concern.record)
    assert (decision.question, decision.answer, decision.decided_at) == (
        "threshold",
        "meets_threshold",
        at + states.DAY,
    )
    assert (decision.decided_by, decision.consulted) == (cast.harriet.person, cast.dee.person)
    assert states.words(decision).reason == "A child was named."


def test_answer_threshold_leaves_its_line(cast, at, said):
    concern = answer_threshold(states.triaged(cast, at=at), by=cast.harriet, at=at, **said)
    line = ("threshold.answered", cast.harriet.pk, at, {"answer": "meets_threshold"})
    assert states.last_line(concern) == line
