"""What reporters keep of a report: reference, date and stage, and their words until it ends or is hidden from them.

The stage stands still from the moment of hiding: a step backwards would tell them that they were named just now.
"""

from dataclasses import dataclass
from datetime import datetime

from incidents.models import Concern
from schools.access import Viewer
from schools.models import Exclusion


@dataclass(frozen=True)
class Receipt:
    """One report as its reporter may know of it.

    concern: as it was reported. stage: one of four. shows_words: whether what they wrote is still shown. since: from
    when it is hidden from them, or None.
    """

    concern: Concern
    stage: str
    shows_words: bool
    since: datetime | None = None


def receipts(concerns: list[Concern], viewer: Viewer) -> list[Receipt]:
    """The receipts of some reports of whoever looks, in their order."""
    _, is_hidden_anything = viewer.exceptions
    since = _hidden_since(concerns, viewer) if is_hidden_anything else {}
    return [_receipt(concern, since.get(concern.pk)) for concern in concerns]


def touched(receipt: Receipt) -> set:
    """The people whom the matter touches, as far as whoever holds the receipt could know: they are not to be rung."""
    rows = Exclusion.objects.standing().filter(record=receipt.concern.record)
    if receipt.since:
        rows = rows.filter(since__lt=receipt.since)
    return set(rows.values_list("person_id", flat=True))


def _hidden_since(concerns, viewer) -> dict:
    """From when each of them is hidden, the first time where it was more than once."""
    rows = Exclusion.objects.hidden_from(viewer).filter(record__in=[concern.pk for concern in concerns])
    return dict(rows.order_by("-since").values_list("record_id", "since"))


def _receipt(concern: Concern, since) -> Receipt:
    then = concern if since is None else _as_it_was(concern, since)
    return Receipt(concern, then.stage, since is None and concern.status != Concern.FINISHED, since)


def _as_it_was(concern: Concern, moment) -> Concern:
    """The report as it stood before a moment; as it was sent, when it was hidden with its sending."""
    before = concern.history.filter(history_date__lt=moment).order_by("-history_id").first()
    return Concern(status=before.status, read_at=before.read_at) if before else Concern()
