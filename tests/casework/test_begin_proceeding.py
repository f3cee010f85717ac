"""Beginning a proceeding: in a conduct part, once, with two different people who are free in it."""

from datetime import date

import pytest

from casework.charging import paragraphs
from casework.forms import AllegationRow, BeginProceeding
from casework.models import Allegation, Proceeding, Step
from casework.workflow.cases import join_case
from casework.workflow.endings import end_without_hearing
from casework.workflow.handing_over import hand_over
from casework.workflow.proceedings import begin_proceeding, record_investigation
from incidents.workflow.speech import check_speech, record_officer_reply
from incidents.workflow.triage import record_decision
from schools import policy
from schools.access import Viewer, sees
from schools.models import Reader
from schools.roles import Role
from tests import factories as make
from tests import states
from tests.access.browsing import browser
from tests.pages import in_order, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(cast, at):
    return states.part(cast, "conduct", at=at)


@pytest.fixture
def said(cast):
    return {
        "allegations": [{"paragraphs": "6.1", "alleged": "That he named a child."}],
        "investigator": cast.ivan.person,
        "decision_maker": cast.harriet.person,
        "belief": "no",
        "union": "no",
        "public_interest": "no",
        "private": "no",
        "protected_speech_reason": "It is about a child.",
    }


def test_begin_proceeding_is_for_personnel_and_the_head(cast, at, part):
    assert states.who_may(begin_proceeding, part, cast, at=at) == ("harriet hugh", "")


def test_begin_proceeding_wants_a_conduct_part_and_no_other(cast, at, part, said):
    other = states.part(cast, at=at, case=part.case)
    words = "Only the staff conduct part has a proceeding."
    assert states.why_not(begin_proceeding, other, by=cast.harriet, at=at, **said) == words


def test_begin_proceeding_keeps_those_apart_who_investigate_and_decide(cast, at, part, said):
    answers = said | {"investigator": cast.harriet.person}
    words = "The person who investigates cannot be the person who decides."
    assert states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **answers) == words


@pytest.mark.parametrize("name", ["sam", "pat", "dot", "tom"])
def test_begin_proceeding_takes_no_party_and_nobody_who_stands_aside(cast, at, part, said, name):
    person = getattr(cast, name).person
    words = f"{person.name} cannot be chosen for this: choose somebody else."
    assert states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **said | {"investigator": person}) == words


DOUBTS = [("belief", "maybe"), ("belief", "yes"), ("union", "yes"), ("private", "maybe"), ("public_interest", "maybe")]
REASONS = {"objected_to": "That he mocked an accent, to parents.", "lesser_step": "He had guidance in May."}


@pytest.mark.parametrize(("question", "answer"), DOUBTS)
def test_begin_proceeding_stops_before_protected_speech_until_advice_was_taken(cast, at, part, said, question, answer):
    words = "Take advice first: this may be protected speech, and a view held is never a charge."
    answers = said | REASONS | {question: answer}
    assert states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **answers) == words
    states.advice_asked(cast, at=at, part=part)
    assert states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **answers) == words


@pytest.mark.parametrize("missing", ["objected_to", "lesser_step"])
def test_begin_proceeding_with_a_doubt_says_what_is_objected_to_and_why_no_less_will_do(cast, at, part, said, missing):
    states.advised(cast, at=at, part=part)
    words = "Say what exactly is objected to (the words, the audience, the harm), and why no less will do."
    answers = said | REASONS | {"belief": "maybe", missing: ""}
    assert states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **answers) == words


def test_begin_proceeding_with_a_doubt_and_advice_keeps_the_answers_and_none_of_the_advice(cast, at, part, said):
    states.advised(cast, at=at, part=part)
    begin_proceeding(part, by=cast.hugh, at=at + states.DAY, **said | REASONS | {"belief": "maybe"})
    (step,) = Step.objects.filter(record=part.record)
    assert states.words(step).said == (
        "Protected-speech check: “Is it a belief, the lack of one, or a statement about one?” maybe; to the rest no. "
        "Advice was taken. It is about a child.\n\nWhat is objected to: That he mocked an accent, to parents.\n\n"
        "Why a lesser step will not do: He had guidance in May."
    )


