"""Opening a closed case again: by the lead with a reason, or because a post is back; its support opens with it."""

from datetime import date

import pytest

from casework import keeping
from casework.models import Case, Part
from casework.workflow.cases import close_case, join_case, reopen_case
from casework.workflow.parts import close_part, offer_support
from incidents.models import Concern, Takedown
from incidents.workflow.takedowns import record_reappearance
from schools.models import Entry
from tests import states

pytestmark = pytest.mark.django_db
NEW = "A second class was in the picture."


@pytest.fixture
def case(cast, at):
    return states.closed(cast, at=at)


def test_reopen_case_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at, case):
    assert states.who_may(reopen_case, case, cast, at=at) == ("dee harriet", "dot")


def test_reopen_case_is_for_a_closed_one(cast, at):
    case = states.in_case(cast, at=at)
    early = states.why_not(reopen_case, case, by=cast.dee, at=at, reason=NEW)
    assert early == "This cannot be done now: it stands at “Open”."


def test_reopen_case_takes_its_concerns_back_and_it_can_be_closed_again(cast, at):
    case, second = states.settled_case(cast, at=at), states.settled(states.answered(cast, at=at), cast, at=at)
    join_case(second, by=cast.dee, at=at, case=case)
    states.closed_of(case, cast, at=at)
    reopen_case(case, by=cast.dee, at=at + states.DAY, reason=NEW)
    assert {(one.status, one.finished_at) for one in Concern.objects.all()} == {("in_case", None)}
    kept = Case.objects.get()
    assert (kept.status, kept.closed_at) == ("open", None)
    line = ("case.reopened", cast.dee.pk, at + states.DAY, {"case": case.ref, "why": NEW})
    assert states.last_line(case) == states.last_line(second) == line
    for one in Concern.objects.all():  # something new is known, so the head answers for each again
        states.answered_of(one, cast, at=at + states.DAY)
    assert states.closed_of(kept, cast, at=at + 2 * states.DAY).closed_at == at + 2 * states.DAY


def test_reopen_case_takes_back_no_concern_about_whoever_opens_it_again(cast, at):
    case = states.settled_case(cast, at=at)
    second = states.about_dee(cast, at=at)
    join_case(second, by=cast.harriet, at=at, case=case)
    states.closed_of(case, cast, at=at)
    before = states.lines(second)
    reopen_case(case, by=cast.dee, at=at + states.DAY, reason=NEW)
    assert Concern.objects.get(pk=case.record.concern.pk).status == "in_case"
    assert Concern.objects.get(pk=second.pk).status == "finished"
    assert states.lines(second) == [*before, "case.reopened"]


def supported(cast, at):
    """A closed case of a post that came down, with the support it gave; the last post was of Monday 23 November."""
    concern = states.settled(states.about_nobody_here(cast, at=at), cast, at=at)
    states.removed(cast, at=at, concern=concern)
    case = states.opened(concern, cast, at=at)
    part = states.part(cast, "support", at=at, case=case)
    later = at + 6 * states.HOUR
    offer_support(part, by=cast.dee, at=later, answer="accepted", text="A lift home.")
    close_part(part, by=cast.dee, at=later, reason="It is over.", last_incident_on=at.date())
    return close_case(case, by=cast.harriet, at=later)


def test_a_post_that_is_back_opens_its_case_and_the_support_again(cast, at):
    case = supported(cast, at)
    today = at + states.DAY
    assert keeping.fate(Part.objects.get(), today=today.date()).fate.due_on == date(2032, 11, 23)
    seen_at = at + 8 * states.DAY  # Tuesday 1 December
    back = {"happened_at": seen_at, "said": "There again."}
    record_reappearance(Takedown.objects.get(), by=cast.dee, at=seen_at, **back)
    assert (Case.objects.get().status, Concern.objects.get().status) == ("open", "in_case")
    part = Part.objects.get()
    assert (part.status, part.closed_at, part.last_incident_on) == ("open", None, date(2026, 12, 1))
    assert states.last_line(case) == ("case.reopened", cast.dee.pk, seen_at, {"case": case.ref})
    assert states.last_line(part) == ("part.reopened", cast.dee.pk, seen_at, {})
    words = "A post is back: deal with it first."
    assert states.why_not(close_part, part, by=cast.dee, at=seen_at, reason="Over.") == words
    # Abuse of staff is kept six years from the last incident, which is the day on which it was back.
    assert keeping.fate(part, today=seen_at.date()).fate.due_on == date(2032, 12, 1)


def test_a_post_that_is_back_leaves_an_open_case_as_it_is(cast, at):
    concern = states.about_nobody_here(cast, at=at)
    takedown = states.removed(cast, at=at, concern=concern)
    states.opened(concern, cast, at=at)
    seen_at = at + states.DAY
    record_reappearance(takedown, by=cast.dee, at=seen_at, happened_at=seen_at, said="There again.")
    assert not Entry.objects.filter(verb="case.reopened").exists()
    assert Concern.objects.get().status == "in_case"


def test_reopen_case_leaves_its_line(cast, at, case):
    reopen_case(case, by=cast.harriet, at=at, reason=NEW)
    assert states.last_line(case) == ("case.reopened", cast.harriet.pk, at, {"case": case.ref, "why": NEW})
