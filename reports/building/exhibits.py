"""The evidence of a case file: each file by its fingerprint, where it has been since, and whether paper shows it."""

from datetime import UTC, datetime

from incidents.models import Concern, Evidence
from reports.building import custody
from reports.building.directory import Directory
from reports.building.frozen import Frozen
from reports.building.words import moment
from reports.terms import Audience
from reports.told import EvidenceItem
from schools.models import Record

FAMILIES = {"image": "Picture", "video": "Film", "audio": "Sound", "text": "Text", "message": "Message"}
SHOWN_KINDS = ("image/png", "image/jpeg")
UNKNOWN = "Not given"
NOT_ASKED_FOR = "This copy was asked for without pictures."
NEVER_SHOWN = "A concern of this kind may be about an intimate picture, so nothing kept with it is shown on paper."
NOT_DESCRIBED = "Nobody has described in words what this picture shows."
NOT_A_PICTURE = "It is no picture that paper can show. Whoever may see it opens it in Daybook."


def evidence(
    frozen: Frozen, directory: Directory, answered: dict, *, audience: Audience, asked_at: datetime
) -> tuple[EvidenceItem, ...]:
    """Each file as it was received; the files themselves stay in Daybook.

    answered: what the routing rule says of each concern, by record. audience: the kind of copy, which says whether it
    shows pictures and tells of earlier copies. asked_at: when it was asked for.
    """
    rows = sorted(frozen.rows(Evidence), key=lambda row: row.received_at)
    records = {record.pk: record for record in frozen.records}
    chain = custody.chain(frozen, directory, rows, asked_at=asked_at, copies=audience.tells_of_copies)
    found = []
    for number, row in enumerate(rows, start=1):
        why_not = _not_shown(frozen, row, answered[row.record_id]) or ("" if audience.pictures else NOT_ASKED_FOR)
        told = chain.of(row, shown=not why_not)
        found.append(_item(directory, row, number, records[row.record_id], told=told, why_not=why_not))
    return tuple(found)


def _not_shown(frozen: Frozen, row: Evidence, answered: dict) -> str:
    """Why paper does not show a file; empty for a picture that it may show."""
    concern = frozen.row(Concern, pk=row.record_id)
    if concern.is_words_only or answered["attachments"] == "forbidden":
        return NEVER_SHOWN
    return "" if row.kind in SHOWN_KINDS else NOT_A_PICTURE


def _kind(media_type: str) -> str:
    """What a file is, in words: Picture (PNG)."""
    family, _, name = media_type.partition("/")
    return f"{FAMILIES.get(family, 'File')} ({name.upper()})" if name else media_type


def _both_clocks(at: datetime | None) -> str:
    """A moment as clocks in the United Kingdom showed it, and in universal time, by which files and platforms go."""
    return f"{moment(at)} ({at.astimezone(UTC):%H:%M} UTC)" if at else ""


def _item(directory, row, number: int, record: Record, *, told, why_not: str) -> EvidenceItem:
    by = directory.within(directory.full(row.captured_by_id))
    kind = _kind(row.kind)
    return EvidenceItem(
        number=number,
        reference=row.ref,
        file_name=row.opened.name,
        kind=kind,
        sha256=row.sha256,
        size=row.size,
        taken=", by ".join(filter(None, [_both_clocks(row.captured_at) or "time not given", by])),
        received=f"{_both_clocks(row.received_at)}, with {record.ref}",
        how_seen=row.get_how_seen_display() or UNKNOWN,
        kept_where=f"Kept in Daybook with {record.ref}, confidential.",
        custody=told,
        picture="" if why_not else f"casefile:evidence/{number}",
        description=row.opened.shows or NOT_DESCRIBED,
        not_shown=why_not,
    )
