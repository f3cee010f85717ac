"""A case whose first concern does not exist for somebody: they may what they might if the second were the first."""

import pytest

from casework.models import Case, Part
from casework.workflow.cases import join_case, open_case, open_part, reopen_case
from incidents.models import Concern
from reports.workflow import ask_for_paper
from schools.models import Involvement
from tests import states
from tests.access.browsing import address, browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(cast, at) -> Concern:
    return states.settled(states.about_nobody_here(cast, at=at), cast, at=at)


@pytest.fixture
def case(cast, at, second) -> Case:
    """A case that Harriet opened for the concern about Dee and joined the second to."""
    made = open_case(states.about_dee(cast, at=at), by=cast.harriet, at=at + states.HOUR)
    return join_case(second, by=cast.harriet, at=at + 2 * states.HOUR, case=made)


def offered(user, case) -> list[tuple[str, str, bool]]:
    """What the page of a case offers somebody, and why not now; nothing where there is no page for them."""
    answer = browser(user).get(address(case))
    return (
        [(one.label, one.why_not, one.is_rare) for one in answer.context["buttons"]]
        if answer.status_code == 200
        else []
    )


def test_the_same_is_offered_as_if_the_second_were_the_first(cast, on_the_day, case):
    alone = states.opened(states.about_nobody_here(cast, at=on_the_day), cast, at=on_the_day)
    assert "Open a part" in [label for label, _, _ in offered(cast.dee, alone)]
    assert offered(cast.dee, case) == offered(cast.dee, alone)
    assert offered(cast.sam, case) == offered(cast.sam, alone) == []


def test_the_page_of_an_act_tells_nothing_of_the_first(cast, on_the_day, case, second):
    shown = browser(cast.dee).get(address(case, "open-part"))
    assert shown.status_code == 200
    assert shown.context["form_seen"] == Concern.objects.get(pk=second.pk).record.head.seq


def test_a_part_is_made_from_what_exists_for_whoever_opens_it(cast, at, case, second):
    first = case.record.concern
    before = states.lines(first)
    part = open_part(case, by=cast.dee, at=at + states.DAY, lane="support", about_name="A parent")
    named = set(Involvement.objects.filter(record=part.record).values_list("person__name", flat=True))
    assert named == {"Tom Okoro"}
    assert states.lines(first) == before
    assert states.last_line(second)[0] == "part.opened"


def test_a_case_opened_again_says_so_in_the_history_of_each_concern(cast, at, case, second):
    closed = states.closed_of(case, cast, at=at + states.DAY)
    reopen_case(closed, by=cast.dee, at=at + 2 * states.DAY, reason="A second post.")
    assert Case.objects.get().status == "open"
    assert [Concern.objects.get(pk=one.pk).status for one in (case.record.concern, second)] == ["finished", "in_case"]
    assert states.last_line(case)[0] == states.last_line(second)[0] == "case.reopened"


def test_a_copy_hangs_on_what_exists_for_whoever_asks_for_it(cast, at, case, second):
    asked = {"recipient": "Grace Adeyemi, chair", "purpose": "To review it.", "legal_ground": "legal_obligation"}
    paper = ask_for_paper(case, by=cast.dee, at=at + states.DAY, **asked)
    assert paper.record_id == second.pk
    assert [one.record_id for one in paper.printed.all()] == [second.pk]


def test_a_head_named_in_the_first_closes_what_exists_for_them(cast, at):
    harriet = [{"name": "Harriet Lowe", "kind": "staff", "part": "subject"}]
    first = states.triaged(cast, at=at, people=harriet, code="ABUSE", direction="against_staff")
    made = open_case(first, by=cast.dee, at=at + states.HOUR)
    second = states.settled(states.about_nobody_here(cast, at=at), cast, at=at)
    join_case(second, by=cast.dee, at=at + 2 * states.HOUR, case=made)
    states.closed_of(made, cast, at=at + states.DAY)
    assert Case.objects.get().status == "closed"
    assert Concern.objects.get(pk=second.pk).status == "finished"
    assert Concern.objects.get(pk=first.pk).status == "in_case"
    assert states.last_line(first)[0] == "case.closed"
    assert Part.objects.count() == 0
