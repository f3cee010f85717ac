"""What may be charged: a paragraph of the policy as it stood on the day of the conduct, not as it stands today."""

from datetime import date, datetime, time

from django.utils import timezone

from schools import adopted
from schools.acts import Refused
from schools.models import AdoptedPolicy
from schools.policy.model import Clause

CODE_OF_CONDUCT = "Code of conduct"


def versions_of(part) -> list[AdoptedPolicy]:
    """The versions that a part's school has had, that of the report first."""
    had = adopted.all_of(part.school)
    return sorted(had, key=lambda row: row.pk != part.record.pack_id)


def paragraphs(part) -> list[tuple[str, str]]:
    """What can be charged under any version the school has had, and last the code of conduct beside it."""
    if part.record.pack_id is None:
        return [(CODE_OF_CONDUCT, "The code of conduct, since no policy has been adopted")]
    offered = {}
    for row in versions_of(part):
        pack = adopted.of_key(row.pk)
        version = "" if row.pk == part.record.pack_id else f" (version {pack.version} only)"
        for clause in pack.chargeable:
            named = clause.ref if pack.charge(clause.ref) else clause.id
            offered.setdefault(named, f"{clause.ref} {clause.wording}{version}")
    return [*offered.items(), (CODE_OF_CONDUCT, "The code of conduct: no paragraph of this policy")]


def in_force_on(part, conduct_on: date | None) -> AdoptedPolicy | None:
    """The version in force on the day of the conduct; that of the report where the day is not known.

    A day before Daybook was used falls under the first version adopted here, if it was approved by then.
    """
    had = {row.pk: row for row in versions_of(part)}
    if conduct_on is None:
        return had.get(part.record.pack_id)
    end = timezone.make_aware(datetime.combine(conduct_on, time.max))
    found = adopted.in_force(part.school, end)
    if found is None and had:
        first = min(had.values(), key=lambda row: row.adopted_at)
        found = None if adopted.policy_of(first).begins_after(conduct_on.isoformat()) else first
    return found


def charge(part, named: str, conduct_on: date | None) -> tuple[AdoptedPolicy | None, Clause | None]:
    """The version that a charge rests on and its clause; none of either for the code of conduct.

    named: the id of a clause, or its paragraph.
    Raises Refused where only another version has it.
    """
    version = in_force_on(part, conduct_on)
    clause = version and adopted.policy_of(version).charge(named)
    if clause is None and any(adopted.policy_of(row).charge(named) for row in versions_of(part)):
        day = f"on {conduct_on:%-d %B %Y}" if conduct_on else "when it was reported"
        raise Refused(
            f"{named} cannot be charged: the policy in force {day} did not have it. "
            "Choose a paragraph of that version, or say on which day it was done."
        )
    return (version, clause) if clause else (None, None)
