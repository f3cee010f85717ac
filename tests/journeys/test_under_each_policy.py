"""The same teacher, safeguarding lead, head and personnel lead under the other four policies, to a copy for a hearing.

Working days leave out Saturdays, Sundays, Friday 25 and Monday 28 December 2026 and Friday 1 January 2027. The fifth is
the matter of `test_from_report_to_case_file`, which walks the same pages and looks for barriers on each.
"""

from datetime import timedelta

import pytest

from schools import policy
from schools.roles import Role
from tests import factories as make
from tests.conftest import NOW
from tests.journeys.ending import Closing, Printing
from tests.journeys.matters import ARCHWAY, LTE, LWLAT, SOVEREIGN
from tests.journeys.proceeding import Beginning, Hearing, Investigating, Letter, Outcome
from tests.journeys.reporting import Reporting
from tests.journeys.story import Story
from tests.journeys.takedown import TakingDown
from tests.journeys.triaging import Deciding, Reading, Triaging

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[ARCHWAY, LTE, SOVEREIGN, LWLAT], ids=lambda matter: matter.pack)
def story(request, people, screenshot, time_comes):
    """Oakfield under another policy, with an executive head and a chief executive; all but Tom have signed in."""
    cast, since = people.cast, NOW - timedelta(days=300)
    make.policy_of(cast.trust, policy.text_of(request.param.pack), at=since)
    make.member(cast.central, "Edith Moss", Role.EXECUTIVE_HEAD, at=since, whole_trust=True)
    make.member(cast.central, "Cora Blake", Role.CEO, at=since, whole_trust=True)
    people.looks_for_barriers = False
    for name in ("dee", "harriet", "hugh", "ivan"):
        people.recognised(name)
    return Story(people, screenshot, time_comes, matter=request.param)


def test_a_concern_goes_from_report_to_the_copy_for_a_hearing_under_another_policy(story, tmp_path):
    it_is_reported(story)
    it_is_read_and_triaged(story)
    the_head_decides(story)
    the_platform_is_asked(story)
    the_proceeding_is_begun(story)
    it_is_investigated_and_heard(story)
    the_outcome_is_decided_and_told(story)
    the_case_is_closed(story)
    the_case_file_is_printed(story, tmp_path)


def it_is_reported(story):
    step = Reporting(story)
    step.when_he_says_what_happened()
    step.when_he_names_whom_it_is_about_and_who_was_harmed()
    step.when_he_gives_the_link()
    step.when_he_adds_the_screenshot_and_sends()
    step.then_the_receipt_says_that_nobody_has_read_it()


def it_is_read_and_triaged(story):
    Reading(story).when_she_finds_and_opens_it()
    step = Triaging(story)
    step.given_she_is_shown_who_must_know_by_when_and_under_which_paragraph()
    step.given_she_is_shown_the_times_of_the_law()
    step.given_she_is_shown_whose_question_it_is_and_what_may_be_charged()
    step.given_she_is_shown_what_the_policy_says_of_removal_and_governors()
    step.when_she_says_what_it_is_and_why()
    step.then_the_question_is_the_heads_and_nobody_elses()
    step.when_she_records_that_the_head_was_told()
    step.then_it_says_so()


def the_head_decides(story):
    step = Deciding(story)
    step.given_the_question_waits_on_her_desk()
    step.when_she_answers_the_threshold_question_with_dee_consulted()
    step.then_the_decision_is_on_record()
    step.when_she_confirms_who_is_kept_out()
    step.when_she_records_what_else_the_policy_wants_on_record()
    step.when_she_opens_a_case()
    step.when_she_opens_a_part_for_the_person_it_is_about()


def the_platform_is_asked(story):
    step = TakingDown(story)
    step.when_she_asks_the_platform()
    step.then_it_says_when_to_chase()


def the_proceeding_is_begun(story):
    step = Beginning(story)
    step.when_he_begins_with_ivan_and_harriet()
    # From Monday 23 November: 24 to 27 (4), 30 to 4 December (9), 7 to 11 (14), 14 to 18 (19), Monday 21 (20).
    step.then_nothing_has_been_decided_and_ivan_has_twenty_days(until="Mon 21 Dec 2026")


def it_is_investigated_and_heard(story):
    investigated = Investigating(story)
    investigated.when_he_records_the_investigation()
    investigated.then_the_next_step_is_a_hearing()
    heard = Hearing(story)
    heard.when_he_gives_notice_for_a_day_too_soon()
    heard.then_he_is_told_from_when_on_it_may_be()
    heard.when_he_chooses_the_day_after()
    heard.then_the_papers_are_due_before_it()
    heard.when_it_was_heard()
    heard.then_still_nothing_has_been_decided()


def the_outcome_is_decided_and_told(story):
    decided = Outcome(story)
    decided.when_she_records_her_finding()
    decided.when_she_decides_the_outcome()
    decided.then_the_letter_and_the_warning_have_their_days_and_an_appeal_has_none_yet()
    told = Letter(story)
    told.when_he_records_that_it_was_given()
    told.then_the_days_run_from_it()


def the_case_is_closed(story):
    step = Closing(story)
    step.when_the_last_day_for_an_appeal_is_over_and_hugh_closes_his_part()
    step.then_it_says_when_it_is_destroyed_and_why()
    step.when_she_closes_the_case()
    step.then_it_is_closed()


def the_case_file_is_printed(story, folder):
    step = Printing(story, folder)
    step.when_she_asks_for_the_case_file(kind="For a hearing about staff conduct")
    step.when_it_has_been_made()
    step.then_the_page_says_so_by_itself()
    step.when_she_fetches_it()
    step.then_it_says_who_acted_and_what_is_charged_under_which_policy()
    step.then_it_tells_the_procedure_from_notice_to_letter()
    step.then_it_masks_whoever_only_reported_it()
