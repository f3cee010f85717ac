"""Where in the text of a pack each key and item stands; consulted only when there is a mistake to report."""

from collections import Counter
from collections.abc import Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

KEYS = {"bare_key", "quoted_key", "dotted_key"}
Place = tuple[str | int, ...]


class Lines:
    """The line of every key, table and list item of a TOML text."""

    def __init__(self, text: str) -> None:
        parser = Parser(Language(tree_sitter_toml.language()))
        self._rows: dict[Place, int] = {}
        for place, row in _walk(parser.parse(text.encode()).root_node):
            self._rows.setdefault(place, row)

    def of(self, place: Place) -> int:
        """The line, from 1, of the nearest thing written down: the key itself, else the item or table around it.

        place: keys and list positions from the top of the document.
        """
        while place and place not in self._rows:
            place = place[:-1]
        return self._rows.get(place, 0) + 1


def _walk(document: Node) -> Iterator[tuple[Place, int]]:
    counts: Counter[Place] = Counter()
    for node in document.children:
        if node.type == "pair":
            yield from _pair(node, ())
        elif node.type in ("table", "table_array_element"):
            yield from _table(node, counts)


def _table(node: Node, counts: Counter[Place]) -> Iterator[tuple[Place, int]]:
    header = next(child for child in node.children if child.type in KEYS)
    written = _key(header)
    place = _inside(written, counts, is_item=node.type == "table_array_element")
    for size in range(1, len(place) + 1):
        yield place[:size], header.start_point[0]
    for child in node.children:
        if child.type == "pair":
            yield from _pair(child, place)


def _inside(written: Place, counts: Counter[Place], *, is_item: bool) -> Place:
    # A heading below a list of tables means the item written last, so its position belongs to the place.
    place: Place = ()
    for depth, key in enumerate(written):
        place = (*place, key)
        last = depth == len(written) - 1
        if last and is_item:
            counts[place] += 1
        if counts[place] and (is_item or not last):
            place = (*place, counts[place] - 1)
    return place


def _pair(node: Node, around: Place) -> Iterator[tuple[Place, int]]:
    key, _, value = node.children[:3]  # a comment may follow
    place = (*around, *_key(key))
    for size in range(len(around) + 1, len(place) + 1):
        yield place[:size], node.start_point[0]
    yield from _value(value, place)


def _value(node: Node, place: Place) -> Iterator[tuple[Place, int]]:
    if node.type == "inline_table":
        for child in node.children:
            if child.type == "pair":
                yield from _pair(child, place)
    elif node.type == "array":
        items = [child for child in node.named_children if child.type != "comment"]
        for position, child in enumerate(items):
            yield (*place, position), child.start_point[0]
            yield from _value(child, (*place, position))


def _key(node: Node) -> Place:
    if node.type == "dotted_key":
        return tuple(part for child in node.children if child.type in KEYS for part in _key(child))
    text = node.text.decode()
    return (text[1:-1] if node.type == "quoted_key" else text,)
