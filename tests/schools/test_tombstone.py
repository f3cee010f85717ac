"""Destroying a record: said in two histories, done to key, words and files, and finished after a crash."""

import ast
from pathlib import Path

import pytest
from django.db import transaction

from incidents.models import Concern, Evidence
from schools import files, keyring, sealing, tombstone, verify
from schools.models import Entry, ItemKey, Record, RecordKey, SearchWords
from tests.bars.conftest import fill

HOUSE = Path(__file__).parents[2]
FACTS = {"rule": "RET-1", "authority": "the trust's schedule"}


@pytest.fixture
def concern(cast) -> Concern:
    return fill(cast).concerns[0]


def destroy(concern, cast):
    with transaction.atomic():
        return tombstone.destroy(concern.record, by=cast.harriet, at=cast.now, **FACTS)


@pytest.mark.django_db(transaction=True)
def test_key_words_and_files_go_and_the_history_still_agrees(concern, cast):
    stored = [item.stored_as for item in Evidence.objects.filter(record=concern.pk)]
    others = SearchWords.objects.exclude(record=concern.pk).count()
    destroy(concern, cast)
    assert keyring.record_keys([concern.pk]) == {}
    assert not ItemKey.objects.filter(record_id=concern.pk).exists()
    assert not SearchWords.objects.filter(record=concern.pk).exists()
    assert SearchWords.objects.count() == others
    assert len(stored) == 2
    assert not any(files.store().exists(name) for name in stored)
    assert sealing.open_row(Concern.objects.get(pk=concern.pk)).narrative == "erased"
    assert list(verify.findings()) == []


@pytest.mark.django_db(transaction=True)
def test_it_is_said_in_the_record_and_in_the_register_of_its_school(concern, cast):
    line = destroy(concern, cast)
    assert (line.verb, line.record_id, line.by) == ("record.destroyed", concern.pk, cast.harriet.pk)
    register = Entry.objects.filter(record=cast.oakfield.record).order_by("-seq").first()
    assert register.verb == "destruction.recorded"
    assert Record.objects.get(pk=concern.pk).destroyed_at == cast.now


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_after_all_destroys_nothing(concern, cast):
    @transaction.atomic
    def half_an_act():
        tombstone.destroy(concern.record, by=cast.harriet, at=cast.now, **FACTS)
        return 1 / 0

    with pytest.raises(ZeroDivisionError):
        half_an_act()
    assert sealing.open_row(Concern.objects.get(pk=concern.pk)).narrative == "What was seen: staff_bullying."
    assert list(verify.findings()) == []


@pytest.mark.django_db
def test_what_a_crash_left_is_finished(concern, cast):
    """Inside a transaction that is never committed, what follows the commit has not happened: as after a crash."""
    destroy(concern, cast)
    assert RecordKey.objects.filter(record_id=concern.pk).exists()
    assert list(verify.findings()) == []
    assert tombstone.finish(cast.now) == 1
    assert not RecordKey.objects.filter(record_id=concern.pk).exists()
    assert list(verify.findings()) == []
    assert tombstone.finish(cast.now) == 0


@pytest.mark.django_db(transaction=True)
def test_outside_an_act_nothing_can_be_destroyed(concern, cast):
    with pytest.raises(RuntimeError, match="only inside an act"):
        tombstone.destroy(concern.record, by=cast.harriet, at=cast.now)


@pytest.mark.django_db
def test_a_register_is_never_destroyed(cast):
    with pytest.raises(ValueError, match="a register is never destroyed"):
        tombstone.destroy(cast.oakfield.record, by=cast.harriet, at=cast.now)


def test_no_page_endpoint_or_form_can_reach_it():
    """Only an act or a chore may: whatever else imported it could be called from a request."""
    reaching = set()
    for path in HOUSE.glob("*/**/*.py"):
        if path.is_relative_to(HOUSE / "tests") or ".venv" in path.parts or "node_modules" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
            if "tombstone" in names or "schools.tombstone" in (getattr(node, "module", None), *names):
                reaching.add(path.relative_to(HOUSE).as_posix())
    allowed = {path for path in reaching if "/workflow/" in path or path.endswith("/chores.py")}
    assert reaching == allowed
    assert "schools/chores.py" in reaching
