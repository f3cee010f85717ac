"""From a concern as it is recorded to the rule's answer: who must know, which questions open, what may be charged."""

from functools import lru_cache

from incidents.rules import route
from schools import exclusions, policy
from schools.calendars import calendar_of
from schools.models import Involvement, Person


@lru_cache(maxsize=32)
def _parsed(digest: str, text: str) -> policy.Policy:
    return policy.parse(text)


def pack_of(record) -> policy.Policy | None:
    """The policy that was in force when a record was reported, or None when its trust had none."""
    adopted = record.pack
    return _parsed(adopted.digest, adopted.text) if adopted else None


def facts_of(concern, involvements=None, *, at) -> dict:
    """A concern in the words of the routing rule."""
    if involvements is None:
        involvements = list(Involvement.objects.filter(record=concern.record))
    return {
        "code": concern.code,
        "secondary": [code for code in concern.secondary_codes.split(";") if code],
        "direction": concern.direction,
        "reported_at": concern.reported_at,
        "known_at": concern.first_known_at,
        "conduct_on": concern.conduct_on,
        "threat": concern.is_threat,
        "child_at_risk": concern.at_risk == "yes",
        "people": _people(concern.record, involvements, at=at),
        "office_holders": exclusions.office_holders(concern.record, at=at),
        "nation": concern.school.nation,
        "flags": [flag for flag in concern.flags.split(";") if flag],
    }


def answer(concern, involvements=None, *, at) -> dict:
    """What the policy and the law ask for this concern; see `incidents.rules.route.answer`."""
    pack = pack_of(concern.record)
    return route.answer(
        facts_of(concern, involvements, at=at), pack, calendar=calendar_of(concern.school), today=at.date()
    )


def asked(concern, viewer) -> dict:
    """The answer for a concern as it stands, worked out once for a request."""
    key = ("route", concern.pk)
    if key not in viewer.known:
        viewer.known[key] = answer(concern, at=viewer.at)
    return viewer.known[key]


def names_in(answered: dict) -> dict[str, str]:
    """The names of the people whom an answer mentions, by key."""
    keys = {row["person"] for part in ("tell", "hidden", "standing_aside", "takes_over") for row in answered[part]}
    return {str(pk): name for pk, name in Person.objects.filter(pk__in=filter(None, keys)).values_list("pk", "name")}


def _people(record, involvements, *, at) -> list[dict]:
    """People known by name, and those who were only typed in, who count by what they are."""
    rows = exclusions.facts(record, involvements, at=at)
    unknown = [involvement for involvement in involvements if not involvement.person_id]
    return rows + [
        {"key": f"typed-{number}", "part": one.part, "kind": one.kind or None} for number, one in enumerate(unknown, 1)
    ]
