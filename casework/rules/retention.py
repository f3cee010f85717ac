"""Until when each part of a case is kept, under which rule, and what stops it going."""

from dataclasses import dataclass, replace
from datetime import date

from casework.rules.retention_schedule import Rule, as_day, read_facts, rule_for, school_year_end
from schools import law
from schools.calendar import nation_named

MANUAL = "MANUAL_REVIEW"
NONE_NAMED = "NONE_NAMED"
# What outlasts what inside a part: the higher number is kept longer, since its end is not known.
LASTING = {"permanent": 6, "manual": 5, "none_named": 4, "open": 3, "dated": 2, "follows": 1}
EARLIEST_REVIEW = "P10Y"


@dataclass(frozen=True)
class Fate:
    """What becomes of a record or a part: when, under which rule, how, on whose authority, and why.

    missing: the facts without which no date can be worked out, any of which would do.
    """

    lasting: str
    due_on: date | None
    rule: str
    action: str
    authority: str | None
    why: str
    earliest_review_on: date | None = None
    missing: tuple[str, ...] = ()

    @property
    def order(self) -> tuple:
        """Where this stands among others: the later, the greater."""
        return LASTING[self.lasting], self.due_on or date.min, self.rule


@dataclass(frozen=True)
class PartFate:
    """The fate of one part and the kinds of hold that stop it."""

    part: str | None
    fate: Fate
    blocked_by: tuple[str, ...] = ()

    def answer(self) -> dict:
        """The part as data: its date, rule, action and holds."""
        return {
            "part": self.part,
            "due_on": _iso(self.fate.due_on),
            "rule": self.fate.rule,
            "action": self.fate.action,
            "blocked_by": list(self.blocked_by),
        }


def decide(
    *,
    records: list[dict],
    holds: list[dict] = (),
    nation: str = "england",
    today: date | str | None = None,
    own_periods: dict[str, dict] | None = None,
) -> dict:
    """Until when the parts of a case are kept; the first fields repeat the part that ends last.

    `records` are facts, one kind of record each, joined by their "part"; `holds` stop disposal while they last and
    move no date; `today` is the day the holds are looked at; `own_periods` are the trust's
    own by kind of record. Raises
    ValueError in one plain sentence. Source: the schedule names an authority for each rule.
    """
    parts = part_fates(records=records, holds=holds, nation=nation, today=today, own_periods=own_periods)
    last = max(sorted(parts, key=lambda part: str(part.part)), key=lambda part: part.fate.order)
    first = last.answer()
    del first["part"]
    return first | {
        "earliest_review_on": _iso(last.fate.earliest_review_on),
        "authority": last.fate.authority,
        "why": _sentence(last),
        "per_part": [part.answer() for part in parts],
    }


def part_fates(
    *,
    records: list[dict],
    holds: list[dict] = (),
    nation: str = "england",
    today: date | str | None = None,
    own_periods: dict[str, dict] | None = None,
) -> list[PartFate]:
    """The fate of each part in the order the parts are first named: the longest rule wins inside a part, never across.

    Arguments and errors are those of `decide`.
    """
    if not isinstance(records, list | tuple) or not records:
        raise ValueError("Retention needs at least one record.")
    nation = nation_named(nation)
    parts: dict[str | None, list[Fate]] = {}
    for record in records:
        facts = read_facts(record)
        parts.setdefault(_part(facts.get("part")), []).append(fate_of(facts, nation=nation, own_periods=own_periods))
    day = as_day(today, of="today")
    if not isinstance(holds, list | tuple):
        raise ValueError("Holds come in a list.")
    standing = [hold for hold in holds if _stands(hold, day)]
    return [
        PartFate(part=part, fate=max(fates, key=lambda fate: fate.order), blocked_by=_kinds(standing, part))
        for part, fates in parts.items()
    ]


def fate_of(facts: dict, *, nation: str = "england", own_periods: dict[str, dict] | None = None) -> Fate:
    """What becomes of one record taken alone, from the facts of `read_facts`."""
    rule = rule_for(facts=facts, own_periods=own_periods)
    if rule is None:
        return _unnamed(facts)
    fate = RECKONINGS[rule.reckon](rule, facts)
    return fate if nation == "england" else replace(fate, why=fate.why + _elsewhere(rule, nation))


