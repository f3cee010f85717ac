"""The page of proof keeps what was proved before, replaces what is proved again, and hides no failure."""

from types import SimpleNamespace

import pytest

from tests.bars import proof, test_contention, test_lost_update, test_sqlite_settings
from tests.bars.proof import Row


def row(bar: str, database: str = "sqlite", *, result: str = "held", on: str = "2026-11-20") -> Row:
    return Row(
        bar, database, f"{bar} is so", "20 pairs", "3", "12", result, on, "Python 3.11.7, SQLite 3.40.1, 2 cores"
    )


def test_a_page_read_back_holds_what_was_written():
    rows = [row("R1"), row("R3 (the settings)"), row("S1"), row("S1", "postgresql")]
    assert set(proof.rows_of(proof.page_of(rows))) == set(rows)


def test_a_page_is_ordered_by_bar_and_database():
    page = proof.page_of(
        [row("S1", "sqlite"), row("R12"), row("S1", "postgresql"), row("R3 (the settings)"), row("R7")]
    )
    assert [(one.bar, one.database) for one in proof.rows_of(page)] == [
        ("R3 (the settings)", "sqlite"), ("R7", "sqlite"), ("R12", "sqlite"), ("S1", "postgresql"), ("S1", "sqlite"),
    ]  # fmt: skip


def test_what_is_proved_again_is_replaced_and_the_rest_stays():
    again = row("S1", result="NOT HELD: 1 of 3 failed", on="2026-11-24")
    assert proof.with_new([row("R1"), row("S1"), row("S1", "postgresql")], [again]) == [
        row("R1"), row("S1", "postgresql"), again,
    ]  # fmt: skip


@pytest.mark.parametrize(("passed", "said"), [([True, True], "held"), ([True, False], "NOT HELD: 1 of 2 failed")])
def test_one_failure_is_enough(passed, said, monkeypatch):
    monkeypatch.setattr(proof, "_database", lambda: "SQLite 3.40.1")
    found = proof.Proof()
    found.results[test_lost_update] = passed
    (told,) = found.rows(today="2026-11-20")
    assert (told.bar, told.result, told.tests) == ("R8", said, "2")


def test_labels_and_sizes_are_those_of_the_file_itself():
    assert proof.label_of(test_contention)[0] == "R12"
    assert proof.label_of(test_sqlite_settings)[0] == "R3 (the settings)"
    assert proof.label_of(SimpleNamespace(__doc__="The page of proof.")) is None
    assert proof.sizes_of(test_contention) == f"{test_contention.PROCESSES} processes, {test_contention.ACTS} acts"
    assert proof.sizes_of(test_sqlite_settings) == "all there is"
