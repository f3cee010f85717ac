"""Whose names a copy does not show, and the same case file with a letter where each of them stood."""

from calendar import day_name, month_name
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from string import ascii_uppercase

from django.db.models import Q

from casework.models import JoinedConcern, Part
from incidents.models import Concern, Decision, Link, Telling
from reports.building.directory import DAYBOOK, Directory
from reports.building.frozen import Frozen
from reports.building.words import listed
from reports.casefile import CaseFile, Person, Withheld
from reports.models import Paper
from reports.prose import Prose
from reports.rules.leftover import may_be_names
from reports.terms import terms
from reports.told import Stage
from schools.masking import Hidden, Masks, letters
from schools.models import Appointment, Entry, Exclusion, Involvement, Reader, Record
from schools.models.people import STAFF_KINDS
from schools.offices import title_of
from schools.roles import Role

CHILDREN = ("pupil", "former_pupil")
BY_LETTER = {"pupil": "Pupil", "former_pupil": "Former pupil", "parent": "Parent"}
COLLEAGUE, OUTSIDER, ACCOUNT = "a member of staff", "somebody from outside", "Account"
NAMELESS = {"A member of staff", "Somebody from outside"}
TOLD = {COLLEAGUE: "whoever reported it (as “a member of staff”)", OUTSIDER: "whoever reported it from outside"}
NEEDED = {"subject", "target", "witness"}
DONE_BY_STAFF = "staff_act"
TOLD_THEM = {
    COLLEAGUE: "other staff, whoever reported it among them (as “a member of staff”)",
    OUTSIDER: "anybody else from outside (as “somebody from outside”)",
}
LOOK = "Nicknames, misspellings and lone initials were not looked for: whoever hands it on reads it through first."
OFFICES = "Where somebody whose name is masked was told or consulted for the sake of their post, that is left out too."
PICTURES = "Names are not masked in pictures: pictures are shown as they were received."
OWNERS = "Daybook does not record whose an account is, so the person’s own may be masked too."
NOT_NEEDED = "Whoever hears the matter does not need to know who they are."
# What is worked out, chosen from a list or checked by machine, and so names nobody or must stay what it is.
NOT_WORDS = {
    "reference", "sha256", "picture", "attached_as", "number", "fingerprint", "root", "recipient", "asked_by",
    "decided_by", "legal_ground", "classification", "audience", "school", "trust", "policy", "mark", "attached",
    "answer", "standing", "authority",
}  # fmt: skip


def known_in_case(paper: Paper, printed: Frozen) -> Frozen:
    """What is printed, and the rest of the case as it stood then, which is read for the names in it and nothing else.

    A name that one record holds may stand in the words of another, whoever reads which.
    """
    concerns = JoinedConcern.objects.filter(case=paper.case_id).values("record_id")
    parts = Part.objects.filter(case=paper.case_id).values("record_id")
    rest = Record.objects.filter(Q(pk__in=concerns) | Q(pk__in=parts), destroyed_at=None).order_by("opened_at", "ref")
    lines = Entry.objects.filter(record__in=rest, at__lte=paper.asked_at).values_list("record_id", "seq")
    last = dict(lines.order_by("seq"))
    others = {record: last[record.pk] for record in rest if record not in printed.upto and record.pk in last}
    return Frozen(printed.upto | others)


def who_is_hidden(printed: Frozen, known: Frozen, directory: Directory, *, needed: dict, about=None) -> dict:
    """Everybody whom the copy does not name, by person, or by the name typed for somebody not known yet.

    known: the records in which names are looked up. needed: people who stay named for what they do in the proceedings,
    by person. about: whose own copy it is; then everybody else who has a part in it is hidden, and only staff acting in
    their work stay named.
    """
    stay = {about} if about else {part.about_id for part in printed.rows(Part)}
    return _people(known, directory, stay | set(needed), everybody=bool(about))


def known_by_office(hidden: dict) -> list[Hidden]:
    """Those whose post alone would tell who they are."""
    return [one for one in hidden.values() if one.has_office]


