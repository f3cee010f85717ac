"""The versions of policies that a person may read: those of their own trust, and those that come with Daybook."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from schools import adopted, policy
from schools.models import AdoptedPolicy

START = 8  # as many characters of the digest as stand in the address


@dataclass(frozen=True)
class Version:
    """One version of a policy: adopted by the trust, or coming with Daybook."""

    key: str
    text: str
    pack: policy.Policy
    row: AdoptedPolicy | None = None

    @property
    def url(self) -> str:
        return reverse("policy", args=[self.key])

    @property
    def name(self) -> str:
        """Whose it is, what it is called, and which version."""
        return f"{self.pack.trust}: {self.pack.title}, {self.pack.version}"


def of_row(row: AdoptedPolicy) -> Version:
    """An adopted policy, or what a school added, with the trust's policy it stands on."""
    return Version(row.key, row.text, adopted.policy_of(row), row)


def of_pack(pack_id: str) -> Version:
    """A policy that comes with Daybook. Raises KeyError for a name that is none of theirs."""
    text = policy.text_of(pack_id)
    return Version(f"{pack_id}-{policy.digest(text)[:START]}", text, policy.shipped()[pack_id])


@lru_cache(maxsize=64)
def url_of(adopted_id) -> str:
    """The page of the policy with this identifier; of our model policy where there is none."""
    row = None if adopted_id is None else AdoptedPolicy.objects.get(pk=adopted_id)
    return reverse("policy", args=[row.key if row else of_pack(policy.ours().id).key])


def readable(viewer) -> list[Version]:
    """Every version a person may read, each text once: the adopted ones, the latest first, then those that we ship."""
    rows = AdoptedPolicy.objects.visible_to(viewer).select_related("adds_to", "school").order_by("-adopted_at")
    found: dict[str, Version] = {}
    for version in [*map(of_row, rows), *map(of_pack, policy.shipped())]:
        found.setdefault(version.key, version)
    return list(found.values())


def find(viewer, key: str) -> Version | None:
    """The version with this word in its address, if the person may read it."""
    pack_id, _, start = key.rpartition("-")
    if len(start) != START:
        return None
    rows = AdoptedPolicy.objects.visible_to(viewer).filter(pack_id=pack_id, digest__startswith=start)
    row = rows.select_related("adds_to", "school").order_by("-adopted_at").first()
    if row is not None:
        return of_row(row)
    version = of_pack(pack_id) if pack_id in policy.shipped() else None
    return version if version and version.key == key else None


def standing(person, at) -> AdoptedPolicy | None:
    """The policy in force where a person works: at their school, or in their trust for those of no one school."""
    return adopted.in_force(person.school, at) if person.school else adopted.of_trust(person.trust_id, at)
