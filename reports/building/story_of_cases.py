"""How the lines of cases, their parts, proceedings and papers are told."""

from casework.models import Allegation, AlsoRecorded, IcoStep, Note, Part, Proceeding, Step
from incidents.models import Concern
from incidents.workflow import speech
from reports.building.telling import Teller
from reports.building.words import counted, day_of, due, due_on, lower_first, moment, on
from reports.told import cited
from schools.models import Reader
from schools.offices import title_of

SUPPORT = {"accepted": "it was accepted", "declined": "it was declined", "thinking": "it is being thought about"}
ENDS = dict(Concern.OUTCOMES)
SUGGESTED = "default"


def _opened(teller: Teller, line):
    return [teller.entry(line, f"Opened case {line.facts['case']} for concern {line.record.ref}")]


def _closed(teller, line):
    outcome = line.facts.get("outcome")
    if not outcome:
        left = "" if line.rows else f" and left concern {line.record.ref} open, which is for somebody else to end"
        return [teller.entry(line, f"Closed case {line.facts['case']}{left}")]
    how = lower_first(ENDS[outcome].removesuffix(", because …"))
    return [teller.entry(line, f"Closed case {line.facts['case']}: {how}", why=line.row(Concern).opened.outcome_reason)]


def _reopened(teller, line):
    left = "" if line.rows else f" and left concern {line.record.ref} finished, which is for somebody else to take back"
    return [teller.entry(line, f"Opened case {line.facts['case']} again{left}", why=line.facts.get("why"))]


def _part_reopened(teller, line):
    part = line.row(Part)
    what = f"Opened the part “{part.get_lane_display()}”{_about(part)} again"
    return [teller.entry(line, what, why=line.facts.get("why"))]


def _part_opened(teller, line):
    part = line.row(Part)
    if part is None:  # the same is said in the history of the part itself, where those stand who may read of it
        return []
    return [teller.entry(line, f"Opened the part “{part.get_lane_display()}”{_about(part)} ({part.ref})")]


def _about(part: Part) -> str:
    return f" about {part.opened.about_name}" if part.opened.about_name else ""


def _part_closed(teller, line):
    part = line.row(Part)
    return [teller.entry(line, f"Closed the part “{part.get_lane_display()}”{_about(part)}", part.opened.closing_note)]


def _handed_over(teller, line):
    reader = line.row(Reader)
    given = f"Gave the part {line.record.ref} to {teller.directory.full(reader.person_id)}"
    return [teller.entry(line, f"{given}, as {title_of(reader.role)}", why=line.facts["why"])]


def _taken_back(teller, line):
    reader = line.row(Reader)
    whose = teller.directory.full(reader.person_id)
    return [teller.entry(line, f"Took the part {line.record.ref} back from {whose}", why=line.facts["why"])]


def _note(teller, line):
    note = line.row(Note)
    return [teller.entry(line, note.opened.text, at=note.happened_at)]


def _support(teller, line):
    note = line.row(Note)
    return [teller.entry(line, f"Offered support; {SUPPORT[note.answer]}", note.opened.text, at=note.happened_at)]


def _reviewed(teller, line):
    note = line.row(Note)
    return [teller.entry(line, "Looked at how the support is going", note.opened.text, at=note.happened_at)]


def _elsewhere(teller, line):
    return [teller.entry(line, f"Noted where else this is kept: {elsewhere(line.row(AlsoRecorded))}")]


def _held_in_childs_file(teller, line):
    where = elsewhere(line.row(AlsoRecorded))
    return [teller.entry(line, f"Marked as held in the child’s file: {where}. Here its words go sooner")]


def elsewhere(kept: AlsoRecorded) -> str:
    """Where else something is kept, its reference there and the day."""
    return ", ".join(filter(None, [kept.system, kept.opened.reference, on(kept.recorded_on)]))


def _copied(teller, line):
    into = line.facts["into"]
    where = f"part {into}" if teller.prints(into) else "another part"
    return [teller.entry(line, f"Copied an item into {where}")]


