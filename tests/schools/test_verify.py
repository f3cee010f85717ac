"""Verification: each comparison finds its own kind of change, says it in one sentence, and names nothing else."""

import base64
import io
import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from incidents.models import Evidence
from schools import checkpoints, clock, keyring, ledger, verify
from schools.models import Appointment, Checkpoint, Entry, Exclusion, Head, Person, Record, User
from schools.workflow import accounts
from tests.bars import rawly
from tests.bars.conftest import fill
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(cast):
    return fill(cast)


@pytest.fixture
def concern(filled):
    return filled.concerns[0]


def found(**given) -> list[tuple[str, str]]:
    return [(finding.kind, finding.sentence) for finding in verify.findings(**given)]


def test_an_honest_history_has_no_findings(filled):
    assert found() == []


def test_a_password_of_ones_own_choice_has_no_findings(cast):
    accounts.change_password(cast.oakfield, by=cast.tom, at=cast.now, present=PASSWORD, fresh="a-battery-of-horses")
    assert found() == []


def test_an_empty_installation_has_no_findings():
    assert found() == []


def test_a_line_that_was_changed(concern):
    line = Entry.objects.get(record=concern.pk, seq=2)
    rawly.change(line, verb="concern.misread")
    assert found() == [("line_changed", f"Record {concern.ref}: line 2 of its history was changed.")]


def test_a_line_whose_hash_was_changed_is_named_with_the_column(concern):
    rawly.change(Entry.objects.get(record=concern.pk, seq=3), hash="0" * 64)
    assert ("line_changed", f"Record {concern.ref}: line 3 of its history was changed (column hash).") in found()


def test_a_line_that_is_missing(concern):
    line = Entry.objects.get(record=concern.pk, seq=2)
    rawly.remove(line)
    assert found() == [
        ("line_missing", f"Record {concern.ref}: line 2 of its history is missing."),
        ("version_unproven", unproven(concern)),
    ]


def unproven(concern) -> str:
    version = f"a version of concern {concern.pk}"
    return f"Record {concern.ref}: {version} is unproved: a line of its history is gone or changed."


def test_all_lines_missing(concern):
    for line in Entry.objects.filter(record=concern.pk):
        rawly.remove(line)
    assert ("line_missing", f"Record {concern.ref}: line 1 of its history is missing.") in found()


def test_what_a_line_holds(concern):
    line = Entry.objects.get(record=concern.pk, seq=2)
    rawly.change(line, sealed=bytes(line.sealed)[:-1] + b"?")
    sentence = f"Record {concern.ref}: what line 2 of its history holds was changed, or put there from elsewhere."
    assert found() == [("payload_changed", sentence), ("version_unproven", unproven(concern))]


def test_the_end_of_a_history(concern):
    rawly.change(Head.objects.get(pk=concern.pk), seq=9)
    sentence = f"Record {concern.ref}: the end of its history, as noted (column seq), is not its last line."
    assert found() == [("head_differs", sentence)]


def test_a_key_that_is_gone_without_a_tombstone(concern):
    keyring.destroy(concern.pk)
    sentence = f"Record {concern.ref}: its key is gone, though it was never destroyed under the rules."
    assert found() == [("key_gone", sentence)]


def test_a_version_that_was_changed(concern, cast):
    version = Appointment.history.filter(person_id=cast.dee.person_id, role="dsl").get()
    rawly.change(version, role="staff")
    row, register = version.id, cast.oakfield.record
    line = next(seq for seq in range(1, 99) if str(row) in json.dumps(said(register, seq)))
    assert found() == [
        (
            "version_changed",
            f"Record {register.ref}: version {version.history_id} of appointment {row} was changed (column role):"
            f" line {line} says otherwise.",
        ),
        ("row_changed", f"Record {register.ref}: appointment {row} was changed without an act (column role)."),
    ]


def said(record, seq: int) -> dict:
    line = Entry.objects.get(record=record, seq=seq)
    return json.loads(ledger.payload_of(line, keyring.record_keys([record.pk])[record.pk])[1])


