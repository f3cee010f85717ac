"""Which policy was in force where and when, and what an adopted one says."""

import uuid
from functools import lru_cache

from django.db.models import Q

from schools import policy
from schools.models import AdoptedPolicy


@lru_cache(maxsize=64)
def _read(text: str, extra: str) -> policy.Policy:
    pack = policy.parse(text)
    return policy.extend(pack, extra) if extra else pack


@lru_cache(maxsize=1)
def _suggested() -> policy.Policy:
    return policy.ours().model_copy(update={"title": "Our model policy, since none was adopted"})


def policy_of(adopted: AdoptedPolicy | None) -> policy.Policy:
    """What an adopted policy says, with the school's additions behind it; our model policy where none was adopted."""
    if adopted is None:
        return _suggested()
    return _read(adopted.adds_to.text, adopted.text) if adopted.adds_to_id else _read(adopted.text, "")


@lru_cache(maxsize=64)
def of_key(adopted_id: uuid.UUID | None) -> policy.Policy:
    """The same by the key of what was adopted: read once, since an adopted policy never changes."""
    adopted = None if adopted_id is None else AdoptedPolicy.objects.select_related("adds_to").get(pk=adopted_id)
    return policy_of(adopted)


def of_trust(trust_id, at) -> AdoptedPolicy | None:
    """The policy a trust had in force at a moment, without what its schools add; None when it had adopted none."""
    adopted = AdoptedPolicy.objects.filter(trust_id=trust_id, school=None, adopted_at__lte=at)
    return adopted.order_by("-adopted_at").first()


def all_of(school) -> list[AdoptedPolicy]:
    """Every version a school has had, its trust's and its own additions to them, oldest first."""
    here = Q(school=None) | Q(school=school)
    return list(AdoptedPolicy.objects.filter(here, trust_id=school.trust_id).order_by("adopted_at"))


def in_force(school, at) -> AdoptedPolicy | None:
    """The policy a school had in force at a moment: its trust's, or its own additions to exactly that version."""
    here = Q(school=None) | Q(school=school)
    rows = AdoptedPolicy.objects.filter(here, trust_id=school.trust_id, adopted_at__lte=at)
    rows = list(rows.defer("text").order_by("-adopted_at"))
    base = next((row for row in rows if row.school_id is None), None)
    added = (row for row in rows if base is not None and row.adds_to_id == base.pk)
    return next(added, base)
