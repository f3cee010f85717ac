"""Legal advice in which privilege was waived by two people, for the copies that then hold it; none holds any other."""

from uuid import UUID

from casework.models import LegalAdvice
from reports.building.directory import Directory
from reports.building.frozen import Frozen
from reports.building.words import day_of, on
from reports.models import Paper
from reports.prose import Prose
from reports.told import Advice
from schools import sealing


def waived(paper: Paper, frozen: Frozen) -> list[LegalAdvice]:
    """The advice beside the parts printed in which privilege was waived before the copy was asked for, opened."""
    rows = LegalAdvice.objects.filter(part__in=[record.pk for record in frozen.records])
    rows = rows.filter(waived_at__lte=paper.asked_at, record__destroyed_at=None)
    return sealing.open_rows(rows.order_by("received_at", "pk"))


def who_waived(rows: list[LegalAdvice]) -> list[UUID]:
    """The two people behind each waiver, by person."""
    return [person for row in rows for person in (row.waiver_asked_by_id, row.waived_by_id)]


def advice(rows: list[LegalAdvice], directory: Directory) -> tuple[Advice, ...]:
    """Each advice with the sentence that privilege in it was waived."""
    return tuple(_advice(row, directory) for row in rows)


def _advice(row: LegalAdvice, directory: Directory) -> Advice:
    first, second = (directory.full(person) for person in (row.waiver_asked_by_id, row.waived_by_id))
    when = on(day_of(row.waived_at))
    return Advice(
        adviser=row.opened.adviser,
        asked_on=day_of(row.asked_at),
        received_on=day_of(row.received_at),
        question=Prose(row.opened.question),
        words=Prose(row.opened.advice),
        waived=f"Privilege in this advice was waived on {when} by {first} and {second}, for {row.opened.waived_to}.",
        reason=Prose(row.opened.waiver_reason),
    )
