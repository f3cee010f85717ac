"""Finding records by words of which only keyed stand-ins are kept: the words themselves are in no table."""

import re
import unicodedata
import uuid
from itertools import islice

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from schools import crypto, keyring, references
from schools.models import Reader, Record, SearchWords
from schools.models.record import Walked
from schools.roles import MATTERS

SHORTEST_BEGINNING, LONGEST_BEGINNING = 4, 8
# PostgreSQL keeps at most a megabyte of stand-ins in one row, so that a long account takes several.
WORDS_A_ROW = 4000
MOST_TERMS = 12
FEW = 500
POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+")
TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
# Stands between two texts so that no phrase runs from one into the next; no stand-in looks like it.
GAP = "gap"

# The records that hold what is asked. A row of stand-ins is long: SQLite reads an index that has the record instead of
# the row, and PostgreSQL, which takes the words of a row to cost nothing, is kept from working them out row by row.
FIND = {
    "sqlite": "SELECT record_id FROM schools_searchwords INDEXED BY words_with_record"
    " WHERE id IN (SELECT rowid FROM schools_searchindex WHERE schools_searchindex MATCH %s)",
    "postgresql": "WITH holding AS MATERIALIZED (SELECT record_id FROM schools_searchwords"
    " WHERE to_tsvector('simple', tokens || ' ' || beginnings) @@ %s::tsquery) SELECT record_id FROM holding",
}
PUT = "INSERT INTO schools_searchindex(rowid, tokens, beginnings) VALUES (%s, %s, %s)"
TAKE = "INSERT INTO schools_searchindex(schools_searchindex, rowid, tokens, beginnings) VALUES ('delete', %s, %s, %s)"
MERGE = "INSERT INTO schools_searchindex(schools_searchindex) VALUES ('optimize')"


class Among(In):
    """Whether a record is among very many, which are looked up once while the newest records are walked past.

    PostgreSQL would otherwise take them for a few and read and sort the record of each; "is true" keeps it from that.
    """

    def as_postgresql(self, compiler, connection):
        sql, params = super().as_sql(compiler, connection)
        return f"({sql}) IS TRUE", params


def words(text: str) -> list[str]:
    """The words of a text without case, accents and possessive endings, in their order."""
    spread = unicodedata.normalize("NFKD", POSSESSIVE.sub("", text).casefold())
    return WORD.findall("".join(mark for mark in spread if not unicodedata.combining(mark)))


def stem(word: str) -> str:
    """A word without its plural ending (Harman's S stemmer, 1991)."""
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss")):
        return word[:-1]
    return word


def _token(key: bytes, word: str) -> str:
    return "w" + crypto.token(key, stem(word))


def _beginning(key: bytes, letters: str) -> str:
    return "b" + crypto.token(key, letters)


def _beginnings(word: str) -> list[str]:
    return [word[:size] for size in range(SHORTEST_BEGINNING, min(len(word), LONGEST_BEGINNING) + 1)]


def _key(trust_id: uuid.UUID) -> bytes:
    return keyring.system_key(f"search:{trust_id}")


def index(record: Record, row_id: uuid.UUID, *texts: str, is_new: bool = False) -> None:
    """Keep the stand-ins of a row's words, in place of those kept before; to be called inside an act.

    record: the record the row belongs to. row_id: the row. texts: its words; empty ones are passed over. is_new: that
    the row was made just now, so that none were kept before.
    """
    if not is_new:
        _remove(SearchWords.objects.filter(record=record, row_id=row_id))
    key = _key(record.trust_id)
    found = iter([word for text in texts if text for word in [*words(text), GAP]])
    while part := list(islice(found, WORDS_A_ROW)):
        _keep(record, row_id, part, key)


def _keep(record, row_id, part: list[str], key: bytes) -> None:
    real = set(part) - {GAP}
    # Each word once: a long account repeats itself, and nobody else can write until its stand-ins are worked out.
    stand_ins = {word: _token(key, word) for word in real} | {GAP: GAP}
    made = SearchWords.objects.create(
        record=record,
        row_id=row_id,
        tokens=" ".join(stand_ins[word] for word in part),
        beginnings=" ".join(sorted({_beginning(key, letters) for word in real for letters in _beginnings(word)})),
    )
    if connection.vendor == "sqlite":
        _execute(PUT, made.pk, made.tokens, made.beginnings)


