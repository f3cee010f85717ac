"""Where no policy was adopted our model policy answers, and every word of it is ours; the law stays the law."""

from incidents.rules import compared, route
from schools import policy

REPORTED = "2026-11-23T08:00:00+00:00"  # a Monday
END_OF_MONDAY = "2026-11-23T23:59:59+00:00"
STAFF = {
    "code": "CONFID",
    "direction": "staff_act",
    "reported_at": REPORTED,
    "people": [{"key": "S", "part": "subject", "kind": "staff"}],
    "office_holders": {"head_of_school": ["H"], "dsl": ["D"], "dpo": ["P"]},
}
ABUSE = {
    "code": "ABUSE",
    "direction": "against_staff",
    "reported_at": REPORTED,
    "office_holders": {"head_of_school": ["H"], "dsl": ["D"], "line_manager": ["L"]},
}


def test_what_the_model_policy_asks_is_our_suggestion_and_what_the_law_asks_is_the_law():
    told = [(row["role"], row["due_at"], row["basis"], row["due_basis"]) for row in route.answer(STAFF, None)["tell"]]
    # 7.1 of the model policy: head and safeguarding lead, the same day; UK GDPR: the data protection officer.
    assert told == [
        ("head_of_school", END_OF_MONDAY, "default", "default"),
        ("dsl", END_OF_MONDAY, "default", "default"),
        ("dpo", END_OF_MONDAY, "statute", "default"),
    ]


def test_nothing_of_it_can_be_charged_demanded_or_called_the_policys():
    answer = route.answer(STAFF, None)
    assert answer["clauses"] == []
    assert {
        "id": "MOD-B12",
        "ref": "our model policy, 5.1",
        "why": "The trust has adopted no policy, so nothing can be charged under ours.",
    } in (answer["not_citable"])
    assert answer["removal"] == {"power": "no_express_power", "ref": None, "refusal_is_breach": False}
    assert answer["governors"] == {"notice": "not_in_policy", "ref": None, "due_at": None}
    assert (answer["silent_on"], answer["rely_on"], answer["not_covered"]) == (["CONFID"], [], [])
    assert answer["why"].startswith(
        "The trust has adopted no policy: who is told follows our model policy and the law."
    )


def test_who_is_kept_out_does_not_depend_on_a_policy():
    adopted, suggested = route.answer(STAFF, policy.ours()), route.answer(STAFF, None)
    for part in ("hidden", "standing_aside", "takes_over", "screens", "clocks", "threshold_question"):
        assert suggested[part] == adopted[part]


def answers(*packs):
    return [route.answer(ABUSE, pack) for pack in packs]


def test_another_policy_that_asks_the_same_leaves_no_difference():
    assert compared.differences(*answers(policy.ours(), policy.ours())) == []


def test_a_policy_with_other_paragraphs_says_which():
    # All Saints: 5.e to the safeguarding lead, 9.d to the head, 9.d can be charged; the model: 7.1 to both, 8.1.
    # Both the same day, both tell governors, and a stranger's post can only be asked for under either.
    all_saints = policy.shipped()["allsaints-2022"]
    assert compared.differences(*answers(all_saints, policy.ours())) == [
        "Paragraphs that can be charged: 8.1, instead of 9.d."
    ]


def test_somebody_more_to_tell_and_another_time_are_said():
    text = policy.text_of("model").replace('when = "same_day"', 'when = "P1WD"', 1)
    slower = policy.parse(text.replace('to = ["head_of_school", "dsl"]', 'to = ["dsl", "line_manager"]'))
    assert compared.differences(*answers(policy.ours(), slower)) == [
        "Line manager would have been told as well by the end of Tue 24 Nov 2026.",
        "Head would not have been told.",
        "Designated Safeguarding Lead would have been told by the end of Tue 24 Nov 2026 instead of by the end of "
        "Mon 23 Nov 2026.",
    ]


def test_governors_and_the_power_over_posts_are_said():
    archway = policy.shipped()["archway-2019"]  # says nothing of governors
    found = compared.differences(*answers(policy.ours(), archway))
    assert "Governors need not have been told." in found
    mine = STAFF | {"code": "DISPARAGE"}
    lte = policy.shipped()["lte-2019-09"]  # has no express power, where the model policy has it in 9.1
    found = compared.differences(route.answer(mine, policy.ours()), route.answer(mine, lte))
    assert "Taking it down could only be asked for, where it could be demanded before." in found
