"""Whom a typed name may mean, worked by hand."""

import pytest

from incidents.rules.called import Called


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Dee O\u2019Neill", "Dee O'Neill"),
        ("dee oneill", "Dee O'Neill"),
        ("Dee O Neill", "Dee O'Neill"),
        ("O'Neill, Dee", "Dee O'Neill"),
        ("Ms Dee Marsh (DSL)", "Dee Marsh"),
        ("Dee Marsh.", "Dee Marsh"),
        ("Dee J Marsh", "Dee Marsh"),
        ("Dee\u200b Marsh", "Dee Marsh"),
        ("Dee\u00a0Marsh", "Dee Marsh"),
        ("Dee Marsh\u2011Lee", "Dee Marsh-Lee"),
        ("Zoe\u0308 Marsh", "Zoë Marsh"),
        ("ZOË ÅNGSTRÖM", "Zoë Ångström"),
        ("Dee Marsh", "Dr Dee Marsh"),
    ],
)
def test_a_whole_name_is_known_however_it_is_spelt(typed, name):
    assert Called(typed).is_same_as(Called(name))


@pytest.mark.parametrize("typed", ["Dee Marshall", "Ms Marsh", "Dee", "Tom Marsh", "Ms", "", "\u200b"])
def test_another_name_or_half_of_one_is_not_the_whole(typed):
    assert not Called(typed).is_same_as(Called("Dee Marsh"))


def test_names_without_a_letter_are_nobodys():
    assert not Called("?").is_same_as(Called(""))
    assert not Called("?").may_be_short_for(Called("Dee Marsh"))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ms Marsh", "Dee Marsh"),
        ("D. Marsh", "Dee Marsh"),
        ("Deirdre Marsh", "Dee Marsh"),
        ("Dee", "Dee Marsh"),
        ("Dee (DSL)", "Dee Marsh"),
        ("our DSL (Marsh)", "Dee Marsh"),
        ("Dee Marsh - DSL", "Dee Marsh"),
        ("Mrs Lee", "Dee Marsh-Lee"),
        ("O Neill", "Dee O'Neill"),
        ("Miss Neill", "Dee O'Neill"),
        ("Ms Silva", "Maria Silva Santos"),
    ],
)
def test_half_a_name_may_mean_whoever_has_it(typed, name):
    assert Called(typed).may_be_short_for(Called(name))


@pytest.mark.parametrize("typed", ["Ms Marshall", "Dee Field", "D.", "a teacher", "Mrs", ""])
def test_a_name_without_the_surname_means_somebody_else(typed):
    assert not Called(typed).may_be_short_for(Called("Dee Marsh"))
