"""What a case file says of two whole stories, worked by hand from the stories' own papers: every chapter, in words."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction

from incidents.models import Concern, Evidence
from reports import building
from reports.demo import source
from reports.demo.institution import Institution
from reports.demo.played import Story
from reports.demo.reported import report
from reports.models import Paper
from reports.workflow import ask_for_paper, ask_for_part_paper
from schools import checkpoints, ledger
from schools.models import Looked
from schools.roles import Role
from tests import factories as make
from tests.lasting import filled_once

pytestmark = pytest.mark.django_db
KINSELLA = "Anne-Marie Kinsella, Head of School"
KETTLEBOROUGH = "Daniel Kettleborough, Teacher of PE"
FENG = "Xiulan Feng, Head of School"
ASKING = {"recipient": "Judith Halliwell, Executive Headteacher", "legal_ground": "employer"}
ASKING["purpose"] = "To see how it was handled."
ASKED_AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)  # a Monday, ten in the morning in London


@pytest.fixture(scope="module")
def stories(django_db_setup, django_db_blocker):
    """The trust with a parent's film about a teacher and a comment by a teacher, both played to their ends."""
    with filled_once(django_db_blocker):
        institution = Institution("allsaints", password="only-for-the-stories").found()
        rows = {row["key"]: row for row in source.rows("concerns")}
        made = {key: played(institution, rows[key]) for key in ("C021", "C029")}
        checkpoints.make(ASKED_AT)
        yield made


def played(institution, row) -> SimpleNamespace:
    """One concern reported and played to its end, with what its acts made by the names of the data."""
    story = Story(institution, report(institution, row))
    story.play(row["key"])
    return SimpleNamespace(institution=institution, things=dict(story.things))


def printed(subject, by, ask=ask_for_paper, **more):
    paper = ask(subject, by=by, at=ASKED_AT, **ASKING | more)
    return building.case_file(Paper.objects.get(pk=paper.pk))


@pytest.fixture(scope="module")
def film(stories):
    """The film, printed by the head for the executive head."""
    story = stories["C021"]
    return printed(story.things["case"], story.institution.account("P074"))


@pytest.fixture(scope="module")
def comment(stories):
    """The comment with all its parts, printed by the head who heard it."""
    story = stories["C029"]
    return printed(story.things["case"], story.institution.account("P081"))


def told(file) -> list[tuple[datetime, str, str]]:
    """The chronology as moment, person and first sentence."""
    return [(entry.at, entry.who, entry.what.text.split("\n")[0]) for entry in file.chronology]


def spring(month: int, on: int, hour: int, minute: int) -> datetime:
    """A moment before 29 March 2026, when London keeps Greenwich time."""
    return datetime(2026, month, on, hour, minute, tzinfo=UTC)


def test_the_cover_says_for_whom_why_on_what_ground_and_until_when(film, stories):
    given = film.printed_for
    assert film.reference == stories["C021"].things["case"].ref
    assert (film.school, film.trust) == ("St Edrith's High School", "All Saints Multi Academy Trust")
    assert (given.recipient, given.purpose) == (ASKING["recipient"], ASKING["purpose"])
    assert given.legal_ground == "The employer's duties and legitimate interests: UK GDPR Article 6(1)(b) and (f)"
    assert (given.asked_by, given.decided_by, given.asked_at) == (KINSELLA, KINSELLA, ASKED_AT)
    assert given.destroy_by == date(2026, 6, 29)  # 1 June and 28 days
    assert film.audience == "The person it was made for, and nobody else without a new copy"


def test_it_names_the_policy_its_overdue_review_and_the_guidance_of_the_day_of_receipt(film):
    policy = film.policy
    assert (policy.title, policy.version) == ("Use of Social Media Policy", "2022")
    assert policy.review_overdue_since == date(2023, 12, 31)
    # Received on 24 February 2026, so the edition of September 2025.
    assert policy.kcsie == "Keeping children safe in education 2025"


def test_the_summary_is_read_in_half_a_minute(film, stories):
    case = stories["C021"].things["case"].ref
    assert film.summary.text == (
        f"On 24 February 2026 {KETTLEBOROUGH}, reported: someone has given out where a member of staff lives or will "
        "be, or says they will come. There was a threat.\n\n"
        "Copies that somebody was asked to remove: 3. Gone when they were last looked for: 3. "
        f"Case {case} was opened on 24 February 2026 and closed on 27 March 2026. "
        "The part “Support” about Daniel Kettleborough was closed on 27 March 2026."
    )


