"""From a paper that was asked for to what it says: only the records it names, as they stood when it was asked for."""

from uuid import UUID

from incidents import routing
from incidents.models import Concern
from reports import releasing
from reports.building import advice, conduct, cover, decisions, exhibits, masks, matters, people, story
from reports.building.directory import Directory
from reports.building.frozen import Frozen, Unreadable
from reports.casefile import CaseFile
from reports.models import Paper, PrintedRecord
from reports.prose import Prose
from reports.terms import terms
from schools.models import Entry, Involvement
from schools.roles import Kind

__all__ = ["Unreadable", "case_file", "history"]


def case_file(paper: Paper) -> CaseFile:
    """Everything a copy says of its records, from their history; whom the policy names, from the directory of that day.

    Raises Unreadable when one of its records was destroyed in the meantime.
    """
    frozen = _frozen(paper)
    asked = {line.record.ref: line for line in frozen.lines if line.facts.get("paper") == paper.ref}
    audience = terms().audiences[paper.audience]
    known = masks.known_in_case(paper, frozen) if audience.masks else frozen
    released = advice.waived(paper, frozen) if audience.waived_advice else []
    directory = _directory(paper, known, released)
    officers, about = conduct.officers(frozen), asked[paper.record.ref].facts.get("about")
    whose = {"needed": officers, "about": about and UUID(about)}
    hidden = masks.who_is_hidden(frozen, known, directory, **whose) if audience.masks else {}
    frozen = masks.unsaid(frozen, hidden)
    answered = {row.pk: _answer(frozen, row, paper) for row in frozen.rows(Concern)}
    pack, kept = routing.pack_of(paper.record), {ref: line.facts["keep"] for ref, line in asked.items()}
    file = CaseFile(
        reference=paper.covers,
        title=cover.title(frozen),
        classification=terms().classification,
        audience=audience.reads,
        school=paper.case.school.name,
        trust=paper.case.school.trust.name,
        printed_for=cover.printed_for(paper, directory),
        mark=cover.mark(paper, frozen),
        policy=cover.policy(paper, frozen),
        summary=Prose(cover.summary(frozen, directory)),
        people=people.people(frozen, directory, officers),
        parts=conduct.parts(frozen, directory, kept, unsaid=masks.known_by_office(hidden)),
        concerns=matters.concerns(frozen, directory, answered, pack),
        chronology=story.chronology(frozen, directory, copies=audience.tells_of_copies),
        decisions=decisions.decisions(frozen, directory, answered),
        takedowns=matters.takedowns(frozen, directory),
        proceedings=conduct.proceedings(frozen, directory, pack),
        advice=advice.advice(released, directory),
        evidence=exhibits.evidence(frozen, directory, answered, audience=audience, asked_at=paper.asked_at),
        withheld=cover.withheld(paper, frozen, asked[paper.record.ref]),
    )
    return masks.masked(file, hidden, known, directory, is_theirs=audience.of_one) if audience.masks else file


def _directory(paper: Paper, known: Frozen, released: list) -> Directory:
    also = [paper.asked_by_id, paper.decided_by_id, *advice.who_waived(released)]
    return Directory(known, also=also, at=paper.asked_at)


def _frozen(paper: Paper) -> Frozen:
    """The records printed as they stood then, and as they are told in a copy of this kind."""
    frozen = Frozen({one.record: one.seq for one in _printed(paper)})
    return frozen.told(releasing.shown_in(paper, frozen.records))


def history(paper: Paper) -> list[Entry]:
    """The lines of every record printed, up to the one by which the copy was asked for, record by record."""
    return [
        entry
        for one in _printed(paper)
        for entry in Entry.objects.filter(record=one.record, seq__lte=one.seq).order_by("seq")
    ]


def _printed(paper: Paper) -> list[PrintedRecord]:
    """The records printed: first the one in which the copy was asked for, then concerns, then parts, by age."""
    rows = paper.printed.select_related("record__school", "record__trust", "record__pack")
    return sorted(rows, key=lambda one: _place(paper, one.record))


def _place(paper: Paper, record) -> tuple:
    return record.pk != paper.record_id, record.kind != Kind.CONCERN, record.opened_at, record.ref


def _answer(frozen: Frozen, concern: Concern, paper: Paper) -> dict:
    """What the routing rule says of a concern, on the day the copy was asked for."""
    return routing.answer(concern, frozen.rows(Involvement, record_id=concern.pk), at=paper.asked_at)
