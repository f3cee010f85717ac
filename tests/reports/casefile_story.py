"""What happened in the invented case: a parent's video about a teacher, three copies, a colleague who passed it on."""

import hashlib
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reports.casefile import Part, Person
from reports.prose import Prose
from reports.told import Concern, Decision, Entry, Paragraph, Takedown

LONDON = ZoneInfo("Europe/London")
KINSELLA = "Anne-Marie Kinsella, Head of School"
MBEKI_STONE = "Joseph Mbeki-Stone, Assistant Head and DSL"
KETTLEBOROUGH = "Daniel Kettleborough, Teacher of PE"
PIKE = "Laurence Pike, Vice Principal, Blessed Hilda"
FENG = "Xiulan Feng, Head of School, Blessed Hilda"
WORDS = """[Pupil A]'s mum has made a video about me and it has nearly 4,000 views. She says I "picked on" [pupil A] \
when I sent him out of the sports hall yesterday, gives my full name, says which gym I go to after school and what car \
I drive. Underneath there's a comment from her own account, "he wont be walking so cocky when my brothers catch up \
with him tonite".

Somebody has put the same thing on the St Edrith's families Facebook group. I went straight to Mrs Kinsella at ten \
past one. I'm supposed to be at the gym at half 5 and I've got my two kids with me on a Tuesday so I'm worried, not \
going to lie. Screenshots attached, I've not replied."""