def forget(record: Record) -> int:
    """Remove everything by which a record could be found; returns how many rows went."""
    with transaction.atomic():
        gone = _remove(SearchWords.objects.filter(record=record))
        if gone and connection.vendor == "sqlite":
            # An index row removed lingers in the index's own pages until they are merged.
            _execute(MERGE)
    return gone


def _remove(rows) -> int:
    rows = list(rows)
    if connection.vendor == "sqlite":
        for row in rows:
            _execute(TAKE, row.pk, row.tokens, row.beginnings)
    if rows:
        SearchWords.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _execute(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def find(viewer, typed: str):
    """The records this person may see that hold all the words typed, newest first.

    viewer: who asks. typed: words, of which each may be a beginning of four letters or more; "words in quotation marks"
    stand together in that order; or a whole reference. What may not be seen is left out before anything is counted. Of
    words that very many records hold, only the newest are answered: five hundred and one, to show that there are more.
    """
    seen = Record.objects.visible_to(viewer).filter(kind__in=MATTERS)
    terms = _terms(typed)
    wanted, common = Q(pk__in=[]), False
    for trust_id in _trusts(viewer) if terms else ():
        key, here = _key(trust_id), Q(In(Walked("trust_id", counted=False), [trust_id]))
        for sought in terms:
            holding, are_many = _holding(_asked(sought, key))
            here, common = here & holding, common or are_many
        wanted |= here
    if ref := references.tidy(typed):
        wanted |= Q(ref=ref)
    found = seen.filter(wanted).order_by("-opened_at", "pk")
    if not common:
        return found
    newest = list(found.values_list("pk", flat=True)[: FEW + 1])
    return seen.filter(pk__in=newest).order_by("-opened_at", "pk")


def too_short(typed: str) -> list[str]:
    """What was typed as the beginning of a word, with an asterisk, and has too few letters to be looked for as one."""
    plain = (plain for _, plain in TERM.findall(_even(typed)) if plain.endswith("*"))
    return [one for one in plain if len("".join(words(one))) < SHORTEST_BEGINNING]


def _even(typed: str) -> str:
    return typed.replace("“", '"').replace("”", '"')


def _terms(typed: str) -> list[tuple[list[str], bool]]:
    """The words of each thing asked for, and whether it may be a beginning."""
    found = [(words(quoted or plain), bool(plain)) for quoted, plain in TERM.findall(_even(typed))]
    return [(sought, loose and len(sought) == 1) for sought, loose in found if sought][:MOST_TERMS]


def _trusts(viewer) -> set[uuid.UUID]:
    given = Reader.objects.given_to(viewer)
    return viewer.trust_ids | set(given.values_list("record__trust_id", flat=True))


def _asked(term: tuple[list[str], bool], key: bytes) -> str:
    """One thing asked for, in the query language of the database's own index."""
    sought, loose = term
    on_sqlite = connection.vendor == "sqlite"
    tokens = [_token(key, word) for word in sought]
    phrase = f'"{" ".join(tokens)}"' if on_sqlite else " <-> ".join(tokens)
    if not loose or len(sought[0]) < SHORTEST_BEGINNING:
        return phrase
    return f"{phrase} {'OR' if on_sqlite else '|'} {_beginning(key, sought[0][:LONGEST_BEGINNING])}"


def _holding(asked: str) -> tuple[Q, bool]:
    """The records that hold what is asked, and whether they are very many; a few are named by their keys."""
    statement = FIND[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement + " LIMIT %s", [asked, FEW + 1])
        found = [uuid.UUID(str(record)) for (record,) in cursor.fetchall()]
    if len(found) <= FEW:
        return Q(pk__in=found), False
    every = RawSQL(statement, [asked])  # noqa: S611  (the statement is ours; what is asked goes as a value)
    return Q(Among(Walked("pk", counted=False), every)), True
