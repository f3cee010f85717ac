"""The retention schedule as data: reads the facts of a record and finds the rule that governs it."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from schools import law
from schools.policy.wording import period_in_words


@dataclass(frozen=True)
class Rule:
    """One line of the schedule: what starts it, how long, what happens then, and on whose authority."""

    id: str
    title: str
    authority: str
    action: str = "review_then_dispose"
    basis: str = "default"
    reckon: str = "trigger"
    trigger: str = ""
    or_else: tuple[str, ...] = ()
    period: str = ""
    live: str = ""
    without_trigger: str = "manual_review"


@cache
def _data() -> dict:
    return tomllib.loads(Path(__file__).with_name("retention.toml").read_text(encoding="utf-8"))


def school_year_end(day: date) -> date:
    """The last day of the school year that a day falls in."""
    begins = date(day.year, _data()["school_year"]["begins_in_month"], 1)
    year = begins if day < begins else begins.replace(year=begins.year + 1)
    return date.fromordinal(year.toordinal() - 1)


def record_kinds() -> tuple[str, ...]:
    """The kinds of record the schedule names."""
    return tuple(_data()["records"])


def fact_names() -> dict[str, tuple[str, ...]]:
    """The facts a record may have, by kind: days, lists of days, yes or no answers, choices and labels."""
    facts = _data()["facts"]
    named = {kind: tuple(facts[kind]) for kind in ("days", "lists", "answers", "labels")}
    return named | {"choices": (*facts["choices"], "live_months", "pupil_dob")}


def choices() -> dict[str, tuple[str, ...]]:
    """The facts that are one of a few words, with those words and the other names they go by."""
    facts = _data()["facts"]
    return {
        name: (*words, *(other for other, word in facts["same_as"].items() if word in words))
        for name, words in facts["choices"].items()
    }


def rule_for(*, facts: dict, own_periods: dict[str, dict] | None = None) -> Rule | None:
    """The rule that governs a record, or None where the schedule or the facts name none.

    `facts` are those of `read_facts`; `own_periods` are the trust's own, by kind of record, as `periods_of` gives
    them: they change the ordinary case of a record and never a line with a condition. Raises ValueError where a trust
    would keep something for less than the law asks.
    """
    for line in _data()["records"].get(facts["record"], ()):
        if _fits(line, facts):
            changes = {key: value for key, value in line.items() if key not in ("rule", "when", "known")}
            rule = replace(_rule(line["rule"]), **changes)
            ordinary = "when" not in line and "known" not in line
            return _own(rule, (own_periods or {}).get(facts["record"])) if ordinary else rule
    return None


def periods_of(policy) -> dict[str, dict]:
    """The periods that a trust's policy sets, by kind of record, with the paragraph each stands in.

    Where the policy leaves the keeping of monitoring records to another document, no period of ours stands in for it.
    """
    periods = {}
    if policy.monitoring.retention_source in policy.related_policies:
        ref = ", ".join(policy.monitoring.refs)
        periods["monitoring_log"] = {"elsewhere": policy.monitoring.retention_source, "ref": ref}
    for line in policy.retention:
        reason = None if line.ref else "set together with the policy"
        own = {"period": line.period, "ref": line.ref, "reason": reason, "unconfirmed": line.unconfirmed}
        own["starts"] = line.starts
        periods[line.record] = own
    return periods


def refused_periods(periods: dict[str, dict]) -> dict[str, str]:
    """Of a trust's own periods, those that cannot hold, by kind of record, each with why in a sentence.

    periods: as `periods_of` gives them. One that is shorter than the law asks, or that the schedule cannot count, does
    not hold, and the common schedule stands.
    """
    found = {}
    for record, own in periods.items():
        try:
            rule_for(facts={"record": record}, own_periods={record: own})
        except ValueError as error:
            found[record] = str(error)
    return found


@cache
def _rule(rule_id: str) -> Rule:
    entry = _data()["rules"][rule_id]
    return Rule(id=rule_id, **entry | {"or_else": tuple(entry.get("or_else", ()))})


def _fits(line: dict, facts: dict) -> bool:
    for name, wanted in line.get("when", {}).items():
        if facts.get(name) not in (wanted if isinstance(wanted, list) else [wanted]):
            return False
    return all(facts.get(name) is not None for name in line.get("known", ()))


def _own(rule: Rule, own: dict | None) -> Rule:
    if own is None:
        return rule
    ref, reason = own.get("ref"), own.get("reason")
    if own.get("elsewhere"):
        return replace(rule, reckon="elsewhere", authority=f"Your policy, {ref}, leaves it to: {own['elsewhere']}")
    if not own.get("period") or not (ref or reason):
        raise ValueError(f"A period of the trust's own for {rule.title} needs a period and a paragraph or a reason.")
    chosen, lawful = law.period(own["period"]), law.period(rule.period)
    if rule.basis == "statute" and (chosen.months, chosen.days) < (lawful.months, lawful.days):
        least = period_in_words(rule.period)
        raise ValueError(f"{rule.title} may not be kept for less than {least}: {rule.authority}.")
    if own.get("starts", rule.trigger) not in (rule.trigger, *rule.or_else):
        raise ValueError(f"{rule.title} is counted from another day than your policy says, so its period cannot hold.")
    doubt = ", from a part of it that looks unfinished" if own.get("unconfirmed") else ""
    authority = f"Your policy, {ref}{doubt}" if ref else f"Your decision: {reason}"
    return replace(rule, period=own["period"], authority=authority)


def read_facts(record: dict) -> dict:
    """The facts of a record with days as dates and every name checked; unknown facts are None or absent.

    Raises ValueError, in one plain sentence, for a fact that is not known, not of its kind, or not possible.
    """
    if not isinstance(record, dict) or not isinstance(record.get("record"), str):
        raise ValueError('Each record needs its kind under "record", such as allegation or warning.')
    named = fact_names()
    read = {}
    for name, value in record.items():
        if name in named["labels"]:
            read[name] = value
        elif name in named["days"]:
            read[name] = as_day(value, of=name)
        elif name in named["lists"]:
            read[name] = _days(value, of=name)
        elif name in named["answers"]:
            read[name] = _answer(value, of=name)
        elif name in named["choices"]:
            read[name] = _choice(value, of=name)
        else:
            raise ValueError(f"{name!r} is not a fact that retention knows.")
    _merge_birth_dates(read)
    _check_order(read)
    return read


def as_day(value, *, of: str) -> date | None:
    """A day given as a date or as ISO text, or None for unknown. Raises ValueError for anything else."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{of} must be a day written as 2026-03-14, not {value!r}.") from error


