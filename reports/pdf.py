"""Turns a template and a closed bundle of files into one PDF made to PDF/A-3a and PDF/UA-1, and opens nothing else.

Run as a program it is the child that `render_in_child` starts: one job on standard input, one PDF on standard output.
"""

import base64
import hashlib
import io
import json
import logging
import mimetypes
import os
import re
import resource
import subprocess
import sys
import sysconfig
import tempfile
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

STATIC = Path(__file__).resolve().parent.parent / "static"
MOST_PAGES = 2000
MOST_SECONDS = 60
MOST_MEMORY = 1024**3
MOST_OUTPUT = 512 * 1024**2
PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
ATTACHED_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
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
class Attachment:
    """A file carried inside the PDF.

    name: as a reader would save it, plain letters and digits with a known ending. content: its bytes.
    relationship: what it is to the paper (ISO 32000-2, 7.11.3). made_at: with zone.
    """

    name: str
    content: bytes
    description: str
    made_at: datetime
    relationship: Literal["Source", "Data", "Supplement"] = "Supplement"


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
class _Job:
    """Everything a rendering may know."""

    html: str
    bundle: dict[str, tuple[bytes, str]]
    attachments: list[Attachment]
    metadata: Metadata


def render(
    *,
    template: str,
    context: dict[str, Any],
    bundle: dict[str, tuple[bytes, str]],
    attachments: list[Attachment],
    metadata: Metadata,
) -> bytes:
    """Make one paper, in this process.

    template: name under templates/. context: its values; all of them are escaped. bundle: `casefile:` address to bytes
    and media type, PNG and JPEG only; every picture in the template must be there and readable.
    Raises CannotPrintError. Source: ISO 19005-3 level A, ISO 14289-1.
    """
    return _lay_out(_job(template, context, bundle, attachments, metadata))


def render_in_child(
    *,
    template: str,
    context: dict[str, Any],
    bundle: dict[str, tuple[bytes, str]],
    attachments: list[Attachment],
    metadata: Metadata,
) -> bytes:
    """Make one paper in a process without network, keys or database, and with a limit on time and memory.

    Arguments, result and errors are those of `render`.
    """
    job = _packed(_job(template, context, bundle, attachments, metadata))
    with tempfile.TemporaryDirectory(prefix="daybook-paper-") as scratch:
        surroundings = {"TMPDIR": scratch, "HOME": scratch, "LANG": "C.UTF-8", "PATH": os.defpath}
        command = [sys.executable, "-I", "-B", "-X", "utf8", __file__]
        try:
            done = subprocess.run(  # noqa: S603 (our own interpreter on this very file)
                command, input=job, capture_output=True, env=surroundings, cwd=scratch, timeout=5 * MOST_SECONDS
            )
        except subprocess.TimeoutExpired as late:
            raise CannotPrintError(f"The paper took longer than {5 * MOST_SECONDS} seconds.") from late
    if done.returncode:
        raise CannotPrintError(_last_words(done))
    return done.stdout


def _job(
    template: str,
    context: dict[str, Any],
    bundle: dict[str, tuple[bytes, str]],
    attachments: list[Attachment],
    metadata: Metadata,
) -> _Job:
    """Refuses bad input before anything is laid out."""
    from django.template.loader import render_to_string

    for address, (content, kind) in bundle.items():
        if not address.startswith("casefile:") or kind not in PICTURES or not content.startswith(PICTURES[kind]):
            raise CannotPrintError(f"{address!r} is not a PNG or JPEG picture of ours.")
    names = [attachment.name for attachment in attachments]
    for name in names:
        known = mimetypes.MimeTypes(filenames=()).guess_type(name)[0]
        if not ATTACHED_NAME.fullmatch(name) or not known or names.count(name) > 1:
            raise CannotPrintError(f"{name!r} cannot be the name of a file inside a PDF.")
    ordered = sorted(attachments, key=lambda attachment: attachment.name)
    carried = [replace(attachment, description=_readable(attachment.description)) for attachment in ordered]
    words = {name: _readable(getattr(metadata, name)) for name in ("title", "author", "description")}
    shown = replace(metadata, **words)
    html = _readable(render_to_string(template, context | {"paper": shown}))
    return _Job(html=html, bundle=_furniture() | bundle, attachments=carried, metadata=shown)


