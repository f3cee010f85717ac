"""Opening a case from a concern, joining others to it, giving it parts, and closing it."""

from functools import cache

from django.db.models import Q

from casework.models import Case, JoinedConcern, Note, Part
from casework.workflow.confirming import confirmed_before
from casework.workflow.parts import new_part, open_again, take_in, with_what_is_beside
from incidents import waiting
from incidents.models import Concern
from incidents.workflow import takedowns, triage
from schools import exclusions, ledger, references, sealing
from schools.access import Viewer
from schools.acts import Follow, Past, Refused, act
from schools.clock import day_of
from schools.models import Exclusion, Involvement
from schools.roles import Permission


@act(
    "case.opened",
    of=Concern,
    permission=Permission.CASE_OPEN,
    label="Open a case",
    moves=(Concern.TRIAGED, Concern.IN_CASE),
)
def open_case(concern, *, by, at):
    """Open a case for a concern, and then a part of it for each person about whom something is done."""
    case = Case(record=concern.record, ref=references.new("case"), opened_at=at)
    case.school = concern.school
    joined = JoinedConcern(record=concern.record, case=case, joined_at=at)
    concern.status = Concern.IN_CASE
    ledger.record("case.opened", concern.record, concern, case, joined, by=by, at=at, case=case.ref)
    return case


def its_concerns(case, viewer=None, answers=None) -> set:
    """The identifiers of the concerns of a case."""
    return set(JoinedConcern.objects.filter(case=case).values_list("record_id", flat=True))


def _its_concerns_and_parts(concern, viewer, answers) -> set:
    case = answers["case"]
    return its_concerns(case) | with_what_is_beside(case.parts.all())


@act(
    "concern.joined",
    of=Concern,
    permission=Permission.CASE_OPEN,
    label="Join to an open case",
    moves=(Concern.TRIAGED, Concern.IN_CASE),
    touches=_its_concerns_and_parts,
)
def join_case(concern, *, by, at, case):
    """Join a concern to a case that is open at the same school; whoever it names counts in each of its parts too."""
    if case.status != Case.OPEN or case.school_id != concern.school_id:
        raise Refused("Choose a case that is open at this school.")
    joined = JoinedConcern(record=concern.record, case=case, joined_at=at)
    concern.status = Concern.IN_CASE
    ledger.record("concern.joined", concern.record, concern, joined, by=by, at=at, case=case.ref)
    named = list(Involvement.objects.filter(record=concern.record))
    for part in case.parts.select_related("record", "school").order_by("opened_at", "ref"):
        take_in(part, concern, named, by=by, at=at)
    return case


def case_is_open(case, viewer):
    return None if case.status == Case.OPEN else Past("This case is closed.")


@act(
    "part.opened",
    of=Case,
    permission=Permission.CASE_OPEN,
    label="Open a part",
    when=case_is_open,
    touches=its_concerns,
)
def open_part(case, *, by, at, lane, about=None, about_name="", last_incident_on=None):
    """Open one part of a case about one person, with its own readers, dates and end.

    lane: the child's safety, staff conduct, support, a low-level concern, a data breach or a complaint.
    about: the person, from the directory; about_name: as typed, for anyone else. last_incident_on: the last post or
    message.
    """
    concerns = _not_hidden_from(by, case)
    record = concerns[0].record
    if lane in ("conduct", "low_level_concern") and waiting.threshold_open(concerns):
        raise Refused("Answer the threshold question first.")
    if lane in ("conduct", "low_level_concern") and about is None:
        raise Refused("Say who it is about, from the directory: until then it cannot be kept from them.")
    part, rows = new_part(case, concerns, lane=lane, about=about, about_name=about_name, at=at)
    part.last_incident_on = last_incident_on
    ledger.begin(part.record, part, *rows, verb="part.opened", by=by, at=at, lane=lane, case=case.ref)
    confirmed_before(part, concerns, by=by, at=at)
    if _hidden_from(part.record) <= _hidden_from(record):
        ledger.record("part.opened", record, by=by, at=at, lane=lane, part=part.ref)
    return part


def _not_hidden_from(by, case) -> list[Concern]:
    # What is done by somebody for whom a concern does not exist is done as if it did not.
    joined = case.joined.exclude(record__in=exclusions.hidden_from(by.person_id))
    return [one.concern for one in joined.select_related("record__concern__school").order_by("joined_at", "pk")]


