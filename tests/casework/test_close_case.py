"""Closing a case: by the head, when each of its parts is closed; its concerns are finished with it."""

import pytest

from casework.models import Case
from casework.workflow.cases import close_case, join_case, obstacles_in, open_case
from casework.workflow.parts import close_part, offer_support
from incidents.models import Concern, Decision
from incidents.workflow.reporting import name_person
from tests import states

pytestmark = pytest.mark.django_db


ENDS = {"outcome": "reply_or_meet", "reason": "We met him."}


@pytest.fixture
def case(cast, at):
    return states.settled_case(cast, at=at)


def test_close_case_is_for_the_head_alone(cast, at, case):
    assert states.who_may(close_case, case, cast, at=at) == ("harriet", "")


def test_close_case_waits_for_its_parts(cast, at, case):
    part = states.part(cast, at=at, case=case)
    assert states.why_not(close_case, case, by=cast.harriet, at=at) == "Close each of its parts first."
    close_part(part, by=cast.dee, at=at, reason="The child is safe.", nowhere_else_reason="She is named nowhere else.")
    assert close_case(case, by=cast.harriet, at=at).status == "closed"


def test_close_case_is_done_once(cast, at, case):
    close_case(case, by=cast.harriet, at=at, **ENDS)
    assert (
        states.why_not(close_case, case, by=cast.harriet, at=at, **ENDS)
        == "This cannot be done now: it stands at “Closed”."
    )


def test_close_case_finishes_every_concern_in_it(cast, at, case):
    second = states.settled(states.answered(cast, at=at), cast, at=at)
    join_case(second, by=cast.dee, at=at, case=case)
    close_case(case, by=cast.harriet, at=at + states.DAY, **ENDS)
    assert {(one.status, one.finished_at) for one in Concern.objects.all()} == {("finished", at + states.DAY)}
    assert Case.objects.get().closed_at == at + states.DAY
    facts = {"case": case.ref, "outcome": "reply_or_meet"}
    assert states.last_line(second) == ("concern.finished", cast.harriet.pk, at + states.DAY, facts)


def test_close_case_leaves_its_line(cast, at, case):
    close_case(case, by=cast.harriet, at=at, **ENDS)
    facts = {"case": case.ref, "outcome": "reply_or_meet"}
    assert states.last_line(case) == ("case.closed", cast.harriet.pk, at, facts)


@pytest.mark.parametrize("part", ["subject", "witness"])
def test_close_case_ends_no_concern_about_whoever_closes_it_or_that_they_saw(cast, at, case, part):
    harriet = {"name": "Harriet Lowe", "kind": "staff", "part": part}
    second = states.triaged(cast, at=at, people=[harriet])
    join_case(second, by=cast.dee, at=at, case=case)
    before = states.lines(second)
    close_case(case, by=cast.harriet, at=at + states.DAY, **ENDS)
    assert Case.objects.get().status == "closed"
    assert Concern.objects.get(pk=case.record.concern.pk).status == "finished"
    kept = Concern.objects.get(pk=second.pk)
    assert (kept.status, kept.finished_at) == ("in_case", None)
    assert states.lines(second) == [*before, "case.closed"]


def test_close_case_without_a_part_says_how_it_ends_and_why(cast, at, case):
    words = "Nothing was opened in this case: say how it ends, and why."
    assert states.why_not(close_case, case, by=cast.harriet, at=at) == words
    assert states.why_not(close_case, case, by=cast.harriet, at=at, outcome="reply_or_meet") == words
    assert states.why_not(close_case, case, by=cast.harriet, at=at, reason="We met him.") == words
    close_case(case, by=cast.harriet, at=at, **ENDS)
    assert states.words(case.record.concern).outcome_reason == "We met him."


def test_close_case_never_goes_round_the_threshold_question(cast, at):
    concern = states.triaged(cast, at=at)
    case = open_case(concern, by=cast.dee, at=at)
    words = f"{concern.ref}: The threshold question has not been answered."
    assert states.why_not(close_case, case, by=cast.harriet, at=at, **ENDS) == words


def test_close_case_waits_for_whoever_is_kept_out_to_be_confirmed(cast, at):
    case = states.in_case(cast, at=at)
    words = f"{case.record.concern.ref}: A conflict of interest has not been confirmed or lifted yet."
    assert states.why_not(close_case, case, by=cast.harriet, at=at, **ENDS) == words


def test_close_case_waits_for_every_question_of_a_joined_concern(cast, at, case):
    # All Saints: abuse of a member of staff wants the police, the governors (9.d) and support on record.
    second = states.about_nobody_here(cast, at=at)
    join_case(second, by=cast.dee, at=at, case=case)
    asked = "Should the police be told? Have the governors been told, without names? "
    words = f"{second.ref}: Answer first, and record it: {asked}Has support been offered to the person harmed?"
    assert states.why_not(close_case, case, by=cast.harriet, at=at, **ENDS) == words
    states.settled(second, cast, at=at)
    assert close_case(case, by=cast.harriet, at=at, **ENDS).status == "closed"


def test_close_case_takes_support_that_a_part_offered_for_the_answer(cast, at):
    concern = states.about_nobody_here(cast, at=at)
    part = states.part(cast, "support", at=at, case=states.opened(concern, cast, at=at), about=cast.tom.person)
    offer_support(part, by=cast.dee, at=at, answer="accepted", text="A lift home.")
    close_part(part, by=cast.dee, at=at, reason="It is over.")
    asked = "Should the police be told? Have the governors been told, without names?"
    words = f"{concern.ref}: Answer first, and record it: {asked}"
    assert states.why_not(close_case, part.case, by=cast.harriet, at=at) == words


def test_close_case_says_nothing_of_a_concern_that_does_not_exist_for_whoever_closes_it(cast, at, case):
    harriet = {"name": "Harriet Lowe", "kind": "staff", "part": "subject"}
    join_case(states.triaged(cast, at=at, people=[harriet]), by=cast.dee, at=at, case=case)
    assert close_case(case, by=cast.harriet, at=at, **ENDS).status == "closed"


def test_close_case_waits_until_each_person_harmed_was_offered_support(cast, at):
    """All Saints wants it on record for abuse of staff: what Tom was offered is nothing to Ivan."""
    harmed = [{"name": name, "kind": "staff", "part": "target"} for name in ("Tom Okoro", "Ivan Petrov")]
    one, two = (states.about_nobody_here(cast, at=at, by=cast.dot) for _ in harmed)
    for concern, person in ((one, harmed[0]), (two, harmed[1])):
        name_person(concern, by=cast.dee, at=at, people=[person])
    case = states.opened(one, cast, at=at)
    join_case(two, by=cast.dee, at=at, case=case)
    offer = {"by": cast.dee, "at": at, "answer": "accepted", "text": "A lift home."}
    offer_support(states.part(cast, "support", at=at, case=case, about=cast.tom.person), **offer)
    words = dict(Decision.QUESTIONS)["support"]
    left = obstacles_in(case, [one, two])
    assert (words in left[one.pk], words in left[two.pk]) == (False, True)
    offer_support(states.part(cast, "support", at=at, case=case, about=cast.ivan.person), **offer)
    assert words not in obstacles_in(case, [one, two])[two.pk]
