"""Adding a person: staff into the directory, pupils, parents and outsiders under confidential names."""

import pytest

from schools.models import Person
from schools.workflow.people import add_person, look_up_token
from tests import states

pytestmark = pytest.mark.django_db


def test_add_person_is_for_the_administrator_and_the_lead_of_personnel(cast, at):
    assert states.who_may(add_person, cast.oakfield, cast, at=at) == ("ada hugh", "")


def test_add_person_is_refused_to_others_in_words(cast, at):
    words = "Your role does not let you do this: add a person."
    answers = {"kind": "staff", "name": "Una Reid"}
    assert states.why_not(add_person, cast.oakfield, by=cast.dee, at=at, **answers) == words
    assert states.why_not(add_person, cast.elmwood, by=cast.ada, at=at, **answers) == words


def test_add_person_puts_staff_into_the_directory(cast, at):
    person = add_person(cast.oakfield, by=cast.ada, at=at, kind="staff", name="Una Reid", telephone="01234 567890")
    kept = Person.objects.get(pk=person.pk)
    assert (kept.name, kept.sealed_name, kept.telephone) == ("Una Reid", None, "01234 567890")
    assert (kept.school, kept.trust, kept.record) == (cast.oakfield, cast.trust, cast.oakfield.record)


def test_add_person_keeps_a_pupils_name_confidential_and_finds_it_again(cast, at):
    person = add_person(cast.oakfield, by=cast.ada, at=at, kind="pupil", name="Kit Lane")
    kept = Person.objects.get(pk=person.pk)
    assert (kept.name, states.words(kept).sealed_name) == ("", "Kit Lane")
    assert kept.look_up == look_up_token(cast.oakfield.record, "  kit   LANE ")


def test_add_person_keeps_no_number_of_a_pupil(cast, at):
    answers = {"kind": "pupil", "name": "Kit Lane", "telephone": "01234 567890"}
    words = "A telephone number is kept only for people who work in or govern the school."
    assert states.why_not(add_person, cast.oakfield, by=cast.ada, at=at, **answers) == words


def test_add_person_leaves_its_line_in_the_schools_register(cast, at):
    add_person(cast.oakfield, by=cast.ada, at=at, kind="pupil", name="Kit Lane")
    assert states.last_line(cast.oakfield) == ("person.added", cast.ada.pk, at, {"kind": "pupil"})
