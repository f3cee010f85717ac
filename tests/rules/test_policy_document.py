"""A policy as a document: its own order and numbers, whose time each duty's is, and words instead of keys."""

import pytest

from schools import policy, policy_page
from schools.policy import items, model
from schools.policy.document import anchor_of, document, line_of
from schools.policy.wording import date_in_words, period_in_words, words

ALL_SAINTS, MODEL, LWLAT = (policy.shipped()[name] for name in ("allsaints-2022", "model", "lwlat-1.4"))


def labels(pack) -> list[str]:
    return [paragraph.label for chapter in document(pack) for paragraph in chapter.paragraphs]


def line(pack, item_id: str):
    return line_of(pack, next(item for item in pack.items if item.id == item_id))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("5.b", "5.e"),
        ("6.h", "6.i"),  # letters at the second level
        ("6.k", "6.l"),
        ("8.h.v", "8.h.vi"),  # Roman numbers at the third
        ("8.h.viii", "8.h.ix"),
        ("9.d", "10"),  # nine before ten
        ("4.a", "4.a.iii"),
    ],
)
def test_paragraphs_stand_in_the_order_of_the_policy(first, second):
    found = labels(ALL_SAINTS)
    assert found.index(first) < found.index(second)


def test_a_heading_without_a_number_stands_last():
    assert labels(policy.shipped()["archway-2019"])[-1] == "Scope note"


def test_an_item_of_two_paragraphs_stands_under_both():
    under = {
        paragraph.label
        for chapter in document(ALL_SAINTS)
        for paragraph in chapter.paragraphs
        if "ALS-13" in {line.id for line in paragraph.lines}
    }
    assert under == {"4.a.iii", "4.b.iv"}


@pytest.mark.parametrize("pack", policy.shipped().values(), ids=lambda pack: pack.id)
def test_everything_stands_somewhere_and_each_place_has_one_anchor(pack):
    chapters = document(pack)
    paragraphs = [paragraph for chapter in chapters for paragraph in chapter.paragraphs]
    assert {line.id for paragraph in paragraphs for line in paragraph.lines} == {item.id for item in pack.items}
    anchors = [one.anchor for one in paragraphs] + [chapter.anchor for chapter in chapters if chapter.anchor]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize(
    ("ref", "anchor"),
    [
        ("5.e", "5.e"),
        ("4.a.iii, 4.b.iv", "4.a.iii"),
        ("8.a to 8.e", "8.a-to-8.e"),
        ("7.2 (third point)", "7.2-third-point"),
    ],
)
def test_where_a_paragraph_stands_on_the_page(ref, anchor):
    assert anchor_of(ref) == anchor


@pytest.mark.parametrize(
    ("pack", "duty", "time", "basis"),
    [
        # stated as a length of time: the policy's own
        (MODEL, "MOD-01", "By the end of the same day.", "policy"),
        (MODEL, "MOD-05", "By the end of 5 working days.", "policy"),
        # not stated at all: ours
        (ALL_SAINTS, "ALS-02", "By the end of the same day.", "default"),
        (ALL_SAINTS, "ALS-08", "By the end of 5 working days.", "default"),
        # a word without a length: the word, and ours
        (
            ALL_SAINTS,
            "ALS-07",
            "The policy says “immediately” and gives no length of time. By the end of the same day.",
            "default",
        ),
        # nobody fixed any
        (ALL_SAINTS, "ALS-10", "No time is fixed.", ""),
        (MODEL, "MOD-09", "By the time that whoever asks sets.", "default"),
    ],
)
def test_whose_time_a_duty_has(pack, duty, time, basis):
    found = line(pack, duty)
    assert (found.time, found.basis) == (time, basis)


def test_a_duty_says_who_tells_whom_of_what_and_what_is_kept():
    assert line(MODEL, "MOD-01").details == (
        "By: anyone.",
        "To: Head and Designated Safeguarding Lead.",
        "About: any concern.",
        "Then handled under: Child protection, Allegations against staff and Behaviour.",
        "Kept: The policy under which the concern is handled. On record before it is closed.",
    )


@pytest.mark.parametrize(
    ("pack", "clause", "label", "chargeable", "first"),
    [
        (ALL_SAINTS, "ALS-B19", "Can be charged", True, "About: Online abuse, threats or harassment of staff"),
        (ALL_SAINTS, "ALS-B01", "Advice", False, "The policy advises against this and does not forbid it"),
        (LWLAT, "LWL-D1", "Cannot be read", False, "The words of this paragraph cannot be read in the copy we hold"),
    ],
)
def test_a_clause_says_whether_it_can_be_charged_and_why_not(pack, clause, label, chargeable, first):
    found = line(pack, clause)
    assert (found.label, found.chargeable) == (label, chargeable)
    assert found.details[0].startswith(first)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("P5WD", "5 working days"),
        ("P1WD", "1 working day"),
        ("P2W", "14 days"),
        ("P1M", "1 month"),
        ("P18M", "18 months"),
        ("P6Y", "6 years"),
        ("P1Y", "1 year"),
        ("P72H", "72 hours"),
        ("same_day", "the same day"),
    ],
)
def test_a_period_in_words(period, said):
    assert period_in_words(period) == said


@pytest.mark.parametrize(
    ("partial", "said"), [("2024-09-03", "3 September 2024"), ("2024-09", "September 2024"), ("2024", "2024")]
)
def test_a_date_in_words_is_as_exact_as_the_policy(partial, said):
    assert date_in_words(partial) == said


def test_how_long_something_is_kept_is_no_time_limit():
    # H4 and H7 let what monitoring gathers be kept for one year.
    kept = line(policy.shipped()["lte-2019-09"], "LTE-02")
    assert (kept.time, kept.basis) == ("The policy says 1 year.", "policy")


def test_earlier_versions_leave_out_the_one_that_is_read():
    (row,) = [row for row in policy_page.particulars(LWLAT) if row["key"] == "Earlier versions"]
    assert row["value"] == ["1.0: November 2019", "1.3: January 2022"]


SHAPES = [
    items.Clause, items.Obligation, items.Approval, items.Exemption, items.Consent, items.Training, items.Consequence,
    items.Statement,
]  # fmt: skip
TABLES = {"monitoring": items.Monitoring, "removal": items.Removal, "governors": items.Governors, "ours": items.Ours}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_field_of_an_item_has_words(shape):
    assert set(shape.model_fields) - set(words("fields")) == set()


@pytest.mark.parametrize("name", TABLES)
def test_every_key_of_a_table_has_words(name):
    known = {*words("fields"), *(key.removeprefix(f"{name}.") for key in words("fields") if key.startswith(f"{name}."))}
    assert set(TABLES[name].model_fields) - known == set()


def test_every_fact_about_the_whole_and_every_term_has_words():
    lists = {"statements", "clauses", "obligations", "approvals", "exceptions", "consents", "training", "consequences"}
    assert set(model.Policy.model_fields) - lists - set(words("fields")) == set()
    assert set(items.Terms.model_fields) - set(words("terms")) == set()
