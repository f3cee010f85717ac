"""From a concern as it is recorded to the rule's answer: who must know, which questions open, what may be charged."""

from incidents.rules import route
from schools import adopted, exclusions, policy
from schools.calendars import calendar_of
from schools.clock import day_of
from schools.models import Involvement, Person

TYPED = "typed-"  # how a key begins that stands for a name typed in and found nowhere


def pack_of(record) -> policy.Policy:
    """The policy in force at the school when a record was reported, with what the school had added to it.

    Where its trust had none, our model policy, of which everything is a suggestion and nothing can be charged.
    """
    return adopted.of_key(record.pack_id)


def facts_of(concern, involvements=None, *, at, around=None) -> dict:
    """A concern in the words of the routing rule."""
    if involvements is None:
        involvements = list(Involvement.objects.filter(record=concern.record).select_related("person"))
    found = around or exclusions.around(concern.record, involvements, at=at)
    return {
        "code": concern.code,
        "secondary": [code for code in concern.secondary_codes.split(";") if code],
        "direction": concern.direction,
        "reported_at": concern.reported_at,
        "known_at": concern.first_known_at,
        "asked_again_at": concern.asked_again_at,
        "conduct_on": concern.conduct_on,
        "threat": concern.is_threat,
        "child_at_risk": concern.at_risk == "yes",
        "people": _people(found, involvements),
        "office_holders": found.holders,
        "nation": concern.school.nation,
        "flags": [flag for flag in concern.flags.split(";") if flag],
    }


def answer(concern, involvements=None, *, at, around=None) -> dict:
    """What the policy and the law ask for this concern; see `incidents.rules.route.answer`.

    involvements, around: its rows and the people around them, where they were read already.
    """
    record = concern.record
    pack = pack_of(record) if record.pack_id else None
    facts = facts_of(concern, involvements, at=at, around=around)
    return route.answer(facts, pack, calendar=calendar_of(concern.school), today=day_of(at))


def asked(concern, viewer, involvements=None) -> dict:
    """The answer for a concern as it stands, worked out once for a request.

    involvements: its rows, where they were read already.
    """
    key = ("route", concern.pk)
    if key not in viewer.known:
        viewer.known[key] = answer(concern, involvements, at=viewer.at)
    return viewer.known[key]


def names_in(answered: dict, known=()) -> dict[str, str]:
    """The names of the people whom an answer mentions, by key.

    known: people who were read already, and who are not asked for again.
    """
    keys = {row["person"] for part in ("tell", "hidden", "standing_aside", "takes_over") for row in answered[part]}
    keys |= {answered["threshold_answered_by"], answered["threshold_consulted"]}
    names = {str(person.pk): person.name for person in known}
    missing = {key for key in map(in_directory, keys) if key and key not in names}
    if missing:
        names |= {str(pk): name for pk, name in Person.objects.filter(pk__in=missing).values_list("pk", "name")}
    return {key: name for key, name in names.items() if key in keys}


def in_directory(key: str | None) -> str | None:
    """The key of a person in an answer, if it is somebody known; nothing for a name that was only typed in."""
    return None if key is None or key.startswith(TYPED) else key


def _people(around, involvements) -> list[dict]:
    """People known by name, and those who were only typed in, who count by what they are."""
    unknown = [involvement for involvement in involvements if not involvement.person_id]
    return around.people + [
        {"key": f"{TYPED}{number}", "part": one.part, "kind": one.kind or None} for number, one in enumerate(unknown, 1)
    ]
