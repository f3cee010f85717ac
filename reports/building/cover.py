"""What a case file says of itself: for whom it was made, at which lines, under which policy, and what it leaves out."""

from datetime import datetime

from casework.models import Case, Part, Proceeding
from incidents import choices, routing
from incidents.models import Concern, Evidence, Takedown
from reports import releasing
from reports.building.directory import Directory
from reports.building.frozen import Frozen, Line
from reports.building.story_of_concerns import reported_as
from reports.building.words import counted, day_of, ended, lower_first, on
from reports.casefile import HistoryMark, LastEntry, PolicyInForce, PrintedFor, Withheld
from reports.models import Paper
from reports.terms import terms
from schools import law, sealing
from schools.models import Entry
from schools.roles import kind_words

FILES_STAY = "What was received stays in Daybook, where whoever may see it opens it. Its fingerprint is printed here."
OF_ANOTHER_KIND = "A copy of this kind does not need it."
OTHER_PARTS = "Whatever else is kept in this case, if there is anything"
PROTECTED = "Their name is kept back: Employment Rights Act 1996, sections 43B and 47B."
OF_ONE_PART = "Only this part was asked for."
NO_EDITION = "not one that we hold"


def title(frozen: Frozen) -> str:
    """What it is about in a few words: what was reported first, or the one part that is printed."""
    first = frozen.row(Concern)
    return choices.choices()[first.what].words if first else frozen.row(Part).opened.headline


def printed_for(paper: Paper, directory: Directory) -> PrintedFor:
    """For whom the copy was made, why, and until when it may be kept."""
    words = sealing.open_row(paper)
    return PrintedFor(
        recipient=words.recipient,
        purpose=words.purpose,
        legal_ground=paper.ground_words,
        asked_by=directory.full(paper.asked_by_id),
        decided_by=directory.full(paper.decided_by_id),
        asked_at=paper.asked_at,
        destroy_by=paper.destroy_by_on,
        is_theirs=paper.is_theirs,
    )


def mark(paper: Paper, frozen: Frozen) -> HistoryMark:
    """The last line of every record printed, and the checkpoint that was the newest then."""
    last = tuple(
        LastEntry(reference=record.ref, number=seq, fingerprint=Entry.objects.get(record=record, seq=seq).hash)
        for record, seq in frozen.upto.items()
    )
    newest = paper.checkpoint
    return HistoryMark(
        number=frozen.upto[frozen.records[0]],
        checkpoint=newest.number if newest else None,
        root=newest.root if newest else "",
        last=last,
    )


def policy(paper: Paper, frozen: Frozen) -> PolicyInForce:
    """The policy that was in force when the matter was reported, and the edition of the guidance that governs it."""
    pack = routing.pack_of(frozen.records[0])
    first = Concern.objects.get(pk=paper.case.record_id if paper.part_id else paper.record_id)
    overdue = pack.overdue_since(day_of(paper.asked_at))
    return PolicyInForce(
        title=pack.title,
        version=pack.version,
        kcsie=guidance(first.reported_at, nation=paper.case.school.nation),
        review_overdue_since=overdue,
    )


def guidance(received_at: datetime, *, nation: str) -> str:
    """What governs a matter received at a moment: in England an edition of KCSIE, elsewhere the nation's own."""
    if nation != "england":
        return law.nation(nation)["guidance"]
    try:
        return law.edition("kcsie", received_on=day_of(received_at))
    except ValueError:
        return NO_EDITION


def summary(frozen: Frozen, directory: Directory) -> str:
    """What it is about in a few sentences, and how it stands."""
    told = [_reported(row, directory) for row in frozen.rows(Concern)]
    stands = [*_copies(frozen), *_case(frozen), *(_part(row) for row in frozen.rows(Part)), *_outcomes(frozen)]
    return "\n\n".join(filter(None, [" ".join(told), " ".join(stands)]))


def _reported(concern: Concern, directory: Directory) -> str:
    threat = " There was a threat." if concern.is_threat else ""
    who = directory.within(directory.full(concern.reporter_id))
    return f"On {on(day_of(concern.reported_at))} {who}, reported: {reported_as(concern)}.{threat}"


def _copies(frozen: Frozen) -> list[str]:
    rows = frozen.rows(Takedown)
    if not rows:
        return []
    gone = sum(row.status == Takedown.REMOVED for row in rows)
    return [
        f"Somebody was asked to take down {counted(len(rows), 'copy', 'copies')}; {how_many_gone(gone, of=len(rows))}."
    ]


def how_many_gone(gone: int, *, of: int) -> str:
    """How many copies are gone, in words."""
    if gone == 0:
        return "it is not known to be gone" if of == 1 else "none is known to be gone"
    if gone == of:
        return "it was gone when last looked for" if of == 1 else "all were gone when last looked for"
    return f"{'one of them was' if gone == 1 else f'{gone} of them were'} gone when last looked for"


def _case(frozen: Frozen) -> list[str]:
    case = frozen.row(Case)
    if case is None:
        return []
    stands = f"closed on {on(day_of(case.closed_at))}" if case.closed_at else "is still open"
    return [f"Case {case.ref} was opened on {on(day_of(case.opened_at))} and {stands}."]


def _part(part: Part) -> str:
    about = f" about {part.opened.about_name}" if part.opened.about_name else ""
    stands = f"was closed on {on(day_of(part.closed_at))}" if part.closed_at else "is open"
    return f"The part “{part.get_lane_display()}”{about} {stands}."


def _outcomes(frozen: Frozen) -> list[str]:
    rows = frozen.rows(Proceeding)
    decided = [f"The outcome of {row.ref} is: {lower_first(row.get_outcome_display())}." for row in rows if row.outcome]
    return decided + (["Nothing has been decided."] if len(decided) < len(rows) else [])


def withheld(paper: Paper, frozen: Frozen, asked: Line) -> tuple[Withheld, ...]:
    """What this copy does not hold although whoever asked for it may read it, and why."""
    audience = terms().audiences[paper.audience]
    if audience.of_one:
        return tuple(Withheld(**row) for row in terms().kept_from_subject)
    found = [
        Withheld(what=f"{kind_words(row['kind'])} {row['ref']}", why=ended(row["why"]))
        for row in asked.facts["left_out"]
        if not audience.kinds or row["kind"] in audience.kinds
    ]
    if releasing.keeps_names_back(paper):
        found.append(Withheld(what="Who made a disclosure in the public interest", why=PROTECTED))
    if audience.kinds:
        # Said of every such copy: that there is another part, and of what kind, is not for whoever hears the matter.
        found.append(Withheld(what=OTHER_PARTS, why=OF_ANOTHER_KIND))
        found.append(Withheld(what="Which copies were asked for, for whom and why", why=OF_ANOTHER_KIND))
    if paper.part_id:
        found.append(Withheld(what=f"The rest of case {paper.case.ref}", why=OF_ONE_PART))
    files = len(frozen.rows(Evidence))
    if files and not audience.originals:
        found.append(Withheld(what=f"The {counted(files, 'file', 'files')} of evidence as received", why=FILES_STAY))
    return tuple(found)