def _unnamed(facts: dict) -> Fate:
    if facts["record"] == "warning":
        return _manual(None, "The level of the warning is not known, so a person must look.")
    why = f"No rule names a {facts['record'].replace('_', ' ')}, so it stays until the trust sets one."
    return Fate("none_named", None, NONE_NAMED, "manual_review", None, why)


def _started(rule: Rule, facts: dict) -> date | None:
    """The day the rule runs from: the latest of several, or None where any of them is unknown."""
    for name in (rule.trigger, *rule.or_else):
        value = facts.get(name)
        if isinstance(value, tuple):
            value = None if not value or None in value else max(value)
        if value is not None:
            return value
    return None


def _by_trigger(rule: Rule, facts: dict) -> Fate:
    started = _started(rule, facts)
    if started is None:
        return _without_trigger(rule, facts)
    due_on = law.period(rule.period).after(started)
    if rule.action == "review_only":
        why = f"{rule.title}: looked at again {_length(rule)} after {_words(started)}, and never destroyed unasked."
        return replace(_dated(rule, due_on, why), earliest_review_on=due_on)
    return _dated(rule, due_on, f"{rule.title}: {_length(rule)} from {_words(started)}.")


def _by_pension_age(rule: Rule, facts: dict) -> Fate:
    started = _started(rule, facts)
    if started is None:
        return _without_trigger(rule, facts)
    ten_years = law.period(rule.period).after(started)
    if facts.get("dob") is None:
        why = f"{rule.title}: the date of birth is not known, so no date is worked out and a person must look."
        return _manual(rule.authority, why, earliest_review_on=ten_years, missing=("dob",))
    pension = law.pension_on(facts["dob"])
    why = (
        f"{rule.title}: the later of pension age on {_words(pension)} and {_length(rule)} from "
        f"{_words(started)}, which is {_words(ten_years)}."
    )
    return _dated(rule, max(pension, ten_years), why)


def _by_warning(rule: Rule, facts: dict) -> Fate:
    started = facts.get("warning_on")
    if started is None:
        return _without_trigger(rule, facts)
    months = facts.get("live_months")
    live = law.period(rule.live) if months is None else law.Period(months=months)
    kept, live_until = law.period(rule.period).after(started), live.after(started)
    source = "our suggestion for its length" if months is None else "as its letter says"
    why = f"{rule.title}: {_length(rule)} from {_words(started)}; live until {_words(live_until)} ({source})"
    return _dated(rule, max(kept, live_until), f"{why}, and not weeded while live.")


def _by_receipt(rule: Rule, facts: dict) -> Fate:
    following = school_year_end(law.Period(months=12).after(facts["receipt_on"]))
    why = f"{rule.title}: passed on with a receipt of {_words(facts['receipt_on'])}, so our copy goes at the end of"
    return _dated(rule, following, f"{why} the school year after that one.")


def _at_school_year_end(rule: Rule, facts: dict) -> Fate:
    started = _started(rule, facts)
    if started is None:
        return _without_trigger(rule, facts)
    due_on = school_year_end(law.period(rule.period).after(started))
    longer = f"{_length(rule)} after that, " if law.period(rule.period) != law.Period() else ""
    why = f"{rule.title}: closed on {_words(started)}; {longer}at the end of the school year, its words go."
    return _dated(rule, due_on, f"{why} Its reference, dates and decisions stay.")


def _while_working_here(rule: Rule, facts: dict) -> Fate:
    fate, left = _by_trigger(rule, facts), facts.get("leaving_on")
    if left is None:
        return _open(rule, f"{rule.title}: the person harmed works here and asked for it to be kept.")
    return replace(fate, due_on=max(fate.due_on, left)) if fate.due_on else fate


def _by_consent(rule: Rule, facts: dict) -> Fate:
    fate = _by_trigger(rule, facts)
    why = f"{rule.title}: a copy is kept because the person it is about agreed, until they no longer do."
    return Fate("open", None, rule.id, rule.action, rule.authority, why, earliest_review_on=fate.due_on)


