"""Every act has a sentence, a form, an address, a line in the history and a file of tests; names follow the field."""

import ast
import inspect
import re

import pytest

from reports import printed_acts
from schools import acts, history
from schools.subjects import SUBJECTS
from tests.architecture.source import ROOT, name_of, nodes, python_of, tracked

VERB = re.compile(r"[a-z]+\.[a-z_]*[a-z]")
OFFERED = list(printed_acts.offered())
NAMES = [f"{subject.plural}/{act.slug}" for subject, act in OFFERED]


def every_act(argument: str):
    return pytest.mark.parametrize(argument, [act for _, act in OFFERED], ids=NAMES)


def test_there_are_acts():
    assert len(OFFERED) >= 44


def test_every_act_is_on_offer():
    waiting = [f"{of.__name__}.{name}" for (of, name), act in acts.REGISTRY.items() if act.form is None]
    assert waiting == []


def test_every_thing_that_acts_are_done_to_has_an_address():
    addressed = {subject.model for subject in SUBJECTS.values()}
    assert {of for of, _ in acts.REGISTRY} - addressed == set()


def test_no_two_acts_on_a_thing_share_an_address_and_none_hides_a_page():
    pages = {path for path, _ in printed_acts.views()}
    addresses = [f"/{subject.plural}/<str:ref>/{act.slug}/" for subject, act in OFFERED]
    assert len(set(addresses)) == len(addresses)
    assert pages & set(addresses) == set()


def test_every_line_of_history_has_one_act_and_every_button_its_own_words():
    labels = [(subject.plural, act.label) for subject, act in OFFERED]
    assert len(set(labels)) == len(labels)


@every_act("act")
def test_an_act_says_what_it_does_in_one_sentence(act):
    assert act.sentence.endswith(".")
    assert act.sentence[0].isupper()
    assert 20 <= len(act.sentence) <= 120


@every_act("act")
def test_an_act_is_given_who_and_when_and_asks_for_neither(act):
    parameters = inspect.signature(act.function).parameters
    assert parameters["by"].kind is parameters["at"].kind is inspect.Parameter.KEYWORD_ONLY
    assert {"at", "by"} & set(act.form.base_fields) == set()


@every_act("act")
def test_every_question_of_the_form_is_an_argument_and_every_needed_argument_is_asked(act):
    parameters = dict(inspect.signature(act.function).parameters)
    subject, *_ = parameters
    answers = {name: one for name, one in parameters.items() if name not in {subject, "by", "at"}}
    asked = set(act.form.base_fields)
    assert asked - set(answers) == set()
    assert {name for name, one in answers.items() if one.default is one.empty} - asked == set()


@every_act("act")
def test_the_line_of_an_act_is_a_thing_and_what_became_of_it(act):
    assert VERB.fullmatch(act.verb), act.verb


def lines_written() -> set[str]:
    """Every verb that some call hands to the ledger."""
    found = set()
    for path in python_of("schools", "incidents", "casework", "reports"):
        for call in nodes(path, ast.Call):
            name = getattr(call.func, "attr", "")
            words = [word.value for word in call.keywords if word.arg == "verb"]
            given = call.args[:1] if name in {"record", "_append", "line_in_each"} else []
            found |= {one.value for one in [*words, *given] if isinstance(one, ast.Constant)}
    return found


@every_act("act")
def test_an_act_hands_its_line_to_the_ledger(act):
    assert act.verb in lines_written()


# What is written of schools and trusts and of nothing else; their pages show no history to narrow.
OF_REGISTERS = {
    "account", "appointment", "arrangement", "calendar", "code", "password", "policy", "relation", "school",
    "telephone", "token", "trust",
}  # fmt: skip


def test_every_line_of_a_matter_belongs_to_one_kind_by_which_its_history_is_narrowed():
    things = [thing for _, its_things in history.KINDS.values() for thing in its_things]
    assert sorted(things) == sorted({verb.partition(".")[0] for verb in lines_written()} - OF_REGISTERS)


@every_act("act")
def test_an_act_has_a_file_of_tests_of_its_own(act):
    assert f"test_{act.name}.py" in {path.name for path in tracked() if path.is_relative_to(ROOT / "tests")}


def test_acts_are_declared_in_workflow_modules_only():
    places = {act.function.__module__ for act in acts.REGISTRY.values()}
    assert {place for place in places if ".workflow" not in place} == set()


def test_no_act_calls_another():
    """An act within an act would leave two lines with two permissions for one press of a button."""
    names = {name for _, name in acts.REGISTRY}
    calling = []
    for path in python_of("schools", "incidents", "casework", "reports"):
        if "workflow" not in str(path):
            continue
        for call in nodes(path, ast.Call):
            if isinstance(call.func, ast.Name) and call.func.id in names - {"report"}:
                calling.append(f"{name_of(path)}:{call.lineno} {call.func.id}")
    assert calling == []
