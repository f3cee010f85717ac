"""The printed file keeps the promises it makes about itself, and the printer refuses what it cannot keep."""

import io
import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from reports import pdf, press
from reports.prose import Prose
from tests.reports.casefile_example import EXAMPLE, METADATA, attachments, paper, picture

ROOT = Path(__file__).parent.parent.parent
BOOKMARKS = [
    ("Contents", []),
    ("1. Summary and people", ["People in this file"]),
    ("2. What was reported", ["Concern C-7K4M-9TX2", "Concern C-2F8R-6WQ1"]),
    (
        "3. What happened, day by day",
        [
            "Tuesday 24 February 2026",
            "Wednesday 25 February 2026",
            "Thursday 26 February 2026",
            "Friday 27 February 2026",
            "Thursday 5 March 2026",
            "Monday 9 March 2026",
            "Friday 13 March 2026",
            "Friday 27 March 2026",
            "Sunday 29 March 2026",
            "Tuesday 31 March 2026",
        ],
    ),
    ("4. Decisions and their reasons", ["Not raised by the facts"]),
    ("5. Staff conduct", ["Rowan Ashdown-Keyes, PE technician"]),
    (
        "6. Getting it taken down",
        [
            "Copy 1: deleted by its author",
            "Copy 2: removed by the group administrator",
            "Copy 3: removed by the platform",
        ],
    ),
    ("7. Evidence", ["Evidence 1: ev16_threat_comment.png", "Evidence 2: PE dept group.jpg"]),
    (
        "8. What is kept, who may read it and until when",
        ["Support: Daniel Kettleborough", "Staff conduct: Rowan Ashdown-Keyes"],
    ),
    ("9. What is left out of this copy, and why", []),
    ("10. How to check this copy", ["Files inside this PDF"]),
]
FORBIDDEN_KEYS = {"/JavaScript", "/JS", "/Launch", "/OpenAction", "/AA", "/RichMedia", "/Encrypt", "/SubmitForm"}


@pytest.fixture(scope="module")
def printed() -> bytes:
    return paper()


@pytest.fixture
def opened(printed):
    with pikepdf.open(io.BytesIO(printed)) as document:
        yield document


def dictionaries(document):
    return [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)]


def test_it_claims_both_standards(opened):
    with opened.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Case file K-5WN8-3RYC"
        assert metadata["xmp:CreateDate"] == "2026-04-07T16:05:00Z"  # 17:05 in summer time


def test_the_claim_carries_the_schema_that_pdf_a_asks_for(opened):
    written = opened.Root.Metadata.read_bytes()
    assert written.count(b"<rdf:RDF") == 1
    assert written.count(b"</rdf:RDF>") == 1
    assert b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in written


def test_it_says_its_language_title_and_colours(opened):
    assert opened.Root.Lang == "en-GB"
    assert opened.Root.MarkInfo.Marked is True
    assert opened.Root.ViewerPreferences.DisplayDocTitle is True
    assert [intent.S for intent in opened.Root.OutputIntents] == ["/GTS_PDFA1"]
    assert opened.Root.OutputIntents[0].DestOutputProfile.read_bytes()[36:40] == b"acsp"  # an ICC profile


def test_every_typeface_is_inside(opened):
    fonts = [thing for thing in dictionaries(opened) if thing.get("/Type") == "/FontDescriptor"]
    assert len(fonts) >= 2
    assert {str(font.FontName).split("+")[1][:20] for font in fonts} == {"Atkinson-Hyperlegibl"}
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_in_any_alphabet_we_carry_prints_as_it_is_written_from_our_own_typefaces(form, tmp_path):
    names = "Ŵyn Llŷr, Nguyễn, Ольга, Ελένη"
    typed = unicodedata.normalize(form, names)  # as one key gives it, and as a letter and its accent apart
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper(context={"file": replace(EXAMPLE, title=typed, summary=Prose(typed))}))
    with pikepdf.open(path) as document:
        fonts = [thing for thing in dictionaries(document) if thing.get("/Type") == "/FontDescriptor"]
        # The title is bold and the summary is not. Atkinson Hyperlegible Extended is not used: it has none of these.
        assert {str(font.FontName).split("+")[1].removesuffix("-Bold") for font in fonts} == {
            "Atkinson-Hyperlegible",
            "Noto-Sans-Latin",
            "Noto-Sans-Vietnamese",
            "Noto-Sans-Cyrillic",
            "Noto-Sans-Greek",
        }
    read = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    assert read.count(names) == 2


