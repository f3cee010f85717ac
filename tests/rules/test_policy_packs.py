"""Every numbered rule of the five trusts' policies stands in its pack, with its paragraph, codes and force."""

import re
from datetime import date
from pathlib import Path

import pytest

from schools import policy

FOLDER = Path(__file__).parent / "packs"
TRUSTS = ("archway-2019", "lte-2019-09", "allsaints-2022", "sovereign-5.0", "lwlat-1.4")
PACKS = policy.shipped()


def rows(name):
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines]


RULES = [(name, row) for name in TRUSTS for row in rows(name)]


@pytest.mark.parametrize(("name", "row"), RULES, ids=[f"{name} {row[1]} {row[2]}" for name, row in RULES])
def test_every_rule_of_the_policy_is_in_its_pack(name, row):
    section, wanted, ref, *force = row
    found = [item for item in getattr(PACKS[name], section) if item.id == wanted or (wanted == "-" and item.ref == ref)]
    assert found
    assert found[0].ref == ref
    if force:
        matching = [clause for clause in found if [" ".join(clause.codes), clause.direction, clause.strength] == force]
        assert len(matching) == 1


def test_the_tables_hold_as_many_rules_as_the_policies():
    # archway 4+2+1+8+1+3, lte 5+1+18+1+3, all saints 15+4+4+21+1+2+3, sovereign 10+7+2+28+2+3+4, lwlat 8+10+1+3
    assert {name: len(rows(name)) for name in TRUSTS} == {
        "archway-2019": 19,
        "lte-2019-09": 28,
        "allsaints-2022": 50,
        "sovereign-5.0": 56,
        "lwlat-1.4": 22,
    }


MATRIX = [(code, TRUSTS[column], cell) for code, *cells in rows("matrix") for column, cell in enumerate(cells)]


@pytest.mark.parametrize(("code", "name", "cell"), MATRIX, ids=[f"{code} {name}" for code, name, _ in MATRIX])
def test_each_trust_names_the_categories_that_its_policy_names(code, name, cell):
    pack = PACKS[name]
    if cell in ("no", "related"):
        assert pack.refs_naming(code) == ()
    elif cell == "unreadable":
        assert {clause.strength for clause in pack.clauses if code in clause.codes} == {"damaged"}
    else:
        speaking = [item.ref for item in pack.items if {code, "any"} & set(getattr(item, "codes", ()))]
        pieces = {piece.strip() for ref in speaking for piece in re.split(r",| to ", ref)}
        for wanted in cell.split():
            assert any(piece == wanted or piece.startswith(wanted + mark) for piece in pieces for mark in ". -")


def test_the_matrix_speaks_of_every_code_but_other():
    assert {code for code, *_ in rows("matrix")} == set(policy.taxonomy().codes) - {"OTHER"}


# pack: approved, last day for the review, removal (power, paragraph, breach to refuse), governors, incomplete
FACTS = {
    "archway-2019": ("2019-07-16", date(2020, 6, 30), ("may_demand", "2.4", True), "not_in_policy", False),
    "lte-2019-09": ("2016-01-18", date(2021, 1, 31), ("no_express_power", None, False), "not_in_policy", False),
    "allsaints-2022": ("2022", date(2023, 12, 31), ("no_express_power", None, False), "required", False),
    "sovereign-5.0": ("2024-09-23", date(2025, 9, 23), ("may_demand", "V4", True), "not_in_policy", False),
    "lwlat-1.4": ("2024-01", date(2025, 1, 31), ("not_legible", None, False), "not_legible", True),
}


@pytest.mark.parametrize("name", FACTS)
def test_what_differs_most_between_the_trusts(name):
    pack = PACKS[name]
    approved_on, review_due_on, removal, governors, incomplete = FACTS[name]
    assert pack.approved_on == approved_on
    assert pack.review_due_on == review_due_on
    assert (pack.removal.power, pack.removal.ref, pack.removal.refusal_is_breach) == removal
    assert pack.governors.notice == governors
    assert pack.incomplete is incomplete


def test_the_words_of_each_trust():
    # learner, head, top board, local board
    words = {name: PACKS[name].terms for name in TRUSTS}
    assert {name: (term.learner, term.head, term.top_board, term.local_board) for name, term in words.items()} == {
        "archway-2019": ("student", "Principal", "Board of Trustees", "Academy Advisory Board"),
        "lte-2019-09": ("pupil", "Head Teacher", "Governing committee", "Governing body"),
        "allsaints-2022": ("student", "Head of School", "Trust Board", "Governors"),
        "sovereign-5.0": ("pupil", "Executive Headteacher / Head of School", "Board of Directors", "Governors"),
        "lwlat-1.4": ("learner", "Principal", "Trust Board", "Governors"),
    }
    assert words["lte-2019-09"].filled_in == ("top_board", "local_board")  # the document names only a committee


def test_the_only_stated_period_is_unconfirmed():
    # LTE H4 and H7 keep monitoring data for one year, in square brackets
    (rule,) = PACKS["lte-2019-09"].retention
    assert (rule.record, rule.period, rule.ref, rule.unconfirmed) == ("monitoring_log", "P1Y", "H4, H7", True)
    assert all(not PACKS[name].retention for name in TRUSTS if name != "lte-2019-09")


def test_a_trust_with_no_rule_says_so():
    assert {"recipient", "police", "governors", "time_limit"} <= set(PACKS["archway-2019"].silent_on)
    assert {"recipient", "removal_power", "police", "governors"} <= set(PACKS["lte-2019-09"].silent_on)
    assert "removal_power" in PACKS["allsaints-2022"].silent_on
    assert {"police", "governors", "monitoring_period"} <= set(PACKS["sovereign-5.0"].silent_on)
    assert "removal_power" in PACKS["lwlat-1.4"].not_legible_on


def test_the_model_policy_is_silent_on_nothing():
    model = PACKS["model"]
    assert model.silent_on == ()
    assert [code for code in policy.taxonomy().codes if not model.refs_naming(code)] == []


@pytest.mark.parametrize("name", PACKS)
def test_every_item_is_worded_in_one_sentence(name):
    for item in PACKS[name].items:
        assert re.fullmatch(r"[A-Z0-9][^!?\n]*\.", item.wording), item.id
        assert not re.search(r"\. [A-Z]", item.wording), item.id


@pytest.mark.parametrize("name", PACKS)
def test_every_paragraph_can_be_cited(name):
    pack = PACKS[name]
    for item in pack.items:
        assert pack.cite(item.ref).startswith("“" if pack.numbering == "headings" else "paragraph ")


def test_a_pack_cannot_be_altered():
    with pytest.raises(ValueError, match="frozen"):
        PACKS["allsaints-2022"].version = "2023"
