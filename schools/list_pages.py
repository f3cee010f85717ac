"""One list as a page, and as a file for a spreadsheet, over the same rows, filters and order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from schools import downloads, errors, headers, sealing, spreadsheet
from schools.clock import day_of
from schools.fields import sealed_fields
from schools.listing import Filter, Listing
from schools.roles import Permission, Role, grants
from schools.web import show, viewer_of

# Nobody turns more pages than these rows take, and to count a hundred thousand would cost more than the page.
MOST_SHOWN = 2_000
MOST_LINES = 5_000
NOT_YOURS = "Downloading a list is a right of its own, and none of your offices carries it."
TOO_MANY = f"This list has more than {MOST_LINES:,} lines, and a download holds at most so many: narrow it first."


def holders_of(right: Permission) -> str:
    """The roles that carry a right, as the page of rights prints them."""
    return ", ".join(role.value.replace("_", " ") for role in Role if grants(role, right))


DOWNLOADERS = f"{holders_of(Permission.LIST_DOWNLOAD)}, of what that office reads; every download is written down"


def of_rows(rows: Iterable) -> list:
    """The records that a list shows something of."""
    return [row.record_id for row in rows]


@dataclass(frozen=True)
class List:
    """One list: what it is called, its rows, by what it is narrowed and ordered, and what it shows of each row.

    things, thing: the words for several and for one. nothing: said when there is none. rows: from a viewer to the rows
    they see. filters: from a viewer to the questions. sorts: name to ordering, the usual one first. headings: of the
    page. line: from a row and the moment to its cells; no name of anybody a record is about. columns: of the file, each
    with its heading and what it says of a row: clear facts. opens: the confidential words that a line shows, of which
    the file has none. shows: from rows to the records whose content the page shows.
    """

    heading: str
    caption: str
    things: str
    thing: str
    nothing: str
    rows: Callable[[Any], QuerySet]
    filters: Callable[[Any], dict[str, Filter]]
    sorts: dict[str, tuple[str, ...]]
    headings: list[dict]
    line: Callable[..., list]
    columns: dict[str, Callable[[Any], Any]]
    opens: tuple[str, ...] = ()
    shows: Callable[[Iterable], list] = field(default=of_rows)


def by_school(viewer, column: str = "school__slug") -> Filter:
    """Narrow a list to one of the schools of the reader's trust."""
    return Filter("School", [(school.slug, school.name) for school in viewer.schools], column)


def may_download(viewer) -> bool:
    """Whether any office of a person carries the right to download lists."""
    return any(grants(role, Permission.LIST_DOWNLOAD) for role in viewer.roles)


def page(request, which: List):
    """Show one page of a list."""
    viewer = viewer_of(request)
    listing = _listing(request, which, viewer, opens=which.opens)
    sealing.open_rows(listing.rows)
    context = {
        "list": which,
        "nothing": f"No {which.thing} to show",
        "listing": listing,
        "filters": listing.drawn_filters(),
        "rows": [which.line(row, now=viewer.at) for row in listing.rows],
        "download": f"download/{listing.address}" if listing.rows and may_download(viewer) else "",
    }
    return show(request, "list.html", context, records=which.shows(listing.rows))


def download(request, which: List):
    """Hand over the whole list, as far as the reader's right to download reaches, and write down what was in it."""
    viewer = viewer_of(request)
    if not may_download(viewer):
        return errors.page(403, why=NOT_YOURS)
    listing = _listing(request, which, viewer.carrying(Permission.LIST_DOWNLOAD))
    rows = list(listing.ordered[: MOST_LINES + 1])
    if len(rows) > MOST_LINES:
        return errors.page(409, why=TOO_MANY)
    name = f"{which.things.replace(' ', '-')}-{day_of(viewer.at)}.csv"
    downloads.take_out(
        "list",
        viewer=viewer,
        page=f"download of {which.things}",
        records=of_rows(rows),
        basis=f"{viewer.basis}; lines: {len(rows)}",
    )
    content = spreadsheet.as_csv(which.columns, ([say(row) for say in which.columns.values()] for row in rows))
    return headers.attachment([content], name=name, kind="text/csv; charset=utf-8", size=len(content))


def _listing(request, which: List, viewer, *, opens: tuple[str, ...] = ()) -> Listing:
    rows = which.rows(viewer)
    closed = [one.name for one in sealed_fields(rows.model) if one.name not in opens]
    return Listing(request, rows.defer(*closed), filters=which.filters(viewer), sorts=which.sorts, most=MOST_SHOWN)