def test_joining_a_letter_and_its_accent_leaves_the_mark_up_alone():
    assert press.readable("<b>\u0338e\u0301</b>") == "<b>\u0338\u00e9</b>"  # and not a sign made of the bracket


def test_every_file_inside_says_what_it_is_to_the_paper(opened):
    listed = {str(piece.UF): (str(piece.AFRelationship), piece.EF.F.read_bytes()) for piece in opened.Root.AF}
    assert listed == {
        "evidence-01.png": ("/Source", picture()),
        "history.json": ("/Data", b'[{"number": 17}]'),
        "manifest.json": ("/Data", b'{"record": "K-5WN8-3RYC"}'),
    }
    specifications = [thing for thing in dictionaries(opened) if thing.get("/Type") == "/Filespec"]
    assert len(specifications) == len(opened.Root.AF) == 3
    assert all("/AFRelationship" in piece for piece in specifications)
    assert list(opened.attachments) == ["evidence-01.png", "history.json", "manifest.json"]


def test_nothing_in_it_can_run_or_hide(opened):
    found = {key for thing in dictionaries(opened) for key in thing.keys()}  # noqa: SIM118 (not a Python dict)
    kinds = {str(thing.get("/S")) for thing in dictionaries(opened) if "/S" in thing}
    assert not FORBIDDEN_KEYS & (found | kinds)
    assert not opened.is_encrypted