def _for_ever(rule: Rule, facts: dict) -> Fate:
    return Fate("permanent", None, rule.id, rule.action, rule.authority, f"{rule.title}: kept for good.")


def _with_its_case(rule: Rule, facts: dict) -> Fate:
    why = f"{rule.title}: kept as long as the case it belongs to."
    return Fate("follows", None, rule.id, rule.action, rule.authority, why)


def _set_elsewhere(rule: Rule, facts: dict) -> Fate:
    why = f"{rule.title}: {rule.authority}. It stays until that period is entered here."
    return Fate("none_named", None, NONE_NAMED, "manual_review", rule.authority, why)


def _without_trigger(rule: Rule, facts: dict) -> Fate:
    if rule.without_trigger == "keep_open":
        why = f"{rule.title}: the day that starts the {_length(rule)} has not come or is not recorded."
        return _open(rule, why, missing=(rule.trigger, *rule.or_else))
    why = f"{rule.title}: the day it runs from is not known, so no date is worked out and a person must look."
    known = [facts[name] for name in ("allegation_on", "record_on", "incident_on") if facts.get(name)]
    earliest = law.period(EARLIEST_REVIEW).after(max(known)) if known else None
    return _manual(rule.authority, why, earliest_review_on=earliest, missing=(rule.trigger, *rule.or_else))


def _dated(rule: Rule, due_on: date, why: str) -> Fate:
    return Fate("dated", due_on, rule.id, rule.action, rule.authority, why)


def _open(rule: Rule, why: str, *, missing=()) -> Fate:
    return Fate("open", None, rule.id, "keep_open", rule.authority, why, missing=missing)


def _manual(authority: str | None, why: str, *, earliest_review_on: date | None = None, missing=()) -> Fate:
    return Fate("manual", None, MANUAL, "manual_review", authority, why, earliest_review_on, missing)


RECKONINGS = {
    "trigger": _by_trigger,
    "pension_age": _by_pension_age,
    "warning": _by_warning,
    "school_year_after": _by_receipt,
    "school_year_end": _at_school_year_end,
    "while_working_here": _while_working_here,
    "consent": _by_consent,
    "permanent": _for_ever,
    "follows": _with_its_case,
    "elsewhere": _set_elsewhere,
}


def _part(value) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise ValueError(f"A part is named by a word, not by {value!r}.")


def _stands(hold: dict, day: date | None) -> bool:
    if not isinstance(hold, dict) or not isinstance(hold.get("kind"), str) or not hold["kind"]:
        raise ValueError("Each hold needs its kind, such as police or litigation.")
    if not isinstance(hold.get("parts") or [], list | tuple):
        raise ValueError("The parts of a hold come in a list.")
    unknown = set(hold) - {"kind", "placed_on", "released_on", "part", "parts", "reason"}
    if unknown:
        raise ValueError(f"{sorted(unknown)[0]!r} is not a fact that a hold has.")
    placed, released = (as_day(hold.get(name), of=name) for name in ("placed_on", "released_on"))
    if placed and released and released < placed:
        raise ValueError("A hold cannot be released before it is placed.")
    if day is None:
        return released is None
    return (placed is None or placed <= day) and (released is None or released > day)


def _kinds(holds: list[dict], part: str | None) -> tuple[str, ...]:
    named = [(hold["kind"], hold.get("parts") or ([hold["part"]] if hold.get("part") else None)) for hold in holds]
    return tuple(sorted({kind for kind, parts in named if parts is None or part in parts}))


def _elsewhere(rule: Rule, nation: str) -> str:
    guidance = law.nation(nation).get("guidance")
    return f" The authority is England's; here look to {guidance}." if guidance and "KCSIE" in rule.authority else ""


def _sentence(part: PartFate) -> str:
    held = f" Held for now by: {', '.join(part.blocked_by)}." if part.blocked_by else ""
    return part.fate.why.replace("_", " ") + held.replace("_", " ")


def _length(rule: Rule) -> str:
    length = law.period(rule.period)
    years, months = divmod(length.months, 12)
    named = [(years, "year"), (months, "month"), (length.days, "day")]
    return " and ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in named if n) or "0 days"


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