def _received(teller, line):
    note, source = line.row(Note), line.facts["source"]
    where = f"part {source}" if teller.prints(source) else "another part"
    return [teller.entry(line, f"Copied in from {where}, as it stood that day", note.opened.text)]


def _begun(teller, line):
    proceeding, directory = line.row(Proceeding), teller.directory
    count = counted(len(line.all(Allegation)), "allegation", "allegations")
    who = (
        f"Investigates: {directory.full(proceeding.investigator_id)}. "
        f"Hears it and decides: {directory.full(proceeding.decision_maker_id)}."
    )
    by = due_on(proceeding.investigation_due_on, SUGGESTED, what="Investigation due by")
    said = speech.without_advice(line.row(Step).opened.said)
    return [teller.entry(line, f"Began a proceeding with {count}", who, said, due=by)]


def _added(teller, line):
    count = counted(len(line.all(Allegation)), "allegation", "allegations")
    said = (f"{cited(one.paragraphs)}: {one.opened.alleged}" for one in line.all(Allegation))
    return [teller.entry(line, f"Added {count}", *said)]


def _investigated(teller, line):
    step, due = line.row(Step), line.row(Proceeding).investigation_due_on
    by = due_on(due, SUGGESTED, done_on=day_of(step.happened_at))
    return [teller.entry(line, "The investigation was finished", step.opened.said, at=step.happened_at, due=by)]


def _arranged(teller, line):
    proceeding, step = line.row(Proceeding), line.row(Step)
    what = f"Gave notice of a hearing on {moment(proceeding.hearing_at)}"
    by = due_on(proceeding.papers_due_on, SUGGESTED, what="Papers of the person due by")
    why = step.opened.missed_reason
    return [teller.entry(line, what, step.opened.said, at=step.happened_at, why=why, due=by)]


def _postponed(teller, line):
    proceeding, step = line.row(Proceeding), line.row(Step)
    what = f"Moved the hearing to {moment(proceeding.hearing_at)}"
    by = due_on(proceeding.papers_due_on, SUGGESTED, what="Papers of the person due by")
    return [teller.entry(line, what, step.opened.said, at=step.happened_at, why=step.opened.missed_reason, due=by)]


def _heard(teller, line):
    step = line.row(Step)
    why = step.opened.missed_reason
    return [teller.entry(line, "The hearing was held", step.opened.said, at=step.happened_at, why=why)]


def _found(teller, line):
    found = [
        f"{cited(one.paragraphs)}: {lower_first(one.get_finding_display())}. {one.opened.reason}"
        for one in line.all(Allegation)
    ]
    return [teller.entry(line, "Recorded what was found", *found)]


def _outcome(teller, line):
    proceeding = line.row(Proceeding)
    by = due_on(proceeding.letter_due_on, SUGGESTED, what="Letter due by")
    what = f"Decided: {lower_first(proceeding.get_outcome_display())}"
    why = proceeding.opened.outcome_reason
    return [teller.entry(line, what, why=why, due=by)]


def _ended(teller, line):
    proceeding = line.row(Proceeding)
    by = due_on(proceeding.letter_due_on, SUGGESTED, what="Letter due by")
    why = proceeding.opened.outcome_reason
    return [teller.entry(line, "Ended it without a hearing: no case to answer", why=why, due=by)]


def _letter(teller, line):
    proceeding, step = line.row(Proceeding), line.row(Step)
    by = due_on(proceeding.letter_due_on, SUGGESTED, done_on=day_of(step.happened_at))
    appeal = due_on(proceeding.appeal_until_on, SUGGESTED, what="An appeal could be lodged until")
    why = step.opened.missed_reason
    what = "The outcome letter was given"
    return [
        teller.entry(
            line, what, step.opened.said, at=step.happened_at, why=why, due=" ".join(filter(None, [by, appeal]))
        )
    ]