def test_a_version_that_is_gone(cast):
    version = Person.history.filter(id=cast.tom.person_id).get()
    rawly.remove(version)
    assert [kind for kind, _ in found()] == ["version_gone", "row_unclaimed"]


def test_a_version_nobody_made(concern):
    version = Exclusion.history.filter(record=concern.pk).first()
    rawly.copy(version, history_id=999_999)
    sentence = f"Record {concern.ref}: a version of exclusion {version.id} was put there that no line of history names."
    assert found() == [("version_unclaimed", sentence)]


def test_a_row_that_was_changed(cast):
    rawly.change(cast.oakfield, head_title="Somebody")
    place = f"Record {cast.oakfield.record.ref}: school {cast.oakfield.pk}"
    assert found() == [("row_changed", f"{place} was changed without an act (column head_title).")]


def test_a_row_that_was_removed(concern):
    exclusion = Exclusion.objects.filter(record=concern.pk).first()
    rawly.remove(exclusion)
    assert found() == [("row_gone", f"Record {concern.ref}: exclusion {exclusion.pk} was removed without an act.")]


def test_a_row_nobody_put_there(concern, cast):
    exclusion = Exclusion.objects.filter(record=concern.pk).first()
    rawly.copy(exclusion, id=cast.tom.pk)
    assert found() == [
        ("row_unclaimed", f"Record {concern.ref}: exclusion {cast.tom.pk} was put there without an act.")
    ]


def test_a_row_moved_to_another_record_is_named_once_and_by_its_column(filled):
    exclusion = Exclusion.objects.filter(record=filled.ids[0]).first()
    rawly.change(exclusion, record=filled.ids[1])
    ref = filled.concerns[0].ref
    sentence = f"Record {ref}: exclusion {exclusion.pk} was changed without an act (column record)."
    assert found() == [("row_changed", sentence)]


def test_a_file_that_was_changed_and_one_that_is_gone(concern):
    from schools import files

    first, second = Evidence.objects.filter(record=concern.pk).order_by("pk")
    with rawly.undone():
        files.store().save(first.stored_as, io.BytesIO(b"something else"))
        files.store().delete(second.stored_as)
        sentences = {
            f"Record {concern.ref}: the stored file of evidence {first.pk} is not the one that was received.",
            f"Record {concern.ref}: the stored file of evidence {second.pk} is gone.",
        }
        assert {sentence for _, sentence in found()} == sentences


def test_a_password_that_was_replaced(cast):
    rawly.change(cast.tom, password="argon2$another")
    ref = cast.oakfield.record.ref
    assert found() == [
        ("password_changed", f"Record {ref}: the password of user {cast.tom.pk} was replaced without an act.")
    ]


def appoint(cast, holder, *, by, role="administrator") -> Appointment:
    """An office written through the ledger itself, as somebody with the program in hand could."""
    register = cast.oakfield.record
    office = Appointment(record=register, person=holder.person, role=role, trust=cast.trust, school=cast.oakfield)
    office.from_at = cast.now
    ledger.record("appointment.made", register, office, by=by, at=cast.now, role=role)
    return office


def test_an_office_given_by_somebody_who_may_not(cast):
    office = appoint(cast, cast.sam, by=cast.tom)
    register = cast.oakfield.record
    line = Head.objects.get(pk=register.pk).seq
    what = f"Record {register.ref}: line {line} gave or changed appointment {office.pk}"
    assert found() == [("made_without_office", f"{what}, by somebody who held no office for it.")]


def test_no_office_gives_itself(cast):
    appoint(cast, cast.tom, by=cast.tom)
    assert [kind for kind, _ in found()] == ["made_without_office"]


def test_the_system_gives_offices_at_founding_and_no_longer_once_people_have_written(cast):
    appoint(cast, cast.tom, by=None)
    assert found() == []
    appoint(cast, cast.sam, by=cast.ada)
    assert found() == []
    appoint(cast, cast.pat, by=None)
    assert [kind for kind, _ in found()] == ["made_without_office"]