def _hidden_from(record) -> set:
    # Whoever reads the concern and may not know of the part would find it in the concern's own history.
    hidden = Exclusion.objects.standing().filter(record=record, grade=Exclusion.HIDDEN)
    return set(hidden.values_list("person_id", flat=True))


def nothing_open(case, viewer):
    if case.status != Case.OPEN:
        return "This case is closed."
    if Part.OPEN in stages_of_parts(case, viewer):
        return "Close each of its parts first."
    return _questions_first(case, viewer)


def _questions_first(case, viewer) -> str | None:
    """What stands open in a concern of a case, as far as the concern exists for whoever asks."""
    concerns = _not_hidden_from(viewer, case)
    obstacles = obstacles_in(case, concerns)
    said = [f"{one.ref}: {obstacles[one.pk]}" for one in concerns if one.pk in obstacles]
    return " ".join(said) or None


def obstacles_in(case, concerns) -> dict[object, str]:
    """Why each of some concerns of a case cannot end yet, by concern.

    Support that parts offered needs no decision, where they offered it to everybody of the directory who was harmed.
    """

    @cache
    def supported() -> tuple[set, set]:
        notes = Note.objects.filter(kind="support", record__part__case=case)
        known = Involvement.objects.filter(record__in=[one.pk for one in concerns], part="target", is_confirmed=True)
        harmed = known.exclude(person=None).values_list("record_id", "person_id")
        return set(notes.values_list("record__part__about_id", flat=True)), set(harmed)

    def is_done(concern, question):
        if question != "support":
            return False
        offered, harmed = supported()
        return bool(offered) and {person for record, person in harmed if record == concern.pk} <= offered

    return triage.obstacles_to_ending(concerns, is_done=is_done)


def parts_besides_hidden(viewer):
    """Every part but those that do not exist for this person."""
    return Part.objects.exclude(pk__in=Exclusion.objects.hidden_from(viewer).values("record_id"))


def stages_of_parts(case, viewer) -> set[str]:
    """The stages at which the parts of a case stand, besides parts that do not exist for this person; asked once."""
    key = ("stages of parts", case.pk)
    if key not in viewer.known:
        viewer.known[key] = set(parts_besides_hidden(viewer).filter(case=case).values_list("status", flat=True))
    return viewer.known[key]


@act(
    "case.closed",
    of=Case,
    permission=Permission.CASE_CLOSE,
    label="Close the case",
    moves=(Case.OPEN, Case.CLOSED),
    when=nothing_open,
    touches=its_concerns,
)
def close_case(case, *, by, at, outcome="", reason=""):
    """Close a case whose parts are all closed; looks still due stay on the desk, and a reappearance reopens it.

    Nothing that the facts of its concerns opened may be open; one that whoever closes it may not decide waits for
    somebody who may. outcome, reason: how it ends and why, asked where nothing was opened in it.
    """
    if not stages_of_parts(case, Viewer(by, at)) and not (outcome and reason):
        raise Refused("Nothing was opened in this case: say how it ends, and why.")
    case.status, case.closed_at = Case.CLOSED, at
    for concern, is_free in _concerns(case, by):
        facts = {"case": case.ref} | ({"outcome": outcome} if outcome and is_free else {})
        concern.status, concern.finished_at = Concern.FINISHED, at
        if is_free and reason:
            sealing.seal(concern.record, concern, outcome_reason=reason)
        if is_free and concern.pk != case.record_id:
            ledger.record("concern.finished", concern.record, concern, by=by, at=at, **facts)
        else:
            rows = [*_own(case, concern), *([concern] if is_free else [])]
            ledger.record("case.closed", concern.record, *rows, by=by, at=at, **facts)
    return case


def _concerns(case, by) -> list[tuple[Concern, bool]]:
    """The concerns of a case, each with whether somebody is free to decide it."""
    aside = exclusions.stood_aside(by.person_id).values_list("record_id", flat=True)
    kept = exclusions.hidden_from(by.person_id).union(aside)
    concerns = [one.concern for one in case.joined.select_related("record__concern").order_by("joined_at", "pk")]
    for concern in concerns:
        if concern.record_id == case.record_id:
            concern.record = case.record  # one and the same, so that the case knows its last line
    return [(concern, concern.record_id not in kept) for concern in concerns]


