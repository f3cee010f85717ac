"""Lists: filtered, sorted and paged by what stands in the address, fifty at a time."""

from django.core.paginator import Paginator


class Listing:
    """One page of rows, with what is needed to draw its filters, sorts and pages.

    filters: the field names that may be filtered, each with its choices or None. sorts: name to ordering; the first is
    the usual one.
    """

    def __init__(self, request, rows, *, filters=None, sorts=None, per_page=50):
        self.filters, self.sorts = filters or {}, sorts or {}
        asked = request.GET
        self.chosen = {name: asked[name] for name in self.filters if self._allowed(name, asked.get(name))}
        rows = rows.filter(**{self._column(name): value for name, value in self.chosen.items()})
        self.sort = asked.get("sort") if asked.get("sort") in self.sorts else next(iter(self.sorts), "")
        if self.sort:
            rows = rows.order_by(*self.sorts[self.sort])
        number = asked.get("page", "1")
        self.page = Paginator(rows, per_page).get_page(number if number.isdigit() else 1)
        self.rows = list(self.page.object_list)
        self.total = self.page.paginator.count
        self.kept = "&".join(f"{name}={value}" for name, value in [*self.chosen.items(), ("sort", self.sort)] if value)

    def _allowed(self, name, value) -> bool:
        if not value or len(value) > 60 or not value.replace("-", "").replace("_", "").isalnum():
            return False
        choices = self.filters[name]
        return choices is None or value in dict(choices)

    @staticmethod
    def _column(name: str) -> str:
        return "school__slug" if name == "school" else name
