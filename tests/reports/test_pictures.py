"""Pictures of evidence are drawn again before paper shows them, and what cannot be shown is said in words."""

import hashlib
import io
import subprocess
import uuid
from dataclasses import replace
from types import SimpleNamespace

import pikepdf
import pytest
from PIL import Image

from incidents.models import Evidence
from incidents.workflow import reporting
from reports import building, jobs, originals, pdf, pictures, proof, workflow
from reports.models import Paper
from reports.pictures import GONE, NOT_READABLE, TOO_LARGE
from schools import files, ledger, references, sealing
from tests import states
from tests.reports.casefile_example import EXAMPLE
from tests.reports.papers import ASKING

SECRET = b"51.5007 north, 0.1246 west"


def made(kind: str, size=(40, 20), **how) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", size, "#0b5c5c").save(held, kind, **how)
    return held.getvalue()


def photograph() -> bytes:
    """A photograph held sideways, with where it was taken hidden in it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, SECRET.decode()  # turned by a quarter; a description
    return made("JPEG", exif=exif)


def drawn(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(pdf.safe_pictures({"one": content})["one"]))


def test_a_picture_is_drawn_again_upright_as_jpeg_with_nothing_hidden_in_it():
    received = photograph()
    assert SECRET in received
    safe = pdf.safe_pictures({"one": received})["one"]
    shown = Image.open(io.BytesIO(safe))
    assert (shown.format, shown.size) == ("JPEG", (20, 40))
    assert SECRET not in safe
    assert not shown.getexif()


def test_a_large_picture_is_made_as_large_as_a_page_shows_and_a_clear_one_stands_on_white():
    assert drawn(made("PNG", (2480, 1000))).size == (1240, 500)
    clear = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(clear, "PNG")
    assert drawn(clear.getvalue()).getpixel((4, 4)) == (255, 255, 255)


def test_the_same_picture_is_drawn_the_same_each_time():
    assert pdf.safe_pictures({"one": photograph()}) == pdf.safe_pictures({"one": photograph()})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        made("PNG")[:60],
        made("GIF"),
        made("PNG", (20_000, 20_000)),
    ],
    ids=["nothing", "pdf", "svg", "torn", "gif", "unfolds without end"],
)
def test_what_is_no_picture_of_ours_is_left_out_and_the_others_are_drawn(content):
    assert list(pdf.safe_pictures({"bad": content, "good": made("PNG")})) == ["good"]


@pytest.fixture
def kept(cast, at):
    """Keeps a file as evidence of a concern, as if it had been received."""
    concern = states.reported(cast, at=at)

    def keep(content: bytes, **changed) -> Evidence:
        row = Evidence(id=uuid.uuid4(), record=concern.record, received_at=at)
        row.ref = references.new("evidence")
        row.stored_as, row.stored_sha256 = files.seal_item(row.pk, content, record=concern.record)
        row.sha256, row.size, row.kind = hashlib.sha256(content).hexdigest(), len(content), "image/png"
        for name, value in changed.items():
            setattr(row, name, value)
        sealing.seal(concern.record, row, name="screen.png")
        ledger.record("evidence.added", concern.record, row, by=cast.tom, at=at)
        return row

    return keep


def file_with(*rows: Evidence):
    items = [
        replace(EXAMPLE.evidence[0], number=n, reference=row.ref, sha256=row.sha256, picture=f"casefile:evidence/{n}")
        for n, row in enumerate(rows, start=1)
    ]
    return replace(EXAMPLE, evidence=tuple(items))


@pytest.mark.django_db
def test_each_picture_that_cannot_be_shown_says_why_and_the_rest_are(kept, settings):
    good = kept(made("PNG"))
    torn = kept(made("PNG")[:60])
    large = kept(made("PNG"), size=20 * 1024**2 + 1)
    other = kept(made("PNG"), sha256="0" * 64)
    lost = kept(made("PNG"), stored_as="aa/nothing")
    file, bundle = pictures.drawn(file_with(good, torn, large, other, lost))
    assert [item.not_shown for item in file.evidence] == ["", NOT_READABLE, TOO_LARGE, GONE, GONE]
    assert [item.picture for item in file.evidence] == ["casefile:evidence/1", "", "", "", ""]
    assert {address: kind for address, (_, kind) in bundle.items()} == {"casefile:evidence/1": "image/jpeg"}


@pytest.mark.django_db
def test_a_file_whose_key_was_destroyed_is_not_shown(kept):
    row = kept(made("PNG"))
    files.erase_item(row.pk, row.stored_as)
    file, bundle = pictures.drawn(file_with(row))
    assert ([item.not_shown for item in file.evidence], bundle) == ([GONE], {})


@pytest.mark.django_db
def test_a_copy_shows_the_picture_described_with_its_fingerprint_and_is_the_same_made_again(cast, at):
    case = states.in_case(cast, at=at)
    sent = photograph()
    uploads = [states.upload(cast.dee, "Dinner hall.jpg", sent), states.upload(cast.dee, "Talk.mp4", b"no film")]
    concern = case.record.concern
    reporting.add_evidence(concern, by=cast.dee, at=at + 5 * states.HOUR, files=uploads, how_seen="public")
    paper = workflow.ask_for_paper(case, by=cast.harriet, at=at + 6 * states.HOUR, **ASKING)
    printed = jobs.made(paper)
    assert jobs.made(Paper.objects.get(pk=paper.pk)) == printed
    with pikepdf.open(io.BytesIO(printed)) as opened:
        figures = [thing for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing]
        assert [str(one.Alt) for one in figures] == ["Nobody has described in words what this picture shows."]
        images = [thing for thing in opened.objects if isinstance(thing, pikepdf.Stream) and "/Width" in thing]
        assert [(int(one.Width), int(one.Height)) for one in images] == [(20, 40)]
        assert [SECRET in one.read_raw_bytes() for one in images] == [False]
        assert sorted(opened.attachments) == ["evidence-1.jpg", "history.json", "manifest.json"]
        inside = opened.attachments["evidence-1.jpg"].get_file().read_bytes()
        assert inside != sent
        assert SECRET in sent
        assert SECRET not in inside
        assert str(opened.attachments["evidence-1.jpg"].obj.AFRelationship) == "/Source"
    assert proof.check(printed).faults == []
    text = subprocess.run(["pdftotext", "-raw", "-", "-"], input=printed, capture_output=True).stdout.decode()
    assert hashlib.sha256(sent).hexdigest() in "".join(text.split())
    words = " ".join(text.split())
    assert "Not shown here It is no picture that paper can show." in words
    assert "Inside this PDF, drawn again without hidden data, as evidence-1.jpg." in words
    assert "The 2 files of evidence as received What was received stays in Daybook" in words


@pytest.mark.django_db
def test_a_copy_for_the_police_or_a_court_carries_the_picture_as_received_and_says_so(cast, at):
    case = states.in_case(cast, at=at)
    sent, hour = photograph(), states.HOUR
    uploads = [states.upload(cast.dee, "Dinner hall.jpg", sent)]
    reporting.add_evidence(case.record.concern, by=cast.dee, at=at + 5 * hour, files=uploads, how_seen="public")
    asking = ASKING | {"audience": "originals"}
    printed = jobs.made(workflow.ask_for_paper(case, by=cast.harriet, at=at + 6 * hour, **asking))
    with pikepdf.open(io.BytesIO(printed)) as opened:
        assert opened.attachments["evidence-1.jpg"].get_file().read_bytes() == sent
    text = subprocess.run(["pdftotext", "-raw", "-", "-"], input=printed, capture_output=True).stdout.decode()
    words = " ".join(text.split())
    assert "Inside this PDF, exactly as received, as evidence-1.jpg." in words
    assert "The police officer or the court it was made for" in words


@pytest.mark.django_db
def test_a_copy_says_what_a_picture_shows_and_everything_that_was_done_with_it(cast, at):
    case, hour = states.in_case(cast, at=at), states.HOUR
    concern = case.record.concern
    sent = [states.upload(cast.dee, "Wall.png", made("PNG"))]
    reporting.add_evidence(concern, by=cast.dee, at=at + 5 * hour, files=sent, how_seen="public", seen_at=at)
    (item,) = Evidence.objects.filter(record=concern.record)
    reporting.describe_evidence(concern, by=cast.harriet, at=at + 6 * hour, file=item, shows="A green wall.")
    first = workflow.ask_for_paper(case, by=cast.harriet, at=at + 7 * hour, **ASKING)
    jobs.keep(first, b"%PDF", at=at + 8 * hour)
    workflow.fetch_paper(Paper.objects.get(pk=first.pk), by=cast.harriet, at=at + 9 * hour, promise="yes")
    second = workflow.ask_for_paper(case, by=cast.harriet, at=at + 10 * hour, **ASKING)
    (shown,) = building.case_file(second).evidence
    assert shown.description == "A green wall."
    assert [(one.at - at, one.what) for one in shown.custody] == [
        (0 * hour, "Captured by Dee Marsh."),
        (5 * hour, "Received from Dee Marsh; fingerprinted and put away encrypted."),
        (6 * hour, "Described in words by Harriet Lowe."),
        (8 * hour, f"Drawn again for copy {first.ref}."),
        (9 * hour, f"Copy {first.ref} was fetched by Harriet Lowe."),
        (10 * hour, "Drawn again for this copy."),
    ]


@pytest.mark.django_db
def test_a_file_of_evidence_changed_inside_a_copy_is_found(cast, at):
    case = states.in_case(cast, at=at)
    concern, by = case.record.concern, cast.dee
    sent = [states.upload(by, "Wall.png", made("PNG"))]
    reporting.add_evidence(concern, by=by, at=at + 5 * states.HOUR, files=sent, how_seen="public")
    paper = workflow.ask_for_paper(case, by=cast.harriet, at=at + 6 * states.HOUR, **ASKING)
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(jobs.made(paper))) as opened:
        inside = opened.attachments["evidence-1.jpg"]
        opened.attachments["evidence-1.jpg"] = pikepdf.AttachedFileSpec(
            opened, made("JPEG", (41, 20)), filename="evidence-1.jpg", mime_type=inside.get_file().mime_type
        )
        opened.save(changed)
    assert proof.check(changed.getvalue()).faults == ["The file evidence-1.jpg was changed."]


@pytest.mark.django_db
def test_only_what_is_a_picture_and_fits_travels_inside(kept, monkeypatch):
    first, torn, second = kept(made("PNG")), kept(made("PNG")[:60]), kept(made("PNG", (44, 20)))
    file, _ = pictures.drawn(file_with(first, torn, second))
    carried, inside = originals.taken(file)
    assert [item.attached_as for item in carried.evidence] == ["evidence-1.png", "", "evidence-3.png"]
    assert inside == {"evidence-1.png": made("PNG"), "evidence-3.png": made("PNG", (44, 20))}
    assert carried.withheld[-1].what == "One file of evidence as received"
    monkeypatch.setattr(originals, "terms", lambda: SimpleNamespace(embedded_bytes=first.size, embedded_megabytes=0))
    carried, inside = originals.taken(file)
    assert list(inside) == ["evidence-1.png"]
    assert [item.not_attached for item in carried.evidence] == ["", "", originals.NO_ROOM]
    assert carried.withheld[-1].what == "2 files of evidence as received"
