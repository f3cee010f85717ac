"""Adopting a policy, and adding to it: from that moment new records follow it."""

from schools import adopted, ledger, policy
from schools.acts import Refused, act
from schools.models import AdoptedPolicy, School, Trust
from schools.roles import Permission

NOTHING_TO_ADD_TO = "Your trust has not adopted a policy yet, so there is nothing to add to."


@act("policy.adopted", of=Trust, permission=Permission.POLICY_ADOPT, label="Adopt a policy")
def adopt_policy(trust, *, by, at, text="", shipped=""):
    """Adopt a policy as data; records reported from now on follow it, and those that exist keep theirs.

    text: the whole policy file; or shipped: the name of one that comes with Daybook. Refused, with the first mistakes
    and their lines, when it is not valid.
    """
    return adopt(trust, by=by, at=at, text=policy.text_of(shipped) if shipped else text)


def adopt(trust, *, by, at, text: str) -> AdoptedPolicy:
    """Save a valid policy as adopted; used by the act and, before anyone can sign in, by the set-up."""
    try:
        pack = policy.parse(text)
    except policy.Invalid as error:
        raise Refused(f"This policy cannot be adopted: {_first_mistakes(error)}") from error
    row = AdoptedPolicy(record=trust.record, trust=trust, pack_id=pack.id, title=pack.title, version=pack.version)
    row.text, row.digest, row.adopted_at = text, policy.digest(text), at
    ledger.record("policy.adopted", trust.record, row, by=by, at=at, pack=pack.id, digest=row.digest)
    return row


def _first_mistakes(error: policy.Invalid) -> str:
    return "; ".join(f"line {problem.line}: {problem.sentence}" for problem in error.problems[:5])


def _has_a_policy(school, viewer) -> str | None:
    return None if adopted.of_trust(school.trust_id, viewer.at) else NOTHING_TO_ADD_TO


@act("policy.added_to", of=School, permission=Permission.POLICY_ADD, label="Add to the policy", when=_has_a_policy)
def add_to_policy(school, *, by, at, text):
    """Add the school's own paragraphs to its trust's policy; nothing that the trust laid down is taken away.

    text: everything the school adds, in place of what it added before. Refused, with the first mistakes and their
    lines, when it is not valid or would replace what the trust has laid down.
    """
    base = adopted.of_trust(school.trust_id, at)
    try:
        whole = policy.extend(adopted.policy_of(base), text, school=school.name)
    except policy.Invalid as error:
        raise Refused(f"This cannot be added to the policy: {_first_mistakes(error)}") from error
    row = AdoptedPolicy(record=school.record, trust=school.trust, school=school, adds_to=base, pack_id=base.pack_id)
    row.title, row.version, row.text, row.adopted_at = whole.title, whole.version, text, at
    # Of both texts, since the same additions to another version of the trust's policy are another policy.
    row.digest = policy.digest(f"{base.text}\n{text}")
    ledger.record("policy.added_to", school.record, row, by=by, at=at, pack=base.pack_id, digest=row.digest)
    return row
