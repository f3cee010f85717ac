"""The pictures of a case file: taken out of the store, proved to be those received, and drawn again for paper."""

from dataclasses import replace

from incidents.models import Evidence
from reports import pdf
from reports.casefile import CaseFile
from reports.proof import fingerprint
from reports.told import EvidenceItem
from schools import crypto, files

AT_ONCE = 5
MOST_BYTES = 20 * 1024**2
TOO_LARGE = "It is too large to be shown on paper. Whoever may see it opens it in Daybook."
GONE = "The file could not be read from the store as it was received. Whoever runs Daybook has to look into this."
NOT_READABLE = "It could not be read as a picture. Whoever may see it opens it in Daybook."

Bundle = dict[str, tuple[bytes, str]]


def drawn(file: CaseFile) -> tuple[CaseFile, Bundle]:
    """The case file with the reason where a picture cannot be shown, and the pictures that it shows.

    Raises CannotPrintError.
    """
    kept = {row.ref: row for row in Evidence.objects.filter(ref__in=[item.reference for item in file.pictured])}
    wanted, bundle, reasons = list(file.pictured), {}, {}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        read = {item.picture: received(kept[item.reference], item) for item in some}
        safe = pdf.safe_pictures({name: found for name, found in read.items() if isinstance(found, bytes)})
        bundle |= {name: (picture, "image/jpeg") for name, picture in safe.items()}
        reasons |= {name: found if isinstance(found, str) else NOT_READABLE for name, found in read.items()}
    items = [_told(item, bundle, reasons) for item in file.evidence]
    return replace(file, evidence=tuple(items)), bundle


def received(row: Evidence, item: EvidenceItem) -> bytes | str:
    """The bytes of a file, or why they are not to be had."""
    if row.size > MOST_BYTES:
        return TOO_LARGE
    try:
        content = b"".join(files.open_item(row.pk, row.stored_as) or ())
    except (FileNotFoundError, crypto.Unreadable):
        return GONE
    return content if fingerprint(content) == item.sha256 else GONE


def _told(item: EvidenceItem, bundle: Bundle, reasons: dict[str, str]) -> EvidenceItem:
    if not item.picture or item.picture in bundle:
        return item
    return replace(item, picture="", not_shown=reasons[item.picture])
