"""The registry of acts as a page: who reads and does what, what each act asks, how things move, who opens what."""

import itertools
import re
from collections.abc import Iterator
from operator import itemgetter

from django.apps import apps
from django.urls import URLPattern, get_resolver

from schools import acts
from schools.formfields import Rows
from schools.references import LETTERS
from schools.roles import GRANTS, LANES, MATTERS, READS, Kind, Permission, Role, grants, kinds_read_by
from schools.subjects import SUBJECTS, Subject
from schools.web import access_to

MADE_BY = "<!-- Made by `./daybook manage print_acts`: change the acts, not this page. -->"
GIVEN = "given"
PARAMETER = re.compile(r"\(\?P(<\w+>)[^)]*\)")
OTHERS = "anyone else"
INTRODUCTION = """# Acts

A record changes only through an act. Every act has a page, an endpoint, a button for those who may do it, and leaves
one line in the history of the record. This page is made from the registry of acts, so that it cannot say anything else
than the system does."""
READERS = """## Who reads what

These roles read these kinds of record of their own school, or of every school of the trust where the office is held in
the trust. Everybody else reads only what is handed over to them by name. Nobody reads what is hidden from them."""
MATRIX = """## Who may do what

A letter says on which kind of record a role does the act by default. “given” means: only on a record that was handed
over to them by name in that role; the same holds for every kind of record whose letter is not there. On what a person
does not see, nothing can be done. Acts marked * are closed to whoever stands aside.

{legend}"""
MOVES = """## How things move

From which stage an act leads to which other. An act that is not drawn leaves the stage as it is."""
ADDRESSES = """## Who opens which page"""


def letter(kind: Kind) -> str:
    return LETTERS[kind.value]


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def words(name: str) -> str:
    return name.replace("_", " ")


def kind_words(kind: Kind) -> str:
    return LANES.get(kind, words(kind.value).capitalize())


def readers() -> str:
    """Who reads what by default."""
    kinds = [kind for kind in Kind if kind in MATTERS]
    rows = [[words(role), *("yes" if kind in read else "" for kind in kinds)] for role, read in READS.items()]
    return f"{READERS}\n\n{table(['', *map(kind_words, kinds)], rows)}"


def offered() -> Iterator[tuple[Subject, acts.Act]]:
    """Every act on offer with the kind of thing it is done to; they are offered where the addresses are laid out."""
    list(views())
    order = list(apps.app_configs)
    for subject in sorted(SUBJECTS.values(), key=lambda one: order.index(one.model._meta.app_label)):
        for act in acts.of_model(subject.model):
            yield subject, act


def columns() -> list[Role]:
    """The roles that may do or read more than any member of staff; all others are one column."""
    return [role for role in Role if _rights(role) != _rights(Role.STAFF)]


def _rights(role: Role) -> tuple:
    return kinds_read_by(role), frozenset(permission for permission in Permission if grants(role, permission))


def cell(subject: Subject, act: acts.Act, role: Role) -> str:
    """Where a role does an act by default: letters of kinds of record, or only where it is given, or nowhere."""
    if role not in GRANTS[act.permission]:
        return ""
    kinds = [kind for kind in Kind if kind in subject.kinds and (kind in kinds_read_by(role) or kind == Kind.REGISTER)]
    return " ".join(map(letter, kinds)) or GIVEN


def matrix() -> str:
    """Every role against every act."""
    legend = "\n".join(f"- {letter(kind)}: {kind_words(kind).lower()}" for kind in Kind)
    roles = columns()
    rows = []
    for subject, act in offered():
        cells = [cell(subject, act, role) for role in [*roles, Role.STAFF]]
        rows.append([f"{subject.plural} / {act.slug}{'*' if act.decides else ''}", *cells])
    return f"{MATRIX.format(legend=legend)}\n\n{table(['', *map(words, roles), OTHERS], rows)}"


def questions(form) -> str:
    """What a form asks: each question by its name, those that need no answer in brackets."""
    asked = []
    for name, field in form.base_fields.items():
        within = f" [{questions(field.form_class)}]" if isinstance(field, Rows) else ""
        asked.append(f"`{name}`{within}" if field.required else f"(`{name}`{within})")
    return ", ".join(asked) or "nothing"


def catalogue() -> str:
    """Each act in its own words, by the kind of thing it is done to."""
    parts = ["## The acts"]
    for subject, found in itertools.groupby(offered(), key=itemgetter(0)):
        what = (subject.model.__doc__ or "").split("\n\n")[0].replace("\n", " ")
        parts.append(f"### {subject.plural.capitalize()}\n\n{what}")
        parts += [_described(subject, act) for _, act in found]
    return "\n\n".join(parts)


def _described(subject: Subject, act: acts.Act) -> str:
    path = f"/{subject.plural}/<ref>/{act.slug}/"
    lines = [
        f"**{act.label}.** {act.sentence}",
        "",
        f"- Address: `{path}`, endpoint: `POST /api/v1{path}`",
        f"- Needs: `{act.permission.value}`; leaves the line `{act.verb}`",
        f"- Asks: {questions(act.form)}",
    ]
    return "\n".join(lines)


def diagrams() -> str:
    """How the stages of each kind of thing follow one another."""
    moving = [(subject, act) for subject, act in offered() if act.moves]
    drawn = [
        _diagram(subject, [act for _, act in found]) for subject, found in itertools.groupby(moving, key=itemgetter(0))
    ]
    return "\n\n".join([MOVES, *drawn])


def _diagram(subject: Subject, moving: list[acts.Act]) -> str:
    arrows = [f"  {before} --> {act.moves[1]}: {act.label}" for act in moving for before in act.moves[0]]
    status = subject.model._meta.get_field("status")
    stages = [f"  {value}: {label}" for value, label in status.choices]
    lines = ["```mermaid", "stateDiagram-v2", *stages, f"  [*] --> {status.default}", *arrows, "```"]
    return "\n".join([f"### {subject.plural.capitalize()}", "", *lines])


def views(resolver=None, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its view, in the order in which they are tried."""
    for found in (resolver or get_resolver()).url_patterns:
        path = before + PARAMETER.sub(r"\1", str(found.pattern)).strip("^$").removesuffix("\\Z")
        if isinstance(found, URLPattern):
            yield path, found
        else:
            yield from views(found, path)


def addresses() -> str:
    """Every address and whom it lets in."""
    rows = [[f"`{path}`", access_to(found.callback) or "not declared"] for path, found in views()]
    return f"{ADDRESSES}\n\n{table(['address', 'opens to'], rows)}"


def document() -> str:
    """The whole page, in Markdown."""
    parts = [MADE_BY, INTRODUCTION, readers(), matrix(), catalogue(), diagrams(), addresses()]
    return "\n\n".join(parts) + "\n"


def as_data() -> dict:
    """The same for programs: acts with their questions and matrix row, and addresses with whom they let in."""
    return {
        "readers": {role.value: sorted(kinds) for role, kinds in READS.items()},
        "acts": [_act_as_data(subject, act) for subject, act in offered()],
        "addresses": {path: access_to(found.callback) for path, found in views()},
    }


def _act_as_data(subject: Subject, act: acts.Act) -> dict:
    return {
        "of": subject.plural,
        "act": act.slug,
        "label": act.label,
        "sentence": act.sentence,
        "permission": act.permission.value,
        "verb": act.verb,
        "decides": act.decides,
        "moves": {"from": list(act.moves[0]), "to": act.moves[1]} if act.moves else None,
        "asks": act.form.json_schema(),
        "roles": {role.value: cell(subject, act, role) for role in Role},
    }
