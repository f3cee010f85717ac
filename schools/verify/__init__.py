"""Finding out whether anything was changed behind our back, and exactly what."""

from collections.abc import Iterator

from schools.models import Record
from schools.verify import lines, offices, stored, tables, versions, witness
from schools.verify.finding import SENTENCES, Finding

__all__ = ["SENTENCES", "Finding", "findings"]


def findings(*, checkpoint: dict | None = None) -> Iterator[Finding]:
    """Compare lines, versions, rows, stored files, passwords, offices and checkpoints, and name each difference.

    checkpoint: one that was kept outside, as `checkpoints.read` gives it; without one, a record that is gone with all
    that belongs to it, or a history written anew by somebody who holds the keys, cannot be seen. Nothing may be written
    by whoever asks, until the last finding was taken.
    """
    gathered, watch = lines.Gathered(), witness.Watch(checkpoint)
    with tables.one_moment():
        yield from watch.trusted()
        yield from _records(gathered, watch)
        yield from watch.unmet()
        yield from offices.passwords()
        yield from offices.makers(gathered)
        yield from witness.checkpoint_rows(checkpoint)
    yield from _still_keyless(gathered.keyless)
    yield from stored.check(gathered)


def findings_in(record: Record) -> list[Finding]:
    """The same for one record: its lines, its versions and rows, and the stored files of its rows."""
    gathered, strays, alone = lines.Gathered(), versions.Strays(), tables.alone(record.pk)
    with tables.one_moment():
        found = list(lines.check(alone, gathered, frozenset(), lambda ref, its_lines: ()))
        for table in tables.versioned():
            found += versions.check(alone, table, gathered, strays)
    found += versions.settle(gathered, strays)
    return [*found, *gathered.keyless, *stored.check(gathered, alone)]


def _records(gathered: lines.Gathered, watch: witness.Watch) -> Iterator[Finding]:
    strays = versions.Strays()
    for stretch in tables.stretches():
        yield from lines.check(stretch, gathered, offices.WATCHED, watch)
        for table in tables.versioned():
            yield from versions.check(stretch, table, gathered, strays)
    yield from versions.settle(gathered, strays)
    for record, last in gathered.ended.items():
        if gathered.attested.get(record) != last.hash:
            yield Finding("not_destroyed_by_rule", lines.RECORD, record, "", gathered.ref(record), last.seq)


def _still_keyless(found: list[Finding]) -> Iterator[Finding]:
    """A record that was destroyed under the rules since the moment that was read is no finding."""
    for finding in found:
        if not Record.objects.filter(ref=finding.record_ref, destroyed_at__isnull=False).exists():
            yield finding
