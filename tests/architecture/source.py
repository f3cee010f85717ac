"""The product's own source, read as text and as syntax, for the tests that hold its shape."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("config", "reports", "casework", "incidents", "schools")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repository that is there: in git's list, or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return tuple(sorted(ROOT / name for name in set(listed) if (ROOT / name).is_file()))


def python_of(*folders: str) -> list[Path]:
    """The Python files of some folders, less the migrations, which are made by a command."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders and "migrations" not in path.parts
    ]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def module_of(path: Path) -> str:
    """The dotted name by which a file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def nodes(path: Path, *kinds: type) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, kinds))


def where(path: Path, node: ast.AST) -> str:
    return f"{name_of(path)}:{node.lineno}"


def imported(path: Path) -> set[str]:
    """The dotted names that a file imports, each as `module` and as `module.name`."""
    found = set()
    for node in nodes(path, ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        else:
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found
