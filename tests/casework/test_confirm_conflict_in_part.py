"""Confirming or lifting a conflict of interest in one part: what the concern confirmed is not asked again."""

import pytest
from django.urls import get_resolver

from casework.desk import desk_of
from casework.workflow.parts import confirm_conflict
from incidents.workflow import triage
from incidents.workflow.reporting import name_person
from schools.access import Viewer, sees
from schools.models import Exclusion
from schools.verify import findings
from schools.workflow.people import end_relation, relate
from tests import states
from tests.access.browsing import address, browser
from tests.pages import in_order, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(cast, at):
    return states.part(cast, "conduct", at=at)


def kept_out(part, user) -> Exclusion:
    return Exclusion.objects.get(record=part.record, person=user.person)


def test_confirm_conflict_in_a_conduct_part_is_for_the_head(cast, at, part):
    assert states.who_may(confirm_conflict, part, cast, at=at) == ("harriet", "")


def test_confirm_conflict_lets_back_in_whom_a_wrong_relation_kept_out(cast, at, part):
    kin = {"person": cast.hugh.person, "to": cast.sam.person, "kind": "sibling_of"}
    relation = relate(cast.oakfield, by=cast.ada, at=at, **kin)
    assert not sees(Viewer(cast.hugh, at), part.record)
    end_relation(cast.oakfield, by=cast.ada, at=at, relation=relation, reason="Another Hugh.")
    lifting = {"exclusion": kept_out(part, cast.hugh), "answer": "lift", "reason": "Another Hugh was meant."}
    confirm_conflict(part, by=cast.harriet, at=at, **lifting)
    assert sees(Viewer(cast.hugh, at), part.record)
    assert states.words(kept_out(part, cast.hugh)).reason == "Another Hugh was meant."


def test_confirm_conflict_is_never_lifted_for_the_person_the_part_is_about(cast, at, part):
    answers = {"exclusion": kept_out(part, cast.sam), "answer": "lift", "reason": "He asked."}
    words = (
        "It cannot be lifted for the person this is about. If somebody else was meant by the name, answer that instead."
    )
    assert states.why_not(confirm_conflict, part, by=cast.harriet, at=at, **answers) == words


def test_confirm_conflict_that_somebody_else_was_meant_is_never_said_of_whose_part_it_is(cast, at, part):
    answers = {"exclusion": kept_out(part, cast.sam), "answer": "not_meant", "reason": "It was another Sam."}
    words = "This part is theirs: if somebody else is meant, close it and say so as the reason."
    assert states.why_not(confirm_conflict, part, by=cast.harriet, at=at, **answers) == words


def test_confirm_conflict_lets_a_wrongly_named_colleague_back_into_the_childs_part(cast, at):
    part = states.part(cast, "safeguarding", at=at)
    answers = {"exclusion": kept_out(part, cast.sam), "answer": "not_meant", "reason": "It was another Sam."}
    confirm_conflict(part, by=cast.harriet, at=at, **answers)
    assert kept_out(part, cast.sam).lifted_at == at


def test_confirm_conflict_leaves_its_line(cast, at, part):
    answers = {"exclusion": kept_out(part, cast.pat), "answer": "confirm", "reason": "They live together."}
    confirm_conflict(part, by=cast.harriet, at=at, **answers)
    assert kept_out(part, cast.pat).confirmed_by == cast.harriet
    assert states.last_line(part) == ("conflict.confirmed", cast.harriet.pk, at, {"answer": "confirm"})


def settled(concern, user, *, by, at):
    """Somebody confirms in the concern that it is kept from a person."""
    row = Exclusion.objects.get(record=concern.record, person=user.person)
    answers = {"exclusion": row, "answer": "confirm", "reason": "They live together."}
    return triage.confirm_conflict(concern, by=by, at=at, **answers)


def tasks(user, *, at) -> list[tuple]:
    """What a desk says of conflicts of interest: of which record, by when."""
    get_resolver().url_patterns  # noqa: B018  (reading it loads the addresses to which tasks lead)
    asked = "Confirm or lift a conflict of interest"
    return [(task.ref, task.due) for task in desk_of(Viewer(user, at)).tasks if task.what == asked]


