"""What comes next after triage, what stands out of the way, and what is said where nobody here did it."""

import re
from datetime import timedelta
from io import BytesIO

import pytest

from casework.models import Case
from incidents.models import Concern, Link
from incidents.questions import is_opened
from incidents.steps import _to_decide
from incidents.workflow import triage
from schools.workflow.people import record_arrangement
from tests import states
from tests.access.browsing import address, browser
from tests.conftest import NOW
from tests.pages import in_order, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
FRIDAY = NOW - timedelta(days=3)


def page(user, path):
    answer = browser(user).get(path)
    assert answer.status_code == 200
    return answer


def test_after_triage_the_two_ends_are_two_buttons_and_nowhere_else(cast):
    concern = states.about_nobody_here(cast, at=FRIDAY)
    said = words(page(cast.dee, address(concern)))
    in_order(said, "What comes next", "Open a case, or finish without one", "Open a case", "Finish without a case")
    in_order(
        said, "What else you can do", "Name a person", "Request a takedown", "Rarely needed", "Join to an open case"
    )
    assert said.count("Finish without a case") == 1
    assert said.count("Open a case") == 2
    assert "Someone has read this already" not in said
    assert "Not raised by the facts: nobody who works" not in said.partition("What your policy says")[0]


def test_a_case_is_opened_by_one_press(cast):
    concern = states.about_nobody_here(cast, at=FRIDAY)
    dee = browser(cast.dee)
    source = dee.get(address(concern)).content.decode()
    form = re.search(rf'<form method="post" action="({address(concern)}open-case/)">(.*?)</form>', source, re.S)
    sent = dict(re.findall(r'name="(form_\w+)" value="([^"]*)"', form[2]))
    landed = dee.post(form[1], sent, follow=True)
    (case,) = Case.objects.all()
    in_order(words(landed), f"Case {case.ref}", "What comes next", "Open its first part")


def test_the_two_ends_wait_for_the_threshold_question(cast):
    said = words(page(cast.dee, address(states.triaged(cast, at=FRIDAY))))
    assert "Open a case, or finish without one" not in said


def test_of_an_outsider_nothing_can_be_charged_and_the_page_says_why(cast):
    said = words(page(cast.dee, address(states.about_nobody_here(cast, at=FRIDAY))))
    in_order(
        said,
        "What your policy says",
        "Nothing can be charged",
        "Nobody who works in or for the school is said to have done it",
    )
    assert "Paragraphs that can be charged" not in said
    assert "Paragraphs that can be charged" in words(page(cast.dee, address(states.triaged(cast, at=FRIDAY))))


def test_a_paragraph_leads_to_where_it_stands_in_the_policy(cast):
    concern = states.triaged(cast, at=FRIDAY)
    source = page(cast.harriet, address(concern)).content.decode()
    places = re.findall(r'<a class="govuk-link" href="(/policies/[^"#]+)#(5\.e)">5\.e</a>', source)
    assert places
    assert f'id="{places[0][1]}"' in page(cast.harriet, places[0][0]).content.decode()


def test_whoever_reads_is_not_listed_among_those_to_tell(cast):
    concern = states.triaged(cast, at=FRIDAY)
    said = words(page(cast.dee, address(concern)))
    told = said.rpartition("Who needs to know now")[2].partition("People")[0]
    in_order(told, "Harriet Lowe", "You are among them too, as", "you are reading it")
    assert "Dee Marsh" not in told
    read = states.read(cast, at=FRIDAY)
    in_order(words(page(cast.dee, address(read, "triage"))), "Who needs to know now", "You, DSL, are reading it.")


def test_the_one_copy_of_a_post_is_chosen_and_only_those_near_may_have_sent(cast):
    concern = states.answered(cast, at=FRIDAY)
    (link,) = Link.objects.filter(record=concern.record)
    source = page(cast.dee, address(concern, "request-takedown")).content.decode()
    assert re.search(rf'value="{link.pk}"[^>]*checked', source)
    assert "Tom Okoro" in source
    assert "Hugh Bannerman" in source  # of the central team
    assert "Olu Bello" not in source  # of another school


def test_a_takedown_without_a_place_says_where_to_put_one(cast):
    concern = states.answered(cast, at=FRIDAY, links=[])
    in_order(words(page(cast.dee, address(concern, "request-takedown"))), "No place is noted yet: add the link")


def test_what_is_over_is_refused_in_words_that_can_be_read(cast):
    concern = states.settled(states.about_nobody_here(cast, at=FRIDAY), cast, at=FRIDAY)
    ended = {"outcome": "no_further_action", "reason": "It was a joke."}
    triage.finish_concern(concern, by=cast.dee, at=FRIDAY, **ended)
    answer = browser(cast.dee).get(address(concern, "triage"))
    assert answer.status_code == 409
    in_order(words(answer), "This cannot be done now: it stands at “Finished”.")


def test_decisions_that_the_facts_did_not_raise_are_listed_once_with_the_rule_not_met(cast):
    concern = states.about_nobody_here(cast, at=FRIDAY)
    said = words(page(cast.dee, address(concern))).rpartition("Nothing has been decided.")[2].partition("History")[0]
    in_order(said, "Not raised by the facts", "Could this have harmed a child", "Nobody who works in or for the school")
    in_order(
        said, "Has the local authority designated officer (LADO) been told?", "The threshold question was not raised."
    )
    in_order(said, "Should parents or carers be told?", "The policy does not ask for it.")
    # All Saints wants a decision about the police on record for abuse of staff.
    assert "Should the police be told?" not in said
    in_order(words(page(cast.dee, address(concern))), "What comes next", "Decide whether to tell the police")


