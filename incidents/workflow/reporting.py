"""Reporting a concern, and adding to what was reported."""

import textwrap

from incidents import choices, routing, waiting
from incidents.models import Concern, Evidence, Link, Telling
from incidents.workflow.naming import name_people
from schools import adopted, exclusions, ledger, notices, records, sealing, search, uploads
from schools.acts import Follow, Past, Refused, act, following
from schools.models import Involvement, School, Upload
from schools.policy import taxonomy
from schools.references import new as new_reference
from schools.roles import Kind, Permission

# Who else must hear of people named later: what is built on concerns says so here, for this module knows none of it.
NAMED: list[Follow] = []
HEADLINE = 80  # characters: the one line of words that a list may show
NO_FILES = "No file can be kept with this kind of concern: tell us in words only."
NOT_SHOWN = "No file of this concern is shown: it may be an intimate picture. Ask the police what to do with it."
FINISHED = "This is finished: open it again first, for a new file may change what was decided."


@act(
    "concern.reported",
    of=School,
    permission=Permission.CONCERN_REPORT,
    label="Report a concern",
    decides=False,
    begins_anew=True,
)
def report(
    school,
    *,
    by,
    at,
    what,
    narrative,
    at_risk,
    how_seen="",
    people=(),
    links=(),
    files=(),
    seen_at=None,
    posted_when="",
    first_known_at=None,
    channel="web_form",
    on_behalf_of=None,
    is_threat="no",
    secondary_codes=(),
    conduct_on=None,
):
    """Report something seen or received online; whoever must know is told at once, and whoever it is about is not.

    what: one of the plain choices. people: rows of name, kind and part. links: rows of platform, url and handle. files:
    received uploads. seen_at: when it was seen, never in the future. on_behalf_of: the person who told it, if not `by`.
    """
    meaning = _meaning(what, files)
    record = _new_record(school, at)
    concern = _concern(record, school, meaning, by=by, at=at, reporter=on_behalf_of or by.person)
    concern.at_risk, concern.how_seen, concern.channel = at_risk, how_seen, channel
    concern.is_threat, concern.conduct_on = is_threat == "yes", conduct_on
    concern.seen_at, concern.first_known_at = seen_at, first_known_at or seen_at
    concern.secondary_codes = ";".join(secondary_codes)
    _in_words(concern, meaning, links, narrative=narrative, posted_when=posted_when)
    kept = [_evidence(record, upload, by=by, at=at, how_seen=how_seen, seen_at=seen_at) for upload in files]
    return _begin(concern, people, links, kept, by=by, at=at, narrative=narrative)


def _direction_of(record) -> str | None:
    return Concern.objects.filter(record=record).values_list("direction", flat=True).first()


exclusions.DIRECTIONS.append(_direction_of)


def _meaning(what: str, files) -> choices.What:
    meaning = choices.choices()[what]
    if meaning.stop and files:
        raise Refused(NO_FILES)
    return meaning


def _new_record(school, at):
    pack = adopted.in_force(school, at)
    return records.prepare(Kind.CONCERN, trust=school.trust, school=school, pack=pack, at=at)


def _in_words(concern, meaning, links, *, narrative, posted_when) -> None:
    """The words of the report, and the one line by which lists show it: what it was, and where."""
    concern.platforms = ";".join(dict.fromkeys(link["platform"] for link in links if link.get("platform")))
    headline = f"{meaning.words}{' on ' + concern.platforms.replace(';', ', ') if concern.platforms else ''}"
    short = textwrap.shorten(headline, width=HEADLINE, placeholder=" …")
    sealing.seal(concern.record, concern, headline=short, narrative=narrative, posted_when=posted_when)


