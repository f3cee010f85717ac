"""Which disclosures in the public interest stand behind the parts of a case: those of its concerns."""

from collections import defaultdict
from uuid import UUID

from casework.models.case import JoinedConcern
from incidents.models import disclosures
from schools import sources
from schools.roles import LANES
from schools.sources import Disclosure


def _of_parts(viewer, records) -> dict[UUID, list[Disclosure]]:
    parts = [record.pk for record in records if record.kind in LANES]
    joined = JoinedConcern.objects.filter(case__parts__in=parts)
    known = disclosures(joined.values("record_id"), at=viewer.at) if parts else {}
    found = defaultdict(list)
    if known:
        for part, concern in joined.filter(record__in=known).values_list("case__parts", "record_id"):
            found[part].append(known[concern])
    return found


sources.DISCLOSURES.append(_of_parts)
