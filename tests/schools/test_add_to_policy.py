"""Adding to the trust's policy: one school's own paragraphs, for that school alone, taking nothing away."""

from datetime import UTC, datetime

import pytest

from incidents import routing
from schools import adopted, clock, policy, policy_forms
from schools.roles import Role
from schools.workflow.policies import NOTHING_TO_ADD_TO, add_to_policy, adopt_policy
from tests import factories, states
from tests.access.browsing import browser
from tests.conftest import ALL_SAINTS
from tests.pages import in_order, words

pytestmark = pytest.mark.django_db
MORE = states.ADDITIONS


def test_add_to_policy_is_for_the_head_and_the_administrator(cast, at):
    assert states.who_may(add_to_policy, cast.oakfield, cast, at=at) == ("ada harriet", "")


def test_add_to_policy_is_refused_to_others_in_words(cast, at):
    words = "Your role does not let you do this: add to the policy."
    assert states.why_not(add_to_policy, cast.oakfield, by=cast.dee, at=at, text=MORE) == words


def test_add_to_policy_waits_until_the_trust_has_one(cast, at):
    head = factories.member(cast.zoe.person.school, "Abel Ash", Role.HEAD_OF_SCHOOL, at=at)
    assert states.why_not(add_to_policy, head.person.school, by=head, at=at, text=MORE) == NOTHING_TO_ADD_TO


def test_add_to_policy_holds_at_this_school_and_no_other(cast, at):
    add_to_policy(cast.oakfield, by=cast.harriet, at=at, text=MORE)
    here = adopted.policy_of(adopted.in_force(cast.oakfield, at))
    elsewhere = adopted.policy_of(adopted.in_force(cast.elmwood, at))
    assert "OAK-B1" in [clause.id for clause in here.clauses]
    assert "OAK-B1" not in [clause.id for clause in elsewhere.clauses]


def test_add_to_policy_ends_when_the_trust_adopts_another_version(cast, at):
    add_to_policy(cast.oakfield, by=cast.harriet, at=at, text=MORE)
    later = at + states.DAY
    again = adopt_policy(cast.trust, by=cast.ada, at=later, text=ALL_SAINTS.read_text())
    assert adopted.in_force(cast.oakfield, later) == again


def test_add_to_policy_names_the_line_of_a_mistake(cast, at):
    wrong = MORE.replace("Oakfield School", "Elmwood School")
    said = states.why_not(add_to_policy, cast.oakfield, by=cast.harriet, at=at, text=wrong)
    assert said.startswith("This cannot be added to the policy: line 2: ")


def test_add_to_policy_leaves_its_line_with_the_digest(cast, at):
    made = add_to_policy(cast.oakfield, by=cast.harriet, at=at, text=MORE)
    facts = {"pack": "allsaints-2022", "digest": made.digest}
    assert states.last_line(cast.oakfield) == ("policy.added_to", cast.harriet.pk, at, facts)


REPORT_TO_MANAGER = """adds_to = "allsaints-2022"
school = "Oakfield School"
approved_on = "2026-11-01"

[[obligations]]
id = "OAK-01"
ref = "Local 2"
kind = "report"
actor = ["staff"]
duty = "report_to_line_manager"
to = ["line_manager"]
wording = "Abuse of staff goes to the line manager as well, on the same day."
codes = ["ABUSE"]
directions = ["against_staff"]
when = "same_day"
when_kind = "stated_exact"
"""


def asked(concern, at) -> list[tuple[str, str | None]]:
    return [(row["role"], row["ref"]) for row in routing.answer(concern, at=at)["tell"]]


def test_add_to_policy_adds_to_whom_a_later_concern_is_told_and_takes_nobody_away(cast, at):
    before = states.about_nobody_here(cast, at=at - states.DAY)
    add_to_policy(cast.oakfield, by=cast.harriet, at=at, text=REPORT_TO_MANAGER)
    after = states.about_nobody_here(cast, at=at + states.HOUR)
    # All Saints 5.e and 9.d; then what Oakfield added. The day before, nothing had been added.
    assert set(asked(before, at)) == {("dsl", "5.e"), ("head_of_school", "9.d")}
    assert set(asked(after, at)) == {("dsl", "5.e"), ("head_of_school", "9.d"), ("line_manager", "Local 2")}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('id = "OAK-01"', 'id = "ALS-07"', "stands in the trust's policy; a school may add to it and change nothing."),
        ('adds_to = "allsaints-2022"', 'adds_to = "model"', "These additions are for “model”, and the policy is"),
        (
            "[[obligations]]",
            '[removal]\npower = "may_demand"\n\n[[obligations]]',
            "“removal” is not a key that belongs there",
        ),
        ("[[obligations]]", '[roles]\ndsl = "Nobody"\n\n[[obligations]]', "already gives “dsl” a title."),
    ],
    ids=["an item of the trust's", "another policy", "a power", "a title of the trust's"],
)
def test_add_to_policy_takes_nothing_away(cast, at, before, after, said):
    text = REPORT_TO_MANAGER.replace(before, after)
    assert said in states.why_not(add_to_policy, cast.oakfield, by=cast.harriet, at=at, text=text)
    assert adopted.in_force(cast.oakfield, at).school is None


