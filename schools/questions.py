"""The kinds of question an act may ask: one look on the page, one shape in JSON, one way of checking."""

import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from schools import calendar, masking, typed_dates, widgets

# Blank space, and what Unicode lets stand for nothing: a reason made of these alone is none.
SHOWS_NOTHING = re.compile(f"[\\s\x01-\x1f\x7f-\x9f\u2800{masking.UNSEEN}]*")
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


class Option(NamedTuple):
    """One answer that may be chosen."""

    value: str
    label: str
    hint: str = ""


class WrongShape(ValueError):
    """A JSON value of another kind than the field takes; its text is the sentence to answer with."""


class Question(forms.Field):
    """What all our questions share: a label, a hint, whether an answer is needed, and one JSON shape."""

    shape = "text"

    def __init__(self, label: str, *, help: str = "", required: bool = True, missing: str = "", **options):
        super().__init__(label=label, help_text=help, required=required, **options)
        self.error_messages["required"] = missing or f"“{label}” needs an answer."

    def belongs_to(self, form: forms.Form, name: str) -> None:
        """Tells the question which form it stands in, and under which name."""
        self.form, self.html_name = form, form.add_prefix(name)

    def problems_within(self) -> list:
        """What has to be mended inside the question, where it holds questions of its own."""
        return []

    def refuse(self, ending: str) -> ValidationError:
        """The error that says what is wrong with this answer."""
        return ValidationError(f"“{self.label}” {ending}.")

    def from_json(self, *, name: str, value: object, where: str) -> dict[str, list[str]]:
        """Turns a JSON value into what the page would have sent. Raises WrongShape."""
        if not isinstance(value, str):
            raise WrongShape(f"{where} must be {self.shape}.")
        return {name: [value]}

    def json_schema(self) -> dict:
        """The question as a schema of OpenAPI, in its own words."""
        described = " ".join(str(part) for part in (self.label, self.help_text) if part)
        return {"description": described} | self.json_kind()


class Text(Question, forms.CharField):
    """Words, kept exactly as typed but for blank space at either end.

    max_length: in characters. secret: current-password or new-password for a password, which is never shown again and
    keeps its blank space too.
    """

    def __init__(self, label: str, *, max_length=0, multiline=False, secret: str = "", example: str = "", **options):
        kind = forms.Textarea(attrs={"rows": 8}) if multiline else forms.TextInput
        if secret:
            kind = forms.PasswordInput(attrs={"autocomplete": secret})
        super().__init__(label, widget=kind, **options)
        self.max_length = max_length or (20_000 if multiline else 200)
        self.multiline, self.secret, self.example = multiline, secret, example
        # Django's own checks speak of "values" and "null characters"; the sentences below replace them.
        self.validators = []

    def widget_attrs(self, widget):
        return {}

    def clean(self, value):
        words = (value or "").replace("\r\n", "\n")
        words = words if self.secret or not SHOWS_NOTHING.fullmatch(words) else ""
        words = words if self.secret else words.strip()
        if self.required and not words:
            raise ValidationError(self.error_messages["required"], code="required")
        if UNKEEPABLE.search(words):
            raise self.refuse("holds a character that cannot be kept (an empty one); type it again")
        if len(words) > self.max_length:
            over = len(words) - self.max_length
            raise self.refuse(f"can have at most {self.max_length:,} characters; this is {over:,} too many")
        if not self.multiline and re.search("[\r\n]", words):
            raise self.refuse("must be on one line")
        return words

    def json_kind(self):
        example = {"example": self.example} if self.example else {}
        return {"type": "string", "maxLength": self.max_length} | example


class Day(Question):
    """A date of the calendar. Gives a date, or None."""

    widget = widgets.DayBoxes
    shape = "a date such as 2026-02-24"

    def __init__(self, label: str, *, past_only: bool = False, **options):
        super().__init__(label, **options)
        self.past_only = past_only

    def clean(self, value):
        if value is None or value == "":
            return super().clean(None)
        try:
            day = typed_dates.read_iso_day(value) if isinstance(value, str) else typed_dates.read_day(**value)
        except typed_dates.Unreadable as problem:
            raise self.refuse(str(problem)) from None
        if self.past_only and day > calendar.day_of(self.form.now()):
            raise self.refuse("must be today or in the past")
        return day

    def json_kind(self):
        return {"type": "string", "format": "date", "example": "2026-02-24"}


