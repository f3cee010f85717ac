"""What governors may see of small numbers, worked by hand, and an exhaustive search for what could be worked out."""

from itertools import product

import pytest

from reports.rules.suppression import suppress

TOTALS = {"row_totals": True, "column_totals": True, "grand_total": True}


def line(*counts, **more):
    """One row of counts with its total."""
    columns = [f"c{place}" for place in range(len(counts))]
    return suppress({"rows": ["row"], "columns": columns, "cells": [list(counts)], "row_totals": True, **more})


def grid(cells, **more):
    rows = [f"r{place}" for place in range(len(cells))]
    columns = [f"c{place}" for place in range(len(cells[0]))]
    return {"rows": rows, "columns": columns, "cells": cells} | TOTALS | more


@pytest.mark.parametrize(
    ("counts", "cells", "total"),
    [
        # 2 is below five; 7, the smallest other, keeps it from being 18 less the rest.
        ((7, 2, 9), ["c", "c", 9], 18),
        # Two hidden already: 2 and 3 could be 1 and 4.
        ((2, 3, 20), ["c", "c", 20], 25),
        # Nothing but 0 stands beside the 3, and the total is the same 3.
        ((0, 0, 3), [0, 0, "c"], "c"),
        # A total of 2 would make each of them 1.
        ((1, 1), ["c", "c"], "c"),
        # 38 less 30 is 8, and two numbers below five that make 8 are both 4.
        ((4, 4, 30), ["c", "c", 30], "c"),
        # The same from below: 32 less 30 is 2, so both would be 1.
        ((1, 1, 30), ["c", "c", 30], "c"),
        # Nothing small.
        ((5, 0, 9), [5, 0, 9], 14),
        # Two sevens: the first gives way.
        ((7, 2, 7), ["c", "c", 7], 16),
        ((3,), ["c"], "c"),
        ((0,), [0], 0),
    ],
)
def test_one_row_with_its_total(counts, cells, total):
    shown = line(*counts)
    assert (shown["cells"], shown["row_totals"]) == ([cells], [total])


def test_one_column_is_treated_as_one_row_is():
    # The total may be asked for as the column's or as the whole table's.
    table = {"rows": ["a", "b", "c"], "columns": ["n"], "cells": [[7], [2], [9]]}
    for asked in ("column_totals", "grand_total"):
        shown = suppress(table | {asked: True})
        assert shown["cells"] == [["c"], ["c"], [9]]
        assert 18 in (shown["grand_total"], *shown["column_totals"])


def test_without_totals_only_small_numbers_are_hidden():
    shown = line(7, 2, 9, row_totals=False)
    assert (shown["cells"], shown["row_totals"], shown["grand_total"]) == ([[7, "c", 9]], [], None)


def test_rows_and_columns_protect_one_another():
    # 2 is hidden; 8 in its row and 9 in its column with it; then 10, or row r1 would give 9 away.
    shown = suppress(grid([[2, 8], [9, 10]]))
    assert shown["cells"] == [["c", "c"], ["c", "c"]]
    assert (shown["row_totals"], shown["column_totals"], shown["grand_total"]) == ([10, 19], [11, 18], 29)


def test_a_small_row_total_is_hidden_and_cannot_be_subtracted():
    # Row r0 holds 1 alone: its total 1 is hidden, so r1's or the grand total may not give it away.
    shown = suppress({"rows": ["r0", "r1"], "columns": ["n"], "cells": [[1], [30]]} | TOTALS)
    assert shown["row_totals"][0] == "c"
    assert not (shown["row_totals"][1] == 30 and shown["grand_total"] == 31)


@pytest.mark.parametrize("code", ["SEXIMG", "CP"])
def test_the_most_sensitive_codes_are_hidden_below_ten(code):
    table = {"rows": [code, "DISPARAGE"], "columns": ["n"], "cells": [[6], [20]]}
    assert suppress(table)["cells"] == [["c"], [20]]
    assert suppress(table | {"cells": [[10], [20]]})["cells"] == [[10], [20]]


def test_a_row_may_have_a_threshold_of_its_own():
    table = {"rows": ["SEXIMG", "BULLY"], "columns": ["n"], "cells": [[6], [6]], "thresholds": {"SEXIMG": 10}}
    assert suppress(table)["cells"] == [["c"], [6]]
    assert suppress(table | {"thresholds": {"BULLY": 7}})["cells"] == [["c"], ["c"]]


def test_the_threshold_may_be_set_from_three_to_ten():
    assert line(2, 3, 30, threshold=3)["cells"] == [["c", "c", 30]]
    assert line(9, 30, 40, threshold=10)["cells"] == [["c", "c", 40]]