def test_begin_proceeding_never_follows_a_disclosure_in_the_public_interest(cast, at, part, said):
    states.advised(cast, at=at, part=part)
    words = (
        "A disclosure in the public interest goes to the whistleblowing route first: nothing is begun until that "
        "officer has replied."
    )
    answers = said | REASONS | {"public_interest": "yes"}
    assert states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **answers) == words


DISCLOSED = {"belief": "no", "union": "no", "public_interest": "yes", "private": "no", "reason": "The labs leak."}


def test_begin_proceeding_waits_while_a_disclosure_of_the_same_person_does(cast, at, part, said):
    """Hugh does not read concerns: that there is a disclosure he is not told; Harriet, who reads it, is."""
    concern, later = part.case.joined.get().concern, at + states.DAY
    check_speech(concern, by=cast.dee, at=later, officer=cast.olu.person, **DISCLOSED)
    assert states.why_not(begin_proceeding, part, by=cast.hugh, at=later, **said) == (
        "This cannot be done yet: something else has to be settled first. Ask the head or the safeguarding lead, who "
        "will say when it can."
    )
    assert states.why_not(begin_proceeding, part, by=cast.harriet, at=later, **said) == (
        "A disclosure in the public interest goes to the whistleblowing route first: nothing is begun until that "
        "officer has replied."
    )
    record_officer_reply(concern, by=cast.dee, at=later, happened_at=later, said="None of mine.", is_disclosure="no")
    assert begin_proceeding(part, by=cast.hugh, at=later, **said).proceeding_of.status == "begun"


def test_begin_proceeding_waits_for_no_disclosure_of_somebody_else_in_the_case(cast, at, part, said):
    make.member(cast.oakfield, "Vera Holt", at=at - states.DAY)
    vera = [{"name": "Vera Holt", "kind": "staff", "part": "subject"}]
    other, later = states.answered(cast, at=at, people=vera), at + states.DAY
    check_speech(other, by=cast.dee, at=later, officer=cast.olu.person, **DISCLOSED)
    join_case(other, by=cast.dee, at=later, case=part.case)
    assert begin_proceeding(part, by=cast.hugh, at=later, **said).proceeding_of.status == "begun"


def test_begin_proceeding_waits_for_a_disclosure_of_somebody_not_named_yet(cast, at, part, said):
    child = [{"name": "Kit Lane", "kind": "pupil", "part": "affected"}]
    unnamed, later = states.triaged(cast, at=at, people=child), at + states.DAY
    check_speech(unnamed, by=cast.dee, at=later, officer=cast.olu.person, **DISCLOSED)
    join_case(unnamed, by=cast.dee, at=later, case=part.case)
    assert states.why_not(begin_proceeding, part, by=cast.harriet, at=later, **said).startswith("A disclosure in")


def meeting_the_threshold(cast, at):
    """A conduct part about Sam, where the threshold is met and the LADO has to be told; and its concern."""
    concern = states.answered(cast, at=at, answer="meets_threshold")
    return states.part(cast, "conduct", at=at, case=states.opened(concern, cast, at=at)), concern


def test_begin_proceeding_waits_until_the_lado_is_told(cast, at, said):
    """Keeping children safe in education, Part Four: where the threshold is met nothing is asked before that."""
    (part, concern), later = meeting_the_threshold(cast, at), at + states.DAY
    assert states.why_not(begin_proceeding, part, by=cast.harriet, at=later, **said) == (
        f"Tell the LADO of {concern.ref} first, and record it: until then nothing is asked of the person."
    )
    rung = {"question": "lado", "answer": "yes", "reason": "Rung at nine.", "happened_at": later}
    record_decision(concern, by=cast.dee, at=later, **rung)
    assert begin_proceeding(part, by=cast.hugh, at=later, **said).proceeding_of.status == "begun"


def test_begin_proceeding_tells_who_sees_no_concern_nothing_of_the_lado(cast, at, said):
    part, _ = meeting_the_threshold(cast, at)
    words = states.why_not(begin_proceeding, part, by=cast.hugh, at=at + states.DAY, **said)
    assert words.startswith("This cannot be done yet: something else has to be settled first.")


def test_begin_proceeding_waits_for_the_threshold_question_of_a_concern_that_was_joined(cast, at, part, said):
    second, later = states.triaged(cast, at=at), at + states.DAY
    join_case(second, by=cast.dee, at=later, case=part.case)
    assert states.why_not(begin_proceeding, part, by=cast.harriet, at=later, **said) == (
        f"Answer the threshold question of {second.ref} first: until then nothing is asked of the person."
    )


