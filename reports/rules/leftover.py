"""Which words of a masked text may still be somebody's name: for a person to look at, never to be changed; pure."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from schools.masking import TITLES, letters

WORD = r"[^\W\d_][^\W\d_'\u2019]*"
MASK = r"\[[^\[\]]*\]"
SENTENCE_BEGINS = re.compile(r"(?:^|[.?!:;\n\u201c\"])\W*$")
SHORTEST = 3  # letters: what is shorter is a word or an abbreviation
LIKE = 0.8  # of what difflib calls alike: one letter in five may differ
SHORTEST_ALIKE = 4  # letters: of three, too many are alike


def may_be_names(texts: Iterable[str], *, hidden: Iterable[str], known: Iterable[str]) -> list[str]:
    """Words that look like a name, each once, in the order of the alphabet.

    A word is one that begins with a capital inside a sentence, or is spelt nearly as a hidden name. texts: what is
    printed, with masks in square brackets. hidden: the names behind the masks. known: names and words that stay.
    """
    stays = {letters(word) for words in known for word in re.findall(WORD, words)} | TITLES
    behind = {letters(word) for name in hidden for word in re.findall(WORD, name)} - stays
    behind = sorted(name for name in behind if len(name) >= SHORTEST_ALIKE)
    found: dict[str, str] = {}
    for text in texts:
        left = re.sub(MASK, "[]", text)
        for match in re.finditer(WORD, left):
            word = re.sub(r"['\u2019]s?$", "", match[0])
            key = letters(word)
            if len(key) >= SHORTEST and key not in stays and _is_like_a_name(word, key, left[: match.start()], behind):
                found.setdefault(key, word)
    return sorted(found.values(), key=str.lower)


def _is_like_a_name(word: str, key: str, before: str, behind: list[str]) -> bool:
    if word[0].isupper() and not word.isupper() and not SENTENCE_BEGINS.search(before):
        return True
    return len(key) >= SHORTEST_ALIKE and bool(get_close_matches(key, behind, 1, LIKE))
