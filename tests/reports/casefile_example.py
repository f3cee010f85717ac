"""A whole invented case file ready to print, short as it happened and grown to the size of a bad year."""

import io
from dataclasses import replace
from datetime import date

from PIL import Image, ImageDraw

from reports import pdf
from reports.casefile import AttachedFile, CaseFile, HistoryMark, PolicyInForce, PrintedFor, Withheld
from reports.pdf import Attachment, Metadata
from reports.prose import Prose
from reports.told import Allegation, Custody, EvidenceItem, Paragraph, Proceeding, Stage
from tests.reports.casefile_story import (
    CHRONOLOGY,
    CONCERNS,
    DECISIONS,
    FENG,
    PARTS,
    PEOPLE,
    PIKE,
    TAKEDOWNS,
    entry,
    fingerprint,
    on,
)

PROCEEDINGS = (
    Proceeding(
        reference="P-9QX3-77TE",
        about="Rowan Ashdown-Keyes, PE technician",
        procedure="Disciplinary procedure of the trust, January 2023",
        officers=(
            f"Investigator: {PIKE}",
            f"Hearing officer: {FENG}",
            "Appeal officer: Judith Halliwell, Executive Headteacher",
        ),
        allegations=(
            Allegation(
                words=Prose(
                    "On 24 February 2026 he shared the video to a group of fourteen colleagues with the words "
                    "“deserved” and a laughing face."
                ),
                paragraphs=(Paragraph(ref="9.a", wording="Online bullying or harassment is treated like any other."),),
                finding="found to have happened",
                finding_reason=Prose(
                    "He accepts that he wrote it. It was about a colleague who had been threatened that day."
                ),
            ),
            Allegation(
                words=Prose("Before 24 February 2026 he told a parent which gym Daniel Kettleborough uses."),
                paragraphs=(
                    Paragraph(
                        ref="6.h", wording="What is learnt through work about colleagues is not to be passed on."
                    ),
                ),
            ),
        ),
        stages=(
            Stage(name="Told in writing that an investigation has begun", on=date(2026, 2, 26), by=FENG),
            Stage(
                name="Investigation report", on=date(2026, 3, 13), by=PIKE, due="By 26 March 2026: our suggestion. Met."
            ),
            Stage(name="Invitation to the hearing", on=date(2026, 3, 16), by=FENG, note="Right to a companion given."),
            Stage(
                name="Hearing",
                on=date(2026, 3, 31),
                by=FENG,
                due="Not before the end of 30 March 2026: our suggestion. Met.",
                note="School closed that day; agreed with the person.",
            ),
            Stage(
                name="Outcome letter on allegation 1",
                on=date(2026, 4, 2),
                by=FENG,
                due="By 9 April 2026: our suggestion. Met.",
            ),
        ),
        outcome="Allegation 1: first written warning, live until 2 April 2027. Allegation 2: nothing has been decided.",
        outcome_reason=Prose("Appeal on allegation 1 may be lodged until 20 April 2026."),
    ),
)
EVIDENCE = (
    EvidenceItem(
        number=1,
        reference="E-3KQ8-10VD",
        file_name="ev16_threat_comment.png",
        kind="Picture of a screen (PNG)",
        sha256=fingerprint("ev16"),
        size=299887,
        taken="24 February 2026, 12:52, by Daniel Kettleborough on his own phone",
        received="24 February 2026, 13:20, with C-7K4M-9TX2",
        how_seen="Shown by a colleague",
        kept_where="Under the support part, in confidence.",
        custody=(
            Custody(at=on(2, 24, 13, 20), what="Received from Daniel Kettleborough."),
            Custody(at=on(2, 25, 9, 5), what="A copy was handed to Anne-Marie Kinsella."),
        ),
        picture="casefile:evidence/1",
        description="The comment under the video, with the name of the account masked.",
        attached_as="evidence-01.png",
    ),
    EvidenceItem(
        number=2,
        reference="E-7T2M-99HC",
        file_name="PE dept group.jpg",
        kind="Photograph of a screen (JPEG)",
        sha256=fingerprint("pe"),
        size=188416,
        taken="24 February 2026, 16:20, by Louise Tarpey",
        received="24 February 2026, 16:40, with C-2F8R-6WQ1",
        how_seen="I am a member of the group",
        kept_where="Under the staff conduct part, in confidence.",
        not_shown="This copy was asked for without pictures.",
    ),
)
EXAMPLE = CaseFile(
    reference="K-5WN8-3RYC",
    title="A parent’s video about a teacher, and a colleague who passed it on",
    classification="Confidential: staff and pupil information",
    audience="The hearing officer, and nobody else without a new copy",
    school="St Edrith’s High School",
    trust="All Saints Multi Academy Trust",
    printed_for=PrintedFor(
        recipient=FENG,
        purpose="Adjourned hearing of allegation 2 on Friday 24 April 2026",
        legal_ground="Legal obligation and legitimate interests of the employer: UK GDPR Article 6(1)(c) and (f)",
        asked_by="Emer Gallagher, HR advisor",
        decided_by="Judith Halliwell, Executive Headteacher",
        asked_at=on(4, 7, 17, 0),
        destroy_by=date(2026, 5, 22),
    ),
    mark=HistoryMark(number=17, checkpoint=1972433, root=fingerprint("checkpoint 1972433")),
    policy=PolicyInForce(
        title="Use of Social Media Policy",
        version="2022",
        kcsie="Keeping children safe in education, 1 September 2025",
        review_overdue_since=date(2023, 12, 31),
    ),
    summary=Prose(
        "On 24 February 2026 a parent published a video about Daniel Kettleborough with his full name, his gym and "
        "his car, and a comment that threatened him that evening. The police were told the same afternoon. Three "
        "copies were found; all three are down.\n\nOn the same day a colleague shared the video to a staff group "
        "with a mocking comment. One allegation about that has a finding. On the other, nothing has been decided."
    ),
    people=PEOPLE,
    parts=PARTS,
    concerns=CONCERNS,
    chronology=CHRONOLOGY,
    decisions=DECISIONS,
    takedowns=TAKEDOWNS,
    proceedings=PROCEEDINGS,
    evidence=EVIDENCE,
    withheld=(
        Withheld(what="Names of pupil A and parent A", why="The hearing does not need them."),
        Withheld(
            what="Advice asked on 27 February 2026 and received on 2 March 2026",
            why="Confidential between the trust and its solicitor.",
        ),
        Withheld(what="The police log number", why="Not needed for allegation 2."),
    ),
    attached=(
        AttachedFile(name="evidence-01.png", what="Evidence 1 as received"),
        AttachedFile(name="history.json", what="The entries of the history up to number 17"),
        AttachedFile(name="manifest.json", what="What this copy contains, with fingerprints"),
    ),
)
METADATA = Metadata(
    title="Case file K-5WN8-3RYC",
    author="St Edrith’s High School",
    description="Case file for a named reader",
    identifier="K-5WN8-3RYC/17",
    made_at=on(4, 7, 17, 5),
)


