"""Which reports are disclosures in the public interest: from the answer yes until the officer says no."""

from collections import defaultdict
from uuid import UUID

from incidents.models.concern import Concern, Decision
from incidents.models.evidence import Evidence
from schools import sources
from schools.roles import Kind
from schools.sources import Disclosure


def disclosures(concerns, *, at) -> dict[UUID, Disclosure]:
    """The disclosures among some concerns at a moment, by the key of the record.

    concerns: keys of records, or the question for them.
    """
    answers = [Decision.DISCLOSED, Decision.NO_DISCLOSURE]
    rows = Decision.objects.filter(record__in=concerns, question=Decision.SPEECH, answer__in=answers)
    rows = rows.filter(decided_at__lte=at).order_by("decided_at", "pk")
    found = {}
    for record, answer, since, officer, reporter in rows.values_list(
        "record_id", "answer", "decided_at", "consulted_id", "record__concern__reporter_id"
    ):
        if answer == Decision.DISCLOSED:
            found[record] = Disclosure(reporter, officer, since)
        else:
            found.pop(record, None)
    return found


def _of_concerns(viewer, records) -> dict[UUID, list[Disclosure]]:
    concerns = [record.pk for record in records if record.kind == Kind.CONCERN and _may_be(viewer, record)]
    found = defaultdict(list)
    for record, disclosure in disclosures(concerns, at=viewer.at).items() if concerns else ():
        found[record].append(disclosure)
    return found


def _may_be(viewer, record) -> bool:
    """Whether a concern may be a disclosure, as far as its decisions were read already for this request."""
    read = viewer.known.get(("decisions", record.pk))
    return read is None or any(row.answer == Decision.DISCLOSED for row in read)


sources.DISCLOSURES.append(_of_concerns)
sources.SAYS_WHO[Concern._meta.label_lower] = ("reporter_id", "typed_by_id")
sources.SAYS_WHO[Evidence._meta.label_lower] = ("captured_by_id",)
