"""The acts by which a case file is asked for and fetched; between them a job makes it."""

from collections import Counter

from casework import keeping
from casework.models import Case, JoinedConcern, Part
from casework.workflow.choosing import must_be_free_in
from reports import building, jobs, releasing
from reports.models import Paper, PrintedRecord
from reports.rules.reader import is_meant
from reports.terms import terms
from schools import downloads, ledger, references, sealing
from schools.access import Viewer
from schools.acts import Kept, Past, Refused, act
from schools.clock import day_of
from schools.models import Checkpoint, Entry, Head, Involvement, Person, Record
from schools.roles import Kind, Permission
from schools.timeline import facts_of

NOT_OF_THIS_KIND = "A copy of this kind does not need it."
NAMED_OTHERWISE = "They are named in it otherwise than as the person it is about, for instance as the person harmed."
OF_SOMEBODY_ELSE = "It is about somebody else."
NOT_OF_ONE = "It is not about one person alone: print, for each person, the part that is about them."
NOT_RELEASED = "A second person has to read it and release it first."
NO_RELEASE = "A copy of this kind needs no second person."
NOT_YOU = "You asked for it: somebody else has to read it and release it."
READ_FIRST = "Fetch it first and read it from end to end: you have not fetched it yet."
NOBODY_ELSE = (
    "Nobody else reads all of this and may print it, and a second person has to release a copy of this kind: ask for "
    "its parts one by one, or hand over to somebody what they do not read."
)
THEIR_OWN_COPY = (
    "Somebody who asked for what is held about them is given the copy for the person it is about: choose that kind of "
    "copy, or another ground."
)
WHOM_IT_IS_ABOUT = (
    "This copy is about {name} and masks no names: choose the copy for the person it is about, or say more exactly "
    "who else is to read it."
)
NONE_OF_THIS_KIND = "There is nothing in it that a copy of this kind is about: choose another kind of copy."


def contents(
    subject: Case | Part, viewer: Viewer, *, kinds: tuple[str, ...] = (), about: Person | None = None
) -> tuple[list[Record], list[tuple[Record, str]]]:
    """The records that go into a copy of a case or a part, and those that this person reads and are left out, with why.

    What is hidden from them is in neither list. kinds: the kinds of record that a copy of its kind needs; none named
    means all. about: the one person that it is about, if it holds nothing else.
    """
    seen = [subject.record] if isinstance(subject, Part) else _seen(subject, viewer)
    why = [
        (record, releasing.obstacle_to_printing(record, viewer) or _not_needed(record, kinds, about)) for record in seen
    ]
    return [record for record, reason in why if not reason], [(record, reason) for record, reason in why if reason]


def _not_needed(record: Record, kinds: tuple[str, ...], about: Person | None) -> str:
    if about and about.pk not in _people_of(record):
        named = Involvement.objects.filter(record=record, person=about).exists()
        return NAMED_OTHERWISE if named else OF_SOMEBODY_ELSE
    return NOT_OF_THIS_KIND if kinds and record.kind not in kinds else ""


def _people_of(record: Record) -> set:
    """Whom a record is about: the one person of a part, and whoever is known to be meant by a concern."""
    if record.kind == Kind.CONCERN:
        named = Involvement.objects.filter(record=record, part="subject", is_confirmed=True, person__isnull=False)
        return set(named.values_list("person_id", flat=True))
    return set(Part.objects.filter(record=record, about__isnull=False).values_list("about_id", flat=True))


def _the_one(record: Record) -> Person:
    """The one person that a record is about."""
    found = _people_of(record)
    if len(found) != 1:
        raise Refused(NOT_OF_ONE)
    return Person.objects.get(pk=found.pop())


def left_out_of_theirs(subject: Case | Part, viewer: Viewer) -> Counter:
    """How many records somebody reads that a copy for the one person it is about leaves out, by the reason why.

    Nothing where no such copy is made, because it is not about one person alone.
    """
    people = _people_of(subject.record_for(viewer))
    if len(people) != 1:
        return Counter()
    _, left_out = contents(subject, viewer, about=Person.objects.get(pk=people.pop()))
    return Counter(why for _, why in left_out)


def left_out_of(paper: Paper, viewer: Viewer) -> Counter:
    """How many records that this person sees were left out of a copy when it was asked for, by the reason why."""
    lines = Entry.objects.filter(record_id=paper.record_id, verb="paper.asked")
    said = (facts_of(line, sealing.key_of(paper.record)) for line in lines)
    rows = next((facts["left_out"] for facts in said if facts["paper"] == paper.ref and "left_out" in facts), [])
    seen = set(
        Record.objects.visible_to(viewer).filter(ref__in=[row["ref"] for row in rows]).values_list("ref", flat=True)
    )
    return Counter(row["why"] for row in rows if row["ref"] in seen)


