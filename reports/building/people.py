"""The people of a case file: what each is to it, and what they may do about it."""

from collections import defaultdict

from reports.building.directory import Directory
from reports.building.frozen import Frozen
from reports.building.words import ended, listed, lower_first
from reports.casefile import Person
from schools.models import Exclusion, Involvement
from schools.models.people import KINDS, STAFF_KINDS
from schools.sources import NOBODY

NOT_NAMED = "Not named in it"
WORST_FIRST = (Exclusion.HIDDEN, Exclusion.ASIDE)


def people(frozen: Frozen, directory: Directory, officers: dict) -> tuple[Person, ...]:
    """Everybody named, those who take a part by office, and those who are kept out.

    officers: what somebody does in a proceeding, by person.
    """
    named = _parts(frozen)
    kept = defaultdict(list)
    for exclusion in frozen.rows(Exclusion, lifted_at=None):
        kept[exclusion.person_id].append(exclusion)
    for person, office in officers.items():
        named[person, ""].append(office)
    for person in kept:
        named.setdefault((person, ""), [])
    return tuple(_person(frozen, directory, key, parts, kept) for key, parts in named.items())


def _parts(frozen: Frozen) -> dict:
    """What each person is to it. Somebody a typed name may mean is not named before it is known that they are meant."""
    named = defaultdict(list)
    for one in frozen.rows(Involvement):
        if one.person_id and one.is_confirmed:
            key, part = (one.person_id, ""), one.get_part_display()
        else:
            key, part = (None, (one.opened.typed_name, one.kind)), one.get_part_display()
        if part not in named[key]:
            named[key].append(part)
    return named


def _person(frozen, directory, key, parts: list[str], kept) -> Person:
    person_id, typed = key
    words = "; ".join([parts[0], *map(lower_first, parts[1:])]) if parts else NOT_NAMED
    part = words[:1].upper() + words[1:]
    if person_id is None:
        name, kind = typed
        outside = "unknown" if kind in STAFF_KINDS else "outside"
        return Person(name=name, post=dict(KINDS).get(kind, "").capitalize(), part=part, standing=outside)
    standing, why = _standing(frozen, kept.get(person_id, []))
    if standing == "free" and not directory.is_staff(person_id):
        standing = "withheld" if person_id == NOBODY else "outside"
    return Person(name=directory.name(person_id), post=directory.post(person_id), part=part, standing=standing, why=why)


def _standing(frozen, exclusions: list[Exclusion]) -> tuple[str, str]:
    """The strictest grade that somebody has in any record printed, and each reason with where it holds."""
    if not exclusions:
        return "free", ""
    grade = min((one.grade for one in exclusions), key=WORST_FIRST.index)
    refs = {record.pk: record.ref for record in frozen.records}
    where = defaultdict(list)
    for one in exclusions:
        where[one.grade, one.why].append(refs[one.record_id])
    reasons = [
        f"{_grade(of, grade)}{ended(why).removesuffix('.')}{_places(found, refs)}."
        for (of, why), found in where.items()
    ]
    return grade, " ".join(f"{reason[:1].upper()}{reason[1:]}" for reason in reasons)


def _grade(of: str, strictest: str) -> str:
    return "" if of == strictest else "Stands aside: "


def _places(found: list[str], refs: dict) -> str:
    return "" if len(found) == len(refs) else f" (in {listed(found)})"
