"""What comes next on a concern, by when and on whose word."""

from dataclasses import dataclass
from datetime import datetime

from incidents.models import Concern, Takedown
from incidents.questions import decided_whatever_policy, is_opened, promised, settled
from incidents.workflow import speech
from schools import deadlines, law
from schools.calendar import end_of_day
from schools.clock import day_of
from schools.subjects import act_path, path_of

END_IT = "Open a case, or finish without one"
# What has to be on record before the end, and the decision that puts it there.
DECIDED_BY = {
    "police_decision": ("police", "Decide whether to tell the police"),
    "parent_contact_decision": ("parents", "Decide whether to tell parents or carers"),
    "support_entry": ("support", "Offer support to the person harmed"),
    "support_plan": ("support", "Offer support to the person harmed"),
    "governor_notice": ("governors", "Tell the governors, without names"),
}
# What was decided and nothing says yet that it was done.
TELL = {
    "police": "Ring the police, and record when",
    "parents": "Tell parents or carers, and record when",
}


@dataclass(frozen=True)
class Step:
    """One thing to do next: what, where, by when, on whose word, under which paragraph, and whose it is.

    ways: the addresses of acts of which any does it.
    """

    what: str
    url: str = ""
    due: datetime | None = None
    basis: str = ""
    ref: str = ""
    whose: str = ""
    ways: tuple[str, ...] = ()

    @property
    def urls(self) -> tuple[str, ...]:
        """Every address that does it."""
        return self.ways or (self.url,)


def steps_of(
    concern, answered: dict, names: dict, *, tellings, decisions, takedowns, exclusions, lado=""
) -> list[Step]:
    """Everything that waits in one concern, the most urgent first; what it is, before all that follows from it.

    answered: what routing answers for it. names: of the people in that answer, by key. The rows are those of the
    concern. lado: whom the school rings, with the number. A finished concern has none.
    """
    if concern.status == Concern.FINISHED:
        return []
    made = settled(concern, decisions)
    found = [*to_confirm(concern, exclusions), *_threshold(concern, answered, names)]
    found += [*_clocks(concern, answered, made, lado), *_tell(concern, tellings)]
    decided = promised(decisions)
    found += [*_to_decide(concern, answered, made | decided.keys() & TELL.keys()), *_to_carry_out(concern, decided)]
    found += [*_officer(concern, decisions), *(step for takedown in takedowns for step in _takedown(takedown))]
    if concern.status == Concern.TRIAGED and (concern.threshold or not answered["threshold_question"]):
        found.append(Step(END_IT, ways=tuple(act_path(concern, slug) for slug in ("open-case", "finish-concern"))))
    return [*_triage(concern), *sorted(found, key=lambda step: (step.due is None, step.due))]


def _triage(concern) -> list[Step]:
    return [Step("Triage it", act_path(concern, "triage"))] if concern.status == Concern.REPORTED else []


def to_confirm(thing, exclusions) -> list[Step]:
    """The conflicts of interest that somebody has to confirm or lift.

    thing: a concern or a part of a case. exclusions: its rows.
    """
    waiting = [row for row in exclusions if row.waits]
    if not waiting:
        return []
    by = confirmed_by(thing.school, min(row.since for row in waiting))
    what = "Confirm or lift the conflict of interest" + (f" of {len(waiting)} people" if len(waiting) > 1 else "")
    return [Step(what, act_path(thing, "confirm-conflict"), by, "default")]


def confirmed_by(school, since: datetime) -> datetime:
    """By when somebody confirms that a matter is kept from a person.

    since: from when it is. Working days are those of the nation, whatever the school's terms are.
    """
    return deadlines.due(rule="conflict_confirmed", start=since, nation=school.nation).due_at


def _threshold(concern, answered, names) -> list[Step]:
    if not answered["threshold_question"] or concern.threshold:
        return []
    whose = names.get(answered["threshold_answered_by"] or "", "")
    clock = next(iter(answered["clocks_if_yes_or_not_sure"]), {"due_at": None})
    due = _moment(clock["due_at"])
    return [Step("Answer the threshold question", act_path(concern, "answer-threshold"), due, "statute", whose=whose)]


def _clocks(concern, answered, made, lado) -> list[Step]:
    clocks = {clock["key"]: clock for clock in [*answered["clocks"], *answered["clocks_if_yes_or_not_sure"]]}
    running = {clock["key"] for clock in answered["clocks"]}
    found = []
    if is_opened("lado", concern, answered) and "lado" not in made and "lado_contact" in clocks:
        due, ref = _moment(clocks["lado_contact"]["due_at"]), law.nation(concern.school.nation)["guidance"]
        found.append(Step("Contact the LADO", act_path(concern, "record-decision"), due, "statute", ref, whose=lado))
    if "ico_72h" in running and concern.status != Concern.IN_CASE:  # there a part of its own asks
        due = _moment(clocks["ico_72h"]["due_at"])
        found.append(Step("Data protection officer: must the ICO be told?", "", due, "statute", "UK GDPR Article 33"))
    return found


def _tell(concern, tellings) -> list[Step]:
    untold = [row for row in tellings if row.told_at is None]
    if not untold:
        return []
    first = min(untold, key=lambda row: (row.due_at is None, row.due_at))
    who = "the person" if len(untold) == 1 else f"the {len(untold)} people"
    what = f"Tell {who} below, and record when"
    return [Step(what, act_path(concern, "record-told"), first.due_at, first.due_basis, first.paragraph)]


def _to_decide(concern, answered, made) -> list[Step]:
    ours = decided_whatever_policy(concern)
    wanted = {asked: ("default", "", None) for asked in DECIDED_BY.values() if asked[0] in ours}
    wanted |= {DECIDED_BY[what]: ("policy", "", None) for what in answered["must_record"] if what in DECIDED_BY}
    notice = answered["governors"]
    if notice["notice"] == "required":
        wanted[DECIDED_BY["governor_notice"]] = ("policy", notice["ref"] or "", _moment(notice["due_at"]))
    url = act_path(concern, "record-decision")
    return [
        Step(what, url, due, basis, ref)
        for (question, what), (basis, ref, due) in wanted.items()
        if question not in made
    ]


def _to_carry_out(concern, decided) -> list[Step]:
    """Whom somebody decided to tell and nobody has told yet: on the day it was decided, as we suggest.

    decided: the decisions, by question.
    """
    return [
        Step(what, act_path(concern, "record-decision"), told_by(decided[question]), "default")
        for question, what in TELL.items()
        if question in decided
    ]


def told_by(decision) -> datetime:
    """By when somebody is told whom it was decided to tell."""
    return end_of_day(day_of(decision.decided_at))


def _officer(concern, decisions) -> list[Step]:
    checks = [row for row in decisions if row.question == speech.QUESTION]
    last = max(checks, key=lambda row: row.decided_at, default=None)
    if last is None or last.answer != speech.DISCLOSED:
        return []
    return [Step("Record the whistleblowing officer’s reply", act_path(concern, "record-officer-reply"))]


def _takedown(takedown) -> list[Step]:
    where = f"{takedown.link.platform or 'a post'} ({takedown.ref})"
    if takedown.status == Takedown.REMOVED and takedown.recheck_on:
        return [Step(f"Look again: {where}", path_of(takedown), end_of_day(takedown.recheck_on), "default")]
    if takedown.chase_at:
        return [Step(f"Chase the takedown: {where}", path_of(takedown), takedown.chase_at, "default")]
    return []


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