def _begin(concern, people, links, kept, *, by, at, narrative) -> Concern:
    """Save the report with everyone it names and everyone who must know, and tell them."""
    record, one = concern.record, concern.reporter
    reporter = {"name": one.name, "kind": one.kind, "part": "reporter", "person": one}
    named = name_people(record, [reporter, *people], at=at, direction=concern.direction)
    tellings = tellings_for(concern, named.involvements, at=at, around=named.around)
    rows = [concern, *named.involvements, *_links(record, links), *kept, *named.follow, *tellings]
    facts = {"what": concern.what, "channel": concern.channel, "files": len(kept)}
    ledger.begin(record, *rows, verb="concern.reported", by=by, at=at, **facts)
    names = [*(row.get("name", "") for row in people), *(link.get("handle", "") for link in links)]
    search.index(record, concern.pk, narrative, *names, is_new=True)
    tell(concern, tellings, at=at)
    return concern


def _concern(record, school, meaning, *, by, at, reporter) -> Concern:
    return Concern(
        record=record,
        ref=record.ref,
        school=school,
        reporter=reporter,
        typed_by=by.person,
        reported_at=at,
        what=meaning.key,
        code=meaning.code,
        direction=meaning.direction,
        flags=";".join(meaning.flags),
        is_words_only=bool(meaning.stop),
    )


def _links(record, links) -> list[Link]:
    made = []
    for row in links:
        link = Link(record=record, platform=row.get("platform", ""))
        sealing.seal(record, link, url=row.get("url", ""), handle=row.get("handle", ""))
        made.append(link)
    return made


def _evidence(record, upload: Upload, *, by, at, how_seen, seen_at) -> Evidence:
    item = Evidence(record=record, ref=new_reference("evidence"), received_at=at)
    taken = uploads.claim(upload, evidence_id=item.pk, record=record)
    item.stored_as, item.stored_sha256, item.sha256 = taken.stored_as, taken.stored_sha256, taken.sha256
    item.size, item.kind = taken.size, taken.kind
    item.how_seen, item.captured_by, item.captured_at = how_seen, by.person, seen_at
    sealing.seal(record, item, name=taken.name)
    return item


def tellings_for(concern, involvements, *, at, known=(), around=None) -> list[Telling]:
    """The people whom the policy and the law want told, less those who are on the list already.

    known: the list. around: the people around those involved, where they were read already.
    """
    answered = routing.answer(concern, involvements, at=at, around=around)
    listed = {(telling.role, str(telling.person_id or ""), telling.paragraph) for telling in known}
    made = []
    for row in answered["tell"]:
        person = routing.in_directory(row["person"])
        if (row["role"], person or "", row["ref"] or "") in listed:
            continue
        made.append(
            Telling(
                record=concern.record,
                role=row["role"],
                title=row["title"][:120],
                person_id=person,
                due_at=row["due_at"],
                due_basis=row["due_basis"],
                basis=row["basis"],
                paragraph=row["ref"] or "",
            )
        )
    return made


def tell(concern, tellings, *, at) -> None:
    """Put a notice on the desk and in the mail of each person who must know: a reference and nothing else."""
    asked: dict = {}
    for telling in tellings:
        if telling.person_id:
            asked.setdefault(telling.person_id, (telling.due_at, telling.due_basis))
    notices.tell_each(concern.record, asked, what="read", at=at)


def files_allowed(concern, viewer) -> str | None:
    if concern.is_words_only:
        return NO_FILES
    return FINISHED if concern.status == Concern.FINISHED else None


@act(
    "evidence.added",
    of=Concern,
    permission=Permission.EVIDENCE_ADD,
    label="Add a file",
    when=files_allowed,
    decides=False,
)
def add_evidence(concern, *, by, at, files, how_seen, seen_at=None):
    """Keep files as evidence, untouched, with who captured them, when, and how they came to be seen."""
    if not files:
        raise Refused("Choose at least one file.")
    kept = [_evidence(concern.record, upload, by=by, at=at, how_seen=how_seen, seen_at=seen_at) for upload in files]
    ledger.record("evidence.added", concern.record, *kept, by=by, at=at, files=[item.ref for item in kept])
    return concern