def test_begin_proceeding_charges_nothing_that_is_still_to_come(cast, at, part):
    tomorrow = {"conduct_on": "2026-11-24", "paragraphs": "6.h", "alleged": "That he will."}
    row = AllegationRow(tomorrow, subject=part, viewer=Viewer(cast.hugh, at))
    assert "“When was it done?” must be today or in the past." in [one.sentence for one in row.problems()]


def test_begin_proceeding_takes_nobody_who_has_read_legal_advice(cast, at, part, said):
    states.advised(cast, at=at, part=part)
    words = "Hugh Bannerman cannot do this: they have read legal advice about it."
    answers = said | {"decision_maker": cast.hugh.person}
    assert states.why_not(begin_proceeding, part, by=cast.harriet, at=at, **answers) == words


def test_begin_proceeding_gives_the_part_to_both_and_counts_twenty_working_days(cast, at, part, said):
    begin_proceeding(part, by=cast.hugh, at=at, **said)
    proceeding = Proceeding.objects.get()
    assert (proceeding.status, proceeding.begun_at, proceeding.ref) == ("begun", at, part.ref)
    assert proceeding.investigation_due_on == date(2026, 12, 21)
    assert sees(Viewer(cast.ivan, at), part.record)
    given = Reader.objects.filter(record=part.record).order_by("role").values_list("person__name", "role")
    assert list(given) == [("Harriet Lowe", "hearing_officer"), ("Ivan Petrov", "investigating_officer")]


def test_begin_proceeding_keeps_each_allegation_and_the_check_of_speech(cast, at, part, said):
    begin_proceeding(part, by=cast.hugh, at=at, **said)
    (allegation,) = Allegation.objects.filter(record=part.record)
    assert (allegation.paragraphs, states.words(allegation).alleged) == ("6.1", "That he named a child.")
    (step,) = Step.objects.filter(record=part.record)
    assert states.words(step).said == "Protected-speech check answered no: It is about a child."


def test_begin_proceeding_is_done_once(cast, at, said):
    part = states.begun(cast, at=at).part
    words = "There is a proceeding already."
    assert states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **said) == words


def test_begin_proceeding_waits_while_another_about_the_same_person_runs_in_the_case(cast, at, said):
    case = states.in_case(cast, at=at)
    first, later = states.begun(cast, at=at, case=case), at + states.DAY
    second = states.part(cast, "conduct", at=at, case=case)
    assert states.why_not(begin_proceeding, second, by=cast.hugh, at=later, **said) == (
        "A proceeding about this person runs in this case already: add the allegation to that one."
    )
    record_investigation(first, by=cast.ivan, at=later, happened_at=later, said="It was not him.")
    end_without_hearing(first, by=cast.harriet, at=later, reason="It was not him.")
    assert begin_proceeding(second, by=cast.hugh, at=later, **said).proceeding_of.status == "begun"


def test_begin_proceeding_is_not_for_whom_the_part_was_only_handed_to_read(cast, at, part, said):
    hand_over(part, by=cast.hugh, at=at, person=cast.dee.person, role="dsl", why="She knows the child.")
    words = "Your role does not let you do this: begin a proceeding."
    assert states.why_not(begin_proceeding, part, by=cast.dee, at=at, **said) == words


def test_begin_proceeding_leaves_its_line(cast, at, part, said):
    begin_proceeding(part, by=cast.hugh, at=at, **said)
    assert states.last_line(part) == ("proceeding.begun", cast.hugh.pk, at, {"allegations": 1})


@pytest.fixture
def under_headings(cast, at):
    """A trust whose policy has headings, with several rules under one of them."""
    make.policy_of(cast.trust, policy.text_of("lte-2019-09"), at=at - states.DAY)


def test_begin_proceeding_offers_each_rule_by_itself_and_nothing_that_staff_cannot_be_charged_with(
    under_headings, cast, at, part
):
    now = [(named, said) for named, said in paragraphs(part) if not said.endswith("(version 2022 only)")]
    offered = dict(now)
    assert len(offered) == len(now) == 19  # eighteen rules, for one more only advises, and the code of conduct
    assert offered["LTE-B15"] == "H8 Employees must never connect with pupils."
    assert offered["H9"] == "H9 Candidates must not be checked on social media as a matter of routine."


