"""Drafts: nothing typed is lost, nothing lies open, and each person has their own."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from schools import crypto, drafts, keyring, sealing
from schools.models import Draft, RecordKey

pytestmark = pytest.mark.django_db
TYPED = {"narrative": ["O'Neil said “no” 😀 \u202e…\ud800"], "seen_on_0": ["31"], "people-0-name": ["", "Marzipan"]}


def test_what_was_typed_comes_back_exactly(cast, at):
    drafts.keep(cast.tom, "report", "oakfield", TYPED, at)
    assert drafts.read(cast.tom, "report", "oakfield") == TYPED


def test_what_a_form_was_filled_with_gives_way_to_what_it_is_kept_as(cast, at):
    first = drafts.keep(cast.tom, "report", "oakfield", {"a": ["1"]}, at)
    drafts.keep(cast.tom, "report", "oakfield", {"a": ["2"]}, at + timedelta(minutes=1), instead_of=str(first.pk))
    assert drafts.read(cast.tom, "report", "oakfield") == {"a": ["2"]}
    assert Draft.objects.count() == 1


def test_what_was_typed_into_an_empty_form_is_kept_beside_the_rest(cast, at):
    drafts.keep(cast.tom, "report", "oakfield", {"what": ["pupils"], "a": ["1"]}, at)
    drafts.keep(cast.tom, "report", "oakfield", {"what": ["other"], "a": ["2"]}, at + timedelta(minutes=1))
    kept = [draft.answers["a"] for draft in drafts.kept(cast.tom, "report", "oakfield")]
    assert kept == [["2"], ["1"]]
    assert [draft.answers["a"] for draft in drafts.kept(cast.tom, "report", "oakfield", what=["pupils"])] == [["1"]]


def test_nobody_changes_the_draft_of_another(cast, at):
    mine = drafts.keep(cast.tom, "report", "oakfield", {"a": ["1"]}, at)
    drafts.keep(cast.dee, "report", "oakfield", {"a": ["2"]}, at, instead_of=str(mine.pk))
    drafts.drop(cast.dee, str(mine.pk))
    assert drafts.read(cast.tom, "report", "oakfield") == {"a": ["1"]}


def test_a_form_of_a_session_that_ended_is_kept_beside_what_its_writer_kept(cast, at):
    drafts.keep(cast.tom, "report", "oakfield", {"a": ["an hour of words"]}, at)
    mark = drafts.mark(cast.tom, "report", "oakfield", what=["other"])
    assert drafts.keep_marked(mark, {"a": ["planted"]}, at, signed_in=None)
    kept = [draft.answers for draft in drafts.kept(cast.tom, "report", "oakfield")]
    assert {"a": ["an hour of words"]} in kept
    assert {"a": ["planted"], "what": ["other"]} in kept


def test_nothing_that_another_person_sends_is_put_among_somebodys_words(cast, at):
    mark = drafts.mark(cast.sam, "report", "oakfield")
    assert not drafts.keep_marked(mark, {"a": ["about Sam"]}, at, signed_in=cast.tom)
    assert not Draft.objects.exists()
    assert drafts.keep_marked(mark, {"a": ["by Sam"]}, at, signed_in=cast.sam)


def test_a_mark_keeps_nothing_once_its_time_is_over(cast, at, monkeypatch):
    mark = drafts.mark(cast.tom, "report", "oakfield")
    monkeypatch.setattr(drafts, "MARK_LASTS", timedelta(seconds=-1))
    assert not drafts.keep_marked(mark, {"a": ["1"]}, at, signed_in=None)
    assert not Draft.objects.exists()


def test_whoever_finds_a_mark_fills_nobodys_desk(cast, at):
    mark = drafts.mark(cast.tom, "report", "oakfield")
    kept = [drafts.keep_marked(mark, {"a": [str(one)]}, at, signed_in=None) for one in range(6)]
    assert kept == [True, True, True, True, True, False]


def test_each_person_act_and_thing_has_its_own(cast, at):
    drafts.keep(cast.tom, "report", "oakfield", {"a": ["1"]}, at)
    assert drafts.read(cast.dee, "report", "oakfield") == {}
    assert drafts.read(cast.tom, "triage", "oakfield") == {}
    assert drafts.read(cast.tom, "report", "elmwood") == {}


def test_no_word_of_a_draft_lies_in_the_table(cast, at):
    drafts.keep(cast.tom, "report", "", {"narrative": ["Marzipan"]}, at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM schools_draft")
        (row,) = cursor.fetchall()
    assert "Marzipan" not in str(row)


def test_two_drafts_have_two_keys_and_one_cannot_be_read_with_the_other(cast, at):
    mine = drafts.keep(cast.tom, "report", "", {"a": ["mine"]}, at)
    theirs = drafts.keep(cast.dee, "report", "", {"a": ["theirs"]}, at)
    keys = keyring.record_keys([mine.pk, theirs.pk])
    assert len(keys) == 2
    with pytest.raises(crypto.Unreadable):
        sealing.open_rows([theirs], keys={theirs.pk: keys[mine.pk]})


def test_a_dropped_draft_is_gone_with_its_key(cast, at, django_capture_on_commit_callbacks):
    before = RecordKey.objects.count()
    kept = drafts.keep(cast.tom, "report", "", {"a": ["1"]}, at)
    with django_capture_on_commit_callbacks(execute=True):
        drafts.drop(cast.tom, str(kept.pk))
    assert drafts.read(cast.tom, "report", "") == {}
    assert RecordKey.objects.count() == before


def test_an_act_that_fails_keeps_the_draft_readable(cast, at, django_capture_on_commit_callbacks):
    kept = drafts.keep(cast.tom, "report", "", {"a": ["1"]}, at)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        drafts.drop(cast.tom, str(kept.pk))
        transaction.set_rollback(True)
    assert drafts.read(cast.tom, "report", "") == {"a": ["1"]}


def test_a_draft_whose_key_is_gone_reads_as_an_empty_form(cast, at):
    kept = drafts.keep(cast.tom, "report", "", {"a": ["1"]}, at)
    RecordKey.objects.filter(record_id=kept.pk).delete()
    assert drafts.read(cast.tom, "report", "") == {}


def test_only_what_nobody_typed_at_for_long_is_swept(cast, at, django_capture_on_commit_callbacks):
    before = RecordKey.objects.count()
    drafts.keep(cast.tom, "report", "", {"a": ["old"]}, at - timedelta(days=15))
    drafts.keep(cast.dee, "report", "", {"a": ["new"]}, at - timedelta(days=13))
    with django_capture_on_commit_callbacks(execute=True):
        assert drafts.sweep(at - timedelta(days=14)) == 1
    assert drafts.read(cast.tom, "report", "") == {}
    assert drafts.read(cast.dee, "report", "") == {"a": ["new"]}
    assert RecordKey.objects.count() == before + 1