def not_read_yet(concern, viewer) -> str | None:
    """Until a report was read, nothing shows what it says."""
    return None if concern.read_at else "Read the report first."


def files_are_shown(concern, viewer):
    return Past("No file of this concern is shown.") if concern.is_words_only else None


@act(
    "evidence.stopped",
    of=Concern,
    permission=Permission.EVIDENCE_ADD,
    label="Stop showing the files",
    when=files_are_shown,
    decides=False,
)
def stop_showing_files(concern, *, by, at, reason):
    """Show no file of a concern to anybody any more, on a page or on paper, and take none in; never taken back.

    For a picture that turns out to be intimate, at any stage; what was received stays sealed, for the police. reason:
    what was seen, in words.
    """
    concern.is_words_only = True
    ledger.record("evidence.stopped", concern.record, concern, by=by, at=at, why=reason)
    return concern


def can_describe(concern, viewer) -> str | None:
    if concern.is_words_only:
        return NO_FILES
    if why := not_read_yet(concern, viewer):
        return why
    return None if evidence_of(viewer, concern.record) else "No file has been added yet."


def evidence_of(viewer, record) -> list[Evidence]:
    """The files kept with a concern, each with whoever captured it, read once for a request."""
    key = ("evidence", record.pk)
    if key not in viewer.known:
        rows = Evidence.objects.filter(record=record).select_related("captured_by")
        viewer.known[key] = list(rows.order_by("received_at"))
    return viewer.known[key]


@act(
    "evidence.described",
    of=Concern,
    permission=Permission.EVIDENCE_ADD,
    label="Say what a file shows",
    when=can_describe,
)
def describe_evidence(concern, *, by, at, file, shows):
    """Say in words what a picture or another file shows, for those who cannot see it; the file stays as it is.

    file: one of those kept with the concern. shows: the words, which replace those said before.
    """
    if file.record_id != concern.record_id:
        raise Refused("Choose one of the files of this concern.")
    sealing.seal(concern.record, file, shows=shows)
    ledger.record("evidence.described", concern.record, file, by=by, at=at, file=file.ref)
    return concern


@act("link.added", of=Concern, permission=Permission.EVIDENCE_ADD, label="Add a link or an account", decides=False)
def add_link(concern, *, by, at, links):
    """Add where a post or a copy of it is, or whose account it is."""
    rows = _links(concern.record, links)
    ledger.record("link.added", concern.record, *rows, by=by, at=at, platforms=[row.platform for row in rows])
    return concern


@act(
    "person.named",
    of=Concern,
    permission=Permission.CONCERN_TRIAGE,
    label="Name a person involved",
    touches=lambda concern, viewer, answers: following(NAMED, concern),
)
def name_person(concern, *, by, at, people):
    """Name someone involved; from that moment whoever may not see this does not."""
    known = list(Involvement.objects.filter(record=concern.record))
    named = name_people(concern.record, list(people), at=at, direction=concern.direction, known=known)
    listed = list(Telling.objects.filter(record=concern.record))
    tellings = tellings_for(concern, [*known, *named.involvements], at=at, known=listed, around=named.around)
    rows = [*named.rows, *tellings]
    if concern.status != Concern.FINISHED and _is_about_more(known, named.involvements):
        waiting.ask_again(concern, at=at)
        rows.append(concern)
    ledger.record("person.named", concern.record, *rows, by=by, at=at, parts=[row["part"] for row in people])
    tell(concern, tellings, at=at)
    for follow in NAMED:
        follow.then(concern, named.involvements, by=by, at=at)
    return concern


def _is_about_more(known, named) -> bool:
    """Whether it is about somebody now, perhaps working here, whom it was not about before."""
    kinds = {"", *taxonomy().threshold_question.asked_of_kinds}
    before = {one.person_id for one in known if one.part == "subject" and one.person_id}
    return any(one.part == "subject" and one.kind in kinds and one.person_id not in before for one in named)
