"""The demonstration goes only into an empty installation, and a real one never lists its accounts."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from schools.models import Installation, Trust

pytestmark = pytest.mark.django_db


def told(*arguments) -> str:
    out = StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


def test_an_installation_in_use_is_left_alone(cast):
    with pytest.raises(CommandError, match="not a demonstration, and it is not empty") as refused:
        told()
    assert refused.value.returncode == 2
    assert not Installation.objects.filter(is_demo=True).exists()
    assert not Trust.objects.filter(slug="allsaints").exists()


def test_no_accounts_are_listed_of_a_real_installation(cast):
    with pytest.raises(CommandError, match="not a demonstration") as refused:
        told("--accounts")
    assert refused.value.returncode == 2
