"""No cell of a file for a spreadsheet is calculated, and every other comes through as it was."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from schools.spreadsheet import as_csv, as_text

CALCULATED = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "\nx", "=cmd|' /C calc'!A0", "  =1", "\u00a0=1", "'=1", '"=1',
    ";=1", ",=1", "|=1", "=1", "+1", "-1", "@x", "\t=1", "-", "=", "+44 1632 960101", "@handle",
]  # fmt: skip
AS_THEY_ARE = [
    "Oakfield School", "C-7K4M-9TX2", "01632 960101", "O’Neill", "Zoë", "1 = 1", "a@b.example", "", "½", "(-1)",
]  # fmt: skip


@pytest.mark.parametrize("text", CALCULATED)
def test_what_would_be_calculated_stands_behind_an_apostrophe(text):
    assert as_text(text) == "'" + text


@pytest.mark.parametrize("text", AS_THEY_ARE)
def test_everything_else_is_left_alone(text):
    assert as_text(text) == text


def test_moments_are_in_london_time_and_the_year_comes_first():
    assert as_text(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2026-07-01 23:30"  # summer time
    assert as_text(datetime(2026, 11, 23, 8, 0, tzinfo=UTC)) == "2026-11-23 08:00"
    assert as_text(date(2026, 11, 23)) == "2026-11-23"
    assert as_text(None) == ""


def test_a_file_is_read_back_cell_by_cell():
    made = as_csv(["Name", "Said"], [["Zoë", 'a "b", c'], ["=1", "two\nlines"]])
    assert made.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert read == [["Name", "Said"], ["Zoë", 'a "b", c'], ["'=1", "two\nlines"]]
