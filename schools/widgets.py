"""How each kind of question is drawn on a page, and how what was typed is read back without losing any of it."""

from datetime import date, datetime

from django import forms
from django.utils.datastructures import MultiValueDict

from schools.calendar import LONDON, from_clock
from schools.typed_dates import read_clock, read_day

MOST_ROWS = 1000
MOST_COUNTED = 20_000
STYLES = ((forms.Textarea, "govuk-textarea"), (forms.widgets.Input, "govuk-input"))


def as_typed(data) -> MultiValueDict:
    """Any form data, a request's, a draft's or a plain dict, as lists of strings that may be changed."""
    if hasattr(data, "getlist"):
        return MultiValueDict({key: data.getlist(key) for key in data})
    return MultiValueDict({key: value if isinstance(value, list) else [value] for key, value in data.items()})


class BoundQuestion(forms.BoundField):
    """A question with its answer, drawn in the look of the house: for our own fields and for any plain Django one."""

    @property
    def counts_to(self) -> int | None:
        """The number of characters to count down to while somebody types; nobody types their way to a large one."""
        limit = self.field.max_length if isinstance(self.field.widget, forms.Textarea) else None
        return limit if limit and limit <= MOST_COUNTED else None

    @property
    def own_errors(self) -> list[str]:
        """The sentences to print beside this question; those of a row are printed inside the row."""
        found = [error for error in self.form.errors.as_data().get(self.name, []) if error.code != "row"]
        return [self._worded(error, sentence) for error in found for sentence in error.messages]

    @property
    def anchor(self) -> str:
        """The id that a link in the error summary leads to."""
        return self.id_for_label or self.auto_id

    @property
    def aria_describedby(self):
        described = super().aria_describedby
        return f"{described or ''} {self.auto_id}-info".strip() if self.counts_to else described

    def _worded(self, error, sentence: str) -> str:
        # Sign-in forms are not ours and say "This field is required", which says nothing in a list of errors.
        ours = hasattr(self.field, "belongs_to") or error.code != "required"
        return sentence if ours else f"“{self.label}” needs an answer."

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        style = next((style for kind, style in STYLES if isinstance(widget, kind)), None)
        if style and not widget.is_hidden:
            wrong = f" {style}--error" if self.errors else ""
            counted = " govuk-js-character-count" if self.counts_to else ""
            hidden = (
                " govuk-password-input__input govuk-js-password-input-input" if self.widget_type == "password" else ""
            )
            # A grey word inside a box vanishes when somebody types and is too pale to read: the label says it.
            attrs |= {"class": f"{style}{wrong}{counted}{hidden}", "placeholder": False}
        return attrs