def _days(value, *, of: str) -> tuple[date | None, ...] | None:
    if value is None:
        return None
    return tuple(as_day(day, of=of) for day in (value if isinstance(value, list | tuple) else [value]))


def _answer(value, *, of: str) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise ValueError(f"{of} must be true, false or left out, not {value!r}.")


def _choice(value, *, of: str):
    if value is None:
        return None
    if of == "pupil_dob":
        return as_day(value, of=of)
    if of == "live_months":
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1200:
            raise ValueError(f"live_months must be a whole number of months, not {value!r}.")
        return value
    facts = _data()["facts"]
    word = facts["same_as"].get(str(value), value)
    if word not in facts["choices"][of]:
        raise ValueError(f"{of} must be one of {', '.join(facts['choices'][of])}, not {value!r}.")
    return word


def _merge_birth_dates(read: dict) -> None:
    if "pupil_dob" in read:
        one = (read.pop("pupil_dob"),)
        read["pupil_dobs"] = (read.get("pupil_dobs") or ()) + one


def _check_order(read: dict) -> None:
    born, alleged = read.get("dob"), read.get("allegation_on")
    if born and alleged and born > alleged:
        raise ValueError(f"A person born on {born} cannot have an allegation of {alleged} against them.")
    if read.get("transferred_on") and read.get("receipt_on") and read["receipt_on"] < read["transferred_on"]:
        raise ValueError("A receipt cannot be older than the transfer it is for.")
