"""What waits on many concerns at once, each asked for no more than its questions need."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from incidents import questions, routing
from incidents.models import Decision
from incidents.questions import LADO_IS_ASKED
from incidents.rules import route, threshold
from incidents.rules.facts import Facts, read
from schools import deadlines
from schools.calendars import calendars_of
from schools.models import Appointment, Exclusion, Involvement


def unsettled_in(concerns) -> dict[object, list[str]]:
    """The questions that the facts of each of many concerns opened and that nobody has settled yet, by concern."""
    # Whom a concern is about matters only to the threshold question.
    asked = [one for one in concerns if not one.threshold]
    facts, made = _facts_of(concerns, people_of=asked), _decisions_of(concerns)
    opening = {one.pk: route.opening(facts[one.pk], routing.pack_of(one.record)) for one in concerns}
    return {one.pk: questions.unsettled(one, opening[one.pk], made[one.pk]) for one in concerns}


def unconfirmed_in(concerns) -> set:
    """Those of many concerns, by key, of which somebody is kept out without anybody having confirmed it."""
    rows = Exclusion.objects.standing().filter(grade=Exclusion.HIDDEN, confirmed_at__isnull=True)
    return set(rows.filter(record__in=[one.pk for one in concerns]).values_list("record_id", flat=True))


def _decisions_of(concerns) -> dict[object, list[Decision]]:
    found = defaultdict(list)
    for row in Decision.objects.filter(record__in=[one.pk for one in concerns]).order_by("decided_at", "pk"):
        found[row.record_id].append(row)
    return found


def threshold_open(concerns) -> list:
    """Those of many concerns in which the threshold question is asked and has no answer yet."""
    facts = _facts_of([concern for concern in concerns if not concern.threshold])
    return [concern for concern in concerns if concern.pk in facts and threshold.is_asked(facts[concern.pk])]


def ask_again(concern, *, at) -> None:
    """Ask the threshold question of a concern again, because something new is known; the old answer stays on record.

    Where its facts no longer raise the question, the answer that was given stands. at: from when the LADO's day runs
    anew (KCSIE Part Four). Nothing is saved here.
    """
    given, concern.threshold = concern.threshold, ""
    if given and threshold_open([concern]):
        concern.asked_again_at = at
    else:
        concern.threshold = given


def lado_waits(concerns) -> list:
    """Those of many concerns in which the LADO has to be contacted."""
    asked = [concern for concern in concerns if concern.threshold in LADO_IS_ASKED]
    made = _decisions_of(asked)
    return [concern for concern in asked if "lado" not in questions.settled(concern, made[concern.pk])]


def with_lado_due(concerns) -> list[tuple]:
    """Each of many concerns with the moment by which the LADO is contacted, if the LADO is."""
    facts = _facts_of(concerns, with_offices=True)
    calendars = calendars_of({concern.school for concern in concerns})
    return [(concern, _lado_due(concern, facts[concern.pk], calendars[concern.school_id])) for concern in concerns]


def promised_in(concerns, *, among) -> QuerySet[Decision]:
    """The last decisions in many concerns to tell somebody of which nothing says when they were told, the oldest first.

    concerns: those asked about, which need not be read. among: the questions.
    """
    later = Decision.objects.filter(record=OuterRef("record"), question=OuterRef("question"))
    later = later.filter(decided_at__gt=OuterRef("decided_at"))
    rows = Decision.objects.filter(question__in=among, answer="yes", happened_at=None, record__in=concerns.values("pk"))
    rows = rows.exclude(Exists(later)).select_related("record__concern__school")
    return rows.order_by("decided_at", "pk")


def _lado_due(concern, facts: Facts, calendar) -> datetime:
    start = threshold.known_to_leaders_at(facts)
    return deadlines.due(rule="lado_contact", start=start, nation=concern.school.nation, calendar=calendar).due_at


def _facts_of(concerns, people_of=None, *, with_offices: bool = False) -> dict[object, Facts]:
    """As much of the facts of many concerns as their questions ask for: whom each is about, and who first knew.

    people_of: those of them of which people are read; all where it is not given. with_offices: whether it matters what
    those people are in the school, as it does for who first knew; whom the directory knows needs none to work there.
    """
    people = _people_of(concerns if people_of is None else people_of, with_offices=with_offices)
    return {
        concern.pk: read(
            {
                "code": concern.code,
                "secondary": concern.codes[1:],
                "threat": concern.is_threat,
                "direction": concern.direction,
                "reported_at": concern.reported_at,
                "known_at": concern.first_known_at,
                "asked_again_at": concern.asked_again_at,
                "people": people[concern.pk],
            }
        )
        for concern in concerns
    }


def _people_of(concerns, *, with_offices: bool) -> dict[object, list[dict]]:
    """Whom each concern is about and who reported it, by concern, as the rule asks for them."""
    found = defaultdict(list)
    if not concerns:
        return found
    rows = Involvement.objects.filter(record__in=[concern.pk for concern in concerns], part__in=("subject", "reporter"))
    rows = list(rows.values_list("record_id", "person_id", "part", "kind", "person__kind"))
    at = max(concern.reported_at for concern in concerns)
    offices = _offices_of({person for _, person, *_ in rows if person}, at) if with_offices else defaultdict(list)
    for number, (record, person, part, typed_kind, known_kind) in enumerate(rows):
        key, kind = str(person or f"typed-{number}"), known_kind if person else typed_kind
        found[record].append({"key": key, "part": part, "kind": kind, "roles": offices[person]})
    return found


def _offices_of(people, at) -> dict[object, list[str]]:
    offices = defaultdict(list)
    for person, role in Appointment.objects.current(at).filter(person__in=people).values_list("person_id", "role"):
        offices[person].append(role)
    return offices
