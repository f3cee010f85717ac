"""Who may hear a disciplinary matter and decide it: whom the policy names, or where it is silent somebody senior."""

from casework.models import Part
from schools import adopted
from schools.models import Appointment
from schools.policy.items import Consequence
from schools.roles import SENIOR


def named(part: Part) -> Consequence | None:
    """The paragraph of the policy that says who may discipline; None where the policy is silent."""
    pack = adopted.of_key(part.record.pack_id)
    return next((one for one in pack.consequences if one.decided_by), None)


def in_words(part: Part) -> str:
    """Who may hear it and on whose word, as it stands beside the question."""
    rule = named(part)
    if rule is None:
        return "The policy does not say who decides: our suggestion is somebody who holds a senior office in the trust."
    return f"The policy, {rule.ref}: {rule.wording}"


def obstacle(part: Part, person, *, at) -> str:
    """Why somebody may not hear a matter and decide it; empty when they may.

    at: the moment at which their offices count.
    """
    rule = named(part)
    if rule is None:
        return of_appeal(part, person, at=at)
    if person.pk in holders(part, rule.decided_by, at=at):
        return ""
    return f"{person.name} cannot decide this. The policy, {rule.ref}: {rule.wording} They hold no office in it."


def of_appeal(part: Part, person, *, at) -> str:
    """Why somebody may not hear an appeal, of which no policy says who does; empty when they may."""
    if person.pk in holders(part, SENIOR, at=at):
        return ""
    return (
        f"{person.name} cannot decide this: they hold no senior office in the trust. The policy does not say who does; "
        "this is our suggestion."
    )


def hearers(part: Part, *, at) -> set:
    """The keys of the persons whose office lets them hear a matter."""
    rule = named(part)
    return holders(part, rule.decided_by if rule else SENIOR, at=at)


def holders(part: Part, roles, *, at) -> set:
    """The keys of the persons who hold one of some offices in the trust of a part."""
    held = Appointment.objects.current(at).filter(trust_id=part.record.trust_id, role__in=list(roles))
    return set(held.values_list("person_id", flat=True))
