"""Three grades of conflict, part by part, and who takes over: each row worked from the rule, not from the program."""

import pytest

from schools import conflict
from schools.conflict import grades, holder, takes_over


def person(key, part=None, kind="staff", roles=(), **more):
    """One row; a relation is written as a keyword: partner_of="B"."""
    relations = [{"to": to, "kind": tie} for tie, to in more.items() if tie in conflict.RELATIONS]
    rest = {name: value for name, value in more.items() if name not in conflict.RELATIONS}
    return {"key": key, "part": part, "kind": kind, "roles": list(roles), "relations": relations, **rest}


def grade_of(key, *people, **more):
    return grades(people=people, **more)[key].grade


@pytest.mark.parametrize(
    ("tie", "of_the_other"),
    [
        # tie as said by the other person, and the grade of that other person when B is the subject
        ("partner_of", "hidden"),
        ("parent_of", "hidden"),
        ("child_of", "hidden"),
        ("sibling_of", "hidden"),
        ("close_relative_of", "hidden"),
        ("carer_of", "hidden"),
        ("delegate_of", "hidden"),
        ("line_managed_by", "free"),
        ("supplied_by", "free"),
        ("supplies", "free"),
    ],
)
def test_who_is_kept_from_a_matter_about_somebody(tie, of_the_other):
    about = person("B", "subject")
    assert grade_of("A", person("A", **{tie: "B"}), about) == of_the_other


@pytest.mark.parametrize(
    ("tie", "of_the_other"),
    [
        # the same ties as said by the subject: carers and delegates are not made by being cared for or spoken for
        ("partner_of", "hidden"),
        ("parent_of", "hidden"),
        ("child_of", "hidden"),
        ("sibling_of", "hidden"),
        ("close_relative_of", "hidden"),
        ("carer_of", "free"),
        ("delegate_of", "free"),
        ("line_managed_by", "free"),
        ("supplied_by", "free"),
    ],
)
def test_a_tie_is_read_from_either_end(tie, of_the_other):
    assert grade_of("A", person("B", "subject", **{tie: "A"})) == of_the_other


@pytest.mark.parametrize(
    ("part", "grade"),
    [
        ("subject", "hidden"),
        ("conflicted_dsl", "hidden"),
        ("target", "standing_aside"),
        ("witness", "standing_aside"),
        ("reporter", "standing_aside"),
        ("author", "free"),  # a parent who wrote something has no account to keep it from
        ("possible_author", "free"),
        ("possible_source", "free"),
        ("affected", "free"),
        ("mentioned", "free"),
        ("manager", "free"),
        ("agency_contact", "free"),
        ("parent_of_affected", "free"),
    ],
)
def test_the_grade_of_each_part(part, grade):
    assert grade_of("A", person("A", part, kind="parent")) == grade


def test_the_delegate_of_the_subjects_partner_is_hidden_too():
    people = [person("A", "subject"), person("B", partner_of="A"), person("C", delegate_of="B")]
    assert grade_of("C", *people) == "hidden"


def test_the_relatives_of_the_person_harmed_stand_aside():
    people = [person("A", "target"), person("B", sibling_of="A"), person("C", line_managed_by="A")]
    assert grade_of("B", *people) == "standing_aside"
    assert grade_of("C", *people) == "free"


def test_somebody_both_hidden_and_standing_aside_is_hidden():
    people = [person("A", "subject"), person("B", "witness", partner_of="A")]
    assert grade_of("B", *people) == "hidden"


def test_a_person_with_two_parts_is_told_both_reasons():
    answer = grades(people=[person("A", "reporter"), person("A", "target")])["A"]
    assert answer.grade == "standing_aside"
    assert "the person harmed" in answer.why
    assert "reported it" in answer.why


@pytest.mark.parametrize(
    ("roles", "lane", "grade"),
    [
        # the DSL who was told keeps the child's part; the head who reported keeps the threshold question
        (["dsl"], "concern", "free"),
        (["dsl"], "safeguarding", "free"),
        (["dsl"], "low_level_concern", "free"),
        (["dsl"], "conduct", "standing_aside"),
        (["head_of_school"], "concern", "free"),
        (["head_of_school"], "conduct", "standing_aside"),
        (["hr_lead"], "conduct", "standing_aside"),
        (["it_lead"], "concern", "free"),
        # no office whose course it is to take reports down
        ([], "concern", "standing_aside"),
        (["line_manager"], "concern", "standing_aside"),
        (["investigating_officer", "leadership_team"], "concern", "standing_aside"),
    ],
)
def test_an_office_holder_who_reports_in_the_course_of_the_office(roles, lane, grade):
    people = [person("A", "reporter", roles=roles), person("B", "subject")]
    assert grade_of("A", *people, lane=lane) == grade


def test_an_office_holder_who_reports_contact_received_reports_a_matter_of_their_own():
    me = person("A", "reporter", roles=["dsl"])
    assert grade_of("A", me, direction="inbound_to_staff") == "standing_aside"


def test_an_office_holder_who_reports_and_was_harmed_stands_aside_everywhere():
    me = [person("A", "reporter", roles=["dsl"]), person("A", "target", roles=["dsl"])]
    assert grade_of("A", *me, lane="safeguarding") == "standing_aside"


