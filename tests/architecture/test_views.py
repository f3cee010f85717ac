"""Every view says whom it lets in, and does not write; every template is used."""

import re

import pytest

from reports import printed_acts
from schools.web import ANYONE, access_to
from tests.architecture.source import APPS, ROOT, python_of, tracked

EVERY_VIEW = list(printed_acts.views())
# What shows nothing of anybody's: to sign in, to set up, a page to turn to in a hurry, and the shape of a policy.
OPEN_TO_ANYONE = {"/accounts/login/", "/accounts/inactive/", "/set-up/", "/week-planner/", "/api/v1/policy-schema/"}
NAMED_IN_TEMPLATES = re.compile(r"""{% (?:extends|include) "([^"]+)\"""")
NAMED_IN_PYTHON = re.compile(r"""["']([\w/.-]+\.(?:html|txt))["']""")
# Found by their names: by the framework for errors and sign-in, by our fields for forms.
BY_NAME = re.compile(r"(4|5)\d\d\.html|account/.*")


@pytest.mark.parametrize(("path", "found"), EVERY_VIEW, ids=[path for path, _ in EVERY_VIEW])
def test_a_view_says_whom_it_lets_in(path, found):
    assert access_to(found.callback)


def test_only_these_pages_open_to_anyone():
    assert {path for path, found in EVERY_VIEW if access_to(found.callback) == ANYONE} == OPEN_TO_ANYONE


def test_a_view_that_says_nothing_is_found():
    assert access_to(lambda request: None) is None


def named_templates() -> set[str]:
    """Every template that Python or another template names."""
    found = set()
    for path in tracked():
        if path.suffix == ".html" and path.is_relative_to(ROOT / "templates"):
            found |= set(NAMED_IN_TEMPLATES.findall(path.read_text(encoding="utf-8")))
    for path in python_of(*APPS):
        found |= set(NAMED_IN_PYTHON.findall(path.read_text(encoding="utf-8")))
    return found


def test_no_template_is_unused():
    folder = ROOT / "templates"
    there = {str(path.relative_to(folder)) for path in tracked() if path.is_relative_to(folder)}
    assert len(there) > 50
    assert {name for name in there - named_templates() if not BY_NAME.fullmatch(name)} == set()


def test_every_template_that_is_named_is_there():
    folder = ROOT / "templates"
    ours = {name for name in named_templates() if name.split("/")[0] in {*APPS, "_parts", "forms", "paper"}}
    assert {name for name in ours if not (folder / name).exists()} == set()
