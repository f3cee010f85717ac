"""Marking the child's safety part as held in the child's own file: its words go sooner here, the rest stays."""

from datetime import date

import pytest
from django.db import transaction

from casework import keeping
from casework.models import AlsoRecorded, Note, Part
from casework.rules import retention
from casework.workflow.childs_file import hold_in_childs_file
from casework.workflow.parts import close_part, copy_for_childs_file, copy_item, record_dates, reopen_part, write_note
from schools import ledger
from tests import states
from tests.access.browsing import address, browser
from tests.pages import in_order, words

pytestmark = pytest.mark.django_db
HELD = {"reference": "CPOMS 4711", "held_on": date(2026, 11, 23)}


def written(cast, at, lane="safeguarding") -> Part:
    """A part about a child born on 1 March 2012, of which the text for the child's file is written."""
    part = record_dates(states.part(cast, lane, at=at), by=cast.dee, at=at, born_on=date(2012, 3, 1))
    return copy_for_childs_file(part, by=cast.dee, at=at, text="About Kit Lane.")


def fate(part, at):
    return keeping.fate(Part.objects.get(pk=part.pk), today=at.date()).fate


def test_hold_in_childs_file_is_for_those_who_work_on_the_part(cast, at):
    assert states.who_may(hold_in_childs_file, written(cast, at), cast, at=at) == ("dee harriet", "dot")


def test_hold_in_childs_file_waits_for_the_text(cast, at):
    part = states.part(cast, at=at)
    why = states.why_not(hold_in_childs_file, part, by=cast.dee, at=at, **HELD)
    assert why == "Write the text for the child’s file first."


def test_hold_in_childs_file_is_for_the_childs_safety_alone_and_done_once(cast, at):
    support = states.part(cast, "support", at=at)
    why = states.why_not(hold_in_childs_file, support, by=cast.dee, at=at, **HELD)
    assert why == "Only the child’s safety part goes into a child’s file."
    part = hold_in_childs_file(written(cast, at), by=cast.dee, at=at, **HELD)
    why = states.why_not(hold_in_childs_file, part, by=cast.dee, at=at, **HELD)
    assert why == "It is marked as held in the child’s file already."


def about_sam(cast, at) -> Part:
    """A child's safety part about Sam, born on 1 March 1990, whose conduct on 23 November 2026 met the threshold."""
    case = states.opened(states.answered(cast, at=at, answer="meets_threshold"), cast, at=at)
    part = states.part(cast, at=at, case=case, about=cast.sam.person)
    record_dates(part, by=cast.dee, at=at, born_on=date(1990, 3, 1))
    return copy_for_childs_file(part, by=cast.dee, at=at, text="About Kit Lane.")


def test_hold_in_childs_file_is_refused_for_a_part_about_a_member_of_staff(cast, at):
    why = states.why_not(hold_in_childs_file, about_sam(cast, at), by=cast.dee, at=at, **HELD)
    assert why == "This part is about a member of staff: it is kept as an allegation is, and never goes sooner."


def test_a_mark_that_stands_never_shortens_how_long_an_allegation_is_kept(cast, at):
    part = about_sam(cast, at)
    with transaction.atomic():
        part.held_in_childs_file_on = HELD["held_on"]
        ledger.record("part.held_in_childs_file", part.record, part, by=cast.dee, at=at)
    # Until pension age, 1 March 2058 for somebody born in 1990, which is later than ten years.
    assert (fate(part, at).rule, fate(part, at).due_on) == ("RET-ALLEG", date(2058, 3, 1))


def test_hold_in_childs_file_is_never_of_a_day_to_come(cast, at):
    tomorrow = HELD | {"held_on": date(2026, 11, 24)}
    why = states.why_not(hold_in_childs_file, written(cast, at), by=cast.dee, at=at, **tomorrow)
    assert why == "The day it was put into the child’s file cannot be in the future."


def test_hold_in_childs_file_shortens_how_long_the_words_are_kept(cast, at):
    part = written(cast, at)
    # The twenty-fifth birthday of a child born on 1 March 2012.
    assert (fate(part, at).due_on, fate(part, at).rule) == (date(2037, 3, 1), "RET-CP-PUPIL")
    hold_in_childs_file(part, by=cast.dee, at=at, **HELD)
    assert (fate(part, at).due_on, fate(part, at).action) == (None, "keep_open")
    close_part(part, by=cast.dee, at=at, reason="The child is safe.")
    found = fate(part, at)
    # Closed on Monday 23 November 2026: that school year ends on 31 August 2027.
    assert (found.due_on, found.rule) == (date(2027, 8, 31), "RET-HELD")
    assert found.why == (
        "Child’s safety part held in the child’s own file: closed on 23 November 2026; at the end of the school year, "
        "its words go. Its reference, dates and decisions stay."
    )


