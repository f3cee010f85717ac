"""Triage: a handler says what it is and why; who must know follows; a report is read before it is judged."""

import pytest

from incidents.models import Concern, Telling
from incidents.workflow.triage import triage
from tests import states

pytestmark = pytest.mark.django_db
SAID = {"code": "BULLY", "direction": "staff_act", "reason": "It mocks a colleague."}


def test_triage_is_for_the_lead_and_the_head_and_not_for_a_witness(cast, at):
    assert states.who_may(triage, states.read(cast, at=at), cast, at=at) == ("dee harriet", "dot")


def test_triage_waits_until_the_report_was_read(cast, at):
    concern = states.reported(cast, at=at)
    over = states.why_not(triage, concern, by=cast.dee, at=at, **SAID)
    assert over == "Read the report first."


def test_triage_is_refused_to_a_witness_in_words(cast, at):
    concern = states.read(cast, at=at)
    assert states.why_not(triage, concern, by=cast.dot, at=at, **SAID) == "You cannot decide this: a witness"


def test_triage_is_over_once_a_case_is_open(cast, at):
    concern = states.in_case(cast, at=at).record.concern
    over = states.why_not(triage, concern, by=cast.dee, at=at, **SAID)
    assert over == "This cannot be done now: it stands at “Part of a case”."


def test_triage_names_nothing_twice(cast, at):
    words = "The same thing is given twice: once first and once again under “also”."
    answers = SAID | {"secondary_codes": ["BULLY"]}
    assert states.why_not(triage, states.read(cast, at=at), by=cast.dee, at=at, **answers) == words


def test_triage_says_what_it_is(cast, at):
    more = {"secondary_codes": ["CONFID"], "is_threat": "yes", "managed_under": "behaviour"}
    concern = triage(states.read(cast, at=at), by=cast.dee, at=at, **more, **SAID)
    kept = Concern.objects.get(pk=concern.pk)
    assert (kept.status, kept.triaged_at, kept.codes) == ("triaged", at, ["BULLY", "CONFID"])
    assert kept.is_threat
    assert states.words(kept).triage_reason == "It mocks a colleague."
    assert states.words(kept).managed_under == "behaviour"


def test_triage_can_be_done_again_when_more_is_known(cast, at):
    concern = triage(states.triaged(cast, at=at), by=cast.harriet, at=at, **SAID)
    assert (concern.code, states.lines(concern).count("concern.triaged")) == ("BULLY", 2)


def test_triage_adds_whom_to_tell_and_never_lists_anyone_twice(cast, at):
    concern = states.read(cast, at=at)
    before = Telling.objects.filter(record=concern.record).count()
    triage(concern, by=cast.dee, at=at, code=concern.code, direction="staff_act", reason="As reported.")
    assert Telling.objects.filter(record=concern.record).count() == before


def test_triage_as_imagery_of_a_child_makes_it_words_only(cast, at):
    concern = triage(states.read(cast, at=at), by=cast.dee, at=at, **SAID | {"secondary_codes": ["SEXIMG"]})
    assert concern.is_words_only
    back = triage(concern, by=cast.dee, at=at, **SAID)
    assert back.is_words_only


def test_triage_leaves_its_line(cast, at):
    concern = triage(states.read(cast, at=at), by=cast.dee, at=at, **SAID)
    facts = {"code": "BULLY", "direction": "staff_act"}
    assert states.last_line(concern) == ("concern.triaged", cast.dee.pk, at, facts)
