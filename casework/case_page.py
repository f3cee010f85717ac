"""What the page of one case shows, gathered from everything below, and what comes next in it."""

import secrets

from casework import part_page
from casework.models import Case, JoinedConcern, Part
from casework.workflow.cases import obstacles_in, stages_of_parts
from incidents import concern_page
from incidents.models import Concern, Takedown
from incidents.steps import Step
from schools import access, sealing, web
from schools.history import history
from schools.subjects import act_path, path_of
from schools.timeline import lines_of

CLOSE_IT = "Close the case"
FIRST_PART = "Open its first part"


def context(viewer, found, asked) -> dict:
    """Everything of a case that this person reads, opened, with the acts on offer to them.

    asked: what stands in the address.
    """
    rows = Part.objects.visible_to(viewer).filter(case=found)
    rows = rows.select_related("record", "about", "school", "proceeding_of")
    parts = list(rows.order_by("opened_at", "pk"))
    joined = JoinedConcern.objects.visible_to(viewer).filter(case=found)
    joined = joined.select_related("record__concern__school", "record__concern__read_by")
    concerns = [one.record.concern for one in joined.order_by("joined_at", "pk")]
    for concern in concerns:
        viewer.found(concern.record)
    for part in parts:
        part.case = found
    records = [part.record for part in parts] + [concern.record for concern in concerns]
    sealing.open_rows([*parts, *concerns], keys=sealing.keys_of(records))
    takedowns = Takedown.objects.visible_to(viewer).filter(record__in=[concern.pk for concern in concerns])
    offered = web.buttons(viewer, found)
    doable = {button.url for button in offered if not button.why_not} | set(map(path_of, [*parts, *concerns]))
    return history(lines_of(records, viewer, known=[concern.read_by for concern in concerns]), asked) | {
        "case": found,
        "stage": part_page.stage(found),
        "parts": [(part, part_page.stage(part), part_page.kept(part, viewer)) for part in parts],
        "concerns": [(concern, concern_page.stage_of(concern)) for concern in concerns],
        "takedowns": takedowns.select_related("link").order_by("requested_at", "pk"),
        "shown": [record.pk for record in records],
        "buttons": offered,
        "doable": doable,
        "steps": steps_of(viewer, found, parts, concerns),
        "form_token": secrets.token_urlsafe(24),
    }


def steps_of(viewer, case, parts, concerns) -> list[Step]:
    """What comes next in a case, and who closes it; once it is closed, only what was left open then.

    parts, concerns: those that this person reads.
    """
    left = _left_behind(viewer, case, concerns)
    return left if case.status != Case.OPEN else [*left, *_in_open_case(viewer, case, parts, concerns)]


def _left_behind(viewer, case, concerns) -> list[Step]:
    """The concerns that whoever closed the case, or opened it again, could not decide."""
    is_open = case.status == Case.OPEN
    left = [row for row in concerns if row.status == (Concern.FINISHED if is_open else Concern.IN_CASE)]
    mine = [row for row in left if not access.stands_aside(viewer, row.record)]
    what = "Take {} back into this open case" if is_open else "Finish {}, left when this case was closed"
    found = [Step(what.format(row.ref), path_of(row), whose="" if is_open else _closer(case)) for row in mine]
    if others := len(left) - len(mine):
        words = "One concern waits" if others == 1 else f"{others} concerns wait"
        found.append(Step(f"{words} for somebody who is free to decide it", whose="" if is_open else _closer(case)))
    return found


def _in_open_case(viewer, case, parts, concerns) -> list[Step]:
    obstacles = obstacles_in(case, concerns)
    found = [Step(f"{one.ref}: {obstacles[one.pk]}", path_of(one)) for one in concerns if one.pk in obstacles]
    working = [part for part in parts if part.status == Part.OPEN]
    found += [Step(f"Work on: {part.opened.headline}", path_of(part)) for part in working]
    stages = stages_of_parts(case, viewer)
    if not stages:
        found.append(Step(FIRST_PART, act_path(case, "open-part")))
    elif Part.OPEN not in stages:
        found.append(Step(CLOSE_IT, act_path(case, "close-case"), whose=_closer(case)))
    else:
        found.append(Step(f"{CLOSE_IT}, once each of its parts is closed", whose=_closer(case)))
    return found


def _closer(case) -> str:
    """Whose it is to close a case."""
    return f"{case.school.head_title}, or whoever acts for them here"