def test_add_to_policy_again_stands_in_place_of_what_was_added_before(cast, at):
    first = add_to_policy(cast.oakfield, by=cast.harriet, at=at, text=MORE)
    second = add_to_policy(cast.oakfield, by=cast.harriet, at=at + states.HOUR, text=REPORT_TO_MANAGER)
    ids = [item.id for item in adopted.policy_of(adopted.in_force(cast.oakfield, at + states.HOUR)).items]
    assert ("OAK-01" in ids, "OAK-B1" in ids) == (True, False)
    assert adopted.in_force(cast.oakfield, at) == first
    assert first.key != second.key


def test_the_same_additions_to_another_version_are_another_policy(cast, at):
    first = add_to_policy(cast.oakfield, by=cast.harriet, at=at, text=MORE)
    newer = ALL_SAINTS.read_text().replace('version = "2022"', 'version = "2026"')
    adopt_policy(cast.trust, by=cast.ada, at=at + states.HOUR, text=newer)
    second = add_to_policy(cast.oakfield, by=cast.harriet, at=at + 2 * states.HOUR, text=MORE)
    assert first.digest != second.digest
    assert second.version == "2026, with the additions of Oakfield School"


def test_the_page_begins_with_what_the_school_adds_now(cast, on_the_day):
    page = browser(cast.harriet).get("/schools/oakfield/add-to-policy/").content.decode()
    assert "adds_to = &quot;allsaints-2022&quot;\nschool = &quot;Oakfield School&quot;" in page
    add_to_policy(cast.oakfield, by=cast.harriet, at=on_the_day - states.HOUR, text=MORE)
    assert "OAK-B1" in browser(cast.harriet).get("/schools/oakfield/add-to-policy/").content.decode()


def test_the_page_shows_first_which_open_records_would_have_been_different(cast, on_the_day):
    concern = states.about_nobody_here(cast, at=on_the_day - 10 * states.HOUR)  # Sunday 22 November, 22:00
    answers = {"text": REPORT_TO_MANAGER, "form_token": "a-token-of-this-test"}
    answer = browser(cast.harriet).post("/schools/oakfield/add-to-policy/", answers)
    in_order(words(answer), "The one open record that you see would have been different:", concern.ref)
    in_order(words(answer), "Line manager would have been told as well by the end of Sun 22 Nov 2026.")
    in_order(words(answer), "Local 2 New Abuse of staff goes to the line manager as well")
    assert adopted.in_force(cast.oakfield, clock.now()).school is None


def test_the_page_says_why_not_while_there_is_nothing_to_add_to(cast, on_the_day):
    head = factories.member(cast.zoe.person.school, "Abel Ash", Role.HEAD_OF_SCHOOL, at=on_the_day - states.DAY)
    page = "/schools/ashfield/add-to-policy/"
    assert browser(head).get(page).status_code == 409
    sent = browser(head).post(page, {"text": MORE, "form_token": "a-token-of-this-test"})
    assert sent.status_code == 409
    in_order(words(sent), NOTHING_TO_ADD_TO)


def test_the_first_lines_of_an_addition_name_the_day_as_it_is_in_london(cast):
    half_past_midnight = datetime(2027, 7, 31, 23, 30, tzinfo=UTC)
    assert 'approved_on = "2027-08-01"' in policy_forms.begun(cast.oakfield, half_past_midnight)


def test_a_review_is_overdue_from_the_midnight_of_london(cast, at):
    adopt_policy(cast.trust, by=cast.ada, at=at, text=policy.text_of("model"))
    concern = states.reported(cast, at=at + states.DAY)
    overdue = [
        routing.answer(concern, at=datetime(2027, 8, 31, hour, 30, tzinfo=UTC))["pack"]["review_overdue_since"]
        for hour in (22, 23)
    ]
    assert overdue == [None, "2027-08-31"]
