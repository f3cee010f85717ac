"""From who is named in a record to who may not see it, who decides nothing, and who takes over."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import DateTimeField, Q, UUIDField, Value

from schools import adopted, conflict, ledger, sealing
from schools.acts import Refused
from schools.models import Appointment, Exclusion, Involvement, Person, Reader, Record, Relation
from schools.roles import NAMED_ONLY

STANDS_IN = "takes over"
NOT_MEANT = "not_meant"
ANSWERS = [("confirm", "Confirm"), ("lift", "Lift"), (NOT_MEANT, "Lift: somebody else was meant by the name")]
IT_IS_ABOUT_THEM = (
    "It cannot be lifted for the person this is about. If somebody else was meant by the name, answer that instead."
)
# What else follows where somebody is newly kept out or stands aside, as rows: what is built on records says so here.
FOLLOWING: list[Callable] = []
# Who did it to whom in a record: what is built on records knows it and says so here.
DIRECTIONS: list[Callable] = []


@dataclass(frozen=True)
class Around:
    """The people of a record and those around them, read once for an act.

    people: as the rule of conflict asks for them, one row a part: part, kind, offices, relations. holders: who holds
    each office at the record's school or in its trust.
    """

    people: list[dict]
    holders: dict[str, list[str]]


def around(record, involvements, *, at) -> Around:
    """Read who is named in a record, how they are related, and who holds which office.

    involvements: its rows, saved or about to be.
    """
    named = defaultdict(list)
    for involvement in involvements:
        if involvement.person_id:
            named[involvement.person_id].append(involvement)
    ties, held = _ties_and_offices(record, named, at=at)
    kinds = _kinds_read(involvements)
    relations = defaultdict(list)
    for person, to, kind, *of_each in ties:
        relations[person].append({"to": str(to), "kind": kind})
        for one, is_what in zip((person, to), of_each, strict=True):
            named.setdefault(one, [])
            kinds[one] = is_what
    if missing := named.keys() - kinds.keys():
        kinds |= dict(Person.objects.filter(pk__in=missing).values_list("pk", "kind"))
    offices, holders = _offices(record, named, held)
    return Around(_rows(named, kinds, offices, relations), holders)


def _ties_and_offices(record, named, *, at) -> tuple[list, list]:
    """How these people are related, and the offices held by them, by those related to them, and here: one question."""
    ties = Relation.objects.filter(Q(person_id__in=named) | Q(to_id__in=named), ended_at__isnull=True)
    circle = Q(person_id__in=named) | Q(person__in=ties.values("person")) | Q(person__in=ties.values("to"))
    here = Q(school_id=record.school_id) | Q(school_id__isnull=True, trust_id=record.trust_id)
    offices = Appointment.objects.current(at).filter(here | circle)
    never, nowhere, no_kinds = Value(None, DateTimeField()), Value(None, UUIDField()), [Value("")] * 2
    held = offices.values_list("from_at", "pk", "person", "school", "role", "trust", *no_kinds)
    related = ties.values_list(never, "pk", "person", "to", "kind", nowhere, "person__kind", "to__kind")
    rows = sorted(held.union(related), key=lambda row: (row[0] is not None, *row[:2]))
    return [(*row[2:5], *row[6:]) for row in rows if row[0] is None], [row[2:6] for row in rows if row[0] is not None]


def _rows(named, kinds, offices, relations) -> list[dict]:
    rows = []
    for person, parts in named.items():
        shared = {"key": str(person), "kind": kinds.get(person), "roles": offices[person]}
        for number, involvement in enumerate(parts or [None]):
            row = shared | {"part": involvement.part if involvement else None, "relations": []}
            row["relations"] = relations[person] if number == 0 else []
            if involvement and involvement.in_issue:
                row["in_issue"] = [involvement.in_issue]
            rows.append(row)
    return rows


def _kinds_read(involvements) -> dict:
    """What the people of these rows are, as far as they were read together with them."""
    person = Involvement._meta.get_field("person")
    return {one.person_id: one.person.kind for one in involvements if one.person_id and person.is_cached(one)}


def _offices(record, named, held) -> tuple[dict, dict]:
    """The offices of the people named, by person, and the holders of each office here, by office."""
    offices, holders = defaultdict(list), defaultdict(list)
    for person, school, role, trust in held:
        if person in named:
            offices[person].append(role)
        if school == record.school_id or (school is None and trust == record.trust_id):
            holders[role].append(str(person))
    return offices, holders


def work_out(
    record,
    involvements,
    *,
    at,
    direction: str | None = None,
    around_it: Around | None = None,
    anew=(),
    named=(),
    made_from=(),
) -> list:
    """The rows that follow from who is named: exclusions that are new, and readers who take a duty over.

    record: the record. involvements: all its rows, saved or about to be. around_it: if it was read already. anew:
    people of whom something new is known, so that what was lifted before is asked again. named: those of the rows that
    are new, so that it is asked again of the people in them and of whoever is related to them. made_from: the
    records from which this one has its people; whoever is kept out of them is kept out of it. Only adds: what was
    once hidden is lifted by a person with a reason, never by a change of facts.
    """
    found = around_it or around(record, involvements, at=at)
    grades = conflict.grades(people=found.people, lane=record.kind, direction=direction)
    staff = {row["key"] for row in found.people if row["kind"] != "pupil"}
    for person, why in _kept_out_of(made_from):
        if _grade_of(grades, person) != conflict.HIDDEN:
            grades[person] = conflict.Grade(conflict.HIDDEN, why)
            staff.add(person)
    again = {str(person.pk) for person in anew} | _circle_of(named, found)
    known = {
        (str(person), grade)
        for person, grade, lifted_at in _of(record, Exclusion.objects).values_list("person_id", "grade", "lifted_at")
        if lifted_at is None or str(person) not in again
    }
    rows = [
        Exclusion(record=record, person_id=person, grade=grade.grade, why=grade.why[:200], since=at)
        for person, grade in grades.items()
        if not grade.free and person in staff and (person, grade.grade) not in known
    ]
    newly = {str(row.person_id) for row in rows}
    also = [row for follow in FOLLOWING for row in follow(record, newly, grades=grades, holders=found.holders, at=at)]
    return rows + _taking_over(record, grades, found.holders, at=at) + also


def _kept_out_of(records) -> list[tuple[str, str]]:
    """From whom some records are hidden and why, whatever the facts say today."""
    rows = Exclusion.objects.standing().filter(record__in=list(records), grade=Exclusion.HIDDEN) if records else []
    return [(str(row.person_id), row.why) for row in rows]


def _circle_of(involvements, found: Around) -> set[str]:
    """The people named in some rows and everybody related to them."""
    named = {str(one.person_id) for one in involvements if one.person_id}
    ties = [{row["key"], tie["to"]} for row in found.people for tie in row["relations"]]
    return named.union(*(tie for tie in ties if tie & named))


def _of(record, rows):
    """The rows of a record; a record that is about to be made has none, and nobody is asked."""
    return rows.none() if record._state.adding else rows.filter(record=record)


def _taking_over(record, grades, holders, *, at) -> list[Reader]:
    if record.kind in NAMED_ONLY:
        return []
    known = set(_of(record, Reader.objects.current(at)).values_list("person_id", "role"))
    rows = []
    for office in conflict.offices_to_take_over():
        usual = holders.get(office) or []
        if not usual or any(person not in grades or grades[person].free for person in usual):
            continue
        found = conflict.holder(office, grades, holders)
        if found and (found.person, office) not in {(str(person), role) for person, role in known}:
            title = adopted.of_key(record.pack_id).title_of(office)
            why = f"{STANDS_IN} from the {title}, who stands aside"
            rows.append(Reader(record=record, person_id=found.person, role=office, why=why, since=at))
    return rows


def direction_of(record) -> str | None:
    """Who did it to whom in a record that is there already; nothing where nobody knows."""
    return next(filter(None, (known(record) for known in DIRECTIONS)), None)


def recheck(people, *, by, at, anew=()) -> None:
    """After a relation or an office changed: work conflict out anew in every record that names one of these people.

    anew: as in `work_out`.
    """
    for record in _naming(people):
        involved, direction = Involvement.objects.filter(record=record), direction_of(record)
        rows = work_out(record, involved, at=at, direction=direction, anew=anew)
        if rows:
            ledger.record("conflict.worked_out", record, *rows, by=by, at=at)


def records_naming(people) -> set:
    """The identifiers of the records in which conflict is worked out anew when something about these people changes."""
    return set(_naming(people).values_list("pk", flat=True))


def _naming(people):
    """The records, still there, that name one of these people or somebody related to them."""
    ties = Relation.objects.filter(Q(person__in=people) | Q(to__in=people), ended_at__isnull=True)
    circle = {person.pk for person in people} | {pk for pair in ties.values_list("person", "to") for pk in pair}
    records = Record.objects.filter(pk__in=Involvement.objects.filter(person__in=circle).values("record_id"))
    return records.select_related("school").filter(destroyed_at__isnull=True).order_by("pk")


def reconsider(people, *, by, at) -> None:
    """After a relation ended: whoever is kept out of a record without a reason that still holds is to be asked again.

    They stay kept out until somebody who is free lifts it; only its confirmation goes.
    """
    for record in _naming(people):
        found = around(record, Involvement.objects.filter(record=record), at=at)
        grades = conflict.grades(people=found.people, lane=record.kind, direction=direction_of(record))
        confirmed = Exclusion.objects.standing().filter(record=record, confirmed_at__isnull=False)
        confirmed = confirmed.filter(Q(person__in=people) | Q(grade=Exclusion.HIDDEN)).order_by("pk")
        loose = [row for row in confirmed if _grade_of(grades, row.person_id) != row.grade]
        for row in loose:
            row.confirmed_at = row.confirmed_by = None
        if loose:
            ledger.record("conflict.worked_out", record, *loose, by=by, at=at)


def _grade_of(grades, person) -> str:
    found = grades.get(str(person))
    return found.grade if found else conflict.FREE


def settle(record, exclusion, *, by, at, answer, reason) -> None:
    """Confirm that somebody is kept out of a record or stands aside in it, or lift it, with a reason.

    answer: confirm; lift, with which ends the reading of whoever stood in; or not_meant, which lifts it because
    somebody else was meant by the name. Raises Refused for the person whom the record is about, unless they are not
    meant.
    """
    if answer == "lift" and _is_about(record, exclusion.person):
        raise Refused(IT_IS_ABOUT_THEM)
    also = []
    if answer == "confirm":
        exclusion.confirmed_at, exclusion.confirmed_by = at, by
    else:
        exclusion.lifted_at, also = at, _stand_ins_without_need(record, exclusion, at=at)
    if answer == NOT_MEANT:
        also += _no_longer_named(record, exclusion.person)
    sealing.seal(record, exclusion, reason=reason)
    ledger.record("conflict.confirmed", record, exclusion, *also, by=by, at=at, answer=answer)
    if answer == NOT_MEANT:
        _kept_otherwise(record, exclusion.person, by=by, at=at)


def _no_longer_named(record, person) -> list[Involvement]:
    """What a name in a record was taken to mean somebody by; the name as typed stays, and means nobody known."""
    rows = list(Involvement.objects.filter(record=record, person=person).exclude(part="reporter").order_by("pk"))
    if not rows:
        raise Refused("They are not named in it: lift it instead.")
    for row in rows:
        row.person, row.is_confirmed = None, False
    return rows


def _kept_otherwise(record, person, *, by, at) -> None:
    """Whoever was not meant is still kept out, until that is lifted too, where another reason stands."""
    involved, direction = Involvement.objects.filter(record=record), direction_of(record)
    rows = work_out(record, involved, at=at, direction=direction, anew=[person])
    if rows:
        ledger.record("conflict.worked_out", record, *rows, by=by, at=at)


def _stand_ins_without_need(record, lifted, *, at) -> list[Reader]:
    """Whoever stands in for an office of which, once one conflict is lifted, a usual holder is free; not saved yet."""
    standing = Exclusion.objects.standing().filter(record=record).exclude(pk=lifted.pk)
    kept = {str(person) for person in standing.values_list("person_id", flat=True)}
    holders = around(record, [], at=at).holders
    rows = Reader.objects.current(at).filter(record=record, why__startswith=STANDS_IN)
    ended = [row for row in rows if not kept.issuperset(holders.get(row.role, ()))]
    for row in ended:
        row.until = at
    return ended


def _is_about(record, person) -> bool:
    return Involvement.objects.filter(record=record, person=person, part="subject", is_confirmed=True).exists()


def people_kept_from(record) -> set:
    """Everybody from whom a record is hidden or who stands aside in it."""
    return set(Exclusion.objects.standing().filter(record=record).values_list("person_id", flat=True))


def kept_from(record, person) -> bool:
    """Whether a record is hidden from one person."""
    return Exclusion.objects.standing().filter(record=record, person=person, grade=Exclusion.HIDDEN).exists()


def stood_aside(person_id):
    """The rows by which a person decides nothing in a record."""
    return Exclusion.objects.standing().filter(person_id=person_id, grade=Exclusion.ASIDE)


def hidden_from(person_id) -> set:
    """The records that do not exist for a person."""
    rows = Exclusion.objects.standing().filter(person_id=person_id, grade=Exclusion.HIDDEN)
    return set(rows.values_list("record_id", flat=True))
