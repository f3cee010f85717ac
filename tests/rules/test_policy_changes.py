"""Two versions are compared paragraph by paragraph, and a school adds to its trust's policy without taking away."""

from pathlib import Path

import pytest

from schools import policy

SMALL = (Path(__file__).parent / "packs" / "small.toml").read_text("utf-8")
OLD = policy.parse(SMALL)


def newer(*edits):
    text = SMALL
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return policy.parse(text)


def told(new):
    return [change.sentence for change in policy.difference(OLD, new)]


def test_a_policy_does_not_differ_from_itself():
    assert policy.difference(OLD, policy.parse(SMALL)) == []


def test_a_new_paragraph():
    clause = (
        '[[clauses]]\nid = "SML-B3"\nref = "5.f"\nwording = "No spam."\ncodes = ["SPAM"]\ndirection = "staff_act"\n'
    )
    assert told(newer(("[[obligations]]", clause + "\n[[obligations]]"))) == ["5.f (SML-B3) is new: No spam."]


def test_a_paragraph_that_went():
    start = SMALL.index("[[exceptions]]")
    gone = SMALL[start : SMALL.index("[[retention]]")]
    wording = "The school's own page may be used before a parents' evening."
    assert told(newer((gone, ""))) == [f"6.c (SML-X1) is gone: {wording}"]


def test_a_paragraph_that_changed():
    new = newer(
        ('wording = "A concern goes to the DSL."', 'wording = "A concern goes to the head."'),
        ('to = ["dsl"]', 'to = ["head_of_school"]'),
    )
    assert told(new) == [
        "wording of 5.e (SML-01) was “A concern goes to the DSL.” and is now “A concern goes to the head.”.",
        "to of 5.e (SML-01) was “dsl” and is now “head_of_school”.",
    ]


def test_the_policy_as_a_whole_comes_first():
    new = newer(
        ('version = "1"', 'version = "2"'),
        ("absolute = true\n", ""),
        ('silent_on = ["police"]', "silent_on = []"),
        ('ref = "4.a"', 'ref = "4.b"'),
    )
    assert told(new) == [
        "version was “1” and is now “2”.",
        "silent_on was “police” and is now not given.",
        "removal was power “may_demand”, ref “4.a”, refusal_is_breach yes and is now power “may_demand”, ref “4.b”, "
        "refusal_is_breach yes.",
        "absolute of 5.d (SML-B1) was yes and is now no.",
    ]


def test_a_retention_period_that_changed():
    assert told(newer(('period = "P6M"', 'period = "P12M"'))) == [
        "retention was record “warning”, starts “warning_on”, period “P6M”, basis “policy”, ref “9.e” and is now "
        "record “warning”, starts “warning_on”, period “P12M”, basis “policy”, ref “9.e”.",
    ]


ADDED = """
adds_to = "small-1"
school = "Hill School"
approved_on = "2025-09"

[roles]
leadership_team = "Senior Team"

[[clauses]]
id = "HIL-B1"
ref = "Local 1"
wording = "Staff must not use the school's phones for social media."
codes = ["WORKTIME"]
direction = "staff_act"
"""


def test_a_school_adds_to_its_trust_policy():
    extended = policy.extend(OLD, ADDED)
    assert [clause.id for clause in extended.clauses] == ["SML-B1", "SML-B2", "HIL-B1"]
    assert [clause.ref for clause in extended.clauses_for(["WORKTIME"], "staff_act")[0]] == ["Local 1"]
    assert extended.title_of("leadership_team") == "Senior Team"
    assert (extended.id, extended.version) == ("small-1", "1, with the additions of Hill School")
    assert OLD.clauses_for(["WORKTIME"], "staff_act") == ((), ())


TAKING_AWAY = {
    "another trust": (
        ('adds_to = "small-1"', 'adds_to = "other-2"'),
        (2, "These additions are for “other-2”, and the policy is “small-1”."),
    ),
    "a clause of the trust": (
        ('id = "HIL-B1"', 'id = "SML-B1"'),
        (10, "SML-B1 stands in the trust's policy; a school may add to it and change nothing."),
    ),
    "a title of the trust": (
        ('leadership_team = "Senior Team"', 'dsl = "Safety Officer"'),
        (7, "The trust's policy already gives “dsl” a title."),
    ),
    "an exception": (
        ("[[clauses]]", '[[exceptions]]\nid = "HIL-X1"\n\n[[clauses]]'),
        (9, "At the top of the file, “exceptions” is not a key that belongs there."),
    ),
    "a period": (
        ('school = "Hill School"', 'school = "Hill School"\nretention = []'),
        (4, "At the top of the file, “retention” is not a key that belongs there."),
    ),
    "a power": (
        ("[roles]", '[removal]\npower = "may_demand"\nref = "1"\n\n[roles]'),
        (6, "At the top of the file, “removal” is not a key that belongs there."),
    ),
}


@pytest.mark.parametrize(("edit", "problem"), TAKING_AWAY.values(), ids=TAKING_AWAY)
def test_a_school_takes_nothing_away(edit, problem):
    assert ADDED.count(edit[0]) == 1
    with pytest.raises(policy.Invalid) as refused:
        policy.extend(OLD, ADDED.replace(*edit))
    assert refused.value.problems == [problem]
