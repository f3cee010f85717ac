"""Whatever anybody types into a record, making its paper opens no connection and no file, nor carries one's bytes."""

import io
import os
import subprocess
import sys
import sysconfig
import tempfile
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from itertools import cycle, islice
from pathlib import Path

import pikepdf
import pytest
from django.test import override_settings

from reports import pdf
from reports.casefile import CaseFile
from reports.prose import Prose
from tests.reports.casefile_example import EXAMPLE, METADATA, attachments, bundle, paper

FULL = os.environ.get("DAYBOOK_SIZE") == "full"
CANARY = b"canary-Qm7xWbT2LrVhKzN8sYcPdJ5fGeU3aEoX"
NOT_TEXT = {"standing", "authority", "answer", "picture"}
OURS = tuple(
    str(Path(path).resolve()) + os.sep
    for path in [
        *sysconfig.get_paths().values(),
        Path(pdf.__file__).parent,
        pdf.STATIC,
        pdf.STATIC.parent / "templates",
    ]
)
ENDLESS = '<table><td colspan="1000000" rowspan="1000000">'
VECTORS = [
    '<img src="{file}">',
    "<img src='{http}'>",
    '"><img src="{file}" alt="x">',
    "'><script src='{http}'></script>",
    '<script>fetch("{http}")</script>',
    '<link rel="stylesheet" href="{http}">',
    '<link rel="attachment" href="{file}">',
    '<a rel="attachment" href="{file}">open</a>',
    '<a href="javascript:alert(1)">open</a>',
    '<a href="{file}">open</a>',
    "</title><link rel=attachment href={file}>",
    '<style>@import url("{http}");</style>',
    '<style>body {{ background: url("{file}") }}</style>',
    '<style>@font-face {{ font-family: x; src: url("{http}") }}</style>',
    '<style>@page {{ background: url("{http}") }}</style>',
    '<style>p::before {{ content: url("{file}") }}</style>',
    '<style>li {{ list-style-image: url("{file}") }}</style>',
    '<style>@color-profile --x {{ src: url("{file}") }}</style>',
    '</style><p style="background-image: url({file})">',
    '<p style="border-image-source: url({http})">',
    '<object data="{file}" type="image/svg+xml"></object>',
    '<embed src="{file}">',
    '<iframe src="{file}"></iframe>',
    '<input type="image" src="{http}">',
    '<video poster="{http}" src="{http}"></video>',
    '<picture><source srcset="{http}"><img src="{http}"></picture>',
    '<base href="{http}"><img src="x.png">',
    '<meta http-equiv="refresh" content="0; url={http}">',
    '<meta name="dcterms.created" content="1999-01-01">',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{file}" width="9" height="9"/></svg>',
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="{file}#a"/></svg>',
    '<svg><style>@import "{http}";</style></svg>',
    '<svg><foreignObject><img src="{file}"></foreignObject></svg>',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "{file}">]><x>&e;</x>',
    '<?xml-stylesheet href="{http}"?>',
    '<xi:include href="{file}" parse="text" xmlns:xi="http://www.w3.org/2001/XInclude"/>',
    "<!-- --><img src={file}>",
    "<![CDATA[<img src={file}>]]>",
    "</p></td></tr></table><img src={http}>",
    "url({file}) {file} {http} data:text/html,<img src={http}>",
    "&lt;img src={file}&gt; &#60;img src={http}&#62; \\3cimg src={file}\\3e",
    "{{% include '{path}' %}} {{{{ settings.SECRET_KEY }}}} {{% load static %}}",
    "casefile:evidence/999 casefile:../../../{path}",
    "<img src='casefile:paper.css'><img src=//127.0.0.1:9/x><img src=ftp://127.0.0.1/x>",
    "\x00<img src={file}>\ud800\u202e\u2066<img src={http}>",
]