def _seen(case: Case, viewer: Viewer) -> list[Record]:
    concerns = JoinedConcern.objects.visible_to(viewer).filter(case=case).select_related("record").order_by("joined_at")
    parts = Part.objects.visible_to(viewer).filter(case=case).select_related("record").order_by("opened_at", "ref")
    records = [*(one.record for one in concerns), *(part.record for part in parts)]
    return sorted(records, key=lambda record: record.pk != case.record_id)


@act(
    "paper.asked",
    of=Case,
    permission=Permission.PAPER_PRINT,
    label="Print the case file",
    touches=lambda case, viewer, answers: {record.pk for record in _seen(case, viewer)},
)
def ask_for_paper(
    case, *, by, at, recipient, purpose, legal_ground, destroy_by_on=None, decided_by=None, audience="full"
):
    """Ask for a copy of a case for one person, of what you may print in it, as it stands now.

    recipient: name and post. purpose: why they need it. legal_ground: one of the grounds of the terms. destroy_by_on:
    the last day they may keep it; our suggestion if none is given. decided_by: who decided that they may have it, if
    not `by`. audience: which kind of copy.
    """
    paper = Paper(case=case, audience=audience, legal_ground=legal_ground, destroy_by_on=destroy_by_on)
    return _ask(paper, case, by=by, at=at, decided_by=decided_by, recipient=recipient, purpose=purpose)


@act("paper.asked", of=Part, permission=Permission.PAPER_PRINT, label="Print this part")
def ask_for_part_paper(
    part, *, by, at, recipient, purpose, legal_ground, destroy_by_on=None, decided_by=None, audience="full"
):
    """Ask for a copy of one part of a case for one person, as it stands now.

    The arguments are those of asking for the whole case.
    """
    paper = Paper(case=part.case, part=part, audience=audience, legal_ground=legal_ground, destroy_by_on=destroy_by_on)
    return _ask(paper, part, by=by, at=at, decided_by=decided_by, recipient=recipient, purpose=purpose)


def _ask(paper: Paper, subject, *, by, at, decided_by, recipient, purpose) -> Paper:
    audience = terms().audiences.get(paper.audience)
    if audience is None or paper.legal_ground not in terms().grounds:
        raise Refused("Choose one of the kinds of copy and one of the legal grounds shown.")
    viewer = Viewer(by, at)
    about = _the_one(subject.record_for(viewer)) if audience.of_one else None
    printed, left_out = contents(subject, viewer, kinds=audience.kinds, about=about)
    if audience.kinds and audience.kinds[0] not in {record.kind for record in printed}:
        raise Refused(NONE_OF_THIS_KIND)
    if audience.of_one and not releasing.who_may_release(printed, besides=by.person, at=at):
        raise Refused(NOBODY_ELSE)
    paper.record, paper.ref = subject.record_for(viewer), references.new("paper")
    paper.asked_by, paper.decided_by, paper.asked_at = by.person, decided_by or by.person, at
    paper.destroy_by_on = paper.destroy_by_on or terms().kept_until(day_of(at))
    paper.checkpoint = Checkpoint.objects.order_by("-number").first()
    _refuse(paper, printed)
    _refuse_reader(paper, printed, recipient)
    sealing.seal(paper.record, paper, recipient=recipient, purpose=purpose)
    said = {"paper": paper.ref, "recipient": recipient, "purpose": purpose, "ground": paper.legal_ground}
    said |= {"destroy_by": paper.destroy_by_on, "decided_by": paper.decided_by_id}
    said |= {"about": about.pk} if about else {}
    for record in printed:
        at_line = PrintedRecord(record=record, paper=paper, seq=_next_line(record))
        home = record.pk == paper.record.pk
        rows = [paper, at_line] if home else [at_line]
        facts = said | ({"left_out": _left_out(left_out)} if home else {})
        entry = ledger.record("paper.asked", record, *rows, by=by, at=at, keep=_kept(record, at), **facts)
        if entry.seq != at_line.seq:
            raise AssertionError(f"{record.ref} went on to line {entry.seq} while it was frozen at {at_line.seq}")
    jobs.print_paper.enqueue(str(paper.pk))
    return paper


def _refuse(paper: Paper, printed: list[Record]) -> None:
    asked_on = day_of(paper.asked_at)
    if not asked_on <= paper.destroy_by_on <= terms().latest(asked_on):
        raise Refused(f"A copy is kept from today for at most {terms().longest_days} days: choose a day in between.")
    for record in printed:
        must_be_free_in(record, paper.decided_by)


