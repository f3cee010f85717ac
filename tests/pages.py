"""Reading a page as its reader does: the words without the tags, and the words that no page may say."""

import re

from django.http import HttpResponse

# The left side of the list of words that matter: these are never said to a reader. Small letters, for people are
# called Lane and Seal.
NEVER = "perpetrator|suspect|victim|subject|dismissed|rejected|SLA|deadline|LLC|lane|ledger|sealed|pack|dispose[ds]?"
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.S)


def words(response: HttpResponse) -> str:
    """Everything a page says, in order, with one space between words."""
    text = TAGS.sub(" ", response.content.decode()).replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")
    return re.sub(r" (?=[.,;:)])", "", " ".join(text.split()))


def in_order(text: str, *said: str) -> None:
    """Fails unless all of this is said, one after the other."""
    place = 0
    for one in said:
        found = text.find(one, place)
        assert found >= 0, f"“{one}” is not said after “{text[max(0, place - 60) : place]}” in: {text}"
        place = found + len(one)


def never_said(text: str) -> list[str]:
    """The words on a page that its readers are never to be shown."""
    return sorted(set(re.findall(rf"\b(?:{NEVER})\b", text)))
