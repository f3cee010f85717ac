"""Which concerns of a case may be about the person of a part: what is known of somebody else alone never counts."""

from django.db.models import Prefetch, prefetch_related_objects

from casework.models import JoinedConcern, Part
from incidents.models import Concern
from schools.models import Involvement

# The parts in a concern that say who may have written or done it.
WHO_DID_IT = ("subject", "author", "possible_author")


def concerns_of(part: Part) -> list[Concern]:
    """The concerns of a part's case, the first joined first; asked once for all parts of the same case."""
    rows = JoinedConcern.objects.select_related("record__concern").order_by("joined_at", "pk")
    prefetch_related_objects([part.case], Prefetch("joined", rows))
    return [joined.concern for joined in part.case.joined.all()]


def may_be_about(part: Part, concerns: list[Concern]) -> list[Concern]:
    """Those of some concerns of a part's case that are not known to be about somebody else alone."""
    people = _who_did_it(concerns)
    return [one for one in concerns if not people[one.pk] or part.about_id in people[one.pk]]


def _who_did_it(concerns) -> dict[object, set]:
    """Who may have written or done it, as far as the directory knows them, by concern; asked once for each concern."""
    new = [one for one in concerns if not hasattr(one, "done_by")]
    if new:
        named = Involvement.objects.filter(
            part__in=WHO_DID_IT, person__isnull=False, record__in=[one.pk for one in new]
        )
        rows = list(named.values_list("record_id", "person_id"))
        for one in new:
            one.done_by = {person for record, person in rows if record == one.pk}
    return {one.pk: one.done_by for one in concerns}
