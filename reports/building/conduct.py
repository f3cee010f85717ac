"""The proceedings and the parts of a case file."""

from datetime import date

from casework import keeping
from casework.models import Allegation, AlsoRecorded, Part, Proceeding, Step
from casework.rules import retention
from incidents.workflow import speech
from reports import casefile, told
from reports.building.directory import Directory, readers_of
from reports.building.frozen import Frozen
from reports.building.story_of_cases import elsewhere
from reports.building.words import day_of, due_on, ended, listed, lower_first, moment, on
from reports.prose import Prose
from reports.told import Paragraph, Stage
from schools import adopted
from schools.masking import Hidden
from schools.models import Arrangement, Exclusion, Reader
from schools.offices import title_of
from schools.policy import Policy

SUGGESTED = "default"
NOTICES = ("notice", "postponed")
UNSETTLED = (None, retention.MANUAL, retention.NONE_NAMED)
OWN_PROCEDURE = "The trust's own disciplinary procedure"


def officers(frozen: Frozen) -> dict:
    """What somebody does in a proceeding, by person."""
    found = {}
    for proceeding in frozen.rows(Proceeding):
        found |= {proceeding.investigator_id: "investigates", proceeding.decision_maker_id: "hears it and decides"}
        if proceeding.appeal_officer_id:
            found[proceeding.appeal_officer_id] = "hears the appeal"
    return found


def parts(
    frozen: Frozen, directory: Directory, kept: dict[str, dict], *, unsaid: list[Hidden]
) -> tuple[casefile.Part, ...]:
    """Each part with its readers, and until when it is kept.

    kept: by reference, what the rule of retention answered when the copy was asked for. unsaid: those whose office
    would tell who they are, and for whom somebody else may stand in.
    """
    return tuple(
        _part(part, kept.get(part.ref) or {}, _readers(frozen, directory, part, unsaid), frozen)
        for part in frozen.rows(Part)
    )


def _part(part, kept, readers, frozen) -> casefile.Part:
    until = date.fromisoformat(kept["until"]) if kept.get("until") else None
    noted = frozen.rows(AlsoRecorded, record_id=part.record_id)
    closed = f", {on(day_of(part.closed_at))}" if part.closed_at else ""
    return casefile.Part(
        reference=part.ref,
        kind=part.get_lane_display(),
        about=part.opened.about_name or "nobody by name",
        readers=readers,
        status=f"{part.get_status_display()}{closed}. {part.opened.closing_note}".strip(),
        keep_until=until,
        then=keeping.ACTIONS[kept.get("action", "review_then_dispose")],
        rule=kept.get("why", ""),
        authority="",
        reason=_authority(kept),
        also_recorded_in=tuple(elsewhere(row) for row in noted),
    )


def _authority(kept: dict) -> str:
    authority = f" Authority: {ended(kept['authority'])}" if kept.get("authority") else ""
    held = (
        f" Kept longer for now because of: {listed([keeping.HOLDS[hold] for hold in kept['held']])}."
        if kept.get("held")
        else ""
    )
    rule = "" if kept.get("rule") in UNSETTLED else f"Rule {kept['rule']}."
    return f"{rule}{authority}{held}".strip()


def _readers(frozen, directory, part, unsaid: list[Hidden]) -> tuple[str, ...]:
    """Everybody who may read a part, once, with every office for which they may."""
    hidden = frozen.rows(Exclusion, record_id=part.record_id, grade=Exclusion.HIDDEN, lifted_at=None)
    shut_out = {one.person_id for one in hidden}
    record = next(record for record in frozen.records if record.pk == part.record_id)
    offices = readers_of(record, at=directory.at, shut_out=shut_out)
    named = [
        (directory.name(row.person_id), title_of(row.role))
        for row in frozen.rows(Reader, record_id=part.record_id)
        if (row.until is None or row.until > directory.at) and row.person_id not in shut_out
    ]
    both = [*offices, *named]
    names = {name for one in unsaid for name in one.names}
    left_out = {post for one in unsaid for post in one.posts} | {office for name, office in both if name in names}
    held = {name: [] for name, _ in both}
    for name, office in both:
        if office not in [*held[name], *left_out]:
            held[name].append(office)
    return tuple(f"{name} ({', '.join(held[name])})" if held[name] else name for name in held)


def proceedings(frozen: Frozen, directory: Directory, pack: Policy) -> tuple[told.Proceeding, ...]:
    """Each proceeding with its allegations, its steps and its outcome.

    pack: the policy of the paper.
    """
    return tuple(_proceeding(frozen, directory, row, pack) for row in frozen.rows(Proceeding))


