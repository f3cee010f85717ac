"""What the page of one part of a case shows, gathered from everything below."""

from datetime import date, datetime

from casework import keeping
from casework.models import Allegation, AlsoRecorded, IcoStep, LegalAdvice, Note, Part, Proceeding, Step, WorkingNotes
from casework.rules.retention import MANUAL, NONE_NAMED
from casework.workflow import breaches, childs_file
from incidents import concern_page, steps
from schools import access, adopted, sealing, sources, versions
from schools.clock import day_of
from schools.history import checks, history
from schools.models import Involvement
from schools.roles import NAMED_ONLY, Kind
from schools.subjects import act_path
from schools.timeline import lines_of


def context(viewer, part, proceeding, buttons, asked) -> dict:
    """Everything a part's page shows, opened.

    proceeding: the part's, if one was begun. buttons: the acts on offer to this person for the part and its proceeding.
    asked: what stands in the address.
    """
    record = part.record
    rows = _rows_of(viewer, record) | _rows_of_proceeding(proceeding)
    opened = [part, *(row for kind in rows.values() for row in kind), *([proceeding] if proceeding else [])]
    sealing.open_rows(opened, keys=sealing.keys_of([record]))
    for one in rows["allegations"]:
        pack_id = one.policy_id or record.pack_id
        one.asked = adopted.of_key(pack_id).wording_of(one.clause or one.paragraphs)
        one.policy_url = versions.url_of(pack_id)
    told = sources.shown_to(viewer, record)
    rows = {name: told.rows(found) for name, found in rows.items()}
    shown = rows | _kept_apart(viewer, part) | history(lines_of([record], viewer), asked) | checks(viewer, record)
    return shown | {
        "part": told.row(part),
        "proceeding": proceeding,
        "stages": stages_of(proceeding, rows["steps_taken"], rows["allegations"]) if proceeding else [],
        "policy_url": versions.url_of(record.pack_id),
        "aside": access.stands_aside(viewer, record),
        "steps": [
            *steps.to_confirm(part, rows["exclusions"]),
            *steps_of(part, proceeding, rows["notes"], today=day_of(viewer.at), told=rows["ico_steps"]),
        ],
        "doable": {button.url for button in buttons if not button.why_not},
        "people": concern_page.people_of(rows["involvements"], rows["exclusions"]),
        "readers": access.readers_of(viewer, record),
        "kept": kept(part, viewer),
        "buttons": buttons,
    }


def _kept_apart(viewer, part) -> dict:
    """The legal advice and the working notes beside a part that this person may read, who was given them by name."""
    if NAMED_ONLY.isdisjoint(kind for _, kind in viewer.given):
        return {"advice": [], "working_notes": []}
    advice = LegalAdvice.objects.visible_to(viewer).filter(part=part).order_by("asked_at", "pk")
    notes = WorkingNotes.objects.visible_to(viewer).filter(part=part, record__destroyed_at__isnull=True)
    return {"advice": advice, "working_notes": notes.order_by("written_at", "pk")}


def stage(thing) -> dict:
    """The stage of a part or a case as a tag."""
    return {"text": thing.get_status_display(), "colour": "teal" if thing.status == "open" else "grey"}


def proceeding_of(part) -> Proceeding | None:
    """The proceeding of a staff conduct part, if one was begun, with who investigates and who decides."""
    if part.lane != Kind.CONDUCT:
        return None
    found = getattr(part, "proceeding_of", None)
    if found:
        found.record = part.record
    return found


def _rows_of(viewer, record) -> dict[str, list]:
    return {
        "notes": _notes_of(viewer, record),
        "elsewhere": list(AlsoRecorded.objects.filter(record=record).order_by("recorded_on", "pk")),
        "ico_steps": _ico_steps(record),
        "involvements": list(Involvement.objects.filter(record=record).select_related("person__school")),
        "exclusions": access.kept_from(viewer, record),
    }