def test_begin_proceeding_keeps_which_rule_under_a_heading_was_meant(under_headings, cast, at, part, said):
    charges = [{"paragraphs": named, "alleged": "That he did."} for named in ("LTE-B15", "H9", "Code of conduct")]
    begin_proceeding(part, by=cast.hugh, at=at, **said | {"allegations": charges})
    kept = Allegation.objects.filter(record=part.record).order_by("paragraphs")
    assert list(kept.values_list("paragraphs", "clause")) == [
        ("Code of conduct", ""),
        ("H8", "LTE-B15"),
        ("H9", "LTE-B18"),
    ]


@pytest.mark.usefixtures("on_the_day")
def test_the_page_of_the_part_says_what_the_charged_rule_asks(under_headings, cast, at, part, said):
    charges = [{"paragraphs": "LTE-B15", "alleged": "That he did."}]
    begin_proceeding(part, by=cast.hugh, at=at, **said | {"allegations": charges})
    page = words(browser(cast.hugh).get(f"/parts/{part.ref}/"))
    in_order(page, "What is alleged", "H8", "Employees must never connect with pupils.", "That he did.")


UNDER_ALL_SAINTS = (
    "{} cannot decide this. The policy, 9.b: The Trust Leadership Team may discipline, according to how serious the "
    "allegation is. They hold no office in it."
)


@pytest.mark.parametrize("who", ["ivan", "grace", "ada"])
def test_where_the_policy_names_who_disciplines_nobody_else_hears_it(cast, at, part, said, who):
    """All Saints, 9.b. Grace chairs the governors, who are not of the Leadership Team."""
    person = getattr(cast, who).person
    answers = said | {"investigator": make.person(cast.elmwood, "Una Reid", at=at), "decision_maker": person}
    refusal = states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **answers)
    assert refusal == UNDER_ALL_SAINTS.format(person.name)
    assert Proceeding.objects.count() == 0


def test_an_office_counts_once_it_is_held_and_in_this_trust_alone(cast, at, part, said):
    lea = make.person(cast.oakfield, "Lea Holt", at=at)
    make.office(lea, Role.LEADERSHIP_TEAM, at=at + states.DAY)
    make.office(cast.zoe.person, Role.LEADERSHIP_TEAM, at=at)
    for person in (lea, cast.zoe.person):
        answers = said | {"decision_maker": person}
        refusal = states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **answers)
        assert refusal == UNDER_ALL_SAINTS.format(person.name)
    begin_proceeding(part, by=cast.hugh, at=at + states.DAY, **said | {"decision_maker": lea})


def test_where_the_policy_is_silent_whoever_hears_it_holds_a_senior_office(cast, at, said):
    """The model policy says nothing of who disciplines, so a teacher and an investigator are refused and a chair hears.

    It is in force from before the report on, and 6.1 is none of its paragraphs.
    """
    make.policy_of(cast.trust, policy.text_of("model"), at=at - states.HOUR)
    part = states.part(cast, "conduct", at=at)
    clause = policy.shipped()["model"].chargeable[0].id
    facts = {"investigator": make.person(cast.elmwood, "Una Reid", at=at)}
    facts["allegations"] = [{"paragraphs": clause, "alleged": "That he named a child."}]
    refused = (
        "{} cannot decide this: they hold no senior office in the trust. The policy does not say who does; this is our "
        "suggestion."
    )
    for person in (cast.ivan.person, cast.ada.person, make.person(cast.oakfield, "Lea Holt", at=at)):
        answers = said | facts | {"decision_maker": person}
        assert states.why_not(begin_proceeding, part, by=cast.hugh, at=at, **answers) == refused.format(person.name)
    begin_proceeding(part, by=cast.hugh, at=at, **said | facts | {"decision_maker": cast.grace.person})


def test_the_form_says_who_may_hear_it_and_offers_nobody_else(cast, on_the_day):
    part = states.part(cast, "conduct", at=on_the_day - states.DAY)
    client = browser(cast.hugh)
    page = words(client.get(f"/parts/{part.ref}/begin-proceeding/"))
    in_order(page, "Who hears it and decides?", "The policy, 9.b: The Trust Leadership Team may discipline")
    form = BeginProceeding(subject=part, viewer=Viewer(cast.hugh, on_the_day))
    offered = {person.name for person, _ in form.choices_for()["decision_maker"]}
    assert offered == {"Harriet Lowe", "Dee Marsh"}
