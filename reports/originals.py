"""The files of the evidence as they were received, to travel inside a copy that may carry them."""

from dataclasses import replace

from incidents.models import Evidence
from reports.building.words import counted
from reports.casefile import CaseFile, Withheld
from reports.pictures import received
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
    room, items, inside = terms().embedded_bytes, [], {}
    for item in file.evidence:
        content = _content(rows[item.reference], item, room) if item.picture else b""
        name = f"evidence-{item.number}.{ENDINGS[rows[item.reference].kind]}" if content else ""
        no_room = NO_ROOM if item.picture and not content else ""
        items.append(replace(item, attached_as=name, not_attached=no_room))
        if content:
            inside[name] = content
            room -= len(content)
    left = len(items) - len(inside)
    told = file.withheld
    if left:
        what = f"{counted(left, 'file', 'files')} of evidence as received"
        told = (*told, Withheld(what=f"{what[:1].upper()}{what[1:]}", why=STAY.format(most=terms().embedded_megabytes)))
    return replace(file, evidence=tuple(items), withheld=told), inside


def _content(row: Evidence, item: EvidenceItem, room: int) -> bytes:
    """The bytes as received; nothing where they do not fit or are not those that were received."""
    if row.size > room:
        return b""
    found = received(row, item)
    return found if isinstance(found, bytes) else b""
