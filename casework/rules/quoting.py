"""Whether one text repeats the words of another."""

import re
from collections.abc import Sequence

RUN = 8  # so many words one after the other are no accident


def quoted(text: str, source: str, *, besides: Sequence[str] = (), run: int = RUN) -> str:
    """The first words of a source that a text repeats one after the other; nothing where it repeats too few.

    text: what somebody writes. source: what must not be repeated. besides: texts whose own words may be repeated,
    though the source quotes them. run: how many words in a row count.
    """
    known = set(_runs(source, run)).difference(*(_runs(own, run) for own in besides))
    return next((" ".join(some) for some in _runs(text, run) if some in known), "")


def _runs(text: str, run: int) -> list[tuple[str, ...]]:
    words = _words(text)
    return [tuple(words[at : at + run]) for at in range(len(words) - run + 1)]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("’", "").replace("'", ""))
