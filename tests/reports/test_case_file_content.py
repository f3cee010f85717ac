"""What a case file says of one whole story, worked by hand from the story's own papers: every chapter, in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from incidents.models import Concern, Evidence
from reports.demo import source
from schools import ledger
from schools.models import Looked
from tests.reports.stories import ASKED_AT, ASKING, played_in, printed, told

pytestmark = pytest.mark.django_db
KINSELLA = "Anne-Marie Kinsella, Head of School"
KETTLEBOROUGH = "Daniel Kettleborough, Teacher of PE"


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """A parent's film about a teacher, played to its end."""
    with played_in("allsaints", "C021", blocker=django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def film(story):
    """The film, printed by the head for the executive head."""
    return printed(story.things["case"], story.institution.account("P074"))


def spring(month: int, on: int, hour: int, minute: int) -> datetime:
    """A moment before 29 March 2026, when London keeps Greenwich time."""
    return datetime(2026, month, on, hour, minute, tzinfo=UTC)


def test_the_cover_says_for_whom_why_on_what_ground_and_until_when(film, story):
    given = film.printed_for
    assert film.reference == story.things["case"].ref
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


def test_the_summary_is_read_in_half_a_minute(film, story):
    case = story.things["case"].ref
    assert film.summary.text == (
        f"On 24 February 2026 {KETTLEBOROUGH}, reported: someone has given out where a member of staff lives or will "
        "be, or says they will come. There was a threat.\n\n"
        "Somebody was asked to take down 3 copies; all were gone when last looked for. "
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


def test_the_one_part_is_kept_for_six_years_from_the_last_incident(film, story):
    (part,) = film.parts
    assert (part.reference, part.kind) == (story.things["support"].ref, "Support")
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


def test_the_story_of_the_film_is_told_in_the_order_in_which_it_happened(film, story):
    things = story.things
    concern, case, support = things["concern"].ref, things["case"].ref, things["support"].ref
    expected = [
        (spring(2, 24, 12, 50), KETTLEBOROUGH, "Saw it: “It was public”."),
        (spring(2, 24, 13, 10), KINSELLA, "Was told."),
        (
            spring(2, 24, 13, 20),
            KETTLEBOROUGH,
            f"Reported concern {concern}: someone has given out where a member of staff lives or will be, or says they "
            "will come.",
        ),
        (spring(2, 24, 14, 0), KINSELLA, "Answered “Should the police be told?”: yes."),
        (spring(2, 24, 14, 20), KINSELLA, f"Opened case {case} for concern {concern}."),
        (spring(2, 24, 14, 22), KINSELLA, f"Opened the part “Support” about Daniel Kettleborough ({support})."),
        (spring(2, 24, 14, 30), KINSELLA, "Offered support; it was accepted."),
        (spring(2, 24, 15, 10), KETTLEBOROUGH, "Asked the platform to remove copy 1 (@example_sharonl)."),
        (spring(2, 24, 15, 25), KINSELLA, "Asked the administrator of the group to remove copy 2 (Facebook)."),
        (spring(2, 25, 8, 0), KINSELLA, "Looked: copy 2 (Facebook) is gone."),
        (spring(2, 26, 9, 10), KINSELLA, "An answer came about copy 1 (@example_sharonl): refused."),
        (spring(2, 26, 9, 40), KINSELLA, "Appealed about copy 1 (@example_sharonl)."),
        (spring(2, 26, 15, 30), KINSELLA, "Rang a helpline about copy 1 (@example_sharonl)."),
        (spring(2, 27, 9, 0), KINSELLA, "Answered “Have the governors been told, without names?”: yes."),
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
    assert due["Was told."] == ("Paragraph 9.d", by_policy)
    # Two working days from Tuesday 24 February; thirty days from 25 February; two working days from Thursday 5 March.
    asked = due["Asked the platform to remove copy 1 (@example_sharonl)."]
    assert asked == ("", "Chase on 26 February 2026: our suggestion.")
    assert due["Looked: copy 2 (Facebook) is gone."] == ("", "Look again on 27 March 2026: our suggestion.")
    assert due["Back again: copy 3 (@example_slunt_two)."] == ("", "Chase on 9 March 2026: our suggestion.")
    assert due["Answered “Should the police be told?”: yes."] == ("Paragraphs 4.a.iv, 9.c", "")


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
    assert [one.reason.text for one in film.not_raised] == [
        "Nobody who works in or for the school is said to have done it.",
        "The threshold question was not raised.",
        "It is asked only of what a member of staff wrote or sent, where that is of a kind that may be protected.",
    ]
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
    assert film.takedowns[0].events[1].what.text == "Reply received: refused.\nNo violation found."
    # The copy was asked for on 1 June: the looks of 29 March and 8 April were never written down.
    assert [one.is_overdue for one in film.takedowns] == [True, False, True]


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
        (spring(2, 24, 13, 20), f"Received from {KETTLEBOROUGH}; fingerprinted and put away encrypted."),
        (ASKED_AT, "Drawn again for this copy."),
    ]
    assert item.description == "Nobody has described in words what this picture shows."
    assert [one.what for one in film.withheld] == ["The one file of evidence as received"]  # drawn again, it travels


def test_a_copy_without_pictures_says_so_beside_each_file_and_says_who_was_handed_it(story):
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


def test_what_is_kept_with_a_concern_about_intimate_pictures_is_on_no_paper(story):
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


def test_the_marks_are_the_last_lines_and_the_newest_checkpoint(film, story):
    things = story.things
    assert [one.reference for one in film.mark.last] == [things["concern"].ref, things["support"].ref]
    # Quarters of an hour since 1970 at nine in the morning of 1 June 2026: 20,605 days of 96 quarters and 36 more.
    assert (film.mark.number, film.mark.checkpoint) == (26, 20_605 * 96 + 36)
    assert len(film.mark.root) == 64
