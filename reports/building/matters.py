"""What was reported and what somebody was asked to take down, for a case file."""

from incidents.models import Concern, Exchange, Link, Takedown
from reports import told
from reports.building.directory import Directory
from reports.building.frozen import Frozen
from reports.building.story_of_concerns import REPLIES, codes_in_words, place_of
from reports.building.words import day_of, due_on, ended, moment
from reports.prose import Prose
from reports.told import Entry, Paragraph
from schools.policy import Policy

SUGGESTED = "default"
UNKNOWN = "Not given"


def concerns(frozen: Frozen, directory: Directory, answered: dict, pack: Policy) -> tuple[told.Concern, ...]:
    """Each report in the reporter's own words, with the paragraphs of the policy that speak to it.

    answered: what the routing rule says of each concern, by record. pack: the policy of the paper.
    """
    return tuple(_concern(frozen, directory, row, answered[row.pk], pack) for row in frozen.rows(Concern))


def _concern(frozen, directory, row, answered, pack) -> told.Concern:
    links = frozen.rows(Link, record_id=row.pk)
    return told.Concern(
        reference=row.ref,
        reported_by=directory.full(row.reporter_id),
        reported_at=row.reported_at,
        words=Prose(row.opened.narrative),
        what_happened=codes_in_words(row),
        where=tuple(place_of(link) for link in links) or (UNKNOWN,),
        seen=moment(row.seen_at) or UNKNOWN,
        how_seen=row.get_how_seen_display() or UNKNOWN,
        posted=row.opened.posted_when,
        at_risk=row.get_at_risk_display(),
        paragraphs=tuple(
            Paragraph(ref=clause["ref"], wording=pack.wording_of(clause["id"])) for clause in answered["clauses"]
        ),
    )


def takedowns(frozen: Frozen, directory: Directory) -> tuple[told.Takedown, ...]:
    """Each request about one copy, with every step of it."""
    lines = {step.pk: line for line in frozen.lines for step in line.all(Exchange)}
    return tuple(_takedown(frozen, directory, row, lines) for row in frozen.rows(Takedown))


def _takedown(frozen, directory, row, lines) -> told.Takedown:
    steps = sorted(frozen.rows(Exchange, takedown_id=row.pk), key=lambda step: step.happened_at)
    link = frozen.row(Link, pk=row.link_id)
    first = steps[0].opened.said if steps else ""
    return told.Takedown(
        where=place_of(link) if link else UNKNOWN,
        asked_of=row.get_asked_of_display(),
        reason=first or UNKNOWN,
        state=row.get_status_display().lower(),
        events=tuple(_step(directory, row, step, lines[step.pk], first) for step in steps),
        recheck_on=row.recheck_on,
        is_overdue=row.recheck_on is not None and row.recheck_on < day_of(directory.at),
    )


def _step(directory, takedown, step, line, first: str) -> Entry:
    is_request = line.verb == "takedown.requested"
    who = directory.full(takedown.submitted_by_id) if is_request else directory.account(line.by)
    said = "" if is_request and step.opened.said == first else step.opened.said
    answer = line.facts.get("answer")
    done = f"{step.get_kind_display()}: {REPLIES[answer]}" if answer in REPLIES else step.get_kind_display()
    what = "\n".join(filter(None, [ended(done), said]))
    return Entry(at=step.happened_at, who=who, what=Prose(what), due=_next(line.row(Takedown)))


def _next(then: Takedown) -> str:
    """What was to be done next about a request, as it stood after one of its steps."""
    if then.chase_at:
        return due_on(day_of(then.chase_at), SUGGESTED, what="Chase on")
    return due_on(then.recheck_on, SUGGESTED, what="Look again on")
