"""What a case file says of staff conduct, and what a copy for a hearing hides, worked by hand from one whole story."""

import re
from datetime import UTC, date, datetime

import pytest

from reports.building.cover import how_many_gone
from reports.workflow import ask_for_part_paper
from schools.roles import Role
from tests import factories as make
from tests.reports.stories import ASKED_AT, played_in, printed, told

pytestmark = pytest.mark.django_db
FENG = "Xiulan Feng, Head of School"


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """A comment by a teacher on a family court, played to its end."""
    with played_in("allsaints", "C029", blocker=django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def comment(story):
    """The comment with all its parts, printed by the head who heard it."""
    return printed(story.things["case"], story.institution.account("P081"))


def test_the_proceeding_says_who_did_what_what_was_found_and_until_when_it_counts(comment):
    (row,) = comment.proceedings
    assert row.about == "Jean-Luc Baptiste"
    assert row.officers == ("Investigates: Laurence Pike, Vice Principal", f"Hears it and decides: {FENG}")
    (allegation,) = row.allegations
    (paragraph,) = allegation.paragraphs
    assert (paragraph.ref, allegation.finding) == ("6.h", "found")
    assert paragraph.wording.startswith("What staff learn through their work")
    # Decided on 30 April 2026: twelve months live; ten working days to appeal, 4 May being a bank holiday.
    assert row.outcome == (
        "First written warning. It counts until 30 April 2027. An appeal could be lodged until 15 May 2026; none is "
        "recorded."
    )
    assert [(stage.name, stage.on) for stage in row.stages] == [
        ("Proceeding begun", date(2026, 3, 16)),
        ("Investigation", date(2026, 3, 26)),
        ("Notice of hearing", date(2026, 4, 13)),
        ("Hearing", date(2026, 4, 29)),
        ("Outcome letter", date(2026, 4, 30)),
    ]
    # Twenty working days from Monday 16 March, Good Friday and Easter Monday left out: Wednesday 15 April.
    assert row.stages[1].due == "By 15 April 2026: our suggestion. Met."
    # Five working days from the hearing of 29 April, 4 May being a bank holiday: Thursday 7 May.
    assert row.stages[4].due == "By 7 May 2026: our suggestion. Met."


def test_the_check_for_protected_speech_stands_among_the_decisions_where_it_was_asked_before_the_proceeding(comment):
    (check,) = (one for one in comment.decisions if one.question == "Could this be protected speech?")
    assert (check.answer_words, check.by) == ("Asked before the proceeding", "Emer Gallagher, HR advisor")
    assert check.reason.text.startswith("Protected-speech check answered no: No belief, no union activity")
    because = {one.question: one.reason.text for one in comment.not_raised}
    lado = because["Has the local authority designated officer (LADO) been told?"]
    assert lado == "The answer to the threshold question does not call for the LADO."


def test_whoever_reads_a_part_by_several_offices_is_listed_once(comment):
    conduct = next(part for part in comment.parts if part.kind == "Staff conduct")
    names = [one.partition(" (")[0] for one in conduct.readers]
    assert names == ["Xiulan Feng", "Emer Gallagher", "Laurence Pike"]
    assert conduct.readers[0] == "Xiulan Feng (Head of School, Designated Safeguarding Lead (DSL), Hearing officer)"
    assert conduct.then == "then taken out of the file and destroyed"


def test_each_part_ends_on_its_own_day(comment):
    ends = {part.kind: part.keep_until for part in comment.parts}
    assert ends == {
        "Staff conduct": date(2027, 4, 30),  # six months from 30 April 2026, and not weeded while it counts
        "Low-level concern": None,  # he still works there
        "Data breach": date(2032, 5, 18),  # six years from 18 May 2026
        "Child's safety": date(2033, 11, 30),  # twenty-five years from 30 November 2008
    }


def test_the_person_it_is_about_stands_hidden_and_the_reporter_aside_where_he_does(comment):
    standing = {one.name: (one.standing, one.why) for one in comment.people}
    conduct = next(part.reference for part in comment.parts if part.kind == "Staff conduct")
    assert standing["Jean-Luc Baptiste"] == ("hidden", "The person this is about.")
    assert standing["Gareth Whitty"] == ("standing_aside", f"The person who reported it (in {conduct}).")
    assert standing["Grace Nwosu"] == ("outside", "")
    assert standing["Laurence Pike"] == ("free", "")


def test_the_conduct_part_alone_says_nothing_of_the_report_or_of_the_child(story):
    part = next(thing for thing in story.things.values() if getattr(thing, "lane", "") == "conduct")
    file = printed(part, story.institution.account("P081"), ask=ask_for_part_paper)
    assert (file.reference, file.concerns, file.evidence, file.takedowns) == (part.ref, (), (), ())
    assert [row.reference for row in file.parts] == [part.ref]
    case = story.things["case"].ref
    assert [(one.what, one.why) for one in file.withheld] == [
        (f"The rest of case {case}", "Only this part was asked for.")
    ]
    assert "everyone at our place knows" not in repr(file)
    assert "Child protection file" not in repr(file)
    assert file.title == "Staff conduct: Jean-Luc Baptiste"


def test_a_copy_for_a_hearing_says_nothing_of_the_child_of_low_level_concerns_or_of_other_copies(story, comment):
    file = printed(story.things["case"], story.institution.account("P081"), audience="hearing")
    assert [part.kind for part in file.parts] == ["Staff conduct"]
    assert file.audience == "Whoever hears the matter, and nobody else without a new copy"
    # Nor that there are any: their kinds and references are not for whoever hears the matter.
    why = "A copy of this kind does not need it."
    assert [(one.what, one.why) for one in file.withheld[1:]] == [
        ("Whatever else is kept in this case, if there is anything", why),
        ("Which copies were asked for, for whom and why", why),
    ]
    others = [part.reference for part in comment.parts if part.kind != "Staff conduct"]
    assert len(others) == 3
    assert [ref for ref in others if ref in repr(file)] == []
    assert "Asked for the copy" not in repr(file)
    assert "Child protection file" not in repr(file)


def test_a_copy_for_a_hearing_masks_the_pupil_and_whoever_only_reported_it(story):
    head, asking = story.institution.account("P081"), {"purpose": "To hear what was written about Grace Nwosu."}
    file = printed(story.things["case"], head, audience="hearing", **asking)
    assert [(one.name, one.post, one.part) for one in file.people[:3]] == [
        ("A member of staff", "", "Reported it"),
        ("Jean-Luc Baptiste", "Teacher of French", "The person this is about"),
        ("Pupil A", "Pupil", "Child or adult affected"),
    ]
    assert file.concerns[0].reported_by == "A member of staff"
    assert file.summary.text.startswith("On 11 March 2026 [a member of staff] reported: a member of staff giving away")
    assert file.printed_for.purpose == "To hear what was written about [Pupil A]."
    assert (datetime(2026, 3, 11, 9, 15, tzinfo=UTC), "A member of staff") in [(at, who) for at, who, _ in told(file)]
    assert not re.search(r"(?i)nwosu|whitty|gareth", repr(file))
    assert "M. Baptiste wrote" in file.concerns[0].words.text
    # A child is named in it, and nobody wrote down whose the account is.
    assert file.withheld[0].what == "Names: Pupil A, Account A and whoever reported it (as “a member of staff”)"
    assert file.masking.startswith("Names are masked in this copy: Pupil A, Account A and whoever reported it")
    assert "pictures are shown as they were received" in file.masking


def test_a_copy_for_a_hearing_does_not_tell_by_an_office_who_reported_it(story, comment):
    """The reporter is the safeguarding lead, who was told and consulted as such, and in whose place the head reads."""
    file = printed(story.things["case"], story.institution.account("P081"), audience="hearing")
    told_of = [one.question for one in file.decisions if one.question.endswith("been told?")]
    assert "Has Gareth Whitty, DSL, been told?" in [one.question for one in comment.decisions]
    assert told_of == [
        "Has Xiulan Feng, Head of School, been told?",
        "Has Simon Postlethwaite, Data protection officer, been told?",
        "Has the local authority designated officer (LADO) been told?",
    ]
    words = [entry.what.text for entry in file.chronology] + [one.reason.text for one in file.decisions]
    assert [one for one in words if "member of staff] was told" in one or "Consulted" in one] == []
    assert "Consulted: Gareth Whitty, DSL." in repr(comment)
    assert file.parts[0].readers[0] == "Xiulan Feng (Head of School, Hearing officer)"
    assert "told or consulted for the sake of their post, that is left out too" in file.masking


def test_the_copy_of_the_person_it_is_about_tells_nobody_who_reported_it(story):
    case = story.things["case"]
    # Somebody besides the head who reads all of it, and so can release it.
    make.member(case.school, "Bridget Alder", Role.HEAD_OF_SCHOOL, at=ASKED_AT)
    file = printed(case, story.institution.account("P081"), audience="subject")
    assert [part.kind for part in file.parts] == ["Low-level concern", "Staff conduct"]
    assert "A member of staff" in file.parts[0].readers
    assert not re.search(r"(?i)nwosu|whitty|gareth|child's safety", repr(file))
    assert "DSL" not in repr((file.people, file.chronology))


def test_two_who_read_different_parts_print_different_copies_of_one_case(story, comment):
    assert (comment.masking, "Grace Nwosu" in repr(comment)) == ("", True)
    file = printed(story.things["case"], story.institution.account("P082"))  # the safeguarding lead
    assert {part.kind for part in file.parts} == {"Low-level concern", "Child's safety"}
    conduct = next(part.reference for part in comment.parts if part.kind == "Staff conduct")
    assert conduct not in repr(file)
    assert file.proceedings == ()
    assert "warning" not in repr(file)


@pytest.mark.parametrize(
    ("gone", "of", "words"),
    [
        (0, 1, "it is not known to be gone"),
        (1, 1, "it was gone when last looked for"),
        (0, 3, "none is known to be gone"),
        (1, 3, "one of them was gone when last looked for"),
        (2, 3, "2 of them were gone when last looked for"),
        (3, 3, "all were gone when last looked for"),
    ],
)
def test_how_many_copies_are_gone_is_said_as_anybody_would(gone, of, words):
    assert how_many_gone(gone, of=of) == words