def test_every_picture_is_described_and_every_link_prints(opened):
    figures = [thing for thing in dictionaries(opened) if thing.get("/S") == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == [
        "The comment under the video, with the name of the account masked."
    ]
    links = [link for page in opened.pages for link in page.get("/Annots", [])]
    assert links
    assert all(link.F == 4 and link.Contents for link in links)


def test_table_headings_are_tied_to_their_cells(opened):
    cells = [thing for thing in dictionaries(opened) if thing.get("/S") == "/TD"]
    assert len(cells) > 100
    assert all(cell.A.get("/Headers") for cell in cells)


def test_the_bookmarks_follow_the_headings(opened):
    with opened.open_outline() as outline:
        assert [(str(top.title), [str(under.title) for under in top.children]) for top in outline.root] == BOOKMARKS


def test_qpdf_finds_no_fault(printed, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(printed)
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_same_paper_is_the_same_bytes_in_this_process_and_in_the_child(printed):
    assert paper() == printed
    assert paper(pdf.render_in_child) == printed


def test_another_moment_is_another_paper(printed):
    assert paper(metadata=replace(METADATA, identifier="K-5WN8-3RYC/18")) != printed


@pytest.mark.parametrize("printer", [pdf.render, pdf.render_in_child])
def test_a_picture_that_is_not_in_the_bundle_stops_the_paper(printer):
    with pytest.raises(pdf.CannotPrintError, match="outside its bundle: casefile:evidence/1"):
        paper(printer, bundle={})


def test_a_picture_that_cannot_be_read_stops_the_paper():
    torn = picture()[:60]
    with pytest.raises(pdf.CannotPrintError, match="casefile:evidence/1 could not be printed"):
        paper(bundle={"casefile:evidence/1": (torn, "image/png")})


def test_a_picture_without_an_address_of_ours_stops_the_paper():
    relative = replace(EXAMPLE, evidence=(replace(EXAMPLE.evidence[0], picture="evidence.png"),))
    with pytest.raises(pdf.CannotPrintError, match=r"evidence\.png could not be printed"):
        paper(context={"file": relative})


def test_a_picture_without_a_description_stops_the_paper():
    bare = replace(EXAMPLE, evidence=(replace(EXAMPLE.evidence[0], description=""),))
    with pytest.raises(pdf.CannotPrintError, match="alt"):
        paper(context={"file": bare})


def test_a_picture_that_unfolds_without_end_stops_the_child():
    held = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(held, "PNG")
    assert len(held.getvalue()) < 100_000
    with pytest.raises(pdf.CannotPrintError):
        paper(pdf.render_in_child, bundle={"casefile:evidence/1": (held.getvalue(), "image/png")})


def test_a_paper_that_would_never_end_is_not_made(monkeypatch):
    monkeypatch.setattr(press, "MOST_PAGES", 3)
    with pytest.raises(pdf.CannotPrintError, match=r"The paper has \d+ pages; 3 is the most"):
        paper()


@pytest.mark.parametrize(
    ("address", "content", "kind"),
    [
        ("casefile:evidence/1", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        ("casefile:evidence/1", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png"),
        ("casefile:paper.css", b"body { display: none }", "text/css"),
        ("file:///etc/hostname", picture(), "image/png"),
    ],
)
def test_only_our_own_png_and_jpeg_enter_the_bundle(address, content, kind):
    with pytest.raises(pdf.CannotPrintError, match="not a PNG or JPEG picture of ours"):
        paper(bundle={address: (content, kind)})


@pytest.mark.parametrize(
    "names",
    [
        ["../manifest.json"],
        ["/etc/passwd"],
        ["a\\b.json"],
        ["con\u202egnp.json"],
        [".hidden.json"],
        ["x" * 100 + ".json"],
        ["unknown.kind"],
        ["same.json", "same.json"],
    ],
)
def test_a_name_that_could_land_elsewhere_is_refused(names):
    made = [replace(attachments()[0], name=name) for name in names]
    with pytest.raises(pdf.CannotPrintError, match="cannot be the name"):
        paper(attachments=made)


def test_files_inside_carry_the_day_they_were_made_in_universal_time(opened):
    stamps = {str(piece.EF.F.Params.ModDate) for piece in opened.Root.AF}
    assert stamps == {"D:20260407160500Z"}
    assert METADATA.made_at.astimezone(UTC) == datetime(2026, 4, 7, 16, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempt", "refused"),
    [
        ("open('/etc/hostname')", True),
        ("open(os.devnull, 'w')", True),
        ("open(press.__file__)", True),
        ("os.open('/etc/hostname', os.O_RDONLY)", True),
        ("socket.socket()", True),
        ("socket.getaddrinfo('localhost', 80)", True),
        ("subprocess.run(['true'])", True),
        ("os.system('true')", True),
        ("os.fork()", True),
        ("open(os.path.join(os.environ['TMPDIR'], 'font'), 'wb').close()", False),
        ("open(os.__file__).close()", False),
        ("open(os.__file__, 'a')", True),
    ],
)
def test_with_the_doors_shut_the_printer_opens_python_and_its_scratch_folder_only(attempt, refused, tmp_path):
    loaded = "import os, socket, subprocess\nfrom reports import press"
    program = f"{loaded}\npress.shut_the_doors({str(tmp_path)!r})\n{attempt}\n"
    surroundings = {"TMPDIR": str(tmp_path), "PATH": os.defpath}
    ended = subprocess.run(
        [sys.executable, "-B", "-c", program], cwd=ROOT, env=surroundings, capture_output=True, text=True
    )
    if refused:
        assert "PermissionError: The printer may not" in ended.stderr
    else:
        assert ended.returncode == 0, ended.stderr


def test_with_the_doors_shut_time_and_memory_are_limited(tmp_path):
    program = (
        "import resource\nfrom reports import press\n"
        f"press.shut_the_doors({str(tmp_path)!r})\n"
        "print(resource.getrlimit(resource.RLIMIT_CPU)[1], resource.getrlimit(resource.RLIMIT_AS)[1])"
    )
    ended = subprocess.run([sys.executable, "-B", "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert ended.stdout.split() == ["60", "1073741824"]


def stand_in(monkeypatch, folder, program: str) -> None:
    """Another program in the child's place."""
    path = folder / "printer"
    path.write_text(f"#!/bin/sh\n{program}\n")
    path.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(path))


def test_the_child_is_told_no_secret(monkeypatch, tmp_path):
    monkeypatch.setenv("ROOT_KEY", "a secret of ours")
    stand_in(monkeypatch, tmp_path, f"env > {tmp_path}/told; echo enough >&2; exit 2")
    with pytest.raises(pdf.CannotPrintError, match="enough"):
        paper(pdf.render_in_child)
    told = {line.split("=")[0] for line in (tmp_path / "told").read_text().splitlines()}
    assert told - {"PWD", "SHLVL", "OLDPWD", "_"} == {"TMPDIR", "HOME", "LANG", "PATH"}


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("kill -9 $$", "The printer stopped: signal 9"),
        ("echo MemoryError >&2; exit 1", "The printer stopped: MemoryError"),
        ("echo The picture is torn. >&2; exit 2", "^The picture is torn"),
    ],
)
def test_a_child_that_fails_is_reported_in_a_sentence(program, sentence, monkeypatch, tmp_path):
    stand_in(monkeypatch, tmp_path, program)
    with pytest.raises(pdf.CannotPrintError, match=sentence):
        paper(pdf.render_in_child)


def test_a_module_planted_beside_the_child_is_not_loaded(monkeypatch, tmp_path, printed):
    (tmp_path / "weasyprint.py").write_text("raise SystemExit('planted')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert paper(pdf.render_in_child) == printed
