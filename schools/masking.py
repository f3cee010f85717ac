"""Puts a letter in place of a name wherever it stands in somebody's words; pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

LEFT_OUT = "name left out"
POST_LEFT_OUT = "post left out"
A_POST = r"the\s|our\s|a\s|an\s"
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
# What Unicode calls ignorable: it shows as nothing, inside a word too. After a picture sign it is part of the sign.
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
PICTURE_SIGNS = "\u2190-\u2bff\U0001f000-\U0001faff"
NO_LETTER_BEFORE, NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
PERHAPS_S_AFTER = rf"(?=s?{NO_LETTER_AFTER})"
SHORTEST = 2  # letters: a lone letter is an initial, which counts beside a name alone
NEAR = 40  # letters on either side: where none of them is small, somebody writes in capitals
SHORT = 3  # letters: so short a name and an s count only with a capital letter


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """Somebody, or an account, whose name a copy does not show.

    label: what stands in its place. names: every way in which it was written down. posts: what they are called beside
    their name, which would tell who they are. has_title: whether they may be called Mr or Mrs. is_whole: an account,
    whose name means nothing in pieces. has_office: whether a post alone tells who they are, as “the deputy head” does.
    """

    label: str
    names: tuple[str, ...]
    posts: tuple[str, ...] = ()
    has_title: bool = True
    is_whole: bool = False
    has_office: bool = False


class Masks:
    """Knows whose names are hidden, whose stay, and which names are also plain words."""

    def __init__(
        self,
        hidden: Iterable[Hidden],
        *,
        shown: Iterable[str],
        phrases: Iterable[str],
        words: Iterable[str],
        abbreviations: Iterable[str] = (),
    ):
        """shown: names of those who stay named. phrases: whole phrases that stay. words: names that are plain words.

        abbreviations: what stands in capitals without being anybody's initials.
        """
        hidden = list(hidden)
        self._initials = Initials(hidden, shown=shown, abbreviations=abbreviations)
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
        self._offices = _offices(hidden)

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
            rf"(?:@?(?P<whole>{whole})|(?P<word>{single}){PERHAPS_S_AFTER})"
            rf"(?P<post>(?:(?:,\s(?:as\s)?|\sas\s)(?:{A_POST})?(?:{post}){NO_LETTER_AFTER}|\s\((?:{post})\))+)?"
        )

    def __call__(self, text: str) -> str:
        """The same words with a label in square brackets where a hidden name stood, and the label alone for a name."""
        text = unicodedata.normalize("NFC", _seen(text))
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
                before, stop = self._initials.beside(text, start, found.end(), label)
                done += [text[end : max(before, end)], f"[{label}]"]
                end = stop + bool(found["post"] and re.match(r",\s[a-z]", text[stop:]))
        masked = self._offices.sub(rf"\1[{POST_LEFT_OUT}]", f"{''.join(done)}{text[end:]}")
        return _once(self._initials.masked(masked, self.used))

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


class Initials:
    """Knows the initials of everybody, and whose they are: T. O’Rourke, T.O. and TO are Tegan O’Rourke."""

    def __init__(self, hidden: Iterable[Hidden], *, shown: Iterable[str], abbreviations: Iterable[str]):
        self._labels: dict[str, set[str]] = defaultdict(set)
        self._letters: dict[str, set[str]] = defaultdict(set)
        for one in hidden:
            for name in () if one.is_whole else one.names:
                self._letters[one.label] |= {_bare(word)[0].upper() for word in _words(name)}
                for initials in _initials(name):
                    self._labels[initials].add(one.label)
        self._also_shown = {initials for name in shown for initials in _initials(name)}
        self._plain = {word.upper() for word in abbreviations}
        spelt = _any(r"\.\s?".join(initials) + r"\." for initials in self._labels)
        together = _any(self._labels)
        self._pattern = re.compile(
            rf"\[[^\[\]]*\]|(?<![^\W_])(?<!\w-)"
            rf"(?:(?P<spelt>{spelt})|(?P<together>{together})(?!\d|-\w){PERHAPS_S_AFTER})"
        )

    def beside(self, text: str, start: int, end: int, label: str) -> tuple[int, int]:
        """Where a masked name begins and ends with the initials beside it. start, end: of the name in the text."""
        own = "".join(sorted(self._letters.get(label, ())))
        if not own:
            return start, end
        near = max(0, start - NEAR)
        before = re.search(rf"{NO_LETTER_BEFORE}(?:(?!I\s)[{own}](?:\.\s?|\s))+$", _bare(text[near:start]))
        after = re.match(rf"\s(?:[{own}]\.(?!\w)|(?![AI])[{own}]{NO_LETTER_AFTER})", _bare(text[end : end + NEAR]))
        return near + before.start() if before else start, end + (after.end() if after else 0)

    def masked(self, text: str, used: set[str]) -> str:
        """The text with a label in place of initials that stand alone, which is added to those used."""
        bare, done, end = _bare(text), [], 0
        for found in self._pattern.finditer(bare):
            if found["spelt"] or (found["together"] and self._stands_out(found, bare)):
                label = self._label(re.sub(r"\W", "", found[0]))
                used.add(label)
                done += [text[end : found.start()], f"[{label}]"]
                end = found.end() - bool(found["spelt"] and re.match(r"\s[A-Z]|$", bare[found.end() :]))
        return f"{''.join(done)}{text[end:]}"

    def _label(self, initials: str) -> str:
        labels = self._labels[initials]
        return next(iter(labels)) if len(labels) == 1 and initials not in self._also_shown else LEFT_OUT

    def _stands_out(self, found: re.Match, text: str) -> bool:
        """Whether letters are somebody's initials: no abbreviation, and not in the midst of words in capitals."""
        around = text[max(0, found.start() - NEAR) : found.start()] + text[found.end() + 1 : found.end() + NEAR]
        return found["together"] not in self._plain and any(char.islower() for char in around)


