"""Until when each part is kept: from its facts, as recorded, to the rule that governs it."""

from datetime import date

from casework import about
from casework.models import Allegation, Part, Proceeding
from casework.rules import retention
from casework.rules.retention_schedule import periods_of, refused_periods, rule_for
from incidents import routing
from schools.calendar import add_months
from schools.clock import day_of
from schools.policy import Policy
from schools.roles import Kind

# What happens to a part on its day, and what keeps it whatever its day, in words.
ACTIONS = {
    "review_then_dispose": "then looked at by a person and destroyed",
    "weed_from_file": "then taken out of the file and destroyed",
    "remove_from_personnel_file_seal_then_destroy": "out of the personnel file now, kept confidential, then destroyed",
    "keep_with_consent": "kept on because the person agreed",
    "keep_open": "no date yet",
    "manual_review": "until a person decides",
    "review_only": "then looked at again",
    "keep_permanent": "kept for good",
}
HOLDS = {"internal_appeal": "an appeal that waits to be heard"}


def live_until(outcome: str, decided_on: date) -> date | None:
    """Until when a warning counts; nothing for any other outcome. Not the day until which it is kept."""
    level = Proceeding.WARNINGS.get(outcome)
    if level is None:
        return None
    live = rule_for(facts={"record": "warning", "level": level}).live
    return add_months(decided_on, int(live.removeprefix("P").removesuffix("M")))


def facts_of(part: Part) -> list[dict]:
    """The facts of one part in the words of the retention rule, one row for each kind of record in it."""
    rows = FACTS[Kind(part.lane)](part)
    return [row | {"part": part.ref} for row in rows]


def fate(part: Part, *, today: date) -> retention.PartFate:
    """Until when a part is kept, under which rule, on whose authority, and why; the trust's own periods count."""
    pack = routing.pack_of(part.record) if part.record.pack_id else None
    return fate_under(pack, part, today=today)


def fate_under(pack: Policy | None, part: Part, *, today: date) -> retention.PartFate:
    """Until when a part would be kept under a policy; under the common schedule alone where there is none."""
    own = periods_of(pack) if pack else {}
    refused = refused_periods(own)
    holding = {record: period for record, period in own.items() if record not in refused}
    found = retention.part_fates(
        records=facts_of(part), holds=holds(part), nation=part.school.nation, today=today, own_periods=holding
    )
    return found[0]


def holds(part) -> list[dict]:
    """What keeps a part whatever its date: an appeal that waits to be heard."""
    proceeding = _proceeding_of(part)
    if proceeding is None or proceeding.status != Proceeding.APPEALED:
        return []
    return [{"kind": "internal_appeal", "placed_on": day_of(proceeding.appeal_lodged_at), "part": part.ref}]


def _proceeding_of(part) -> Proceeding | None:
    return getattr(part, "proceeding_of", None) if part.lane == Kind.CONDUCT else None


def _closed_on(part) -> date | None:
    return day_of(part.closed_at) if part.closed_at else None


def _born_on(part) -> date | None:
    """The date of birth of whoever a part is about: as recorded with it, or else in the directory."""
    return part.born_on or (part.about and part.about.born_on)


def _without_gaps(**facts) -> dict:
    return {name: value for name, value in facts.items() if value is not None}


def _support(part):
    first = about.concerns_of(part)[0]
    rows = [_without_gaps(record="abuse_of_staff", last_incident_on=part.last_incident_on)]
    if first.is_threat:
        on = first.conduct_on or part.last_incident_on
        rows.append(_without_gaps(record="violence_report_adult", incident_on=on))
    return rows


def _conduct(part):
    proceeding = getattr(part, "proceeding_of", None)
    decided_on = day_of(proceeding.decided_at) if proceeding and proceeding.decided_at else None
    alleged = _allegations(part)
    if proceeding and proceeding.outcome in Proceeding.WARNINGS:
        level = Proceeding.WARNINGS[proceeding.outcome]
        rows = [_without_gaps(record="warning", level=level, warning_on=day_of(proceeding.told_at))]
    elif proceeding and _was_found(proceeding):
        # Where it met the threshold, the rule for allegations is the rule of the disciplinary record too.
        rows = [] if alleged else [_without_gaps(record="staff_personal_file", leaving_on=_left_on(part))]
    else:
        appeal_at = proceeding and proceeding.appeal_decided_at
        concluded_on = day_of(appeal_at) if appeal_at else decided_on or _closed_on(part)
        rows = [_without_gaps(record="disciplinary_not_found", conclusion_on=concluded_on)]
    return rows + alleged


def _allegations(part) -> list[dict]:
    """What was alleged of the person a part is about, and of nobody else, where it met the threshold."""
    met = [concern for concern in about.concerns_of(part) if concern.threshold == "meets_threshold"]
    days = [day_of(concern.reported_at) for concern in about.may_be_about(part, met)]
    return [_without_gaps(record="allegation", dob=_born_on(part), allegation_on=on) for on in days]


def _was_found(proceeding) -> bool:
    """Whether a case stands as found: a sanction, or anything found that no appeal has done away with."""
    if proceeding.outcome not in Proceeding.LIGHTEST:
        return bool(proceeding.outcome)
    if proceeding.appeal_result == "upheld_in_full":
        return False
    return Allegation.objects.filter(record_id=proceeding.record_id).exclude(finding__in=["", "not_proved"]).exists()


def _safeguarding(part):
    if part.is_about_staff and (alleged := _allegations(part)):
        return alleged
    if part.held_in_childs_file_on:
        return [_without_gaps(record="held_in_childs_file", closure_on=_closed_on(part))]
    return [_without_gaps(record="child_protection_file", pupil_dob=_born_on(part))]


def _left_on(part) -> date | None:
    """The day on which whoever a part is about left: as recorded with it, or else in the directory."""
    return part.left_on or (part.about and part.about.end_on)


def _low_level(part):
    return [_without_gaps(record="low_level_concern", leaving_on=_left_on(part))]


def _breach(part):
    return [_without_gaps(record="breach_register", closure_on=_closed_on(part))]


def _complaint(part):
    of_a_child = part.case.parts.filter(lane=Kind.SAFEGUARDING).exists() or None
    return [_without_gaps(record="complaint", resolution_on=_closed_on(part), child_protection=of_a_child)]


FACTS = {
    Kind.SUPPORT: _support,
    Kind.CONDUCT: _conduct,
    Kind.SAFEGUARDING: _safeguarding,
    Kind.LOW_LEVEL_CONCERN: _low_level,
    Kind.DATA_BREACH: _breach,
    Kind.COMPLAINT: _complaint,
}
