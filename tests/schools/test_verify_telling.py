"""The hourly look at the history: who answers for accounts and data is told of a change, once, until none is found."""

import pytest
from django.core.management import call_command

from schools.models import Notice
from schools.verify import telling
from tests.bars import rawly

pytestmark = pytest.mark.django_db


def looked() -> int:
    """The exit code of one look, which tells what it finds."""
    try:
        call_command("verify_ledger", "--tell", "--verbosity", "0")
    except SystemExit as end:
        return end.code
    return 0


def told() -> set[str]:
    waiting = Notice.objects.filter(what=telling.CHANGED, done_at=None)
    return {notice.person.name for notice in waiting.select_related("person")}


def test_an_honest_history_is_told_of_to_nobody_and_prints_nothing(cast, capsys):
    assert looked() == 0
    assert (told(), capsys.readouterr().out) == (set(), "")


def test_a_change_is_told_once_to_each_who_confirms_offices(cast, capsys):
    rawly.change(cast.oakfield, name="Another School")
    assert (looked(), looked()) == (1, 1)
    who = {user.person.name for user in (cast.ada, cast.harriet, cast.hugh, cast.priya)}
    assert who <= told()
    assert cast.tom.person.name not in told()
    assert Notice.objects.filter(person=cast.harriet.person, what=telling.CHANGED).count() == 1
    assert "was changed without an act (column name)." in capsys.readouterr().out


def test_it_is_taken_off_when_nothing_is_found_any_more(cast):
    rawly.change(cast.oakfield, name="Another School")
    looked()
    rawly.change(cast.oakfield, name="Oakfield School")
    assert looked() == 0
    assert told() == set()
