"""What a copy for a hearing, or for the person it is about, gives away of anybody or anything else."""

import json

import pytest

from reports import building, proof
from reports.models import Paper
from reports.workflow import ask_for_paper, ask_for_part_paper
from tests import states
from tests.reports.papers import ASKING, case_with

pytestmark = pytest.mark.django_db
HOUR = states.HOUR
POLICE = ASKING | {"recipient": "DS Jones, Police", "purpose": "To see whether it is an offence."}
MASKED = ["subject", "hearing"]
EVERY_KIND = ["full", "words", *MASKED]


def copy_of(subject, *, by, at, ask=ask_for_part_paper, **more) -> Paper:
    return Paper.objects.get(pk=ask(subject, by=by, at=at, **ASKING | more).pk)


def of_case(cast, at, audience, **reported):
    """A copy for a kind of reader of a case that Dee opened about Sam."""
    concern = states.answered(cast, at=at, **reported)
    case = states.opened(concern, cast, at=at)
    return building.case_file(copy_of(case, by=cast.harriet, at=at + 6 * HOUR, ask=ask_for_paper, audience=audience))


@pytest.mark.parametrize("audience", MASKED)
def test_it_tells_nobody_for_whom_an_earlier_copy_was_made(cast, at, audience):
    case = case_with(cast, "conduct", at=at)
    earlier = copy_of(case, by=cast.harriet, at=at + 5 * HOUR, ask=ask_for_paper, **POLICE)
    later = {"by": cast.harriet, "at": at + 6 * HOUR, "ask": ask_for_paper}
    told = repr(building.case_file(copy_of(case, audience="full", **later)))
    assert f"Asked for the copy {earlier.ref}, for DS Jones, Police." in told
    file = building.case_file(copy_of(case, audience=audience, **later))
    assert "Jones" not in repr(file)
    assert earlier.ref not in repr(file)
    assert [one.what for one in file.withheld].count("Which copies were asked for, for whom and why") == 1


@pytest.mark.parametrize("audience", EVERY_KIND)
def test_no_copy_says_that_there_is_legal_advice_or_that_notes_were_kept(cast, at, audience):
    begun = states.begun(cast, at=at)
    part = begun.part
    states.advised(cast, at=at, part=part)
    states.working_notes(cast, at=at, proceeding=begun)
    paper = copy_of(part, by=cast.hugh, at=at + 8 * HOUR, audience=audience)
    told = [entry.what.text for entry in building.case_file(paper).chronology]
    assert [words for words in told if "advice" in words.lower() or "notes" in words.lower()] == []
    # The lines themselves stay in the history inside, whose links would not fit without them.
    inside = json.loads(proof.history(building.history(paper)))
    assert {"advice.asked", "advice.received", "notes.kept"} <= {
        line["verb"] for record in inside["records"] for line in record["lines"]
    }
