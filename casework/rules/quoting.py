"""Whether one text repeats the words of another."""

import re

RUN = 8  # so many words one after the other are no accident


def quoted(text: str, source: str, *, run: int = RUN) -> str:
    """The first words of a source that a text repeats one after the other; nothing where it repeats too few.

    text: what somebody writes. source: what must not be repeated. run: how many words in a row count.
    """
    words, theirs = _words(text), _words(source)
    known = {tuple(theirs[at : at + run]) for at in range(len(theirs) - run + 1)}
    found = (words[at : at + run] for at in range(len(words) - run + 1))
    return next((" ".join(some) for some in found if tuple(some) in known), "")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("’", "").replace("'", ""))
