"""The case file reads as it should: in the right order and words, on pages that hold together at any length."""

import io
import re
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf
import pytest

from reports import pdf
from reports.prose import Prose
from reports.told import Entry
from tests.reports.casefile_example import EXAMPLE, METADATA, bundle, entry, long_example, on, paper

HEADINGS = [
    "1. Summary and people",
    "2. What was reported",
    "3. What happened, day by day",
    "4. Decisions and their reasons",
    "5. Staff conduct",
    "6. Getting it taken down",
    "7. Evidence",
    "8. What is kept, who may read it and until when",
    "9. What is left out of this copy, and why",
    "10. How to check this copy",
]
EVIDENCE_NAMES = [(1, "ev16_threat_comment.png"), (2, "PE dept group.jpg")]
NEVER_ON_PAPER = re.compile(
    r"\b(subject|perpetrator|suspect|victim|target|alleged|proved|incident type|code|route|recipients|SLA|deadline|"
    r"dismiss|reject|false alarm|LLC|takedown|seal|sealed|lane|act|pack|ledger|fate|dispose|disposal)\b"
)
POINTS_A_MILLIMETRE = 72 / 25.4


def read_back(document: bytes, *how: str) -> str:
    return subprocess.run(
        ["pdftotext", *how, "-", "-"], input=document, capture_output=True, check=True
    ).stdout.decode()


def pages_of(document: bytes) -> list[str]:
    """The text of each page."""
    return read_back(document, "-layout").split("\f")[:-1]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def pages() -> list[str]:
    return pages_of(paper())


@pytest.fixture(scope="module")
def long_document() -> bytes:
    numbered = "\n".join(
        f"Sentence {number:05d} of what was said that evening, as it was written." for number in range(4500)
    )
    grown = long_example()
    concern = replace(grown.concerns[0], words=Prose(numbered))
    grown = replace(grown, concerns=(concern, *grown.concerns[1:]))
    return paper(context={"file": grown}, bundle=bundle(grown))


@pytest.fixture(scope="module")
def long_pages(long_document) -> list[str]:
    return pages_of(long_document)


# Words cut for layout


def test_cutting_loses_no_word_and_leaves_no_long_paragraph():
    words = "He said so. " * 5000 + "\n\n \n\n" + "x" * 5000 + "\nand a line\nand another"
    paragraphs = Prose(words).paragraphs
    assert squeezed("".join(paragraphs)) == squeezed(words)
    assert max(map(len, paragraphs)) <= 1200


def test_a_long_paragraph_is_cut_after_a_sentence():
    assert Prose("a" * 700 + ". " + "b" * 700).paragraphs == ("a" * 700 + ".", "b" * 700)


def test_a_long_paragraph_without_sentences_is_cut_between_words():
    assert Prose("a" * 700 + " " + "b" * 700).paragraphs == ("a" * 700 + " ", "b" * 700)


def test_a_word_without_end_is_cut_where_the_limit_falls():
    assert Prose("a" * 1201).paragraphs == ("a" * 1200, "a")


def test_lines_stay_together_and_blank_lines_part_paragraphs():
    assert Prose("one\ntwo\n\n\n three\r\nfour\n").paragraphs == ("one\ntwo", " three\nfour")


@pytest.mark.parametrize("nothing", ["", "  \n\t\n"])
def test_no_words_are_no_paragraph(nothing):
    assert Prose(nothing).paragraphs == ()
    assert not Prose(nothing)


# Days and hours


def test_a_day_is_the_day_in_the_united_kingdom():
    late = Entry(at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC), who="A", what=Prose("B"))
    assert (late.day, late.clock) == (date(2026, 7, 1), "00:30")


def test_a_day_without_an_hour_stays_a_day():
    whole = Entry(at=date(2026, 3, 13), who="A", what=Prose("B"))
    assert (whole.day, whole.clock) == (date(2026, 3, 13), "")


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        Entry(at=datetime(2026, 3, 13, 9, 0), who="A", what=Prose("B"))  # noqa: DTZ001 (the mistake under test)


def test_days_are_in_order_and_keep_the_order_given_within_a_day():
    told = (entry(on(3, 2, 9), "A", "third"), entry(on(3, 1, 9), "A", "first"), entry(on(3, 1, 8), "A", "second"))
    days = replace(EXAMPLE, chronology=told).days
    assert [[entry.what.text for entry in day.entries] for day in days] == [["first", "second"], ["third"]]


# The pages


def test_the_cover_says_whom_it_is_for_why_and_until_when(pages):
    for line in (
        "Confidential: staff and pupil information",
        "St Edrith’s High School",
        "Case file K-5WN8-3RYC",
        "Xiulan Feng, Head of School, Blessed Hilda",
        "Adjourned hearing of allegation 2 on Friday 24 April 2026",
        "Emer Gallagher, HR advisor, Tuesday 7 April 2026, 17:00",
        "Judith Halliwell, Executive Headteacher",
        "Friday 22 May 2026",
        "Nothing has been decided",
    ):
        assert line in pages[0]
    assert squeezed("UK GDPR Article 6(1)(c) and (f)") in squeezed(pages[0])


