"""Checkpoints: one a quarter of an hour, signed, in an order the clock cannot turn round, and mailed once a day."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from schools import chain, checkpoints, clock, ledger
from schools.models import Checkpoint, Entry, Head
from tests.bars import rawly

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 8, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
        (datetime(1970, 1, 1, 0, 14, 59, tzinfo=UTC), 0),
        (datetime(1970, 1, 1, 0, 15, tzinfo=UTC), 1),
        (datetime(1970, 1, 2, tzinfo=UTC), 96),
        (datetime(1971, 1, 1, tzinfo=UTC), 365 * 96),
    ],
)
def test_a_checkpoint_is_numbered_by_its_quarter_of_an_hour(moment, number):
    assert checkpoints.number_of(moment) == number


def test_a_quarter_has_one_checkpoint_however_often_it_is_asked_for(cast):
    now = clock.machine_now()
    assert checkpoints.make(now) == checkpoints.make(now) == Checkpoint.objects.get()


def test_a_checkpoint_is_made_though_nothing_happened_and_even_of_nothing():
    made = checkpoints.make(AT)
    assert (made.number, made.made_at) == (checkpoints.number_of(AT), AT)
    assert made.root == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_root_is_that_of_the_ends_of_all_histories(cast):
    made = checkpoints.make(clock.machine_now())
    ends = Head.objects.values_list("record__ref", "seq", "hash")
    assert made.root == chain.root(chain.leaf(ref=ref, seq=seq, head=hash) for ref, seq, hash in ends)
    assert checkpoints.document(made)["leaves"] == sorted([ref, seq, hash] for ref, seq, hash in ends)


def test_the_document_keeps_the_ends_of_that_moment_when_histories_go_on(cast):
    made = checkpoints.make(clock.machine_now())
    before = checkpoints.document(made)
    ledger.record("school.noted", cast.oakfield.record, by=cast.ada, at=cast.now)
    assert checkpoints.document(made) == before


def test_a_clock_set_back_makes_no_checkpoint_before_the_newest():
    newest = checkpoints.make(AT)
    assert checkpoints.make(AT - timedelta(hours=5)) == newest
    assert Checkpoint.objects.count() == 1


def test_a_checkpoint_is_dated_after_every_line_that_it_holds(cast):
    made = checkpoints.make(datetime(2001, 1, 1, tzinfo=UTC))  # a clock far behind the lines
    assert made.made_at == Entry.objects.order_by("-written_at").first().written_at


def test_a_document_holds_only_as_it_was_signed(cast):
    document = checkpoints.document(checkpoints.make(clock.machine_now()))
    read = checkpoints.read(json.dumps(document))
    assert checkpoints.holds(read)
    for change in (
        {"number": read["number"] + 1},
        {"made_at": "2026-01-01T00:00:00.000000+00:00"},
        {"root": "0" * 64},
        {"signature": "0" * 128},
        {"signature": "none"},
        {"leaves": read["leaves"][1:]},
    ):
        assert not checkpoints.holds(read | change)


def test_a_witness_line_is_one_line_and_reads_back(cast):
    made = checkpoints.make(clock.machine_now())
    line = checkpoints.witness_line(made)
    assert len(line.splitlines()) == 1
    assert line.split()[:3] == ["Daybook", "checkpoint", str(made.number)]
    assert checkpoints.holds(checkpoints.read(line))


def test_nothing_in_a_line_or_document_names_a_person_or_a_school(cast):
    document = json.dumps(checkpoints.document(checkpoints.make(clock.machine_now())))
    assert "akfield" not in document
    assert "Okoro" not in document


LONDON_SEVEN = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)  # seven o'clock in British summer time


@pytest.fixture
def witnesses(settings):
    settings.WITNESSES = ["clerk@governors.example", "dpo@council.example"]


def sent(postbox) -> list[tuple]:
    return [(to, message["Subject"], message.get_content()) for to, message in postbox.received]


def test_each_witness_is_sent_the_newest_line_once_a_day_from_seven(cast, witnesses, postbox):
    made = checkpoints.make(clock.machine_now())
    assert checkpoints.mail_witnesses(LONDON_SEVEN - timedelta(minutes=1)) == 0
    assert checkpoints.mail_witnesses(LONDON_SEVEN) == 2
    assert checkpoints.mail_witnesses(LONDON_SEVEN + timedelta(hours=9)) == 0
    both = ("clerk@governors.example", "dpo@council.example")
    assert sent(postbox) == [(both, f"Daybook checkpoint {made.number}", checkpoints.witness_line(made) + "\n")]


def test_no_witness_learns_who_the_others_are(cast, witnesses, postbox):
    checkpoints.make(AT)
    checkpoints.mail_witnesses(LONDON_SEVEN)
    ((_, message),) = postbox.received
    assert "clerk@" not in message.as_string()
    assert "dpo@" not in message.as_string()


def test_the_next_day_the_newest_line_is_sent_again(cast, witnesses, postbox):
    checkpoints.make(AT)
    checkpoints.mail_witnesses(LONDON_SEVEN)
    newest = checkpoints.make(AT + timedelta(days=1))
    assert checkpoints.mail_witnesses(LONDON_SEVEN + timedelta(days=1)) == 2
    assert sent(postbox)[-1][1] == f"Daybook checkpoint {newest.number}"


def test_an_address_that_is_refused_keeps_nothing_from_the_other_witness(cast, witnesses, postbox):
    checkpoints.make(AT)
    postbox.refused.add("dpo@council.example")
    checkpoints.mail_witnesses(LONDON_SEVEN)
    checkpoints.mail_witnesses(LONDON_SEVEN + timedelta(minutes=1))
    assert [to for to, _, _ in sent(postbox)] == [("clerk@governors.example",)]


def test_a_mail_that_fails_is_tried_again(cast, witnesses, postbox, settings):
    checkpoints.make(AT)
    settings.EMAIL_PORT = 1  # nobody listens there
    with pytest.raises(OSError, match="refused"):
        checkpoints.mail_witnesses(LONDON_SEVEN)
    settings.EMAIL_PORT = postbox.port
    assert checkpoints.mail_witnesses(LONDON_SEVEN) == 2


@pytest.mark.usefixtures("witnesses")
def test_without_a_mail_server_nothing_is_tried(cast, postbox, settings):
    checkpoints.make(AT)
    settings.EMAIL_HOST = ""
    assert checkpoints.mail_witnesses(LONDON_SEVEN) == 0
    assert Checkpoint.objects.get().mailed_at is None


def test_without_witnesses_or_a_checkpoint_nothing_is_sent(cast, settings, postbox):
    settings.WITNESSES = ["clerk@governors.example"]
    assert checkpoints.mail_witnesses(LONDON_SEVEN) == 0
    checkpoints.make(AT)
    settings.WITNESSES = []
    assert checkpoints.mail_witnesses(LONDON_SEVEN) == 0
    assert Checkpoint.objects.get().mailed_at is None


def test_the_command_prints_the_line_or_the_document(cast, capsys):
    from django.core.management import call_command

    call_command("checkpoint")
    line = capsys.readouterr().out.strip()
    call_command("checkpoint", "--json")
    made = Checkpoint.objects.get()
    assert line == checkpoints.witness_line(made)
    assert json.loads(capsys.readouterr().out) == checkpoints.document(made)


def test_a_forged_number_does_not_make_an_old_checkpoint_the_newest(cast):
    """The number is part of what is signed."""
    made = checkpoints.make(AT)
    rawly.change(made, made_at=AT + timedelta(days=1))
    forged = Checkpoint.objects.get()
    public = checkpoints.public_key()
    stated = (forged.number, ledger.stamp(forged.made_at), forged.root, forged.signature)
    assert not checkpoints.is_signed(*stated, public)
    assert checkpoints.is_signed(made.number, ledger.stamp(made.made_at), made.root, made.signature, public)