def test_a_part_opened_again_is_not_held_there_any_more(cast, at):
    part = hold_in_childs_file(written(cast, at), by=cast.dee, at=at, **HELD)
    close_part(part, by=cast.dee, at=at, reason="The child is safe.")
    reopen_part(part, by=cast.dee, at=at + states.DAY, reason="A second picture.")
    assert Part.objects.get().held_in_childs_file_on is None
    assert (fate(part, at).due_on, fate(part, at).rule) == (date(2037, 3, 1), "RET-CP-PUPIL")


def test_hold_in_childs_file_is_never_of_a_day_before_the_text(cast, at):
    early = HELD | {"held_on": date(2026, 11, 22)}
    why = states.why_not(hold_in_childs_file, written(cast, at), by=cast.dee, at=at, **early)
    assert why == "The day it was put into the child’s file cannot be before the text for it was written."


@pytest.mark.parametrize("lane", ["safeguarding", "support"])
def test_what_is_written_later_is_not_in_that_file_and_never_goes_sooner(cast, at, lane):
    """By a note of its own, or by one copied from another part of the case."""
    part = hold_in_childs_file(written(cast, at), by=cast.dee, at=at, **HELD)
    told = part if lane == "safeguarding" else states.part(cast, lane, at=at, case=part.case)
    write_note(told, by=cast.dee, at=at, text="His father hits him.")
    if told is not part:
        copy_item(told, by=cast.dee, at=at, note=Note.objects.get(kind="note"), into=part)
    part = close_part(Part.objects.get(pk=part.pk), by=cast.dee, at=at, reason="The child is safe.")
    assert (fate(part, at).due_on, fate(part, at).rule) == (date(2037, 3, 1), "RET-CP-PUPIL")


AGAIN = "Write the text for the child’s file again first: something was added after it."


def test_hold_in_childs_file_waits_for_a_text_that_holds_all_that_was_written(cast, at):
    part = write_note(written(cast, at), by=cast.dee, at=at, text="His father hits him.", happened_at=at - states.DAY)
    assert states.why_not(hold_in_childs_file, part, by=cast.dee, at=at, **HELD) == AGAIN
    part = copy_for_childs_file(part, by=cast.dee, at=at, text="About Kit Lane and his father.")
    assert hold_in_childs_file(part, by=cast.dee, at=at, **HELD).held_in_childs_file_on == HELD["held_on"]


def test_hold_in_childs_file_waits_for_a_text_written_after_it_was_opened_again(cast, at):
    part = hold_in_childs_file(written(cast, at), by=cast.dee, at=at, **HELD)
    close_part(part, by=cast.dee, at=at, reason="The child is safe.")
    part = reopen_part(part, by=cast.dee, at=at, reason="A second picture.")
    assert states.why_not(hold_in_childs_file, part, by=cast.dee, at=at, **HELD) == AGAIN


def test_hold_in_childs_file_says_so_on_the_page_with_where(cast, on_the_day):
    part = written(cast, on_the_day)
    hold_in_childs_file(part, by=cast.dee, at=on_the_day, **HELD)
    assert states.words(AlsoRecorded.objects.get()).reference == "CPOMS 4711"
    shown = words(browser(cast.dee).get(address(part)))
    in_order(shown, "Also recorded in", "Child protection file, CPOMS 4711", "Held in the child’s file since")


def test_hold_in_childs_file_leaves_its_line(cast, at):
    part = hold_in_childs_file(written(cast, at), by=cast.dee, at=at, **HELD)
    assert states.last_line(part) == ("part.held_in_childs_file", cast.dee.pk, at, {})


@pytest.mark.parametrize(
    ("closed_on", "due_on"),
    [
        ("2026-11-23", "2027-08-31"),
        ("2027-08-31", "2027-08-31"),
        ("2027-09-01", "2028-08-31"),
        ("2028-02-29", "2028-08-31"),
    ],
)
def test_the_words_go_at_the_end_of_the_school_year_in_which_it_was_closed(closed_on, due_on):
    decided = retention.decide(records=[{"record": "held_in_childs_file", "closure_on": closed_on}])
    assert (decided["due_on"], decided["rule"], decided["action"]) == (due_on, "RET-HELD", "review_then_dispose")


def test_a_period_of_the_trusts_own_runs_first():
    own = {"held_in_childs_file": {"period": "P1Y", "ref": "7.2"}}
    facts = [{"record": "held_in_childs_file", "closure_on": "2026-11-23"}]
    decided = retention.decide(records=facts, own_periods=own)
    assert (decided["due_on"], decided["authority"]) == ("2028-08-31", "Your policy, 7.2")


def test_until_it_is_closed_it_stays():
    decided = retention.decide(records=[{"record": "held_in_childs_file"}])
    assert (decided["due_on"], decided["rule"], decided["action"]) == (None, "RET-HELD", "keep_open")
