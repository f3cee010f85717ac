"""Every version against the line that names it, and every row as it is now against its newest version."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from schools.verify import tables
from schools.verify.finding import Finding
from schools.verify.lines import Claim, Gathered

CREATED, CHANGED = "+", "~"


@dataclass
class Strays:
    """What found no partner in its own stretch of records, kept until all stretches are read.

    versions: by table and number, as read. live, newest: the columns of rows by table and key.
    """

    versions: dict[tuple[str, int], tuple] = field(default_factory=dict)
    live: dict[tuple[str, str], tuple] = field(default_factory=dict)
    newest: dict[tuple[str, str], tuple] = field(default_factory=dict)


def check(stretch: tables.Stretch, table: tables.Table, gathered: Gathered, strays: Strays) -> Iterator[Finding]:
    """Compare the versions and rows of one table that belong to one stretch of records."""
    newest: dict[str, tuple] = {}
    claims = gathered.claims[table.label]
    first = _first_versions(claims)
    for version in table.versions(stretch):
        number, values = int(version[0]), version[len(tables.ABOUT) :]
        claim = claims.pop(number, None)
        if claim is None:
            strays.versions[table.label, number] = version
        else:
            kind = CHANGED if values[table.key_at] in newest else "" if first[claim.row] < number else CREATED
            yield from _against_line(table, version, claim, gathered, kind=kind)
        newest[values[table.key_at]] = values
    for values in table.live(stretch):
        kept = newest.pop(values[table.key_at], None)
        if kept is None:
            strays.live[table.label, values[table.key_at]] = values
        elif kept != values:
            yield from _against_version(table, values, kept, gathered)
    strays.newest |= {(table.label, key): values for key, values in newest.items()}


def settle(gathered: Gathered, strays: Strays) -> Iterator[Finding]:
    """Compare what stands under another record than it belongs to, and name what has no partner anywhere."""
    by_label = {table.label: table for table in tables.versioned()}
    for label, number, claim in gathered.unmet_claims():
        version = strays.versions.pop((label, number), None)
        if version is not None:
            yield from _against_line(by_label[label], version, claim, gathered)
        else:
            yield Finding("version_gone", label, claim.row, "", gathered.ref(claim.line.record), claim.line.seq)
    for (label, _), version in strays.versions.items():
        yield from _unclaimed(by_label[label], version, gathered)
    for (label, key), values in strays.live.items():
        kept = strays.newest.pop((label, key), None)
        if kept is not None:
            yield from _against_version(by_label[label], values, kept, gathered)
        else:
            yield _about_row("row_unclaimed", by_label[label], values, gathered)
    for (label, _), values in strays.newest.items():
        yield _about_row("row_gone", by_label[label], values, gathered)


def _first_versions(claims: dict[int, Claim]) -> dict[str, int]:
    first: dict[str, int] = {}
    for number, claim in claims.items():
        first[claim.row] = min(number, first.get(claim.row, number))
    return first


def _against_line(table, version, claim: Claim, gathered, *, kind: str = "") -> Iterator[Finding]:
    number, dated, account, stored_kind, reason = version[: len(tables.ABOUT)]
    wrong = []
    for name, column, writing, text in zip(
        table.names, table.columns, table.writings, version[len(tables.ABOUT) :], strict=True
    ):
        if name in claim.fields:
            written = text if text is None or writing is None else writing(text)
            if written != claim.fields[name]:
                wrong.append(column)
    if claim.sound and (tables.moment(dated) != claim.line.at):
        wrong.append("history_date")
    if claim.sound and tables.identifier(account) != claim.line.by:
        wrong.append("history_user_id")
    if stored_kind != (kind or stored_kind):
        wrong.append("history_type")
    if reason is not None:
        wrong.append("history_change_reason")
    ref = gathered.ref(claim.line.record)
    for column in wrong:
        yield Finding("version_changed", table.label, claim.row, column, ref, claim.line.seq, more=number)


def _against_version(table, values, kept, gathered) -> Iterator[Finding]:
    row = tables.identifier(kept[table.key_at])
    ref = gathered.ref(tables.identifier(kept[table.record_at]))
    for column, now, then in zip(table.columns, values, kept, strict=True):
        if now != then:
            yield Finding("row_changed", table.label, row, column, ref)


def _unclaimed(table, version, gathered) -> Iterator[Finding]:
    values = version[len(tables.ABOUT) :]
    record = tables.identifier(values[table.record_at])
    if record not in gathered.silent:
        yield _about_row(
            "version_unproven" if record in gathered.damaged else "version_unclaimed", table, values, gathered
        )


def _about_row(kind, table, values, gathered) -> Finding:
    ref = gathered.ref(tables.identifier(values[table.record_at]))
    return Finding(kind, table.label, tables.identifier(values[table.key_at]), "", ref)
