"""Adopting a policy: from that moment new records follow it."""

from schools import ledger, policy
from schools.acts import Refused, act
from schools.models import AdoptedPolicy, Trust
from schools.roles import Permission


@act("policy.adopted", of=Trust, permission=Permission.POLICY_ADOPT, label="Adopt a policy")
def adopt_policy(trust, *, by, at, text):
    """Adopt a policy as data; records reported from now on follow it, and those that exist keep theirs.

    text: the whole policy file. Refused, with the first mistakes and their lines, when it is not valid.
    """
    return adopt(trust, by=by, at=at, text=text)


def adopt(trust, *, by, at, text: str) -> AdoptedPolicy:
    """Save a valid policy as adopted; used by the act and, before anyone can sign in, by the set-up."""
    try:
        pack = policy.parse(text)
    except policy.Invalid as error:
        found = "; ".join(f"line {problem.line}: {problem.sentence}" for problem in error.problems[:5])
        raise Refused(f"This policy cannot be adopted: {found}") from error
    row = AdoptedPolicy(record=trust.record, trust=trust, pack_id=pack.id, title=pack.title, version=pack.version)
    row.text, row.digest, row.adopted_at = text, policy.digest(text), at
    ledger.record("policy.adopted", trust.record, row, by=by, at=at, pack=pack.id, digest=row.digest)
    return row


def in_force(trust, at) -> AdoptedPolicy | None:
    """The policy a trust had in force at a moment."""
    return AdoptedPolicy.objects.filter(trust=trust, adopted_at__lte=at).order_by("-adopted_at").first()
