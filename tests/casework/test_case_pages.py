"""The desk of each role, cases and their parts, and search: what waits, by when, and no name before opening."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.workflow import parts
from incidents.models import Telling
from incidents.workflow import takedowns, triage
from schools.models import Looked
from schools.roles import Role
from schools.verify.telling import CHANGED, tell
from schools.workflow import people
from tests import factories, states
from tests.access.browsing import address, browser, sought
from tests.conftest import NOW
from tests.pages import in_order, never_said, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
FRIDAY = NOW - timedelta(days=3)  # 20 November 2026, 08:00
MONTH_AGO = NOW - timedelta(days=30)  # Saturday 24 October 2026, 08:00


def page(user, path="/", status=200):
    answer = browser(user).get(path)
    assert answer.status_code == status
    return words(answer)


def found_by(user, typed: str) -> str:
    """What somebody's search shows."""
    client = browser(user)
    return words(client.get(sought(client, typed)))


def test_a_teacher_is_shown_three_doors_whom_to_ring_and_their_reports(cast):
    concern = states.reported(cast, at=FRIDAY)
    said = page(cast.tom)
    in_order(said, "Report something", "I saw something online", "Someone contacted me", "I sent something by mistake")
    in_order(said, "If it cannot wait, ring now", "Dee Marsh", "My reports", concern.ref, "Not read yet")
    assert "waits for you" not in said
    assert never_said(said) == []


def test_the_safeguarding_lead_sees_what_is_unread_first_and_the_one_at_risk_above_all(cast):
    earlier = states.reported(cast, at=NOW - timedelta(hours=5))
    urgent = states.reported(cast, at=NOW - timedelta(minutes=14), at_risk="yes")
    triaged = states.triaged(cast, at=FRIDAY)
    said = page(cast.dee)
    in_order(
        said, "What waits for you", "overdue", "Not read yet", f"Read {urgent.ref}", "At risk now", "14 minutes ago"
    )
    in_order(said, f"Read {earlier.ref}", "5 hours ago", "Overdue", triaged.ref, "Due today")
    # Reported on Friday, so it is confirmed by the end of Monday.
    in_order(said, "Due today", f"Confirm or lift a conflict of interest {triaged.ref}")
    assert never_said(said) == []


def test_a_triaged_concern_stays_on_the_desk_until_it_has_a_case_or_an_end(cast):
    concern = states.about_nobody_here(cast, at=FRIDAY)
    for telling in Telling.objects.filter(record=concern.record, told_at=None):
        triage.record_told(concern, by=cast.dee, at=FRIDAY, telling=telling, told_at=FRIDAY)
    for user in (cast.dee, cast.harriet):
        in_order(page(user), "Your open work", f"Open a case, or finish without one {concern.ref}")
    states.settled(concern, cast, at=FRIDAY)
    triage.finish_concern(concern, by=cast.dee, at=FRIDAY, outcome="no_further_action", reason="It was a joke.")
    assert concern.ref not in page(cast.dee).partition("Report something")[0]


def test_the_desk_names_nobody(cast):
    states.triaged(cast, at=FRIDAY)
    states.read(cast, at=FRIDAY)
    for user in (cast.dee, cast.harriet):
        tasks = page(user).partition("Report something")[0]
        assert not [name for name in ("Sam Field", "Kit Lane", "Dot Evans", "Pat Field", "Tom Okoro") if name in tasks]


def test_the_head_is_asked_the_threshold_question_and_then_to_contact_the_lado(cast):
    concern = states.triaged(cast, at=FRIDAY)
    in_order(page(cast.harriet), "Due today", f"Answer the threshold question {concern.ref}")
    assert "threshold question" not in page(cast.dee)
    told = {"answer": "meets_threshold", "consulted": cast.dee.person, "reason": "Messages to a child."}
    triage.answer_threshold(concern, by=cast.harriet, at=FRIDAY + timedelta(hours=3), **told)
    # Known to the school on Friday: one working day is over at the end of Monday.
    in_order(page(cast.harriet), "Due today", f"Contact the LADO {concern.ref}", "Mon 23 Nov 2026", "the law")


def test_whoever_takes_over_from_the_head_is_asked_instead_of_the_head(cast):
    about_head = [{"name": "Harriet Lowe", "kind": "staff", "part": "subject"}]
    concern = states.triaged(cast, at=FRIDAY, people=about_head)
    in_order(page(cast.grace), "What waits for you", f"Answer the threshold question {concern.ref}")
    assert concern.ref not in page(cast.harriet)


def test_nothing_waits_says_the_same_whether_or_not_something_is_hidden(cast):
    before = browser(cast.pat).get("/").content
    states.triaged(cast, at=FRIDAY)
    without_tokens = [_without_tokens(one) for one in (before, browser(cast.pat).get("/").content)]
    assert without_tokens[0] == without_tokens[1]
    in_order(page(cast.pat), "Nothing waits for you")


