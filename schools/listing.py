"""Lists: filtered, sorted and paged by what stands in the address, fifty at a time."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.functional import cached_property


class FromTheNearerEnd(Paginator):
    """Pages of which those past the middle are read backwards, so that the last costs what the first does.

    most: how many rows are counted and shown at most, or None for all.
    """

    def __init__(self, rows, per_page: int, *, most: int | None = None, **options):
        super().__init__(rows, per_page, **options)
        self.most = most

    @cached_property
    def _found(self) -> int:
        return super().count if self.most is None else self.object_list[: self.most + 1].count()

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
        else:
            rows = list(self.object_list[first:last])
        return self._get_page(rows, number, self)


class Listing:
    """One page of rows, with what is needed to draw its filters, sorts and pages.

    filters: the field names that may be filtered, each with its choices or None. sorts: name to ordering; the first is
    the usual one. most: how many rows are counted and shown at most, or None for all.
    """

    def __init__(self, request, rows, *, filters=None, sorts=None, per_page=50, most=None):
        self.filters, self.sorts = filters or {}, sorts or {}
        asked = request.GET
        self.chosen = {name: asked[name] for name in self.filters if self._allowed(name, asked.get(name))}
        rows = rows.filter(**{self._column(name): value for name, value in self.chosen.items()})
        self.sort = asked.get("sort") if asked.get("sort") in self.sorts else next(iter(self.sorts), "")
        if self.sort:
            rows = rows.order_by(*self.sorts[self.sort])
        number = asked.get("page", "1")
        self.page = FromTheNearerEnd(rows, per_page, most=most).get_page(number if number.isdigit() else 1)
        self.rows = self.page.object_list
        self.total = self.page.paginator.count
        self.kept = "&".join(f"{name}={value}" for name, value in [*self.chosen.items(), ("sort", self.sort)] if value)

    def drawn_filters(self, labels: dict[str, str], options: dict[str, list]) -> dict:
        """The filters as a page draws them: the questions, what is chosen now, and the addresses without it.

        labels: the words of each question by field. options: pairs of value and words by field.
        """
        words = {name: dict(pairs) for name, pairs in options.items()}
        return {
            "questions": [self._question(name, label, options[name]) for name, label in labels.items()],
            "chosen": [
                {"label": f"{labels[name]}: {words[name].get(value, value)}", "url": self._without(name)}
                for name, value in self.chosen.items()
            ],
            "clear_url": self._without(*self.chosen),
            "kept": [("sort", self.sort)] if self.sort else [],
        }

    def _question(self, name, label, pairs) -> dict:
        now = self.chosen.get(name)
        return {
            "name": name,
            "label": label,
            "options": [{"value": value, "label": words, "chosen": value == now} for value, words in pairs],
        }

    def _without(self, *names) -> str:
        left = {name: value for name, value in self.chosen.items() if name not in names}
        return "?" + urlencode(left | ({"sort": self.sort} if self.sort else {}))

    def _allowed(self, name, value) -> bool:
        if not value or len(value) > 60 or not value.replace("-", "").replace("_", "").isalnum():
            return False
        choices = self.filters[name]
        return choices is None or value in dict(choices)

    @staticmethod
    def _column(name: str) -> str:
        return "school__slug" if name == "school" else name