def test_the_people_are_the_teacher_the_parent_and_her_child(film):
    rows = [(one.name, one.post, one.part, one.standing) for one in film.people]
    assert rows == [
        ("Daniel Kettleborough", "Teacher of PE", "Reported it; person harmed", "standing_aside"),
        ("Sharon Lunt", "Parent", "Wrote or posted it", "outside"),
        ("Corey Lunt", "Pupil", "Mentioned", "outside"),
    ]
    assert film.people[0].why == "The person harmed and the person who reported it."


def test_the_one_part_is_kept_for_six_years_from_the_last_incident(film, stories):
    (part,) = film.parts
    assert (part.reference, part.kind) == (stories["C021"].things["support"].ref, "Support")
    # The film was back on 5 March 2026: six years from that day, and not from the first one.
    assert part.keep_until == date(2032, 3, 5)
    assert part.rule == "Abuse of staff, governors or volunteers: 6 years from 5 March 2026."
    assert part.reason.startswith("Rule RET-ABUSE-STAFF. Authority: Our suggestion")
    assert part.status.startswith("Closed, 27 March 2026. All three copies are gone")
    assert part.readers[0] == "Anne-Marie Kinsella (Head of School)"


def test_the_report_stands_in_the_reporters_own_words_with_the_paragraph_that_speaks_to_it(film):
    (concern,) = film.concerns
    assert concern.reported_by == KETTLEBOROUGH
    assert concern.words.text.startswith("Corey Lunt's mum has made a video about me and it has nearly 4,000 views.")
    assert concern.words.text.endswith("Screenshots attached, I've not replied.")
    assert (concern.seen, concern.how_seen) == ("Tuesday 24 February 2026, 12:50", "It was public")
    assert [paragraph.ref for paragraph in concern.paragraphs] == ["9.d"]


def test_the_story_of_the_film_is_told_in_the_order_in_which_it_happened(film, stories):
    things = stories["C021"].things
    concern, case, support = things["concern"].ref, things["case"].ref, things["support"].ref
    expected = [
        (spring(2, 24, 12, 50), KETTLEBOROUGH, "Saw it. It was public."),
        (spring(2, 24, 13, 10), KINSELLA, "Anne-Marie Kinsella, Head of School, was told."),
        (
            spring(2, 24, 13, 20),
            KETTLEBOROUGH,
            f"Reported concern {concern}: someone has given out where a member of staff lives or will be, or says they "
            "will come.",
        ),
        (spring(2, 24, 14, 0), KINSELLA, "Should the police be told? Yes."),
        (spring(2, 24, 14, 20), KINSELLA, f"Opened case {case} for concern {concern}."),
        (spring(2, 24, 14, 22), KINSELLA, f"Opened the part “Support” about Daniel Kettleborough ({support})."),
        (spring(2, 24, 14, 30), KINSELLA, "Offered support; it was accepted."),
        (spring(2, 24, 15, 10), KETTLEBOROUGH, "Asked the platform to remove copy 1 (@example_sharonl)."),
        (spring(2, 24, 15, 25), KINSELLA, "Asked the administrator of the group to remove copy 2 (Facebook)."),
        (spring(2, 25, 8, 0), KINSELLA, "Looked: copy 2 (Facebook) is gone."),
        (spring(2, 26, 9, 10), KINSELLA, "An answer came about copy 1 (@example_sharonl): refused."),
        (spring(2, 26, 9, 40), KINSELLA, "Appealed about copy 1 (@example_sharonl)."),
        (spring(2, 26, 15, 30), KINSELLA, "Rang a helpline about copy 1 (@example_sharonl)."),
        (spring(2, 27, 9, 0), KINSELLA, "Have the governors been told, without names? Yes."),
        (spring(2, 27, 16, 25), KINSELLA, "Looked: copy 1 (@example_sharonl) is gone."),
        (spring(3, 5, 7, 50), KINSELLA, "Back again: copy 3 (@example_slunt_two)."),
        (spring(3, 5, 8, 20), KINSELLA, "Asked again about copy 3 (@example_slunt_two)."),
        (spring(3, 9, 10, 15), KINSELLA, "Looked: copy 3 (@example_slunt_two) is gone."),
        (spring(3, 27, 15, 0), KINSELLA, "Closed the part “Support” about Daniel Kettleborough."),
        (spring(3, 27, 15, 10), KINSELLA, f"Closed case {case}."),
    ]
    lines = told(film)
    assert [line for line in lines if line in expected] == expected
    assert [at for at, _, _ in lines] == sorted(at for at, _, _ in lines)


