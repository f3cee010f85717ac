"""Whom somebody may have meant by a name as they typed it, however it is spelt, turned round or cut short; pure."""

import re
from functools import cached_property

from schools.masking import TITLES, letters

IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
BETWEEN_WORDS = re.compile(r"[\s,;:/_()\[\]]+|\.(?=\w)")
INSIDE_WORDS = re.compile(r"[-\u2010-\u2015\u2212'\u2018\u2019]")
AN_INITIAL = 1  # letters


class Called:
    """A name in somebody's spelling: accents, marks, capitals, titles and a post in brackets count for nothing."""

    def __init__(self, name: str):
        """name: as it was typed, such as “Ms Dee O’Neill (DSL)” or “O'Neill, Dee”."""
        self._name = name

    def is_same_as(self, other: "Called") -> bool:
        """Whether two spellings are one whole name, in whatever order, with or without a middle initial."""
        turned = len(self._full) > 1 and sorted(self._full) == sorted(other._full)
        return bool(self._words) and (self._in_one == other._in_one or turned)

    def may_be_short_for(self, whole: "Called") -> bool:
        """Whether this may mean somebody of a whole name: their surname is in it, or it is a part of theirs alone.

        So “Ms Marsh”, “D. Marsh”, “Tom Marsh” and “Dee” each may mean Dee Marsh.
        """
        return bool(self._full) and (whole._pieces.issuperset(self._full) or not whole._surnames.isdisjoint(self._runs))

    @cached_property
    def _written(self) -> list[str]:
        """The words as they are written, without titles and without what stands in brackets."""
        return _named_in(IN_BRACKETS.sub(" ", self._name)) or _named_in(self._name)

    @cached_property
    def _words(self) -> list[str]:
        return [letters(word) for word in self._written]

    @property
    def _in_one(self) -> str:
        return "".join(self._words)

    @cached_property
    def _full(self) -> list[str]:
        """The words that are more than an initial."""
        return [word for word in self._words if len(word) > AN_INITIAL]

    @cached_property
    def _pieces(self) -> set[str]:
        """The words, and the parts of those with a hyphen or an apostrophe."""
        return {piece for word in self._written for piece in _in_pieces(word)}

    @cached_property
    def _surnames(self) -> set[str]:
        """The last word, and its parts."""
        return {piece for word in self._written[-1:] for piece in _in_pieces(word)}

    @cached_property
    def _runs(self) -> set[str]:
        """Every run of words written as one, so that “O Neill” is O'Neill; those in brackets too."""
        words = [letters(word) for word in _named_in(self._name)]
        return {"".join(words[start:end]) for end in range(len(words) + 1) for start in range(end)}


def _named_in(text: str) -> list[str]:
    return [word for word in BETWEEN_WORDS.split(text) if letters(word) and letters(word) not in TITLES]


def _in_pieces(word: str) -> set[str]:
    return {piece for piece in map(letters, [word, *INSIDE_WORDS.split(word)]) if len(piece) > AN_INITIAL}