def test_a_row_about_a_post_only_one_person_holds_is_hidden_whole():
    table = grid([[0, 12], [20, 30]], rows=["head", "teachers"], unique_rows=["head"])
    shown = suppress(table)
    assert shown["cells"][0] == ["c", "c"]
    assert shown["row_totals"][0] == "c"


def test_a_report_that_differs_by_one_from_the_last_is_held_back():
    earlier = {"rows": ["row"], "columns": ["n"], "cells": [[8]], "row_totals": True}
    shown = suppress(earlier | {"cells": [[9]], "previous": [earlier]})
    assert shown["cells"] == [["c"]]
    assert shown["row_totals"] == ["c"]


def test_a_report_that_differs_by_enough_is_shown():
    earlier = {"rows": ["row"], "columns": ["n"], "cells": [[8]]}
    assert suppress(earlier | {"cells": [[13]], "previous": [earlier]})["cells"] == [[13]]
    assert suppress(earlier | {"cells": [[12]], "previous": [earlier]})["cells"] == [["c"]]


def test_a_total_that_differs_by_one_is_rounded():
    # 28 then 29: rounded to 30, and the cell that grew from 8 to 9 hidden.
    earlier = {"rows": ["row"], "columns": ["a", "b"], "cells": [[8, 20]], "row_totals": True}
    shown = suppress(earlier | {"cells": [[9, 20]], "previous": [earlier]})
    assert (shown["cells"], shown["row_totals"]) == ([["c", 20]], [{"rounded": 30}])


def test_a_total_that_rounding_would_pin_down_is_hidden():
    # 16 then 17: rounded to 15 it lies from 13 to 17, and having grown by the new cell it could only be 17.
    earlier = {"rows": ["row"], "columns": ["a", "b", "c"], "cells": [[12, 0, 4]], "row_totals": True}
    shown = suppress(earlier | {"cells": [[12, 1, 4]], "previous": [earlier]})
    assert (shown["cells"], shown["row_totals"]) == ([["c", "c", "c"]], ["c"])


def test_the_hidden_rest_may_not_be_seen_to_grow_by_one():
    # Totals 25 then 31, shown cells 20 then 25: the two hidden cells together grew from 5 to 6.
    earlier = {"rows": ["row"], "columns": ["a", "b", "c"], "cells": [[2, 3, 20]], "row_totals": True}
    shown = suppress(earlier | {"cells": [[3, 3, 25]], "previous": [earlier]})
    assert (shown["cells"], shown["row_totals"]) == ([["c", "c", 25]], [{"rounded": 30}])


def test_the_same_table_again_is_shown_the_same_way():
    table = grid([[2, 8, 40], [9, 10, 50]])
    first = suppress(table)
    again = suppress(table | {"previous": [table]})
    assert [again[part] for part in ("cells", "row_totals", "column_totals", "grand_total")] == [
        first[part] for part in ("cells", "row_totals", "column_totals", "grand_total")
    ]


def test_a_number_readers_already_know_hides_nothing():
    # The last report printed 7; hiding 7 beside 2 would leave 18 - 7 - 9, so 9 must go.
    printed = {"rows": ["row"], "columns": ["c0", "c1", "c2"], "cells": [[7, "c", "c"]], "row_totals": [18]}
    shown = line(7, 2, 9, previous=[printed])
    assert shown["cells"] == [[7, "c", "c"]]


def test_a_number_hidden_before_stays_hidden_while_it_has_not_changed():
    # Then 7 was hidden beside 2; now nothing is small, but 7 would give the old 2 away.
    earlier = {"rows": ["row"], "columns": ["a", "b", "c"], "cells": [[7, 2, 9]], "row_totals": True}
    shown = suppress(earlier | {"cells": [[7, 30, 40]], "previous": [earlier]})
    assert shown["cells"][0][0] == "c"


def test_a_total_hidden_before_stays_hidden_while_it_has_changed_by_little():
    # The whole grew from 14, which was hidden, to 16: shown now, 16 less 14 or so would tell of one or two people.
    earlier = grid([[1, 7], [0, 6]])
    assert suppress(earlier)["grand_total"] == "c"
    assert suppress(grid([[1, 9], [0, 6]], previous=[earlier]))["grand_total"] == "c"


def test_earlier_tables_are_compared_by_name_and_not_by_place():
    earlier = {"rows": ["b", "a"], "columns": ["n"], "cells": [[50], [8]]}
    shown = suppress({"rows": ["a", "b"], "columns": ["n"], "cells": [[9], [80]], "previous": [earlier]})
    assert shown["cells"] == [["c"], [80]]


