"""Recording the investigation: by the investigator or those who run the procedure, as the first stage."""

import pytest

from casework.models import Proceeding, Step
from casework.workflow.cases import join_case
from casework.workflow.proceedings import record_investigation
from tests import states
from tests.access.browsing import address, browser
from tests.pages import in_order, words

pytestmark = pytest.mark.django_db


def test_record_investigation_is_for_the_investigator_personnel_and_the_head(cast, at):
    proceeding = states.begun(cast, at=at)
    assert states.who_may(record_investigation, proceeding, cast, at=at + states.DAY) == ("harriet hugh ivan", "")


def test_record_investigation_is_not_for_another_schools_lead_or_the_reporter(cast, at):
    answers = {"happened_at": at, "said": "Facts."}
    proceeding, words = states.begun(cast, at=at), "Your role does not let you do this: record the investigation."
    for user in (cast.olu, cast.tom, cast.sam, cast.ada):
        assert states.why_not(record_investigation, proceeding, by=user, at=at, **answers) == words


def test_record_investigation_moves_it_on_with_the_facts_found(cast, at):
    proceeding = states.investigated(cast, at=at)
    assert Proceeding.objects.get().status == "investigated"
    step = Step.objects.filter(record=proceeding.record, kind="investigation").order_by("happened_at").last()
    assert (step.happened_at, states.words(step).said) == (at + 7 * states.HOUR, "He wrote it, and says so.")


def test_record_investigation_is_done_once(cast, at):
    answers = {"happened_at": at, "said": "More facts."}
    words = "This cannot be done now: it stands at “Investigation finished”."
    proceeding = states.investigated(cast, at=at)
    assert states.why_not(record_investigation, proceeding, by=cast.ivan, at=at + states.DAY, **answers) == words


def test_record_investigation_leaves_its_line(cast, at):
    proceeding = states.investigated(cast, at=at)
    line = ("investigation.recorded", cast.ivan.pk, at + 7 * states.HOUR, {})
    assert states.last_line(proceeding) == line


def test_record_investigation_is_not_for_whoever_decides(cast, at):
    answers = {"happened_at": at, "said": "He wrote it."}
    words = "You hear this and decide it: the investigation is recorded by somebody else."
    proceeding = states.begun(cast, at=at)
    assert states.why_not(record_investigation, proceeding, by=cast.harriet, at=at + states.DAY, **answers) == words


def test_record_investigation_waits_for_the_threshold_of_a_concern_that_was_joined_since(cast, at):
    proceeding, later = states.begun(cast, at=at), at + states.DAY
    second = states.triaged(cast, at=at)
    join_case(second, by=cast.dee, at=later, case=proceeding.part.case)
    answers = {"happened_at": later, "said": "He wrote it."}
    assert states.why_not(record_investigation, proceeding, by=cast.ivan, at=later, **answers).startswith(
        "This cannot be done yet: something else has to be settled first."
    )


def test_the_page_calls_the_beginning_by_its_name_and_dates_one_investigation(cast, on_the_day):
    long_ago = cast.now - 60 * states.DAY
    proceeding = states.investigated(cast, at=long_ago)
    said = words(browser(cast.hugh).get(address(proceeding.part))).rpartition("What was done")[2].partition("Notes")[0]
    in_order(
        said, "Proceeding begun", "Protected-speech check answered no", "Investigation", "He wrote it, and says so."
    )
    assert said.count("Investigation") == 1
