"""The pictures of the evidence that travel inside a copy: as they were received, or drawn again without hidden data."""

from dataclasses import replace

from incidents.models import Evidence
from reports.building.words import counted
from reports.casefile import CaseFile, Withheld
from reports.pictures import Bundle, received
from reports.terms import terms
from reports.told import EvidenceItem

ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
NO_ROOM = "Inside this PDF there was no room for it."
STAY = (
    "What was received stays in Daybook, where whoever may see it opens it. Inside a copy travel only pictures that "
    "could be drawn again, and no more than {most} MB of them. Every fingerprint is printed here."
)


def taken(file: CaseFile) -> tuple[CaseFile, dict[str, bytes]]:
    """The case file with the name of each file inside it, and those files by their names.

    Only what was drawn again as a picture is taken: nobody has looked for harmful programs in anything else.
    """
    rows = {row.ref: row for row in Evidence.objects.filter(ref__in=[item.reference for item in file.pictured])}

    def received_of(item, room):
        row = rows[item.reference]
        return ENDINGS[row.kind], _content(row, item, room)

    items, inside = _as_fits(file, received_of)
    left = len(items) - len(inside)
    told = file.withheld
    if left:
        what = f"{counted(left, 'file', 'files')} of evidence as received"
        told = (*told, Withheld(what=f"{what[:1].upper()}{what[1:]}", why=STAY.format(most=terms().embedded_megabytes)))
    return replace(file, evidence=items, withheld=told), inside


def drawn_again(file: CaseFile, bundle: Bundle) -> tuple[CaseFile, dict[str, bytes]]:
    """The same with the pictures as they are shown on its pages, in which nothing is hidden: no place, no telephone.

    bundle: the pictures drawn, by their address.
    """

    def drawn_of(item, room):
        content = bundle[item.picture][0]
        return "jpg", content if len(content) <= room else b""

    items, inside = _as_fits(file, drawn_of)
    return replace(file, evidence=tuple(replace(item, is_drawn_again=True) for item in items)), inside


def _as_fits(file: CaseFile, content_of) -> tuple[tuple[EvidenceItem, ...], dict[str, bytes]]:
    """Each file of evidence with its name inside the PDF, and those that fit by their names.

    content_of: gives the ending and the bytes of one item for so much room, none where they do not fit.
    """
    room, items, inside = terms().embedded_bytes, [], {}
    for item in file.evidence:
        ending, content = content_of(item, room) if item.picture else ("", b"")
        name = f"evidence-{item.number}.{ending}" if content else ""
        no_room = NO_ROOM if item.picture and not content else ""
        items.append(replace(item, attached_as=name, not_attached=no_room))
        if content:
            inside[name] = content
            room -= len(content)
    return tuple(items), inside


def _content(row: Evidence, item: EvidenceItem, room: int) -> bytes:
    """The bytes as received; nothing where they do not fit or are not those that were received."""
    if row.size > room:
        return b""
    found = received(row, item)
    return found if isinstance(found, bytes) else b""