def _own(case, concern) -> list:
    """The case itself, in the history of the concern that opened it."""
    return [case] if concern.record_id == case.record_id else []


def case_of(concern) -> Case | None:
    """The case of a concern, if it was ever in one."""
    joined = JoinedConcern.objects.filter(record=concern.record).select_related("case__record").first()
    return joined and joined.case


def was_left(concern, viewer):
    """Whether a concern was left when its case was closed, because whoever closed it could not decide it."""
    case = case_of(concern) if concern.status == Concern.IN_CASE else None
    if case is None or case.status != Case.CLOSED:
        return Past("It ends with its case.")
    return obstacles_in(case, [concern]).get(concern.pk)


@act(
    "concern.finished",
    of=Concern,
    permission=Permission.CASE_CLOSE,
    label="Finish it with its case",
    when=was_left,
)
def finish_with_case(concern, *, by, at):
    """Finish a concern whose case was closed by somebody who could not decide this one."""
    concern.status, concern.finished_at = Concern.FINISHED, at
    ledger.record("concern.finished", concern.record, concern, by=by, at=at, case=case_of(concern).ref)
    return concern


@act(
    "case.reopened",
    of=Case,
    permission=Permission.CASE_OPEN,
    label="Open the case again",
    moves=(Case.CLOSED, Case.OPEN),
    touches=its_concerns,
)
def reopen_case(case, *, by, at, reason):
    """Open a closed case again because something new is known; a part of it is opened again where it is needed.

    A concern that whoever opens it may not decide waits for somebody who may.
    """
    concerns = _concerns(case, by)
    for concern, _ in concerns:
        waiting.ask_again(concern, at=at)
    _reopened(case, concerns, by=by, at=at, why=reason)
    return case


def _reopened(case, concerns, *, by, at, **facts) -> None:
    case.status, case.closed_at = Case.OPEN, None
    for concern, is_free in concerns:
        concern.status, concern.finished_at, concern.outcome_reason = Concern.IN_CASE, None, None
        rows = [*_own(case, concern), *([concern] if is_free else [])]
        ledger.record("case.reopened", concern.record, *rows, by=by, at=at, case=case.ref, **facts)


def was_left_finished(concern, viewer):
    """Whether a concern stayed finished when its case was opened again, because whoever did it could not decide it."""
    ended_with_it = concern.status == Concern.FINISHED and not concern.outcome
    is_left = ended_with_it and case_of(concern).status == Case.OPEN
    return None if is_left else Past("It opens again with its case.")


@act(
    "concern.taken_back",
    of=Concern,
    permission=Permission.CASE_OPEN,
    label="Take it back into its case",
    when=was_left_finished,
)
def take_back(concern, *, by, at):
    """Open a concern whose case was opened again by somebody who could not decide this one."""
    concern.status, concern.finished_at, concern.outcome_reason = Concern.IN_CASE, None, None
    waiting.ask_again(concern, at=at)
    ledger.record("concern.taken_back", concern.record, concern, by=by, at=at, case=case_of(concern).ref)
    return concern


def left_behind() -> Q:
    """Of concerns: those left when their case was closed or opened again by somebody who could not decide them."""
    in_closed, in_open = (
        JoinedConcern.objects.filter(case__status=status).values("record_id") for status in (Case.CLOSED, Case.OPEN)
    )
    return Q(status=Concern.IN_CASE, pk__in=in_closed) | Q(status=Concern.FINISHED, outcome="", pk__in=in_open)


def _post_is_back(concern, *, by, at, happened_at) -> None:
    """A post that is back opens a closed case again, and its support: from that day the person was harmed anew."""
    case = case_of(concern)
    if case is None or case.status != Case.CLOSED:
        return
    _reopened(case, _concerns(case, by), by=by, at=at)
    for part in _closed_support(case).select_related("record"):
        last = max(filter(None, [part.last_incident_on, day_of(happened_at)]))
        ledger.record("part.reopened", part.record, *open_again(part, at=at, last_incident_on=last), by=by, at=at)


def _closed_support(case):
    return case.parts.filter(lane="support", status=Part.CLOSED)


def _that_open_again(concern) -> set:
    case = case_of(concern)
    return its_concerns(case).union(_closed_support(case).values_list("pk", flat=True)) if case else set()


takedowns.FOLLOWING.append(Follow(_post_is_back, records=_that_open_again))
