"""Two versions beside each other: what differs in words, and nothing else."""

import itertools

import pytest

from schools import policy
from schools.policy.compared import ChangedItem, Difference, compared

MODEL = policy.shipped()["model"]


def changed(*edits: tuple[str, str]) -> policy.Policy:
    """The model policy with some of its words replaced, each once."""
    text = policy.text_of("model")
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return policy.parse(text)


def test_a_policy_differs_from_itself_in_nothing():
    assert compared(MODEL, MODEL).count == 0


def test_facts_about_the_whole_are_said_in_words():
    after = changed(
        ('version = "1"', 'version = "2"'),
        ('approved_on = "2026-09-01"', 'approved_on = "2026-10"'),
        ('learner = "pupil"', 'learner = "student"'),
        ('dpo = "Data Protection Officer"', 'dpo = "Data Lead"'),
        ('told_within = "same_day"\ngovernors', 'told_within = "P1WD"\ngovernors'),
    )
    assert compared(MODEL, after).whole == (
        Difference("version", "1", "2"),
        Difference("approved", "1 September 2026", "October 2026"),
        Difference("the word for: A child who learns here", "pupil", "student"),
        Difference("title of: Data protection officer", "Data Protection Officer", "Data Lead"),
        Difference("what we suggest: by when", "the same day", "1 working day"),
    )


def test_a_power_that_goes_is_said_as_a_power():
    after = changed(('power = "may_demand"', 'power = "request_only"'), ("refusal_is_breach = true", ""))
    assert compared(MODEL, after).whole == (
        Difference(
            "taking posts down: the power",
            "A member of staff can be told to take down what they posted.",
            "A member of staff can be asked, and not told, to take down what they posted.",
        ),
        Difference("taking posts down: whether refusing is a breach of its own", "yes", "no"),
    )


def test_a_duty_that_changes_is_said_field_by_field_under_its_paragraph():
    after = changed(
        ('when = "P5WD"', 'when = "P3WD"'),
        ("The Head tells governors of abuse of staff within five", "The Head tells governors of abuse within three"),
    )
    assert compared(MODEL, after).items == (
        ChangedItem(
            "changed",
            "8.3",
            "8.3",
            (
                Difference(
                    "wording",
                    "The Head tells governors of abuse of staff within five working days, without names.",
                    "The Head tells governors of abuse within three working days, without names.",
                ),
                Difference("the time in the policy", "5 working days", "3 working days"),
            ),
        ),
    )


def test_recipients_are_said_by_their_titles():
    after = changed(('to = ["head_of_school", "dsl"]\nall_of = true', 'to = ["dsl", "hr_lead"]'))
    (item,) = compared(MODEL, after).items
    assert item.differences == (
        Difference("who is told", "Head; Designated Safeguarding Lead", "Designated Safeguarding Lead; HR adviser"),
        Difference("whether all of them are told", "yes", "no"),
    )


def test_a_paragraph_that_came_or_went_is_shown_whole():
    wording = "Abuse of staff, governors or volunteers is not tolerated from anyone."
    about = 'codes = ["ABUSE"]\ndirection = "against_staff"\n'
    clause = f'[[clauses]]\nid = "MOD-B26"\nref = "8.1"\nwording = "{wording}"\n{about}'
    without = changed((clause, ""))
    assert compared(MODEL, without).items == (
        ChangedItem("removed", "8.1", "8.1", (Difference("wording", wording, ""),)),
    )
    assert compared(without, MODEL).items == (
        ChangedItem("added", "8.1", "8.1", (Difference("wording", "", wording),)),
    )


@pytest.mark.sweep
def test_no_key_of_a_file_is_shown_to_a_reader():
    shown = [
        text
        for old, new in itertools.permutations(policy.shipped().values(), 2)
        for found in [compared(old, new)]
        for row in [*found.whole, *(row for item in found.items for row in item.differences)]
        for text in (row.what, row.before, row.after)
    ]
    assert len(shown) > 1000
    assert [text for text in shown if "_" in text or "{" in text] == []
