"""From the command line: a copy leaves by the same acts as on the page, and whoever holds it can check it alone."""

import io
import json
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from reports import jobs, proof, workflow
from reports.models import Paper
from schools import checkpoints, clock
from tests import states
from tests.conftest import NOW, whole_cast
from tests.lasting import filled_once
from tests.reports.papers import case_with

ASKED_OF = {"audience": "full", "purpose": "To review it.", "by": "harriet.lowe@oakfield.example"}


@pytest.fixture(scope="module")
def left(django_db_setup, django_db_blocker, tmp_path_factory) -> Path:
    """A folder with two copies that left, one of them masked, and a later checkpoint that a witness keeps."""
    folder = tmp_path_factory.mktemp("left")
    with filled_once(django_db_blocker):
        cast = whole_cast()
        case = case_with(cast, "safeguarding", at=NOW)
        call_command("print_case_file", case.ref, **ASKED_OF, out=str(folder / "copy.pdf"), stdout=io.StringIO())
        (folder / "facts.json").write_text(json.dumps({"paper": Paper.objects.get().ref, "case": case.ref}))
        part = case_with(cast, "conduct", at=NOW).parts.get()
        masked = ASKED_OF | {"audience": "hearing", "by": "hugh.bannerman@oakfield.example"}
        call_command("print_case_file", part.ref, **masked, out=str(folder / "masked.pdf"), stdout=io.StringIO())
        newest = checkpoints.make(clock.machine_now())
        (folder / "line.txt").write_text(checkpoints.witness_line(newest))
        (folder / "whole.json").write_text(json.dumps(checkpoints.document(newest)))
    return folder


def verified(*words: str) -> tuple[int, str]:
    """How the command ended and everything it said."""
    said, status = io.StringIO(), 0
    try:
        call_command("verify_case_file", *words, stdout=said, stderr=said)
    except SystemExit as ended:
        status = ended.code
    return status, said.getvalue()


@contextmanager
def changed(source: Path, target: Path):
    """A copy of a PDF that somebody opens, changes and saves."""
    with pikepdf.open(source) as document:
        yield document
        document.save(target)


def test_a_copy_that_nobody_touched_is_found_whole_without_a_database(left):
    status, said = verified(str(left / "copy.pdf"))
    facts = json.loads((left / "facts.json").read_text())
    assert status == 0
    assert said.startswith(f"Copy {facts['paper']} of {facts['case']}\n")
    assert said.endswith("The pages, the files inside and the history are those that were signed.\n")


def test_what_is_found_can_be_read_by_a_program(left):
    status, said = verified(str(left / "copy.pdf"), "--json")
    told = json.loads(said)
    assert (status, told["faults"]) == (0, [])
    # Reported, read, triaged, threshold, case opened, part opened, asked; the part: opened, asked.
    assert [one["last"] for one in told["records"]] == [7, 2]


@pytest.mark.parametrize("kept", ["line.txt", "whole.json"])
def test_a_witness_who_keeps_a_checkpoint_can_compare_it(left, kept):
    assert verified(str(left / "copy.pdf"), "--checkpoint", str(left / kept))[0] == 0


def test_another_word_on_a_page_is_found(left, tmp_path):
    with changed(left / "copy.pdf", tmp_path / "x.pdf") as document:
        page = document.pages[0]
        content = page.Contents.read_bytes()
        page.Contents = document.make_stream(content.replace(b"Tj", b"TJ", 1) + b"\n% one more word")
    assert verified(str(tmp_path / "x.pdf"))[1].endswith("The pages were changed after the copy was made.\n")


def test_a_page_taken_out_is_found(left, tmp_path):
    with changed(left / "copy.pdf", tmp_path / "x.pdf") as document:
        del document.pages[2]
    assert verified(str(tmp_path / "x.pdf"))[0] == 1


def test_saving_it_again_without_a_change_is_no_change(left, tmp_path):
    with changed(left / "copy.pdf", tmp_path / "x.pdf"):
        pass
    assert verified(str(tmp_path / "x.pdf"))[0] == 0


def attached(document, name: str, change) -> None:
    """Puts another content in place of a file inside."""
    held = document.attachments[name]
    content = change(held.get_file().read_bytes())
    del document.attachments[name]
    document.attachments[name] = pikepdf.AttachedFileSpec(document, content, filename=name)


