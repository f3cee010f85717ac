"""Finishing without a case: after triage, with every question the facts opened answered, and a reason."""

import pytest

from incidents.models import Concern
from incidents.workflow.triage import confirm_conflict, finish_concern
from schools.models import Exclusion
from tests import states

pytestmark = pytest.mark.django_db
SAID = {"outcome": "no_further_action", "reason": "Fair criticism."}


def test_finish_concern_is_for_lead_deputy_and_head(cast, at):
    concern = states.about_nobody_here(cast, at=at)
    assert states.who_may(finish_concern, concern, cast, at=at) == ("dee dot harriet", "")


def test_finish_concern_waits_for_triage(cast, at):
    concern = states.read(cast, at=at)
    assert states.why_not(finish_concern, concern, by=cast.dee, at=at, **SAID) == (
        "This cannot be done now: it stands at “Waiting for triage”."
    )


def test_finish_concern_waits_for_the_threshold_question(cast, at):
    concern = states.triaged(cast, at=at)
    words = "The threshold question has not been answered."
    assert states.why_not(finish_concern, concern, by=cast.dee, at=at, **SAID) == words


def test_finish_concern_waits_until_a_conflict_is_confirmed(cast, at):
    concern = states.answered(cast, at=at)
    words = "A conflict of interest has not been confirmed or lifted yet."
    assert states.why_not(finish_concern, concern, by=cast.dee, at=at, **SAID) == words
    for exclusion in Exclusion.objects.filter(grade="hidden"):
        confirm_conflict(concern, by=cast.dee, at=at, exclusion=exclusion, answer="confirm", reason="It is so.")
    finish_concern(concern, by=cast.dee, at=at, **SAID)
    assert Concern.objects.get().status == "finished"


def test_finish_concern_keeps_how_and_why(cast, at):
    concern = finish_concern(states.about_nobody_here(cast, at=at), by=cast.dee, at=at, **SAID)
    kept = Concern.objects.get(pk=concern.pk)
    assert (kept.status, kept.outcome, kept.finished_at, kept.stage) == (
        "finished",
        "no_further_action",
        at,
        "finished",
    )
    assert states.words(kept).outcome_reason == "Fair criticism."


def test_finish_concern_leaves_its_line(cast, at):
    concern = finish_concern(states.about_nobody_here(cast, at=at), by=cast.dee, at=at, **SAID)
    line = ("concern.finished", cast.dee.pk, at, {"outcome": "no_further_action"})
    assert states.last_line(concern) == line
