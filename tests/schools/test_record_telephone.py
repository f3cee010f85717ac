"""Recording where a person is rung: by those who keep the directory, and kept with its versions."""

import pytest

from schools.models import Person
from schools.workflow.people import record_telephone
from tests import states

pytestmark = pytest.mark.django_db


def test_record_telephone_is_for_the_administrator_and_the_lead_of_personnel(cast, at):
    assert states.who_may(record_telephone, cast.oakfield, cast, at=at) == ("ada hugh", "")


def test_record_telephone_replaces_the_number_and_remembers_the_old_one(cast, at):
    for number in ("01234 567890", "01234 567891"):
        record_telephone(cast.oakfield, by=cast.ada, at=at, person=cast.dee.person, telephone=number)
    assert Person.objects.get(pk=cast.dee.person_id).telephone == "01234 567891"
    versions = Person.history.filter(id=cast.dee.person_id).order_by("history_id")
    assert [version.telephone for version in versions] == ["", "01234 567890", "01234 567891"]


def test_record_telephone_is_refused_to_others_in_words(cast, at):
    answers = {"person": cast.dee.person, "telephone": "01234 567890"}
    words = "Your role does not let you do this: record a telephone number."
    assert states.why_not(record_telephone, cast.oakfield, by=cast.dee, at=at, **answers) == words


def test_record_telephone_leaves_its_line(cast, at):
    record_telephone(cast.oakfield, by=cast.hugh, at=at, person=cast.dee.person, telephone="01234 567890")
    assert states.last_line(cast.oakfield) == ("telephone.recorded", cast.hugh.pk, at, {})
