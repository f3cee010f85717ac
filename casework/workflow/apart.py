"""Legal advice and working notes: records of their own, of which a part says that they are there and nothing more."""

from itertools import product

from django.db.models import Q

from casework import keeping
from casework.models import Allegation, Case, JoinedConcern, LegalAdvice, Part, WorkingNotes
from casework.rules import quoting
from casework.workflow.choosing import NOT_THEM
from casework.workflow.parts import carried_over, is_open
from incidents.models import Concern
from schools import access, acts, conflict, exclusions, ledger, records, sealing, tombstone
from schools.access import Viewer
from schools.acts import Refused, act
from schools.models import Reader
from schools.roles import NAMED_ONLY, Kind, Permission, Role, grants

QUOTED = (
    "This repeats words of legal advice, which would then be read by others and lose its protection. Say in "
    "your own words what you decide, and why."
)
PRIVILEGED = "Nobody who investigates, hears or decides this may read legal advice about it."


def who_runs(part) -> set:
    """Whoever investigates, decides or hears the appeal in a part's proceeding, by the keys of their persons."""
    found = getattr(part, "proceeding_of", None)
    return {found.investigator_id, found.decision_maker_id, found.appeal_officer_id} if found else set()


def readers_of_advice(part) -> set:
    """Whoever was named as a reader of legal advice about a part, by the keys of their persons."""
    advice = LegalAdvice.objects.filter(part=part).values("record")
    return set(Reader.objects.filter(record__in=advice).values_list("person_id", flat=True))


def may_take_advice(part, viewer):
    return PRIVILEGED if viewer.person_id in who_runs(part) else is_open(part, viewer)


def quotes_no_advice(subject, viewer, texts: list[str]) -> None:
    """Refuses words of legal advice in anything that is written elsewhere about the same case; users' point 14.

    subject: what is acted on. viewer: who writes; of advice about a part that is hidden from them, nothing is said.
    texts: what is written. Words of the case itself, which advice may quote, are anybody's to repeat.
    """
    record, long = subject.record, [text for text in texts if len(text.split()) >= quoting.RUN]
    if not long or record.kind in NAMED_ONLY | {Kind.REGISTER}:
        return
    cases = Case.objects.filter(Q(joined__record=record) | Q(parts__record=record)).values("pk")
    hidden = exclusions.hidden_from(viewer.person_id)
    given = LegalAdvice.objects.filter(part__case__in=cases).exclude(part__in=hidden).exclude(record__in=hidden)
    advice = [row.opened.advice for row in sealing.open_rows(given.filter(status=LegalAdvice.RECEIVED, waived_at=None))]
    own = _own_words_of(cases) if advice else []
    for text, said in product(long, advice):
        if words := quoting.quoted(text, said, besides=own):
            raise Refused(f"{QUOTED} The words are: “{words}”.")


def _own_words_of(cases) -> list[str]:
    """What was reported and what is alleged in some cases."""
    concerns = sealing.open_rows(
        Concern.objects.filter(record__in=JoinedConcern.objects.filter(case__in=cases).values("record"))
    )
    allegations = sealing.open_rows(Allegation.objects.filter(record__part__case__in=cases))
    return [one.opened.narrative for one in concerns] + [one.opened.alleged for one in allegations]


acts.WRITTEN.append(quotes_no_advice)


def _beside(part, kind: Kind, *, permission, by, at, why) -> tuple:
    """A record of its own beside a part, and its rows: kept from whom the part is kept from, read by its maker."""
    record = records.prepare(kind, trust=part.school.trust, school=part.school, pack=part.record.pack, at=at)
    people = carried_over(record, part)
    office = min(access.roles_carrying(Viewer(by, at), permission, part.record))
    reader = Reader(record=record, person=by.person, role=office, why=why, since=at)
    direction = exclusions.direction_of(part.record)
    follow = exclusions.work_out(record, people, at=at, direction=direction, made_from=[part.record_id])
    return record, [*people, *follow, reader]


@act(
    "advice.asked",
    of=Part,
    permission=Permission.ADVICE_TAKE,
    label="Ask for legal advice",
    when=may_take_advice,
)
def ask_advice(part, *, by, at, adviser, question, asked_at=None):
    """Ask a lawyer or adviser about this; what is asked is kept apart, and the history says only that it was.

    adviser: who is asked. asked_at: when, if not now. Only you read it until you name somebody else.
    """
    record, rows = _beside(
        part, Kind.LEGAL_ADVICE, permission=Permission.ADVICE_TAKE, by=by, at=at, why="asked for the advice"
    )
    advice = LegalAdvice(record=record, ref=record.ref, part=part, asked_at=asked_at or at)
    sealing.seal(record, advice, adviser=adviser, question=question)
    ledger.begin(record, advice, *rows, verb="advice.asked", by=by, at=at)
    ledger.record("advice.asked", part.record, by=by, at=at)
    return advice


