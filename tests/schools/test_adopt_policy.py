"""Adopting a policy: valid ones only; new records follow it, and those that exist keep theirs."""

import re

import pytest

from casework import adopting as adopting_records
from schools import clock
from schools.adopted import in_force
from schools.models import AdoptedPolicy, Looked
from schools.roles import Role
from schools.workflow.policies import add_to_policy, adopt_policy
from tests import factories, states
from tests.access.browsing import browser, send
from tests.conftest import ALL_SAINTS
from tests.pages import in_order, never_said, words

pytestmark = pytest.mark.django_db
MODEL = ALL_SAINTS.with_name("model.toml")


def test_adopt_policy_is_for_those_who_lead_the_trust_and_the_administrator(cast, at):
    factories.member(cast.central, "Cleo Adams", Role.CEO, at=at, whole_trust=True)
    assert states.who_may(adopt_policy, cast.trust, cast, at=at) == ("ada", "")


def test_adopt_policy_is_refused_to_others_in_words(cast, at):
    words = "Your role does not let you do this: adopt a policy."
    assert states.why_not(adopt_policy, cast.trust, by=cast.harriet, at=at, text=MODEL.read_text()) == words


def test_adopt_policy_names_the_line_of_a_mistake(cast, at):
    said = states.why_not(adopt_policy, cast.trust, by=cast.ada, at=at, text='id = "x"\nnonsense = 1\n')
    assert said.startswith("This policy cannot be adopted: line ")
    assert AdoptedPolicy.objects.filter(trust=cast.trust).count() == 1


def test_adopt_policy_holds_from_now_on_and_not_before(cast, at):
    before = states.reported(cast, at=at - states.DAY)
    made = adopt_policy(cast.trust, by=cast.ada, at=at, text=MODEL.read_text())
    after = states.reported(cast, at=at + states.HOUR)
    assert (before.record.pack.pack_id, after.record.pack.pack_id) == ("allsaints-2022", "model")
    assert in_force(cast.oakfield, at) == made
    assert in_force(cast.oakfield, at - states.HOUR).pack_id == "allsaints-2022"


def test_adopt_policy_leaves_its_line_with_the_digest(cast, at):
    made = adopt_policy(cast.trust, by=cast.ada, at=at, text=MODEL.read_text())
    facts = {"pack": "model", "digest": made.digest}
    assert states.last_line(cast.trust) == ("policy.adopted", cast.ada.pk, at, facts)


def adopting(user, *, answers, path="/trusts/oak/adopt-policy/"):
    """What the page answers to a first press of its button."""
    return browser(user).post(path, answers | {"form_token": "a-token-of-this-test"})


def mark_of(answer) -> str:
    """The mark by which the page knows that these answers were looked at."""
    return re.search(r'name="looked" value="(\w+)"', answer.content.decode())[1]


def test_adopt_policy_shows_first_what_would_change_and_changes_nothing(cast, on_the_day):
    later = MODEL.read_text().replace('when = "P5WD"', 'when = "P3WD"')
    adopt_policy(cast.trust, by=cast.ada, at=on_the_day - states.DAY, text=MODEL.read_text())
    answer = adopting(cast.ada, answers={"text": later})
    said = words(answer)
    in_order(said, "What would change", "Social media policy of Any school or trust, 1 has no mistakes.")
    in_order(said, "nothing changes for it. You see no open record.", "1 difference", "8.3 Changed")
    in_order(said, "The time in the policy before 5 working days now 3 working days")
    assert AdoptedPolicy.objects.filter(trust=cast.trust).count() == 2
    assert never_said(said.partition("Change what you chose or pasted")[0]) == []


def test_adopt_policy_is_done_by_the_second_press_for_what_was_looked_at(cast, on_the_day):
    client, answers = browser(cast.ada), {"shipped": "model", "form_token": "a-token-of-this-test"}
    looked = mark_of(client.post("/trusts/oak/adopt-policy/", answers))
    done = client.post("/trusts/oak/adopt-policy/", answers | {"looked": looked})
    made = in_force(cast.oakfield, clock.now())
    assert (done.status_code, done["location"]) == (302, f"/policies/{made.key}/")
    assert (made.pack_id, made.text) == ("model", MODEL.read_text())


def test_adopt_policy_shows_again_what_was_changed_since_it_was_looked_at(cast, on_the_day):
    client, answers = browser(cast.ada), {"form_token": "a-token-of-this-test"}
    looked = mark_of(client.post("/trusts/oak/adopt-policy/", answers | {"shipped": "model"}))
    other = client.post("/trusts/oak/adopt-policy/", answers | {"shipped": "archway-2019", "looked": looked})
    in_order(words(other), "What would change", "Archway Learning Trust")
    assert in_force(cast.oakfield, clock.now()).pack_id == "allsaints-2022"


def test_adopt_policy_names_every_mistake_with_its_line_and_loses_nothing(cast, on_the_day):
    wrong = MODEL.read_text().replace('version = "1"', "version = 1", 1).replace('"MOD-S02"', '"MOD-S01"')
    answer = adopting(cast.ada, answers={"text": wrong})
    lines = wrong.splitlines()
    version, twice = lines.index("version = 1") + 1, len(lines) - lines[::-1].index('id = "MOD-S01"')
    assert answer.status_code == 400
    in_order(words(answer), "The file has 2 mistakes; each stands below with its line.")
    in_order(words(answer), f"Line {version}: At the top of the file, “version” must be text in quotes.")
    in_order(words(answer), f"Line {twice}: The id MOD-S01 is used twice; every item needs its own.")
    assert "MOD-S10" in answer.content.decode()