def line_three(content: bytes) -> bytes:
    told = json.loads(content)
    told["records"][0]["lines"][2]["verb"] = "concern.forgotten"
    return json.dumps(told).encode()


def without_the_last(content: bytes) -> bytes:
    told = json.loads(content)
    told["records"][0]["lines"].pop()
    return json.dumps(told).encode()


def another_fingerprint(content: bytes) -> bytes:
    told = json.loads(content)
    told["records"][0]["lines"][-1]["hash"] = "f" * 64
    return json.dumps(told).encode()


def first_two_changed_about(content: bytes) -> bytes:
    told = json.loads(content)
    lines = told["records"][0]["lines"]
    lines[0], lines[1] = lines[1], lines[0]
    return json.dumps(told).encode()


def another_root(content: bytes) -> bytes:
    told = json.loads(content)
    told["contents"]["checkpoint"]["root"] = "0" * 64
    return json.dumps(told).encode()


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("history.json", line_three, "Line 3 of the history of {} is not the one that was written."),
        ("history.json", without_the_last, "The history of {} does not end at line 7 as the list of contents says."),
        ("history.json", line_three, "The file history.json was changed."),
        ("manifest.json", another_root, "The list of contents was changed: its signature does not fit."),
        ("manifest.json", another_root, "was not signed with the key of this copy."),
    ],
)
def test_a_changed_file_inside_is_found(left, tmp_path, name, change, sentence):
    with changed(left / "copy.pdf", tmp_path / "x.pdf") as document:
        concern = json.loads(document.attachments["manifest.json"].get_file().read_bytes())["contents"]["records"][0]
        attached(document, name, change)
    status, said = verified(str(tmp_path / "x.pdf"))
    assert status == 1
    assert sentence.format(concern["ref"]) in said


def test_a_masked_copy_holds_each_line_by_its_fingerprint_and_is_checked_by_that(left, tmp_path):
    status, said = verified(str(left / "masked.pdf"), "--checkpoint", str(left / "whole.json"))
    assert status == 0
    assert "Each line is here by its fingerprint alone, since a name is left out" in said
    with changed(left / "masked.pdf", tmp_path / "x.pdf") as document:
        attached(document, "history.json", another_fingerprint)
    status, said = verified(str(tmp_path / "x.pdf"))
    assert status == 1
    assert "does not end at line" in said
    assert "The file history.json was changed." in said


def test_a_line_out_of_its_place_in_a_masked_copy_is_found(left, tmp_path):
    with changed(left / "masked.pdf", tmp_path / "x.pdf") as document:
        attached(document, "history.json", first_two_changed_about)
    assert "Line 1 of the history of" in verified(str(tmp_path / "x.pdf"))[1]


def test_a_file_put_in_and_a_file_taken_out_are_found(left, tmp_path):
    with changed(left / "copy.pdf", tmp_path / "x.pdf") as document:
        document.attachments["more.txt"] = b"And another thing."
        del document.attachments["history.json"]
    said = verified(str(tmp_path / "x.pdf"))[1]
    assert "The file more.txt was put in afterwards." in said
    assert "The file history.json was taken out." in said


def test_a_checkpoint_that_holds_another_history_is_found(left, tmp_path):
    kept = json.loads((left / "whole.json").read_text())
    concern = json.loads(verified(str(left / "copy.pdf"), "--json")[1])["records"][0]["ref"]
    kept["leaves"] = [
        [ref, 7, "f" * 64] if ref == concern else [ref, seq, digest] for ref, seq, digest in kept["leaves"]
    ]
    (tmp_path / "other.json").write_text(json.dumps(kept))
    status, said = verified(str(left / "copy.pdf"), "--checkpoint", str(tmp_path / "other.json"))
    assert status == 1
    assert f"Line 7 of the history of {concern} is not the one that the witness's checkpoint holds." in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Dear Sir or Madam", "This is not a PDF that can be read."),
        (None, "cannot be read."),
    ],
)
def test_what_is_no_case_file_is_said_in_one_sentence(tmp_path, content, sentence):
    if content:
        (tmp_path / "x.pdf").write_bytes(content)
    status, said = verified(str(tmp_path / "x.pdf"))
    assert status == 2
    assert said.strip().endswith(sentence)