def on(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 on the wall clock in the United Kingdom."""
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


def entry(at, who, what, why="", paragraph="", due="") -> Entry:
    return Entry(at=at, who=who, what=Prose(what), why=Prose(why), paragraph=paragraph, due=due)


def fingerprint(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


CHRONOLOGY = (
    entry(on(2, 24, 12, 50), KETTLEBOROUGH, "Saw the video on his phone in the PE office."),
    entry(
        on(2, 24, 13, 10),
        KETTLEBOROUGH,
        "Told the Head of School in person.",
        paragraph="9.d",
        due="Due by the end of 24 February 2026: your policy says immediately. Met.",
    ),
    entry(
        on(2, 24, 13, 20),
        KETTLEBOROUGH,
        "Reported concern C-7K4M-9TX2 with two screenshots. As the person harmed he "
        "sees his own report, his support and its stage, and takes no step himself.",
        paragraph="5.e",
    ),
    entry(
        on(2, 24, 14, 5),
        KINSELLA,
        "Reported the threat to the police and kept the log number.",
        "The comment names a place and a time on the same evening.",
        "4.a.iv, 9.c",
    ),
    entry(
        on(2, 24, 14, 30),
        KINSELLA,
        "Offered support, and he accepted: a lift home, a changed gym time, the counselling line.",
        "He said he was worried for himself and his children.",
        "9.d, 3.e",
    ),
    entry(
        on(2, 24, 15, 10),
        KETTLEBOROUGH,
        "Reported the video to TikTok for harassment and personal information.",
        "Only he may file a claim about his own privacy.",
        due="Chase on 26 February 2026: our suggestion.",
    ),
    entry(on(2, 24, 15, 25), KINSELLA, "Reported the Facebook copy and wrote to the group's administrator."),
    entry(
        on(2, 24, 16, 40),
        "Louise Tarpey, Deputy DSL",
        "Reported concern C-2F8R-6WQ1: a colleague had shared the video to a staff group with a comment.",
    ),
    entry(on(2, 25, 8, 0), "Facebook group administrator", "Removed the copy."),
    entry(
        on(2, 25, 9, 0),
        KINSELLA,
        "Answered the harm threshold question on the shared video: no. The DSL was consulted.",
        "The words concern a colleague and no child; nothing suggests a risk to children. Keeping children safe in "
        "education, part 4.",
    ),
    entry(on(2, 25, 12, 10), "Rowan Ashdown-Keyes, PE technician", "Deleted his post after being asked, in person."),
    entry(on(2, 26, 9, 10), "TikTok", "Answered: no violation found."),
    entry(on(2, 26, 9, 40), KETTLEBOROUGH, "Appealed, pointing to the address of the gym."),
    entry(
        on(2, 26, 15, 30),
        KINSELLA,
        "Rang the Professionals Online Safety Helpline.",
        "More than 48 hours had passed since the first report.",
    ),
    entry(
        on(2, 27, 9, 0),
        KINSELLA,
        "Told the governors without names: what kind of matter, which week, what was done.",
        paragraph="9.d",
        due="Due by 3 March 2026: our suggestion. Met.",
    ),
    entry(
        on(2, 27, 16, 0),
        KINSELLA,
        "Met parent A and asked her to take the video down. She deleted it at 16:25.",
        "She is not covered by the policy, so this was a request and not an instruction.",
        "2.a",
    ),
    entry(
        on(3, 5, 7, 50),
        KETTLEBOROUGH,
        "Saw the video again on a second account. Reported to TikTok at 08:20.",
        due="Chase on 9 March 2026: our suggestion.",
    ),
    entry(on(3, 9, 10, 15), "TikTok", "Removed the second copy."),
    entry(date(2026, 3, 13), "Police", "Gave parent A words of advice."),
    entry(
        on(3, 27, 15, 30),
        KINSELLA,
        "Reviewed the support plan with him and closed the support part. The Facebook "
        "copy was looked for again that day and is still gone.",
    ),
    entry(on(3, 29, 10, 0), KINSELLA, "Looked for the first video again: still gone."),
    entry(
        on(3, 31, 10, 0),
        FENG,
        "Heard allegation 1. Allegation 2 was put off so that a witness can attend.",
        due="Notice of ten working days, not before the end of 30 March 2026: our suggestion. Met. The school was "
        "closed that day; agreed with the person.",
    ),
)
PEOPLE = (
    Person(
        name="Daniel Kettleborough",
        post="Teacher of PE",
        part="Person harmed; reported C-7K4M-9TX2",
        standing="standing_aside",
        why="He is the person harmed and the reporter.",
    ),
    Person(
        name="Rowan Ashdown-Keyes",
        post="PE technician",
        part="The person this is about (staff conduct)",
        standing="hidden",
        why="The staff conduct part is about him.",
    ),
    Person(
        name="Louise Tarpey",
        post="Deputy DSL",
        part="Reported C-2F8R-6WQ1",
        standing="standing_aside",
        why="She reported the shared video.",
    ),
    Person(
        name="Anne-Marie Kinsella",
        post="Head of School",
        part="Asked for the shared post to be removed",
        standing="standing_aside",
        why="Her own request is in issue in the staff conduct part only.",
    ),
    Person(
        name="Laurence Pike",
        post="Vice Principal, Blessed Hilda Sixth Form College",
        part="Investigator",
        standing="free",
    ),
    Person(
        name="Xiulan Feng",
        post="Head of School, Blessed Hilda Sixth Form College",
        part="Hearing officer",
        standing="free",
    ),
    Person(name="Parent A", post="Parent of pupil A", part="Author of the video", standing="outside"),
)
PARTS = (
    Part(
        reference="P-4D7H-1MVB",
        kind="Support",
        about="Daniel Kettleborough",
        readers=(KINSELLA, MBEKI_STONE, "Louise Tarpey, Deputy DSL"),
        status="Finished on 27 March 2026; one copy is still to be looked for again",
        keep_until=date(2032, 3, 5),
        rule="Abuse of a member of staff: six years from the last incident",
        authority="default",
        reason="The last incident is the reappearance of 5 March 2026. The violence report "
        "inside this part would end on 24 February 2029; the longest rule wins inside a part.",
        also_recorded_in=("Accident and violence book, entry 114, 24 February 2026",),
    ),
    Part(
        reference="P-9QX3-77TE",
        kind="Staff conduct",
        about="Rowan Ashdown-Keyes",
        readers=(KINSELLA, PIKE, FENG, "Emer Gallagher, HR advisor"),
        status="Allegation 2 is open",
        rule="First written warning: six months, and not while it is live",
        authority="default",
        reason="No date can be given while an allegation is open. For the warning alone it would be 2 April 2027.",
    ),
)
CONCERNS = (
    Concern(
        reference="C-7K4M-9TX2",
        reported_by=KETTLEBOROUGH,
        reported_at=on(2, 24, 13, 20),
        words=Prose(WORDS),
        what_happened="Abuse of a member of staff; private details given out",
        where=(
            "TikTok, https://www.tiktok.com/@example_parent_a/video/0000000000000000002",
            "Facebook, https://www.facebook.com/groups/000example-edrith/posts/31",
        ),
        posted="Tuesday 24 February 2026, 07:15",
        seen="Tuesday 24 February 2026, 12:50",
        how_seen="Shown by a colleague",
        at_risk="Yes, this evening",
        told="Head of School, 24 February 2026, 13:10",
        real="Not questioned",
        paragraphs=(
            Paragraph(
                ref="9.d",
                wording="Abuse of staff is told to the Head of School, who tells the governors, "
                "acts and supports the colleague.",
            ),
            Paragraph(ref="5.e", wording="Concerns about anyone's conduct online go to the DSL or a deputy."),
        ),
    ),
    Concern(
        reference="C-2F8R-6WQ1",
        reported_by="Louise Tarpey, Deputy DSL",
        reported_at=on(2, 24, 16, 40),
        words=Prose(
            'Rowan put the video in the PE WhatsApp with "deserved 😂" under it. Fourteen of us are in there. '
            "I did not answer, I took a picture of the screen."
        ),
        what_happened="Online bullying or harassment by a member of staff",
        where=("WhatsApp, group “PE dept”",),
        seen="Tuesday 24 February 2026, 16:15",
        how_seen="I am a member of the group",
        real="Not questioned",
        paragraphs=(Paragraph(ref="9.a", wording="Online bullying or harassment is treated like any other."),),
    ),
)
DECISIONS = (
    Decision(
        question="Tell the police?",
        answer="yes",
        by=KINSELLA,
        at=on(2, 24, 14, 5),
        paragraph="4.a.iv, 9.c",
        reason=Prose("A threat that names a place and a time."),
        due="Due at once: your policy. Met.",
    ),
    Decision(
        question="Tell the governors?",
        answer="yes",
        by=KINSELLA,
        at=on(2, 27, 9, 0),
        paragraph="9.d",
        reason=Prose("Abuse of a member of staff. Told without names."),
        due="Due by 3 March 2026: our suggestion. Met.",
    ),
    Decision(
        question="Could this have harmed a child, be an offence to do with a child, suggest a risk to children, or "
        "raise doubt about working with children?",
        answer="no",
        by=KINSELLA,
        at=on(2, 25, 9, 0),
        reason=Prose(
            "About C-2F8R-6WQ1. The words concern a colleague and no child. Joseph Mbeki-Stone was consulted."
        ),
    ),
    Decision(
        question="Belief, union activity, disclosure in the public interest, or private to a few people?",
        answer="no",
        by=KINSELLA,
        at=on(2, 25, 9, 20),
        reason=Prose(
            "Four times no. A group of fourteen colleagues is not private to "
            "a few people; what is objected to is the words “deserved”, the audience and the harm shown."
        ),
    ),
    Decision(
        question="Is the support enough?",
        answer="open",
        reason=Prose("Daniel Kettleborough will be asked on 24 April 2026."),
        due="Due by 24 April 2026: our suggestion.",
    ),
    Decision(
        question="Tell the LADO?", answer="not_raised", reason=Prose("The harm threshold question was answered no.")
    ),
    Decision(
        question="Tell the Information Commissioner?",
        answer="not_raised",
        reason=Prose("No personal data held by the school was lost or given out."),
    ),
)
TAKEDOWNS = (
    Takedown(
        where="TikTok, https://www.tiktok.com/@example_parent_a/video/0000000000000000002",
        asked_of="TikTok; parent A",
        reason="Harassment and personal information",
        state="deleted by its author",
        events=(
            entry(on(2, 24, 15, 10), KETTLEBOROUGH, "Reported to the platform", due="Chase on 26 February 2026"),
            entry(on(2, 26, 9, 10), "TikTok", "Answered: no violation found"),
            entry(on(2, 26, 9, 40), KETTLEBOROUGH, "Appealed"),
            entry(on(2, 26, 15, 30), KINSELLA, "Rang the helpline"),
            entry(on(2, 27, 16, 25), "Parent A", "Deleted it after being asked"),
            entry(on(3, 29, 10, 0), KINSELLA, "Looked again: still gone", due="Look again on 29 March 2026"),
        ),
    ),
    Takedown(
        where="Facebook, https://www.facebook.com/groups/000example-edrith/posts/31",
        asked_of="Facebook; group administrator",
        reason="Harassment and personal information",
        state="removed by the group administrator",
        events=(
            entry(on(2, 24, 15, 25), KINSELLA, "Reported to the platform; wrote to the administrator"),
            entry(on(2, 25, 8, 0), "Group administrator", "Removed it"),
            entry(on(3, 27, 14, 0), KINSELLA, "Looked again: still gone", due="Look again on 27 March 2026"),
        ),
    ),
    Takedown(
        where="TikTok, second account of the same person",
        asked_of="TikTok",
        reason="Reappeared after removal",
        state="removed by the platform",
        recheck_on=date(2026, 4, 8),
        events=(
            entry(on(3, 5, 8, 20), KETTLEBOROUGH, "Reported to the platform", due="Chase on 9 March 2026"),
            entry(on(3, 9, 10, 15), "TikTok", "Removed it"),
        ),
    ),
)
