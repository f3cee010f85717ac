"""What a list shows without reading the records is exactly what the records say may be seen."""

from datetime import timedelta

import pytest

from casework.models import Case, JoinedConcern, Part
from casework.workflow import handing_over
from incidents.models import Concern
from schools.access import Viewer
from schools.models import Record
from schools.roles import Role
from tests import factories, states
from tests.conftest import NOW
from tests.story import Story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def played(cast):
    """A whole story at Oakfield; another matter of which Ivan was given a part; Zoe leads her trust's schools."""
    told = Story(cast, NOW - timedelta(days=60)).play()
    factories.office(cast.zoe.person, Role.DSL, at=NOW - timedelta(days=300), whole_trust=True)
    factories.office(cast.hugh.person, Role.DSL, at=NOW - timedelta(days=300), whole_trust=True)
    part = states.part(cast, "support", at=told.at, case=states.in_case(cast, at=told.at))
    given = {"person": cast.ivan.person, "role": "investigating_officer", "why": "He meets her."}
    handing_over.hand_over(part, by=cast.dee, at=told.at, **given)
    return told


def seen_of_records(viewer) -> dict[str, set]:
    """What a person sees as the records say it: the longer way, over each record."""
    records = Record.objects.visible_to(viewer)
    concerns = set(Concern._base_manager.filter(record__in=records).values_list("pk", flat=True))
    parts = Part._base_manager.filter(record__in=records)
    joined = JoinedConcern._base_manager.filter(record__in=records).values_list("case_id", flat=True)
    return {
        "concerns": concerns,
        "parts": set(parts.values_list("pk", flat=True)),
        "cases": set(joined) | set(parts.values_list("case_id", flat=True)),
    }


def seen_in_lists(viewer) -> dict[str, set]:
    kinds = {"concerns": Concern, "parts": Part, "cases": Case}
    return {name: set(model.objects.visible_to(viewer).values_list("pk", flat=True)) for name, model in kinds.items()}


def test_lists_show_what_the_records_let_each_person_see(cast, played):
    people = cast.everyone()
    expected = {name: seen_of_records(Viewer(user, NOW)) for name, user in people.items()}
    assert {name: seen_in_lists(Viewer(user, NOW)) for name, user in people.items()} == expected
    # Dee reads by office, Sam is kept out, Ivan reads the part he investigates and the one given to him.
    assert played.concern.pk in expected["dee"]["concerns"]
    assert played.concern.pk not in expected["sam"]["concerns"]
    assert (len(expected["ivan"]["parts"]), len(expected["ivan"]["cases"])) == (2, 2)
    assert expected["zoe"] == {"concerns": set(), "parts": set(), "cases": set()}
    assert len(expected["hugh"]["concerns"]) == Concern._base_manager.count()


def test_the_same_for_a_page_of_them_in_order(cast, played):
    for user in cast.everyone().values():
        viewer = Viewer(user, NOW)
        rows = Concern.objects.visible_to(viewer).order_by("-reported_at", "-pk")
        assert {row.pk for row in rows[:50]} == seen_of_records(viewer)["concerns"]
        assert rows.count() == len(seen_of_records(viewer)["concerns"])
        cases = Case.objects.visible_to(viewer).order_by("-opened_at", "-pk")
        assert {row.pk for row in cases[:50]} == seen_of_records(viewer)["cases"]


def test_rows_of_lists_carry_the_home_school_and_the_kind_of_their_record(played):
    assert [row for row in Concern._base_manager.all() if row.school_id != row.record.school_id] == []
    parts = Part._base_manager.select_related("record")
    assert [row for row in parts if (row.school_id, row.lane) != (row.record.school_id, row.record.kind)] == []
    joined = JoinedConcern._base_manager.select_related("record", "case")
    assert [row for row in joined if row.case.school_id != row.record.school_id] == []
    assert parts.count() >= 2
    assert joined.count() >= 2
