"""The words that matter: nothing that a screen, a letter or a paper can say is on the left side of their list."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.forms import Field
from django.urls import get_resolver

from schools import acts, differences, history, roles, timeline
from schools.formfields import Rows

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ("schools", "incidents", "casework", "reports")
# "Subject access" is the law's own name, and so are dismissal and Acts; an allegation is proved once it is found so.
LEFT = re.compile(
    r"\b(perpetrators?|suspects?|victims?|subjects?(?! access| to\b)|targets?|incident types?|recipients?|"
    r"sla|deadlines?|dismiss(es|ed)?|reject(s|ed|ion)?|false alarms?|llcs?|seals?|sealed|lanes?|packs?|ledgers?|fates?|"
    r"dispos(e|es|ed|al))\b",
    re.IGNORECASE,
)
# Texts that are data and are shown.
PACKS = sorted(f"schools/packs/{one.name}" for one in (ROOT / "schools/packs").glob("*.toml"))
DATA = ["incidents/choices.toml", "reports/terms.toml", "schools/law.toml", "schools/deadlines.toml"]


def on_the_left(texts) -> list[str]:
    return sorted({f"{found[0]}: {text}" for text in map(str, texts) for found in [LEFT.search(text)] if found})


def test_the_test_itself_knows_the_left_side():
    assert len(on_the_left(["The appeal was rejected.", "The victim", "its fate", "Dispose of it", "a deadline"])) == 5
    assert on_the_left(["Subject access", "Summary dismissal", "Equality Act 2010", "report to the platform"]) == []


def test_no_choice_of_a_column_says_it():
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    labels = [label for model in models for field in model._meta.fields for _, label in field.flatchoices]
    assert len(labels) > 100
    assert on_the_left(labels) == []


def every_act():
    list(get_resolver().url_patterns)
    return list(acts.REGISTRY.values())


def test_no_act_says_it_on_its_button_or_beside_it():
    said = [text for act in every_act() for text in (act.label, act.sentence, timeline.in_words(act.verb))]
    assert len(said) > 200
    assert on_the_left(said) == []


def spoken(field: Field) -> list[str]:
    """Everything a question of a form says: its words, its help, and its answers."""
    answers = [part for choice in getattr(field, "choices", None) or () for part in choice[1:]]
    return [str(text) for text in (field.label, field.help_text, *answers) if text]


def forms_within(form) -> list:
    """A form and the small forms that its rows are made of."""
    rows = [field.form_class for field in form.base_fields.values() if isinstance(field, Rows)]
    return [form, *(inner for row in rows for inner in forms_within(row))]


def test_no_question_of_a_form_says_it():
    forms = [inner for act in every_act() if act.form for inner in forms_within(act.form)]
    said = [text for form in forms for field in form.base_fields.values() for text in spoken(field)]
    assert len(said) > 250
    assert on_the_left(said) == []


def test_no_word_of_the_history_says_it():
    known = [words for choices in differences.CHOICES.values() for words in choices.values()]
    kinds = [words for words, _ in history.KINDS.values()]
    said = [*timeline.WORDS.values(), *differences.NAMES.values(), *differences.THINGS.values(), *known, *kinds]
    assert on_the_left([*said, *map(roles.kind_words, roles.Kind)]) == []


def texts_of(value) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one)]
    return [value] if isinstance(value, str) and " " in value else []


@pytest.mark.parametrize("name", [*DATA, *PACKS])
def test_no_text_of_the_data_says_it(name):
    assert on_the_left(texts_of(tomllib.loads((ROOT / name).read_text(encoding="utf-8")))) == []


def sentences_in(path: Path) -> list[str]:
    """Every text of a module that begins as a sentence does and is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text for text in texts if text not in docstrings and " " in text and text[:1].isupper()]


@pytest.mark.parametrize("app", OURS)
def test_no_sentence_of_the_program_says_it(app):
    """Refusals, steps, lines of the desk and of papers; what only whoever keeps the machine reads is left out."""
    left_out = {"migrations", "management", "verify", "demo", "checks.py"}
    modules = [path for path in sorted((ROOT / app).rglob("*.py")) if left_out.isdisjoint(path.parts)]
    found = {str(path.relative_to(ROOT)): on_the_left(sentences_in(path)) for path in modules}
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize("place", ["paper", "reports", "casework", "incidents", "schools", "_parts", "forms"])
def test_no_template_says_it(place):
    tags = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", re.S)
    found = {}
    for path in sorted((ROOT / "templates" / place).rglob("*.html")):
        if said := on_the_left([tags.sub(" ", path.read_text(encoding="utf-8"))]):
            found[path.name] = [line.split(":")[0] for line in said]
    assert found == {}