def test_what_is_confirmed_in_the_concern_is_confirmed_in_its_parts_closed_ones_too(cast, at, part):
    safety = states.closed_part(cast, "safeguarding", at=at, case=part.case)
    settled(part.case.record.concern, cast.pat, by=cast.harriet, at=at + states.DAY)
    for one in (part, safety):
        assert kept_out(one, cast.pat).confirmed_by == cast.harriet
        assert kept_out(one, cast.sam).confirmed_at is None
        assert states.words(kept_out(one, cast.pat)).reason == "As it was confirmed in the concern."
        assert states.last_line(one) == ("conflict.carried_over", cast.harriet.pk, at + states.DAY, {})
    assert list(findings()) == []


def test_but_not_in_a_part_in_which_whoever_confirmed_it_may_decide_nothing(cast, at, part):
    """Dee confirms it in the concern and in the child's part; the head is left with staff conduct."""
    safety = states.part(cast, "safeguarding", at=at, case=part.case)
    settled(part.case.record.concern, cast.pat, by=cast.dee, at=at)
    assert kept_out(safety, cast.pat).confirmed_by == cast.dee
    assert kept_out(part, cast.pat).confirmed_at is None


def test_what_was_confirmed_before_a_part_is_opened_is_confirmed_in_it(cast, at):
    case = states.in_case(cast, at=at)
    settled(case.record.concern, cast.pat, by=cast.harriet, at=at)
    made = states.part(cast, "conduct", at=at + states.DAY, case=case)
    assert (kept_out(made, cast.pat).confirmed_by, kept_out(made, cast.pat).confirmed_at) == (cast.harriet, at)
    assert kept_out(made, cast.sam).confirmed_at is None
    assert states.lines(made) == ["part.opened", "conflict.carried_over"]


def test_what_is_lifted_in_the_concern_stands_in_the_part(cast, at, part):
    concern = part.case.record.concern
    row = Exclusion.objects.get(record=concern.record, person=cast.pat.person)
    triage.confirm_conflict(concern, by=cast.harriet, at=at, exclusion=row, answer="lift", reason="Another Pat.")
    assert kept_out(part, cast.pat).lifted_at is None
    assert not sees(Viewer(cast.pat, at), part.record)


def test_what_is_left_waits_on_the_desk_of_whoever_decides_it_there_until_the_next_working_day(cast, at, part):
    """Reported on Monday, so the concern is due at the end of Tuesday, 24 November; the part was opened that Monday."""
    concern, tuesday = part.case.record.concern, at.replace(day=24, hour=23, minute=59, second=59)
    assert tasks(cast.harriet, at=at) == [(concern.ref, tuesday)]
    for user in (cast.pat, cast.sam):
        settled(concern, user, by=cast.dee, at=at)
    assert tasks(cast.harriet, at=at) == [(part.ref, tuesday)]
    assert tasks(cast.dee, at=at) == tasks(cast.hugh, at=at) == tasks(cast.sam, at=at) == []
    for user in (cast.pat, cast.sam):
        answers = {"exclusion": kept_out(part, user), "answer": "confirm", "reason": "They live together."}
        confirm_conflict(part, by=cast.harriet, at=at, **answers)
    assert tasks(cast.harriet, at=at) == []


def test_where_the_head_is_kept_out_it_waits_for_whoever_took_over(cast, at, part):
    """A second teller says on the Friday that it was the head; the chair of governors has until Monday, 30 November."""
    concern, friday = part.case.record.concern, at + 4 * states.DAY
    for user in (cast.pat, cast.sam):
        settled(concern, user, by=cast.harriet, at=at)
    head = {"name": "Harriet Lowe", "kind": "staff", "part": "subject"}
    name_person(concern, by=cast.dee, at=friday, people=[head])
    assert not sees(Viewer(cast.harriet, friday), part.record)
    settled(concern, cast.harriet, by=cast.dee, at=friday)
    monday = at.replace(day=30, hour=23, minute=59, second=59)
    assert tasks(cast.grace, at=friday) == [(part.ref, monday)]


def test_the_page_of_a_part_says_what_waits_and_by_when_closed_or_not(cast, on_the_day):
    part = states.conduct_part(cast, at=on_the_day - states.DAY)
    page = words(browser(cast.harriet).get(address(part)))
    in_order(page, "Confirm or lift the conflict of interest of 2 people", "Mon 23 Nov 2026")
