"""How the lines of concerns and takedowns are told."""

from incidents import choices
from incidents.models import Concern, Decision, Evidence, Exchange, Link, Takedown, Telling
from reports.building.telling import Teller
from reports.building.words import counted, day_of, due, due_on, ended, listed, lower_first, reason_of
from schools.models import Exclusion, Involvement
from schools.policy import taxonomy

REPLIES = {"waiting": "nothing decided yet", "refused": "refused", "says_removed": "said to be gone"}
PUSHES = {
    "chase": "Chased the request",
    "request": "Asked again",
    "appeal": "Appealed",
    "helpline": "Rang a helpline",
}
ASKED = {
    "own_staff": "Told our member of staff to remove",
    "author": "Asked the author or a parent to remove",
    "group_admin": "Asked the administrator of the group to remove",
    "platform": "Asked the platform to remove",
}
SUGGESTED = "default"
UNLISTED, UNCODED = "other", "OTHER"  # what is chosen by whoever finds nothing that fits


def codes_in_words(concern: Concern) -> str:
    """What happened, the first thing first."""
    return "; ".join(taxonomy().in_words.get(code, code) for code in concern.codes)


def reported_as(concern: Concern) -> str:
    """What somebody reported, inside a sentence: in the words they chose, or in those of triage where none fitted."""
    if concern.what != UNLISTED:
        return lower_first(choices.choices()[concern.what].words)
    if set(concern.codes) <= {UNCODED}:
        return "something that none of the choices fitted"
    return lower_first(codes_in_words(concern))


def _reported(teller: Teller, line):
    concern, directory = line.row(Concern), teller.directory
    reporter = directory.full(concern.reporter_id)
    files = len(line.all(Evidence))
    what = f"Reported concern {concern.ref}: {reported_as(concern)}"
    about = [
        f"It came by {concern.get_channel_display()}." if concern.channel != "web_form" else "",
        f"Typed in by {directory.full(concern.typed_by_id)}." if concern.typed_by_id != concern.reporter_id else "",
        f"With {counted(files, 'file', 'files')}." if files else "",
    ]
    return [*_before(teller, line), teller.entry(line, what, " ".join(filter(None, about)), who=reporter)]


def _before(teller: Teller, line):
    concern = line.row(Concern)
    reporter = teller.directory.full(concern.reporter_id)
    told = []
    if concern.seen_at:
        how = concern.get_how_seen_display()
        told.append(teller.entry(line, f"Saw it: “{how}”" if how else "Saw it", at=concern.seen_at, who=reporter))
    if concern.first_known_at and concern.first_known_at != concern.seen_at:
        told.append(teller.entry(line, "First knew of it", at=concern.first_known_at, who=reporter))
    return told


def _read(teller, line):
    return [teller.entry(line, f"Opened the report {line.record.ref} for the first time")]


def _triaged(teller, line):
    concern = line.row(Concern)
    about = [
        f"Who did it to whom: {concern.get_direction_display()}.",
        "There is a threat." if concern.is_threat else "",
        f"Run under: {ended(concern.opened.managed_under)}" if concern.opened.managed_under else "",
    ]
    what = f"Decided what {concern.ref} is: {codes_in_words(concern)}"
    return [teller.entry(line, what, " ".join(filter(None, about)), why=concern.opened.triage_reason)]


def _threshold(teller, line):
    decision = line.row(Decision)
    consulted = teller.directory.full(decision.consulted_id)
    asked = f"Consulted: {ended(consulted)}" if consulted else ""
    what = f"Answered the threshold question: {lower_first(decision.get_answer_display())}"
    return [teller.entry(line, what, asked, why=decision.opened.reason, paragraph=decision.paragraph)]


def _decided(teller, line):
    decision = line.row(Decision)
    outside = decision.opened.outside_reference
    return [
        teller.entry(
            line,
            f"Answered “{decision.get_question_display()}”: {lower_first(decision.get_answer_display())}",
            f"Their reference: {ended(outside)}" if outside else "",
            at=decision.happened_at,
            why=reason_of(decision),
            paragraph=decision.paragraph,
        )
    ]


def _told(teller, line):
    telling = line.row(Telling)
    name = teller.directory.name(telling.person_id)
    is_self = telling.person_id and telling.person_id == teller.directory.acted(line.by)
    what = "Was told" if is_self else f"{name}, {telling.title}, was told" if name else f"{telling.title} was told"
    by = due(telling.due_at, telling.basis, done_at=telling.told_at)
    return [teller.entry(line, what, at=telling.told_at, paragraph=telling.paragraph, due=by)]


def _named(teller, line):
    people = [f"{one.opened.typed_name} ({lower_first(one.get_part_display())})" for one in line.all(Involvement)]
    return [teller.entry(line, f"Named {listed(list(dict.fromkeys(people)))}")]


def _conflict(teller, line):
    found = [_standing(teller, exclusion) for exclusion in line.all(Exclusion)]
    return [teller.entry(line, "Looked again at who has a conflict of interest", " ".join(found))]