def unsaid(printed: Frozen, hidden: dict) -> Frozen:
    """The records without who was told or consulted because of their office, where that would tell who is hidden."""
    in_office = {who for who, one in hidden.items() if one.has_office}
    for row in printed.everything:
        if isinstance(row, Decision) and row.consulted_id in in_office:
            row.consulted_id = None
    return printed.without(lambda row: isinstance(row, Telling) and row.person_id in in_office)


def masked(file: CaseFile, people: dict, known: Frozen, directory: Directory, *, is_theirs: bool) -> CaseFile:
    """The case file without the names of children, of parents, and of whoever only reported it.

    people: everybody hidden. is_theirs: whether it is the copy of the person it is about.
    """
    hidden = [*people.values(), *_accounts(known, directory)]
    shown = _shown(known, directory, hidden)
    given = file.printed_for
    phrases = [file.school, file.trust, file.policy.title, given.recipient.split(",")[0]]
    plain = {"words": terms().names_that_are_words, "abbreviations": terms().abbreviations}
    masks = Masks(hidden, shown=shown, phrases=phrases, **plain)
    without = _without(file, masks)
    used = [one for one in hidden if one.label in masks.used]
    left_out = Withheld(what=f"Names: {listed(_labels(used, TOLD))}", why=NOT_NEEDED)
    withheld = (left_out, *file.withheld) if used and not is_theirs else file.withheld
    names = [name for one in hidden if not one.is_whole for name in one.names]
    look_at = may_be_names(_written(without), hidden=names, known=[*shown, *phrases, *_vocabulary(known, directory)])
    return replace(without, withheld=withheld, masking=_said(used, is_theirs=is_theirs), look_at=tuple(look_at))


