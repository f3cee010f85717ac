"""Opening a part: a record of its own with its own readers; people and conflicts of the concern come with it."""

from datetime import date

import pytest

from casework.models import Part
from casework.workflow.cases import join_case, open_part
from schools.access import Viewer, sees
from schools.models import Exclusion, Involvement
from tests import states
from tests.access.browsing import address, browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, at):
    return states.in_case(cast, at=at)


def test_open_part_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at, case):
    assert states.who_may(open_part, case, cast, at=at) == ("dee harriet", "dot")


@pytest.mark.parametrize(
    ("lane", "readers"),
    [
        ("safeguarding", "dee dot harriet"),
        ("support", "dee dot harriet"),
        ("low_level_concern", "dee dot harriet"),
        ("conduct", "harriet hugh"),
        ("data_breach", "harriet priya"),
        ("complaint", "harriet priya"),
    ],
)
def test_open_part_gives_each_kind_its_own_readers(cast, at, case, lane, readers):
    part = open_part(case, by=cast.dee, at=at, lane=lane, about=cast.sam.person)
    seen_by = sorted(name for name, user in cast.everyone().items() if sees(Viewer(user, at), part.record))
    assert " ".join(seen_by) == readers


@pytest.mark.parametrize(
    ("lane", "to_its_own_page"),
    [("safeguarding", True), ("support", True), ("low_level_concern", True), ("conduct", False), ("complaint", False)],
)
def test_open_part_leads_the_opener_to_a_page_that_they_read(cast, on_the_day, case, lane, to_its_own_page):
    answers = {"lane": lane, "about": str(cast.sam.person.pk)}
    dee = browser(cast.dee)
    landed = dee.post(address(case, "open-part"), answers)["Location"]
    part = Part.objects.get(lane=lane)
    assert landed == (address(part) if to_its_own_page else address(case))
    assert dee.get(landed).status_code == 200


def test_open_part_carries_the_people_over_under_its_own_key(cast, at, case):
    part = open_part(case, by=cast.dee, at=at, lane="safeguarding", about_name="Kit Lane")
    parts = sorted(Involvement.objects.filter(record=part.record).values_list("part", flat=True))
    assert parts == ["affected", "reporter", "subject", "witness"]
    child = Involvement.objects.get(record=part.record, part="affected")
    assert states.words(child).typed_name == "Kit Lane"
    assert states.words(Part.objects.get()).headline == "Child's safety: Kit Lane"


def test_open_part_hides_a_conduct_part_from_whom_it_is_about(cast, at, case):
    part = open_part(case, by=cast.dee, at=at, lane="conduct", about=cast.sam.person)
    hidden = Exclusion.objects.filter(record=part.record, grade="hidden").order_by("person__name")
    assert [one.person.name for one in hidden] == ["Pat Field", "Sam Field"]


@pytest.mark.parametrize("lane", ["conduct", "low_level_concern"])
def test_open_part_about_a_member_of_staff_waits_for_the_threshold_question(cast, at, lane):
    from casework.workflow.cases import open_case

    case = open_case(states.triaged(cast, at=at), by=cast.dee, at=at)
    words = "Answer the threshold question first."
    assert states.why_not(open_part, case, by=cast.dee, at=at, lane=lane, about=cast.sam.person) == words
    assert open_part(case, by=cast.dee, at=at, lane="safeguarding").status == "open"


@pytest.mark.parametrize("lane", ["conduct", "low_level_concern"])
def test_open_part_asks_the_threshold_question_of_every_concern_in_the_case(cast, at, case, lane):
    join_case(states.triaged(cast, at=at), by=cast.dee, at=at, case=case)
    words = "Answer the threshold question first."
    assert states.why_not(open_part, case, by=cast.dee, at=at, lane=lane, about=cast.sam.person) == words


def test_open_part_is_over_when_the_case_is_closed(cast, at):
    case = states.closed(cast, at=at)
    assert states.why_not(open_part, case, by=cast.dee, at=at, lane="support") == "This case is closed."


def test_open_part_leaves_a_line_in_both_records(cast, at, case):
    last = date(2026, 11, 20)
    part = open_part(case, by=cast.dee, at=at, lane="support", about=cast.tom.person, last_incident_on=last)
    assert part.last_incident_on == last
    assert states.last_line(part) == ("part.opened", cast.dee.pk, at, {"lane": "support", "case": case.ref})
    assert states.last_line(case) == ("part.opened", cast.dee.pk, at, {"lane": "support", "part": part.ref})


@pytest.mark.parametrize("lane", ["conduct", "low_level_concern"])
def test_open_part_about_a_member_of_staff_says_who_it_is_about(cast, at, case, lane):
    words = "Say who it is about, from the directory: until then it cannot be kept from them."
    assert states.why_not(open_part, case, by=cast.dee, at=at, lane=lane, about_name="somebody") == words
