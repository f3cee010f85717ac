"""Opening a case from a concern, joining others to it, giving it parts, and closing it."""

import uuid

from casework.models import Case, JoinedConcern, Part
from casework.workflow.parts import new_part, open_again, take_in
from incidents import routing
from incidents.models import Concern
from incidents.workflow import takedowns
from schools import exclusions, ledger, references
from schools.acts import Past, Refused, act
from schools.clock import day_of
from schools.models import Exclusion, Involvement
from schools.roles import Permission


def threshold_answered(concern, viewer):
    if concern.threshold or not routing.asked(concern, viewer)["threshold_question"]:
        return None
    return "Answer the threshold question first."


@act(
    "case.opened",
    of=Concern,
    permission=Permission.CASE_OPEN,
    label="Open a case",
    moves=(Concern.TRIAGED, Concern.IN_CASE),
)
def open_case(concern, *, by, at):
    """Open a case for a concern, and then a part of it for each person about whom something is done."""
    case = Case(id=uuid.uuid4(), record=concern.record, ref=references.new("case"), opened_at=at)
    case.school = concern.school
    joined = JoinedConcern(record=concern.record, case=case, joined_at=at)
    concern.status = Concern.IN_CASE
    ledger.record("case.opened", concern.record, concern, case, joined, by=by, at=at, case=case.ref)
    return case


@act(
    "concern.joined",
    of=Concern,
    permission=Permission.CASE_OPEN,
    label="Join to an open case",
    moves=(Concern.TRIAGED, Concern.IN_CASE),
)
def join_case(concern, *, by, at, case):
    """Join a concern to a case that is open at the same school; whoever it names counts in the open parts too."""
    if case.status != Case.OPEN or case.school_id != concern.school_id:
        raise Refused("Choose a case that is open at this school.")
    joined = JoinedConcern(record=concern.record, case=case, joined_at=at)
    concern.status = Concern.IN_CASE
    ledger.record("concern.joined", concern.record, concern, joined, by=by, at=at, case=case.ref)
    named = list(Involvement.objects.filter(record=concern.record))
    for part in case.parts.filter(status=Part.OPEN).select_related("record", "school").order_by("opened_at", "ref"):
        take_in(part, concern, named, by=by, at=at)
    return case


def case_is_open(case, viewer):
    return None if case.status == Case.OPEN else Past("This case is closed.")


@act("part.opened", of=Case, permission=Permission.CASE_OPEN, label="Open a part", when=case_is_open)
def open_part(case, *, by, at, lane, about=None, about_name="", last_incident_on=None):
    """Open one part of a case about one person, with its own readers, dates and end.

    lane: the child's safety, staff conduct, support, a low-level concern, a data breach or a complaint.
    about: the person, from the directory; about_name: as typed, for anyone else. last_incident_on: the last post or
    message.
    """
    concern = case.joined.order_by("joined_at").first().concern
    if lane in ("conduct", "low_level_concern") and not _threshold_done(concern, at):
        raise Refused("Answer the threshold question first.")
    if lane in ("conduct", "low_level_concern") and about is None:
        raise Refused("Say who it is about, from the directory: until then it cannot be kept from them.")
    part, rows = new_part(case, concern, lane=lane, about=about, about_name=about_name, at=at)
    part.last_incident_on = last_incident_on
    ledger.begin(part.record, part, *rows, verb="part.opened", by=by, at=at, lane=lane, case=case.ref)
    if _hidden_from(part.record) <= _hidden_from(case.record):
        ledger.record("part.opened", case.record, by=by, at=at, lane=lane, part=part.ref)
    return part


def _hidden_from(record) -> set:
    # Whoever reads the concern and may not know of the part would find it in the concern's own history.
    hidden = Exclusion.objects.standing().filter(record=record, grade=Exclusion.HIDDEN)
    return set(hidden.values_list("person_id", flat=True))


def _threshold_done(concern, at) -> bool:
    return bool(concern.threshold) or not routing.answer(concern, at=at)["threshold_question"]


def nothing_open(case, viewer):
    if case.status != Case.OPEN:
        return "This case is closed."
    return "Close each of its parts first." if Part.OPEN in stages_of_parts(case, viewer) else None


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
)
def close_case(case, *, by, at):
    """Close a case whose parts are all closed; looks still due stay on the desk, and a reappearance reopens it."""
    case.status, case.closed_at = Case.CLOSED, at
    concerns = _free_to_decide(case, by)
    for concern in concerns:
        concern.status, concern.finished_at = Concern.FINISHED, at
    own = [concern for concern in concerns if concern.record_id == case.record_id]
    ledger.record("case.closed", case.record, case, *own, by=by, at=at, case=case.ref)
    for concern in concerns:
        if concern.record_id != case.record_id:
            ledger.record("concern.finished", concern.record, concern, by=by, at=at, case=case.ref)
    return case


def _free_to_decide(case, by) -> list[Concern]:
    """The concerns of a case of which somebody may decide the end.

    A joined concern that is kept from them, or in which they stand aside, stays as it is without a word about it.
    """
    kept = exclusions.hidden_from(by.person_id) | exclusions.stood_aside_in(by.person_id)
    concerns = [joined.concern for joined in case.joined.order_by("joined_at")]
    return [one for one in concerns if one.record_id == case.record_id or one.record_id not in kept]


@act(
    "case.reopened",
    of=Case,
    permission=Permission.CASE_OPEN,
    label="Open the case again",
    moves=(Case.CLOSED, Case.OPEN),
)
def reopen_case(case, *, by, at, reason):
    """Open a closed case again because something new is known; a part of it is opened again where it is needed."""
    _reopened(case, _free_to_decide(case, by), by=by, at=at, why=reason)
    return case


def _reopened(case, concerns, *, by, at, **facts) -> None:
    case.status, case.closed_at = Case.OPEN, None
    for concern in concerns:
        concern.status, concern.finished_at = Concern.IN_CASE, None
        own = [case] if concern.record_id == case.record_id else []
        ledger.record("case.reopened", concern.record, *own, concern, by=by, at=at, case=case.ref, **facts)


def _post_is_back(concern, *, by, at, happened_at) -> None:
    """A post that is back opens a closed case again, and its support: from that day the person was harmed anew."""
    joined = JoinedConcern.objects.filter(record=concern.record).select_related("case__record").first()
    if joined is None or joined.case.status != Case.CLOSED:
        return
    _reopened(joined.case, [one.concern for one in joined.case.joined.order_by("joined_at")], by=by, at=at)
    for part in joined.case.parts.filter(lane="support", status=Part.CLOSED).select_related("record"):
        last = max(filter(None, [part.last_incident_on, day_of(happened_at)]))
        ledger.record("part.reopened", part.record, open_again(part, last_incident_on=last), by=by, at=at)


takedowns.FOLLOWING.append(_post_is_back)
