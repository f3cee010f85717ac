"""Who made a disclosure in the public interest stands in no copy but one of everything, for somebody who is told."""

import pytest

from casework.models import Part
from incidents.workflow.speech import check_speech, record_officer_reply
from reports import building, releasing
from reports.workflow import ask_for_paper, ask_for_part_paper, cannot_fetch
from schools.access import Viewer
from tests import states
from tests.reports.papers import ASKING

pytestmark = pytest.mark.django_db
KEPT_BACK = "Name kept back: a disclosure in the public interest"
WITHIN = "somebody whose name is kept back (a disclosure in the public interest)"
ANSWERS = {"belief": "no", "union": "no", "public_interest": "yes", "private": "no", "reason": "The labs are unsafe."}
TOLD = "He wrote about a child. Tom Okoro, teacher of history"


@pytest.fixture
def case(cast, at):
    """A case with a conduct part, of a concern that Tom reported with a file."""
    concern = states.answered(cast, at=at, narrative=TOLD, files=[states.upload(cast.tom)], seen_at=at)
    case = states.opened(concern, cast, at=at)
    states.part(cast, "conduct", at=at, case=case)
    return case


def disclosed(case, cast, *, at):
    return check_speech(case.record.concern, by=cast.dee, at=at, officer=cast.olu.person, **ANSWERS)


def printed(case, *, by, at, audience="full"):
    paper = ask_for_paper(case, by=by, at=at, audience=audience, **ASKING)
    return paper, building.case_file(paper)


def test_a_copy_of_everything_names_them_to_whoever_is_told(cast, at, case):
    late = disclosed(case, cast, at=at + states.DAY) and at + 2 * states.DAY
    paper, file = printed(case, by=cast.dee, at=late)
    assert file.concerns[0].reported_by == "Tom Okoro, Teacher of history"
    assert not releasing.keeps_names_back(paper)


@pytest.mark.parametrize(
    ("asker", "audience"),
    [("harriet", "full"), ("dee", "words"), ("harriet", "words"), ("harriet", "hearing"), ("dee", "subject")],
)
def test_any_other_copy_says_nowhere_who_it_was(cast, at, case, asker, audience):
    disclosed(case, cast, at=at + states.DAY)
    paper, file = printed(case, by=getattr(cast, asker), at=at + 2 * states.DAY, audience=audience)
    assert "Okoro" not in repr(file)
    assert "eacher of history" not in repr(file)
    assert file.concerns[0].reported_by == KEPT_BACK
    assert file.concerns[0].words.text == "He wrote about a child. [name kept back]"
    assert KEPT_BACK in {entry.who for entry in file.chronology}
    assert releasing.keeps_names_back(paper)


def test_what_is_kept_back_is_said_in_sentences(cast, at, case):
    disclosed(case, cast, at=at + states.DAY)
    _, file = printed(case, by=cast.harriet, at=at + 2 * states.DAY)
    assert f"On 23 November 2026 {WITHIN}, reported:" in file.summary.text
    custody = [one.what for one in file.evidence[0].custody]
    assert custody[:2] == [
        f"Captured by {WITHIN}.",
        f"Received from {WITHIN}; fingerprinted and put away encrypted.",
    ]
    person = next(one for one in file.people if one.name == KEPT_BACK)
    assert (person.post, person.part) == ("", "Reported it")
    assert [one.why for one in file.withheld if one.what == "Who made a disclosure in the public interest"] == [
        "Their name is kept back: Employment Rights Act 1996, sections 43B and 47B."
    ]


def test_a_part_alone_says_no_more(cast, at, case):
    disclosed(case, cast, at=at + states.DAY)
    part = Part.objects.get(lane="conduct")
    paper = ask_for_part_paper(part, by=cast.hugh, at=at + 2 * states.DAY, audience="full", **ASKING)
    assert "Okoro" not in repr(building.case_file(paper))


def test_a_copy_that_names_them_is_not_handed_to_somebody_who_is_not_told(cast, at, case):
    """One made for the lead, and one made for anybody before it was seen to be a disclosure."""
    before, _ = printed(case, by=cast.harriet, at=at + states.DAY)
    late = disclosed(case, cast, at=at + 2 * states.DAY) and at + 3 * states.DAY
    theirs, _ = printed(case, by=cast.dee, at=late)
    own, _ = printed(case, by=cast.harriet, at=late)
    for paper in (before, theirs, own):
        paper.status = paper.READY
    refused = "It may say a name that is kept back from you by now: ask for a copy of your own."
    head = [cannot_fetch(paper, Viewer(cast.harriet, late)) for paper in (before, theirs, own)]
    assert head == [refused, refused, None]
    assert cannot_fetch(theirs, Viewer(cast.dee, late)) is None


def test_after_the_officer_said_that_it_is_none_a_copy_names_them_again(cast, at, case):
    concern = disclosed(case, cast, at=at + states.DAY)
    reply = {"happened_at": at + states.DAY, "said": "It is a grievance.", "is_disclosure": "no"}
    record_officer_reply(concern, by=cast.dee, at=at + 2 * states.DAY, **reply)
    _, file = printed(case, by=cast.harriet, at=at + 3 * states.DAY)
    assert file.concerns[0].reported_by == "Tom Okoro, Teacher of history"


def test_a_reporter_who_acts_by_an_office_is_named_for_those_acts(cast, at):
    concern = states.answered(cast, at=at, by=cast.dee)
    case = states.opened(concern, cast, at=at)
    disclosed(case, cast, at=at + states.DAY)
    _, file = printed(case, by=cast.harriet, at=at + 2 * states.DAY)
    assert file.concerns[0].reported_by == KEPT_BACK
    opened = next(entry for entry in file.chronology if "Opened the report" in entry.what.text)
    assert opened.who.startswith("Dee Marsh")
