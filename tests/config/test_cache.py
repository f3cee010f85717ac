"""What the shared cache is given comes back as it was, and nothing that could run as code goes in."""

import pytest

from config.cache import AsJson


@pytest.mark.parametrize("value", [[1763.5, 1764.25], True, "a word", {"n": 1}, None, []])
def test_a_plain_value_comes_back(value):
    assert AsJson().loads(AsJson().dumps(value)) == value


def test_a_number_is_kept_so_that_the_cache_can_count_it_on():
    assert AsJson().dumps(41) == 41
    assert AsJson().loads(b"42") == 42


def test_anything_else_is_refused():
    with pytest.raises(TypeError):
        AsJson().dumps(object())