def _refuse_reader(paper: Paper, printed: list[Record], recipient: str) -> None:
    """Nobody is given, about themselves, a copy in which other people can be read: UK GDPR Article 15(4)."""
    if paper.legal_ground == terms().own_ground and not paper.is_theirs:
        raise Refused(THEIR_OWN_COPY)
    people = set() if paper.masks_names else set().union(*map(_people_of, printed))
    for person in sealing.open_rows(Person.objects.filter(pk__in=people).order_by("pk")):
        name = person.name or person.opened.sealed_name
        if is_meant(recipient, name):
            raise Refused(WHOM_IT_IS_ABOUT.format(name=name))


def _next_line(record: Record) -> int:
    return Head.objects.select_for_update().get(pk=record.pk).seq + 1


def _left_out(records: list[tuple[Record, str]]) -> list[dict]:
    return [{"ref": record.ref, "kind": record.kind, "why": why} for record, why in records]


def _kept(record: Record, at) -> dict | None:
    """Until when a part is kept as its facts stand now; nothing for a concern, which follows the parts it feeds."""
    part = Part.objects.filter(record=record).select_related("case", "about", "school").first()
    if part is None:
        return None
    found = keeping.fate(part, today=day_of(at))
    fate = found.fate
    said = {
        "until": fate.due_on,
        "action": fate.action,
        "rule": fate.rule,
        "why": fate.why,
        "authority": fate.authority,
    }
    return said | {"held": list(found.blocked_by)}


def records_in(paper, viewer, answers):
    """Every record that is printed in a copy: a line is left in each."""
    return paper.printed.values_list("record_id", flat=True)


def cannot_fetch(paper, viewer):
    """Why a copy cannot be fetched now."""
    if paper.status != Paper.READY:
        return f"{paper.get_status_display()}."
    if paper.waits_for_release and viewer.person_id == paper.asked_by_id:
        return NOT_RELEASED
    records = [one.record for one in paper.printed.select_related("record")]
    why_not = next(filter(None, (releasing.obstacle_to_printing(record, viewer) for record in records)), None)
    return why_not or releasing.obstacle_to_reading(paper, viewer) or None


@act(
    "paper.fetched",
    of=Paper,
    permission=Permission.PAPER_PRINT,
    label="Fetch the copy",
    when=cannot_fetch,
    touches=records_in,
)
def fetch_paper(paper, *, by, at, promise):
    """Fetch a copy that was made, having said that it will be locked away and destroyed by its day.

    promise: yes.
    """
    if promise != "yes":
        raise Refused("A copy is fetched only by somebody who will see that it is destroyed by its day.")
    said = {"page": "paper fetched", "records": records_in(paper, None, {}), "basis": f"copy {paper.ref}"}
    try:
        downloads.take_out("copy", viewer=Viewer(by, at), **said)
    except downloads.TooMany as refused:
        too_many = refused
        raise Kept(str(too_many), lambda record, *, by, at: too_many.tell()) from refused
    return jobs.line_in_each("paper.fetched", paper, by=by, at=at)


def cannot_release(paper, viewer):
    """Why a copy cannot be released now."""
    if not paper.waits_for_release:
        return Past(NO_RELEASE)
    if viewer.person_id == paper.asked_by_id:
        return NOT_YOU
    return cannot_fetch(paper, viewer) or (None if releasing.has_fetched(paper, viewer.user) else READ_FIRST)


@act(
    "paper.released",
    of=Paper,
    permission=Permission.PAPER_PRINT,
    label="Release the copy",
    when=cannot_release,
    touches=records_in,
)
def release_paper(paper, *, by, at, has_read):
    """Let a copy for the person it is about leave, as a second person who has read it.

    has_read: yes.
    """
    if has_read != "yes":
        raise Refused("A copy is released only by somebody who has read it from end to end.")
    paper.released_by, paper.released_at = by.person, at
    line = jobs.line_in_each("paper.released", paper, paper, by=by, at=at)
    releasing.no_longer_waits(paper, at=at)
    releasing.tell_who_asked(paper, at=at)
    return line


def words_to_look_at(paper: Paper) -> tuple[str, ...]:
    """Words in a masked copy that may still be somebody's name, for whoever hands it on; nothing where names stand."""
    if not paper.masks_names:
        return ()
    try:
        return building.case_file(paper).look_at
    except building.Unreadable:
        return ()


def lets_through(paper: Paper, line, *, now) -> bool:
    """Whether a line by which somebody fetched a copy still lets the file through.

    line: that line of history. now: the machine's time, by which lines are written.
    """
    if line.record_id != paper.record_id or now > line.written_at + terms().download_within:
        return False
    return facts_of(line, sealing.key_of(paper.record)).get("paper") == paper.ref