def test_a_pdf_of_somebody_else_is_no_case_file(tmp_path):
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(tmp_path / "x.pdf")
    status, said = verified(str(tmp_path / "x.pdf"))
    assert (status, said.strip()) == (
        2, "This PDF has no list of contents inside, so it is no case file that Daybook made.",
    )  # fmt: skip


def test_a_list_of_contents_that_is_none_is_no_case_file(left, tmp_path):
    with changed(left / "copy.pdf", tmp_path / "x.pdf") as document:
        attached(document, "manifest.json", lambda content: b"[1, 2]")
    assert verified(str(tmp_path / "x.pdf"))[0] == 2


def test_the_file_is_readable_by_nobody_but_who_asked(left):
    assert (left / "copy.pdf").stat().st_mode & 0o777 == 0o600


@pytest.fixture
def case(cast, at):
    return case_with(cast, at=at)


def refused(ref, tmp_path, **changes) -> tuple[str, int]:
    with pytest.raises(CommandError) as ended:
        call_command("print_case_file", ref, **ASKED_OF | {"out": str(tmp_path / "copy.pdf")} | changes)
    return str(ended.value), ended.value.returncode


@pytest.mark.django_db
def test_the_command_leaves_the_three_lines_of_a_copy(case, tmp_path):
    call_command("print_case_file", case.ref, **ASKED_OF, out=str(tmp_path / "copy.pdf"), stdout=io.StringIO())
    assert states.lines(case)[-3:] == ["paper.asked", "paper.ready", "paper.fetched"]
    paper = Paper.objects.get()
    assert proof.fingerprint((tmp_path / "copy.pdf").read_bytes()) == paper.sha256
    assert states.words(paper).recipient == "Harriet Lowe"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"by": "nobody@oakfield.example"}, "There is no account “nobody@oakfield.example”."),
        ({"by": "dot.evans@oakfield.example"}, "You cannot decide this: a witness"),
        ({"audience": "press"}, "Choose one of the kinds of copy and one of the legal grounds shown."),
        ({"ground": "curiosity"}, "Choose one of the kinds of copy and one of the legal grounds shown."),
        ({"destroy_by": "soon"}, "“soon” is not a day: write it as 2026-12-21."),
        ({"purpose": " "}, "Say in --purpose what the copy is needed for."),
    ],
)
def test_the_command_refuses_in_one_sentence(case, tmp_path, changes, sentence):
    said, status = refused(case.ref, tmp_path, **changes)
    assert (said.startswith(sentence), status) == (True, 2)
    assert not (tmp_path / "copy.pdf").exists()
    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_to_somebody_from_whom_it_is_hidden_the_command_says_what_it_says_of_nothing(case, tmp_path):
    hidden = refused(case.ref, tmp_path, by="sam.field@oakfield.example")
    absent = refused("K-0000-0000", tmp_path, by="sam.field@oakfield.example")
    assert hidden[0].replace(case.ref, "REF") == absent[0].replace("K-0000-0000", "REF")


@pytest.mark.django_db
def test_the_command_writes_over_nothing(case, tmp_path):
    (tmp_path / "copy.pdf").write_text("something else")
    assert refused(case.ref, tmp_path)[0].endswith("is there already, or its folder is not.")
    assert (tmp_path / "copy.pdf").read_text() == "something else"


@pytest.mark.django_db
def test_one_part_is_printed_by_its_own_reference(cast, at, tmp_path):
    case_with(cast, "conduct", at=at)
    part = workflow.Part.objects.get()
    said = io.StringIO()
    options = ASKED_OF | {"by": "hugh.bannerman@oakfield.example", "out": str(tmp_path / "part.pdf"), "json": True}
    call_command("print_case_file", part.ref.lower(), **options, stdout=said)
    told = json.loads(said.getvalue())
    assert (told["paper"], told["sha256"]) == (Paper.objects.get().ref, Paper.objects.get().sha256)
    assert states.lines(part)[-1] == "paper.fetched"
    assert jobs.print_paper.func(str(Paper.objects.get().pk)) is None
