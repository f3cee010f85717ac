"""Puts a letter in place of a name wherever it stands in somebody's words; pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

LEFT_OUT = "name left out"
HONORIFIC = r"(?<!')(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam|m)\.?\s+"
MONTHS = {
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
}  # fmt: skip
NO_LETTER_BEFORE, NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
SHORTEST = 2  # letters: a lone letter is an initial, and those are left


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """Somebody, or an account, whose name a copy does not show.

    label: what stands in its place. names: every way in which it was written down. posts: what they are called beside
    their name, which would tell who they are. has_title: whether they may be called Mr or Mrs. is_whole: an account,
    whose name means nothing in pieces.
    """

    label: str
    names: tuple[str, ...]
    posts: tuple[str, ...] = ()
    has_title: bool = True
    is_whole: bool = False


class Masks:
    """Knows whose names are hidden, whose stay, and which names are also plain words."""

    def __init__(self, hidden: Iterable[Hidden], *, shown: Iterable[str], phrases: Iterable[str], words: Iterable[str]):
        """shown: names of those who stay named. phrases: whole phrases that stay. words: names that are plain words."""
        self._of_word: dict[str, list[Hidden]] = defaultdict(list)
        self._of_phrase: dict[str, Hidden | None] = {}
        self._also_shown = {_key(word) for name in shown for word in _words(name)}
        self._plain_words = frozenset(map(_key, words))
        self._patterns: dict[str, str] = {}
        self.used: set[str] = set()
        for one in hidden:
            for name in one.names:
                self._hide(one, name)
        for phrase in [*phrases, *(name for name in shown if len(_pieces(name)) > 1)]:
            self._of_phrase[self._known(phrase)] = None
        self._pattern = self._compiled({_fold(post) for one in hidden for post in one.posts if post})

    def _hide(self, one: Hidden, name: str) -> None:
        if one.is_whole or len(_pieces(name)) > 1:
            self._of_phrase[self._known(name)] = one
        for word in () if one.is_whole else _words(name):
            owners = self._of_word[self._known(word)]
            if one not in owners:
                owners.append(one)

    def _known(self, name: str) -> str:
        """The name by its letters alone, and how it is found: however it is spaced, hyphened or accented."""
        key = _key(name)
        self._patterns[key] = r"[\W_]{0,3}".join(map(re.escape, _pieces(name)))
        return key

    def _compiled(self, posts: set[str]) -> re.Pattern:
        post = _any(map(re.escape, posts))
        whole = _any(self._patterns[key] for key in self._of_phrase if key)
        single = _any(self._patterns[key] for key in self._of_word if key)
        return re.compile(
            rf"{NO_LETTER_BEFORE}(?P<title>{HONORIFIC})?"
            rf"(?:@?(?P<whole>{whole}){NO_LETTER_AFTER}(?P<post>,\s(?:as\s)?(?:{post})|\s\((?:{post})\))?|(?P<word>{single}){NO_LETTER_AFTER})"
        )

    def __call__(self, text: str) -> str:
        """The same words with a label in square brackets where a hidden name stood, and the label alone for a name."""
        text = unicodedata.normalize("NFC", text)
        folded = _fold(text)
        alone = self._pattern.fullmatch(folded)
        if alone and (label := self._label(alone, text)[1]):
            self.used.add(label)
            return f"{label[:1].upper()}{label[1:]}"
        done, end = [], 0
        for found in self._pattern.finditer(folded):
            start, label = self._label(found, text)
            if label:
                self.used.add(label)
                done += [text[end:start], f"[{label}]"]
                end = found.end() + bool(found["post"] and re.match(r",\s[a-z]", text[found.end() :]))
        return _once(f"{''.join(done)}{text[end:]}")

    def _label(self, found: re.Match, text: str) -> tuple[int, str]:
        """Where the part to replace begins, and what stands there; nothing where the words stay."""
        if found["whole"]:
            one = self._of_phrase[_key(found["whole"])]
            return found.start(), one.label if one else ""
        word, start = _key(found["word"]), found.start("word")
        if word in self._plain_words and not text[start].isupper():
            return start, ""
        if word in MONTHS and _is_day(text, found):
            return start, ""
        owners = self._of_word[word]
        titled = bool(found["title"])
        if word in self._also_shown:
            another = titled and not any(one.has_title for one in owners)
            return start, "" if another else LEFT_OUT
        labels = {one.label for one in owners if one.has_title or not titled} or {one.label for one in owners}
        return found.start(), labels.pop() if len(labels) == 1 else LEFT_OUT


def _is_day(text: str, found: re.Match) -> bool:
    return bool(re.search(r"\d\s$", text[: found.start()]) or re.match(r"\s\d", text[found.end() :]))


def _fold(text: str) -> str:
    """The text without accents and capitals, letter for letter, so that a place in one is the place in the other."""
    return "".join(_plain(char) for char in unicodedata.normalize("NFC", text))


def _plain(char: str) -> str:
    if char == "\u2019":
        return "'"
    first = unicodedata.normalize("NFKD", char)[0]
    return first.lower() if len(first.lower()) == 1 else first


def _pieces(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", _fold(name))


def _key(name: str) -> str:
    return "".join(_pieces(name))


def _words(name: str) -> list[str]:
    """The words of a name that stand for somebody alone: not "de", "bin" or an initial."""
    return [word for word in name.split() if len(_key(word)) >= SHORTEST and not word.islower()]


def _any(patterns: Iterable[str]) -> str:
    """Any of some patterns, the longest first; never, where there is none."""
    return "|".join(sorted(set(patterns), key=lambda one: (-len(one), one))) or "(?!)"


def _once(text: str) -> str:
    """A name of several words, each replaced, is said once."""
    return re.sub(r"(\[[^\[\]]+\])(?:[\s,]{1,2}\1)+", r"\1", text)
