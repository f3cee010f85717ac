"""How times, dates, sizes, due dates and lists are put into words on every page."""

from datetime import date, datetime, timedelta

from django import template
from django.utils.html import format_html, format_html_join

from schools.calendar import LONDON, day_of
from schools.formfields import Problem
from schools.offices import title_of
from schools.policy.document import anchor_of, parts_of

register = template.Library()

APPOINTED = "appointed"  # a time that was agreed, such as a hearing: neither a limit nor anybody's suggestion
BASIS = {"statute": "the law", "policy": "your policy", "default": "our suggestion"}
ROW = '<tr class="govuk-table__row" role="row">\n{}\n    </tr>'
CELL_BEGINS = (
    '<td role="cell" class="govuk-table__cell{}"><span class="daybook-table__label" aria-hidden="true">{}</span>'
    '<span class="daybook-table__value">'
)
CELL = "{}{}</span></td>"
FILES = {"image": "picture", "video": "film", "audio": "recording"}
UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


def day_in_words(day: date) -> str:
    """A date as people write it: Tue 24 Feb 2026."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def moment_in_words(moment: datetime) -> str:
    """A time as clocks in the United Kingdom showed it: Tue 24 Feb 2026, 13:10."""
    local = moment.astimezone(LONDON)
    return f"{day_in_words(local.date())}, {local:%H:%M}"


@register.simple_tag
def when(moment: datetime | None) -> str:
    """A moment, in London time; nothing for nothing."""
    if moment is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', moment.astimezone(LONDON).isoformat(), moment_in_words(moment))


@register.simple_tag
def day(given: date | datetime | None) -> str:
    """A date; of a moment, the date in London; nothing for nothing."""
    if given is None:
        return ""
    on = day_of(given) if isinstance(given, datetime) else given
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), day_in_words(on))


@register.filter
def shown(value) -> str:
    """Any plain value in words: times and dates in our style, everything else as it is."""
    if isinstance(value, datetime):
        return moment_in_words(value)
    if isinstance(value, date):
        return day_in_words(value)
    return "" if value is None else str(value)


@register.filter
def is_list(value) -> bool:
    """Whether a value is to be printed as a list."""
    return isinstance(value, list | tuple)


@register.filter
def number(count: int) -> str:
    """A number as people write it: 20,000."""
    return f"{count:,}"


@register.filter
def file_kind(kind: str) -> str:
    """What sort of file this is, as people say it: PNG picture, MP4 film, PDF.

    kind: as the content itself tells, such as image/png.
    """
    sort, _, name = kind.partition("/")
    return f"{name.rpartition('.')[2].upper()} {FILES.get(sort, 'file')}"


@register.simple_tag
def file_size(size: int) -> str:
    """The size of a file, given in bytes: 812 bytes, 2.4 MB."""
    for unit, name in UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return "1 byte" if size == 1 else f"{size} bytes"


@register.inclusion_tag("_parts/due.html")
def due(deadline, *, now: datetime, ref: str = "") -> dict:
    """When something is due and who says so: the law, your policy or our suggestion.

    deadline: with due_at, due_on, basis and why. now: the moment of the page, aware. ref: the paragraph.
    """
    return _due(deadline.due_at, deadline.due_on, deadline.basis, now=now, ref=ref) | {"why": deadline.why}


@register.inclusion_tag("_parts/due.html")
def due_by(by: date | datetime | None, basis: str, *, now: datetime, ref: str = "", policy_url: str = "") -> dict:
    """The same for a day or a moment that is known already: a day is due at its end.

    by: the day or moment. basis: statute, policy or default; appointed where it is the time of something; empty where
    nobody fixed it. policy_url: the page of the
    policy whose paragraph it is.
    """
    place = {"policy_url": policy_url if basis == "policy" else ""}
    if by is None or isinstance(by, datetime):
        return _due(by, by and day_of(by), basis, now=now, ref=ref) | place
    late = by < day_of(now)
    return _due(None, by, basis, now=now, ref=ref) | {"is_late": late} | place


def _due(at, on, basis, *, now, ref) -> dict:
    last_second = at is not None and f"{at.astimezone(LONDON):%H:%M:%S}" == "23:59:59"
    return {
        "at": None if last_second else at,
        "on": on,
        "basis": BASIS.get(basis, ""),
        "is_appointed": basis == APPOINTED,
        "ref": ref,
        "is_late": at is not None and at < now,
        "is_today": on is not None and on == day_of(now),
    }


@register.simple_tag
def ago(moment: datetime, now: datetime) -> str:
    """How long ago something was: 14 minutes ago, 3 hours ago, 5 days ago."""
    passed = max(now - moment, timedelta(0))
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return _number(passed // timedelta(minutes=1), "minute")
    if passed < timedelta(days=1):
        return _number(passed // timedelta(hours=1), "hour")
    return _number(passed.days, "day")


def _number(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'} ago"


@register.filter
def office(role: str) -> str:
    """What an office is called."""
    return title_of(role)


@register.filter
def kind_word(thing) -> str:
    """What kind of thing this is: Concern, Part, Takedown."""
    return str(thing._meta.verbose_name).capitalize()


@register.filter
def basis_words(basis: str) -> str:
    """On whose authority: the law, your policy or our suggestion."""
    return BASIS.get(basis, "")


@register.inclusion_tag("_parts/error_summary.html")
def error_summary(form) -> dict:
    """What has to be mended in a form, at the top of its page, each with a link to its question."""
    if hasattr(form, "problems"):
        return {"problems": form.problems()}
    whole = [Problem("", sentence, "") for sentence in form.non_field_errors()]
    return {"problems": whole + [Problem(one.name, each, one.anchor) for one in form for each in one.own_errors]}


@register.filter
def drawn(rows: list[list], headers: list[dict]) -> str:
    """The rows of a table, each cell with the heading of its column; drawn here, since a template takes far longer."""
    kinds = (" govuk-table__cell--numeric" if head.get("is_number") else "" for head in headers)
    begun = [format_html(CELL_BEGINS, kind, head["label"]) for kind, head in zip(kinds, headers, strict=True)]
    cells = (format_html_join("\n", CELL, zip(begun, map(_drawn, row), strict=True)) for row in rows)
    return format_html_join("\n    ", ROW, ((row,) for row in cells))


def _drawn(cell) -> str:
    """A plain value, or text with its link, a moment with how long ago it was, and a tag."""
    if not isinstance(cell, dict):
        return shown(cell)
    if "url" in cell:
        said = format_html('<a class="govuk-link" href="{}">{}</a>', cell["url"], cell["text"])
    elif "at" in cell:
        passed = ago(cell["at"], cell["now"])
        said = format_html('{} <span class="daybook-quiet daybook-table__ago">{}</span>', when(cell["at"]), passed)
    else:
        said = shown(cell.get("text"))
    if not cell.get("tag"):
        return said
    colour = cell["tag"].get("colour")
    kind = f"govuk-tag govuk-tag--{colour}" if colour else "govuk-tag"
    return format_html('{} <strong class="{}">{}</strong>', said, kind, cell["tag"]["text"])


@register.filter
def newest_first(lines: list) -> list:
    """The lines of a history, the latest on top."""
    return list(reversed(lines))


@register.simple_tag
def grouped(actions: list, steps: list = ()) -> dict[str, list]:
    """The buttons of a page in groups: usual, rare, and later, which cannot be pressed now, each with its reason.

    actions: buttons, or dicts like them. steps: what comes next on the page; a button that stands there already is in
    no group.
    """
    next_ones = {url for step in steps or () for url in step.urls}
    found = {"usual": [], "rare": [], "later": []}
    for action in actions:
        said = action if isinstance(action, dict) else vars(action)
        if said.get("why_not"):
            found["later"].append(action)
        elif said["url"] not in next_ones:
            found["rare" if said.get("is_rare") else "usual"].append(action)
    return found


@register.filter
def among(urls: list[str], actions: list) -> list:
    """Those buttons that lead to one of these addresses and can be pressed now, in the order of the addresses."""
    known = {action.url: action for action in actions if not action.why_not}
    return [known[url] for url in urls if url in known]


@register.simple_tag
def paragraph(ref: str, policy_url: str = "") -> str:
    """The number of a paragraph, or several, each as a link to where it stands on the page of its policy.

    ref: such as 5.e. policy_url: that page; without one the number stands alone.
    """
    if not policy_url:
        return ref
    links = ((_place(one, policy_url),) for one in parts_of(ref))
    return format_html_join(", ", "{}", links)


def _place(one: str, policy_url: str) -> str:
    if not any(sign.isdigit() for sign in one):
        return one
    return format_html('<a class="govuk-link" href="{}#{}">{}</a>', policy_url, anchor_of(one), one)


@register.simple_tag
def sort_state(key: str, sorted_by: str | None) -> dict:
    """How a column is sorted now, and what its link puts into the address next."""
    if sorted_by == key:
        return {"now": "ascending", "next": f"-{key}"}
    return {"now": "descending" if sorted_by == f"-{key}" else "none", "next": key}


@register.simple_tag
def page_numbers(page) -> list[int | None]:
    """The page numbers to offer around this one; None stands for those left out."""
    found = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in found]