def test_decisions_stand_in_the_order_in_which_they_were_made_not_written_down(cast):
    concern = states.answered(cast, at=NOW - states.DAY)
    answers = {"answer": "yes", "reason": "The policy asks for it."}
    late = {"by": cast.dee, "at": NOW - states.HOUR}
    triage.record_decision(concern, **late, question="police", happened_at=NOW - 2 * states.HOUR, **answers)
    triage.record_decision(concern, **late, question="parents", happened_at=NOW - 23 * states.HOUR, **answers)
    shown = words(browser(cast.dee).get(address(concern)))
    decided = shown[shown.index("Decisions Should parents") :]
    in_order(decided, "Should parents or carers be told?", "Could this have harmed", "Should the police be told?")


def test_that_the_police_should_be_told_stays_until_they_were(cast):
    concern = states.about_nobody_here(cast, at=FRIDAY)
    said = {"question": "police", "answer": "yes", "reason": "He says that he waits at the gate."}
    triage.record_decision(concern, by=cast.dee, at=FRIDAY, **said)
    shown = words(page(cast.dee, address(concern)))
    in_order(shown, "What comes next", "Ring the police, and record when", "our suggestion")
    assert "Decide whether to tell the police" not in shown
    in_order(words(page(cast.harriet, "/")), "Overdue", "Ring the police, and record when")
    triage.record_decision(concern, by=cast.dee, at=NOW, happened_at=FRIDAY, **said)
    for path in (address(concern), "/"):
        assert "Ring the police" not in words(page(cast.harriet, path))


def rings(cast, kind, name, telephone):
    """Whom Oakfield rings, as its administrator recorded it long before."""
    at = NOW - timedelta(days=90)
    record_arrangement(cast.oakfield, by=cast.ada, at=at, kind=kind, name=name, from_on=at.date(), telephone=telephone)


def test_whoever_reads_that_somebody_is_at_risk_is_told_whom_to_ring_outside(cast):
    rings(cast, "front_door", "Wayland Front Door", "01632 960514")
    rings(cast, "police", "Wayland Police", "101")
    concern = states.reported(cast, at=FRIDAY, at_risk="yes")
    ring = ("Whom the school rings outside", "Wayland Front Door", "01632 960514", "Wayland Police", "ring 999")
    in_order(words(page(cast.dee, address(concern))), "Nobody has read this report yet", *ring)
    triage.read_report(concern, by=cast.dee, at=FRIDAY)
    in_order(words(page(cast.dee, address(concern))), "somebody is at risk now", *ring, "What comes next")
    assert "Wayland" not in words(page(cast.dee, address(states.read(cast, at=FRIDAY))))


def test_the_step_to_the_lado_names_the_lado_with_the_number(cast):
    rings(cast, "lado", "Roberta Finlay", "01632 960513")
    concern = states.answered(cast, at=FRIDAY, answer="meets_threshold")
    in_order(words(page(cast.dee, address(concern))), "Contact the LADO", "Roberta Finlay, 01632 960513", "the law")


def test_what_it_is_comes_before_all_that_follows_from_it(cast):
    said = words(page(cast.dee, address(states.read(cast, at=FRIDAY))))
    in_order(said, "What comes next", "Triage it", "Confirm or lift the conflict of interest")


def test_a_conflict_that_waits_stands_first_in_the_words_of_the_page(cast):
    concern = states.read(cast, at=FRIDAY)
    asked = words(page(cast.dee, address(concern, "confirm-conflict"))).partition("About whom?")[2]
    hidden = "Sam Field, the person this is about: cannot see this (to be confirmed)"
    in_order(asked, hidden, "Tom Okoro, the person who reported it: decides nothing here")


def test_what_cannot_be_done_now_asks_nothing_and_leads_back(cast):
    concern = states.read(cast, at=FRIDAY)
    answer = browser(cast.dee).get(address(concern, "open-case"))
    assert answer.status_code == 409
    in_order(words(answer), "Not now", "Nothing has to be filled in until then.", "Go back")
    assert b"save_draft" not in answer.content
    assert f'href="{address(concern)}"'.encode() in answer.content


def test_a_file_that_waits_is_named_and_one_that_waited_too_long_says_so(cast):
    tom, path = browser(cast.tom), "/report/staff_confidential/"
    picture = BytesIO(states.PICTURE)
    picture.name = "IMG_2231.png"
    added = tom.post(path, {"files-file": picture, "add:files": "1"})
    in_order(words(added), "Screenshots or other files", "IMG_2231.png", "Choose another file")
    gone = tom.post(path, {"files": "00000000-0000-4000-8000-000000000000", "narrative": states.WORDS, "at_risk": "no"})
    assert gone.status_code == 400
    in_order(words(gone), "Screenshots or other files", "A file that waited too long, or was sent already", "Remove")


def test_of_a_nude_picture_of_a_child_the_police_and_the_parents_are_decided_whatever_the_policy_says():
    silent = {"must_record": [], "governors": {"notice": "none"}}
    picture, rude = Concern(code="PUPIL_CONDUCT", secondary_codes="SEXIMG"), Concern(code="DISPARAGE")
    for question in ("police", "parents"):
        assert is_opened(question, picture, silent)
        assert not is_opened(question, rude, silent)
    steps = {(step.what, step.basis) for step in _to_decide(picture, silent, made=set())}
    assert steps == {
        ("Decide whether to tell the police", "default"),
        ("Decide whether to tell parents or carers", "default"),
    }