def _notes_of(viewer, record) -> list[Note]:
    """The items of a part; where one was handed over, from which part only to those who see that one too."""
    notes = childs_file.notes_of(record, viewer)
    if sources := {note.source_ref for note in notes if note.source_ref}:
        seen = set(Part.objects.visible_to(viewer).filter(ref__in=sources).values_list("ref", flat=True))
        for note in notes:
            note.named_source = note.source_ref if note.source_ref in seen else "another part"
    return notes


def _ico_steps(record) -> list[IcoStep]:
    if record.kind != Kind.DATA_BREACH:
        return []
    return list(IcoStep.objects.filter(record=record).select_related("decided_by").order_by("happened_at", "pk"))


def _rows_of_proceeding(proceeding) -> dict[str, list]:
    if proceeding is None:
        return {"allegations": [], "steps_taken": []}
    steps_taken = list(Step.objects.filter(record=proceeding.record).order_by("happened_at", "pk"))
    for step in steps_taken:
        # Before the beginning had a name of its own, it was kept under that of the investigation.
        is_beginning = step.kind == "investigation" and step.happened_at == proceeding.begun_at
        step.stage = dict(Step.KINDS)["begun"] if is_beginning else step.get_kind_display()
    return {"allegations": list(Allegation.objects.filter(record=proceeding.record)), "steps_taken": steps_taken}


# What a rule needs before it can name a day, as far as somebody can type it.
NEEDED = {
    "dob": "the date of birth of {who}",
    "pupil_dobs": "the date of birth of {who}",
    "leaving_on": "the day on which {who} leaves",
    "last_incident_on": "the day of the last post, comment or message",
}


def kept(part, viewer) -> dict:
    """Until when a part is kept, under which rule, on whose authority and why, and what is missing to tell.

    part: with its words opened.
    """
    found = keeping.fate(part, today=day_of(viewer.at))
    who = part.opened.about_name or "the person it is about"
    return kept_in_words(found) | {
        "missing": [NEEDED[name].format(who=who) for name in found.fate.missing if name in NEEDED],
        "record_it": act_path(part, "record-dates"),
    }


def kept_in_words(found) -> dict:
    """Until when a part is kept, under which rule, on whose authority, and why.

    found: the part's fate, as `keeping.fate` gives it.
    """
    fate = found.fate
    return {
        "due_on": fate.due_on,
        "rule": "" if fate.rule in (MANUAL, NONE_NAMED) else fate.rule,
        "then": keeping.ACTIONS[fate.action],
        "authority": fate.authority,
        "why": fate.why,
        "waits_for_end": fate.action == "keep_open",
        "earliest_review_on": fate.earliest_review_on,
        "stopped_by": [keeping.HOLDS[hold] for hold in found.blocked_by],
    }


def stages_of(proceeding, steps_taken, allegations) -> list[dict]:
    """The stages of a proceeding in order, each with its day, and the one it has reached.

    steps_taken, allegations: of the proceeding.
    """
    names = [status for status, _ in Proceeding.STATUSES]
    reached = names.index(proceeding.status)
    on = {
        Proceeding.BEGUN: proceeding.begun_at,
        Proceeding.INVESTIGATED: _investigated_at(proceeding, steps_taken),
        Proceeding.FOUND: max(filter(None, (one.found_at for one in allegations)), default=None),
        Proceeding.ARRANGED: proceeding.notice_given_at,
        Proceeding.HEARD: proceeding.hearing_at if reached >= names.index(Proceeding.HEARD) else None,
        Proceeding.DECIDED: proceeding.decided_at,
        Proceeding.APPEALED: proceeding.appeal_lodged_at,
        Proceeding.FINAL: proceeding.appeal_decided_at,
    }
    of_appeals = (Proceeding.APPEALED, Proceeding.FINAL)
    of_hearings = (Proceeding.ARRANGED, Proceeding.HEARD, Proceeding.FOUND)
    without_hearing = proceeding.is_over and not proceeding.hearing_at
    return [
        {"words": words, "at": on.get(status), "is_done": number <= reached, "is_now": number == reached}
        for number, (status, words) in enumerate(Proceeding.STATUSES)
        if (proceeding.appeal_lodged_at or status not in of_appeals) and not (without_hearing and status in of_hearings)
    ]


