"""What one school adds to its trust's policy: it may ask for more, and never takes anything away."""

from .crosscheck import all_items
from .fields import Label, PackId, PartialDate, Role
from .items import Approval, Clause, Consent, Obligation, Statement, Training
from .model import Policy
from .reading import Invalid, read
from .sentences import Place
from .taxonomy import Closed

LISTS = ("statements", "clauses", "obligations", "approvals", "consents", "training")


class Additions(Closed):
    """A school's own paragraphs; exceptions, periods and powers are absent, since those could take away."""

    adds_to: PackId
    school: Label
    approved_on: PartialDate
    roles: dict[Role, Label] = {}
    statements: tuple[Statement, ...] = ()
    clauses: tuple[Clause, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    approvals: tuple[Approval, ...] = ()
    consents: tuple[Consent, ...] = ()
    training: tuple[Training, ...] = ()


def extend(pack: Policy, extra: str, *, school: str | None = None) -> Policy:
    """The trust's policy with one school's additions behind it.

    pack: the trust's policy. extra: TOML of the school's own. school: whose additions they must be, where that is
    known. Raises Invalid with every mistake and its line, among them anything that would replace what the trust has
    laid down.
    """
    additions, found = read(extra, Additions, lambda document: _not_additions(pack, document, school))
    if found:
        raise Invalid(found)
    lists = {name: (*getattr(pack, name), *getattr(additions, name)) for name in LISTS}
    version = f"{pack.version}, with the additions of {additions.school}"
    # Made anew, since a copy would take along what the trust's policy has worked out of its own paragraphs.
    return Policy.model_construct(**dict(pack) | lists | {"version": version, "roles": additions.roles | pack.roles})


def _not_additions(pack: Policy, document: dict, school: str | None) -> list[tuple[Place, str]]:
    found = _replacements(pack, document)
    named = document.get("school")
    if school and isinstance(named, str) and named != school:
        found.append((("school",), f"These additions are of “{named}”, and the school is “{school}”."))
    return found


def _replacements(pack: Policy, document: dict) -> list[tuple[Place, str]]:
    taken = [item.id for item in pack.items]
    found: list[tuple[Place, str]] = []
    if document.get("adds_to") not in (pack.id, None):
        found.append((("adds_to",), f"These additions are for “{document['adds_to']}”, and the policy is “{pack.id}”."))
    for place, item in all_items(document):
        if item.get("id") in taken:
            sentence = f"{item['id']} stands in the trust's policy; a school may add to it and change nothing."
            found.append(((*place, "id"), sentence))
    for role in document["roles"] if isinstance(document.get("roles"), dict) else ():
        if role in pack.roles:
            found.append((("roles", role), f"The trust's policy already gives “{role}” a title."))
    return found
