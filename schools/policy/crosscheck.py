"""What contradicts itself inside a pack although every single value is well formed."""

import re
from collections.abc import Callable, Iterator

from .fields import DATE, is_period, last_possible_day
from .taxonomy import taxonomy

Place = tuple[str | int, ...]
Finding = tuple[Place, str]

LISTS = ("statements", "clauses", "obligations", "approvals", "exceptions", "consents", "training", "consequences")
TOPIC_OF_A_CODE = {
    "pupil_contact": "PUPIL_CONTACT",
    "former_pupil_contact": "FORMER_CONTACT",
    "parent_contact": "PARENT_CONTACT",
    "pupil_conduct": "PUPIL_CONDUCT",
}
NUMBERED = re.compile(r"\d+(\.\d+)*(-\d+)?( \([a-z ]+\))?")
LETTERED = re.compile(r"\d+(\.[a-z]+)*(-[a-z]+)?( \([a-z ]+\))?")
NAMED = re.compile(r"[A-Z][a-z]+( [a-z]+)*")


def contradictions(document: dict) -> list[Finding]:
    """Everything that contradicts itself, each with its place and a sentence.

    document: what was read, whether or not its values are well formed.
    """
    return [finding for check in CHECKS for finding in check(document)]


def _table(document: dict, name: str) -> dict:
    found = document.get(name)
    return found if isinstance(found, dict) else {}


def _items(document: dict, name: str) -> Iterator[tuple[Place, dict]]:
    found = document.get(name)
    for position, item in enumerate(found if isinstance(found, list) else []):
        if isinstance(item, dict):
            yield (name, position), item


def all_items(document: dict) -> Iterator[tuple[Place, dict]]:
    """Everything that carries a paragraph, with its place, whether or not it is well formed.

    document: what was read.
    """
    for name in LISTS:
        yield from _items(document, name)


def _list(item: dict, key: str) -> list:
    found = item.get(key)
    return found if isinstance(found, list) else []


def _called(item: dict) -> str:
    return str(item.get("id", "this item"))


def _ids_used_twice(document: dict) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, item in all_items(document):
        name = item.get("id")
        if isinstance(name, str) and name in seen:
            yield (*place, "id"), f"The id {name} is used twice; every item needs its own."
        seen.add(str(name))


def _clauses_cited_twice(document: dict) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for place, clause in _items(document, "clauses"):
        key = (str(clause.get("ref")), str(clause.get("wording")))
        if key in seen and "ref" in clause:
            yield (*place, "ref"), f"{_called(clause)} cites {key[0]} in the same words as {seen[key]}."
        seen.setdefault(key, _called(clause))