def _written(value) -> Iterator[str]:
    """Everything in it that somebody wrote, and some that is ours."""
    if isinstance(value, Prose):
        yield value.text
    elif isinstance(value, Stage):
        yield value.note
    elif isinstance(value, tuple):
        for one in value:
            yield from _written(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _written(getattr(value, field.name))


def _vocabulary(known: Frozen, directory: Directory) -> Iterator[str]:
    """Words with a capital letter that are nobody's name: days, months, posts, offices and sites."""
    yield from (*day_name, *month_name, *(title_of(role) for role in Role), DAYBOOK)
    yield from directory.posts
    yield from (link.platform for link in known.rows(Link))
    yield from (row.title for row in known.rows(Telling))


def _said(hidden: list[Hidden], *, is_theirs: bool) -> str:
    """What was done to the words, for the cover, and what was not, for whoever hands it on."""
    accounts = [OWNERS] if any(one.is_whole for one in hidden) else []
    offices = [OFFICES] if any(one.has_office for one in hidden) else []
    look = " ".join([*accounts, *offices, *([] if is_theirs else [PICTURES]), LOOK])
    if not hidden:
        return f"No name of a child, a parent or a reporter that Daybook knows stood in it. {look}"
    return (
        f"Names are masked in this copy: {listed(_labels(hidden, TOLD_THEM if is_theirs else TOLD))}. Inside a "
        f"sentence the mask stands in square brackets, in place of the name. The words are otherwise unchanged. {look}"
    )


def _labels(hidden: list[Hidden], told: dict[str, str]) -> list[str]:
    """Everybody and every account that is hidden, as the copy says it, those with a letter first."""
    labels = sorted(dict.fromkeys(one.label for one in hidden), key=lambda label: label in told)
    return [told.get(label, label) for label in labels]


def _people(frozen: Frozen, directory: Directory, stay: set, *, everybody: bool) -> dict:
    """Everybody to be hidden, the first named first; children and parents also where they have no part in it."""
    rows: dict = {}
    for row in frozen.rows(Involvement):
        rows.setdefault(_who(row), []).append(row)
    apart = _kept_apart(frozen, directory) if everybody else set()
    kinds = {who: found[0].kind for who, found in rows.items()} | directory.kinds
    found, letters = {}, dict.fromkeys(BY_LETTER.values(), 0)
    for who, kind in kinds.items():
        needs = set() if everybody else NEEDED
        label = "" if who in stay else _label(kind, rows.get(who, []), letters, needs=needs, is_apart=who in apart)
        if label:
            found[who] = _hidden(frozen, directory, who, rows.get(who, []), label=label, kind=kind)
    return found


def _kept_apart(frozen: Frozen, directory: Directory) -> set:
    """Whoever has a conflict, or a part in it, and did nothing here in their work."""
    acted = {directory.acted(line.by) for line in frozen.lines if line.verb != "concern.reported"}
    named = {_who(row) for row in frozen.rows(Involvement)}
    return (named | {row.person_id for row in frozen.rows(Exclusion)}) - acted


def _label(kind: str, named: list, letters: dict[str, int], *, needs: set[str], is_apart: bool) -> str:
    """What stands in place of somebody; empty for whoever stays named."""
    if word := BY_LETTER.get(kind):
        letters[word] += 1
        return f"{word} {_letter(letters[word] - 1)}"
    parts = {row.part for row in named}
    if not is_apart and ("reporter" not in parts or parts & needs):
        return ""
    return COLLEAGUE if kind in STAFF_KINDS else OUTSIDER


def _who(row: Involvement):
    """A person; a typed name stands for itself until somebody says whom it means."""
    return row.person_id if row.person_id and row.is_confirmed else (row.opened.typed_name, row.kind)


def _hidden(frozen, directory, who, named: list, *, label: str, kind: str) -> Hidden:
    rows = {row.pk for row in named}
    typed = [one.opened.typed_name for one in frozen.everything if isinstance(one, Involvement) and one.pk in rows]
    person = None if isinstance(who, tuple) else who
    titles = [row.title for row in frozen.rows(Telling, person_id=person)] if person else []
    given = frozen.rows(Reader, person_id=person) if person else ()
    offices = Appointment.objects.filter(person_id=person) if person and kind in STAFF_KINDS else ()
    titles += [title_of(one.role) for one in (*offices, *given)]
    return Hidden(
        label=label,
        names=tuple(dict.fromkeys(filter(None, [directory.name(person), *typed]))),
        posts=tuple(dict.fromkeys(filter(None, [directory.post(person), *titles]))),
        has_title=kind not in CHILDREN,
        has_office=label == COLLEAGUE,
    )


def _letter(number: int) -> str:
    """A, B … Z, AA, AB …"""
    rest, place = divmod(number, len(ascii_uppercase))
    return (_letter(rest - 1) if rest else "") + ascii_uppercase[place]


def _accounts(frozen: Frozen, directory: Directory) -> list[Hidden]:
    """Accounts and addresses; the site stays. Whose each is is not recorded, and it may tell who a child is.

    In a concern about what staff did they stay where nobody but staff is known in the case: there they are in issue.
    """
    kinds = {row.kind for row in frozen.rows(Involvement)} | set(directory.kinds.values())
    staff_alone = kinds <= {*STAFF_KINDS, "former_staff"}
    own = {row.pk for row in frozen.rows(Concern, direction=DONE_BY_STAFF)} if staff_alone else set()
    found = []
    for link in frozen.rows(Link):
        names = tuple(filter(None, (link.opened.handle, link.opened.url)))
        if names and link.record_id not in own:
            found.append(Hidden(label=f"{ACCOUNT} {_letter(len(found))}", names=names, is_whole=True))
    return found


def _shown(frozen: Frozen, directory: Directory, hidden: list[Hidden]) -> list[str]:
    """The names of everybody else in it, but those that are somebody's who is hidden, however they are spelt."""
    kept = {letters(name) for one in hidden if not one.is_whole for name in one.names}
    typed = {row.opened.typed_name for row in frozen.rows(Involvement)}
    return sorted(name for name in typed | set(directory.names) if name and letters(name) not in kept)


def _without(value, masks: Masks):
    """The same value with every word of it masked."""
    if isinstance(value, str):
        return masks(value)
    if isinstance(value, Prose):
        return Prose(masks(value.text))
    if isinstance(value, tuple):
        return tuple(_without(one, masks) for one in value)
    if isinstance(value, Person) and masks(value.name) in NAMELESS:
        value = replace(value, post="")
    if is_dataclass(value):
        names = (field.name for field in fields(value) if field.name not in NOT_WORDS)
        return replace(value, **{name: _without(getattr(value, name), masks) for name in names})
    return value