def test_the_contents_point_to_the_pages_where_the_headings_stand(pages):
    for heading in HEADINGS:
        listed = re.search(rf"^{re.escape(heading)}\s+(\d+)$", pages[1], re.MULTILINE)
        assert listed, heading
        assert heading in pages[int(listed[1]) - 1]


def test_every_page_says_what_it_is_where_it_belongs_and_when_it_goes(pages):
    for number, page in enumerate(pages, start=1):
        assert "Case file K-5WN8-3RYC" in page
        assert "Confidential: staff and pupil information" in page
        assert f"Page {number} of {len(pages)}" in page
        assert "Printed for Xiulan Feng, Head of School, Blessed Hilda" in page
        assert "Destroy by 22 May 2026 · history no. 17 · checkpoint 1972433" in page
        assert EXAMPLE.mark.root in page


def test_the_chronology_is_a_story_in_order_with_its_reasons_and_paragraphs(pages):
    text = squeezed(" ".join(pages))
    chapter = text[
        text.rindex(squeezed("3. What happened, day by day")) : text.rindex(squeezed("4. Decisions and their"))
    ]
    places = [chapter.index(squeezed(told.what.text[:60])) for told in EXAMPLE.chronology]
    assert places == sorted(places)
    assert squeezed("14:05 Anne-Marie Kinsella, Head of School Reported the threat to the police") in chapter
    assert squeezed("Why: The comment names a place and a time on the same evening. Paragraphs 4.a.iv, 9.c") in chapter
    assert "Friday13March2026timenotPoliceknownGaveparentAwordsofadvice." in chapter


def test_each_decision_has_its_answer_reason_name_and_paragraph(pages):
    page = next(page for page in pages[2:] if "4. Decisions and their reasons" in page)
    for words in ("Paragraphs 4.a.iv, 9.c", "A threat that names a place and a time.", "Not raised by the facts"):
        assert words in page
    assert re.search(r"Tell the police\?\s+Yes\s+Anne-Marie Kinsella, Head of School, 24", page)
    assert re.search(r"Tell the LADO\?\s+The harm threshold question was answered no\.", page)


def test_an_allegation_without_a_finding_says_so(pages):
    page = next(page for page in pages[2:] if "5. Staff conduct" in page)
    assert "Finding: found to have happened" in page
    assert "Finding: nothing has been decided." in page


def test_nothing_is_called_undecided_once_everything_has_a_finding():
    proceeding = EXAMPLE.proceedings[0]
    found = tuple(replace(allegation, finding="not found") for allegation in proceeding.allegations)
    settled = replace(EXAMPLE, proceedings=(replace(proceeding, allegations=found, outcome="First written warning"),))
    assert EXAMPLE.undecided
    assert not settled.undecided
    cover = pages_of(paper(context={"file": settled}))[0]
    assert "Nothing has been decided" not in cover


def test_evidence_shows_its_fingerprint_whole(pages):
    first = next(number for number, page in enumerate(pages) if number > 1 and "7. Evidence" in page)
    chapter = squeezed(" ".join(pages[first:]))
    for item in EXAMPLE.evidence:
        assert item.sha256 in chapter


def test_each_piece_of_evidence_has_its_page_in_the_list_and_says_where_it_came_from(pages):
    chapter = next(page for page in pages[2:] if "7. Evidence" in page)
    listed = [re.search(rf"^\s*{n}\s+{name}.*page (\d+)$", chapter, re.MULTILINE) for n, name in EVIDENCE_NAMES]
    for (number, name), row in zip(EVIDENCE_NAMES, listed, strict=True):
        assert f"Evidence {number}: {name}" in pages[int(row[1]) - 1]
    shown = next(page for page in pages if "Evidence 1: ev16" in page)
    for line in (
        "24 February 2026, 12:52, by Daniel Kettleborough on his own phone",
        "Shown by a colleague",
        "24 February 2026, 13:20 Received from Daniel Kettleborough.",
        "25 February 2026, 09:05 A copy was handed to Anne-Marie Kinsella.",
        "Evidence 1. What it shows:",
        "Drawn again for this paper by Daybook",
    ):
        assert line in re.sub(r" +", " ", shown)
    other = next(page for page in pages if "Evidence 2: PE dept" in page)
    assert re.search(r"Not shown here\s+This copy was asked for without pictures\.", other)


def test_a_part_without_a_date_gives_the_reason(pages):
    first = next(number for number, page in enumerate(pages) if number > 1 and "8. What is kept" in page)
    page = " ".join(pages[first:])
    assert re.search(r"Keep until\s+5 March 2032, then destroy", page)
    assert re.search(r"Keep until\s+No date yet", page)
    assert "No date can be given while an allegation is open." in page
    assert page.count("our suggestion") == 2


def test_what_is_left_out_is_said_with_its_reason(pages):
    assert re.search(r"Names of pupil A and parent A\s+The hearing does not need them\.", "\n".join(pages))