def _words_listed_twice(document: dict) -> Iterator[Finding]:
    for place, item in all_items(document):
        for key, value in item.items():
            words = [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
            for word in sorted({word for word in words if words.count(word) > 1}):
                yield (*place, key), f"{_called(item)} lists “{word}” twice under {key}."


def _paragraphs(document: dict) -> Iterator[Finding]:
    for place, item in all_items(document):
        ref = item.get("ref")
        if not isinstance(ref, str):
            continue
        pieces = [piece.strip() for piece in re.split(r",| to ", ref)]
        if len(pieces) != len(set(pieces)):
            yield (*place, "ref"), f"{_called(item)} names the same paragraph twice in “{ref}”."
        for piece in pieces:
            if not _numbered_as(document, piece):
                sentence = f"“{piece}” in {_called(item)} is no paragraph of this policy, which has {_shape(document)}."
                yield (*place, "ref"), sentence


def _numbered_as(document: dict, piece: str) -> bool:
    numbering = document.get("numbering")
    labels = tuple(_table(document, "headings"))
    if numbering == "headings":
        return not labels or any(_under(label, piece) for label in labels)
    shape = {"numbered": NUMBERED, "lettered": LETTERED}.get(str(numbering))
    return shape is None or bool(shape.fullmatch(piece) or NAMED.fullmatch(piece))


def _under(label: str, piece: str) -> bool:
    """Whether a paragraph stands under a heading: V6e and V6 under V6, but V16 under neither V1 nor V6."""
    return piece.startswith(label) and not piece[len(label) :][:1].isdigit()


def _shape(document: dict) -> str:
    shapes = {"numbered": "numbers, such as 2.4", "lettered": "numbers and letters, such as 9.d"}
    labels = ", ".join(_table(document, "headings"))
    return shapes.get(str(document.get("numbering")), f"the headings {labels}")


def _duties(document: dict) -> Iterator[Finding]:
    for place, duty in _items(document, "obligations"):
        name, kind = _called(duty), duty.get("kind")
        if kind in ("report", "inform") and not duty.get("to"):
            yield (*place, "to"), f"{name} is an obligation to tell nobody; say in “to” who is told."
        if kind == "report":
            yield from _report(place, duty)
        if not duty.get("actor"):
            yield (*place, "actor"), f"{name} binds nobody; say in “actor” who has the duty."
        if duty.get("before_closing") is True and not duty.get("evidence"):
            yield (*place, "before_closing"), f"{name} must be met before closing, but names no evidence to keep."
        if bool(duty.get("codes")) != bool(duty.get("directions")):
            yield place, f"{name} needs both “codes” and “directions”, or neither."


def _report(place: Place, duty: dict) -> Iterator[Finding]:
    name = _called(duty)
    if not duty.get("codes") and not duty.get("directions"):
        yield place, f"{name} does not say for which codes and directions it speaks; write “any” where it is all."
    if not duty.get("deadline_default") and duty.get("when_kind") != "stated_exact":
        yield place, f"{name} has no time limit; suggest one in “deadline_default”, which is shown as ours."
    for position, party in enumerate(_list(duty, "to")):
        if isinstance(party, str) and party in taxonomy().people:
            yield (*place, "to", position), f"{name} reports to “{party}”, which is no office that receives reports."


def _times(document: dict) -> Iterator[Finding]:
    for place, duty in _items(document, "obligations"):
        name, when, kind = _called(duty), duty.get("when"), duty.get("when_kind")
        if kind == "not_stated" and when is not None:
            yield (*place, "when"), f"{name} gives a time, “{when}”, and says that none is stated."
        if kind == "stated_vague" and when is None:
            yield (*place, "when_kind"), f"{name} says that a time is stated; give the policy's own word in “when”."
        if kind == "stated_exact" and when is not None and not is_period(str(when)):
            yield (*place, "when"), f"{name} says that an exact time is stated, but “{when}” is not a period."


def _codes(document: dict) -> Iterator[Finding]:
    for place, clause in _items(document, "clauses"):
        codes, name = _list(clause, "codes"), _called(clause)
        if not codes and isinstance(clause.get("codes"), list):
            yield (*place, "codes"), f"{name} names no code, so nothing could ever fall under it."
        for sub in _list(clause, "subcodes"):
            owner = taxonomy().subcodes.get(str(sub))
            if owner and owner not in codes:
                yield (*place, "subcodes"), f"{name} gives the sub-code {sub} without its code {owner}."
        if clause.get("direction") == "inbound_to_staff" and clause.get("strength", "forbidden") == "forbidden":
            yield (*place, "direction"), f"{name} would charge a member of staff for being contacted by somebody else."


def _damage(document: dict) -> Iterator[Finding]:
    damaged = [(place, c) for place, c in _items(document, "clauses") if c.get("strength") == "damaged"]
    if document.get("incomplete") is True and not damaged:
        yield ("incomplete",), "The file says that its text is incomplete, but no clause is marked as damaged."
    if document.get("incomplete") is not True:
        for place, clause in damaged:
            yield (*place, "strength"), f"{_called(clause)} is damaged, so the file must say incomplete = true."


def _no_way_round(document: dict) -> Iterator[Finding]:
    for _, clause in _items(document, "clauses"):
        for place, exception in _items(document, "exceptions"):
            shared = set(map(str, _list(clause, "codes"))) & set(map(str, _list(exception, "codes")))
            if clause.get("absolute") is True and shared:
                yield place, f"{_called(exception)} excepts {min(shared)}, which {_called(clause)} forbids outright."


def _removal(document: dict) -> Iterator[Finding]:
    removal = _table(document, "removal")
    demands = removal.get("power") == "may_demand"
    if demands and not removal.get("ref"):
        yield ("removal", "ref"), "The policy may demand removal, so “ref” must say in which paragraph."
    if removal.get("refusal_is_breach") is True and not demands:
        yield ("removal", "refusal_is_breach"), "Refusing can only be a breach where the policy may demand removal."
    if demands and "removal_power" in _list(document, "silent_on"):
        yield ("silent_on",), "The file says that the policy is silent on removal, and gives a power to demand it."


def _governors(document: dict) -> Iterator[Finding]:
    rule = _table(document, "governors")
    if rule.get("notice") == "required":
        for key in ("ref", "default", "codes", "directions"):
            if not rule.get(key):
                yield ("governors", key), f"Governors must be told, so [governors] needs “{key}”."
        if "governors" in _list(document, "silent_on"):
            yield ("silent_on",), "The file says that the policy is silent on governors, and has them told."


def _silence(document: dict) -> Iterator[Finding]:
    reports = [duty for _, duty in _items(document, "obligations") if duty.get("kind") == "report"]
    if reports and "recipient" in _list(document, "silent_on"):
        yield ("silent_on",), "The file says that the policy names nobody to tell, and has an obligation to report."
    for topic in set(map(str, _list(document, "silent_on"))) & set(map(str, _list(document, "not_legible_on"))):
        yield ("not_legible_on",), f"The policy cannot be both silent and unreadable on {topic}."
    for place, clause in _items(document, "clauses"):
        for topic, code in TOPIC_OF_A_CODE.items():
            forbids = clause.get("strength", "forbidden") == "forbidden" and code in _list(clause, "codes")
            if forbids and topic in _list(document, "silent_on"):
                yield (*place, "codes"), f"{_called(clause)} forbids {code}, on which the file says it is silent."


def _unreadable(document: dict) -> Iterator[Finding]:
    for topic, table, key in (("removal_power", "removal", "power"), ("governors", "governors", "notice")):
        listed, found = topic in _list(document, "not_legible_on"), _table(document, table).get(key)
        if listed and isinstance(found, str) and found != "not_legible":
            yield (table, key), f"The file says that {topic} cannot be read, so {key} must be not_legible."
        if found == "not_legible" and not listed:
            yield (table, key), f"What cannot be read is listed, so {topic} belongs under not_legible_on."


def _nobody_told(document: dict) -> Iterator[Finding]:
    if _table(document, "ours").get("recipients") == []:
        yield ("ours", "recipients"), "Somebody must be told where the policy names nobody; suggest at least one role."


def _dates(document: dict) -> Iterator[Finding]:
    days = {}
    for key in ("approved_on", "amended_on", "review_due"):
        try:
            days[key] = last_possible_day(document[key]) if DATE.fullmatch(document[key]) else None
        except (KeyError, TypeError, ValueError):
            days[key] = None
    if days["approved_on"] and days["review_due"] and days["review_due"] < days["approved_on"]:
        yield ("review_due",), "The review falls due before the policy was approved."
    if days["approved_on"] and days["amended_on"] and days["amended_on"] < days["approved_on"]:
        yield ("amended_on",), "The policy was amended before it was approved."
    versions = _table(document, "version_history")
    if versions and isinstance(document.get("version"), str) and document["version"] not in versions:
        yield ("version",), f"Version {document['version']} does not stand in [version_history]."


def _headings(document: dict) -> Iterator[Finding]:
    if document.get("numbering") == "headings" and not _table(document, "headings"):
        yield ("numbering",), "A policy with headings needs a table [headings] that names them."


def _filled_in(document: dict) -> Iterator[Finding]:
    terms = _table(document, "terms")
    for name in _list(terms, "filled_in"):
        if isinstance(name, str) and name not in terms:
            yield ("terms", "filled_in"), f"“{name}” is said to be filled in by us, but there is no such term."


def _retention(document: dict) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, rule in _items(document, "retention"):
        if str(rule.get("record")) in seen:
            yield (*place, "record"), f"How long a record of the kind “{rule['record']}” is kept is given twice."
        seen.add(str(rule.get("record", "")))
        if rule.get("basis") == "policy" and not rule.get("ref"):
            yield place, "A period that the policy itself fixes needs the “ref” of its paragraph."


def _managed_under(document: dict) -> Iterator[Finding]:
    known = _list(document, "related_policies")
    for place, duty in _items(document, "obligations"):
        for position, name in enumerate(_list(duty, "manage_under")):
            if isinstance(name, str) and name not in known:
                where = (*place, "manage_under", position)
                yield where, f"{_called(duty)} is managed under “{name}”, which is not among the related policies."


CHECKS: tuple[Callable[[dict], Iterator[Finding]], ...] = (
    _ids_used_twice,
    _clauses_cited_twice,
    _words_listed_twice,
    _paragraphs,
    _duties,
    _times,
    _codes,
    _damage,
    _no_way_round,
    _removal,
    _governors,
    _silence,
    _unreadable,
    _nobody_told,
    _dates,
    _headings,
    _filled_in,
    _retention,
    _managed_under,
)