def test_each_step_says_by_when_it_was_due_and_who_set_the_time(film):
    due = {entry.what.text.split("\n")[0]: (entry.cites, entry.due) for entry in film.chronology}
    by_policy = "Due by 24 February 2026: your policy. Met."
    assert due["Anne-Marie Kinsella, Head of School, was told."] == ("Paragraph 9.d", by_policy)
    # Two working days from Tuesday 24 February; thirty days from 25 February; two working days from Thursday 5 March.
    asked = due["Asked the platform to remove copy 1 (@example_sharonl)."]
    assert asked == ("", "Chase on 26 February 2026: our suggestion.")
    assert due["Looked: copy 2 (Facebook) is gone."] == ("", "Look again on 27 March 2026: our suggestion.")
    assert due["Back again: copy 3 (@example_slunt_two)."] == ("", "Chase on 9 March 2026: our suggestion.")
    assert due["Should the police be told? Yes."] == ("Paragraph 4.a.iv, 9.c", "")


def test_every_line_of_the_history_is_told(film):
    # The concern: 25 lines to the closing and one by which the copy was asked for; the part: 6 and one. Of these the
    # opening of the part stands in both, and is told once, as is the asking; the report is two entries with the seeing.
    assert [(one.number) for one in film.mark.last] == [26, 7]
    assert len(film.chronology) == 26 + 7 - 2 + 1


def test_the_decisions_are_listed_with_who_made_them_and_those_not_raised_once(film):
    answered = [(one.question, one.answer_words, one.by, one.due) for one in film.answered]
    assert answered[:4] == [
        ("Should the police be told?", "Yes", KINSELLA, ""),
        ("Has support been offered to the person harmed?", "Offered and accepted", KINSELLA, ""),
        # Five working days from Tuesday 24 February: Tuesday 3 March.
        ("Have the governors been told, without names?", "Yes", KINSELLA, "Due by 3 March 2026: our suggestion. Met."),
        ("Should parents or carers be told?", "Yes", KINSELLA, ""),
    ]
    assert " ".join(one.reason.text.removesuffix(" proceeding.") for one in film.not_raised) == (
        "Nobody who works in or for the school is said to have done it. The threshold question was not raised, or its"
        " answer does not call for the LADO. It is asked before a removal is demanded of our own staff, and before a"
    )
    assert "MFP-0224-0316" in film.answered[0].reason.text


def test_each_copy_has_its_own_steps_and_its_next_look(film):
    rows = [(one.asked_of, one.state, one.recheck_on, len(one.events)) for one in film.takedowns]
    # Removed on 27 February and 9 March: thirty days later. The group was looked at again on 27 March as due.
    assert rows == [
        ("the platform", "gone", date(2026, 3, 29), 5),
        ("the administrator of the group", "gone", None, 4),
        ("the platform", "gone", date(2026, 4, 8), 3),
    ]
    assert film.takedowns[0].events[0].who == KETTLEBOROUGH
    assert film.takedowns[0].events[1].what.text == "Reply received.\nNo violation found."


def test_the_evidence_is_listed_by_its_fingerprint_and_stays_in_daybook(film):
    (item,) = film.evidence
    sent = (source.FOLDER / "evidence" / item.file_name).read_bytes()
    assert (item.file_name, item.kind, item.size) == ("ev16_threat_comment.png", "Picture (PNG)", len(sent))
    assert item.sha256 == "17bf2300c187184133fb209c06ee62870fa7160cb59c7f678eda55700fc29105"
    assert item.taken == f"Tuesday 24 February 2026, 12:50 (12:50 UTC), by {KETTLEBOROUGH}"
    assert item.received.startswith("Tuesday 24 February 2026, 13:20 (13:20 UTC), with C-")
    assert (item.picture, item.not_shown) == ("casefile:evidence/1", "")
    assert [(one.at, one.what) for one in item.custody] == [
        (spring(2, 24, 12, 50), f"Captured by {KETTLEBOROUGH}."),
        (spring(2, 24, 13, 20), f"Received from {KETTLEBOROUGH}, fingerprinted and put away encrypted."),
        (ASKED_AT, "Drawn again for this copy."),
    ]
    assert item.description == "Nobody has described in words what this picture shows."
    assert film.withheld == ()  # the picture travels inside


def test_a_copy_without_pictures_says_so_beside_each_file_and_says_who_was_handed_it(stories):
    story = stories["C021"]
    (row,) = Evidence.objects.filter(record=story.things["concern"].record)
    head = story.institution.account("P074")
    for at in (ASKED_AT - timedelta(hours=1), ASKED_AT + timedelta(hours=1)):
        Looked.objects.create(at=at, user_id=head.pk, page="evidence", basis=f"download of {row.ref}", records=[])
    file = printed(story.things["case"], head, audience="words")
    (item,) = file.evidence
    assert [(one.what, one.why) for one in file.withheld] == [
        (
            "The one file of evidence as received",
            "What was received stays in Daybook, where whoever may see it opens it. Its fingerprint is printed here.",
        )
    ]
    assert (item.picture, item.not_shown) == ("", "This copy was asked for without pictures.")
    # The one an hour later is not of this copy.
    assert [(one.at, one.what) for one in item.custody[2:]] == [
        (ASKED_AT - timedelta(hours=1), "A copy was handed to Anne-Marie Kinsella; the file itself stayed.")
    ]


