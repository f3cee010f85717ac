"""Rows as a file for a spreadsheet, in which no cell is taken for a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from schools.calendar import LONDON

# What a spreadsheet takes for the beginning of a formula, behind blanks, marks of quotation and separators too.
FORMULA = "=+-@"
PASSED_OVER = " \t\r\n\v\f\u00a0'\"`;,|"
LINE_ENDS = "\t\r\n"


def as_text(value) -> str:
    """One value as a cell: a moment as clocks in the United Kingdom showed it, the year first; nothing for nothing."""
    if isinstance(value, datetime):
        return f"{value.astimezone(LONDON):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return harmless("" if value is None else str(value))


def harmless(text: str) -> str:
    """The same text, with an apostrophe before it where a spreadsheet would calculate it."""
    plain = unicodedata.normalize("NFKC", text)
    calculates = plain.lstrip(PASSED_OVER)[:1] in set(FORMULA)
    return f"'{text}" if calculates or plain[:1] in set(LINE_ENDS) else text


def as_csv(headings: Iterable[str], rows: Iterable[Iterable]) -> bytes:
    """Headings and rows as comma-separated values (RFC 4180), every cell in quotation marks, in UTF-8 with its mark.

    Without the mark at its beginning some spreadsheets take accents for other letters.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(headings)
    writer.writerows([as_text(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
