"""The pages about a record's history: what a line changed, who looked, and whether anything was altered."""

from datetime import timedelta

import pytest
from django.db import connection

from casework.models import Note
from casework.workflow.parts import close_part, copy_item, record_dates, write_note
from casework.workflow.proceedings import decide_outcome
from incidents.models import Concern, Evidence
from incidents.workflow import reporting, takedowns, triage
from schools import files
from schools.models import Entry, Looked
from tests import states
from tests.access.browsing import address, browser
from tests.conftest import NOW
from tests.pages import in_order, never_said, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
FRIDAY = NOW - timedelta(days=3)


def page(user, path, status=200):
    answer = browser(user).get(path)
    assert answer.status_code == status
    return words(answer)


def seq_of(thing, verb: str) -> int:
    return Entry.objects.filter(record=thing.record, verb=verb).latest("seq").seq


def test_a_line_says_what_became_of_each_field(cast):
    concern = states.answered(cast, at=FRIDAY)
    said = page(cast.dee, address(concern)).rpartition("History")[2]
    in_order(said, "Threshold question answered", "threshold: none → became Low-level concern")
    in_order(said, "Concern triaged", "stage: Waiting for triage → became Triaged")
    assert "triaged at" not in said  # it is the time of the line itself
    assert never_said(said) == []


def test_of_an_outcome_the_history_says_what_it_was_and_what_it_became(cast):
    proceeding = states.found(cast, at=NOW - timedelta(days=30))
    decide_outcome(proceeding, by=cast.harriet, at=NOW, outcome="first_written_warning", reason="Found proved.")
    said = page(cast.hugh, f"/parts/{proceeding.ref}/").rpartition("History")[2]
    in_order(said, "Outcome decided by Harriet Lowe", "stage: Findings made → became Decided")
    in_order(said, "outcome: none → became First written warning")


def test_of_kept_words_the_history_says_that_they_changed_and_the_line_shows_both(cast):
    concern = states.triaged(cast, at=FRIDAY)
    again = {"code": "CONFID", "direction": "staff_act", "reason": "After ringing the parent."}
    triage.triage(concern, by=cast.dee, at=NOW - timedelta(hours=1), **again)
    said = page(cast.dee, address(concern)).rpartition("History")[2]
    in_order(said, "Concern triaged", "triage reason: words changed", "Concern triaged", "triage reason: words written")
    assert "After ringing" not in said
    seq = seq_of(concern, "concern.triaged")
    line = page(cast.dee, f"/records/{concern.ref}/history/{seq}/")
    in_order(line, "Concern triaged", "By Dee Marsh", "Triage reason", "Before: As reported.", "After: After ringing")
    page(cast.pat, f"/records/{concern.ref}/history/{seq}/", status=404)


def test_what_it_also_is_stands_in_words_on_the_page_and_in_the_history(cast):
    concern = states.triaged(cast, at=FRIDAY)
    again = {"code": "PROCESS", "secondary_codes": ["NOT_REMOVED"], "direction": "staff_act", "reason": "Not gone."}
    triage.triage(concern, by=cast.dee, at=NOW - timedelta(hours=1), **again)
    said = page(cast.dee, address(concern))
    in_order(said, "Also", "Did not remove a post when told to", "History", "also: none → became Did not remove a post")
    assert "NOT_REMOVED" not in said


def test_the_same_words_kept_anew_are_no_change(cast):
    part = states.part(cast, at=FRIDAY)
    close_part(part, by=cast.dee, at=NOW - timedelta(hours=1), reason="The child is safe.", nowhere_else_reason="None.")
    said = page(cast.dee, address(part)).rpartition("History")[2].partition("Part opened")[0]
    in_order(said, "Part closed", "stage: Open → became Closed", "what came of it: words written")
    assert "headline" not in said


def test_on_whose_word_somebody_is_told_stands_in_words(cast):
    concern = states.reported(cast, at=FRIDAY)
    triage.read_report(concern, by=cast.dee, at=FRIDAY)
    said = page(cast.dee, f"/records/{concern.ref}/history/1/")
    # Paragraph 5.e of the policy names the safeguarding lead, and no time: that is our suggestion.
    in_order(said, "Somebody to tell", "On whose word by then", "our suggestion", "Because of", "your policy", "5.e")


def test_a_line_that_made_something_shows_it_whole(cast):
    part = record_dates(states.part(cast, at=FRIDAY), by=cast.dee, at=NOW, last_incident_on=NOW.date())
    opened = page(cast.dee, f"/records/{part.ref}/history/1/")
    in_order(opened, "Part opened", "Part New", "Stage", "Open")
    changed = page(cast.dee, f"/records/{part.ref}/history/2/")
    in_order(changed, "Dates recorded", "Last incident on", "Before: none", "After: Mon 23 Nov 2026")
    page(cast.dee, f"/records/{part.ref}/history/3/", status=404)


