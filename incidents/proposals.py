"""What the policy and the law propose for one concern, put into the words of a page."""

from datetime import date, datetime

from incidents import routing
from incidents.models import disclosures
from incidents.rules.answer import Answer
from schools import versions
from schools.conflict import REPORTED_IT
from schools.offices import title_of
from schools.policy import Policy, taxonomy

REMOVAL = {
    "may_demand": "The school may tell whoever posted it to remove it.",
    "request_only": "Whoever posted it can be asked, and not told, to remove it.",
    "no_express_power": "The policy gives no express power to tell anyone to remove it: ask for it.",
    "not_legible": "What the policy says about removing posts cannot be read in the copy held: ask for it.",
    "not_applicable": "There is no post of ours to remove.",
}
GOVERNORS = {
    "required": "Governors are told, without names.",
    "not_required": "Governors need not be told of this.",
    "not_in_policy": "The policy does not say whether governors are told.",
    "not_legible": "What the policy says about telling governors cannot be read in the copy held.",
}
CLOCKS = {
    "lado_contact": "Contact the local authority designated officer (LADO)",
    "ico_72h": "Tell the Information Commissioner’s Office (ICO), if it must be told",
}


# Who did it, where the policy for those who work at the school binds nobody: unless one of them is named after all.
OUTSIDERS = {"against_staff", "against_org", "pupil_act", "inbound_to_staff"}
STANDS_ASIDE = "The usual person stands aside."


def of_concern(concern, *, at) -> dict:
    """Everything the policy and the law propose for a concern as it is recorded now.

    at: the moment by which offices and the review of the policy are judged.
    """
    answered = routing.answer(concern, at=at)
    return words_of(concern, answered, routing.names_in(answered), at=at)


def words_of(concern, answered: Answer, names: dict[str, str], *, at) -> dict:
    """What routing answers for a concern, under the policy it was reported under, with where that can be read.

    at: the moment. Of a disclosure in the public interest it is not said that an officer stands aside as its reporter.
    """
    if any(REPORTED_IT in row["why"] for row in answered["takes_over"]) and disclosures([concern.pk], at=at):
        answered = answered | {"takes_over": [row | {"why": STANDS_ASIDE} for row in answered["takes_over"]]}
    said = in_words(answered, names, routing.pack_of(concern.record), direction=concern.direction)
    return said | {"policy_url": versions.url_of(concern.record.pack_id)}


def in_words(answered: Answer, names: dict[str, str], pack: Policy, *, direction: str) -> dict:
    """An answer of routing as a page says it.

    names: of the people in the answer, by key. pack: the policy that was in force. direction: who did it to whom.
    """
    overdue = answered["pack"]["review_overdue_since"]
    return {
        "tell": [_told(row, names) for row in answered["tell"]],
        "clocks": [_clock(clock, "") for clock in answered["clocks"]]
        + [_clock(clock, "if the threshold is met or unsure") for clock in answered["clocks_if_yes_or_not_sure"]],
        "threshold": _threshold(answered, names),
        "takes_over": [_takes_over(row, names) for row in answered["takes_over"]],
        "nothing_charged": direction in OUTSIDERS and not answered["threshold_question"],
        "paragraphs": [(row["ref"], pack.wording_of(row["id"])) for row in answered["clauses"]],
        "not_citable": [(row["ref"], pack.wording_of(row["id"]), row["why"]) for row in answered["not_citable"]],
        "silent_on": [taxonomy().codes[code].label for code in answered["silent_on"]],
        "rely_on": answered["rely_on"],
        "not_covered": [
            (names.get(row["person"], "Somebody not in the directory"), row["why"]) for row in answered["not_covered"]
        ],
        "must_record": [taxonomy().evidence[what] for what in answered["must_record"]],
        "removal": _removal(answered["removal"]),
        "governors": _governors(answered["governors"]),
        "policy": pack,
        "overdue_since": overdue and date.fromisoformat(overdue),
        "why": answered["why"],
    }


def _told(row, names) -> dict:
    return {
        "person": row["person"] or "",
        "who": names.get(row["person"] or "", ""),
        "title": row["title"],
        "due": moment(row["due_at"]),
        "due_basis": row["due_basis"],
        "basis": row["basis"],
        "ref": row["ref"] or "",
        "wording": row["wording"],
        "only_that_it_exists": row["only_that_it_exists"],
    }


def _clock(clock, condition: str) -> dict:
    return {
        "what": CLOCKS[clock["key"]],
        "due": moment(clock["due_at"]),
        "basis": clock["basis"],
        "why": clock["why"],
        "condition": condition,
    }


def _threshold(answered, names) -> dict | None:
    if not answered["threshold_question"]:
        return None
    return {
        "words": taxonomy().threshold_question.wording,
        "whose": names.get(answered["threshold_answered_by"] or "", ""),
        "consulted": names.get(answered["threshold_consulted"] or "", ""),
    }


def _takes_over(row, names) -> str:
    office = title_of(row["for_role"])
    if row["person"] is None:
        return f"Nobody is free to act as {office}. {row['why']}"
    return f"{names.get(row['person'], 'Somebody')} acts as {office}. {row['why']}"


def _removal(removal) -> dict:
    breach = " Not removing it when told is itself a breach." if removal["refusal_is_breach"] else ""
    return {"words": REMOVAL[removal["power"]] + breach, "ref": removal["ref"] or ""}


def _governors(rule) -> dict:
    return {"words": GOVERNORS[rule["notice"]], "ref": rule["ref"] or "", "due": moment(rule["due_at"])}


def moment(text: str | None) -> datetime | None:
    """A time as routing writes it."""
    return datetime.fromisoformat(text) if text else None
