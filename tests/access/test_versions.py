"""Every act leaves its line, and every version of every row is named in exactly one line."""

import json
from collections import Counter

import pytest
from django.apps import apps

from reports import printed_acts
from schools import keyring, ledger, verify
from schools.acts import REGISTRY
from schools.models import Entry, Versioned
from tests import states, story

pytestmark = pytest.mark.django_db


def versions() -> Counter:
    """Every version in the database: model, row, number."""
    found = Counter()
    for model in apps.get_models():
        if issubclass(model, Versioned) and not hasattr(model, "instance_type"):
            for version in model.history.all():
                row = getattr(version, model._meta.pk.attname)
                found[(model._meta.label_lower, str(row), version.history_id)] += 1
    return found


def named() -> Counter:
    """Every version that a line names."""
    keys = keyring.record_keys(Entry.objects.values_list("record_id", flat=True))
    found = Counter()
    for entry in Entry.objects.all():
        payload = json.loads(ledger.payload_of(entry, keys[entry.record_id])[1])
        for version in payload["versions"]:
            found[(version["model"], version["row"], version["version"])] += 1
    return found


def test_a_story_of_every_act_leaves_every_version_in_exactly_one_line(cast, at):
    played = story.play(cast, at=at - 60 * states.DAY).prints().meets_what_is_rare()
    offered = {act.function.__name__ for _, act in printed_acts.offered()}
    assert offered - {name for _, name in played.done} == set()
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {REGISTRY[key].verb for key in played.done} - verbs == set()
    there = versions()
    assert len(there) > 150
    assert set(there.values()) == {1}
    assert named() == there
    assert [finding.sentence for finding in verify.findings()] == []


def test_a_save_past_the_ledger_is_a_version_without_a_line(cast, at):
    concern = states.reported(cast, at=at)
    assert versions() == named()
    concern.outcome = "handled_elsewhere"
    concern.save()
    assert sum((versions() - named()).values()) == 1