def test_the_history_is_narrowed_by_kind_and_person_in_the_address(cast):
    concern = states.answered(cast, at=FRIDAY)
    takedown = states.requested(cast, at=FRIDAY, concern=concern)
    takedowns.log_reply(takedown, by=cast.harriet, at=NOW, answer="waiting", happened_at=NOW, said="Nothing yet.")
    of_kind = page(cast.dee, f"{address(concern)}?kind=takedowns").rpartition("History")[2]
    in_order(of_kind, "Take away: What: Places and takedowns", "2 of 6 lines", "Reply about a takedown", "requested")
    assert "Concern triaged" not in of_kind
    both = page(cast.dee, f"{address(concern)}?kind=takedowns&by={cast.harriet.pk}").rpartition("History")[2]
    in_order(both, "Take away: Who: Harriet Lowe", "1 of 6 lines", "Reply about a takedown logged by Harriet Lowe")
    odd = page(cast.dee, f"{address(concern)}?kind=nothing&by=nobody").rpartition("History")[2]
    in_order(odd, "Concern triaged", "Concern reported")


def test_who_looked_is_shown_to_the_owner_of_a_record_and_to_nobody_else(cast):
    concern = states.triaged(cast, at=FRIDAY)
    page(cast.harriet, address(concern))
    path = f"/records/{concern.ref}/looked/"
    said = page(cast.dee, path)
    in_order(said, "Who looked at this", "Harriet Lowe", "Head", "Its page", "1 look")
    in_order(page(cast.dee, path), "Your own looks are left out.", "1 look")
    assert "Who looked at this" in page(cast.dee, address(concern))
    # Dot stands aside, Tom reported it, it does not exist for Pat, and it is no matter of Priya's.
    assert "Who looked at this" not in page(cast.dot, address(concern))
    for user, status in ((cast.dot, 403), (cast.tom, 404), (cast.pat, 404), (cast.priya, 404), (cast.ada, 404)):
        page(user, path, status=status)
    breach = states.part(cast, "data_breach", at=FRIDAY)
    in_order(page(cast.priya, f"/records/{breach.ref}/looked/"), "Data breach", "Who looked at this")


def test_each_of_these_pages_says_who_looked(cast):
    concern = states.triaged(cast, at=FRIDAY)
    for path in ("history/1/", "looked/", "verified/"):
        page(cast.dee, f"/records/{concern.ref}/{path}")
        assert Looked.objects.latest("at").records == [str(concern.pk)]


def test_the_check_says_that_nothing_was_altered(cast):
    concern = states.answered(cast, at=FRIDAY)
    said = page(cast.dee, f"/records/{concern.ref}/verified/")
    # Reported, read, triaged, answered.
    in_order(said, "Nothing was altered", "each of the 4 lines of its history follows from the one before")
    assert never_said(said) == []
    page(cast.pat, f"/records/{concern.ref}/verified/", status=404)


def test_the_check_names_what_was_changed_without_an_act_and_only_in_this_record(cast):
    concern, other = states.triaged(cast, at=FRIDAY), states.triaged(cast, at=FRIDAY)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Concern._meta.db_table} SET status = 'finished' WHERE ref = %s",  # noqa: S608 (a table's name)
            [concern.ref],
        )
    said = page(cast.dee, f"/records/{concern.ref}/verified/")
    in_order(said, "Something was altered", f"Record {concern.ref}: concern", "changed without an act (column status)")
    in_order(page(cast.dee, f"/records/{other.ref}/verified/"), "Nothing was altered")


def test_the_check_names_a_file_that_is_gone(cast):
    concern = states.read(cast, at=FRIDAY)
    added = {"files": [states.upload(cast.dee)], "how_seen": "public"}
    reporting.add_evidence(concern, by=cast.dee, at=NOW, **added)
    in_order(page(cast.dee, f"/records/{concern.ref}/verified/"), "Nothing was altered")
    (item,) = Evidence.objects.filter(record=concern.record)
    files.store().delete(item.stored_as)
    said = page(cast.dee, f"/records/{concern.ref}/verified/")
    in_order(said, "Something was altered", "the stored file of evidence")


def test_of_a_copy_on_paper_the_history_of_a_record_says_only_that_it_was_asked_for(cast):
    concern = states.answered(cast, at=FRIDAY)
    case = states.opened(concern, cast, at=FRIDAY)
    states.asked_for(cast, at=FRIDAY, subject=case)
    line = page(cast.dee, f"/records/{concern.ref}/history/{seq_of(concern, 'paper.asked')}/")
    in_order(line, "Copy asked for", "By Harriet Lowe")
    for kept in ("recipient", "purpose", "audience", "legal ground", "destroy by"):
        assert kept not in line.lower()


def test_from_which_part_an_item_came_is_told_to_those_who_see_that_part(cast):
    case = states.in_case(cast, at=FRIDAY)
    conduct = states.part(cast, "conduct", at=FRIDAY, case=case)
    into = states.part(cast, at=FRIDAY, case=case)
    write_note(conduct, by=cast.harriet, at=NOW, text="He has a key to the hall.")
    copy_item(conduct, by=cast.harriet, at=NOW, note=Note.objects.get(record=conduct.record), into=into)
    assert f"from {conduct.ref}" in page(cast.harriet, address(into))
    outside = page(cast.dot, address(into))
    assert "from another part" in outside
    assert conduct.ref not in outside
    assert conduct.ref not in page(cast.dot, f"/records/{into.ref}/history/{seq_of(into, 'item.received')}/")
