"""Whether the reader named for a copy is the person whom it is about."""

import pytest

from reports.rules.reader import is_meant


@pytest.mark.parametrize(
    "recipient",
    [
        "Sam Field",
        "Sam Field, teacher of music",
        "Sam Field teacher of music",
        "Mr Field",
        "Mr S. Field (music)",
        "Field, Sam",
        "sam  field; by post",
        "Sam",
    ],
)
def test_a_reader_is_the_person_however_they_are_written(recipient):
    assert is_meant(recipient, "Sam Field")


@pytest.mark.parametrize(
    "recipient",
    [
        "Sam Field's solicitor",
        "Grace Adeyemi, chair",
        "Sam Lee, for Sam Field",
        "Union representative of Sam Field",
        "S.",
    ],
)
def test_a_reader_who_acts_for_the_person_is_somebody_else(recipient):
    assert not is_meant(recipient, "Sam Field")


def test_a_person_without_a_name_in_clear_is_never_the_reader():
    assert not is_meant("Grace Adeyemi, chair", "")
