"""What fills the register of the figures leaves what the acts would have left."""

from datetime import timedelta

import pytest

from incidents.models import Concern
from schools import verify
from tests.bench import people, screens, writing
from tests.bench.filling import Register, numbers_go_on
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
# One of each ending: three schools take turns, and each ending is told of in one school after another.
ONE_OF_EACH = (0, 12, 18, 21, 24, 27)


def test_copies_verify_like_what_the_acts_made_and_every_screen_shows_them():
    trust = people.found(at=NOW - timedelta(days=1200), schools=3)
    register = Register(trust, now=NOW)
    register.play(ONE_OF_EACH)
    register.copy(7)
    numbers_go_on()
    writing.report_by_page(trust)()
    register.copy(7)
    assert Concern.objects.count() == 21
    assert list(verify.findings()) == []
    for _, visit in screens.screens(trust, screens.short_record(trust)):
        visit()