class Question(forms.Widget):
    """A widget that tells its template whether the answer has to be mended."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        drawn = context["widget"]["attrs"]
        context["widget"] |= {"wrong": "aria-invalid" in drawn, "described_by": drawn.get("aria-describedby", "")}
        return context


class DayBoxes(Question):
    """Three boxes for day, month and year; one ISO date under the question's own name is read as well."""

    template_name = "forms/day.html"
    use_fieldset = True
    parts = {"day": ("Day", 2), "month": ("Month", 2), "year": ("Year", 4)}

    def id_for_label(self, id_):
        return f"{id_}-day"

    def value_from_datadict(self, data, files, name):
        if data.get(name) is not None:
            return data.get(name)
        typed = {part: data.get(f"{name}-{part}") or "" for part in self.parts}
        return typed if any(text.strip() for text in typed.values()) else None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        typed = self.boxes(value)
        context["widget"]["boxes"] = [
            {"part": part, "name": f"{name}-{part}", "label": label, "width": width, "value": typed.get(part, "")}
            for part, (label, width) in self.parts.items()
        ]
        return context

    def boxes(self, value) -> dict[str, str]:
        """What stands in each box: what was typed, or the date that is known already."""
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return {"day": value}
        if isinstance(value, date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return value or {}


class MomentBoxes(DayBoxes):
    """The three boxes of a date and one of a time; in the hour that comes twice it asks which one is meant."""

    template_name = "forms/moment.html"
    parts = DayBoxes.parts | {"time": ("Time, such as 13:10", 5)}

    def value_from_datadict(self, data, files, name):
        typed = super().value_from_datadict(data, files, name)
        return typed | {"which": data.get(f"{name}-which") or ""} if isinstance(typed, dict) else typed

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        typed = self.boxes(value)
        context["widget"] |= {
            "clock": typed.get("time", ""),
            "which": typed.get("which", ""),
            "twice": came_twice(typed),
        }
        return context

    def boxes(self, value):
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                return {"time": value}
        if not isinstance(value, datetime):
            return value or {}
        local = value.astimezone(LONDON)
        return super().boxes(local.date()) | {"time": f"{local:%H:%M}", "which": ("first", "second")[local.fold]}


def came_twice(typed: dict[str, str]) -> bool:
    """Whether the clocks showed the time in these boxes twice on that day."""
    try:
        day = read_day(day=typed.get("day", ""), month=typed.get("month", ""), year=typed.get("year", ""))
        clock = read_clock(typed.get("time", ""))
        first, second = (from_clock(day, clock, which=which) for which in ("first", "second"))
        return first.utcoffset() != second.utcoffset()
    except ValueError:
        return False


class OneOf(Question):
    """Radio buttons for up to seven answers, a list to choose from for more."""

    options = ()

    @property
    def is_list(self) -> bool:
        return len(self.options) > 7

    @property
    def use_fieldset(self):
        return not self.is_list

    @property
    def template_name(self):
        return "forms/select.html" if self.is_list else "forms/radios.html"

    def id_for_label(self, id_):
        return id_ if self.is_list else f"{id_}-0"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen = value if isinstance(value, list) else [value]
        context["widget"]["options"] = [
            {"value": option.value, "label": option.label, "hint": option.hint, "chosen": option.value in chosen}
            for option in self.options
        ]
        context["widget"]["has_blank"] = any(not option.value for option in self.options)
        return context


class AnyOf(OneOf):
    """Tick boxes."""

    template_name = "forms/checkboxes.html"
    is_list = False

    def value_from_datadict(self, data, files, name):
        return data.getlist(name)


class RowList(Question):
    """A list of small forms, with buttons that add and remove one, and need no script."""

    template_name = "forms/rows.html"
    use_fieldset = True
    field = None

    def id_for_label(self, id_):
        return f"{id_}-add"

    def value_from_datadict(self, data, files, name):
        return rows_typed(data, name)

    def press(self, data, name, row):
        """Adds an empty row, or takes the row of this number away."""
        rows = rows_typed(data, name)
        if not row:
            rows.append(MultiValueDict())
        elif _number(row) < len(rows):
            del rows[_number(row)]
        for key in [key for key in data if key.startswith(f"{name}-")]:
            del data[key]
        data[f"{name}-count"] = str(len(rows))
        for number, typed in enumerate(rows):
            for key in typed:
                data.setlist(f"{name}-{number}-{key}", typed.getlist(key))

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        forms_of_rows = self.field.row_forms(value)
        context["widget"] |= {"rows": forms_of_rows, "row_label": self.field.row_label, "label": self.field.label}
        context["widget"]["is_full"] = len(forms_of_rows) >= self.field.max
        return context


def rows_typed(data, name) -> list[MultiValueDict]:
    """What was typed into each row of a list, in order; a count beyond any form's reach reads as none."""
    total = _number(data.get(f"{name}-count") or "0")
    rows = [MultiValueDict() for _ in range(total if total < MOST_ROWS else 0)]
    for key in data:
        number, _, rest = key.removeprefix(f"{name}-").partition("-")
        if key.startswith(f"{name}-") and rest and _number(number) < len(rows):
            rows[_number(number)].setlist(rest, data.getlist(key))
    return rows


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 4 else MOST_ROWS


class ReceivedFiles(Question):
    """The files received so far, each with a button to take it out, and a place to add more."""

    template_name = "forms/uploads.html"
    use_fieldset = True
    needs_multipart_form = True
    field = None

    def value_from_datadict(self, data, files, name):
        return data.getlist(name)

    def id_for_label(self, id_):
        return f"{id_}-file"

    def press(self, data, name, file):
        """Takes one received file out; the file that is being added is kept by the page itself."""
        if file:
            data.setlist(name, [one for one in data.getlist(name) if one != file])

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        known = {option.value: option.label for option in self.field.options}
        received = [{"id": one, "label": known.get(one, "A file")} for one in value or []]
        context["widget"] |= {"received": received, "max": self.field.max, "is_full": len(received) >= self.field.max}
        return context