def test_the_note_says_what_was_done():
    assert "Every number is shown" in line(5, 6)["note"]
    assert "not shown" in line(7, 2, 9)["note"]
    earlier = {"rows": ["row"], "columns": ["a", "b"], "cells": [[8, 20]], "row_totals": True}
    note = suppress(earlier | {"cells": [[9, 20]], "previous": [earlier]})["note"]
    assert "rounded to the nearest 5" in note
    assert "earlier report" in note


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ([], "set of named facts"),
        ({"rows": ["a"], "columns": ["n"], "cells": [[1]], "colour": "red"}, "'colour' is not a fact"),
        ({"columns": ["n"], "cells": [[1]]}, "rows need their names"),
        ({"rows": ["a", "a"], "columns": ["n"], "cells": [[1], [2]]}, "Two rows have the same name"),
        ({"rows": ["a"], "columns": ["n"], "cells": [[1, 2]]}, "1 rows of 1 counts"),
        ({"rows": ["a"], "columns": ["n"], "cells": [["1"]]}, "'1' is not a count"),
        ({"rows": ["a"], "columns": ["n"], "cells": [[-1]]}, "-1 is not a count"),
        ({"rows": ["a"], "columns": ["n"], "cells": [[True]]}, "True is not a count"),
        ({"rows": ["a"], "columns": ["n"], "cells": [[1]], "threshold": 2}, "from 3 to 10"),
        ({"rows": ["a"], "columns": ["n"], "cells": [[1]], "thresholds": {"b": 5}}, "no row or column called 'b'"),
        ({"rows": ["a"], "columns": ["n"], "cells": [[1]], "row_totals": "yes"}, "row_totals must be true or false"),
        ({"rows": ["a"], "columns": ["n"], "cells": [[1]], "previous": {}}, "come in a list"),
        ({"rows": ["a"], "columns": ["n"], "cells": [[1]], "previous": [3]}, "needs its rows, columns and cells"),
        (
            {"rows": ["a"], "columns": ["n"], "cells": [[1]], "previous": [{"rows": ["a"], "cells": [["c"]]}]},
            "as many cells and totals",
        ),
    ],
)
def test_bad_tables_are_refused_in_a_sentence(table, sentence):
    with pytest.raises(ValueError, match=sentence):
        suppress(table)


def could_also_be(cells, shown, *, threshold=5):
    """For each hidden cell, whether a reader who knows why each was hidden could believe another value.

    Tries every table that differs from the true one by at most one in each hidden cell, and asks nothing of the code
    under test but what it printed.
    """
    places = [(i, j) for i, row in enumerate(shown["cells"]) for j, value in enumerate(row) if value == "c"]
    believed = {place: set() for place in places}
    for steps in product((-1, 0, 1), repeat=len(places)):
        other = [list(row) for row in cells]
        for (i, j), step in zip(places, steps, strict=True):
            other[i][j] += step
        small = {(i, j): cells[i][j] < threshold for i, j in places}
        if all((1 <= other[i][j] < threshold) if small[i, j] else other[i][j] >= threshold for i, j in places):
            sums = [*map(sum, other), *map(sum, zip(*other, strict=True)), sum(map(sum, other))]
            printed = [*shown["row_totals"], *shown["column_totals"], shown["grand_total"]]
            if all(agrees(total, said) for total, said in zip(sums, printed, strict=True)):
                for i, j in places:
                    believed[i, j].add(other[i][j])
    return {place: len(values) > 1 for place, values in believed.items()}


def agrees(total, said):
    if said == "c":
        return True
    return total == said if isinstance(said, int) else abs(total - said["rounded"]) <= 2


@pytest.mark.sweep
@pytest.mark.parametrize("shape", [(1, 3), (2, 2)])
def test_no_hidden_cell_of_any_small_table_can_be_worked_out(shape):
    # Every table of these shapes with counts that matter: none, the smallest, the largest that is hidden, and more.
    rows, columns = shape
    for counts in product((0, 1, 4, 7), repeat=rows * columns):
        cells = [list(counts[row * columns : (row + 1) * columns]) for row in range(rows)]
        shown = suppress(grid(cells))
        assert all(could_also_be(cells, shown).values()), (cells, shown)
        for row, printed in zip(cells, shown["cells"], strict=True):
            assert all(value == "c" or value == 0 or value >= 5 for value in printed), (row, printed)


def test_the_search_itself_finds_a_number_that_is_given_away():
    given_away = {"cells": [["c", 20]], "row_totals": [23], "column_totals": ["c", 20], "grand_total": 23}
    assert could_also_be([[3, 20]], given_away) == {(0, 0): False}