def test_what_is_kept_with_a_concern_about_intimate_pictures_is_on_no_paper(stories):
    story = stories["C021"]
    concern = Concern.objects.get(pk=story.things["concern"].pk)
    concern.is_words_only = True
    with transaction.atomic():
        by = story.institution.account("P074")
        ledger.record("concern.triaged", concern.record, concern, by=by, at=ASKED_AT - timedelta(minutes=1))
    (item,) = printed(story.things["case"], by).evidence
    assert item.picture == ""
    assert item.not_shown == (
        "A concern of this kind may be about an intimate picture, so nothing kept with it is shown on paper."
    )


def test_no_proceeding_is_invented_where_no_member_of_staff_is_its_subject(film):
    assert film.proceedings == ()
    assert not film.undecided


def test_the_marks_are_the_last_lines_and_the_newest_checkpoint(film, stories):
    things = stories["C021"].things
    assert [one.reference for one in film.mark.last] == [things["concern"].ref, things["support"].ref]
    # Quarters of an hour since 1970 at nine in the morning of 1 June 2026: 20,605 days of 96 quarters and 36 more.
    assert (film.mark.number, film.mark.checkpoint) == (26, 20_605 * 96 + 36)
    assert len(film.mark.root) == 64


def test_the_proceeding_says_who_did_what_what_was_found_and_until_when_it_counts(comment):
    (row,) = comment.proceedings
    assert row.about == "Jean-Luc Baptiste"
    assert row.officers == ("Investigates: Laurence Pike, Vice Principal", f"Hears it and decides: {FENG}")
    (allegation,) = row.allegations
    (paragraph,) = allegation.paragraphs
    assert (paragraph.ref, allegation.finding) == ("6.h", "found")
    assert paragraph.wording.startswith("What staff learn through their work")
    # Decided on 30 April 2026: twelve months live; ten working days to appeal, 4 May being a bank holiday.
    assert (
        row.outcome
        == "First written warning. It counts until 30 April 2027. An appeal may be lodged until 15 May 2026."
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


def test_the_conduct_part_alone_says_nothing_of_the_report_or_of_the_child(stories):
    story = stories["C029"]
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


def test_a_copy_for_a_hearing_says_nothing_of_the_child_of_low_level_concerns_or_of_other_copies(stories):
    story = stories["C029"]
    file = printed(story.things["case"], story.institution.account("P081"), audience="hearing")
    assert [part.kind for part in file.parts] == ["Staff conduct"]
    assert file.audience == "Whoever hears the matter, and nobody else without a new copy"
    left = {one.what.rpartition(" ")[0]: one.why for one in file.withheld}
    why = "A copy of this kind does not need it."
    assert {name: left[name] for name in ("Child's safety", "Data breach", "Low-level concern")} == dict.fromkeys(
        ("Child's safety", "Data breach", "Low-level concern"), why
    )
    assert ("Which copies were asked for, for whom and why", why) in [(one.what, one.why) for one in file.withheld]
    assert "Asked for the copy" not in repr(file)
    assert "Child protection file" not in repr(file)


def test_a_copy_for_a_hearing_masks_the_pupil_and_whoever_only_reported_it(stories):
    story = stories["C029"]
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


def test_the_copy_of_the_person_it_is_about_tells_nobody_who_reported_it(stories):
    story, case = stories["C029"], stories["C029"].things["case"]
    # Somebody besides the head who reads all of it, and so can release it.
    make.member(case.school, "Bridget Alder", Role.HEAD_OF_SCHOOL, at=ASKED_AT)
    file = printed(case, story.institution.account("P081"), audience="subject")
    assert [part.kind for part in file.parts] == ["Low-level concern", "Staff conduct"]
    assert "A member of staff" in file.parts[0].readers
    assert not re.search(r"(?i)nwosu|whitty|gareth|child's safety", repr(file))
    assert "DSL" not in repr((file.people, file.chronology))


def test_two_who_read_different_parts_print_different_copies_of_one_case(stories, comment):
    story = stories["C029"]
    assert (comment.masking, "Grace Nwosu" in repr(comment)) == ("", True)
    file = printed(story.things["case"], story.institution.account("P082"))  # the safeguarding lead
    assert {part.kind for part in file.parts} == {"Low-level concern", "Child's safety"}
    conduct = next(part.reference for part in comment.parts if part.kind == "Staff conduct")
    assert conduct not in repr(file)
    assert file.proceedings == ()
    assert "warning" not in repr(file)