@act(
    "advice.received",
    of=LegalAdvice,
    permission=Permission.ADVICE_TAKE,
    label="Record the advice",
    moves=(LegalAdvice.ASKED, LegalAdvice.RECEIVED),
    touches=lambda advice, viewer, answers: {advice.part_id},
)
def record_advice(advice, *, by, at, received_at, text):
    """Record the advice that came; its words are in no timeline, no list and no copy.

    received_at: when it came, never in the future.
    """
    if received_at < advice.asked_at:
        raise Refused("This is before it was asked for.")
    advice.status, advice.received_at = LegalAdvice.RECEIVED, received_at
    sealing.seal(advice.record, advice, advice=text)
    ledger.record("advice.received", advice.record, advice, by=by, at=at)
    ledger.record("advice.received", advice.part.record, by=by, at=at)
    return advice


def may_be_named(advice, person) -> str:
    """Why somebody may not be named as a reader of an advice; empty when they may."""
    if person.pk in who_runs(advice.part):
        return PRIVILEGED
    kept = exclusions.people_kept_from(advice.record) | exclusions.people_kept_from(advice.part.record)
    return NOT_THEM.format(name=person.name) if person.pk in kept else ""


@act(
    "advice.shared",
    of=LegalAdvice,
    permission=Permission.ADVICE_TAKE,
    label="Let somebody read it",
    touches=lambda advice, viewer, answers: {advice.part_id},
)
def share_advice(advice, *, by, at, person, why):
    """Name one more person who may read this advice: never an investigator, a witness or anyone who hears it."""
    if why_not := may_be_named(advice, person):
        raise Refused(why_not)
    if Reader.objects.current(at).filter(record=advice.record, person=person).exists():
        raise Refused(f"{person.name} reads it already.")
    reader = Reader(record=advice.record, person=person, role="", why="was named as a reader", since=at)
    ledger.record("advice.shared", advice.record, reader, by=by, at=at, why=why)
    return advice


def _taken_away(record, newly, *, grades, holders, at) -> list[Reader]:
    """Who is newly a party to a matter or a witness in it reads no advice about it from then on.

    newly: the keys of their persons. Where nobody is left who could work on it, whoever takes the office over does.
    """
    if record.kind != Kind.LEGAL_ADVICE or record._state.adding:
        return []
    current = list(Reader.objects.current(at).filter(record=record))
    ended = [reader for reader in current if str(reader.person_id) in newly]
    for reader in ended:
        reader.until = at
    if not ended or any(_works_on_it(reader) for reader in current if reader not in ended):
        return ended
    runs = {str(person) for person in who_runs(LegalAdvice.objects.get(record=record).part)}
    free = {office: [one for one in people if one not in runs] for office, people in holders.items()}
    follow = []
    for office in {reader.role for reader in ended if _works_on_it(reader)}:
        if found := conflict.holder(office, grades, free):
            why = "takes over the advice: who asked for it stands aside"
            follow.append(Reader(record=record, person_id=found.person, role=office, why=why, since=at))
    return ended + follow


def _works_on_it(reader) -> bool:
    return bool(reader.role) and grants(Role(reader.role), Permission.ADVICE_TAKE)


exclusions.FOLLOWING.append(_taken_away)


@act("notes.kept", of=Part, permission=Permission.RECORD_WORK, label="Keep working notes", when=is_open)
def keep_working_notes(part, *, by, at, text):
    """Keep notes for yourself alone until the statement or report made from them is signed; no copy holds them."""
    record, rows = _beside(part, Kind.WORKING_NOTES, permission=Permission.RECORD_WORK, by=by, at=at, why="wrote them")
    notes = WorkingNotes(record=record, ref=record.ref, part=part, author=by.person, written_at=at)
    sealing.seal(record, notes, text=text)
    ledger.begin(record, notes, *rows, verb="notes.kept", by=by, at=at)
    ledger.record("notes.kept", part.record, by=by, at=at)
    return notes


def may_be_destroyed(notes, viewer):
    if notes.record.destroyed_at:
        return "They have been destroyed."
    return "Nothing may be destroyed while an appeal waits." if keeping.holds(notes.part) else None


@act(
    "notes.destroyed",
    of=WorkingNotes,
    permission=Permission.RECORD_WORK,
    label="Destroy these notes",
    when=may_be_destroyed,
    touches=lambda notes, viewer, answers: {notes.part_id, notes.part.school.record_id},
)
def destroy_working_notes(notes, *, by, at, made_into):
    """Destroy your working notes because what was made from them is signed; the history keeps that, and no word.

    made_into: a statement, or a report.
    """
    ledger.record("notes.destroyed", notes.part.record, by=by, at=at, made_into=made_into)
    tombstone.destroy(notes.record, by=by, at=at, made_into=made_into)
    return notes