def _appealed(teller, line):
    proceeding, step = line.row(Proceeding), line.row(Step)
    who = f"Hears it: {teller.directory.full(proceeding.appeal_officer_id)}."
    by = due_on(proceeding.appeal_due_on, SUGGESTED, what="To be heard by")
    why = step.opened.missed_reason
    return [teller.entry(line, "An appeal was lodged", step.opened.said, who, at=step.happened_at, why=why, due=by)]


def _appeal_decided(teller, line):
    proceeding, step = line.row(Proceeding), line.row(Step)
    result = lower_first(proceeding.get_appeal_result_display())
    outcome = lower_first(proceeding.get_outcome_display())
    by = due_on(proceeding.appeal_due_on, SUGGESTED, done_on=day_of(step.happened_at))
    words = [step.opened.said, *filter(None, [step.opened.missed_reason])]
    what = f"Decided the appeal: {result}. The outcome is {outcome}"
    return [teller.entry(line, what, *words, at=step.happened_at, due=by)]


def _somebody_else(teller, line):
    return [teller.entry(line, "Somebody else was named for a duty", line.row(Step).opened.said)]


def _ico(teller, line):
    step = line.row(IcoStep)
    answer = f": {lower_first(step.get_answer_display())}" if step.answer else ""
    reference = f"Their reference: {step.opened.outside_reference}" if step.opened.outside_reference else ""
    limit = due(step.due_at, "statute", done_at=step.happened_at) if step.kind == IcoStep.TOLD else ""
    words = filter(None, [step.opened.said, reference])
    why = step.opened.late_reason
    what = f"{step.get_kind_display()}{answer}"
    return [teller.entry(line, what, *words, at=step.happened_at, why=why, due=limit)]


def _once(teller, line, what: str):
    """A copy of several records leaves a line in each of them; it is told once."""
    told = (line.verb, line.facts["paper"], line.at)
    if told in teller.copies:
        return []
    teller.copies.add(told)
    return [teller.entry(line, what)]


def _paper_asked(teller, line):
    facts = line.facts
    what = f"Asked for the copy {facts['paper']}, for {facts['recipient']}. Purpose: {facts['purpose']}"
    return _once(teller, line, what)


def _paper_ready(teller, line):
    return _once(teller, line, f"The copy {line.facts['paper']} was made")


def _paper_failed(teller, line):
    return _once(teller, line, f"The copy {line.facts['paper']} could not be made")


def _paper_fetched(teller, line):
    return _once(teller, line, f"Fetched the copy {line.facts['paper']}")


def _paper_released(teller, line):
    return _once(teller, line, f"Read the copy {line.facts['paper']} as a second person and released it")


def _paper_erased(teller, line):
    return _once(teller, line, f"The file of the copy {line.facts['paper']} was erased here")


CASES = {
    "case.opened": _opened,
    "case.closed": _closed,
    "case.reopened": _reopened,
    "part.reopened": _part_reopened,
    "part.opened": _part_opened,
    "part.closed": _part_closed,
    "part.handed_over": _handed_over,
    "handover.ended": _taken_back,
    "note.written": _note,
    "support.offered": _support,
    "support.reviewed": _reviewed,
    "elsewhere.recorded": _elsewhere,
    "part.held_in_childs_file": _held_in_childs_file,
    "item.copied": _copied,
    "item.received": _received,
    "proceeding.begun": _begun,
    "allegation.added": _added,
    "investigation.recorded": _investigated,
    "hearing.arranged": _arranged,
    "hearing.recorded": _heard,
    "finding.recorded": _found,
    "outcome.decided": _outcome,
    "hearing.postponed": _postponed,
    "proceeding.ended": _ended,
    "letter.given": _letter,
    "appeal.lodged": _appealed,
    "appeal.decided": _appeal_decided,
    "officer.named": _somebody_else,
    "ico.decided": _ico,
    "ico.told_more": _ico,
    "ico.answered": _ico,
}
COPIES = {
    "paper.asked": _paper_asked,
    "paper.ready": _paper_ready,
    "paper.failed": _paper_failed,
    "paper.fetched": _paper_fetched,
    "paper.released": _paper_released,
    "paper.erased": _paper_erased,
}