class Moment(Day):
    """A date and time, typed as clocks in the United Kingdom show it. Gives an aware time in UTC, or None."""

    widget = widgets.MomentBoxes
    shape = "a date and time with its zone, such as 2026-02-24T13:10:00+00:00"

    def clean(self, value):
        if value is None or value == "":
            return super().clean(None)
        try:
            moment = typed_dates.read_iso_moment(value) if isinstance(value, str) else self._typed(value)
        except typed_dates.Unreadable as problem:
            raise self.refuse(str(problem)) from None
        if self.past_only and moment > self.form.now():
            raise self.refuse("must not be in the future")
        return moment

    def _typed(self, boxes: dict[str, str]) -> datetime:
        day = typed_dates.read_day(day=boxes["day"], month=boxes["month"], year=boxes["year"])
        try:
            shown = typed_dates.read_clock(boxes["time"])
            return calendar.from_clock(day, shown, which=boxes["which"]).astimezone(UTC)
        except typed_dates.Unreadable:
            raise
        except ValueError as impossible:
            raise ValidationError(str(impossible)) from None

    def json_kind(self):
        return {"type": "string", "format": "date-time", "example": "2026-02-24T13:10:00+00:00"}


class Choice(Question):
    """One answer out of a list, by its exact value; yes and no are answers like any other."""

    widget = widgets.OneOf

    def __init__(self, label: str, *, choices: Iterable[tuple] = (), **options):
        super().__init__(label, **options)
        self.offer(choices)

    def offer(self, choices: Iterable[tuple]) -> None:
        """Sets what may be chosen: (value, label) or (value, label, hint)."""
        self.options = tuple(Option(*(str(part) for part in choice)) for choice in choices)
        self.widget.options = self.options

    @property
    def shape(self):
        return f"one of {', '.join(self.values)}" if self.options else "text"

    @property
    def values(self) -> list[str]:
        """The values that may be sent, in the order they are shown."""
        return [option.value for option in self.options]

    def clean(self, value):
        chosen = super().clean(value) or ""
        if chosen and chosen not in self.values:
            raise self.refuse("must be one of the answers shown")
        return chosen

    def json_kind(self):
        meanings = "; ".join(f"{option.value}: {option.label}" for option in self.options)
        described = " ".join(part for part in (str(self.label), str(self.help_text), meanings) if part)
        return {"type": "string", "description": described} | ({"enum": self.values} if self.options else {})


class Choices(Choice):
    """Any number of answers out of a list. Gives the values chosen, in the order they are shown."""

    widget = widgets.AnyOf
    shape = "a list of text"

    def clean(self, value):
        chosen = forms.Field.clean(self, value) or []
        if any(one not in self.values for one in chosen):
            raise self.refuse("must be some of the answers shown")
        return [one for one in self.values if one in chosen]

    def from_json(self, *, name, value, where):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise WrongShape(f"{where} must be {self.shape}.")
        return {name: value}

    def json_kind(self):
        one = super().json_kind()
        return {"type": "array", "uniqueItems": True, "description": one.pop("description"), "items": one}


class Uploads(Choices):
    """Files received already, by their numbers. Offer them as (number, name) to name them and to refuse any other."""

    widget = widgets.ReceivedFiles
    shape = "a list of file numbers"

    def __init__(self, label: str, *, max: int = 10, **options):
        super().__init__(label, **options)
        self.max = max

    def belongs_to(self, form, name):
        super().belongs_to(form, name)
        self.widget.field = self

    def clean(self, value):
        ids = list(dict.fromkeys(forms.Field.clean(self, value) or []))
        if len(ids) > self.max:
            raise self.refuse(f"can have at most {self.max} files")
        for one in ids:
            if not _is_number(one) or (self.options and one not in self.values):
                raise self.refuse("names a file that is no longer here; add it again")
        return ids

    def json_kind(self):
        return {"type": "array", "maxItems": self.max, "items": {"type": "string", "format": "uuid"}}


def _is_number(typed: str) -> bool:
    try:
        return str(uuid.UUID(typed)) == typed
    except ValueError:
        return False
