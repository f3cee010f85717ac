"""The threshold question: answered by the head with the safeguarding lead consulted, once, where the facts raise it."""

from datetime import UTC, datetime

import pytest

from incidents import waiting
from incidents.forms import AnswerThreshold
from incidents.models import Concern, Decision
from incidents.workflow import triage as triage_acts
from incidents.workflow.reporting import name_person
from incidents.workflow.triage import answer_threshold, read_report, triage
from schools.access import Viewer
from schools.roles import Role
from tests import factories as make
from tests import states

pytestmark = pytest.mark.django_db
UNKNOWN = {"name": "A Robin", "kind": "", "part": "subject"}  # whoever calls themselves so


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


def test_answer_threshold_is_asked_again_when_it_turns_out_to_be_something_else(cast, at, said):
    concern = states.settled(states.answered(cast, at=at, answer="meets_threshold"), cast, at=at)
    assert waiting.lado_waits([concern]) == []
    later = at + 2 * states.DAY  # Wednesday 25 November
    more = {"code": "PUPIL_CONTACT", "direction": "staff_act", "reason": "Messages to a pupil came to light."}
    triage(concern, by=cast.dee, at=later, **more)
    assert Concern.objects.get().threshold == ""
    answer_threshold(concern, by=cast.harriet, at=later, **said)
    # One working day from when it was asked again: the call of Monday was about something else.
    assert waiting.with_lado_due(waiting.lado_waits(Concern.objects.select_related("school"))) == [
        (concern, datetime(2026, 11, 26, 23, 59, 59, tzinfo=UTC))
    ]
    assert [row.question for row in Decision.objects.order_by("decided_at")].count("threshold") == 2


def test_answer_threshold_is_not_asked_again_when_the_same_thing_is_triaged_again(cast, at):
    concern = states.answered(cast, at=at)
    triage(concern, by=cast.dee, at=at + states.DAY, code="CONFID", direction="staff_act", reason="As it was.")
    assert Concern.objects.get().threshold == "low_level_concern"


def test_answer_threshold_stands_where_the_facts_no_longer_ask(cast, at):
    concern = states.answered(cast, at=at, answer="meets_threshold", people=[UNKNOWN])
    triage(concern, by=cast.dee, at=at + states.DAY, code="ABUSE", direction="against_staff", reason="It was a parent.")
    assert Concern.objects.get().threshold == "meets_threshold"


def test_answer_threshold_is_asked_again_when_a_finished_concern_is_opened_again(cast, at, said):
    concern = states.settled(states.answered(cast, at=at), cast, at=at)
    ended = {"outcome": "low_level_concern", "reason": "Talked over."}
    triage_acts.finish_concern(concern, by=cast.dee, at=at + states.DAY, **ended)
    later = at + 2 * states.DAY
    triage_acts.reopen_concern(concern, by=cast.dee, at=later, reason="A pupil has said more.")
    words = "The threshold question has not been answered."
    assert states.why_not(triage_acts.finish_concern, concern, by=cast.dee, at=later, **ended) == words
    answer_threshold(concern, by=cast.harriet, at=later, **said)
    assert Concern.objects.get().threshold == "meets_threshold"


@pytest.mark.parametrize(
    ("named", "threshold"),
    [
        ({"name": "Ivan Petrov", "kind": "staff", "part": "subject"}, ""),
        ({"name": "Una Reid", "kind": "staff", "part": "subject"}, ""),  # fits nobody in the directory
        ({"name": "Una Reid", "kind": "pupil", "part": "subject"}, "low_level_concern"),
        ({"name": "Ivan Petrov", "kind": "staff", "part": "witness"}, "low_level_concern"),
        (states.SAM, "low_level_concern"),
    ],
)
def test_answer_threshold_is_asked_again_when_it_is_about_one_more_who_works_here(cast, at, named, threshold):
    concern = states.answered(cast, at=at)
    name_person(concern, by=cast.dee, at=at + states.DAY, people=[named])
    assert Concern.objects.get().threshold == threshold


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


def leads_offered(cast, at, concern):
    form = AnswerThreshold(subject=concern, viewer=Viewer(cast.harriet, at))
    return form, [person.name for person, _ in form.choices_for()["consulted"]]


def about(cast, at, *people):
    """A concern about Sam in which these people have a part too, as name and part; Harriet deals with it."""
    named = [{"name": name, "kind": "staff", "part": part} for name, part in people]
    concern = states.reported(cast, at=at, people=[states.SAM, *named])
    read_report(concern, by=cast.harriet, at=at)
    return triage(concern, by=cast.harriet, at=at, code="CONFID", direction="staff_act", reason="As reported.")


@pytest.mark.parametrize("part", ["subject", "witness", "target"])
def test_answer_threshold_consults_no_lead_who_is_kept_out_or_stands_aside(cast, at, said, part):
    concern = about(cast, at, ("Dee Marsh", part))
    assert leads_offered(cast, at, concern)[1] == ["Dot Evans"]
    words = "Dee Marsh cannot be consulted on this: choose a safeguarding lead who is free in it."
    assert states.why_not(answer_threshold, concern, by=cast.harriet, at=at, **said) == words
    answer_threshold(concern, by=cast.harriet, at=at, **said | {"consulted": cast.dot.person})
    assert Decision.objects.get(record=concern.record).consulted == cast.dot.person


def test_answer_threshold_offers_the_next_in_line_where_no_lead_is_free(cast, at, said):
    cora = make.member(cast.central, "Cora Blake", Role.CEO, at=at - states.DAY, whole_trust=True)
    concern = about(cast, at, ("Dee Marsh", "witness"), ("Dot Evans", "witness"))
    assert leads_offered(cast, at, concern)[1] == ["Cora Blake"]
    answer_threshold(concern, by=cast.harriet, at=at, **said | {"consulted": cora.person})
    assert Decision.objects.get(record=concern.record).consulted == cora.person


def test_answer_threshold_goes_on_without_a_lead_where_nobody_in_line_is_free(cast, at, said):
    concern = about(cast, at, ("Dee Marsh", "witness"), ("Dot Evans", "witness"))
    form, offered = leads_offered(cast, at, concern)
    assert (offered, form.fields["consulted"].required) == ([], False)
    assert form.fields["consulted"].help_text == "Nobody in line is free in this: ring the LADO."
    answer_threshold(concern, by=cast.harriet, at=at, **said | {"consulted": None})
    assert Decision.objects.get(record=concern.record).consulted is None


def test_answer_threshold_names_who_was_consulted_where_somebody_could_be(cast, at, said):
    concern = states.triaged(cast, at=at)
    words = "Say which safeguarding lead you consulted."
    assert states.why_not(answer_threshold, concern, by=cast.harriet, at=at, **said | {"consulted": None}) == words
