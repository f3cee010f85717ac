"""What the page of one concern shows, gathered from everything below."""

import secrets
from collections import defaultdict

from django.db.models import Exists, OuterRef

from incidents import choices, proposals, questions, routing, steps
from incidents.models import Concern, Link, Takedown
from incidents.workflow import speech
from incidents.workflow.reporting import evidence_of
from incidents.workflow.triage import tellings_of
from schools import access, sealing, sources, versions, web
from schools.history import checks, history
from schools.models import Exclusion, Involvement
from schools.offices import outside
from schools.policy import taxonomy
from schools.subjects import path_of
from schools.timeline import lines_of

STAGE_COLOURS = {
    Concern.REPORTED: "yellow",
    Concern.TRIAGED: "teal",
    Concern.IN_CASE: "purple",
    Concern.FINISHED: "grey",
}
GRADES = {
    Exclusion.HIDDEN: {"text": "Cannot see this", "colour": "red"},
    Exclusion.ASIDE: {"text": "Decides nothing here", "colour": "orange"},
}


def stage_of(concern) -> dict:
    """The stage of a concern as a tag."""
    if concern.read_at is None:
        return {"text": "Not read yet", "colour": "red"}
    return {"text": concern.get_status_display(), "colour": STAGE_COLOURS[concern.status]}


def context(viewer, concern, asked) -> dict:
    """Everything a concern's page shows, opened, with the acts on offer to this person.

    asked: what stands in the address.
    """
    rows = _rows_of(viewer, concern)
    every = [row for kind in rows.values() for row in kind]
    sealing.open_rows([concern, *every], keys=sealing.keys_of([concern.record]))
    answered = routing.asked(concern, viewer, rows["involvements"])
    buttons = web.buttons(viewer, concern)
    named = [getattr(row, "person", None) for row in every]
    names = routing.names_in(answered, known=filter(None, named))
    others = [row for row in rows["tellings"] if row.person_id not in (viewer.person_id, concern.read_by_id)]
    for_steps = {name: rows[name] for name in ("decisions", "takedowns", "exclusions")} | {"tellings": others}
    doable = {button.url for button in buttons if not button.why_not} | {path_of(row) for row in rows["takedowns"]}
    timeline = lines_of([concern.record], viewer, known=[concern.read_by, *named])
    seen = _as_told(viewer, concern, rows)
    shown = seen | history(timeline, asked) | checks(viewer, concern.record)
    return shown | {
        "what": choices.choices().get(concern.what),
        "stage": stage_of(concern),
        "secondary": [taxonomy().in_words.get(code, code) for code in concern.codes[1:]],
        "aside": access.stands_aside(viewer, concern.record),
        "steps": steps.steps_of(concern, answered, names, lado=_lado(concern, answered, viewer.at), **for_steps),
        "outside": outside_of(concern, viewer.at),
        "doable": doable,
        "policy_url": versions.url_of(concern.record.pack_id),
        "told": _told([row for row in rows["tellings"] if row.person_id != viewer.person_id], answered),
        "my_titles": sorted({row.title for row in rows["tellings"] if row.person_id == viewer.person_id}),
        "people": people_of(seen["involvements"], seen["exclusions"]),
        "not_raised": questions.not_raised(concern, answered, {row.question for row in rows["decisions"]}),
        "places": _places(seen["links"], rows["takedowns"]),
        "proposal": proposals.words_of(concern, answered, names, at=viewer.at),
        "case_ref": next((entry.facts["case"] for entry in reversed(timeline) if entry.facts.get("case")), ""),
        "buttons": buttons,
        "form_token": secrets.token_urlsafe(24),
    }


def _as_told(viewer, concern, rows: dict[str, list]) -> dict:
    """The concern and its rows as this person is told them."""
    told = sources.shown_to(viewer, concern.record)
    seen = {name: told.rows(found) for name, found in rows.items()}
    return seen | {"concern": told.row(concern), "name_kept_back": sources.KEPT_BACK if told.people else ""}


