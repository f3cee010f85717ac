"""The repository speaks of the product alone: no host of a package registry, no path of somebody's machine."""

import re

import pytest

from tests.architecture.source import ROOT, name_of, tracked

TEXT = {
    ".py", ".md", ".toml", ".txt", ".json", ".html", ".css", ".js", ".yml", ".yaml", ".cfg", ".ini", ".sh", ".svg", "",
    ".npmrc", ".gitignore", ".gitattributes", ".csv",
}  # fmt: skip
# Put together here, so that this file does not hold what it looks for.
REGISTRIES = [
    "pypi" + ".org", "files.pythonhosted" + ".org", "registry.npmjs" + ".org", "registry.yarnpkg" + ".com",
    "proxy.golang" + ".org", "index" + "-url", "extra-index" + "-url", "npm.pkg.github" + ".com",
]  # fmt: skip
MACHINES = re.compile(r"(?<![\w.:/-])/(?:work|root|home/\w+|Users/\w+)/\w")
TALK = re.compile(r"\b(?:TODO|FIXME|HACK)\b|\b(?:claude|copilot|chatgpt)\b|(?<!\.)\bprototype\b", re.IGNORECASE)


def texts():
    for path in tracked():
        if path.suffix in TEXT and not path.is_symlink():
            try:
                yield path, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def others():
    """Every text but those that hold such words because they look for them."""
    return ((path, text) for path, text in texts() if path.name not in {"test_repository.py", "test_base_pages.py"})


def test_no_file_names_the_host_of_a_registry():
    found = [f"{name_of(path)}: {host}" for path, text in texts() for host in REGISTRIES if host in text]
    assert found == []


def test_no_file_names_a_path_of_somebodys_machine():
    found = [f"{name_of(path)}: {hit.group()}" for path, text in others() for hit in MACHINES.finditer(text)]
    assert found == []


def test_nothing_is_left_to_be_done_and_nobody_speaks_of_the_making():
    found = [f"{name_of(path)}: {hit.group()}" for path, text in others() for hit in TALK.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("see <root/x", True), ("<home/ann/x", True), ("https://site.example<work/plan", False), ("a<work/b", False)],
)
def test_a_path_of_a_machine_is_recognised(text, found):
    # The stroke is put in here, or this file would be found by the search itself.
    assert bool(MACHINES.search(text.replace("<", "/"))) is found


def test_the_top_level_holds_what_the_design_says_and_nothing_else():
    said = {
        ".ci", ".gitattributes", ".gitignore", ".npmrc", "LICENSE", "README.md", "casework", "config", "daybook",
        "demo", "docs", "incidents", "manage.py", "package-lock.json", "package.json", "pyproject.toml", "reports",
        "requirements-dev.txt", "requirements-node.txt", "requirements-uv.txt", "requirements.txt", "schools", "static",
        "templates", "tests",
    }  # fmt: skip
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} - said == set()
