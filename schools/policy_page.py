"""What the page of one policy shows besides its paragraphs, in words."""

from datetime import date

from schools import law
from schools.policy import Policy, taxonomy
from schools.policy.document import Chapter, Line, Paragraph, anchor_of, document, line_of, parts_of
from schools.policy.items import Obligation, Retention
from schools.policy.wording import (
    codes_in_words,
    date_in_words,
    listed,
    people_in_words,
    period_in_words,
    words,
)
from schools.roles import LANES, READS, Kind

KINDS = {Kind.CONCERN: "Concerns", **LANES}


def context(pack: Policy, *, today: date) -> dict:
    """Everything the page of a policy shows.

    today: the London date by which its review is judged.
    """
    chapters = document(pack)
    return {
        "policy": pack,
        "overdue_since": pack.overdue_since(today) and date_in_words(pack.review_due),
        "particulars": particulars(pack),
        "chapters": chapters,
        "told": [_told(pack, duty) for duty in pack.obligations if duty.kind == "report"],
        "charges": _by_label(chapters),
        "answers": _answers(pack, chapters),
        "titles": [_row(taxonomy().roles[role], title) for role, title in pack.roles.items()],
        "terms": _terms(pack),
        "silent_on": [taxonomy().topics[topic] for topic in pack.silent_on],
        "not_legible_on": [taxonomy().topics[topic] for topic in pack.not_legible_on],
        "ours": _ours(pack),
        "by_law": by_law(on=today),
        "readers": readers(pack),
    }


def particulars(pack: Policy) -> list[dict]:
    """Version, approval, review and scope, for a list of questions and answers."""
    rows = [
        _row("Trust", pack.trust),
        _row("Version", pack.version),
        _row("Approved", date_in_words(pack.approved_on)),
        _row("Approved by", pack.approving_body),
        _row("Amended", pack.amended_on and date_in_words(pack.amended_on)),
        _row("Review due", date_in_words(pack.review_due)),
        _row("Reviewed every", pack.review_cycle and period_in_words(pack.review_cycle)),
        _row("Whose policy it is", listed(pack.owner_roles)),
        _row("Who is covered", listed(taxonomy().people[one] for one in pack.scope_people)),
        _row("Related policies", listed(pack.related_policies)),
        _row("Earlier versions", _earlier(pack)),
        _row("How it is numbered", words("numbering")[pack.numbering].capitalize()),
    ]
    return [row for row in rows if row["value"]]


def _earlier(pack: Policy) -> list[str]:
    return [f"{name}: {date_in_words(on)}" for name, on in pack.version_history.items() if name != pack.version]


def _row(key: str, value) -> dict:
    return {"key": key, "value": value}


def _told(pack: Policy, duty: Obligation) -> dict:
    line = line_of(pack, duty)
    to = people_in_words(pack, duty.to, joined="and" if duty.all_of else "or")
    return {
        "wording": duty.wording,
        "only_when": taxonomy().circumstances[duty.only_when] if duty.only_when else "",
        "to": f"{to[0].upper()}{to[1:]}",
        "time": line.time,
        "basis": line.basis,
        "ref": duty.ref,
        "anchor": anchor_of(duty.ref),
    }


def _by_label(chapters: tuple[Chapter, ...]) -> list[dict]:
    """Where each kind of clause stands: those that can be charged first, then those that cannot, with why."""
    found: dict[str, list[Paragraph]] = {}
    why: dict[str, str] = {}
    for paragraph, line in _clauses(chapters):
        found.setdefault(line.label, []).append(paragraph)
        why[line.label] = "" if line.chargeable else line.details[0]
    order = list(words("strengths").values())
    return [
        {"label": label, "why": why[label], "paragraphs": list(dict.fromkeys(found[label]))}
        for label in sorted(found, key=order.index)
    ]


def _clauses(chapters: tuple[Chapter, ...]) -> list[tuple[Paragraph, Line]]:
    paragraphs = (paragraph for chapter in chapters for paragraph in chapter.paragraphs)
    return [(paragraph, line) for paragraph in paragraphs for line in paragraph.lines if line.chargeable is not None]


def _answers(pack: Policy, chapters: tuple[Chapter, ...]) -> list[dict]:
    """The questions a reader brings: can a post be demanded down, are governors told, is anybody watched."""
    known = {paragraph.anchor for chapter in chapters for paragraph in chapter.paragraphs}
    rows = [
        _answer("Taking posts down", _removal(pack), parts_of(pack.removal.ref or ""), known),
        _answer("Telling governors", _governors(pack), parts_of(pack.governors.ref or ""), known),
        _answer("Monitoring", _monitoring(pack), list(pack.monitoring.refs), known),
    ]
    disciplines = [one for one in pack.consequences if one.decided_by]
    refs = [ref for one in disciplines for ref in parts_of(one.ref)]
    rows.append(_answer("Who decides on discipline", _disciplines(disciplines), refs, known))
    kept = [_kept(line) for line in pack.retention]
    return rows + ([_answer("How long records are kept", kept, [], known)] if kept else [])


