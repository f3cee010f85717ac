"""Nothing is longer than can be read at once: files under 400 lines, functions under 40, one sentence on top."""

import ast

import pytest

from tests.architecture.source import APPS, ROOT, name_of, nodes, python_of, tracked, tree_of, where

FILE, FUNCTION = 400, 40
WRITTEN_BY_HAND = {".py", ".js", ".css", ".html", ".sh"}


def long_files(paths) -> list[str]:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return [f"{name_of(path)}: {count} lines" for path, count in lines.items() if count > FILE]


def long_functions(paths) -> list[str]:
    return [
        f"{where(path, node)} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path in paths
        for node in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
        if node.end_lineno - node.lineno + 1 > FUNCTION
    ]


def test_no_file_is_longer_than_four_hundred_lines():
    ours = [path for path in tracked() if path.suffix in WRITTEN_BY_HAND and "migrations" not in path.parts]
    assert len(ours) > 100
    assert long_files([*ours, ROOT / "daybook"]) == []


def test_no_function_is_longer_than_forty_lines():
    assert long_functions(python_of(*APPS, "tests")) == []


def test_every_module_opens_with_one_sentence():
    silent = [
        name_of(path)
        for path in python_of(*APPS, "tests")
        if tree_of(path).body and not (ast.get_docstring(tree_of(path)) or "").split("\n\n")[0].endswith(".")
    ]
    assert silent == []


@pytest.mark.parametrize(("lines", "found"), [(39, 0), (40, 0), (41, 1)])
def test_a_function_is_measured_from_its_first_line_to_its_last(tmp_path, monkeypatch, lines, found):
    path = tmp_path / "long.py"
    path.write_text("def long():\n" + "    pass\n" * (lines - 1))
    monkeypatch.setattr("tests.architecture.source.ROOT", tmp_path)
    assert len(long_functions([path])) == found