def _proceeding(frozen, directory, row, pack) -> told.Proceeding:
    part = frozen.row(Part, record_id=row.record_id)
    officers = (
        f"Investigates: {directory.full(row.investigator_id)}",
        f"Hears it and decides: {directory.full(row.decision_maker_id)}",
        *([f"Hears the appeal: {directory.full(row.appeal_officer_id)}"] if row.appeal_officer_id else []),
    )
    return told.Proceeding(
        reference=row.ref,
        about=part.opened.about_name or "nobody by name",
        procedure=_procedure(part, directory.at),
        officers=officers,
        allegations=tuple(_allegation(one, pack) for one in frozen.rows(Allegation, record_id=row.record_id)),
        stages=_stages(frozen, directory, row),
        outcome=_outcome(row, asked_on=day_of(directory.at)),
        outcome_reason=Prose(row.opened.outcome_reason),
    )


def _procedure(part, at) -> str:
    found = Arrangement.objects.on(day_of(at)).filter(school_id=part.school_id, kind="disciplinary_procedure")
    row = found.order_by("-from_on").first()
    return row.name if row else OWN_PROCEDURE


def _allegation(one, pack) -> told.Allegation:
    said = adopted.of_key(one.policy_id) if one.policy_id else pack
    charge = Paragraph(ref=one.paragraphs, wording=said.wording_of(one.clause or one.paragraphs))
    return told.Allegation(
        words=Prose(one.opened.alleged),
        paragraphs=(charge,),
        finding=lower_first(one.get_finding_display()) if one.finding else "",
        finding_reason=Prose(one.opened.reason),
    )


def _outcome(row, *, asked_on: date) -> str:
    if not row.outcome:
        return ""
    if row.appeal_result:
        before, result = row.get_outcome_before_appeal_display(), lower_first(row.get_appeal_result_display())
        live = f" It counts until {on(row.live_until_on)}." if row.live_until_on else ""
        now = "" if row.outcome == row.outcome_before_appeal else f" Now: {lower_first(row.get_outcome_display())}."
        return f"{ended(before)} On appeal, {on(day_of(row.appeal_decided_at))}: {result}.{now}{live}"
    live = f" It counts until {on(row.live_until_on)}." if row.live_until_on else ""
    return f"{ended(row.get_outcome_display())}{live}{_appeal(row, asked_on=asked_on)}"


def _appeal(row, *, asked_on: date) -> str:
    """How an appeal that is not decided stands on the day on which the copy was asked for."""
    if row.appeal_lodged_at:
        return f" An appeal was lodged on {on(day_of(row.appeal_lodged_at))} and waits to be heard."
    if not row.appeal_until_on:
        return ""
    if asked_on > row.appeal_until_on:
        return f" An appeal could be lodged until {on(row.appeal_until_on)}; none is recorded."
    return f" An appeal may be lodged until {on(row.appeal_until_on)}."


def _stages(frozen, directory, row) -> tuple[Stage, ...]:
    told = [line for line in frozen.lines if line.record.pk == row.record_id and line.row(Step)]
    return tuple(_stage(directory, line, line.row(Step), line.row(Proceeding)) for line in told)


def _stage(directory, line, step, then) -> Stage:
    name = "Proceeding begun" if line.verb == "proceeding.begun" else step.get_kind_display()
    held = f"Hearing on {moment(then.hearing_at)}." if step.kind in NOTICES else ""
    why = f"{step.why_missed}: {step.opened.missed_reason}" if step.opened.missed_reason else ""
    said = speech.without_advice(step.opened.said) if line.verb == "proceeding.begun" else step.opened.said
    return Stage(
        name=name,
        on=day_of(step.happened_at),
        by=directory.account(line.by),
        due=_due(line, step, then),
        note=" ".join(filter(None, [held, said, why])).replace("\n\n", "\n"),
    )


def _due(line, step, then) -> str:
    if line.verb == "proceeding.begun":
        return due_on(then.investigation_due_on, SUGGESTED, what="Investigation by")
    if step.kind == "investigation":
        return due_on(then.investigation_due_on, SUGGESTED, what="By", done_on=day_of(step.happened_at))
    if step.kind == "letter":
        return due_on(then.letter_due_on, SUGGESTED, what="By", done_on=day_of(step.happened_at))
    if step.kind == "appeal":
        return due_on(then.appeal_due_on, SUGGESTED, what="To be heard by")
    if step.kind == "appeal_outcome":
        return due_on(then.appeal_due_on, SUGGESTED, what="By", done_on=day_of(step.happened_at))
    return due_on(then.papers_due_on, SUGGESTED, what="Papers of the person due by") if step.kind in NOTICES else ""
