"""Bar S5: who is kept out of a matter gets, byte for byte, what they would get if it did not exist."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from casework.workflow import cases
from incidents.models import Evidence
from schools import clock, notices
from schools.access import Viewer
from schools.roles import Role
from schools.subjects import SUBJECTS
from tests import factories, states, story
from tests.access.browsing import browser, sought
from tests.access.crawling import Crawl, acts_on, every_list, every_page, kept
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
WORDS = ["harbour", "Kit", "Sam Field", "named a child", '"a child"', "facebook", "post"]


@pytest.fixture
def still(monkeypatch, on_the_day, settings):
    """A clock that stands still, form marks that are all the same, and somebody to carry the mail."""
    settings.EMAIL_HOST = "mail.example"
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr("secrets.token_urlsafe", lambda size=24: "a" * size)
    monkeypatch.setattr("django.core.signing.TimestampSigner.timestamp", lambda signer: "still")


@pytest.fixture
def played(cast, still):
    """Sam is deputy lead and Pat runs personnel: both read much, and have a case of their own to read."""
    long_ago = NOW - timedelta(days=300)
    factories.office(cast.sam.person, Role.DEPUTY_DSL, at=long_ago)
    factories.office(cast.pat.person, Role.HR_LEAD, at=long_ago)
    told = story.Story(cast, NOW - timedelta(days=60))
    told.register()
    told.another_matter()
    told.seen = seen_by_both(cast, at=told.at)
    return told


def seen_by_both(cast, *, at):
    """A case about a pupil, read by both: by Sam its concern and the child's part, by Pat a conduct part about Tom."""
    concern = states.triaged(cast, by=cast.grace, at=at, people=[states.PUPIL], what="pupils", code="PUPIL_CONDUCT")
    case = cases.open_case(concern, by=cast.dee, at=at + 3 * states.HOUR)
    states.part(cast, at=at, case=case)
    states.part(cast, "conduct", at=at, case=case, about=cast.tom.person)
    return case


def references() -> dict[str, set[str]]:
    """The references of everything there is, by the word of the address under which it stands."""
    found = {subject.plural: {row.ref for row in subject.model._base_manager.all()} for subject in SUBJECTS.values()}
    return found | {"evidence": {item.ref for item in Evidence.objects.all()}}


def newer(before) -> dict[str, set[str]]:
    return {plural: refs - before[plural] for plural, refs in references().items()}


def told_about(user) -> list:
    """Everything that reaches a person without being asked for: their desk's notices and their mail."""
    mail.outbox.clear()
    notices.send_due(NOW)
    mails = sorted((one.subject, one.body) for one in mail.outbox if user.email in one.to)
    waiting = notices.waiting_for(Viewer(user, NOW))
    return [mails, [(one.what, one.record and one.record.ref, one.due_at) for one in waiting]]


def all_that_reaches(user, client, refs) -> dict:
    """Every answer that a person can get, by every way, and whatever is sent to them."""
    crawl = Crawl(client).everywhere("/", "/report/", "/my-reports/", "/concerns/", "/cases/")
    for path in every_list() + every_page(refs):
        crawl.get(path)
    for asked in [*WORDS, *sorted(set().union(*refs.values()))]:
        crawl.search(asked)
    for path in acts_on(refs):
        crawl.post(path, {})
    return crawl.answers | {"told": told_about(user)}


def differences(without: dict, with_it: dict) -> list[str]:
    """What was answered otherwise, each with the first bytes that differ."""
    found = []
    for asked in without | with_it:
        one, other = repr(without.get(asked)), repr(with_it.get(asked))
        if one != other:
            place = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
            found.append(
                f"{asked}: …{one[max(0, place - 60) : place + 100]} | {other[max(0, place - 60) : place + 100]}"
            )
    return found


def with_and_without(cast, names, hidden) -> None:
    """Compare everything that reaches these people with and without what happens in `hidden`."""
    clients = {name: browser(getattr(cast, name)) for name in names}
    for client in clients.values():
        client.get("/report/other/")
    before = references()
    with_it, point = {}, transaction.savepoint()
    hidden()
    refs = newer(before)
    assert sum(map(len, refs.values())) >= 1
    for name, client in clients.items():
        with_it[name] = all_that_reaches(getattr(cast, name), client, refs)
    transaction.savepoint_rollback(point)
    for name, client in clients.items():
        without = all_that_reaches(getattr(cast, name), client, refs)
        differing = differences(without, with_it[name])
        assert differing == [], name
        assert len(without) > 150


def test_the_person_it_is_about_and_their_partner_notice_nothing(cast, played):
    def hidden():
        played.reports()
        played.deals_with_it()
        played.takes_down()
        played.opens_a_case()
        played.runs_the_procedure()

    with_and_without(cast, ["sam", "pat"], hidden)


def test_a_part_about_somebody_in_a_case_they_see_is_not_there_for_them(cast, played):
    def hidden():
        about_sam = {"lane": "conduct", "about": cast.sam.person}
        cases.open_part(played.seen, by=cast.harriet, at=played.at, **about_sam)

    with_and_without(cast, ["sam", "pat"], hidden)


def test_a_part_about_the_head_stops_nothing_that_the_head_may_do(cast, played):
    case = states.in_case(cast, at=played.at)

    def hidden():
        cases.open_part(case, by=cast.dee, at=played.at + states.DAY, lane="conduct", about=cast.harriet.person)

    with_and_without(cast, ["harriet"], hidden)


def test_absent_and_hidden_answer_with_the_same_bytes(cast, played):
    played.reports()
    there, absent = played.concern.ref, "C-0000-0000"
    client = browser(cast.sam)
    for path in ("/concerns/{}/", "/concerns/{}/triage/", "/my-reports/{}/", "/api/v1/concerns/{}/", "/evidence/{}/"):
        hidden, missing = (client.get(path.format(ref)) for ref in (there, absent))
        assert hidden.status_code == missing.status_code == 404
        assert kept(hidden) == kept(missing)


def test_the_comparison_would_notice(cast, played):
    """Dot is only a witness: the same story leaves its traces everywhere she looks."""
    client, before = browser(cast.dot), references()
    point = transaction.savepoint()
    played.reports()
    refs = newer(before)
    paths = ["/", "/concerns/", f"/concerns/{played.concern.ref}/", "/api/v1/concerns/", sought(client, "harbour")]
    with_it = {path: kept(client.get(path)) for path in paths} | {"told": told_about(cast.dee)}
    transaction.savepoint_rollback(point)
    without = {path: kept(client.get(path)) for path in paths} | {"told": told_about(cast.dee)}
    assert [asked.split(":")[0] for asked in differences(without, with_it)] == [*paths, "told"]
    assert refs["concerns"] == {played.concern.ref, played.second.ref}
