"""Releasing the copy of the person it is about: by a second person, who has read all of it."""

from datetime import timedelta

import pytest
from django.urls import get_resolver

from casework.desk import desk_of
from casework.workflow import cases, handing_over, parts
from reports import building, jobs
from reports.models import Paper
from reports.terms import terms
from reports.workflow import ask_for_paper, ask_for_part_paper, fetch_paper, release_paper
from schools import notices
from schools.access import Viewer
from tests import states
from tests.reports.papers import ASKING, PRINTED

pytestmark = pytest.mark.django_db
HOUR = states.HOUR
FOR_SAM = ASKING | {"recipient": "Sam Reid", "purpose": "He asked for it.", "legal_ground": "subject_access"}


def conduct_of_sam(cast, at):
    case = states.in_case(cast, at=at)
    return cases.open_part(case, by=cast.harriet, at=at + 5 * HOUR, lane="conduct", about=cast.sam.person)


def asked(cast, at, **more) -> Paper:
    part = conduct_of_sam(cast, at)
    return ask_for_part_paper(part, by=cast.hugh, at=at + 6 * HOUR, audience="subject", **FOR_SAM | more)


def ready(cast, at) -> Paper:
    paper = asked(cast, at)
    jobs.keep(paper, PRINTED, at=at + 7 * HOUR)
    return Paper.objects.get(pk=paper.pk)


def read(cast, at) -> Paper:
    """A copy that Harriet has fetched to read it."""
    paper = ready(cast, at)
    fetch_paper(paper, by=cast.harriet, at=at + 7 * HOUR, promise="yes")
    return Paper.objects.get(pk=paper.pk)


def test_release_paper_is_for_another_than_who_asked_for_it(cast, at):
    assert states.who_may(release_paper, read(cast, at), cast, at=at + 8 * HOUR) == ("harriet", "hugh")


def test_who_asked_for_it_fetches_it_only_once_a_second_person_has_released_it(cast, at):
    paper, later = ready(cast, at), at + 8 * HOUR
    before = {"by": cast.hugh, "at": later}
    assert states.why_not(fetch_paper, paper, **before, promise="yes") == (
        "A second person has to read it and release it first."
    )
    assert states.why_not(release_paper, paper, **before, has_read="yes") == (
        "You asked for it: somebody else has to read it and release it."
    )
    fetch_paper(paper, by=cast.harriet, at=later, promise="yes")
    release_paper(Paper.objects.get(pk=paper.pk), by=cast.harriet, at=later, has_read="yes")
    fetch_paper(Paper.objects.get(pk=paper.pk), by=cast.hugh, at=later, promise="yes")


def test_release_paper_asks_that_it_was_read(cast, at):
    words = "A copy is released only by somebody who has read it from end to end."
    asking = {"by": cast.harriet, "at": at + 8 * HOUR, "has_read": "no"}
    assert states.why_not(release_paper, read(cast, at), **asking) == words


@pytest.mark.parametrize("fetched_another", [False, True])
def test_release_paper_is_refused_to_who_never_fetched_it(cast, at, fetched_another):
    paper, later = ready(cast, at), at + 8 * HOUR
    if fetched_another:
        other = ask_for_part_paper(paper.part, by=cast.hugh, at=later, audience="subject", **FOR_SAM)
        jobs.keep(other, PRINTED, at=later)
        fetch_paper(other, by=cast.harriet, at=later, promise="yes")
    assert states.why_not(release_paper, paper, by=cast.harriet, at=later, has_read="yes") == (
        "Fetch it first and read it from end to end: you have not fetched it yet."
    )
    assert "paper.released" not in states.lines(paper)


def test_the_data_protection_officer_releases_a_copy_of_a_complaint(cast, at):
    case, later = states.in_case(cast, at=at), at + 8 * HOUR
    part = cases.open_part(case, by=cast.harriet, at=at + 5 * HOUR, lane="complaint", about=cast.sam.person)
    paper = ask_for_part_paper(part, by=cast.harriet, at=at + 6 * HOUR, audience="subject", **FOR_SAM)
    jobs.keep(paper, PRINTED, at=at + 7 * HOUR)
    paper = Paper.objects.get(pk=paper.pk)
    fetch_paper(paper, by=cast.priya, at=later, promise="yes")
    release_paper(Paper.objects.get(pk=paper.pk), by=cast.priya, at=later, has_read="yes")
    assert Paper.objects.get(pk=paper.pk).released_by == cast.priya.person


def test_a_copy_that_no_second_person_could_release_is_refused_at_the_asking(cast, at):
    case = conduct_of_sam(cast, at).case
    asking = {"by": cast.harriet, "at": at + 6 * HOUR, "audience": "subject"}
    # Hugh reads the conduct and not the concern, Dee and Dot the concern and not the conduct.
    assert states.why_not(ask_for_paper, case, **asking, **FOR_SAM) == (
        "Nobody else reads all of this and may print it, and a second person has to release a copy of this kind: ask "
        "for its parts one by one, or hand over to somebody what they do not read."
    )
    assert "paper.asked" not in states.lines(case)
    # For any other copy nobody has to.
    assert ask_for_paper(case, by=cast.harriet, at=at + 6 * HOUR, **ASKING).printed.count() == 2


