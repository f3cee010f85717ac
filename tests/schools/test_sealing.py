"""Free text is sealed under its record's key, opens in its own place only, and reads "erased" once the key is gone."""

import uuid

import pytest
from django.core.exceptions import FieldError
from django.test.utils import CaptureQueriesContext

from schools import crypto, keyring, ledger, records, sealing
from schools.fields import Envelope
from schools.models import Exclusion
from schools.models.keyring import KEYRING
from schools.roles import Kind

pytestmark = pytest.mark.django_db
WORDS = "O’Brien’s 👩🏽‍🏫 said \u202eשלום\u202c — “no”.\n\tTwice."


@pytest.fixture
def concern(cast):
    return begun(cast)


def begun(cast, words: str = WORDS):
    """A record with one row whose reason is sealed."""
    made = records.prepare(Kind.CONCERN, trust=cast.trust, school=cast.oakfield, pack=None, at=cast.now)
    row = Exclusion(
        id=uuid.uuid4(), record=made, person=cast.sam.person, grade=Exclusion.HIDDEN, why="-", since=cast.now
    )
    sealing.seal(made, row, reason=words)
    ledger.begin(made, row, verb="concern.reported", by=cast.tom, at=cast.now)
    made.row = row
    return made


def test_words_come_back_to_the_last_mark(concern):
    row = Exclusion.objects.get(pk=concern.row.pk)
    assert sealing.open_row(row).reason == WORDS


def test_the_column_and_its_history_hold_no_word(concern):
    row, version = Exclusion.objects.get(pk=concern.row.pk), Exclusion.history.get(id=concern.row.pk)
    assert "Brien" not in str(row.reason)
    assert WORDS.encode() not in row.reason.sealed
    assert str(version.reason) == str(row.reason)


def test_a_version_opens_as_its_row_does(concern):
    version = Exclusion.history.get(id=concern.row.pk)
    assert sealing.open_rows([version])[0].opened.reason == WORDS


@pytest.mark.parametrize("nothing", ["", None])
def test_no_words_leave_the_column_empty(concern, nothing):
    sealing.seal(concern, concern.row, reason=nothing)
    assert concern.row.reason is None
    assert sealing.open_row(concern.row).reason == ""


def test_words_moved_to_another_row_do_not_open_there(concern, cast):
    row = Exclusion(id=uuid.uuid4(), record=concern, person=cast.pat.person, grade=Exclusion.HIDDEN, since=cast.now)
    row.reason = concern.row.reason
    with pytest.raises(crypto.Unreadable):
        sealing.open_row(row)


def test_words_moved_to_another_record_do_not_open_there(concern, cast):
    other = begun(cast, "Something else.")
    stolen = concern.row.reason
    other.row.reason = Envelope(other.pk, other.row.pk, stolen.sealed)
    with pytest.raises(crypto.Unreadable):
        sealing.open_row(other.row)


def test_an_envelope_that_names_its_own_record_still_does_not_open_in_another_row(concern, cast):
    """The names on an envelope are not trusted: the row it is found in decides where it opens."""
    other = begun(cast, "Something else.")
    other.row.reason = concern.row.reason
    with pytest.raises(crypto.Unreadable):
        sealing.open_row(other.row)


def test_words_of_a_record_whose_key_is_gone_read_erased_beside_others_that_open(concern, cast):
    kept = begun(cast, "Kept.")
    keyring.destroy(concern.pk)
    rows = Exclusion.objects.filter(pk__in=[concern.row.pk, kept.row.pk])
    assert {row.pk: row.opened.reason for row in sealing.open_rows(rows)} == {
        concern.row.pk: "erased",
        kept.row.pk: "Kept.",
    }
    assert sealing.open_rows(Exclusion.history.filter(id=concern.row.pk))[0].opened.reason == "erased"


def test_a_page_of_rows_asks_the_key_ring_once(cast):
    from django.db import connections

    rows = [begun(cast, str(number)).row for number in range(5)]
    with CaptureQueriesContext(connections[KEYRING]) as asked:
        opened = sealing.open_rows(rows)
    assert [row.opened.reason for row in opened] == ["0", "1", "2", "3", "4"]
    assert len(asked) == 1


def test_a_column_that_was_left_out_is_not_fetched_to_be_opened(concern, django_assert_num_queries):
    row = Exclusion.objects.defer("reason").get(pk=concern.row.pk)
    with django_assert_num_queries(0):
        assert not hasattr(sealing.open_row(row), "reason")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Exclusion.objects.filter(reason="x"),
        lambda: Exclusion.objects.filter(reason__contains="x"),
        lambda: Exclusion.objects.exclude(reason__in=["x"]),
        lambda: list(Exclusion.objects.order_by("reason")),
        lambda: list(Exclusion.objects.order_by("-reason")),
    ],
)
def test_filtering_and_ordering_by_sealed_words_is_refused(ask):
    with pytest.raises(FieldError):
        ask()


def test_asking_whether_there_are_words_at_all_is_allowed(concern):
    assert Exclusion.objects.filter(reason__isnull=False).count() == 1


def test_plain_words_are_never_saved_in_a_sealed_column(concern, cast):
    concern.row.reason = "plain"
    with pytest.raises((TypeError, ValueError)):
        ledger.record("conflict.changed", concern, concern.row, by=cast.dee, at=cast.now)


def test_an_envelope_is_written_and_read_back_as_it_was(concern):
    envelope = concern.row.reason
    assert Envelope.from_text(str(envelope)) == envelope


def test_an_envelope_of_another_version_is_refused():
    with pytest.raises(ValueError, match="an envelope of version 9 cannot be read"):
        Envelope.from_text(f"9.{uuid.uuid4().hex}.{uuid.uuid4().hex}.AAAA")
