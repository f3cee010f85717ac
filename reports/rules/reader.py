"""Tells whether the reader named for a copy is the very person whom it is about; pure."""

import re

from schools.masking import TITLES, letters


def is_meant(recipient: str, name: str) -> bool:
    """Whether “name and post” of a reader names this person, and nobody who merely acts for them.

    recipient: as typed, such as “Sam Field, teacher of music”. name: the person's, as the register has it.
    """
    own = _words(name)
    said = _words(recipient)
    alone = _words(re.split(r"[,;:(]", recipient)[0])
    initials = {word[0] for word in own}
    return bool(own and alone) and (
        said[: len(own)] == own or (set(alone) <= {*own, *initials} and any(len(word) > 1 for word in alone))
    )


def _words(text: str) -> list[str]:
    return [word for word in map(letters, text.split()) if word and word not in TITLES]