class Watch:
    """Keeps every socket, program and file that was opened while it was on."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.on = False
        sys.addaudithook(self.notice)

    def notice(self, event, details) -> None:
        if not self.on:
            return
        if event.startswith(("socket.", "urllib.", "subprocess.", "os.system", "os.exec")):
            self.seen.append(f"{event} {details}")
        if event == "open" and not isinstance(details[0], int):
            path = os.path.realpath(os.fsdecode(details[0]))
            if not path.startswith((*OURS, os.path.join(os.path.realpath(tempfile.gettempdir()), "weasyprint-"))):
                self.seen.append(path)

    def __enter__(self) -> "Watch":
        self.seen, self.on = [], True
        return self

    def __exit__(self, *ended) -> None:
        self.on = False


@pytest.fixture(scope="module")
def watch():
    """Set up after one paper was made, so that what it sees is the paper and not Python loading its modules."""
    printed_with(cycle(["an ordinary word"]))
    return Watch()


@pytest.fixture
def vectors(tmp_path) -> list[str]:
    canary = tmp_path / "canary.txt"
    canary.write_bytes(CANARY)
    places = {"file": canary.as_uri(), "path": str(canary), "http": "http://127.0.0.1:9/canary"}
    return [vector.format(**places) for vector in VECTORS] + [ENDLESS]


def typed(thing, texts):
    """The same case file with every text in it replaced by the next of the texts."""
    if isinstance(thing, Prose):
        return Prose(next(texts))
    if isinstance(thing, str):
        return next(texts)
    if isinstance(thing, tuple):
        return tuple(typed(piece, texts) for piece in thing)
    if is_dataclass(thing):
        kept = {field.name: getattr(thing, field.name) for field in fields(thing)}
        return type(thing)(**{n: value if n in NOT_TEXT else typed(value, texts) for n, value in kept.items()})
    return thing


def one_of_each(file: CaseFile) -> CaseFile:
    """A short file in which nevertheless every kind of thing stands."""
    lists = {field.name: getattr(file, field.name) for field in fields(file)}
    return replace(file, **{name: value[-2:] for name, value in lists.items() if isinstance(value, tuple)})


def printed_with(texts, printer=pdf.render) -> bytes:
    short = one_of_each(replace(EXAMPLE, evidence=EXAMPLE.evidence[:1]))
    context = {"file": typed(short, texts)}
    inside = [replace(piece, description=next(texts)) for piece in attachments()]
    metadata = replace(METADATA, title=next(texts), author=next(texts), description=next(texts))
    printed = printer(template="paper/case_file.html", context=context, bundle=bundle(), metadata=metadata)
    return pdf.with_files(printed, inside)


def carries(document: bytes, wanted: bytes) -> bool:
    """Whether the bytes stand anywhere in the file, packed or not."""
    with pikepdf.open(io.BytesIO(document)) as opened:
        streams = [thing.read_bytes() for thing in opened.objects if isinstance(thing, pikepdf.Stream)]
    return any(wanted in piece for piece in [document, *streams])


def shifts() -> range:
    """Moving the list by one puts another vector into each field: all of them in full, seven in an ordinary run."""
    return range(0, len(VECTORS), 1 if FULL else 7)


def test_there_are_enough_ways_in():
    assert len(VECTORS) >= 30
    assert len(set(VECTORS)) == len(VECTORS)


@pytest.mark.parametrize("shift", shifts())
def test_typed_text_opens_nothing_and_stays_text(shift, vectors, watch):
    with watch:
        document = printed_with(islice(cycle(vectors), shift, None))
    assert watch.seen == []
    assert not carries(document, CANARY)
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert sorted(opened.attachments) == ["evidence-01.png", "history.json", "manifest.json"]
        actions = [link.A for page in opened.pages for link in page.get("/Annots", []) if "/A" in link]
        assert actions == []
        images = [
            thing for thing in opened.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]
        assert len(images) == 1


def test_every_vector_is_readable_on_the_paper(vectors):
    shown = [vector for vector in vectors if vector.isprintable()]
    file = replace(EXAMPLE, summary=Prose("\n\n".join(shown)))
    document = paper(context={"file": file})
    text = subprocess.run(["pdftotext", "-raw", "-", "-"], input=document, capture_output=True).stdout.decode()
    squeezed = "".join(text.split())
    assert len(shown) == len(vectors) - 1
    assert [vector for vector in shown if "".join(vector.split()) not in squeezed] == []


def test_the_child_prints_them_too(vectors):
    texts = cycle(vectors)
    document = printed_with(texts, pdf.render_in_child)
    assert document == printed_with(cycle(vectors))


@pytest.mark.parametrize("number", range(len(VECTORS)))
def test_even_markup_that_was_not_escaped_opens_nothing(number, vectors, watch):
    """The second wall: a template of ours that forgot to escape."""
    raw = f"<html lang='en'><title>x</title><body>{vectors[number]}"
    loaders = [
        ("django.template.loaders.locmem.Loader", {"raw.html": "{% autoescape off %}{{ raw }}{% endautoescape %}"})
    ]
    engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": loaders}}
    document = b""
    with override_settings(TEMPLATES=[engine]), watch, suppress(pdf.CannotPrintError):
        document = pdf.render(template="raw.html", context={"raw": raw}, bundle={}, metadata=METADATA)
    assert watch.seen == []
    assert CANARY not in document
    assert not document or not carries(document, CANARY)


def test_the_watch_sees_what_a_printer_without_walls_does(vectors, watch):
    import weasyprint

    with watch:
        document = weasyprint.HTML(string=f"<title>x</title>{vectors[6]}").write_pdf()
    assert [Path(seen).name for seen in watch.seen if not seen.startswith("urllib")] == ["canary.txt"]
    assert carries(document, CANARY)


def test_no_template_of_a_paper_turns_escaping_off():
    for path in sorted((pdf.STATIC.parent / "templates" / "paper").rglob("*.html")):
        words = path.read_text()
        assert not any(door in words for door in ("|safe", "autoescape", "safeseq", "<script", "style=", "data:")), path
