"""A right that ends between the opening of a form and its sending: a sentence, nothing done, and nothing typed lost."""

from contextlib import contextmanager

import pytest
from django.db import connection

from incidents.models import Link
from schools import drafts
from schools.models import Appointment, Person
from schools.workflow.people import end_appointment
from tests import states
from tests.access.browsing import address, browser
from tests.pages import words

pytestmark = pytest.mark.django_db
LINK = {"links-count": "1", "links-0-platform": "Facebook", "links-0-url": "https://p.example/", "form_token": "a" * 24}
PERSON = {"name": "Una Reid", "kind": "staff", "form_token": "a" * 24}


@contextmanager
def happens_just_before_the_act(something):
    """Does something once, after every check of the page and before the transaction of its act."""
    waiting = [something]

    def hook(execute, sql, params, many, context):
        if sql.startswith("SAVEPOINT") and waiting:
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hook):
        yield
    assert not waiting


def ended(cast, user, role, *, at):
    """What ends an office."""
    office = Appointment.objects.get(person=user.person, role=role)
    return lambda: end_appointment(cast.oakfield, by=cast.ada, at=at, appointment=office)


def test_whoever_still_sees_the_thing_is_told_that_it_is_not_theirs_to_do(cast, on_the_day):
    client = browser(cast.hugh)
    with happens_just_before_the_act(ended(cast, cast.hugh, "hr_lead", at=on_the_day)):
        answer = client.post(address(cast.oakfield, "add-person"), PERSON)
    assert (answer.status_code, "Your role does not let you do this: add a person." in words(answer)) == (403, True)
    assert not Person.objects.filter(name="Una Reid").exists()
    assert drafts.read(cast.hugh, "add_person", "oakfield")["name"] == ["Una Reid"]


def test_whoever_sees_it_no_longer_gets_what_they_would_get_if_it_did_not_exist(cast, on_the_day):
    concern = states.read(cast, at=on_the_day)
    client, places = browser(cast.dee), Link.objects.count()
    absent = client.get("/concerns/C-0000-0000/add-link/")
    with happens_just_before_the_act(ended(cast, cast.dee, "dsl", at=on_the_day)):
        answer = client.post(address(concern, "add-link"), LINK)
    assert answer.status_code == 404
    assert words(answer) == words(absent)
    assert Link.objects.count() == places
    assert drafts.read(cast.dee, "add_link", concern.ref)["links-0-url"] == ["https://p.example/"]
