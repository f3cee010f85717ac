"""Recording a decision: by lead or head, with a reason, and when and under which number it was done outside."""

from datetime import UTC, datetime

import pytest

from incidents import steps, waiting
from incidents.forms import RecordDecision
from incidents.models import Concern, Decision
from incidents.workflow.triage import record_decision
from schools import policy
from schools.access import Viewer
from tests import factories as make
from tests import states

pytestmark = pytest.mark.django_db
SAID = {"question": "police", "answer": "yes", "reason": "A threat to come to the gate."}


def test_record_decision_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at):
    assert states.who_may(record_decision, states.triaged(cast, at=at), cast, at=at) == ("dee harriet", "dot")


def test_record_decision_is_refused_to_others_in_words(cast, at):
    concern = states.triaged(cast, at=at)
    assert states.why_not(record_decision, concern, by=cast.dot, at=at, **SAID) == "You cannot decide this: a witness"
    words = "Your role does not let you do this: record a decision."
    assert states.why_not(record_decision, concern, by=cast.priya, at=at, **SAID) == words


def test_record_decision_waits_until_the_report_was_read(cast, at):
    concern = states.reported(cast, at=at)
    assert states.why_not(record_decision, concern, by=cast.dee, at=at, **SAID) == "Read the report first."


def test_record_decision_keeps_it_with_reason_and_reference(cast, at):
    outside = {"happened_at": at - states.HOUR, "outside_reference": "Log 512", "paragraph": "5.e"}
    concern = record_decision(states.triaged(cast, at=at), by=cast.dee, at=at, **SAID, **outside)
    (decision,) = Decision.objects.filter(record=concern.record)
    assert (decision.question, decision.answer, decision.decided_by) == ("police", "yes", cast.dee.person)
    assert (decision.decided_at, decision.happened_at, decision.paragraph) == (at, at - states.HOUR, "5.e")
    kept = states.words(decision)
    assert (kept.reason, kept.outside_reference) == ("A threat to come to the gate.", "Log 512")


@pytest.mark.parametrize("named", ["5.e", "H8, H5 last bullet", "V11.2.1-2"])
def test_record_decision_takes_a_number_or_a_paragraph_of_the_policy_in_force(cast, at, named):
    make.policy_of(cast.trust, policy.text_of("lte-2019-09"), at=at - states.DAY)
    assert "paragraph" not in asked(cast, at, named).errors


def test_record_decision_takes_no_name_for_a_paragraph(cast, at):
    words = "“Under which paragraph?” must be a number such as 5.e, or several with commas between them."
    assert asked(cast, at, "Sam Field").errors["paragraph"] == [words]


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        (
            "lado",
            "accepted",
            "“Offered and accepted” is no answer to “Has the local authority designated officer (LADO) been told?”: "
            "choose one of “Yes”, “No”, “Not sure”.",
        ),
        (
            "police",
            "meets_threshold",
            "“It meets the threshold” is no answer to “Should the police be told?”: "
            "choose one of “Yes”, “No”, “Not sure”.",
        ),
    ],
)
def test_record_decision_takes_only_an_answer_to_its_question(cast, at, question, answer, words):
    concern = states.triaged(cast, at=at)
    given = {"question": question, "answer": answer, "reason": "As it was."}
    assert states.why_not(record_decision, concern, by=cast.dee, at=at, **given) == words


def test_record_decision_says_so_beside_the_answer(cast, at):
    form = RecordDecision(
        SAID | {"answer": "declined"}, subject=states.triaged(cast, at=at), viewer=Viewer(cast.dee, at)
    )
    assert not form.is_valid()
    assert form.errors["answer"] == [
        "“Offered and declined” is no answer to “Should the police be told?”: choose one of “Yes”, “No”, “Not sure”."
    ]


@pytest.mark.parametrize("answer", ["yes", "accepted", "declined", "no"])
def test_record_decision_settles_support_by_an_offer_or_a_reason_for_none(cast, at, answer):
    concern = states.about_nobody_here(cast, at=at)
    record_decision(concern, by=cast.dee, at=at, question="support", answer=answer, reason="He was asked.")
    assert waiting.unsettled_in([concern]) == {concern.pk: ["police", "governors"]}


def asked(cast, at, named):
    form = RecordDecision(SAID | {"paragraph": named}, subject=states.triaged(cast, at=at), viewer=Viewer(cast.dee, at))
    form.is_valid()
    return form


@pytest.mark.parametrize("question", ["police", "parents"])
def test_record_decision_to_tell_somebody_waits_until_it_says_when_they_were_told(cast, at, question):
    concern = states.about_nobody_here(cast, at=at)
    decided = {"by": cast.dee, "question": question, "answer": "yes", "reason": "It names tonight."}
    record_decision(concern, at=at, **decided)
    assert question in waiting.unsettled_in([concern])[concern.pk]
    (waits,) = waiting.promised_in(Concern.objects.all(), among=[question])
    assert steps.told_by(waits) == datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)  # the day it was decided
    later = at + states.DAY
    record_decision(concern, at=later, happened_at=at + states.HOUR, **decided)
    assert question not in waiting.unsettled_in([concern])[concern.pk]
    assert not waiting.promised_in(Concern.objects.all(), among=[question])


def test_record_decision_to_tell_nobody_takes_an_earlier_one_back(cast, at):
    concern = states.about_nobody_here(cast, at=at)
    record_decision(concern, by=cast.dee, at=at, **SAID)
    record_decision(concern, by=cast.dee, at=at + states.DAY, question="police", answer="no", reason="It was a quote.")
    assert waiting.unsettled_in([concern]) == {concern.pk: ["governors", "support"]}
    assert not waiting.promised_in(Concern.objects.all(), among=["police"])


@pytest.mark.parametrize("question", ["lado", "governors"])
def test_record_decision_that_somebody_was_told_says_when(cast, at, question):
    concern = states.triaged(cast, at=at)
    told = {"question": question, "answer": "yes", "reason": "By telephone."}
    words = "Say when they were told. If they have not been yet, leave the question open with “Not sure”."
    assert states.why_not(record_decision, concern, by=cast.dee, at=at, **told) == words
    form = RecordDecision(told, subject=concern, viewer=Viewer(cast.dee, at))
    assert not form.is_valid()
    assert form.errors["happened_at"] == [words]


def test_record_decision_leaves_its_line(cast, at):
    concern = record_decision(states.triaged(cast, at=at), by=cast.dee, at=at, **SAID)
    line = ("decision.recorded", cast.dee.pk, at, {"question": "police", "answer": "yes"})
    assert states.last_line(concern) == line
