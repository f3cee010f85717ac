"""Which words a person is asked to look at before a masked copy is handed on, worked by hand."""

import pytest

from reports.rules.leftover import may_be_names

HIDDEN = ["Jayden Clark", "Tegan O’Rourke"]
KNOWN = ["Sam Field", "Oakfield School", "Head of School", "Facebook", "Monday"]


@pytest.mark.parametrize(
    ("words", "looked_at"),
    [
        ("I saw that Jaydon cried.", ["Jaydon"]),  # one letter off, and a capital inside a sentence
        ("jaydan cried", ["jaydan"]),  # one letter off
        ("Clarke’s mum rang.", ["Clarke"]),
        ("He was with his cousin Bex.", ["Bex"]),  # a nickname that nobody wrote down
        ("Then [Pupil A] and Sam Field spoke on Monday at Oakfield, on Facebook.", []),
        ("He cried. Then he left: Nobody saw; Mrs Field did. “Why me?”", []),
        ("The HR lead and the DSL", []),
        ("a dark park", []),  # two letters of Clark are others
    ],
)
def test_a_word_that_may_be_a_name_is_shown_and_one_that_is_known_is_not(words, looked_at):
    assert may_be_names([words], hidden=HIDDEN, known=KNOWN) == looked_at


def test_each_word_is_shown_once_in_the_order_of_the_alphabet():
    texts = ["We met Bex and Zed.", "So Zed told Ali, and Bex’s dog."]
    assert may_be_names(texts, hidden=[], known=[]) == ["Ali", "Bex", "Zed"]