def _investigated_at(proceeding, steps_taken):
    # That it was begun is a step of the investigation too.
    found = [one.happened_at for one in steps_taken if one.kind == "investigation"]
    return max((at for at in found if at != proceeding.begun_at), default=None)


def steps_of(part, proceeding, notes, *, today: date, told=()) -> list[steps.Step]:
    """What comes next in a part; nothing once it is closed.

    today: in the United Kingdom. told: what was decided about telling the Information Commissioner.
    """
    if part.status != Part.OPEN:
        return []
    if proceeding:
        return _of_proceeding(part, proceeding, today)
    if part.lane == Kind.CONDUCT:
        ways = (act_path(part, slug) for slug in ("begin-proceeding", "close-part"))
        return [steps.Step("Begin a proceeding, or close this part", ways=tuple(ways))]
    if part.lane == Kind.DATA_BREACH and not told:
        due = breaches.ico_due_at(part)
        return [steps.Step("Decide whether the ICO is told", act_path(part, "decide-ico"), due, "statute")]
    if part.lane == Kind.SUPPORT and not any(note.kind == "support" for note in notes):
        return [steps.Step("Offer support", act_path(part, "offer-support"))]
    if part.lane == Kind.SUPPORT:
        return [steps.Step("Ask how the support is going", act_path(part, "review-support"))]
    return [steps.Step("Write down what is done", act_path(part, "write-note"))]


def _of_proceeding(part, row, today) -> list[steps.Step]:
    who, judge = row.investigator.name, row.decision_maker.name
    found = {
        Proceeding.BEGUN: [("Record the investigation", "record-investigation", row.investigation_due_on, who)],
        Proceeding.INVESTIGATED: [("Arrange the hearing", "arrange-hearing", None, "")],
        Proceeding.ARRANGED: [
            *_until(row.papers_due_on, today, "Wait for their own papers for the hearing"),
            ("Hold and record the hearing", "record-hearing", row.hearing_at, judge),
        ],
        Proceeding.HEARD: [("Record the findings", "record-finding", None, judge)],
        Proceeding.FOUND: [("Decide the outcome", "decide-outcome", None, judge)],
        Proceeding.DECIDED: _after_outcome(row, today),
        Proceeding.APPEALED: [
            *_letter(row),
            ("Hear and decide the appeal", "decide-appeal", row.appeal_due_on, _appeal_of(row)),
        ],
        Proceeding.FINAL: [*_letter(row), ("Send the letter about the appeal", "", None, "")],
    }[row.status]
    made = [
        steps.Step(what, act_path(row, slug) if slug else "", due, _basis_of(due), whose=whose)
        for what, slug, due, whose in found
    ]
    if not row.is_over:
        return made
    if not row.letter_given_at:
        return [*made, steps.Step("Close this part, once the letter is given and no appeal can come")]
    if row.may_still_be_appealed(today):
        return [*made, steps.Step("Close this part, once the last day for an appeal has passed")]
    return [*made, steps.Step("Close this part", act_path(part, "close-part"))]


def _basis_of(due) -> str:
    """A day is our suggestion; the one moment among these is that of the hearing, which was agreed."""
    if due is None:
        return ""
    return "appointed" if isinstance(due, datetime) else "default"


def _letter(row) -> list[tuple]:
    letter = ("Give the outcome letter", "record-letter", row.letter_due_on, "")
    return [letter] if row.letter_due_on and not row.letter_given_at else []


def _after_outcome(row, today) -> list[tuple]:
    return _letter(row) + _until(row.appeal_until_on, today, "Record an appeal, if one comes", "lodge-appeal")


def _until(last_day, today, what, slug="") -> list[tuple]:
    """What is done by the person it is about, until its last day: nobody here is late with it."""
    return [(what, slug, last_day, "")] if last_day and last_day >= today else []


def _appeal_of(row) -> str:
    return row.appeal_officer.name if row.appeal_officer else ""
