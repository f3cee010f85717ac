"""One concern from a teacher's telephone to the printed case file, with every person, time and paragraph by hand.

The policy is that of All Saints; day 0 is the day of the event, a day given as a deadline means its end, and working
days leave out Saturdays, Sundays and bank holidays (Friday 25 and Monday 28 December 2026, Friday 1 January 2027).
"""

import pytest

from tests.journeys.ending import Closing, Printing, Unseen
from tests.journeys.proceeding import Beginning, Hearing, Investigating, Letter, Outcome
from tests.journeys.reporting import Reporting
from tests.journeys.story import Story
from tests.journeys.takedown import TakingDown
from tests.journeys.triaging import Deciding, Reading, Triaging

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(people, screenshot, time_comes):
    return Story(people, screenshot, time_comes)


def test_a_concern_goes_from_report_to_printed_case_file(story, tmp_path):
    it_is_reported(story)
    it_is_read(story)
    it_is_triaged(story)
    the_head_decides(story)
    the_picture_is_taken_down(story)
    the_proceeding_is_run(story)
    the_case_is_closed(story)
    the_case_file_is_printed(story, tmp_path)
    nobody_it_concerns_sees_any_of_it(story)


def it_is_reported(story):
    step = Reporting(story)
    step.given_he_is_told_whom_to_ring_before_anything_else()
    step.when_he_says_what_happened()
    step.when_he_names_whom_it_is_about_and_who_was_harmed()
    step.when_he_gives_the_link()
    step.when_he_adds_the_screenshot_and_sends()
    step.then_the_receipt_says_that_nobody_has_read_it()
    step.then_he_is_asked_to_delete_his_own_copy()
    step.then_it_stands_among_his_reports_with_its_stage_and_nothing_else()
    step.then_he_may_not_open_the_record_itself()


def it_is_read(story):
    step = Reading(story)
    step.given_it_waits_on_her_desk_without_a_name()
    step.when_she_opens_it()
    step.then_she_has_the_words_the_link_and_the_file()
    step.then_the_reporter_is_shown_that_somebody_has_read_it()


def it_is_triaged(story):
    step = Triaging(story)
    step.given_she_is_shown_who_must_know_by_when_and_under_which_paragraph()
    step.given_she_is_shown_the_times_of_the_law()
    step.given_she_is_shown_whose_question_it_is_and_what_may_be_charged()
    step.when_she_says_what_it_is_and_why()
    step.then_the_question_is_the_heads_and_nobody_elses()
    step.then_the_reporter_is_shown_that_it_is_being_dealt_with()
    step.when_she_records_that_the_head_was_told()
    step.then_it_says_so()


def the_head_decides(story):
    step = Deciding(story)
    step.given_the_question_waits_on_her_desk()
    step.when_she_answers_the_threshold_question_with_dee_consulted()
    step.then_the_decision_is_on_record()
    step.when_she_confirms_who_is_kept_out()
    step.when_she_opens_a_case()
    step.when_she_opens_a_part_for_the_person_harmed()
    step.when_she_opens_a_part_for_the_person_it_is_about()
    step.then_the_case_shows_both_with_until_when_each_is_kept()


def the_picture_is_taken_down(story):
    step = TakingDown(story)
    step.when_she_asks_the_platform()
    step.then_it_says_when_to_chase()
    step.when_the_platform_says_the_next_day_that_it_is_gone()
    step.then_it_is_not_taken_for_gone_until_somebody_has_looked()
    step.when_she_has_looked_herself()
    step.then_it_is_gone_and_looked_at_again_in_thirty_days()


def the_proceeding_is_run(story):
    begun = Beginning(story)
    begun.given_he_sees_the_case_and_in_it_the_conduct_part_alone()
    begun.given_nothing_else_of_it_exists_for_him()
    begun.when_he_begins_with_ivan_and_harriet()
    begun.then_nothing_has_been_decided_and_ivan_has_twenty_days()
    investigated = Investigating(story)
    investigated.given_it_is_all_that_waits_for_him()
    investigated.when_he_records_the_investigation()
    investigated.then_the_next_step_is_a_hearing()
    heard = Hearing(story)
    heard.when_he_gives_notice_for_a_day_too_soon()
    heard.then_he_is_told_from_when_on_it_may_be()
    heard.when_he_chooses_the_day_after()
    heard.then_the_papers_are_due_before_it()
    heard.when_it_was_heard()
    heard.then_still_nothing_has_been_decided()
    decided = Outcome(story)
    decided.when_she_records_her_finding()
    decided.when_she_decides_the_outcome()
    decided.then_the_letter_and_the_warning_have_their_days_and_an_appeal_has_none_yet()
    told = Letter(story)
    told.when_he_records_that_it_was_given()
    told.then_the_days_run_from_it()


def the_case_is_closed(story):
    step = Closing(story)
    step.given_support_cannot_be_closed_before_it_was_offered()
    step.when_she_offers_support()
    step.when_the_last_day_for_an_appeal_is_over_and_each_closes_their_part()
    step.then_each_part_says_when_it_is_destroyed_and_why()
    step.when_she_closes_the_case()
    step.then_it_is_closed_and_the_look_at_the_post_is_overdue()


def the_case_file_is_printed(story, folder):
    step = Printing(story, folder)
    step.when_she_asks_for_the_case_file()
    step.then_she_sees_that_it_is_being_made()
    step.when_it_has_been_made()
    step.then_the_page_says_so_by_itself()
    step.when_she_fetches_it()
    step.then_it_names_the_case_and_its_reader_and_tells_the_story()
    step.then_the_history_says_who_fetched_it()


def nobody_it_concerns_sees_any_of_it(story):
    for name in ("sam", "pat"):
        step = Unseen(story, name)
        step.then_their_desk_shows_nothing_of_it()
        step.then_no_search_finds_any_of_it()
        step.then_nothing_of_it_is_on_any_page_to_which_a_link_leads()
        step.then_each_of_its_addresses_answers_as_if_it_had_never_been()
