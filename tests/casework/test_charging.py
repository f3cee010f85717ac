"""A charge rests on the policy as it stood on the day of the conduct, whatever is in force by now."""

from datetime import date, timedelta

import pytest

from casework.charging import charge, in_force_on, paragraphs
from casework.models import Allegation
from casework.workflow.proceedings import begin_proceeding
from schools import adopted, policy
from schools.acts import Refused
from tests import factories as make
from tests import states
from tests.access.browsing import browser
from tests.pages import in_order, words

pytestmark = pytest.mark.django_db
UNDER_ALL_SAINTS = date(2026, 10, 24)  # a month before the trust's new policy


@pytest.fixture
def part(cast, at):
    """A conduct part reported the day after the trust changed from the All Saints policy to that of LTE."""
    make.policy_of(cast.trust, policy.text_of("lte-2019-09"), at=at - timedelta(days=1))
    return states.part(cast, "conduct", at=at)


def refused(part, named, conduct_on) -> str:
    with pytest.raises(Refused) as stopped:
        charge(part, named, conduct_on)
    return str(stopped.value)


def test_what_was_done_under_the_earlier_policy_is_charged_under_it(cast, part):
    version, clause = charge(part, "6.h", UNDER_ALL_SAINTS)
    assert (adopted.policy_of(version).id, clause.ref) == ("allsaints-2022", "6.h")


def test_a_day_that_is_not_known_counts_as_the_day_of_the_report(cast, part):
    version, clause = charge(part, "H9", None)
    assert (version.pk, clause.ref) == (part.record.pack_id, "H9")


def test_a_paragraph_of_the_new_policy_reaches_nothing_done_before_it(cast, part):
    assert refused(part, "H9", UNDER_ALL_SAINTS) == (
        "H9 cannot be charged: the policy in force on 24 October 2026 did not have it. "
        "Choose a paragraph of that version, or say on which day it was done."
    )


def test_a_paragraph_of_the_old_policy_needs_the_day(cast, part):
    assert refused(part, "6.h", None) == (
        "6.h cannot be charged: the policy in force when it was reported did not have it. "
        "Choose a paragraph of that version, or say on which day it was done."
    )


def test_before_daybook_the_first_version_counts_from_its_own_approval(cast, part):
    assert adopted.policy_of(in_force_on(part, date(2023, 5, 1))).id == "allsaints-2022"
    assert in_force_on(part, date(2021, 5, 1)) is None
    assert refused(part, "6.h", date(2021, 5, 1)).startswith("6.h cannot be charged: the policy in force on 1 May 2021")


def test_the_code_of_conduct_belongs_to_no_version(cast, part):
    assert charge(part, "Code of conduct", UNDER_ALL_SAINTS) == (None, None)


def test_the_list_says_of_which_version_an_older_paragraph_is(cast, part):
    offered = dict(paragraphs(part))
    assert offered["LTE-B15"] == "H8 Employees must never connect with pupils."
    assert offered["6.h"].startswith("6.h ")
    assert offered["6.h"].endswith("(version 2022 only)")


@pytest.mark.usefixtures("on_the_day")
def test_the_page_of_the_part_shows_the_words_and_the_policy_of_that_day(cast, at, part):
    row = {"paragraphs": "6.h", "conduct_on": UNDER_ALL_SAINTS, "alleged": "That he named a child."}
    checked = dict.fromkeys(("belief", "union", "public_interest", "private"), "no")
    people = {"investigator": cast.ivan.person, "decision_maker": cast.harriet.person}
    answers = checked | people | {"protected_speech_reason": "It is about a child.", "allegations": [row]}
    begin_proceeding(part, by=cast.hugh, at=at, **answers)
    kept = Allegation.objects.get(record=part.record)
    assert (kept.conduct_on, adopted.policy_of(kept.policy).id) == (UNDER_ALL_SAINTS, "allsaints-2022")
    answer = browser(cast.hugh).get(f"/parts/{part.ref}/")
    in_order(words(answer), "What is alleged", "6.h", "24 Oct 2026", "That he named a child.")
    assert f"/policies/{kept.policy.key}" in answer.content.decode()


def test_the_code_of_conduct_is_offered_last_beside_every_paragraph(cast, part):
    named, words_of_it = paragraphs(part)[-1]
    assert (named, words_of_it) == ("Code of conduct", "The code of conduct: no paragraph of this policy")