def test_adopt_policy_takes_one_policy_and_not_two_or_none(cast, on_the_day):
    both = adopting(cast.ada, answers={"shipped": "model", "text": MODEL.read_text()})
    in_order(words(both), "Choose a policy that comes with Daybook, or paste a file: not both.")
    in_order(words(adopting(cast.ada, answers={})), "Choose a policy, or paste the file of one.")


def test_adopt_policy_says_whose_additions_would_end(cast, on_the_day):
    add_to_policy(cast.oakfield, by=cast.harriet, at=on_the_day - states.DAY, text=states.ADDITIONS)
    said = words(adopting(cast.ada, answers={"shipped": "model"}))
    in_order(said, "What Oakfield School added stands on the version in force and would end with it.")


def test_adopt_policy_warns_of_a_period_shorter_than_the_law_asks(cast, on_the_day):
    short = '\n[[retention]]\nrecord = "allegation"\nstarts = "leaving_on"\nperiod = "P1Y"\nbasis = "default"\n'
    said = words(adopting(cast.ada, answers={"text": MODEL.read_text() + short}))
    in_order(said, "may not be kept for less than 10 years", "The common schedule would stand there.")


def test_adopt_policy_lists_the_open_records_that_would_have_been_different(cast, on_the_day):
    at = on_the_day - 10 * states.HOUR  # Sunday 22 November, 22:00
    concern = states.about_nobody_here(cast, at=at)
    factories.office(cast.harriet.person, Role.CEO, at=at, whole_trust=True)
    answer = adopting(cast.harriet, answers={"shipped": "model"})
    # 5.e and 9.d of All Saints tell the safeguarding lead and the head by the end of the day, as 7.1 of the model does;
    # what can be charged is 9.d there and 8.1 here.
    in_order(words(answer), "The one open record that you see would have been different:", concern.ref, "Concern")
    in_order(words(answer), "Paragraphs that can be charged: 8.1, instead of 9.d.")
    assert Looked.objects.filter(user_id=cast.harriet.pk).last().records == [str(concern.pk)]
    assert "You see no open record." in words(adopting(cast.ada, answers={"shipped": "model"}))


def test_adopt_policy_compares_the_newest_records_alone_and_says_so(cast, on_the_day, monkeypatch):
    monkeypatch.setattr(adopting_records, "MOST", 2)
    at = on_the_day - 10 * states.HOUR
    old, *new = [states.about_nobody_here(cast, at=at + hours * states.HOUR) for hours in range(3)]
    factories.office(cast.harriet.person, Role.CEO, at=at, whole_trust=True)
    answer = adopting(cast.harriet, answers={"shipped": "model"})
    told = "You see more open records than are compared here. Of the newest 2, 2 would have been different:"
    in_order(words(answer), told, new[1].ref, new[0].ref)
    assert old.ref not in words(answer)
    line = Looked.objects.filter(user_id=cast.harriet.pk).latest("at")
    assert line.records == sorted(str(one.pk) for one in new)


def test_adopt_policy_shows_nothing_of_what_is_kept_from_whoever_adopts(cast, on_the_day):
    """Pat is Sam's partner: with an office that adopts and one that reads, the concern about Sam is still not there."""
    at = on_the_day - 10 * states.HOUR
    concern = states.triaged(cast, at=at)
    for role in (Role.HEAD_OF_SCHOOL, Role.EXECUTIVE_HEAD):
        factories.office(cast.pat.person, role, at=at)
    said = words(adopting(cast.pat, answers={"shipped": "model"}))
    in_order(said, "You see no open record.")
    assert concern.ref not in said


API = "/trusts/oak/adopt-policy/"
LOOK_FIRST = "Look first at what this would change: its page shows it before anything is done."


def test_adopt_policy_over_the_api_is_refused_to_whoever_has_not_looked(cast, on_the_day):
    client, shipped = browser(cast.ada), {"shipped": "model"}
    unseen = send(client, API, shipped)
    assert (unseen.status_code, unseen.json()["detail"]) == (409, LOOK_FIRST)
    assert in_force(cast.oakfield, clock.now()).pack_id == "allsaints-2022"
    looked = mark_of(client.post(API, shipped | {"form_token": "a-token-of-this-test"}))
    other = send(client, API, {"shipped": "archway-2019"}, key="another-key-here", Looked=looked)
    assert (other.status_code, other.json()["detail"]) == (409, LOOK_FIRST)
    done = send(client, API, {"text": "", "shipped": "model"}, key="a-third-key-here", Looked=looked)
    assert (done.status_code, in_force(cast.oakfield, clock.now()).pack_id) == (201, "model")


def test_adopt_policy_takes_no_mark_of_another_person_or_of_another_state(cast, on_the_day):
    shipped = {"shipped": "model", "form_token": "a-token-of-this-test"}
    factories.office(cast.hugh.person, Role.ADMINISTRATOR, at=on_the_day - states.DAY, whole_trust=True)
    of_hugh = mark_of(browser(cast.hugh).post(API, shipped))
    assert send(browser(cast.ada), API, {"shipped": "model"}, Looked=of_hugh).status_code == 409
    before = mark_of(browser(cast.ada).post(API, shipped))
    adopt_policy(cast.trust, by=cast.ada, at=on_the_day, text=MODEL.read_text())
    answer = send(browser(cast.ada), API, {"shipped": "model"}, key="another-key-here", Looked=before)
    assert answer.json()["detail"] == LOOK_FIRST


def test_adopt_policy_over_the_api_names_every_mistake(cast, on_the_day):
    wrong = send(browser(cast.ada), API, {"text": "id = 1\ntrust = 2\n"})
    assert wrong.status_code == 400
    assert len(wrong.json()["errors"]) > 10