def test_somebody_to_whom_the_rest_was_handed_over_is_such_a_second_person(cast, at):
    part = conduct_of_sam(cast, at)
    given = {"person": cast.dee.person, "role": "dsl", "why": "To release his copy."}
    handing_over.hand_over(part, by=cast.harriet, at=at + 5 * HOUR, **given)
    assert ask_for_paper(part.case, by=cast.harriet, at=at + 6 * HOUR, audience="subject", **FOR_SAM).is_theirs


def waits_for(user, at) -> list[tuple[str, str]]:
    """What stands on somebody's desk about copies."""
    get_resolver().url_patterns  # noqa: B018  (the addresses on a desk are those of the pages)
    return [(task.what, task.detail) for task in desk_of(Viewer(user, at)).tasks if "copy" in task.what]


def told(user, at) -> list[tuple[str, object]]:
    rows = notices.waiting_for(Viewer(user, at)).filter(what__contains="copy")
    return [(notice.what, notice.due_at) for notice in rows]


def test_whoever_may_release_it_hears_that_it_waits_and_has_ten_days(cast, at):
    paper, made = ready(cast, at), at + 7 * HOUR  # Mon 23 Nov, 15:00
    task = ("Read a copy and release it", "For the person it is about. It waits until 3 December.")
    assert waits_for(cast.harriet, made) == [task]
    assert told(cast.harriet, made) == [(f"release copy {paper.ref}", made + timedelta(days=10))]
    for user in (cast.hugh, cast.dee, cast.priya, cast.sam):
        assert (waits_for(user, made), told(user, made)) == ([], [])
    assert jobs.erase_old(made + timedelta(days=10) - timedelta(seconds=1)) == 0
    assert jobs.erase_old(made + timedelta(days=10)) == 1
    assert (waits_for(cast.harriet, made), told(cast.harriet, made)) == ([], [])


def test_a_released_copy_waits_a_day_from_its_release_and_who_asked_is_told(cast, at):
    paper, released = read(cast, at), at + timedelta(days=3)
    release_paper(paper, by=cast.harriet, at=released, has_read="yes")
    assert (waits_for(cast.harriet, released), told(cast.harriet, released)) == ([], [])
    task = ("Fetch a copy that was released", "For the person it is about.")
    assert waits_for(cast.hugh, released) == [task]
    assert told(cast.hugh, released) == [(f"fetch copy {paper.ref}", released + timedelta(hours=24))]
    fetch_paper(Paper.objects.get(pk=paper.pk), by=cast.hugh, at=released, promise="yes")
    assert waits_for(cast.hugh, released) == []
    assert jobs.erase_old(released + timedelta(hours=24) - timedelta(seconds=1)) == 0
    assert jobs.erase_old(released + timedelta(hours=24)) == 1


def test_no_other_copy_waits_for_anybody(cast, at):
    paper = ask_for_part_paper(conduct_of_sam(cast, at), by=cast.hugh, at=at + 6 * HOUR, **ASKING)
    jobs.keep(paper, PRINTED, at=at + 7 * HOUR)
    assert (waits_for(cast.harriet, at + 7 * HOUR), told(cast.harriet, at + 7 * HOUR)) == ([], [])


def test_what_is_left_out_of_a_copy_is_counted_for_who_asks_and_for_who_releases(cast, at, client):
    case = states.in_case(cast, at=at)
    harmed = [{"name": "Ivan Petrov", "kind": "staff", "part": "subject"}]
    harmed += [{"name": cast.sam.person.name, "kind": "staff", "part": "affected"}]
    cases.join_case(states.triaged(cast, at=at, people=harmed), by=cast.dee, at=at + 5 * HOUR, case=case)
    left_out = (
        "1 record. They are named in it otherwise than as the person it is about, for instance as the person harmed."
    )
    client.force_login(cast.dee)
    page = client.get(f"/cases/{case.ref}/ask-for-paper/").content.decode()
    assert "A copy for the person it is about (subject access) leaves out:" in page
    assert left_out in page
    paper = ask_for_paper(case, by=cast.dee, at=at + 6 * HOUR, audience="subject", **FOR_SAM)
    jobs.keep(paper, PRINTED, at=at + 7 * HOUR)
    fetch_paper(Paper.objects.get(pk=paper.pk), by=cast.harriet, at=at + 7 * HOUR, promise="yes")
    client.force_login(cast.harriet)
    assert left_out in client.get(f"/papers/{paper.ref}/release-paper/").content.decode()


def test_release_paper_leaves_its_line_and_who_it_was(cast, at):
    paper = read(cast, at)
    line = release_paper(paper, by=cast.harriet, at=at + 8 * HOUR, has_read="yes")
    assert (line.verb, line.by, line.at) == ("paper.released", cast.harriet.pk, at + 8 * HOUR)
    after = Paper.objects.get(pk=paper.pk)
    assert (after.released_by, after.released_at) == (cast.harriet.person, at + 8 * HOUR)