def test_chapters_without_content_are_not_printed_and_nothing_left_out_is_said():
    bare = replace(EXAMPLE, decisions=(), takedowns=(), proceedings=(), evidence=(), withheld=(), attached=())
    text = " ".join(pages_of(paper(context={"file": bare}, bundle={})))
    assert "Of that, nothing was left out." in text
    assert "5. What is left out of this copy, and why" in text
    for absent in ("Decisions and their reasons", "Getting it taken down", "Staff conduct\n", "Files inside this PDF"):
        assert absent not in text


def test_words_that_frighten_or_mean_nothing_to_a_reader_are_on_no_paper(pages):
    assert NEVER_ON_PAPER.findall(" ".join(pages)) == []


# Odd characters


ODD = {
    "deserved 😂": "deserved [face with tears of joy]",
    "photo\u202egnp.exe": "photo[right-to-left override]gnp.exe",
    "bell\x07": "bell[character u+0007]",
    "broken \ud800 half": "broken [character u+d800] half",
    "unassigned \U000e0fff": "unassigned [character u+e0fff]",
    "Szymańska, Róisín, Ŵyn, O’Brien ½ € → ‽": "Szymańska, Róisín, Ŵyn, O’Brien ½ € → ‽",
}


@pytest.mark.parametrize("printer", [pdf.render, pdf.render_in_child])
def test_what_a_typeface_cannot_show_is_written_out(printer):
    typed = replace(EXAMPLE, summary=Prose("\n\n".join(ODD)))
    page = pages_of(paper(printer, context={"file": typed}))[2]
    assert [shown for shown in ODD.values() if shown not in page] == []


def test_what_the_file_says_about_itself_is_cleaned_too():
    odd, shown = "Case\u202e \ud800 file", "Case[right-to-left override] [character u+d800] file"
    titled = paper(metadata=replace(METADATA, title=odd, author=odd, description=odd))
    with pikepdf.open(io.BytesIO(titled)) as opened:
        assert [str(opened.docinfo[key]) for key in ("/Title", "/Author", "/Subject")] == [shown, shown, shown]


# Length


def test_a_long_file_loses_no_sentence(long_pages):
    text = " ".join(long_pages)
    assert [number for number in range(4500) if f"Sentence {number:05d} of what was said" not in text] == []


def test_a_long_list_repeats_its_headings_on_every_page(long_pages):
    listed = [page for page in long_pages if re.search(r"^\s*\d+\s+screen-recording-of-the-group", page, re.MULTILINE)]
    assert len(listed) >= 5
    assert all(re.search(r"No\.\s+File\s+Kind\s+Page", page) for page in listed)


def test_a_page_that_begins_inside_a_day_names_the_day_at_its_head():
    told = tuple(entry(on(2, 24, 8 + n // 60, n % 60), "Zadie Quill", f"Step {n}.") for n in range(60))
    read = pages_of(paper(context={"file": replace(EXAMPLE, chronology=told)}))
    inside = [page for page in read if "Zadie Quill" in page and "3. What happened" not in page]
    assert len(inside) >= 2
    for page in inside:
        assert page.splitlines()[0].split("  ")[0] == "Case file K-5WN8-3RYC"
        assert "Tuesday 24 February 2026" in page.splitlines()[0]


def test_a_heading_never_stands_alone_at_the_foot_of_a_page(long_pages):
    days = r"^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d+ \w+ 2026$"
    for page in long_pages:
        body = [line for line in page.split("Printed for")[0].splitlines() if line.strip()]
        assert not re.match(days, body[-1].strip()), body[-1]


@pytest.mark.parametrize("word", ["x" * 400, "https://example.example/" + "a1b2c3/" * 60, "ABCDEFGHIJ-" * 40])
def test_words_without_a_space_stay_inside_the_margins(word):
    one, two = EXAMPLE.evidence
    stretched = replace(
        EXAMPLE,
        title=word,
        classification=word[:200],
        summary=Prose(word),
        people=(replace(EXAMPLE.people[0], name=word, part=word),),
        concerns=(replace(EXAMPLE.concerns[0], where=(word,), words=Prose(word)),),
        chronology=(entry(on(2, 24, 12), word, word, word, word),),
        evidence=(replace(one, file_name=word, kept_where=word), two),
        takedowns=(replace(EXAMPLE.takedowns[0], where=word, state=word),),
        printed_for=replace(EXAMPLE.printed_for, recipient=word, purpose=word),
    )
    document = paper(context={"file": stretched})
    boxes = read_back(document, "-bbox")
    edges = [(float(left), float(right)) for left, right in re.findall(r'xMin="([\d.]+)".*?xMax="([\d.]+)"', boxes)]
    assert len(edges) > 100
    assert min(left for left, _ in edges) >= 22.5 * POINTS_A_MILLIMETRE
    assert max(right for _, right in edges) <= (210 - 20.5) * POINTS_A_MILLIMETRE
