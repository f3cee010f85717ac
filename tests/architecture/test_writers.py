"""Who may write to the databases: the ledger for records, and a short list for the rows that help the work along."""

import ast
import re

import pytest

from tests.architecture.source import APPS, module_of, python_of, tree_of, where

# Every module that writes rows, and which. Everything else changes a record only by handing rows to the ledger.
WRITERS = {
    "schools.ledger": "records, their versions and the lines of their history",
    "schools.acts": "receipts, so that a second press of a button does nothing",
    "schools.access": "who looked",
    "schools.checkpoints": "checkpoints",
    "schools.chores": "receipts past their use and jobs of a worker that is gone",
    "schools.drafts": "forms as typed so far",
    "schools.keyring": "keys",
    "schools.notices": "what waits for whom",
    "schools.search": "keyed stand-ins of words",
    "schools.sessions": "sessions",
    "schools.signin": "when a token was last used",
    "schools.uploads": "files on their way in",
    "schools.codes": "the one-time code from the terminal",
    "schools.workflow.first_run": "what this installation is",
}
SAVING = {
    "save", "create", "delete", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "_raw_delete",
    "asave", "acreate", "adelete", "aupdate",
}  # fmt: skip
QUERIES = {"objects", "_default_manager", "_base_manager", "history", "filter", "exclude", "all"}
SQL = re.compile(r"\s*(INSERT|REPLACE|DELETE FROM|UPDATE \S+ SET|DROP|ALTER|TRUNCATE) ")


def chain(node: ast.AST) -> list[str]:
    """The names along `a.b().c(d).e`."""
    if isinstance(node, ast.Call):
        return chain(node.func)
    if isinstance(node, ast.Attribute):
        return [*chain(node.value), node.attr]
    return [node.id] if isinstance(node, ast.Name) else []


def writes(node: ast.AST) -> bool:
    """Whether a call writes rows, as far as its words tell: a store of files is no table, nor is a dictionary."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(SQL.match(node.value))
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    *before, last = chain(node.func)
    if last == "save" and node.args:
        return False  # a picture or a paper saved into something; a row is saved as it stands
    if last in SAVING:
        return "store" not in before
    return last == "update" and bool(QUERIES & set(before))


def writing(path) -> list[str]:
    return [where(path, node) for node in ast.walk(tree_of(path)) if writes(node)]


def product():
    return [path for path in python_of(*APPS) if "commands" not in path.parts]


def test_only_these_modules_write():
    found = {module_of(path): writing(path) for path in product()}
    assert {name: places for name, places in found.items() if places and name not in WRITERS} == {}


def test_every_module_that_may_write_still_does():
    found = {module_of(path) for path in product() if writing(path)}
    assert set(WRITERS) - found - {"schools.sessions"} == set()


def test_no_act_writes_but_through_the_ledger():
    acts = [path for path in product() if ".workflow" in module_of(path) and not module_of(path).endswith("first_run")]
    assert len(acts) > 10
    assert [place for path in acts for place in writing(path)] == []


def test_no_command_saves_a_record_itself():
    commands = [path for path in python_of(*APPS) if "commands" in path.parts]
    assert len(commands) > 3
    assert [place for path in commands for place in writing(path)] == []


def test_nobody_steps_round_the_managers_that_refuse():
    unguarded = [
        where(path, node)
        for path in product()
        if module_of(path) not in WRITERS
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in {"save_base", "_raw_delete", "skip_history_when_saving"}
    ]
    assert unguarded == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("concern.save()", True),
        ("Concern.objects.create(a=1)", True),
        ("Concern.objects.filter(pk=1).update(status='x')", True),
        ("Concern.objects.filter(pk=1).delete()", True),
        ("asked.filter(person=person).update(done_at=at)", True),
        ("Note.objects.bulk_create(rows)", True),
        ("digest.update(piece)", False),
        ("found.setdefault(key, set()).update(more)", False),
        ("files.store().delete(name)", False),
        ("Concern.objects.filter(pk=1)", False),
    ],
)
def test_a_write_is_recognised(line, expected):
    assert any(writes(node) for node in ast.walk(ast.parse(line))) is expected


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"])
def test_the_managers_of_records_refuse_every_way_that_leaves_no_version(cast, way):
    from incidents.models import Concern
    from schools.models.record import BehindOurBack

    arguments = {"bulk_create": ([],), "bulk_update": ([], ["status"])}.get(way, ())
    with pytest.raises(BehindOurBack):
        getattr(Concern.objects.all(), way)(*arguments)
