"""Whether one text repeats eight or more words of another, one after the other."""

import pytest

from casework.rules.quoting import quoted

ADVICE = "Counsel's view: a dismissal on this ground alone would be unfair, so warn him and stop there."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ""),
        ("A dismissal would be unfair.", ""),
        ("on this ground alone would be unfair", ""),  # seven
        ("Why? On this ground ALONE – would be unfair; so we warned him.", "on this ground alone would be unfair so"),
        ("counsels view a dismissal on this ground alone", "counsels view a dismissal on this ground alone"),
        ("On this ground alone it would be unfair, so warn him.", ""),  # one word between
    ],
)
def test_eight_words_in_a_row_are_a_quotation(text, found):
    assert quoted(text, ADVICE) == found


def test_a_source_of_fewer_words_cannot_be_quoted():
    assert quoted("Do not dismiss him now please.", "Do not dismiss him now please.") == ""


def test_words_that_stand_elsewhere_too_are_no_quotation_of_the_source():
    post, told = "Our head has no idea what happens in the labs.", "warn him about the post and stop there please"
    source = f"He wrote: {post} You may {told}."
    assert quoted(f"Found: {post}", source) == "our head has no idea what happens in"
    assert quoted(f"Found: {post}", source, besides=[post]) == ""
    assert quoted(f"We {told}", source, besides=[post]) == "warn him about the post and stop there"
