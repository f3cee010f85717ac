"""Lists: filtered, sorted and paged by what stands in the address, fifty at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.functional import cached_property

LONGEST_SAID = 40
# From here on the rows of a page are found by their keys, which stand in the index of the order, and then read.
DEEP = 500


class FromTheNearerEnd(Paginator):
    """Pages of which those past the middle are read backwards, so that the last costs what the first does.

    most: how many rows are counted and shown at most, or None for all.
    """

    def __init__(self, rows, per_page: int, *, most: int | None = None, **options):
        super().__init__(rows, per_page, **options)
        self.most = most

    @cached_property
    def _found(self) -> int:
        return super().count if self.most is None else self.object_list.order_by()[: self.most + 1].count()

    @cached_property
    def count(self) -> int:
        """How many rows there are, as far as they are counted."""
        return self._found if self.most is None else min(self._found, self.most)

    @property
    def has_more(self) -> bool:
        """Whether there are more than were counted."""
        return self._found > self.count

    def page(self, number):
        """One page, its rows read."""
        number = self.validate_number(number)
        first, last = (number - 1) * self.per_page, min(number * self.per_page, self.count)
        if first > self.count // 2 and not self.has_more and getattr(self.object_list, "ordered", False):
            rows = list(self.object_list.reverse()[self.count - last : self.count - first])[::-1]
        elif first >= DEEP:
            keys = self.object_list.values("pk")[first:last]
            rows = list(self.object_list.filter(pk__in=keys)[: self.per_page])
        else:
            rows = list(self.object_list[first:last])
        return self._get_page(rows, number, self)


@dataclass(frozen=True)
class Filter:
    """One question by which a list is narrowed.

    label: its words. choices: pairs of value and words. column: what the value is compared with, when it is not called
    as in the address. conditions: instead of a column, what each value asks of a row.
    """

    label: str
    choices: list[tuple[str, str]]
    column: str = ""
    conditions: Mapping[str, Q] | None = None

    def of(self, name: str, value: str) -> Q:
        """What a chosen value asks of a row."""
        return Q(**{self.column or name: value}) if self.conditions is None else self.conditions[value]


class Listing:
    """Rows narrowed and ordered as the address says, with what is needed to draw their filters, orders and pages.

    filters: by their names in the address. sorts: name to ordering; the first is the usual one. most: how many rows
    are counted and shown at most, or None for all.
    """

    def __init__(self, request, rows, *, filters: Mapping[str, Filter] | None = None, sorts=None, most=None):
        self.filters, self.sorts, self.most = filters or {}, sorts or {}, most
        self._asked = {name: value for name, value in request.GET.items() if value}
        self.chosen = {name: value for name in self.filters if (value := self._asked.get(name)) and self._has(name)}
        self._usual = next(iter(self.sorts), "")
        self.sort = self._asked["sort"] if self._asked.get("sort") in self.sorts else self._usual
        for name, value in self.chosen.items():
            rows = rows.filter(self.filters[name].of(name, value))
        self.ordered = rows.order_by(*self.sorts[self.sort]) if self.sort else rows

    @cached_property
    def page(self):
        """The page that was asked for; the first where none was, the last where there are not so many."""
        number = self._asked.get("page", "1")
        paginator = FromTheNearerEnd(self.ordered, 50, most=self.most)
        return paginator.get_page(number if number.isdecimal() else 1)

    @property
    def rows(self) -> list:
        """The rows of the page."""
        return self.page.object_list

    @property
    def total(self) -> int:
        """How many rows there are on all pages."""
        return self.page.paginator.count

    @property
    def address(self) -> str:
        """What is put behind an address so that it means the same list."""
        return self._with(self.chosen)

    @property
    def unknown(self) -> list[str]:
        """What the address asks for and this list does not have, each in words."""
        asked = [(one.label, self._asked.get(name, ""), self._has(name)) for name, one in self.filters.items()]
        sort = self._asked.get("sort", "")
        asked.append(("Order", sort, sort in self.sorts or not self.sorts))
        return [f"{label} “{_printable(value)}”" for label, value, is_known in asked if value and not is_known]

    def drawn_filters(self) -> dict:
        """The filters as a page draws them: the questions, what is chosen now, and the addresses without it."""
        return {
            "questions": [self._question(name, one) for name, one in self.filters.items()],
            "chosen": [
                {"label": f"{self.filters[name].label}: {self._words(name, value)}", "url": self._without(name)}
                for name, value in self.chosen.items()
            ],
            "clear_url": self._with({}),
            "kept": [("sort", self.sort)] if self.sort != self._usual else [],
            "unknown": self.unknown,
        }

    def _question(self, name: str, question: Filter) -> dict:
        now = self.chosen.get(name)
        options = [{"value": value, "label": words, "chosen": value == now} for value, words in question.choices]
        return {"name": name, "label": question.label, "options": options}

    def _words(self, name: str, value: str) -> str:
        return dict(self.filters[name].choices)[value]

    def _has(self, name: str) -> bool:
        return self._asked.get(name) in dict(self.filters[name].choices)

    def _without(self, name: str) -> str:
        return self._with({other: value for other, value in self.chosen.items() if other != name})

    def _with(self, chosen: dict) -> str:
        return "?" + urlencode(chosen | ({"sort": self.sort} if self.sort != self._usual else {}))


def _printable(value: str) -> str:
    """What somebody put into an address, as far as it can be said back to them."""
    return "".join(letter for letter in value[:LONGEST_SAID] if letter.isprintable())
