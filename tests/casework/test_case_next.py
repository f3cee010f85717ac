"""What comes next in a case, on its page and on the desk: its parts, the first of them, and whoever closes it."""

from datetime import timedelta

import pytest

from casework.workflow import cases, parts
from incidents.workflow import triage
from tests import states
from tests.access.browsing import address, browser
from tests.conftest import NOW
from tests.pages import in_order, never_said, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
MONTH_AGO = NOW - timedelta(days=30)
HEAD_CLOSES = "Head of School, or whoever acts for them here"


def page(user, path="/"):
    answer = browser(user).get(path)
    assert answer.status_code == 200
    return words(answer)


def test_a_case_without_a_part_asks_for_its_first_on_the_page_and_on_the_desk(cast):
    case = states.in_case(cast, at=MONTH_AGO)
    for user in (cast.dee, cast.harriet):
        in_order(page(user, address(case)), "What comes next", "Open its first part", "Concerns")
        in_order(page(user), "Your open work", f"Open its first part {case.ref}", "A case without a part")


def test_a_case_says_that_the_head_closes_it_once_each_part_is_closed(cast):
    part = states.part(cast, "support", at=MONTH_AGO, about=cast.tom.person)
    said = page(cast.dee, address(part.case))
    in_order(said, "What comes next", "Work on: Support: Tom Okoro", "once each of its parts is closed", HEAD_CLOSES)
    assert never_said(said) == []
    assert "Close the case" not in page(cast.harriet)


def test_when_its_last_part_closes_a_case_waits_on_the_desk_of_the_head_alone(cast):
    part = states.part(cast, at=MONTH_AGO, case=states.settled_case(cast, at=MONTH_AGO))
    ended = {"reason": "The child is safe.", "nowhere_else_reason": "She is named nowhere else."}
    parts.close_part(part, by=cast.dee, at=MONTH_AGO + timedelta(hours=6), **ended)
    in_order(page(cast.harriet), "Your open work", f"Close the case {part.case.ref}", "Each of its parts is closed")
    assert "Close the case" not in page(cast.dee)
    in_order(page(cast.dee, address(part.case)), "What comes next", "Close the case", HEAD_CLOSES)
    cases.close_case(part.case, by=cast.harriet, at=NOW)
    assert part.case.ref not in page(cast.harriet)
    in_order(page(cast.harriet, address(part.case)), "What comes next", "This case is closed.")


def test_a_part_names_the_date_that_is_missing_and_leads_to_where_it_is_typed(cast):
    part = states.part(cast, at=MONTH_AGO)
    for path in (address(part), address(part.case)):
        answer = browser(cast.dee).get(path)
        in_order(words(answer), "Until a person decides", "Missing: the date of birth of the person it is about")
        assert f'href="/parts/{part.ref}/record-dates/"' in answer.content.decode()
    in_order(page(cast.dee, address(part, "record-dates")), "Date of birth of the person it is about", "Day")


def test_the_acts_of_a_part_stand_in_groups_and_none_that_is_over_among_them(cast):
    part = states.part(cast, "support", at=MONTH_AGO, about=cast.tom.person)
    said = page(cast.dee, address(part))
    in_order(said, "What comes next", "Offer support", "What else you can do", "Write a note", "Rarely needed", "Hand")
    in_order(said, "Rarely needed", "Also recorded in", "Not now, and why", "Close this part: Offer support first")
    assert "Begin a proceeding" not in said


def test_a_question_that_stands_open_in_a_joined_concern_waits_on_the_page_of_its_case_and_on_the_desk(cast):
    concern = states.triaged(cast, at=MONTH_AGO)
    case = cases.open_case(concern, by=cast.dee, at=MONTH_AGO)
    unanswered = f"{concern.ref}: The threshold question has not been answered."
    in_order(page(cast.harriet, address(case)), "What comes next", unanswered, "Open its first part")
    in_order(page(cast.harriet), "Overdue", f"Answer the threshold question {concern.ref}")
    told = {"answer": "meets_threshold", "consulted": cast.dee.person, "reason": "A child was named."}
    triage.answer_threshold(concern, by=cast.harriet, at=MONTH_AGO, **told)
    lado = f"{concern.ref}: Answer first, and record it: Has the local authority designated officer (LADO) been told?"
    in_order(page(cast.harriet, address(case)), "What comes next", lado, "Open its first part")
    assert "Answer the threshold question" not in page(cast.harriet)


def test_what_a_proceeding_waits_for_stands_on_the_desk_of_whose_it_is(cast):
    proceeding = states.investigated(cast, at=MONTH_AGO)
    in_order(page(cast.hugh), "Decisions waiting for you", f"Arrange the hearing {proceeding.ref}")
    states.held_of(states.arranged_of(proceeding, cast, at=MONTH_AGO), cast, at=MONTH_AGO)
    in_order(page(proceeding.decision_maker.user), "Decisions waiting for you", f"Record the findings {proceeding.ref}")
    in_order(page(cast.hugh), "Your open work", f"Work on {proceeding.ref}")


def test_a_desk_with_nothing_on_it_says_so_kindly_and_leads_on(cast):
    answer = browser(cast.grace).get("/")
    in_order(words(answer), "Nothing waits for you", "You are up to date.", "If you have a minute", "Report something")
    for path in ("/policy/", "/what-if/", "/schools/"):
        assert f'<a class="govuk-link" href="{path}">' in answer.content.decode()
        assert browser(cast.grace).get(path, follow=True).status_code == 200


def test_closing_asks_only_what_its_facts_call_for(cast):
    support = states.part(cast, "support", at=MONTH_AGO, about=cast.tom.person)
    parts.offer_support(support, by=cast.dee, at=MONTH_AGO, answer="accepted", text="Counselling.")
    assert "recorded nowhere else" not in page(cast.dee, address(support, "close-part"))
    child = states.part(cast, at=MONTH_AGO, case=states.settled_case(cast, at=MONTH_AGO))
    in_order(page(cast.dee, address(child, "close-part")), "about a child’s safety and recorded nowhere else: why?")
    empty = states.settled_case(cast, at=MONTH_AGO)
    in_order(page(cast.harriet, address(empty, "close-case")), "If nothing was opened in it: how does it end?")
    closed = {"by": cast.dee, "at": MONTH_AGO + timedelta(hours=6), "reason": "Safe.", "nowhere_else_reason": "None."}
    parts.close_part(child, **closed)
    assert "If nothing was opened" not in page(cast.harriet, address(child.case, "close-case"))
    browser(cast.harriet).post(address(child.case, "close-case"))
    child.case.refresh_from_db()
    assert child.case.status == "closed"


def test_of_what_has_no_end_yet_the_page_does_not_guess_how_long_it_is_kept(cast):
    part = states.begun(cast, at=MONTH_AGO).part
    kept = page(cast.hugh, address(part)).rpartition("Keep until")[2].partition("Who reads this part")[0]
    in_order(kept, "No date yet", "It follows from how this ends.")
    assert "not found" not in kept


def test_the_threshold_question_stands_on_the_desk_with_its_time(cast):
    # Told on Monday at eight: the LADO is contacted by the end of Tuesday, and so the head has answered by then.
    concern = states.triaged(cast, at=NOW - timedelta(hours=3))
    asked = f"Answer the threshold question {concern.ref}"
    in_order(page(cast.harriet), "Decisions waiting for you", asked, "by the end of Tue 24 Nov 2026", "the law")
    late = states.triaged(cast, at=MONTH_AGO)
    in_order(page(cast.harriet), "Overdue", f"Answer the threshold question {late.ref}", "Overdue")
