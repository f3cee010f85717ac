"""Who is told the name of somebody who made a disclosure in the public interest: a table worked from the rule."""

import pytest

from schools.disclosure import is_told, without_reporting
from schools.roles import Role

NOBODY = {"is_reporter": False, "is_officer": False, "stands_aside": False}
BY_OFFICE = {"dsl", "deputy_dsl", "dpo"}


@pytest.mark.parametrize("role", list(Role))
def test_by_office_only_the_safeguarding_leads_and_the_data_protection_officer_are_told(role):
    assert is_told(offices={role}, **NOBODY) is (role in BY_OFFICE)


@pytest.mark.parametrize(
    ("offices", "circumstances", "told"),
    [
        # the reporter and the named officer whatever else they are
        (set(), {"is_reporter": True}, True),
        ({Role.HEAD_OF_SCHOOL}, {"is_reporter": True, "stands_aside": True}, True),
        (set(), {"is_officer": True}, True),
        ({Role.HEAD_OF_SCHOOL}, {"is_officer": True}, True),
        # an office that tells tells nothing to whoever stands aside: their own failure may be what was disclosed
        ({Role.DSL}, {"stands_aside": True}, False),
        ({Role.DPO}, {"stands_aside": True}, False),
        # one office that tells is enough
        ({Role.DSL, Role.LEADERSHIP_TEAM}, {}, True),
        ({Role.HEAD_OF_SCHOOL, Role.DPO}, {}, True),
        ({Role.HEAD_OF_SCHOOL, Role.HR_LEAD, Role.CEO}, {}, False),
        (set(), {}, False),
    ],
)
def test_who_is_told(offices, circumstances, told):
    assert is_told(offices=offices, **NOBODY | circumstances) is told


@pytest.mark.parametrize(
    ("why", "rest"),
    [
        ("the person who reported it", ""),
        ("the person harmed and the person who reported it", "the person harmed"),
        ("the person who reported it and close relative of the person harmed", "close relative of the person harmed"),
        ("a witness", "a witness"),
    ],
)
def test_a_reason_to_stand_aside_is_said_without_having_reported_it(why, rest):
    assert without_reporting(why) == rest
