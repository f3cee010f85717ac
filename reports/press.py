"""The printer itself: lays out one paper or makes safe pictures, out of what it is handed, and opens nothing else.

Run as a program it is the child that `pdf` starts: one job on standard input, its result on standard output. It loads
nothing of ours, so that what it may read can be closed to it.
"""

import base64
import gc
import hashlib
import io
import json
import logging
import os
import re
import resource
import sys
import sysconfig
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

MOST_PAGES = 2000
MOST_SECONDS = 60
MOST_MEMORY = 1024**3
MOST_OUTPUT = 512 * 1024**2
PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
# As large as a page shows sharply, and no larger.
PICTURE_WIDTH, PICTURE_HEIGHT, PICTURE_QUALITY = 1240, 1600, 82
MOST_PIXELS = 50_000_000
COLLECT_AFTER = (50_000, 50, 1000)  # objects and rounds: so seldom that memory grows by a twentieth
# A letter, so that no sign of the mark-up is ever joined to a mark behind it.
APART = re.compile(r"[^\W\d_][\u0300-\u036f]+")
REFUSED_EVENTS = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "urllib.", "ctypes.")
# The claim, and the schema that PDF/A asks for whenever metadata beyond its own list is used.
UA_CLAIM = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document was made</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""


class CannotPrintError(Exception):
    """The paper was not made; the message says why in one sentence."""


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What the PDF says about itself.

    identifier: fixed text that is the same whenever the same paper is made again. made_at: with zone.
    """

    title: str
    author: str
    description: str
    identifier: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class Job:
    """Everything a rendering may know. bundle: address to bytes and media type."""

    html: str
    bundle: dict[str, tuple[bytes, str]]
    metadata: Metadata


def lay_out(job: Job) -> bytes:
    """Lay out and write; once more with characters that no typeface holds written out by name."""
    import weasyprint

    _refuse_broken_pictures(job.bundle)
    fetcher = _closed_fetcher(job.bundle)
    pictures: dict[str, Any] = {}
    with _strictly(), _swiftly():
        try:
            source = weasyprint.HTML(string=job.html, base_url=None, url_fetcher=fetcher)
            document = source.render(pdf_variant="pdf/a-3a", cache=pictures)
            _refuse_missing_pictures(source, pictures)
            if len(document.pages) > MOST_PAGES:
                raise CannotPrintError(f"The paper has {len(document.pages)} pages; {MOST_PAGES} is the most.")
            printed = _written(document, job)
        except weasyprint.urls.FatalURLFetchingError as refused:
            raise CannotPrintError(f"The paper asked for something outside its bundle: {refused}.") from refused
    unprintable = frozenset(chr(code) for font in document.fonts.values() for code in font.missing)
    return lay_out(replace(job, html=readable(job.html, unprintable))) if unprintable else printed


def _written(document: Any, job: Job) -> bytes:
    made = job.metadata
    document.metadata.title, document.metadata.authors = made.title, [made.author]
    document.metadata.description, document.metadata.generator = made.description, "Daybook"
    document.metadata.created = document.metadata.modified = made.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    plain = document.metadata.generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *claim: plain(*claim).replace(b"</rdf:RDF>", UA_CLAIM)
    return document.write_pdf(
        pdf_variant="pdf/a-3a",
        pdf_identifier=hashlib.sha256(made.identifier.encode()).digest()[:16],
    )


def _refuse_broken_pictures(bundle: dict[str, tuple[bytes, str]]) -> None:
    """A torn picture would be embedded as it is, and one that unfolds without end would stop the school's computer."""
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # importing WeasyPrint had turned it on for everybody
    for address, (content, kind) in bundle.items():
        if kind in PICTURES:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                try:
                    Image.open(io.BytesIO(content), formats=("PNG", "JPEG")).load()
                except Exception as broken:
                    raise CannotPrintError(f"The picture {address} could not be printed: {broken}.") from broken


def _refuse_missing_pictures(source: Any, pictures: dict[str, Any]) -> None:
    """A picture without an address of ours would leave a gap without an error, so each one asked for is looked up."""
    wanted = {image.get("src") for image in source.etree_element.iter("img")}
    missing = sorted(str(address) for address in wanted if pictures.get(address) is None)
    if missing:
        raise CannotPrintError(f"The picture {missing[0]} could not be printed.")


