"""The form behind every act: the page and the API put the same questions and check them in the same place."""

from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorDict

from schools import clock, widgets
from schools.questions import Choice, Choices, Day, Moment, Question, Text, Uploads, WrongShape

__all__ = ["ActForm", "Choice", "Choices", "Day", "Moment", "Problem", "Renderer", "Rows", "Text", "Uploads"]


class Renderer(TemplatesSetting):
    """Draws every form of the site from templates/forms."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = widgets.BoundQuestion


class Problem(NamedTuple):
    """What has to be mended, and where on the page."""

    field: str
    sentence: str
    anchor: str


class ActForm(forms.Form):
    """The questions of one act.

    data: what was typed, from a request, a draft or a plain dict. subject: what the act is done to. viewer: who fills
    it in, and when. quiet: show what was typed without complaining yet, as for a draft taken up again.
    """

    use_required_attribute = False

    def __init__(self, data=None, files=None, *, subject=None, viewer=None, initial=None, prefix=None, quiet=False):
        self.subject, self.viewer = subject, viewer
        typed = None if data is None else widgets.as_typed(data)
        super().__init__(typed, files, initial=initial, prefix=prefix)
        for name, field in self.fields.items():
            field.belongs_to(self, name)
        for name, choices in self.choices_for().items():
            self.fields[name].offer(choices)
        self.quiet = self._press_buttons() or quiet

    def choices_for(self) -> dict[str, list[tuple]]:
        """What may be chosen in each question, where that depends on the subject or on who fills the form in."""
        return {}

    def now(self):
        """The moment at which the form is filled in."""
        return clock.now() if self.viewer is None else self.viewer.at

    def full_clean(self):
        if self.quiet:
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        """Whether the act may be done with these answers; never while a row or a file is being added or taken out."""
        return not self.quiet and super().is_valid()

    def problems(self) -> list[Problem]:
        """Everything to be mended, in the order of the page."""
        first = next((question.anchor for question in self), "")
        found = [Problem("", sentence, first) for sentence in self.non_field_errors()]
        for question in self:
            found += [Problem(question.html_name, sentence, question.anchor) for sentence in question.own_errors]
            found += question.field.problems_within()
        return found

    def errors_as_sentences(self) -> list[str]:
        """Everything to be mended, each in one sentence that can be read on its own."""
        return [problem.sentence for problem in self.problems()]

    def files_sent(self) -> dict[str, list]:
        """The files that came with this request, by question."""
        sent = {name: self.files.getlist(f"{self.add_prefix(name)}-file") for name in self._names_of(Uploads)}
        return {name: files for name, files in sent.items() if files}

    def secrets(self) -> list[str]:
        """The questions that ask for a password, by name."""
        return [name for name, question in self.fields.items() if getattr(question, "secret", "")]

    def no_files_because(self) -> str:
        """Why no file is taken in with these answers, not even to wait; empty where files may come."""
        return ""

    def with_uploads(self, received: dict[str, list[str]]) -> "ActForm":
        """The same form with these files, given by number, added to what was received before."""
        data = widgets.as_typed(self.data)
        for name, ids in received.items():
            data.setlist(self.add_prefix(name), data.getlist(self.add_prefix(name)) + ids)
        return type(self)(data, subject=self.subject, viewer=self.viewer, initial=self.initial, quiet=self.quiet)

    @classmethod
    def bind_json(cls, payload: object, *, subject=None, viewer=None) -> tuple["ActForm", list[str]]:
        """The form as filled in by a program, and a sentence for every key or kind of value that is wrong."""
        data, problems = _data_from_json(cls, payload, prefix="", where="")
        return cls(data, subject=subject, viewer=viewer), problems

    @classmethod
    def json_schema(cls) -> dict:
        """The form as a schema of OpenAPI."""
        needed = [name for name, field in cls.base_fields.items() if field.required]
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: field.json_schema() for name, field in cls.base_fields.items()},
        } | ({"required": needed} if needed else {})

    def _names_of(self, kind) -> list[str]:
        return [name for name, field in self.fields.items() if isinstance(field, kind)]

    def _press_buttons(self) -> bool:
        pressed = False
        for name in self._names_of((Rows, Uploads)):
            own = self.add_prefix(name)
            buttons = [key for key in self.data if key == f"add:{own}" or key.startswith(f"remove:{own}:")]
            for button in buttons:
                del self.data[button]
                taken_out = button.removeprefix(f"remove:{own}:") if button.startswith("remove:") else ""
                self.fields[name].widget.press(self.data, own, taken_out)
            pressed = pressed or bool(buttons)
        return pressed


class Rows(Question):
    """A list of small forms of one kind, such as the people involved. Gives a list of their answers.

    form_class: the questions of one row. min, max: how many rows. row_label: what one row is called.
    """

    widget = widgets.RowList
    shape = "a list of objects"

    def __init__(
        self, form_class: type[ActForm], label: str = "", *, min: int = 0, max: int = 20, row_label="Row", **options
    ):
        super().__init__(label or row_label, required=min > 0, **options)
        self.form_class, self.min, self.max, self.row_label = form_class, min, max, row_label
        if any(isinstance(field, Rows | Uploads) for field in form_class.base_fields.values()):
            raise TypeError("a row holds neither rows nor files")

    def belongs_to(self, form, name):
        super().belongs_to(form, name)
        self.widget.field = self
        self.known_rows = None

    def row_forms(self, value) -> list[ActForm]:
        """The form of each row; a row left blank has nothing to complain about."""
        if self.known_rows is None:
            typed = list(value or [])
            if not self.form.is_bound:
                typed += [{}] * (max(self.min, 1) - len(typed))
            self.known_rows = [self._row(number, answers) for number, answers in enumerate(typed)]
        return self.known_rows

    def clean(self, value):
        filled = [row for row in self.row_forms(value) if row.is_bound]
        if not filled and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(filled) < self.min:
            raise self.refuse(f"needs at least {self.min}; there are {len(filled)}")
        if len(filled) > self.max:
            raise self.refuse(f"can have at most {self.max}; there are {len(filled)}")
        wrong = [ValidationError(problem.sentence, code="row") for problem in self.problems_within()]
        if wrong:
            raise ValidationError(wrong)
        return [row.cleaned_data for row in filled]

    def problems_within(self):
        return [
            problem._replace(sentence=f"{self.row_label} {number}: {problem.sentence}")
            for number, row in enumerate(self.known_rows or [], start=1)
            for problem in row.problems()
        ]

    def from_json(self, *, name, value, where):
        if not isinstance(value, list):
            raise WrongShape(f"{where} must be {self.shape}.")
        if len(value) > self.max:
            raise WrongShape(f"{where} can have at most {self.max}.")
        data = {f"{name}-count": [str(len(value))]}
        wrong = []
        for number, row in enumerate(value):
            typed, problems = _data_from_json(
                self.form_class, row, prefix=f"{name}-{number}-", where=f"{where}[{number}]"
            )
            data.update(typed)
            wrong += problems
        if wrong:
            raise WrongShape(*wrong)
        return data

    def json_kind(self):
        return {"type": "array", "minItems": self.min, "maxItems": self.max, "items": self.form_class.json_schema()}

    def _row(self, number: int, answers) -> ActForm:
        prefix = f"{self.html_name}-{number}"
        ours = {"subject": self.form.subject, "viewer": self.form.viewer, "prefix": prefix, "quiet": self.form.quiet}
        if not self.form.is_bound:
            return self.form_class(initial=answers, **ours)
        if not any(text.strip() for key in answers for text in answers.getlist(key)):
            return self.form_class(**ours)
        return self.form_class({f"{prefix}-{key}": answers.getlist(key) for key in answers}, **ours)


def _data_from_json(form_class: type[ActForm], payload: object, *, prefix: str, where: str) -> tuple[dict, list[str]]:
    """What the page would have sent for these JSON values, and a sentence for each that no question here can take."""
    if not isinstance(payload, dict):
        return {}, [f"{where or 'The request'} must be one JSON object."]
    data, problems = {}, []
    for key, value in payload.items():
        # A key may hold half a character, which no answer could be written with.
        key = key.encode("utf-8", "replace").decode()
        place = f"{where}.{key}" if where else key
        field = form_class.base_fields.get(key)
        if field is None:
            problems.append(f"{place} is not asked here; the questions are {', '.join(form_class.base_fields)}.")
            continue
        try:
            data |= field.from_json(name=f"{prefix}{key}", value=value, where=place)
        except WrongShape as wrong:
            problems += wrong.args
    return data, problems
