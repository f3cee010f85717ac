"""What adopting a policy would change: the difference to the one in force, and whose additions would end."""

from schools import adopted, policy
from schools.clock import day_of
from schools.models import AdoptedPolicy, School
from schools.policy.compared import compared
from schools.policy.wording import date_in_words


def to_adopt(answers: dict) -> policy.Policy:
    """The policy that a filled-in form would adopt.

    answers: of the form, valid.
    """
    return policy.parse(policy.text_of(answers["shipped"]) if answers.get("shipped") else answers["text"])


def by_trust(trust, viewer, answers: dict) -> tuple[dict, list]:
    """What would change for a trust that adopts a policy; it shows something of no record."""
    base = adopted.of_trust(trust.pk, viewer.at)
    standing = AdoptedPolicy.objects.filter(adds_to=base).values("school") if base else []
    pack = to_adopt(answers)
    ending = School.objects.filter(pk__in=standing).order_by("name") if base else []
    return _shown(pack, base, viewer) | {"ending": list(ending)}, []


def by_school(school, viewer, answers: dict) -> tuple[dict, list]:
    """What would change for a school that adds to its trust's policy; it shows something of no record."""
    return _shown(extended(school, viewer, answers), adopted.in_force(school, viewer.at), viewer), []


def extended(school, viewer, answers: dict) -> policy.Policy:
    """The policy a school would have with what a filled-in form adds."""
    return policy.extend(adopted.policy_of(adopted.of_trust(school.trust_id, viewer.at)), answers["text"])


def _shown(pack: policy.Policy, standing: AdoptedPolicy | None, viewer) -> dict:
    overdue = pack.overdue_since(day_of(viewer.at))
    return {
        "pack": pack,
        "standing": standing,
        "overdue_since": overdue and date_in_words(pack.review_due),
        "comparison": compared(adopted.policy_of(standing), pack) if standing else None,
    }
