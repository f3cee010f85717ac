"""Finishing a concern that was left when its case was closed, by somebody who is free to decide it."""

import pytest

from casework.desk import desk_of
from casework.models import Case
from casework.workflow.cases import finish_with_case, join_case
from incidents.models import Concern
from incidents.workflow.triage import answer_threshold
from reports.building import case_file
from reports.workflow import ask_for_paper
from schools.access import Viewer
from schools.models import Reader
from schools.roles import Role
from tests import states
from tests.access.browsing import address, browser

pytestmark = pytest.mark.django_db
LEFT = "Finish a concern with its case"


def joined(cast, at, part):
    """A case of two concerns of which the second names the head, with Grace to take over in it."""
    case = states.settled_case(cast, at=at)
    second = states.triaged(cast, at=at, people=[{"name": "Harriet Lowe", "kind": "staff", "part": part}])
    if part == "subject":
        told = {"answer": "low_level_concern", "consulted": cast.dee.person, "reason": "No child came to harm."}
        answer_threshold(second, by=cast.grace, at=at, **told)
    join_case(states.settled(second, cast, at=at), by=cast.dee, at=at, case=case)
    return case, second


def closed_without(cast, at, part):
    case, second = joined(cast, at, part)
    states.closed_of(case, cast, at=at + states.DAY)
    return case, Concern.objects.get(pk=second.pk)


def waiting(user, at) -> list[tuple[str, str]]:
    """What of the desk's tasks is about concerns left behind."""
    tasks = desk_of(Viewer(user, at + 2 * states.DAY)).tasks
    return [(task.ref, task.url) for task in tasks if task.what == LEFT]


@pytest.mark.parametrize(("part", "stopped"), [("subject", ""), ("witness", "harriet")])
def test_finish_with_case_is_for_whoever_takes_over_from_the_head(cast, at, part, stopped):
    _, second = closed_without(cast, at, part)
    assert Reader.objects.get(record=second.record, role=Role.HEAD_OF_SCHOOL).person == cast.grace.person
    assert states.who_may(finish_with_case, second, cast, at=at + 2 * states.DAY) == ("grace", stopped)


@pytest.mark.parametrize("part", ["subject", "witness"])
def test_a_concern_left_is_on_the_desk_of_whoever_may_finish_it_and_of_nobody_else(cast, at, part):
    _, second = closed_without(cast, at, part)
    task = (second.ref, address(second, "finish-with-case"))
    assert {name: waiting(user, at) for name, user in cast.everyone().items() if waiting(user, at)} == {"grace": [task]}
    finish_with_case(second, by=cast.grace, at=at + 2 * states.DAY)
    assert waiting(cast.grace, at) == []


def test_finish_with_case_ends_it_and_leaves_its_line(cast, at):
    case, second = closed_without(cast, at, "subject")
    later = at + 2 * states.DAY
    done = finish_with_case(second, by=cast.grace, at=later)
    assert (done.status, done.finished_at, done.outcome) == ("finished", later, "")
    assert states.last_line(second) == ("concern.finished", cast.grace.pk, later, {"case": case.ref})
    assert states.why_not(finish_with_case, second, by=cast.grace, at=later) == "It ends with its case."


def test_finish_with_case_waits_for_the_case_to_be_closed(cast, at):
    _, second = joined(cast, at, "subject")
    assert states.why_not(finish_with_case, second, by=cast.grace, at=at) == "It ends with its case."


def test_finish_with_case_waits_for_every_question_that_its_facts_opened(cast, at):
    case = states.settled_case(cast, at=at)
    second = states.triaged(cast, at=at, people=[{"name": "Harriet Lowe", "kind": "staff", "part": "subject"}])
    join_case(second, by=cast.dee, at=at, case=case)
    states.closed_of(case, cast, at=at + states.DAY)
    words = "The threshold question has not been answered."
    assert states.why_not(finish_with_case, second, by=cast.grace, at=at + 2 * states.DAY) == words


def test_the_page_of_a_closed_case_says_what_waits_for_somebody_else(cast, at, on_the_day):
    case, second = closed_without(cast, at, "witness")
    shown = browser(cast.harriet).get(f"/cases/{case.ref}/").content.decode()
    assert "One concern waits for somebody who is free to decide it" in shown
    mine = browser(cast.grace).get(f"/cases/{case.ref}/").content.decode()
    assert f"Finish {second.ref}, left when this case was closed" in mine


def test_the_page_of_a_closed_case_is_to_whom_a_concern_is_hidden_as_if_it_were_not_there(cast, at, on_the_day):
    case, second = closed_without(cast, at, "subject")
    assert Case.objects.get().status == "closed"
    shown = browser(cast.harriet).get(f"/cases/{case.ref}/").content.decode()
    assert "This case is closed." in shown
    assert second.ref not in shown
    assert "waits for somebody" not in shown


def test_a_copy_of_the_case_tells_which_concern_was_left(cast, at):
    case, second = closed_without(cast, at, "witness")
    asked = {"recipient": "Grace Adeyemi, chair", "purpose": "To review it.", "legal_ground": "legal_obligation"}
    paper = ask_for_paper(case, by=cast.dee, at=at + 2 * states.DAY, **asked)
    told = [entry.what.text for entry in case_file(paper).chronology]
    assert f"Closed case {case.ref}: reply to them or meet them." in [one.partition("\n")[0] for one in told]
    left = f"Closed case {case.ref} and left concern {second.ref} open, which is for somebody else to end."
    assert told.count(left) == 1
