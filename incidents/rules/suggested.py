"""What our model policy answers where the trust has adopted none: every word of it labelled as our suggestion."""

from incidents.rules.answer import Answer
from incidents.rules.facts import Facts

NONE_ADOPTED = "The trust has adopted no policy"
WHOSE = "our model policy, "


def as_suggested(answered: Answer, known: Facts) -> Answer:
    """The same answer as a suggestion of ours: it binds nobody, so nothing can be charged or demanded under it.

    answered: what the model policy asks for. known: the facts of the concern.
    """
    may_not = f"{NONE_ADOPTED}, so nothing can be charged under ours."
    return answered | {
        "tell": [_ours(row) for row in answered["tell"]],
        "clauses": [],
        "not_citable": [
            *(clause | {"ref": _named(clause["ref"]), "why": may_not} for clause in answered["clauses"]),
            *(other | {"ref": _named(other["ref"])} for other in answered["not_citable"]),
        ],
        "not_covered": [],
        "removal": _no_demand(answered["removal"]),
        "governors": {"notice": "not_in_policy", "ref": None, "due_at": None},
        "silent_on": [code for code in known.codes if code != "OTHER"],
        "rely_on": [],
        "why": f"{NONE_ADOPTED}: who is told follows our model policy and the law. {answered['why']}",
    }


def _named(ref: str) -> str:
    return f"{WHOSE}{ref}"


def _ours(row: dict) -> dict:
    due_basis = "default" if row["due_basis"] == "policy" else row["due_basis"]
    if row["basis"] != "policy":
        return row | {"due_basis": due_basis}
    return row | {"basis": "default", "due_basis": due_basis, "ref": _named(row["ref"])}


def _no_demand(removal: dict) -> dict:
    power = "no_express_power" if removal["power"] == "may_demand" else removal["power"]
    return {"power": power, "ref": None, "refusal_is_breach": False}