def _without_tokens(body: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", body)


def test_whoever_stands_aside_has_nothing_of_it_on_the_desk(cast):
    concern = states.triaged(cast, at=FRIDAY)
    assert concern.ref not in page(cast.dot)
    assert concern.ref in page(cast.dee)


def test_somebody_to_tell_whom_nobody_named_still_waits(cast):
    concern = states.read(cast, at=FRIDAY)
    in_order(page(cast.dee), "Overdue", "Tell the ", concern.ref, "Fri 20 Nov 2026")


def test_the_personnel_lead_sees_the_dates_of_a_proceeding(cast):
    proceeding = states.arranged(cast, at=MONTH_AGO)
    # Hearing on 14 November at eight, three weeks after the start: a Saturday, and over.
    in_order(page(cast.hugh), "Overdue", f"Hold the hearing {proceeding.ref}", "Sat 14 Nov 2026, 08:00", "Overdue")
    # The one thing that waits in it stands there once, and is no suggestion of ours: the time was agreed.
    assert f"Work on {proceeding.ref}" not in page(cast.hugh)
    assert "our suggestion" not in page(cast.hugh)


def test_the_investigator_sees_the_one_part_handed_over(cast):
    proceeding = states.begun(cast, at=FRIDAY)
    said = page(cast.ivan)
    in_order(said, "Your open work", f"Work on {proceeding.ref}")
    in_order(
        page(cast.ivan, f"/parts/{proceeding.ref}/"),
        "Staff conduct: Sam Field",
        "Record the investigation",
        "Ivan Petrov",
    )


def test_a_takedown_is_chased_and_looked_at_again_when_its_day_comes(cast):
    takedown = states.requested(cast, at=FRIDAY)
    in_order(page(cast.dee), "Coming up", f"Chase a takedown {takedown.ref}", "Facebook", "Tue 24 Nov 2026")
    gone = {"happened_at": FRIDAY + timedelta(hours=6), "said": "The page is empty."}
    takedowns.confirm_removal(takedown, by=cast.dee, at=FRIDAY + timedelta(hours=6), **gone)
    assert takedown.ref not in page(cast.dee)  # thirty days are more than a week ahead


def test_support_not_offered_waits_until_it_is(cast):
    part = states.part(cast, "support", at=FRIDAY, about=cast.tom.person)
    in_order(page(cast.harriet), "Decisions waiting for you", f"Offer support {part.ref}")
    offered = {"answer": "accepted", "text": "The counselling line."}
    parts.offer_support(part, by=cast.harriet, at=FRIDAY + timedelta(hours=6), **offered)
    assert f"Offer support {part.ref}" not in page(cast.harriet)


def test_the_administrator_sees_an_office_that_nobody_holds_and_leavers_who_can_still_sign_in(cast):
    in_order(page(cast.ada), "Nothing waits for you")
    left = factories.member(cast.oakfield, "Lea Grant", at=MONTH_AGO, end_on=FRIDAY.date())
    office = cast.dee.person.appointments.get(role=Role.DSL)
    people.end_appointment(cast.oakfield, by=cast.ada, at=FRIDAY, appointment=office)
    said = page(cast.ada)
    in_order(said, "Decisions waiting for you", "Nobody is Designated Safeguarding Lead (DSL)")
    in_order(said, "Close the account of somebody who left", left.person.name)


def test_an_administrator_of_the_whole_trust_sees_the_gaps_of_each_of_its_schools(cast):
    chief = factories.member(cast.central, "Cleo Adams", Role.ADMINISTRATOR, at=MONTH_AGO, whole_trust=True)
    said = page(chief)
    in_order(said, "Decisions waiting for you", "Nobody is Head Elmwood School")
    assert "Nobody is Head Oakfield School" not in said


def test_a_change_behind_our_back_stands_first_on_the_desks_of_those_who_confirm_offices(cast):
    tell(1, at=FRIDAY)
    for user in (cast.ada, cast.harriet, cast.priya):
        in_order(page(user), CHANGED, "Let whoever keeps the machine run “verify_ledger”")
    assert CHANGED not in page(cast.dee)
    tell(0, at=FRIDAY)
    assert CHANGED not in page(cast.harriet)


def test_the_desk_leaves_one_line_of_who_looked_at_what(cast):
    concern = states.triaged(cast, at=FRIDAY)
    browser(cast.dee).get("/")
    (line,) = Looked.objects.all()
    assert (line.user_id, line.records) == (cast.dee.pk, [str(concern.pk)])


def test_the_desk_costs_the_same_for_three_of_each_as_for_one(cast, django_assert_num_queries):
    def one_of_each():
        states.reported(cast, at=FRIDAY)
        states.read(cast, at=FRIDAY)
        states.triaged(cast, at=FRIDAY)
        states.answered(cast, at=FRIDAY, answer="meets_threshold")
        states.requested(cast, at=FRIDAY)
        states.arranged(cast, at=MONTH_AGO)

    one_of_each()
    client = browser(cast.harriet)
    client.get("/")
    with CaptureQueriesContext(connection) as for_one:
        client.get("/")
    one_of_each()
    one_of_each()
    with django_assert_num_queries(len(for_one)):
        client.get("/")


def test_a_case_shows_its_parts_until_when_each_is_kept_and_the_history(cast):
    part = states.part(cast, "support", at=MONTH_AGO, about=cast.tom.person)
    said = page(cast.harriet, address(part.case))
    in_order(
        said,
        f"Case {part.case.ref}",
        "Open",
        "Parts",
        "Support",
        "About Tom Okoro",
        "Keep until",
        "Until a person decides",
    )
    in_order(said, "the day it runs from is not known", "Our suggestion", "Concerns", "Part of a case", "History")
    in_order(said, "History", "Part opened", "Case opened")
    assert never_said(said) == []
    in_order(page(cast.harriet, "/cases/"), part.case.ref, "Oakfield School", "Open", "29 days ago", "1 case")


def test_of_a_case_everybody_sees_the_parts_that_are_theirs(cast):
    conduct = states.part(cast, "conduct", at=MONTH_AGO)
    support = states.part(cast, "support", at=MONTH_AGO, case=conduct.case, about=cast.tom.person)
    of_personnel = page(cast.hugh, address(conduct.case))
    in_order(of_personnel, "Staff conduct", "None of them is yours to read.")
    assert support.ref not in of_personnel
    of_lead = page(cast.dee, address(conduct.case))
    assert support.ref in of_lead
    assert conduct.ref not in of_lead


def test_a_closed_part_says_what_came_of_it_and_the_day_it_is_kept_until(cast):
    part = states.part(cast, "support", at=MONTH_AGO, about=cast.tom.person)
    when = MONTH_AGO + timedelta(hours=6)
    parts.offer_support(part, by=cast.harriet, at=when, answer="declined", text="The counselling line.")
    ended = {"reason": "He does not want more.", "last_incident_on": MONTH_AGO.date()}
    parts.close_part(part, by=cast.harriet, at=when + timedelta(hours=1), **ended)
    said = page(cast.harriet, address(part))
    # Six years from the last incident, 24 October 2026.
    in_order(
        said, "Closed", "What came of it", "He does not want more.", "Support offered", "Declined", "Sun 24 Oct 2032"
    )
    assert never_said(said) == []


def test_a_proceeding_shows_its_stages_and_that_nothing_has_been_decided(cast):
    proceeding = states.arranged(cast, at=MONTH_AGO)
    said = page(cast.hugh, f"/parts/{proceeding.ref}/")
    in_order(said, "Nothing has been decided.", "What comes next", "Hold and record the hearing", "Harriet Lowe")
    in_order(
        said, "Being investigated", "Hearing arranged", "Heard; nothing has been decided", "What is alleged", "6.1"
    )
    in_order(
        said, "He wrote it, and says so.", "Who reads this part", "Ivan Petrov, Investigating officer", "investigates"
    )
    assert never_said(said) == []


def test_a_decided_proceeding_shows_the_finding_the_outcome_and_the_days_that_follow(cast):
    proceeding = states.found(cast, at=MONTH_AGO)
    said = page(cast.hugh, f"/parts/{proceeding.ref}/")
    in_order(said, "Decide the outcome", "Harriet Lowe", "What is alleged", "Found", "He said so.")
    assert "Nothing has been decided." not in said


def test_two_hundred_lines_of_history_show_the_latest_and_fold_the_rest(cast):
    part = states.part(cast, at=MONTH_AGO)
    for number in range(20):
        parts.write_note(
            part, by=cast.harriet, at=MONTH_AGO + timedelta(hours=6 + number), text=f"Rang, {number} times."
        )
    said = page(cast.harriet, address(part))
    in_order(
        said, "Rang, 19 times.", "Show the 8 earlier notes", "Rang, 7 times.", "History", "Show the 9 earlier lines"
    )


def test_search_finds_only_what_one_may_read_and_says_when_there_is_nothing(cast):
    concern = states.read(cast, at=FRIDAY)
    in_order(found_by(cast.dee, "anyone"), "Found, newest first", concern.ref, "Oakfield School")
    assert concern.ref not in found_by(cast.pat, "anyone")
    in_order(found_by(cast.pat, "anyone"), "Nothing was found")
    assert "Nothing was found" not in page(cast.dee, "/search/")