def test_an_administrator_of_another_school_gives_no_office_here(cast):
    elsewhere = Appointment(record=cast.elmwood.record, person=cast.olu.person, role="administrator", trust=cast.trust)
    elsewhere.school, elsewhere.from_at = cast.elmwood, cast.now
    ledger.record("appointment.made", cast.elmwood.record, elsewhere, by=None, at=cast.now, role="administrator")
    assert found() == []
    appoint(cast, cast.tom, by=cast.olu)
    assert [kind for kind, _ in found()] == ["made_without_office"]


def test_an_administrator_whose_row_was_changed_is_not_accused_of_what_they_did_before(filled, cast):
    office = Appointment.objects.get(person=cast.ada.person, role="administrator")
    rawly.change(office, role="staff")
    assert [(kind, "(column role)" in sentence) for kind, sentence in found()] == [("row_changed", True)]


def test_a_line_changed_to_have_been_the_systems_accuses_nobody_else(cast):
    appoint(cast, cast.sam, by=cast.ada)
    line = Entry.objects.filter(record=cast.oakfield.record).order_by("seq")[3]
    rawly.change(line, by=cast.tom.pk)
    assert [kind for kind, _ in found()] == ["line_changed"]


def test_a_value_that_is_none_of_its_kind_is_named_and_stops_nothing(concern):
    """SQLite takes any text in any column; PostgreSQL refuses it by itself."""
    garbled = [
        (Exclusion.objects.filter(record=concern.pk).first(), "since"),
        (Exclusion.history.filter(record=concern.pk).last(), "person"),
        (Entry.objects.get(record=concern.pk, seq=2), "written_at"),
        (Evidence.objects.filter(record=concern.pk).first(), "captured_by"),
        (User.objects.first(), "is_active"),
    ]
    for row, name in garbled:
        with rawly.undone():
            try:
                with transaction.atomic():
                    rawly.change_plainly(row, row._meta.get_field(name), "garbled")
            except DatabaseError:
                assert connection.vendor == "postgresql"
                continue
            model = getattr(row, "instance_type", None) or type(row)
            assert (model._meta.label_lower, str(getattr(row, "id", row.pk))) in {
                (finding.model, finding.row) for finding in verify.findings()
            }


def test_what_is_found_never_tells_what_a_record_says(filled):
    rawly.change(filled.concerns[0], what="fake_account")
    told = " ".join(sentence for _, sentence in found())
    assert "fake_account" not in told
    assert "staff_bullying" not in told


def test_against_a_checkpoint_kept_outside_a_record_that_is_wholly_gone_is_named(filled):
    kept = checkpoints.document(checkpoints.make(clock.machine_now()))
    kept["leaves"].append(["C-0000-0000", 3, "a" * 64])
    sentences = found(checkpoint=kept)
    assert ("record_gone", "Record C-0000-0000 is in the checkpoint and is gone.") in sentences
    assert sentences[0] == (
        "checkpoint_not_ours",
        "The checkpoint given was not signed by this installation, or was changed.",
    )


def test_a_history_that_went_on_after_the_checkpoint_still_agrees_with_it(filled, cast):
    kept = checkpoints.document(checkpoints.make(clock.machine_now()))
    ledger.record("concern.noted", filled.concerns[0].record, by=cast.dee, at=cast.now)
    assert found(checkpoint=kept) == []


def test_a_checkpoint_row_that_was_changed(filled):
    made = checkpoints.make(clock.machine_now())
    rawly.change(made, root="0" * 64)
    assert found() == [("checkpoint_changed", f"Checkpoint {made.number} was changed: its signature does not hold.")]