def _initials(name: str) -> set[str]:
    """Every way to write the initials of a name: those of its words, with and without those after a hyphen."""
    words = [_bare(word) for word in _words(name)]
    pieces = [piece for word in words for piece in word.split("-") if piece]
    found = {"".join(one[0] for one in several).upper() for several in (words, pieces)}
    return {initials for initials in found if len(initials) >= SHORTEST and initials.isalpha()}


def _offices(hidden: Iterable[Hidden]) -> re.Pattern:
    """Where somebody hidden says what they are, or stands by their post: “I'm the deputy head”, “as DSL”."""
    posts = _any(re.escape(post) for one in hidden if one.has_office for post in one.posts if post)
    said = r"\b(?:as|being|i am|i['\u2019]m)\s"
    return re.compile(rf"({said}(?:{A_POST})?)(?:{posts}){NO_LETTER_AFTER}", re.IGNORECASE)


def _after(one: Hidden | None) -> str:
    """What may follow a whole name: an s, where it is a person's."""
    return NO_LETTER_AFTER if one and one.is_whole else PERHAPS_S_AFTER


def _is_day(text: str, found: re.Match) -> bool:
    return bool(re.search(r"\d\s$", text[: found.start()]) or re.match(r"\s\d", text[found.end() :]))


def _seen(text: str) -> str:
    """The text without what nobody sees, such as a soft hyphen, which would keep a name from being found."""
    return re.sub(rf"([{PICTURE_SIGNS}][{UNSEEN}]*)|[{UNSEEN}]+", r"\1", text)


def _fold(text: str) -> str:
    """The text without accents and capitals, letter for letter, so that a place in one is the place in the other."""
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in _bare(text))


def _bare(text: str) -> str:
    """The text without accents, letter for letter."""
    return "".join(
        "'" if char == "\u2019" else unicodedata.normalize("NFKD", char)[0]
        for char in unicodedata.normalize("NFC", text)
    )


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
