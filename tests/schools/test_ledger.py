"""The one door: every row saved gets a version and is named in one line, and each line follows from the one before."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import transaction

from schools import chain, checkpoints, clock, keyring, ledger, records
from schools.models import Appointment, Entry, Exclusion, Head, Person, Record
from schools.models.record import BehindOurBack
from schools.roles import Kind

ONE, TWO, THREE = (hashlib.sha256(b"\x00" + text).digest() for text in (b'["A",1,"x"]', b'["B",1,"x"]', b'["C",1,"x"]'))


def both(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_a_line_is_the_digest_of_its_columns_in_their_one_order():
    line = b'["r",3,"a.done","2026-01-01","2026-01-02","u","c","p"]'
    assert (
        chain.link(
            record="r",
            seq=3,
            verb="a.done",
            at="2026-01-01",
            written_at="2026-01-02",
            by="u",
            commitment="c",
            previous="p",
        )
        == hashlib.sha256(b"daybook-ledger/1" + line).hexdigest()
    )


def test_a_commitment_is_keyed_with_its_salt():
    assert chain.commitment(b"salt", b"{}") == hmac.new(b"salt", b"{}", hashlib.sha256).hexdigest()


def test_the_root_over_nothing_is_the_digest_of_nothing():
    assert chain.root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_root_is_the_tree_hash_of_the_sorted_leaves():
    leaves = [chain.leaf(ref=ref, seq=1, head="x") for ref in "ABC"]
    first, second, third = sorted([ONE, TWO, THREE])
    assert chain.root(leaves) == both(both(first, second), third).hex()
    assert chain.root(reversed(leaves)) == chain.root(leaves)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (datetime(2026, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=1))), "2026-07-01T08:00:00.000000+00:00"),
        (datetime(2026, 1, 5, 9, 0, 0, 120, tzinfo=UTC), "2026-01-05T09:00:00.000120+00:00"),
    ],
)
def test_a_moment_is_written_the_same_whatever_zone_it_was_given_in(given, written):
    assert ledger.stamp(given) == written


@pytest.fixture
def concern(cast) -> Record:
    made = records.prepare(Kind.CONCERN, trust=cast.trust, school=cast.oakfield, pack=None, at=cast.now)
    exclusion = Exclusion(
        record=made, person=cast.sam.person, grade=Exclusion.HIDDEN, why="It is about them.", since=cast.now
    )
    ledger.begin(made, exclusion, verb="concern.reported", by=cast.tom, at=cast.now, what="staff_bullying")
    made.exclusion = exclusion
    return made


def said(record: Record, seq: int) -> dict:
    line = Entry.objects.get(record=record, seq=seq)
    return json.loads(ledger.payload_of(line, keyring.record_keys([record.pk])[record.pk])[1])


@pytest.mark.django_db
def test_the_first_line_names_the_record_and_every_row_saved_with_it(concern, cast):
    what = said(concern, 1)
    assert what["facts"] == {"what": "staff_bullying"}
    assert [(version["model"], version["row"]) for version in what["versions"]] == [
        ("schools.record", str(concern.pk)),
        ("schools.exclusion", str(concern.exclusion.pk)),
    ]
    assert what["versions"][1]["fields"]["why"] == "It is about them."
    assert what["versions"][1]["fields"]["since"] == "2026-11-23T08:00:00.000000+00:00"
    assert what["versions"][1]["fields"]["lifted_at"] is None


@pytest.mark.django_db
def test_each_line_holds_the_hash_of_the_one_before_and_the_head_that_of_the_last(concern, cast):
    ledger.record("concern.read", concern, by=cast.dee, at=cast.now)
    first, second = Entry.objects.filter(record=concern)
    assert (first.seq, first.previous) == (1, "0" * 64)
    assert (second.seq, second.previous) == (2, first.hash)
    head = Head.objects.get(pk=concern.pk)
    assert (head.seq, head.hash) == (2, second.hash)


@pytest.mark.django_db
def test_a_version_carries_who_acted_and_when_they_said_so(concern, cast):
    exclusion, later = concern.exclusion, cast.now + timedelta(hours=1)
    exclusion.lifted_at = later
    ledger.record("conflict.lifted", concern, exclusion, by=cast.harriet, at=later)
    newest = Exclusion.history.filter(id=exclusion.pk).order_by("-history_id").first()
    assert (newest.history_user_id, newest.history_date, newest.history_type) == (cast.harriet.pk, later, "~")
    assert said(concern, 2)["versions"][0]["version"] == newest.history_id


@pytest.mark.django_db
def test_the_newest_version_is_named_though_both_are_dated_the_same(concern, cast):
    for why in ("first", "second"):
        concern.exclusion.why = why
        ledger.record("conflict.changed", concern, concern.exclusion, by=cast.dee, at=cast.now)
    assert said(concern, 3)["versions"][0]["fields"]["why"] == "second"


@pytest.mark.django_db
def test_a_row_that_was_not_given_is_not_saved(concern, cast):
    concern.exclusion.why = "changed and not given"
    ledger.record("concern.read", concern, by=cast.dee, at=cast.now)
    assert Exclusion.objects.get(pk=concern.exclusion.pk).why == "It is about them."


@pytest.mark.django_db
def test_an_act_that_fails_leaves_no_row_no_version_and_no_line(concern, cast):
    @transaction.atomic
    def half_an_act():
        concern.exclusion.why = "half done"
        ledger.record("conflict.changed", concern, concern.exclusion, by=cast.dee, at=cast.now)
        return 1 / 0

    before = Entry.objects.count(), Exclusion.history.count()
    with pytest.raises(ZeroDivisionError):
        half_an_act()
    assert (Entry.objects.count(), Exclusion.history.count()) == before
    assert Head.objects.get(pk=concern.pk).seq == 1


@pytest.mark.django_db
def test_facts_are_kept_as_plain_values(concern, cast):
    facts = {"many": [1, True, None], "who": cast.dee.pk, "on": cast.now.date(), "long": 2**60}
    ledger.record("concern.read", concern, by=cast.dee, at=cast.now, **facts)
    assert said(concern, 2)["facts"] == {
        "many": [1, True, None],
        "who": str(cast.dee.pk),
        "on": "2026-11-23",
        "long": "1152921504606846976",
    }


@pytest.mark.django_db
def test_a_line_is_never_dated_before_a_checkpoint_that_does_not_hold_it(concern, cast):
    made = checkpoints.make(clock.machine_now() + timedelta(hours=2))  # and then the clock is set back
    line = ledger.record("concern.read", concern, by=cast.dee, at=cast.now)
    assert line.written_at == made.made_at + timedelta(microseconds=1)


@pytest.mark.django_db
def test_the_history_keeps_no_password(cast):
    assert "password" not in {field.name for field in type(cast.tom).history.model._meta.concrete_fields}
    assert cast.tom.password not in json.dumps([said(cast.oakfield.record, line) for line in range(1, 5)])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda: Appointment.objects.update(role="administrator"),
        lambda: Appointment.objects.all().delete(),
        lambda: Appointment.objects.bulk_create([]),
        lambda: Appointment.objects.bulk_update([], ["role"]),
        lambda: Person.objects.get_or_create(name="x"),
        lambda: Person.objects.update_or_create(name="x"),
        lambda: Record.objects.update(ref="x"),
        lambda: Record.objects.filter(ref="x").delete(),
    ],
)
def test_writing_many_rows_at_once_is_refused_since_it_leaves_no_version(write):
    with pytest.raises(BehindOurBack):
        write()