def test_a_line_that_is_gone_shows_at_every_later_checkpoint_and_is_said_once(filled, concern):
    first = checkpoints.make(clock.machine_now())
    checkpoints.make(clock.machine_now() + checkpoints.QUARTER)
    checkpoints.make(clock.machine_now() + 2 * checkpoints.QUARTER)
    rawly.change(Entry.objects.get(record=concern.pk, seq=3), hash="0" * 64)
    sentence = f"Records no longer are what they were at checkpoint {first.number} (and at 2 later ones)."
    assert ("checkpoint_differs", sentence) in found()


def test_a_checkpoint_that_is_gone_is_missed_by_whoever_kept_it(filled):
    made = checkpoints.make(clock.machine_now())
    kept = checkpoints.document(made)
    rawly.remove(made)
    assert found(checkpoint=kept) == [("checkpoint_gone", f"Checkpoint {made.number} was made here and is gone.")]


def test_a_witness_line_alone_shows_that_records_are_not_what_they_were(filled, concern):
    line = checkpoints.witness_line(checkpoints.make(clock.machine_now()))
    assert found(checkpoint=checkpoints.read(line)) == []
    for checkpoint in Checkpoint.objects.all():
        rawly.remove(checkpoint)
    rawly.change(Entry.objects.get(record=concern.pk, seq=3), hash="0" * 64)
    assert {"checkpoint_gone", "checkpoint_differs"} <= {kind for kind, _ in found(checkpoint=checkpoints.read(line))}


# --- The command.


def ran(*arguments) -> tuple[int, str, str]:
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("verify_ledger", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue(), err.getvalue()


def test_the_command_ends_with_0_when_nothing_was_changed(filled):
    lines, records = Entry.objects.count(), Record.objects.count()
    assert ran() == (0, f"{lines} lines of {records} records: nothing was changed behind Daybook's back.\n", "")


def test_the_command_ends_with_1_and_names_what_was_changed(cast):
    rawly.change(cast.oakfield, name="Another School")
    code, out, err = ran()
    assert (code, err) == (1, "")
    assert out.splitlines()[0].endswith(f"school {cast.oakfield.pk} was changed without an act (column name).")
    assert out.splitlines()[1].endswith(": 1 change found.")


def test_the_command_prints_one_json_document(cast):
    rawly.change(cast.oakfield, name="Another School")
    code, out, _ = ran("--json")
    told = json.loads(out)
    assert (code, told["found"]) == (1, 1)
    assert told["findings"][0] | {"sentence": ""} == {
        "kind": "row_changed",
        "model": "schools.school",
        "row": str(cast.oakfield.pk),
        "field": "name",
        "record": cast.oakfield.record.ref,
        "seq": None,
        "sentence": "",
    }


def test_the_command_takes_the_document_and_the_line_of_a_checkpoint(filled, tmp_path):
    made = checkpoints.make(clock.machine_now())
    for number, text in enumerate([json.dumps(checkpoints.document(made)), checkpoints.witness_line(made) + "\n"]):
        kept = tmp_path / str(number)
        kept.write_text(text)
        assert ran("--checkpoint", str(kept))[0] == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nonsense", "This is neither a checkpoint document nor a witness's line.\n"),
        ("[]", "This checkpoint lacks its number, time, root or signature.\n"),
        ('{"number": 1}', "This checkpoint lacks its number, time, root or signature.\n"),
    ],
)
def test_the_command_ends_with_2_and_a_sentence_for_what_is_no_checkpoint(tmp_path, text, sentence):
    kept = tmp_path / "kept"
    kept.write_text(text)
    assert ran("--checkpoint", str(kept)) == (2, "", sentence)


def test_the_command_ends_with_2_when_the_root_key_is_another(filled, settings):
    keyring.check_root_key()
    settings.ROOT_KEY = base64.b64encode(b"x" * 32).decode()
    assert ran() == (2, "", "This root key is not the one that this key ring was made with.\n")


def test_the_command_ends_with_2_for_a_checkpoint_that_is_not_there(tmp_path):
    code, out, err = ran("--checkpoint", str(tmp_path / "nothing"))
    assert (code, out) == (2, "")
    assert err.endswith("nothing cannot be read.\n")
