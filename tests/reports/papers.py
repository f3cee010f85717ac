"""Copies in each of their states, asked for by people who may, with a file that stands for a printed one."""

from casework.workflow import cases
from reports import jobs, workflow
from reports.models import Paper
from schools import files
from tests import states

ASKING = {
    "recipient": "Grace Adeyemi, chair of the local board",
    "purpose": "To review how it was handled.",
    "legal_ground": "public_task",
}
PRINTED = b"%PDF-1.7 a file that stands for a printed one"


def case_with(cast, *lanes: str, at):
    """A case about Sam with some parts, opened by Harriet five hours on."""
    case = states.in_case(cast, at=at)
    for lane in lanes:
        about = cast.sam.person if lane == "conduct" else None
        cases.open_part(case, by=cast.harriet, at=at + 5 * states.HOUR, lane=lane, about=about)
    return case


def asked(cast, *lanes: str, at, by=None, **more) -> Paper:
    """A copy of such a case, asked for by Harriet six hours on."""
    case = case_with(cast, *lanes, at=at)
    return workflow.ask_for_paper(case, by=by or cast.harriet, at=at + 6 * states.HOUR, **ASKING | more)


def ready(cast, *lanes: str, at, **more) -> Paper:
    """A copy whose file was made a minute later."""
    paper = asked(cast, *lanes, at=at, **more)
    jobs.keep(paper, PRINTED, at=at + 6 * states.HOUR + states.HOUR / 60)
    return Paper.objects.get(pk=paper.pk)


def printed_in(paper: Paper) -> list[tuple[str, int]]:
    """The kinds of record in a copy, each with the number of its last line."""
    rows = paper.printed.select_related("record").order_by("record__opened_at", "record__kind")
    return [(one.record.kind, one.seq) for one in rows]


def content_of(paper: Paper) -> bytes | None:
    """What is in the sealed file; nothing once its key is gone."""
    found = files.open_item(paper.pk, paper.stored_as)
    return None if found is None else b"".join(found)
