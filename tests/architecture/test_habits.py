"""What this house does not do: no signals, no second clock, no hidden state, no drawer for odds and ends."""

import ast
import re
import textwrap

import pytest

from tests.architecture.source import APPS, imported, module_of, name_of, nodes, python_of, tree_of, where

DRAWERS = {"utils", "helpers", "common", "core", "services", "util", "misc"}
CLOCK_NAMES = {"timezone.now", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
# Sessions live by the machine's time, whatever a demonstration shows.
CLOCKS = {"schools.clock", "schools.sessions"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "simple_history.signals")
HIDDEN_STATE = ("contextvars", "asgiref.local", "threading.local", "crum")
EXEMPTION = re.compile(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* +\W?\s*\w+( [\w()]+)+")
OWN_WRITING = {"save", "save_base", "delete", "asave", "adelete"}
DATES_OF_THEIR_OWN = {"auto_now", "auto_now_add"}


def dotted(node: ast.AST) -> str:
    """`a.b.c` as text; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""


def clock_calls(tree: ast.AST, names: set[str]) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if any(("." + dotted(call.func)).endswith("." + name) for name in names)]


def product():
    return python_of(*APPS)


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert [name_of(path) for path in product() if DRAWERS & set(module_of(path).split("."))] == []


def test_only_one_module_knows_the_time():
    asked = [
        where(path, call)
        for path in product()
        if module_of(path) not in CLOCKS
        for call in clock_calls(tree_of(path), CLOCK_NAMES)
    ]
    assert asked == []


def test_no_act_and_no_rule_asks_for_the_time():
    judged = [path for path in product() if {"workflow", "rules", "policy", "models"} & set(module_of(path).split("."))]
    assert len(judged) > 30
    asked = [where(path, call) for path in judged for call in clock_calls(tree_of(path), {"clock.now", "machine_now"})]
    assert asked == []


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("datetime.now(UTC)", 1),
        ("timezone.now()", 1),
        ("django.utils.timezone.now()", 1),
        ("date.today()", 1),
        ("knower.know()", 0),
        ("viewer.at", 0),
    ],
)
def test_asking_for_the_time_is_recognised(line, count):
    assert len(clock_calls(ast.parse(line), CLOCK_NAMES)) == count


def test_nobody_listens_for_signals():
    listening = [
        f"{name_of(path)} imports {name}" for path in product() for name in imported(path) if name.startswith(SIGNALS)
    ]
    assert listening == []


def test_nothing_is_remembered_behind_the_arguments():
    hiding = [
        f"{name_of(path)} uses {name}"
        for path in product()
        for name in imported(path) | {dotted(node) for node in nodes(path, ast.Attribute)}
        if name.startswith(HIDDEN_STATE)
    ]
    assert hiding == []


def test_no_column_fills_in_its_own_date():
    filling = [
        where(path, word.value)
        for path in product()
        for call in nodes(path, ast.Call)
        for word in call.keywords
        if word.arg in DATES_OF_THEIR_OWN
    ]
    assert filling == []


def test_no_model_decides_while_it_is_saved():
    from django.apps import apps

    deciding = [
        f"{base.__module__}.{base.__name__}.{name}"
        for model in apps.get_models(include_auto_created=True)
        for base in model.__mro__
        if base.__module__.split(".")[0] in APPS
        for name in OWN_WRITING & set(vars(base))
    ]
    assert deciding == []


def test_no_row_points_at_just_anything():
    from django.apps import apps
    from django.contrib.contenttypes.fields import GenericForeignKey

    ours = [model for model in apps.get_models() if model._meta.app_label in APPS]
    fields = [(model, field) for model in ours for field in model._meta.private_fields]
    pointing = [model.__name__ for model, field in fields if isinstance(field, GenericForeignKey)]
    assert len(ours) > 30
    assert pointing == []


def test_no_lint_exemption_stands_without_its_reason():
    exempt = [
        f"{name_of(path)}:{number}"
        for path in product()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if "# noqa" in line and not EXEMPTION.search(line)
    ]
    assert exempt == []


def test_a_second_clock_would_be_found():
    source = textwrap.dedent(
        """
        from django.utils import timezone
        def close(case):
            case.closed_at = timezone.now()
        """
    )
    assert len(clock_calls(ast.parse(source), CLOCK_NAMES)) == 1
