"""What was confirmed of a conflict of interest in a concern, confirmed in the parts made from it."""

from schools import access, ledger, sealing
from schools.models import Exclusion
from schools.roles import Permission

# The reason given in a concern was written for its readers; a part has others.
CONFIRMED_BEFORE = "As it was confirmed in the concern."


def confirmed_before(part, concerns, *, by, at) -> None:
    """What was confirmed in concerns is confirmed in a part made from them, as far as who did so may decide it there.

    Whether somebody is kept out is asked once; who may not decide it in the part leaves it to who takes over there.
    """
    waiting = Exclusion.objects.standing().filter(record=part.record, confirmed_at__isnull=True)
    sources = Exclusion.objects.standing().filter(record__in=[one.record_id for one in concerns])
    sources = sources.filter(confirmed_at__isnull=False).select_related("confirmed_by").order_by("pk")
    known = {(row.person_id, row.grade): row for row in sources}
    rows = []
    for row in waiting.order_by("pk"):
        source = known.get((row.person_id, row.grade))
        if source and _may_confirm(source.confirmed_by, part.record, at):
            row.confirmed_at, row.confirmed_by = source.confirmed_at, source.confirmed_by
            sealing.seal(part.record, row, reason=CONFIRMED_BEFORE)
            rows.append(row)
    if rows:
        ledger.record("conflict.carried_over", part.record, *rows, by=by, at=at)


def _may_confirm(user, record, at) -> bool:
    viewer = access.Viewer(user, at)
    return access.may(viewer, Permission.CONFLICT_CONFIRM, record) and not access.stands_aside(viewer, record)