def _disciplines(named) -> list[str]:
    silent = "The policy does not say who: our suggestion is somebody who holds a senior office in the trust."
    return [one.wording for one in named] or [silent]


def _answer(question: str, sentences: list[str], refs: list[str], known: set[str]) -> dict:
    """An answer with its paragraphs, each with where it stands on the page, if this copy has it as a paragraph."""
    places = [{"label": ref, "anchor": anchor_of(ref) if anchor_of(ref) in known else ""} for ref in refs]
    return {"question": question, "sentences": sentences, "paragraphs": places}


def _removal(pack: Policy) -> list[str]:
    breach = ["Not taking it down when told is a breach of its own."] if pack.removal.refusal_is_breach else []
    return [words("removal")[pack.removal.power], *breach]


def _governors(pack: Policy) -> list[str]:
    rule, said = pack.governors, [words("governors")[pack.governors.notice]]
    if rule.codes:
        said.append(f"Of: {codes_in_words(rule.codes)}.")
    if rule.default:
        said.append(f"Within {period_in_words(rule.default)} ({_whose_time(pack, rule.ref)}).")
    if rule.notice == "required" and rule.anonymised:
        said.append("Without names.")
    return said


def _whose_time(pack: Policy, ref: str | None) -> str:
    """Whose time it is by which governors are told: the policy's, where a paragraph of it states one."""
    stated = any(duty.ref == ref and duty.when_kind == "stated_exact" for duty in pack.obligations)
    return "as the policy says" if stated else "our suggestion"


def _monitoring(pack: Policy) -> list[str]:
    rule, said = pack.monitoring, [words("monitoring_notice")[pack.monitoring.notice]]
    if rule.consent_by:
        said.append(words("monitoring_consent")[rule.consent_by])
    if rule.reasons:
        said.append(f"Because of {listed((taxonomy().reasons_for_monitoring[one] for one in rule.reasons), 'or')}.")
    if rule.retention:
        doubt = " This period is not confirmed: ask the trust." if rule.unconfirmed else ""
        said.append(f"Its records are kept {period_in_words(rule.retention)} ({rule.retention_source}).{doubt}")
    elif rule.retention_source:
        said.append(f"How long its records are kept is laid down in: {rule.retention_source}.")
    said.append("Access can be withdrawn." if rule.withdrawal_power else "Nothing is said of withdrawing access.")
    if rule.external_help:
        said.append(f"Help from outside: {listed(rule.external_help)}.")
    return said


def _kept(line: Retention) -> str:
    whose = f"the policy, {line.ref}" if line.ref else "set together with the policy"
    doubt = "; not confirmed, ask the trust" if line.unconfirmed else ""
    what, since = taxonomy().kinds_of_record[line.record], taxonomy().starts_of_keeping[line.starts]
    return f"{what}: {period_in_words(line.period)} from {since} ({whose}{doubt})."


def _terms(pack: Policy) -> list[dict]:
    labels = words("terms")
    named = pack.terms.model_dump()
    filled = set(named.pop("filled_in"))
    rows = []
    for key, value in named.items():
        said = listed(value, "or") if isinstance(value, tuple) else value
        if said:
            rows.append(_row(labels[key], f"{said} (our word: the policy gives none)" if key in filled else said))
    return rows


def _ours(pack: Policy) -> list[str]:
    rule = pack.ours
    said = [
        f"Where the policy names nobody to tell: {people_in_words(pack, rule.recipients, joined='and')}, "
        f"by the end of {period_in_words(rule.told_within)}."
    ]
    if rule.governors_told_within:
        said.append(f"Governors are told within {period_in_words(rule.governors_told_within)}.")
    return said


def by_law(*, on: date) -> list[dict]:
    """The times that the law sets whatever a policy says, each with its source.

    on: the day; what is not yet law on it is left out.
    """
    rules = [law.deadline(name) for name in law.deadline_names()]
    return [
        {"title": rule.title, "time": law.unit(rule.unit).of(rule.n), "source": rule.source}
        for rule in rules
        if rule.basis == "statute" and _is_law(rule, on)
    ]


def _is_law(rule: law.DeadlineRule, on: date) -> bool:
    begun = rule.applies_from is None or rule.applies_from <= on
    return begun and (rule.provision is None or law.in_force(rule.provision, on=on))


def readers(pack: Policy) -> list[dict]:
    """Who reads which records of their own school or trust without being given them by name."""
    return [
        {"title": pack.title_of(role.value), "reads": [label for kind, label in KINDS.items() if kind in kinds]}
        for role, kinds in READS.items()
    ]
