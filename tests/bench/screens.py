"""What a reader waits for: lists, pages of records, search and the desk, in process and without a network."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.test import Client

from casework.lists import CASES
from casework.models import Case
from incidents.lists import CONCERNS, TAKEDOWNS
from incidents.models import Concern
from incidents.workflow import reporting, triage
from schools.models import User
from tests.bench import stories
from tests.bench.people import Trust

MANY_LINES = 200


def client_of(user: User) -> Client:
    """A browser in which somebody is signed in."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client


def page(client: Client, address: str) -> Callable[[], None]:
    """A visit to an address; anything but a page that was found ends the run."""

    def visit():
        response = client.get(address)
        if response.status_code != 200:
            raise AssertionError(f"{address} answered {response.status_code}")

    return visit


def last_page(address: str) -> str:
    """The address of a list's last page: a number past the end means the last."""
    return f"{address}{'&' if '?' in address else '?'}page=9999999"


def long_record(trust: Trust, *, at) -> str:
    """The address of a concern with two hundred lines of history, made through the acts."""
    staff = trust.staff[0]
    lead = {"by": staff.by_post["dsl"]}
    concern = stories.reported(staff, 990_001, at=at)
    triage.read_report(concern, **lead, at=at)
    known = {"code": concern.code, "direction": concern.direction, "reason": "As it was reported."}
    triage.triage(concern, **lead, at=at, **known)
    while (lines := concern.record.entries.count()) < MANY_LINES:
        later = at + timedelta(minutes=lines)
        if lines % 2:
            told = {"question": "police", "answer": "no", "reason": f"Asked again, time {lines}."}
            triage.record_decision(concern, **lead, at=later, **told)
        else:
            row = {"platform": "Facebook", "url": f"https://posts.example/c{lines}", "handle": ""}
            reporting.add_link(concern, **lead, at=later, links=[row])
    return f"/concerns/{concern.ref}/"


def addresses(trust: Trust, long: str) -> Iterator[tuple[str, User, str]]:
    """Each screen by its name, with who looks at it and where it is.

    long: the address of the record with many lines.
    """
    everywhere, in_two, head = trust.everywhere, trust.in_two, trust.staff[0].by_post["head"]
    yield "list, newest first", everywhere, "/concerns/"
    yield "list over the API", everywhere, "/api/v1/concerns/"
    yield "list, one stage", everywhere, "/concerns/?status=finished"
    yield "list, one school", everywhere, f"/concerns/?school={trust.staff[2].school.slug}"
    yield "list, two schools of twenty", in_two, "/concerns/"
    for sort in list(CONCERNS.sorts)[1:]:
        yield f"list, by {sort}", everywhere, f"/concerns/?sort={sort}"
    yield "cases, newest first", everywhere, "/cases/"
    for sort in list(CASES.sorts)[1:]:
        yield f"cases, by {sort}", everywhere, f"/cases/?sort={sort}"
    yield "cases, two schools of twenty", in_two, "/cases/"
    yield "takedowns, newest first", everywhere, "/takedowns/"
    for sort in list(TAKEDOWNS.sorts)[1:]:
        yield f"takedowns, by {sort}", everywhere, f"/takedowns/?sort={sort}"
    yield "people, by name", trust.personnel, "/people/"
    yield "page of a concern, few lines", head, short_record(trust)
    yield "page of a concern, 200 lines", head, long
    yield "page of a case", head, case_page(trust)
    yield "desk of the head", head, "/"
    yield "desk of a lead in every school", everywhere, "/"
    yield "my reports", trust.staff[0].by_post["teacher"], "/my-reports/"


LISTS = ("list, newest first", "list, by", "list, two", "cases,", "takedowns,", "people,")


def screens(trust: Trust, long: str) -> Iterator[tuple[str, Callable[[], None]]]:
    """Each screen as something that can be timed, and the last page of every list."""
    for name, user, address in addresses(trust, long):
        client = client_of(user)
        yield name, page(client, address)
        if name.startswith(LISTS):
            yield f"{name}, last page", page(client, last_page(address))
    for name, user, typed in searches(trust):
        client = client_of(user)
        yield name, page(client, client.post("/search/", {"q": typed})["Location"])


def searches(trust: Trust) -> Iterator[tuple[str, User, str]]:
    """Each search by its name, with who looks and for what."""
    yield "search, a rare word", trust.everywhere, stories.RARE
    yield "search, a word in one of five", trust.everywhere, stories.COMMON
    yield "search, no match", trust.everywhere, "nowhereatall"
    yield "search, a rare word, two schools", trust.in_two, stories.RARE


def short_record(trust: Trust) -> str:
    """The address of a finished concern of one school."""
    rows = Concern.objects.filter(school=trust.staff[0].school, status=Concern.FINISHED).order_by("reported_at")
    return f"/concerns/{rows.first().ref}/"


def case_page(trust: Trust) -> str:
    """The address of a case of one school."""
    return f"/cases/{Case.objects.filter(school=trust.staff[0].school).order_by('opened_at').first().ref}/"