def _closed_fetcher(bundle: dict[str, tuple[bytes, str]]) -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class BundleFetcher(URLFetcher):
        """Gives what is in the bundle and stops the rendering at anything else."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=frozenset({"casefile"}), allow_redirects=False, fail_on_errors=True)

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url not in bundle:
                raise FatalURLFetchingError(url[:200])
            content, kind = bundle[url]
            return URLFetcherResponse(url, body=content, headers={"Content-Type": kind})

    return BundleFetcher()


@contextmanager
def _strictly() -> Iterator[None]:
    """What the printer would only have logged as an error stops the paper instead."""
    complaints: list[str] = []
    listener = logging.Handler(level=logging.ERROR)
    listener.emit = lambda record: complaints.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "unclosed file.*sRGB2014.icc", ResourceWarning)
            yield
    finally:
        logger.removeHandler(listener)
    if complaints:
        raise CannotPrintError(f"The paper could not be printed as meant: {complaints[0]}.")


@contextmanager
def _swiftly() -> Iterator[None]:
    """A long paper spends a fifth of its time looking for rubbish that is none, and listing its pages for every tag."""
    import pydyf

    before, listing = gc.get_threshold(), pydyf.PDF.page_references
    gc.set_threshold(*COLLECT_AFTER)
    pydyf.PDF.page_references = property(_page_references)
    try:
        yield
    finally:
        pydyf.PDF.page_references = listing
        gc.set_threshold(*before)


def _page_references(document: Any) -> tuple[bytes, ...]:
    """The pages of a PDF as its tags point to them, listed anew only when there are more of them."""
    kids = document.pages["Kids"]
    if document.__dict__.get("listed_pages") != len(kids):
        document.listed_pages = len(kids)
        document.listed = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
    return document.listed


def safe_pictures(received: dict[str, bytes]) -> dict[str, bytes]:
    """Pictures drawn again as plain JPEG, upright and without anything hidden in them; one that cannot be is left out.

    received: files as somebody sent them, by a name of ours.
    """
    drawn = {name: _drawn_again(content) for name, content in received.items()}
    return {name: picture for name, picture in drawn.items() if picture}


def _drawn_again(content: bytes) -> bytes:
    from PIL import Image, ImageFile, ImageOps

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # importing WeasyPrint had turned it on for everybody
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            opened = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
            if opened.width * opened.height > MOST_PIXELS:
                return b""
            opened.draft("RGB", (PICTURE_WIDTH, PICTURE_HEIGHT))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
        except Exception:
            # Whatever is wrong with it, it is no picture that can be shown; the paper says so in words.
            return b""
    upright.thumbnail((PICTURE_WIDTH, PICTURE_HEIGHT))
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright.getchannel("A"))
    held = io.BytesIO()
    plain.save(held, "JPEG", quality=PICTURE_QUALITY)
    return held.getvalue()


def readable(html: str, unprintable: frozenset[str] = frozenset()) -> str:
    """Picture characters, controls and reversing marks are written out, so paper shows what a screen might hide.

    A letter typed apart from its accent is joined to it: our typefaces hold the two as one.
    """
    joined = APART.sub(lambda found: unicodedata.normalize("NFC", found[0]), html)
    return "".join(_spelled(char) if char in unprintable or _hides(char) else char for char in joined)


def _hides(char: str) -> bool:
    """A private, broken or control character, a mark that reverses text, or an emoji, which prints as a blank box."""
    if char < "\x7f":
        return char < " " and char not in "\t\n\r"
    return (
        unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"}
        or "\u202a" <= char <= "\u202e"
        or "\u2600" <= char <= "\u27bf"
        or "\U0001f000" <= char <= "\U0001faff"
    )


def _spelled(char: str) -> str:
    return f"[{unicodedata.name(char, f'character U+{ord(char):04X}').lower()}]"


def _unpacked(told: dict[str, Any]) -> Job:
    bundle = {address: (base64.b64decode(content), kind) for address, (content, kind) in told["bundle"].items()}
    made_at = datetime.fromisoformat(told["metadata"]["made_at"])
    return Job(html=told["html"], bundle=bundle, metadata=Metadata(**told["metadata"] | {"made_at": made_at}))


def shut_the_doors(scratch: str) -> None:
    """From here on this process can read Python's own files, write in its scratch folder, and nothing else."""
    for limit, most in (
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, MOST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    readable = tuple(str(Path(path).resolve()) + os.sep for path in sysconfig.get_paths().values())
    own = str(Path(scratch).resolve()) + os.sep

    def refuse(event: str, details: tuple[Any, ...]) -> None:
        if event.startswith(REFUSED_EVENTS):
            raise PermissionError(f"The printer may not do {event}")
        if event == "open" and not isinstance(details[0], int):
            path = os.path.realpath(os.fsdecode(details[0]))
            writes = details[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if not path.startswith(own) and (writes or not path.startswith(readable)):
                raise PermissionError(f"The printer may not open {path}")

    sys.addaudithook(refuse)


def _paper(told: dict[str, Any]) -> bytes:
    return lay_out(_unpacked(told))


def _pictures(told: dict[str, str]) -> bytes:
    drawn = safe_pictures({name: base64.b64decode(content) for name, content in told.items()})
    return json.dumps({name: base64.b64encode(picture).decode() for name, picture in drawn.items()}).encode()


def _main(wanted: str) -> int:
    if wanted == "paper":
        import weasyprint  # noqa: F401 (its libraries are found before the doors are shut)

    shut_the_doors(os.environ["TMPDIR"])
    job = json.load(sys.stdin.buffer)
    try:
        result = _paper(job) if wanted == "paper" else _pictures(job)
    except CannotPrintError as why:
        sys.stderr.write(f"{why}\n")
        return 2
    sys.stdout.buffer.write(result)
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
