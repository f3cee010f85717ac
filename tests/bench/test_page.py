"""The page of figures: what is written beside what, and what a later run leaves alone."""

from tests.bench import page
from tests.bench.figures import Figures
from tests.bench.measure import Cell

RUN = {"on": "2026-11-23", "with": "Python 3.11.7, SQLite 3.40.1, 2 cores", "load at the end": "0.9", "minutes": "5"}
LIST = "list, newest first"


def found(database="sqlite", **cells):
    figures = Figures(database)
    for size, (ms, queries) in cells.items():
        figures.add(LIST, int(size[1:]), Cell(ms, ms + 1, queries))
    return figures


def lines(text, *starts):
    return [line for line in text.splitlines() if line.startswith(starts)]


def test_a_figure_stands_beside_the_other_program_and_the_aim():
    text = page.written(found(_1000=(10.0, 8), _10000=(11.0, 8), _100000=(12.0, 8)), RUN, page="")
    assert lines(text, "| 1 ") == [
        "| 1 | list, newest first | sqlite | 10.0 / 11.0 (8q) | 11.0 / 12.0 (8q) | 12.0 / 13.0 (8q) | 1.20 "
        "| FIR, API list of 50 | 139.9, 99.5, 127.8 (555q) "
        "| at most 10 queries, 20 ms at 100,000, grows 1.3 times | held |"
    ]
    assert lines(text, "| sqlite | 10,000") == [
        "| sqlite | 10,000 | 2026-11-23 | Python 3.11.7, SQLite 3.40.1, 2 cores | 0.9 | 5 |"
    ]


def test_whatever_is_missed_is_said_with_the_figure():
    text = page.written(found(_1000=(10.0, 8), _100000=(21.0, 11)), RUN, page="")
    assert lines(text, "| 1 ")[0].endswith("| missed: 11 queries, 21 ms, 2.1 growth |")


def test_nothing_is_held_before_all_that_the_aim_asks_for_was_measured():
    assert lines(page.written(found(_1000=(10.0, 8)), RUN, page=""), "| 1 ")[0].endswith("| - |")


def test_a_smaller_run_keeps_what_a_larger_one_found_and_another_database_keeps_its_own():
    first = page.written(found(_1000=(10.0, 8), _10000=(11.0, 8), _100000=(12.0, 8)), RUN, page="")
    second = page.written(found("postgresql", _1000=(15.0, 9)), RUN, page=first)
    third = page.written(found(_1000=(9.0, 8)), RUN | {"on": "2026-11-24"}, page=second)
    sqlite, postgresql = lines(third, "| 1 | list, newest first | sqlite", "| 1 | list, newest first | postgresql")[
        ::-1
    ]
    assert "| 9.0 / 10.0 (8q) | 11.0 / 12.0 (8q) | 12.0 / 13.0 (8q) | 1.20 |" in sqlite
    assert "| 15.0 / 16.0 (9q) |  |  |  |" in postgresql
    assert [line.split(" | ")[1:3] for line in lines(third, "| postgresql", "| sqlite")] == [
        ["1,000", "2026-11-23"],
        ["1,000", "2026-11-24"],
        ["10,000", "2026-11-23"],
        ["100,000", "2026-11-23"],
    ]


def test_what_has_no_size_is_judged_by_its_numbers():
    figures = Figures("postgresql")
    figures.note("the list asked for by 4 at once", "0 of 900 failed", failed=0, a_second=90.0)
    figures.note("case file of 200 pages", "9 s", seconds=9.0, megabytes=300.0)
    figures.note("start", "3 s")
    assert [one.result for one in figures.singles] == ["held", "missed: 9 seconds", "-"]
