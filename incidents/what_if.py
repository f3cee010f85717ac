"""What would happen if: a made-up concern put to the same rule as a real one, and kept nowhere."""

import json
from dataclasses import dataclass

from incidents import forms, proposals
from incidents.models.concern import DIRECTIONS
from incidents.rules import route
from incidents.rules.answer import Answer
from schools import policy, versions
from schools.calendars import calendar_of
from schools.formfields import ActForm, Choice, Choices, Day, Moment, Rows, Text
from schools.forms import YES_NO
from schools.models import Involvement, School
from schools.models.people import KINDS
from schools.picking import Pick
from schools.policy import Policy, taxonomy

NONE = "none"
ASKED_FIRST = ("under", "code", "direction", "reported_at", "people", "threat", "child_at_risk")
OUTSIDE = frozenset({"lado"})  # a body that no school appoints
TIES = {
    "partner_of": "partner of",
    "parent_of": "parent of",
    "child_of": "child of",
    "sibling_of": "brother or sister of",
    "close_relative_of": "close relative of",
    "carer_of": "carer of",
    "delegate_of": "acts for",
    "line_managed_by": "is managed by",
    "supplied_by": "is supplied by",
    "supplies": "supplies",
}


def capitalised(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


class MadeUp(ActForm):
    """Somebody in a made-up concern."""

    name = Text("Who", max_length=60, help="Not a real name: the deputy, a teacher, a parent.")
    part = Choice(
        "Their part in it", choices=[("", "None: they only hold the office"), *Involvement.PARTS], required=False
    )
    kind = Choice("What are they to the school?", choices=[("", "Not said"), *KINDS], required=False)
    office = Choice("Office they hold", required=False)
    tie = Choice("How are they tied to somebody?", choices=[("", "In no way"), *TIES.items()], required=False)
    tie_to = Text("To whom", max_length=60, required=False, help="As named in another row.")

    def choices_for(self):
        return {"office": [("", "None"), *taxonomy().roles.items()]}


class WhatIf(ActForm):
    """A made-up concern, as far as somebody wants to make it up."""

    under = Choice("Under which policy?")
    school = Pick("At which school?", required=False, help="Its closures and training days count.")
    code = Choice("What happened?", choices=forms.codes())
    secondary = Choices("Is it also any of these?", choices=forms.codes(), required=False)
    direction = Choice(
        "Who did it to whom?",
        choices=[("", "What it usually is"), *((k, capitalised(v)) for k, v in DIRECTIONS)],
        required=False,
    )
    reported_at = Moment("When is it reported?")
    known_at = Moment("When did anyone on the staff first know?", required=False)
    conduct_on = Day("When was it done?", required=False)
    threat = Choice("Is there a threat?", choices=YES_NO, required=False)
    child_at_risk = Choice("Is a child at risk now?", choices=YES_NO, required=False)
    people = Rows(MadeUp, "Who is in it?", max=12, row_label="Person")
    flags = Choices("Does any of this apply?", choices=[], required=False)
    circumstances = Choices("And any of this?", choices=[], required=False)

    def choices_for(self):
        known = versions.readable(self.viewer)
        schools = School.objects.visible_to(self.viewer).order_by("name")
        return {
            "under": [*((one.key, one.name) for one in known), (NONE, "None: the law and our suggestions alone")],
            "school": [("", "None: only bank holidays count"), *((one, one.name) for one in schools)],
            "flags": [(key, flag.meaning) for key, flag in taxonomy().flags.items()],
            "circumstances": [(key, capitalised(words)) for key, words in taxonomy().circumstances.items()],
        }

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        names = {row["name"] for row in cleaned.get("people") or []}
        for row in cleaned.get("people") or []:
            if bool(row["tie"]) != bool(row["tie_to"]) or (row["tie_to"] and row["tie_to"] not in names):
                self.add_error("people", f"Say how {row['name']} is tied, and to whom, by a name given here.")
        return cleaned


@dataclass(frozen=True)
class Told:
    """The answer to a made-up concern: in words, and as the facts and the answer that programs exchange."""

    sentences: list[str]
    proposal: dict
    kept_out: list[tuple[str, str]]
    aside: list[tuple[str, str, bool]]
    attachments_forbidden: bool
    facts: str
    answer: str
    pack: Policy


def told(cleaned: dict, viewer) -> Told:
    """What would happen, worked out as for a real concern.

    cleaned: the answers of the form. Raises ValueError, in one sentence, for facts that cannot be.
    """
    version = None if cleaned["under"] == NONE else versions.find(viewer, cleaned["under"])
    pack = version.pack if version else None
    facts = facts_of(cleaned, pack or policy.ours())
    calendar = calendar_of(cleaned["school"]) if cleaned.get("school") else None
    answered = route.answer(facts, pack, calendar=calendar)
    names = {person: person for person in _everyone(facts)}
    way = facts.get("direction") or taxonomy().codes[facts["code"]].default_direction
    proposal = proposals.in_words(answered, names, pack or policy.ours(), direction=way)
    for row in proposal["tell"]:
        # A stand-in is called by the office alone.
        if row["who"] == _stand_in(row["title"]):
            row |= {"who": capitalised(row["title"]), "title": ""}
    return Told(
        sentences=route.summary(answered, names),
        proposal=proposal,
        kept_out=[(row["person"], row["why"]) for row in answered["hidden"]],
        aside=[(row["person"], row["why"], row["conduct_only"]) for row in answered["standing_aside"]],
        attachments_forbidden=answered["attachments"] == "forbidden",
        facts=_as_lines(facts),
        answer=_as_lines(answered),
        pack=pack or policy.ours(),
    )


def facts_of(cleaned: dict, pack: Policy) -> dict:
    """The made-up concern in the words of the routing rule; an office that nobody in it holds is held by a stand-in.

    pack: for the titles of the stand-ins.
    """
    rows = cleaned.get("people") or []
    found = {
        "code": cleaned["code"],
        "secondary": cleaned["secondary"],
        "direction": cleaned["direction"] or None,
        "reported_at": cleaned["reported_at"].isoformat(),
        "known_at": cleaned["known_at"].isoformat() if cleaned["known_at"] else None,
        "conduct_on": cleaned["conduct_on"].isoformat() if cleaned["conduct_on"] else None,
        "threat": cleaned["threat"] == "yes",
        "child_at_risk": cleaned["child_at_risk"] == "yes",
        "people": [_person(row) for row in rows if row["part"] or row["tie"]],
        "office_holders": _holders(rows, pack),
        "nation": cleaned["school"].nation if cleaned.get("school") else "england",
        "flags": cleaned["flags"],
        "circumstances": cleaned["circumstances"],
    }
    return {name: value for name, value in found.items() if value not in (None, [], False)}


def _person(row: dict) -> dict:
    given = {"key": row["name"], "part": row["part"], "kind": row["kind"]}
    given["relations"] = [{"to": row["tie_to"], "kind": row["tie"]}] if row["tie"] else []
    return {name: value for name, value in given.items() if value}


def _holders(rows: list[dict], pack: Policy) -> dict[str, list[str]]:
    holders = {
        role: list(dict.fromkeys(row["name"] for row in rows if row["office"] == role))
        for role in taxonomy().roles
        if role not in OUTSIDE
    }
    return {role: named or [_stand_in(pack.title_of(role))] for role, named in holders.items()}


def _stand_in(title: str) -> str:
    return f"the {title}"


def _everyone(facts: dict) -> set[str]:
    held = (name for names in facts["office_holders"].values() for name in names)
    return {*held, *(person["key"] for person in facts.get("people", []))}


def _as_lines(value: dict | Answer) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
