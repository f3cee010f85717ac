"""Making a record: its key first, then the record with its first line of history."""

from schools import keyring, references
from schools.models import Record
from schools.roles import Kind


def prepare(kind: Kind, *, trust, school, pack, at) -> Record:
    """A record that has a key and a reference and is not saved yet; `ledger.begin` saves it.

    kind: what kind of record. trust, school: its home. pack: the adopted policy in force, or None. at: when it opens.
    """
    record = Record(kind=kind, trust=trust, school=school, pack=pack, opened_at=at)
    record.ref = references.new(kind)
    record._key = keyring.make_record_key(record.pk)
    return record
