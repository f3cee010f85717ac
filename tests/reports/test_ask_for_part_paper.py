"""Asking for a copy of one part: HR prints the conduct part and nothing else of the case."""

import pytest

from casework.models import Part
from reports.workflow import ask_for_part_paper
from tests import states
from tests.reports.papers import ASKING, case_with, printed_in

pytestmark = pytest.mark.django_db
LATER = 6 * states.HOUR


@pytest.fixture
def conduct(cast, at):
    """The conduct part of a case about Sam that has a part about the child's safety too."""
    case_with(cast, "safeguarding", "conduct", at=at)
    return Part.objects.select_related("record").get(lane="conduct")


def test_ask_for_part_paper_is_for_who_reads_and_prints_that_part(cast, at, conduct):
    assert states.who_may(ask_for_part_paper, conduct, cast, at=at) == ("harriet hugh", "")


def test_ask_for_part_paper_prints_the_one_part(cast, at, conduct):
    paper = ask_for_part_paper(conduct, by=cast.hugh, at=at + LATER, **ASKING)
    assert printed_in(paper) == [("conduct", 2)]
    assert (paper.covers, paper.record) == (conduct.ref, conduct.record)


def test_ask_for_part_paper_leaves_its_line_there_and_nowhere_else(cast, at, conduct):
    paper = ask_for_part_paper(conduct, by=cast.hugh, at=at + LATER, **ASKING)
    verb, by, when, facts = states.last_line(conduct)
    assert (verb, by, when) == ("paper.asked", cast.hugh.pk, at + LATER)
    assert (facts["paper"], facts["left_out"]) == (paper.ref, [])
    assert "paper.asked" not in states.lines(conduct.case)


def test_ask_for_part_paper_is_not_for_the_person_it_is_about(cast, at, conduct):
    words = "Your role does not let you do this: print this part."
    assert states.why_not(ask_for_part_paper, conduct, by=cast.sam, at=at + LATER, **ASKING) == words