@cache
def _furniture() -> dict[str, tuple[bytes, str]]:
    """Our own style sheet and typeface, which every paper uses."""
    fonts = sorted((STATIC / "built" / "fonts").glob("*.woff2"))
    sheet = {"casefile:paper.css": ((STATIC / "paper.css").read_bytes(), "text/css")}
    return sheet | {f"casefile:fonts/{font.name}": (font.read_bytes(), "font/woff2") for font in fonts}


def _readable(html: str, unprintable: frozenset[str] = frozenset()) -> str:
    """Picture characters, controls and reversing marks are written out, so paper shows what a screen might hide."""
    return "".join(_spelled(char) if char in unprintable or _hides(char) else char for char in html)


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


def _lay_out(job: _Job) -> bytes:
    """Lay out and write; once more with characters that no typeface holds written out by name."""
    import weasyprint

    _refuse_broken_pictures(job.bundle)
    fetcher = _closed_fetcher(job.bundle)
    pictures: dict[str, Any] = {}
    with _strictly():
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
    return _lay_out(replace(job, html=_readable(job.html, unprintable))) if unprintable else printed


def _written(document: Any, job: _Job) -> bytes:
    import weasyprint

    made = job.metadata
    document.metadata.title, document.metadata.authors = made.title, [made.author]
    document.metadata.description, document.metadata.generator = made.description, "Daybook"
    document.metadata.created = document.metadata.modified = made.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    plain = document.metadata.generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *claim: plain(*claim).replace(b"</rdf:RDF>", UA_CLAIM)
    carried = [
        weasyprint.Attachment(
            string=attachment.content,
            name=attachment.name,
            description=attachment.description,
            created=attachment.made_at.astimezone(UTC),
            modified=attachment.made_at.astimezone(UTC),
            relationship=attachment.relationship,
        )
        for attachment in job.attachments
    ]
    return document.write_pdf(
        pdf_variant="pdf/a-3a",
        pdf_identifier=hashlib.sha256(made.identifier.encode()).digest()[:16],
        attachments=carried,
        finisher=_list_each_file_once,
    )


def _list_each_file_once(document: Any, pdf: Any) -> None:
    """WeasyPrint enters every attachment twice among the associated files."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


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


def _packed(job: _Job) -> bytes:
    """As JSON, because the child must not be handed anything that could run."""

    def written(value: Any) -> Any:
        return base64.b64encode(value).decode() if isinstance(value, bytes) else value.isoformat()

    return json.dumps(asdict(job), default=written).encode()


def _unpacked(packed: bytes) -> _Job:
    told = json.loads(packed)
    bundle = {address: (base64.b64decode(content), kind) for address, (content, kind) in told["bundle"].items()}
    attachments = [
        Attachment(**piece | {"content": base64.b64decode(piece["content"]), "made_at": _moment(piece)})
        for piece in told["attachments"]
    ]
    metadata = Metadata(**told["metadata"] | {"made_at": _moment(told["metadata"])})
    return _Job(html=told["html"], bundle=bundle, attachments=attachments, metadata=metadata)


def _moment(piece: dict[str, str]) -> datetime:
    return datetime.fromisoformat(piece["made_at"])


def _last_words(done: subprocess.CompletedProcess[bytes]) -> str:
    """The child's own sentence, or what its end says about it."""
    said = done.stderr.decode(errors="replace").strip().splitlines()
    if done.returncode == 2 and said:
        return said[-1]
    return f"The printer stopped: {said[-1] if said else f'signal {-done.returncode}'}."


def _shut_the_doors(scratch: str) -> None:
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


def _main() -> int:
    import weasyprint  # noqa: F401 (its libraries are found before the doors are shut)

    _shut_the_doors(os.environ["TMPDIR"])
    try:
        printed = _lay_out(_unpacked(sys.stdin.buffer.read()))
    except CannotPrintError as why:
        sys.stderr.write(f"{why}\n")
        return 2
    sys.stdout.buffer.write(printed)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
