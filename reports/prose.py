"""Words as somebody wrote them, cut into paragraphs that can be laid out; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

LONGEST_PARAGRAPH = 1200
SENTENCE_ENDS = (". ", "? ", "! ", "\n")


@dataclass(frozen=True)
class Prose:
    """Words as somebody wrote them, cut into paragraphs short enough to lay out on a page.

    text: the words, never changed; only the breaks between paragraphs are ours.
    """

    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The same words in order, none longer than 1,200 characters."""
        lines = groupby(self.text.splitlines(), key=lambda line: not line.strip())
        blocks = ("\n".join(group) for blank, group in lines if not blank)
        return tuple(piece for block in blocks for piece in _cut(block))


def _cut(block: str) -> Iterator[str]:
    """Long blocks at the end of a sentence, else between words, else anywhere: layout time grows with the square."""
    while len(block) > LONGEST_PARAGRAPH:
        at = max(block.rfind(end, LONGEST_PARAGRAPH // 2, LONGEST_PARAGRAPH) for end in SENTENCE_ENDS)
        if at < 0:
            at = block.rfind(" ", 1, LONGEST_PARAGRAPH)
        at = at + 1 if at > 0 else LONGEST_PARAGRAPH
        yield block[:at].strip("\n")
        block = block[at:].lstrip()
    if block:
        yield block


NOTHING = Prose()