def _confirmed(teller, line):
    exclusion = line.row(Exclusion)
    done = "Lifted a conflict of interest" if exclusion.lifted_at else "Confirmed a conflict of interest"
    said = exclusion.opened.reason
    why = "" if said.strip(" .").lower() == exclusion.why.strip(" .").lower() else said
    return [teller.entry(line, done, _standing(teller, exclusion), why=why)]


def _standing(teller, exclusion) -> str:
    grade = "may not see this" if exclusion.grade == Exclusion.HIDDEN else "stands aside"
    return f"{teller.directory.name(exclusion.person_id)} {grade}: {ended(lower_first(exclusion.why))}"


def _links(teller, line):
    return [teller.entry(line, "Added where it is", *(place_of(link) for link in line.all(Link)))]


def place_of(link: Link) -> str:
    """A site and what is known of the page or account on it."""
    return ": ".join(filter(None, [link.platform, ", ".join(filter(None, [link.opened.url, link.opened.handle]))]))


def _files(teller, line):
    items = line.all(Evidence)
    names = listed([item.opened.name for item in items])
    return [teller.entry(line, f"Added {counted(len(items), 'file', 'files')}: {names}")]


def _described(teller, line):
    item = line.row(Evidence)
    return [teller.entry(line, f"Said what {item.opened.name} shows", item.opened.shows)]


def _joined(teller, line):
    return [teller.entry(line, f"Joined concern {line.record.ref} to case {line.facts['case']}")]


def _finished(teller, line):
    concern = line.row(Concern)
    if not concern.outcome:
        return [teller.entry(line, f"Finished concern {concern.ref} together with the case")]
    outcome = lower_first(concern.get_outcome_display().removesuffix(", because …"))
    return [teller.entry(line, f"Finished concern {concern.ref}: {outcome}", why=concern.opened.outcome_reason)]


def _reopened(teller, line):
    return [teller.entry(line, f"Opened concern {line.record.ref} again", why=line.facts["why"])]


def _copy(teller, takedown) -> str:
    """Which copy, by the number that it has in the chapter about getting it taken down."""
    number = [row.pk for row in teller.frozen.rows(Takedown)].index(takedown.pk) + 1
    link = teller.frozen.row(Link, pk=takedown.link_id)
    where = link.opened.handle or link.platform if link else ""
    return f"copy {number} ({where})" if where else f"copy {number}"


def _chase(takedown) -> str:
    return due_on(takedown.chase_at and day_of(takedown.chase_at), SUGGESTED, what="Chase on")


def _requested(teller, line):
    takedown, step = line.row(Takedown), line.row(Exchange)
    sent = teller.directory.full(takedown.submitted_by_id)
    what = f"{ASKED[takedown.asked_of]} {_copy(teller, takedown)}"
    by = _chase(takedown)
    return [teller.entry(line, what, step.opened.said, at=step.happened_at, who=sent, due=by)]


def _answered(teller, line):
    step, takedown = line.row(Exchange), line.row(Takedown)
    what = f"An answer came about {_copy(teller, takedown)}: {REPLIES[line.facts['answer']]}"
    return [teller.entry(line, what, step.opened.said, at=step.happened_at)]


def _chased(teller, line):
    step, takedown = line.row(Exchange), line.row(Takedown)
    by = _chase(takedown)
    what = f"{PUSHES[step.kind]} about {_copy(teller, takedown)}"
    return [teller.entry(line, what, step.opened.said, at=step.happened_at, due=by)]


def _gone(teller, line):
    step, takedown = line.row(Exchange), line.row(Takedown)
    by = due_on(takedown.recheck_on, SUGGESTED, what="Look again on")
    what = f"Looked: {_copy(teller, takedown)} is gone"
    return [teller.entry(line, what, step.opened.said, at=step.happened_at, due=by)]


def _ended(teller, line):
    step, takedown = line.row(Exchange), line.row(Takedown)
    return [teller.entry(line, f"Gave up asking about {_copy(teller, takedown)}", why=step.opened.said)]


def _back(teller, line):
    step, takedown = line.row(Exchange), line.row(Takedown)
    by = _chase(takedown)
    what = f"Back again: {_copy(teller, takedown)}"
    return [teller.entry(line, what, step.opened.said, at=step.happened_at, due=by)]


def _checked(teller, line):
    step, takedown = line.row(Exchange), line.row(Takedown)
    return [teller.entry(line, f"Looked again at {_copy(teller, takedown)}", step.opened.said, at=step.happened_at)]


CONCERNS = {
    "concern.reported": _reported,
    "concern.read": _read,
    "concern.triaged": _triaged,
    "threshold.answered": _threshold,
    "decision.recorded": _decided,
    "speech.checked": _decided,
    "speech.officer_replied": _decided,
    "person.told": _told,
    "person.named": _named,
    "conflict.worked_out": _conflict,
    "conflict.confirmed": _confirmed,
    "link.added": _links,
    "evidence.added": _files,
    "evidence.described": _described,
    "concern.joined": _joined,
    "concern.finished": _finished,
    "concern.reopened": _reopened,
    "takedown.requested": _requested,
    "takedown.answered": _answered,
    "takedown.chased": _chased,
    "takedown.confirmed": _gone,
    "takedown.reappeared": _back,
    "takedown.checked": _checked,
    "takedown.ended": _ended,
}
