"""Has a concern of the demonstration read and triaged, by the person and at the time that the data names."""

from datetime import timedelta

from incidents.models import Telling
from incidents.workflow import triage
from reports.demo import source
from schools.models import Exclusion

MINUTE = timedelta(minutes=1)


def settle(institution, row: dict[str, str], concern) -> None:
    """Read, triage, tell whoever must know, confirm who is kept out; nothing when the data names nobody."""
    if not row["triaged_by"]:
        return
    by, at = institution.account(row["triaged_by"]), source.moment(row["triaged_at"])
    told = _told(row)
    for telling in Telling.objects.filter(record=concern.record, role__in=told):
        triage.record_told(concern, by=by, at=at - 3 * MINUTE, telling=telling, told_at=told[telling.role])
    triage.read_report(concern, by=by, at=at - 2 * MINUTE)
    triage.triage(
        concern,
        by=by,
        at=at,
        code=row["primary_code"],
        secondary_codes=source.items(row["secondary_codes"]),
        direction=row["direction"],
        is_threat=row["is_threat"],
        reason=row["triage_reason"],
    )
    for telling in Telling.objects.filter(record=concern.record, told_at__isnull=True):
        told_at = told.get(telling.role, at - MINUTE)
        triage.record_told(concern, by=by, at=at + MINUTE, telling=telling, told_at=told_at)
    for hidden in Exclusion.objects.standing().filter(record=concern.record, grade=Exclusion.HIDDEN):
        why = f"{hidden.why[:1].upper()}{hidden.why[1:]}."
        triage.confirm_conflict(concern, by=by, at=at + MINUTE, exclusion=hidden, answer="confirm", reason=why)


def _told(row) -> dict:
    """When each office was told in person before anything was typed; everybody else is told at triage."""
    entries = [entry.split() for entry in source.items(row["told_in_person"]) if entry != "no"]
    return {role: source.moment(told_at) for role, told_at in entries}