def outside_of(concern, at) -> list:
    """Whom the school rings outside it where somebody is at risk now; nobody where nobody is, or it is over."""
    is_at_risk = concern.at_risk == "yes" and concern.status != Concern.FINISHED
    return outside(concern.school, at, "front_door", "out_of_hours", "police") if is_at_risk else []


def _lado(concern, answered, at) -> str:
    """Whom the school rings as LADO, with the number, where the LADO is asked."""
    found = outside(concern.school, at, "lado") if questions.is_opened("lado", concern, answered) else []
    return "; ".join(", ".join(filter(None, [one.name, one.phone])) for one in found)


def _rows_of(viewer, concern) -> dict[str, list]:
    record = concern.record
    asked = Takedown.objects.filter(record=record).select_related("link", "submitted_by").order_by("requested_at", "pk")
    is_asked = Exists(Takedown.objects.filter(link=OuterRef("pk")))
    links = list(Link.objects.filter(record=record).annotate(is_asked=is_asked))
    return {
        "involvements": list(Involvement.objects.filter(record=record).select_related("person__school")),
        "links": links,
        "evidence": evidence_of(viewer, record),
        "decisions": sorted(speech.decisions_of(concern, viewer), key=lambda row: row.made_at),
        "exclusions": access.kept_from(viewer, record),
        "tellings": tellings_of(viewer, record),
        "takedowns": list(asked) if any(link.is_asked for link in links) else [],
    }


def _told(tellings, answered) -> list[dict]:
    """Who must know, each with the reason and with whose word the time is."""
    reasons = {(row["role"], row["person"] or "", row["ref"] or ""): row for row in answered["tell"]}
    found = []
    for telling in tellings:
        reason = reasons.get((telling.role, str(telling.person_id or ""), telling.paragraph), {})
        found.append({"telling": telling, **reason})
    return found


def people_of(involvements, exclusions) -> list[dict]:
    """Each person named, with their parts and whether they may see and decide; then those kept out unnamed."""
    kept = {row.person_id: row for row in exclusions}
    found: dict[object, dict] = {}
    for one in involvements:
        person = found.setdefault(one.person_id or one.opened.typed_name, _person(one, kept.get(one.person_id)))
        if one.get_part_display() not in person["parts"]:
            person["parts"].append(one.get_part_display())
        person["is_confirmed"] = person["is_confirmed"] and (one.is_confirmed or one.person_id is None)
        if person["why"].endswith(one.get_part_display()):
            person["why"] = ""
    unnamed = [row for row in exclusions if row.person_id not in found]
    return [*found.values(), *(_kept_out(row) for row in unnamed)]


def _person(one, exclusion) -> dict:
    title = one.person.job_title if one.person else ""
    school = one.person.school.name if one.person and one.person.school else ""
    about = ", ".join(filter(None, [title or one.kind.replace("_", " "), school])) or "Not in the directory"
    if one.person_id == sources.NOBODY:
        about = ""
    return {
        "name": one.opened.typed_name or str(one.person or ""),
        "about": about,
        "parts": [],
        "is_confirmed": True,
    } | _grade(exclusion)


def _kept_out(row) -> dict:
    return {"name": row.person.name, "about": row.person.job_title, "parts": [], "is_confirmed": True} | _grade(row)


def _grade(row) -> dict:
    if row is None:
        return {"tag": None, "why": "", "needs_confirming": False}
    return {"tag": GRADES[row.grade], "why": row.why, "needs_confirming": row.waits}


def _places(links, takedowns) -> list[dict]:
    """Each copy of a post with what was asked about it."""
    asked = defaultdict(list)
    for takedown in takedowns:
        asked[takedown.link_id].append(takedown)
    return [{"link": link, "takedowns": asked[link.pk]} for link in links]
