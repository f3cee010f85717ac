"""Waiving privilege in legal advice: by a second person, and only then do its words stand in copies of the case."""

import pytest

from casework.models import LegalAdvice
from casework.workflow.parts import write_note
from casework.workflow.waiving import waive_privilege
from reports import building
from reports.workflow import ask_for_paper, ask_for_part_paper
from tests import states
from tests.access.browsing import address, browser
from tests.pages import words
from tests.reports.papers import ASKING

pytestmark = pytest.mark.django_db
ADVISED = "Charge the manner and never the view."
QUESTION = "May we act on a repost?"


@pytest.fixture
def late(at):
    return at + states.DAY


@pytest.fixture
def advice(cast, at):
    return states.waiver_asked(cast, at=at)


def test_waive_privilege_is_for_the_second_person_and_not_for_whoever_asked(cast, advice, late):
    assert states.who_may(waive_privilege, advice, cast, at=late) == ("grace", "hugh")
    why = states.why_not(waive_privilege, advice, by=cast.hugh, at=late, confirmed="yes")
    assert why == "You asked for it: somebody else confirms it."


def test_waive_privilege_waits_until_it_is_asked(cast, at, late):
    advice = states.advised(cast, at=at)
    why = states.why_not(waive_privilege, advice, by=cast.hugh, at=late, confirmed="yes")
    assert why == "Nobody has asked that privilege in it be waived."


def test_waive_privilege_takes_a_yes(cast, advice, late):
    why = states.why_not(waive_privilege, advice, by=cast.grace, at=late, confirmed="no")
    assert why == "Privilege is waived only by somebody who has read the advice and says yes."


def test_waive_privilege_is_done_once(cast, advice, late):
    waive_privilege(advice, by=cast.grace, at=late, confirmed="yes")
    kept = LegalAdvice.objects.get()
    assert (kept.waived_at, kept.waived_by) == (late, cast.grace.person)
    again = states.why_not(waive_privilege, advice, by=cast.grace, at=late, confirmed="yes")
    assert again == "Privilege in it is waived."


def copy_of(advice, cast, audience, *, at):
    """What a copy of its case says: of everything as far as personnel may print it, and for a hearing."""
    paper = ask_for_paper(advice.part.case, by=cast.harriet, at=at, audience=audience, **ASKING)
    return building.case_file(paper)


@pytest.mark.parametrize("audience", ["full", "words", "hearing"])
def test_its_words_stand_in_a_copy_only_after_both(cast, advice, late, audience):
    before = copy_of(advice, cast, audience, at=late)
    assert before.advice == ()
    assert ADVISED not in repr(before)
    assert QUESTION not in repr(before)
    waive_privilege(advice, by=cast.grace, at=late + states.HOUR, confirmed="yes")
    (one,) = copy_of(advice, cast, audience, at=late + 2 * states.HOUR).advice
    assert (one.words.text, one.question.text, one.adviser) == (ADVISED, QUESTION, "Reed and Rowe, solicitors")
    assert one.waived == (
        "Privilege in this advice was waived on 24 November 2026 by Hugh Bannerman and Grace Adeyemi, for the panel."
    )
    assert one.reason.text == "We rely on it."


def test_a_copy_for_the_person_it_is_about_never_holds_it(cast, advice, late):
    waive_privilege(advice, by=cast.grace, at=late, confirmed="yes")
    asked = ASKING | {"by": cast.hugh, "at": late + states.HOUR, "audience": "subject"}
    file = building.case_file(ask_for_part_paper(advice.part, **asked))
    assert ADVISED not in repr(file)
    assert file.advice == ()


def test_a_copy_asked_for_before_stays_as_it_was(cast, advice, late):
    paper = ask_for_paper(advice.part.case, by=cast.harriet, at=late, audience="full", **ASKING)
    waive_privilege(advice, by=cast.grace, at=late + states.HOUR, confirmed="yes")
    assert building.case_file(paper).advice == ()


def test_its_words_may_be_quoted_once_privilege_is_waived(cast, advice, late):
    waive_privilege(advice, by=cast.grace, at=late, confirmed="yes")
    note = write_note(advice.part, by=cast.hugh, at=late, text=f"We were told: {ADVISED}")
    assert note.ref == advice.part.ref


def test_waive_privilege_leaves_its_line_in_both(cast, advice, late):
    waive_privilege(advice, by=cast.grace, at=late, confirmed="yes")
    assert states.last_line(advice) == ("advice.waived", cast.grace.pk, late, {})
    assert states.last_line(advice.part) == ("advice.waived", cast.grace.pk, late, {})


def test_the_page_says_what_waits_and_what_was_done(cast, on_the_day, at):
    sunday = at - states.DAY
    advice = states.waiver_asked(cast, at=sunday)
    waits = words(browser(cast.hugh).get(address(advice)))
    assert "for the panel. Nothing changes until a second person confirms it. The reason given: We rely on it." in waits
    waive_privilege(advice, by=cast.grace, at=sunday + 9 * states.HOUR, confirmed="yes")
    done = words(browser(cast.grace).get(address(advice)))
    assert "Privilege in this advice was waived Sun 22 Nov 2026, 17:00 by Hugh Bannerman and Grace Adeyemi" in done
