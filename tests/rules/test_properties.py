"""What must hold of the arithmetic whatever the facts, over inputs nobody thought of."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from casework.rules.retention import LASTING, decide, part_fates
from casework.rules.retention_schedule import choices, fact_names, record_kinds
from reports.rules.explaining import KINDS, Setting, answered
from reports.rules.suppression import suppress
from schools import law
from schools.calendar import SUBDIVISIONS, Calendar, day_of, from_clock
from schools.deadlines import due

few = settings(max_examples=50, deadline=None, derandomize=True)

days = some.dates(min_value=date(2000, 1, 1), max_value=date(2040, 12, 31))
births = some.dates(min_value=date(1940, 1, 1), max_value=date(1999, 12, 31))
nations = some.sampled_from(sorted(SUBDIVISIONS))
day_rules = some.sampled_from(
    [name for name in law.deadline_names() if law.deadline(name).unit in ("working_days", "calendar_days")]
)
moments = some.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001  (zones come apart)


# --- Deadlines ---------------------------------------------------------------------------------------------------


@few
@given(start=days, n=some.integers(0, 60), nation=nations)
def test_a_count_of_working_days_holds_exactly_that_many(start, n, nation):
    calendar = Calendar(nation=nation)
    end = due(unit="working_days", n=n, start=start, nation=nation).due_on
    between = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    assert sum(map(calendar.is_working_day, between)) == n
    assert n == 0 or calendar.is_working_day(end)


@few
@given(start=days, later=some.integers(0, 40), rule=day_rules, nation=nations)
def test_a_later_start_is_never_due_earlier(start, later, rule, nation):
    first = due(rule=rule, start=start, nation=nation).due_on
    second = due(rule=rule, start=start + timedelta(days=later), nation=nation).due_on
    assert first is None or second >= first


@few
@given(start=days, n=some.integers(0, 60), more=some.integers(0, 20), unit=some.sampled_from(sorted(law.unit_names())))
def test_a_longer_period_is_never_due_earlier(start, n, more, unit):
    begins = datetime(start.year, start.month, start.day, 12, tzinfo=UTC)
    year = Calendar(terms=((date(1999, 1, 1), date(2060, 1, 1)),))
    first = due(unit=unit, n=n, start=begins, calendar=year).due_at
    assert due(unit=unit, n=n + more, start=begins, calendar=year).due_at >= first


@few
@given(start=days, n=some.integers(1, 30), proclaimed=some.sets(days, max_size=5), nation=nations)
def test_a_bank_holiday_more_is_never_due_earlier(start, n, proclaimed, nation):
    before = due(unit="working_days", n=n, start=start, nation=nation).due_on
    calendar = Calendar(nation=nation, extra_holidays=frozenset(proclaimed))
    assert due(unit="working_days", n=n, start=start, calendar=calendar).due_on >= before


pauses = some.lists(some.tuples(some.integers(0, 60), some.integers(0, 40)), max_size=4)


@few
@given(start=days, stops=pauses, more=pauses, rule=some.sampled_from(["sar", "sar_extended", "investigation_target"]))
def test_a_pause_more_is_never_due_earlier_and_their_order_does_not_matter(start, stops, more, rule):
    def spans(pairs):
        return [(start + timedelta(days=at), start + timedelta(days=at + length)) for at, length in pairs]

    fewer = due(rule=rule, start=start, paused=spans(stops)).due_on
    assert due(rule=rule, start=start, paused=spans(stops + more)).due_on >= fewer
    assert due(rule=rule, start=start, paused=spans(list(reversed(stops)))).due_on == fewer


@few
@given(start=moments)
def test_seventy_two_hours_are_seventy_two_hours(start):
    assert due(rule="ico_72h", start=start).due_at.astimezone(UTC) - start == timedelta(hours=72)


@few
@given(start=moments, hours=some.integers(0, 200))
def test_hours_without_weekends_end_in_a_working_hour_and_are_all_counted(start, hours):
    calendar = Calendar(nation="england_wales")
    end = due(unit="hours_excluding_nonworking", n=hours, start=start, calendar=calendar).due_at
    # The days wholly inside count 24 hours each, whatever the zone: clocks change on Sundays, which never count.
    counted, here = timedelta(), start
    while here < end:
        there = min(end.astimezone(UTC), here + timedelta(minutes=30))
        counted += (there - here) if calendar.is_working_day(day_of(here)) else timedelta()
        here = there
    assert abs(counted - timedelta(hours=hours)) <= timedelta(minutes=30)


@few
@given(moment=moments)
def test_a_clock_time_leads_back_to_its_moment(moment):
    shown = moment.astimezone(due(rule="ico_72h", start=moment).due_at.tzinfo)
    which = "second" if shown.fold else "first"
    assert from_clock(shown.date(), shown.time(), which=which).astimezone(UTC) == moment


# --- Retention ---------------------------------------------------------------------------------------------------


@some.composite
def records(draw, parts=("one", "two", None)):
    """A record of some kind with some of the facts that its kind may have."""
    named = fact_names()
    facts = {"record": draw(some.sampled_from(record_kinds())), "part": draw(some.sampled_from(parts))}
    for name in named["days"]:
        if draw(some.booleans()):
            facts[name] = draw(days)
    for name in named["answers"]:
        facts[name] = draw(some.sampled_from([True, False, None]))
    for name, words in choices().items():
        facts[name] = draw(some.sampled_from([*words, None]))
    facts["dob"] = draw(some.one_of(some.none(), births))
    facts["live_months"] = draw(some.one_of(some.none(), some.integers(0, 36)))
    facts["pupil_dobs"] = draw(some.lists(some.one_of(some.none(), births), max_size=2))
    facts["pupil_leaving_on"] = draw(some.lists(days, max_size=2))
    facts.pop("transferred_on", None)
    return facts


def by_part(decided):
    return {part["part"]: part for part in decided["per_part"]}


def endings(all_records):
    """For each part how lasting it is and until when: the greater, the longer kept."""
    return {
        part.part: (LASTING[part.fate.lasting], part.fate.due_on or date.min)
        for part in part_fates(records=all_records)
    }


@few
@given(held=some.lists(records(), min_size=1, max_size=5), data=some.data())
def test_the_order_of_records_does_not_matter(held, data):
    shuffled = data.draw(some.permutations(held))
    assert by_part(decide(records=shuffled)) == by_part(decide(records=held))


@few
@given(held=some.lists(records(), min_size=1, max_size=4), more=records())
def test_a_record_more_never_ends_a_part_earlier_and_touches_no_other_part(held, more):
    before, after = endings(held), endings([*held, more])
    for part, ending in before.items():
        assert after[part] >= ending if part == more["part"] else after[part] == ending


hold_facts = some.fixed_dictionaries(
    {"kind": some.sampled_from(["police", "tra", "litigation"])},
    optional={
        "placed_on": some.just("2026-01-01"),
        "released_on": some.sampled_from(["2026-06-01", "2027-01-01", None]),
    },
)


@few
@given(held=some.lists(records(), min_size=1, max_size=4), holds=some.lists(hold_facts, max_size=3), data=some.data())
def test_a_hold_moves_no_date_and_lifts_no_other_hold(held, holds, data):
    without = by_part(decide(records=held, today="2026-11-23"))
    some_holds = by_part(decide(records=held, holds=holds, today="2026-11-23"))
    one_more = data.draw(hold_facts)
    more_holds = by_part(decide(records=held, holds=[*holds, one_more], today="2026-11-23"))
    for part, decided in without.items():
        assert some_holds[part]["due_on"] == decided["due_on"] == more_holds[part]["due_on"]
        assert set(some_holds[part]["blocked_by"]) <= set(more_holds[part]["blocked_by"])


def lengthened(record, **facts):
    """How long a record is kept without and with a fact that can only lengthen it."""
    return endings([record])["one"], endings([record | facts])["one"]


@few
@given(on=days, negligence=some.booleans())
def test_a_child_in_a_complaint_never_ends_it_earlier(on, negligence):
    record = {"record": "complaint", "part": "one", "resolution_on": on, "negligence": negligence}
    shorter, longer = lengthened(record, child_protection=True)
    assert longer > shorter


@few
@given(on=days, born=births, level=some.sampled_from(["oral", "first", "second", "final"]), months=some.integers(0, 24))
def test_a_child_in_a_warning_or_a_longer_life_never_weeds_it_earlier(on, born, level, months):
    record = {"record": "warning", "part": "one", "level": level, "warning_on": on, "live_months": months, "dob": born}
    for facts in ({"child_protection": True}, {"live_months": months + 6}):
        shorter, longer = lengthened(record, **facts)
        assert longer >= shorter


@few
@given(on=days, left=days)
def test_asking_to_keep_it_never_ends_support_earlier(on, left):
    record = {"record": "abuse_of_staff", "part": "one", "last_incident_on": on, "leaving_on": left}
    shorter, longer = lengthened(record, asked_to_keep=True)
    assert longer >= shorter


@few
@given(born=births, on=some.dates(min_value=date(2000, 1, 1), max_value=date(2040, 12, 31)))
def test_an_allegation_is_kept_ten_years_and_to_pension_age(born, on):
    kept = date.fromisoformat(decide(records=[{"record": "allegation", "dob": born, "allegation_on": on}])["due_on"])
    assert (kept.year - on.year, kept.month, kept.day) >= (10, on.month, min(on.day, 28)) or kept >= law.pension_on(
        born
    )
    assert kept >= law.pension_on(born)
    assert kept >= law.period("P10Y").after(on)


# --- Suppression -------------------------------------------------------------------------------------------------


@some.composite
def tables(draw):
    rows, columns = draw(some.sampled_from([(1, 4), (2, 2), (2, 3), (3, 2)]))
    cells = [[draw(some.integers(0, 14)) for _ in range(columns)] for _ in range(rows)]
    asked = {name: draw(some.booleans()) for name in ("row_totals", "column_totals", "grand_total")}
    names = {"rows": [f"r{i}" for i in range(rows)], "columns": [f"c{j}" for j in range(columns)]}
    return names | asked | {"cells": cells, "threshold": draw(some.sampled_from([3, 5, 10]))}


def agrees(total, said):
    if said in ("c", None):
        return True
    return total == said if isinstance(said, int) else abs(total - said["rounded"]) <= 2


def beliefs(table, shown):
    """The values of each hidden cell that fit all that is shown, among tables one step from the true one."""
    cells, least = table["cells"], table["threshold"]
    places = [(i, j) for i, row in enumerate(shown["cells"]) for j, value in enumerate(row) if value == "c"]
    rows = shown["row_totals"] or [None] * len(cells)
    columns = shown["column_totals"] or [None] * len(cells[0])
    fitting = {place: set() for place in places}
    for steps in product((-1, 0, 1), repeat=len(places)):
        other = [list(row) for row in cells]
        for (i, j), step in zip(places, steps, strict=True):
            other[i][j] += step
        sums = [*map(sum, other), *map(sum, zip(*other, strict=True)), sum(map(sum, other))]
        kept = all((1 <= other[i][j] < least) == (cells[i][j] < least) and other[i][j] > 0 for i, j in places)
        if kept and all(map(agrees, sums, [*rows, *columns, shown["grand_total"]])):
            for i, j in places:
                fitting[i, j].add(other[i][j])
    return fitting


@few
@given(table=tables())
def test_no_hidden_cell_can_be_worked_out_and_no_small_one_is_shown(table):
    shown = suppress(table)
    assert all(len(values) > 1 for values in beliefs(table, shown).values()), shown
    for row, printed in zip(table["cells"], shown["cells"], strict=True):
        for value, said in zip(row, printed, strict=True):
            assert said == "c" or (said == value and (value == 0 or value >= table["threshold"]))


@few
@given(table=tables(), data=some.data())
def test_no_shown_number_differs_from_an_earlier_one_by_a_small_count(table, data):
    grown = [[value + data.draw(some.sampled_from([0, 0, 1, 2, 7])) for value in row] for row in table["cells"]]
    first, second = suppress(table), suppress(table | {"cells": grown, "previous": [table]})
    pairs = [
        *zip(sum(first["cells"], []), sum(second["cells"], []), strict=True),  # noqa: RUF017  (a dozen cells)
        *zip(first["row_totals"], second["row_totals"], strict=True),
        *zip(first["column_totals"], second["column_totals"], strict=True),
        (first["grand_total"], second["grand_total"]),
    ]
    for then, now in pairs:
        if isinstance(then, int) and isinstance(now, int):
            assert now == then or abs(now - then) >= table["threshold"]
    assert all(len(values) > 1 for values in beliefs(table | {"cells": grown}, second).values()), second


# --- Whatever is asked -------------------------------------------------------------------------------------------

anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8) | some.just("2026-03-14"),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
words = {
    "deadline": ("rule", "unit", "n", "start", "nation", "paused", "school"),
    "retention": ("records", "holds", "nation", "today"),
    "suppress": ("rows", "columns", "cells", "row_totals", "threshold", "thresholds", "unique_rows", "previous"),
}


@pytest.mark.parametrize("kind", sorted(words))
@few
@given(data=some.data())
def test_whatever_is_asked_is_answered_or_refused_in_a_sentence(kind, data):
    facts = data.draw(some.dictionaries(some.sampled_from(words[kind]), anything))
    if kind == "deadline":
        facts |= data.draw(some.sampled_from([{}, {"rule": "sar"}, {"unit": "working_days", "n": 3}]))
        facts |= data.draw(some.sampled_from([{}, {"start": "2026-12-18"}]))
    if kind == "retention":
        named = [
            *fact_names()["days"],
            *fact_names()["lists"],
            *fact_names()["answers"],
            *choices(),
            "live_months",
            "part",
        ]
        record = data.draw(some.dictionaries(some.sampled_from(named), anything, max_size=4))
        facts["records"] = [record | {"record": data.draw(some.sampled_from(record_kinds()))}]
    if kind == "suppress":
        facts = {"rows": ["a"], "columns": ["b", "c"], "cells": [[3, 30]]} | facts
    answer = answered(KINDS[kind], json.dumps(facts).encode(), Setting())
    assert "error" not in answer or answer["error"].endswith((".", "!", "?"))