@pytest.mark.parametrize("issue", ["instruction", "approval", "failure"])
def test_an_instruction_an_approval_or_a_failure_binds_only_where_it_is_in_issue(issue):
    head = person("A", "manager", roles=["head_of_school"])
    assert grade_of("A", head) == "free"
    assert grade_of("A", head | {"in_issue": [issue]}, lane="data_breach") == "standing_aside"


def test_an_author_who_works_here_is_the_person_it_is_about():
    people = [person("A", "author", kind="governor"), person("B", partner_of="A")]
    assert {key: grade.grade for key, grade in grades(people=people).items()} == {"A": "hidden", "B": "hidden"}


def test_a_head_married_to_the_parent_who_wrote_it_decides_nothing():
    people = [person("A", "author", kind="parent", partner_of="H"), person("H", roles=["head_of_school"])]
    assert grade_of("H", *people) == "standing_aside"


def test_a_dsl_whose_own_child_is_affected_decides_nothing_and_the_childs_other_parent_is_untouched():
    child = person("C", "affected", kind="pupil", child_of="D")
    people = [child, person("D", roles=["dsl"]), person("E", "parent_of_affected", kind="parent", parent_of="C")]
    assert grade_of("D", *people) == "standing_aside"
    assert grade_of("E", *people) == "free"


def test_a_member_of_staff_who_is_described_stands_aside_and_a_pupil_who_is_named_does_not_matter():
    assert grade_of("A", person("A", "mentioned", roles=["deputy_dsl"])) == "standing_aside"
    assert grade_of("B", person("B", "mentioned", kind="pupil")) == "free"


def test_an_office_holder_who_may_be_the_source_holds_no_office_in_it():
    assert grade_of("A", person("A", "possible_source", roles=["it_lead"])) == "standing_aside"


def test_somebody_known_only_by_a_relation_is_graded_too():
    assert grades(people=[person("A", "subject", partner_of="Z")])["Z"].grade == "hidden"


def test_the_order_in_which_people_are_named_changes_nothing():
    people = [
        person("A", "subject", partner_of="B"),
        person("B", roles=["dsl"]),
        person("C", "reporter", roles=["deputy_dsl"]),
        person("D", delegate_of="B"),
    ]
    assert grades(people=people) == grades(people=list(reversed(people)))


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ([{"key": "A", "part": "perpetrator"}], "“perpetrator” is not a part this program knows."),
        ([{"part": "subject"}], "Every person needs a key."),
        (
            [{"key": "A", "relations": [{"to": "B", "kind": "friend_of"}]}],
            "“friend_of” is not a relation this program knows.",
        ),
        ([{"key": "A", "in_issue": ["mood"]}], "“mood” is not a reason to stand aside this program knows."),
    ],
)
def test_a_wrong_word_is_refused_in_a_sentence(people, sentence):
    with pytest.raises(ValueError, match="^" + sentence.replace(".", r"\.")):
        grades(people=people)


def test_a_lane_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="is not a part of a case"):
        grades(people=[], lane="gossip")


# ------------------------------------------------------------------------------------------------ who takes over

SCHOOL = {
    "head_of_school": ["H"],
    "dsl": ["D"],
    "deputy_dsl": ["E", "F"],
    "chair_of_local_board": ["G"],
    "executive_head": ["X"],
    "ceo": ["C"],
    "chair_of_trustees": ["T"],
}


def hiding(*keys):
    return grades(people=[person(key, "subject") for key in keys])


@pytest.mark.parametrize(
    ("role", "named", "who"),
    [
        ("head_of_school", "", "H"),  # nobody is named: the usual person
        ("head_of_school", "H", "G"),  # the chair for the head
        ("head_of_school", "HG", "X"),
        ("head_of_school", "HGX", "C"),
        ("head_of_school", "HGXC", "T"),
        ("head_of_school", "HGXCT", None),  # the whole chain: the trust, and the LADO's number
        ("dsl", "D", "E"),
        ("dsl", "DE", "F"),  # the other deputy
        ("dsl", "DEF", "H"),
        ("chair_of_local_board", "G", "C"),  # no vice-chair: the trust
        ("executive_head", "X", "C"),
        ("ceo", "C", "T"),
        ("ceo", "CT", None),
        ("chair_of_trustees", "T", None),
        ("dpo", "", "C"),  # a vacant office is nobody's: the trust
    ],
)
def test_who_takes_a_duty_over(role, named, who):
    assert takes_over(role, hiding(*named), SCHOOL) == who


def test_standing_aside_passes_a_duty_on_as_hiding_does():
    aside = grades(people=[person("H", "target")])
    assert takes_over("head_of_school", aside, SCHOOL) == "G"


def test_the_vice_chair_comes_before_the_trust():
    assert takes_over("chair_of_local_board", hiding("G"), SCHOOL | {"vice_chair_of_local_board": ["V"]}) == "V"


def test_a_holder_says_by_which_office_the_duty_came():
    assert holder("dsl", hiding("D"), SCHOOL) == conflict.Holder("E", "deputy_dsl")


def test_a_body_turns_to_its_head_when_all_of_it_is_named():
    assert takes_over("leadership_team", hiding("L"), SCHOOL | {"leadership_team": ["L"]}) == "H"
