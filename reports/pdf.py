"""Turns a template and a closed bundle of files into one PDF made to PDF/A-3a and PDF/UA-1, and opens nothing else."""

import base64
import io
import json
import mimetypes
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pikepdf

from reports import press
from reports.press import PICTURES, CannotPrintError, Job, Metadata, readable

__all__ = ["Attachment", "CannotPrintError", "Metadata", "render", "render_in_child", "safe_pictures", "with_files"]
STATIC = Path(__file__).resolve().parent.parent / "static"
ATTACHED_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
LONGEST = 5 * press.MOST_SECONDS


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


def render(
    *, template: str, context: dict[str, Any], bundle: dict[str, tuple[bytes, str]], metadata: Metadata
) -> bytes:
    """Make one paper, in this process.

    template: name under templates/. context: its values; all of them are escaped. bundle: `casefile:` address to bytes
    and media type, PNG and JPEG only; every picture in the template must be there and readable.
    Raises CannotPrintError. Source: ISO 19005-3 level A, ISO 14289-1.
    """
    return press.lay_out(_job(template, context, bundle, metadata))


def render_in_child(
    *, template: str, context: dict[str, Any], bundle: dict[str, tuple[bytes, str]], metadata: Metadata
) -> bytes:
    """Make one paper in a process without network, keys or database, and with a limit on time and memory.

    Arguments, result and errors are those of `render`.
    """
    return _by_child("paper", asdict(_job(template, context, bundle, metadata)))


def safe_pictures(received: dict[str, bytes]) -> dict[str, bytes]:
    """Pictures drawn again as plain JPEG in such a process; one that cannot be read as PNG or JPEG is left out.

    received: files as somebody sent them, by a name of ours. Raises CannotPrintError.
    """
    if not received:
        return {}
    drawn = json.loads(_by_child("pictures", received))
    return {name: base64.b64decode(picture) for name, picture in drawn.items()}


def _by_child(wanted: str, job: dict[str, Any]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="daybook-paper-") as scratch:
        surroundings = {"TMPDIR": scratch, "HOME": scratch, "LANG": "C.UTF-8", "PATH": os.defpath}
        command = [sys.executable, "-I", "-B", "-X", "utf8", press.__file__, wanted]
        try:
            done = subprocess.run(  # noqa: S603 (our own interpreter on a file of ours)
                command,
                input=_packed(job),
                capture_output=True,
                env=surroundings,
                cwd=scratch,
                timeout=LONGEST,
            )
        except subprocess.TimeoutExpired as late:
            raise CannotPrintError(f"The paper took longer than {LONGEST} seconds.") from late
    if done.returncode:
        raise CannotPrintError(_last_words(done))
    return done.stdout


def _packed(job: dict[str, Any]) -> bytes:
    """As JSON, because the child must not be handed anything that could run."""

    def written(value: Any) -> Any:
        return base64.b64encode(value).decode() if isinstance(value, bytes) else value.isoformat()

    return json.dumps(job, default=written).encode()


def _last_words(done: subprocess.CompletedProcess[bytes]) -> str:
    """The child's own sentence, or what its end says about it."""
    said = done.stderr.decode(errors="replace").strip().splitlines()
    if done.returncode == 2 and said:
        return said[-1]
    return f"The printer stopped: {said[-1] if said else f'signal {-done.returncode}'}."


def _job(template: str, context: dict[str, Any], bundle: dict[str, tuple[bytes, str]], metadata: Metadata) -> Job:
    """Refuses bad input before anything is laid out."""
    from django.template.loader import render_to_string

    for address, (content, kind) in bundle.items():
        if not address.startswith("casefile:") or kind not in PICTURES or not content.startswith(PICTURES[kind]):
            raise CannotPrintError(f"{address!r} is not a PNG or JPEG picture of ours.")
    words = {name: readable(getattr(metadata, name)) for name in ("title", "author", "description")}
    shown = replace(metadata, **words)
    html = readable(render_to_string(template, context | {"paper": shown}))
    return Job(html=html, bundle=_furniture() | bundle, metadata=shown)


@cache
def _furniture() -> dict[str, tuple[bytes, str]]:
    """Our own style sheet and typeface, which every paper uses."""
    fonts = sorted((STATIC / "built" / "fonts").iterdir())
    sheet = {"casefile:paper.css": ((STATIC / "paper.css").read_bytes(), "text/css")}
    return sheet | {f"casefile:fonts/{font.name}": (font.read_bytes(), f"font/{font.suffix[1:]}") for font in fonts}


def with_files(printed: bytes, attachments: list[Attachment]) -> bytes:
    """The same paper with files inside it, its pages untouched.

    Raises CannotPrintError for a name that could land elsewhere. Source: ISO 19005-3, 6.8.
    """
    _refuse_names([attachment.name for attachment in attachments])
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed)) as document:
        for one in sorted(attachments, key=lambda attachment: attachment.name):
            document.attachments[one.name] = _file_inside(document, one)
        document.Root.AF = pikepdf.Array(spec.obj for _, spec in sorted(document.attachments.items()))
        document.save(held, deterministic_id=True)
    return held.getvalue()


def _refuse_names(names: list[str]) -> None:
    for name in names:
        known = mimetypes.MimeTypes(filenames=()).guess_type(name)[0]
        if not ATTACHED_NAME.fullmatch(name) or not known or names.count(name) > 1:
            raise CannotPrintError(f"{name!r} cannot be the name of a file inside a PDF.")


def _file_inside(document: pikepdf.Pdf, one: Attachment) -> pikepdf.AttachedFileSpec:
    made_at = f"D:{one.made_at.astimezone(UTC):%Y%m%d%H%M%S}Z"
    return pikepdf.AttachedFileSpec(
        document,
        one.content,
        description=readable(one.description),
        filename=one.name,
        mime_type=mimetypes.MimeTypes(filenames=()).guess_type(one.name)[0],
        creation_date=made_at,
        mod_date=made_at,
        relationship=pikepdf.Name(f"/{one.relationship}"),
    )