def picture(width: int = 390, height: int = 300) -> bytes:
    """An invented screen as a PNG of our own making."""
    image = Image.new("RGB", (width, height), "#f4f6f6")
    ImageDraw.Draw(image).rectangle((20, 20, width - 20, height - 20), outline="#0b5c5c", width=4)
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def bundle(file: CaseFile = EXAMPLE) -> dict[str, tuple[bytes, str]]:
    """The pictures that the file shows."""
    return {item.picture: (picture(), "image/png") for item in file.pictured}


def attachments() -> list[Attachment]:
    """The files that travel inside the example."""
    made = METADATA.made_at
    return [
        Attachment(
            name="manifest.json",
            content=b'{"record": "K-5WN8-3RYC"}',
            description="What this copy contains",
            made_at=made,
            relationship="Data",
        ),
        Attachment(
            name="history.json",
            content=b'[{"number": 17}]',
            description="The history",
            made_at=made,
            relationship="Data",
        ),
        Attachment(
            name="evidence-01.png", content=picture(), description="Evidence 1", made_at=made, relationship="Source"
        ),
    ]


def paper(printer=pdf.render, **changes) -> bytes:
    """The example, printed with whatever the test changes."""
    given = {
        "template": "paper/case_file.html",
        "context": {"file": EXAMPLE},
        "bundle": bundle(),
        "metadata": METADATA,
    } | changes
    inside = given.pop("attachments", None)
    return pdf.with_files(printer(**given), attachments() if inside is None else inside)


def long_example(entries: int = 200, items: int = 40, narrative: int = 300_000) -> CaseFile:
    """The same case grown: so many entries of chronology, pieces of evidence, characters of narrative."""
    sentence = "He said that it had been sent on again, by somebody with a long name, to a group nobody had heard of. "
    name = "Wilhelmina-Augustina Oluwaseun Fitzgerald-Montgomery-Blennerhassett (née Szymańska-Kowalczyk)"
    concern = replace(
        CONCERNS[0], reported_by=name, words=Prose((sentence * (narrative // len(sentence) + 1))[:narrative])
    )
    entries = tuple(
        entry(
            on(1 + number // 40 % 12, 1 + number % 40 // 4, 8 + number % 4, 30),
            name,
            sentence * (1 + number % 4),
            sentence,
            "9.d",
        )
        for number in range(entries)
    )
    evidence = tuple(
        replace(
            EVIDENCE[0],
            number=number,
            file_name=f"{'screen-recording-of-the-group-' * 4}{number}.png",
            sha256=fingerprint(str(number)),
            attached_as="",
            picture=f"casefile:evidence/{number}",
        )
        for number in range(1, items + 1)
    )
    return replace(EXAMPLE, concerns=(concern, CONCERNS[1]), chronology=entries, evidence=evidence)
