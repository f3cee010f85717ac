"""Whoever takes a duty over is told so by the title which their own trust gives to it."""

import pytest

from schools import adopted, conflict
from schools.models import Reader
from schools.roles import Role
from tests import factories, states

pytestmark = pytest.mark.django_db


def test_a_duty_is_named_as_the_policy_in_force_names_it(cast, at):
    """Oakfield is under the All Saints policy, which calls the lead of personnel an HR advisor."""
    chief = factories.member(cast.central, "Cleo Adams", Role.CEO, at=at, whole_trust=True)
    hugh = {"name": "Hugh Bannerman", "kind": "staff", "part": "witness"}
    concern = states.reported(cast, at=at, people=[hugh])
    reader = Reader.objects.get(record=concern.record, person=chief.person)
    assert reader.why == "takes over from the HR advisor, who stands aside"


@pytest.mark.parametrize("office", conflict.offices_to_take_over())
def test_every_office_that_passes_on_has_a_title_where_no_policy_was_adopted(office):
    assert adopted.of_key(None).title_of(office)[0].isupper()
