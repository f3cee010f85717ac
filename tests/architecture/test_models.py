"""Every table has a fate and rightly named dates, and the migrations are complete."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import models

from schools import checks
from schools.models import Fate, Record, Versioned


class Kept(models.Model):
    """A table as it should be."""

    fate = Fate.KEPT
    seen_at = models.DateTimeField()
    born_on = models.DateField()

    class Meta:
        app_label = "tests"
        managed = False


class Fateless(models.Model):
    """A table that forgot its fate and names its dates as it likes."""

    seen_on = models.DateTimeField()
    birthday = models.DateField()

    class Meta:
        app_label = "tests"
        managed = False


def test_every_table_of_ours_has_a_fate():
    found = checks.our_models()
    assert len(found) > 35
    assert checks.without_fate(found) == []


def test_every_date_says_whether_it_is_a_day_or_a_moment():
    assert checks.badly_named(checks.our_models()) == []


def test_every_versioned_table_leaves_whole_versions():
    assert checks.inheriting(checks.our_models()) == []


def test_a_table_without_a_fate_and_dates_badly_named_are_found():
    assert checks.without_fate([Kept, Fateless])[0].obj is Fateless
    assert [error.msg for error in checks.badly_named([Kept, Fateless])] == [
        "Fateless.seen_on must end in _at.",
        "Fateless.birthday must end in _on.",
    ]


def test_a_mistake_in_a_shipped_policy_is_found_with_its_line():
    found = checks.mistakes_in({"small.toml": 'id = "small"\nname = 3\n'})
    assert found
    assert all(error.msg.startswith("small.toml, line ") for error in found)


def test_every_versioned_row_belongs_to_one_record_stands_in_order_and_numbers_its_versions():
    ours = [model for model in checks.our_models() if issubclass(model, Versioned)]
    assert len(ours) > 20
    for model in ours:
        assert model._meta.ordering, model
        assert model is Record or model._meta.get_field("record").related_model is Record
        assert isinstance(model.history.model._meta.get_field("history_id"), models.AutoField), model


def test_no_two_rows_tie_in_an_order():
    assert Record.objects.order_by("-opened_at").query.order_by == ("-opened_at", "pk")
    assert Record.objects.order_by("-opened_at", "-pk").query.order_by == ("-opened_at", "-pk")
    assert Record.objects.order_by().query.order_by == ()


@pytest.mark.django_db
def test_the_migrations_are_complete():
    said = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert said.getvalue().strip() == "No changes detected"


@pytest.mark.django_db
def test_the_whole_system_check_finds_nothing():
    call_command("check", fail_level="WARNING", stdout=StringIO(), stderr=StringIO())
