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
TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "madam"}
# What stands in small letters beside a name, or where somebody described a person whose name they did not know.
NO_NAMES = {
    "af", "al", "ap", "av", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ferch",
    "ibn", "la", "le", "ten", "ter", "van", "von", "zu",
    "a", "about", "an", "and", "another", "at", "boy", "brother", "by", "carer", "child", "children", "class", "dad",
    "daughter", "family", "father", "for", "form", "former", "friend", "friends", "from", "girl", "group", "he", "her",
    "his", "in", "is", "known", "kid", "lad", "man", "mother", "mum", "my", "name", "no", "not", "of", "old", "on",
    "one", "or", "our", "parent", "parents", "person", "pupil", "pupils", "school", "she", "sister", "some", "somebody",
    "someone", "son", "staff", "student", "students", "sure", "teacher", "the", "their", "them", "they", "to", "two",
    "unknown", "who", "with", "woman", "year", "young",
}  # fmt: skip
# A name and an s may be a plain word.
WORDS_WITH_S = {
    "bass", "boss", "bus", "class", "does", "gas", "has", "his", "is", "its", "less", "miss", "pass", "this", "thus",
    "us", "was", "yes",
}  # fmt: skip
NO_LETTER_BEFORE, NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
PERHAPS_S_AFTER = rf"(?=s?{NO_LETTER_AFTER})"
SHORTEST = 2  # letters: a lone letter is an initial, and those are left
SHORT = 3  # letters: so short a name and an s count only with a capital letter


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
        self._also_shown = {letters(word) for name in shown for word in _words(name)}
        self._plain_words = frozenset(map(letters, words))
        self._patterns: dict[str, str] = {}
        self.used: set[str] = set()
        for one in sorted(hidden, key=lambda one: not one.is_whole):  # who is called as an account is stays somebody
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
        key = letters(name)
        self._patterns[key] = r"[\W_]{0,3}".join(map(re.escape, _pieces(name)))
        return key

    def _compiled(self, posts: set[str]) -> re.Pattern:
        post = _any(map(re.escape, posts))
        whole = _any(f"{self._patterns[key]}{_after(one)}" for key, one in self._of_phrase.items() if key)
        single = _any(self._patterns[key] for key in self._of_word if key)
        return re.compile(
            rf"{NO_LETTER_BEFORE}(?P<title>{HONORIFIC})?"
            rf"(?:@?(?P<whole>{whole})(?P<post>,\s(?:as\s)?(?:{post})|\s\((?:{post})\))?"
            rf"|(?P<word>{single}){PERHAPS_S_AFTER})"
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
            one = self._of_phrase[letters(found["whole"])]
            return found.start(), one.label if one else ""
        word, start = letters(found["word"]), found.start("word")
        if self._is_plain(word, text, found):
            return start, ""
        owners = self._of_word[word]
        titled = bool(found["title"])
        if word in self._also_shown:
            another = titled and not any(one.has_title for one in owners)
            return start, "" if another else LEFT_OUT
        labels = {one.label for one in owners if one.has_title or not titled} or {one.label for one in owners}
        return found.start(), labels.pop() if len(labels) == 1 else LEFT_OUT

    def _is_plain(self, word: str, text: str, found: re.Match) -> bool:
        """Whether it is no name here: a word without its capital, a month beside a day, another word with an s."""
        has_capital = text[found.start("word")].isupper()
        if word in self._plain_words and not has_capital:
            return True
        if text[found.end() : found.end() + 1] in {"s", "S"}:
            with_s = f"{word}s"
            return with_s in WORDS_WITH_S | self._also_shown or (len(word) <= SHORT and not has_capital)
        return word in MONTHS and _is_day(text, found)


def _after(one: Hidden | None) -> str:
    """What may follow a whole name: an s, where it is a person's."""
    return NO_LETTER_AFTER if one and one.is_whole else PERHAPS_S_AFTER


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


def letters(name: str) -> str:
    """A name by its letters and digits alone, without accents and capitals, by which two spellings are one name."""
    return "".join(_pieces(name))


def _words(name: str) -> list[str]:
    """The words of a name that stand for somebody alone: not "de", "bin", "Mr" or an initial."""
    return [word for word in name.split() if len(letters(word)) >= SHORTEST and not _is_beside(word)]


def _is_beside(word: str) -> bool:
    key = letters(word)
    return key in TITLES or (word.islower() and key in NO_NAMES)


def _any(patterns: Iterable[str]) -> str:
    """Any of some patterns, the longest first; never, where there is none."""
    return "|".join(sorted(set(patterns), key=lambda one: (-len(one), one))) or "(?!)"


def _once(text: str) -> str:
    """A name of several words, each replaced, is said once."""
    return re.sub(r"(\[[^\[\]]+\])(?:[\s,]{1,2}\1)+", r"\1", text)