def test_release_paper_is_not_asked_of_any_other_copy_nor_a_second_time(cast, at):
    part = conduct_of_sam(cast, at)
    other = ask_for_part_paper(part, by=cast.hugh, at=at + 6 * HOUR, **ASKING)
    asking = {"by": cast.harriet, "at": at + 8 * HOUR, "has_read": "yes"}
    assert states.why_not(release_paper, other, **asking) == "A copy of this kind needs no second person."


def test_the_copy_of_the_person_it_is_about_says_what_is_kept_back_on_what_ground(cast, at):
    file = building.case_file(asked(cast, at))
    assert [(one.what, one.why) for one in file.withheld] == [
        (row["what"], row["why"]) for row in terms().kept_from_subject
    ]
    assert "Schedule 2, paragraph 16" in file.withheld[0].why
    assert file.printed_for.is_theirs
    assert [part.about for part in file.parts] == [cast.sam.person.name]


def test_the_copy_of_the_person_it_is_about_masks_everybody_else_who_has_a_part_in_it(cast, at):
    case = states.in_case(cast, at=at)
    paper = ask_for_paper(case, by=cast.dee, at=at + 6 * HOUR, audience="subject", **FOR_SAM)
    file = building.case_file(paper)
    told = repr(file)
    sam = cast.sam.person.name
    # Sam is himself; Tom reported it, Dot saw it, and the child is the child.
    assert sam in told
    assert cast.tom.person.name not in told
    assert cast.dot.person.name not in told
    assert states.PUPIL["name"] not in told
    assert {one.name for one in file.people} >= {sam, "A member of staff", "Pupil A"}
    assert file.printed_for.asked_by.startswith(cast.dee.person.name)


def test_a_copy_about_nobody_alone_is_refused(cast, at):
    case = states.in_case(cast, at=at)
    part = cases.open_part(case, by=cast.harriet, at=at + 5 * HOUR, lane="data_breach")
    asking = {"by": cast.harriet, "at": at + 6 * HOUR, "audience": "subject"}
    assert states.why_not(ask_for_part_paper, part, **asking, **FOR_SAM) == (
        "It is not about one person alone: print, for each person, the part that is about them."
    )


def test_the_pages_say_what_the_copy_waits_for_and_that_it_has_to_be_read(cast, at, client):
    paper = ready(cast, at)
    client.force_login(cast.harriet)
    page = client.get(f"/papers/{paper.ref}/").content.decode()
    assert "a second person who may read all of it fetches it, reads it from end to end and releases it" in page
    assert "Destroy by" not in page
    page = client.get(f"/papers/{paper.ref}/fetch-paper/").content.decode()
    assert "Read it through before you hand it on." in page
    assert "Will you see that it reaches nobody but the person it is about?" in page
    assert "These words in it may be names." not in page
    fetch_paper(paper, by=cast.harriet, at=at + 8 * HOUR, promise="yes")
    release_paper(paper, by=cast.harriet, at=at + 8 * HOUR, has_read="yes")
    assert "by Harriet Lowe" in client.get(f"/papers/{paper.ref}/").content.decode()


@pytest.mark.parametrize("audience", ["subject", "hearing"])
def test_a_name_that_only_another_record_of_the_case_holds_is_masked_all_the_same(cast, at, audience):
    part = conduct_of_sam(cast, at)
    parts.write_note(part, by=cast.hugh, at=at + 5 * HOUR, text="Kit Lane cried. Tom Okoro says Sam Field laughed.")
    ground = {"hearing": "employer", "subject": "subject_access"}[audience]
    asking = FOR_SAM | {"by": cast.hugh, "at": at + 6 * HOUR, "audience": audience, "legal_ground": ground}
    file = building.case_file(ask_for_part_paper(part, **asking))
    told = [entry.what.text for entry in file.chronology]
    assert "[Pupil A] cried. [a member of staff] says Sam Field laughed." in [words.rstrip() for words in told]
    others = {"hearing": "whoever reported it", "subject": "other staff, whoever reported it among them"}
    assert f"Pupil A and {others[audience]} (as “a member of staff”)" in file.masking
    assert "Account" not in file.masking  # one is known in the concern, and nothing here speaks of it


def test_whoever_fetches_or_releases_it_is_shown_the_words_in_it_that_may_be_names(cast, at, client):
    part = conduct_of_sam(cast, at)
    parts.write_note(part, by=cast.hugh, at=at + 5 * HOUR, text="Kit Lane cried, and so did Bex.")
    paper = ask_for_part_paper(part, by=cast.hugh, at=at + 6 * HOUR, audience="subject", **FOR_SAM)
    jobs.keep(paper, PRINTED, at=at + 7 * HOUR)
    client.force_login(cast.harriet)
    said = "ask whether it tells who somebody is: <strong>Bex</strong>."
    assert said in client.get(f"/papers/{paper.ref}/fetch-paper/").content.decode()
    fetch_paper(Paper.objects.get(pk=paper.pk), by=cast.harriet, at=at + 7 * HOUR, promise="yes")
    assert said in client.get(f"/papers/{paper.ref}/release-paper/").content.decode()
