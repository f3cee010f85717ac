"""One matter under each of the five policies, with what follows from it, worked by hand from the policy and the law.

Reported on Monday 23 November 2026 at eight, seen by a teacher on the Sunday at 21:30: 72 hours end on Wednesday at
21:30. A teacher's knowledge starts no day for the LADO, so it begins with the report and ends with Tuesday. No policy
of the five gives a number of days, so every limit of theirs is our suggestion: the same day.
"""

from dataclasses import dataclass

TODAY = ("by the end of", "Mon 23 Nov 2026", "our suggestion")
HEAD_BY_LAW = (*TODAY, "the law", "Keeping children safe in education")
DPO_BY_LAW = ("Priya Nair", "Data protection officer", *TODAY, "the law", "UK GDPR Articles 33 and 38(1)")
ICO = ("Tell the Information Commissioner’s Office (ICO)", "by Wed 25 Nov 2026, 21:30", "the law")
LADO = (
    "Contact the local authority designated officer (LADO)",
    "if the threshold is met or unsure",
    "by the end of Tue 24 Nov 2026",
    "the law",
)
SILENT = "The policy does not say whether governors are told."
DEMAND = "The school may tell whoever posted it to remove it. Not removing it when told is itself a breach."
ONLY_ASK = "The policy gives no express power to tell anyone to remove it: ask for it."


@dataclass(frozen=True)
class Matter:
    """What Tom reports of Sam, and what one policy makes of it.

    choice: the plain answer he gives. head: what the policy calls Harriet. told: who needs to know, each with when, on
    whose authority and under which paragraph. clocks: the times of the law. may, may_not: how each paragraph begins
    that can be charged, and that cannot. removal, governors: what the policy says of them. charge: the paragraph and
    rule that Sam is charged with. on_record: what it wants decided before the end, each as the page puts it, with the
    question and the answer. overdue: since when the policy's own review has been.
    """

    pack: str
    version: str
    overdue: str
    choice: str
    head: str
    told: tuple[tuple[str, ...], ...]
    clocks: tuple[tuple[str, ...], ...]
    may: tuple[str, ...]
    may_not: tuple[str, ...]
    removal: str
    governors: str
    charge: tuple[str, str]
    on_record: tuple[tuple[str, str, str], ...] = ()
    others: tuple[tuple[str, str, str], ...] = ()

    @property
    def as_chosen(self) -> str:
        """The charge as the form shows it: paragraph and rule."""
        return " ".join(self.charge)


ALL_SAINTS = Matter(
    pack="allsaints-2022",
    version="2022",
    overdue="31 December 2023",  # "2023" and no day
    choice="A member of staff giving away something confidential or personal",
    head="Head of School",
    told=(
        ("You", "DSL", "are reading it."),
        ("Harriet Lowe", "Head of School", *HEAD_BY_LAW),
        DPO_BY_LAW,
    ),
    clocks=(ICO, LADO),
    may=("6.h", "8.h.v"),
    may_not=(),
    removal=ONLY_ASK,
    governors="Governors need not be told of this.",  # 9.d speaks of abuse of staff
    charge=("6.h", "What staff learn through their work"),
    others=(("Dot Evans", "staff", "person harmed"),),
)

# Nobody is named in the policy, so head and safeguarding lead are our suggestion. 1.1 only describes a risk; 2.3
# stands in where no paragraph names what happened; 2.4 lets the school demand removal from whom the policy covers.
ARCHWAY = Matter(
    pack="archway-2019",
    version="2019",
    overdue="30 June 2020",  # "June 2020"
    choice="A member of staff running down the school, the trust, colleagues or families",
    head="Principal",
    told=(
        ("Harriet Lowe", "Principal", *TODAY, "Because of our suggestion"),
        ("You", "Designated Safeguarding Lead (DSL)", "are reading it."),
    ),
    clocks=(LADO,),
    may=("2.3 Inappropriate use of social media may be misconduct",),
    may_not=("1.1 Staff use of social media can put at risk",),
    removal=f"{DEMAND} (2.4)",
    governors=SILENT,
    charge=("2.3", "Inappropriate use of social media may be misconduct"),
)

# Nobody is named here either. H5 and H8 each hold several rules, of which two name bullying.
LTE = Matter(
    pack="lte-2019-09",
    version="amended September 2019",
    overdue="31 January 2021",  # "January 2021"
    choice="A member of staff bullying, or posting something offensive or discriminatory",
    head="Head Teacher",
    told=(
        ("Harriet Lowe", "Head Teacher", *TODAY, "Because of our suggestion"),
        ("You", "Designated Safeguarding Lead (DSL)", "are reading it."),
    ),
    clocks=(LADO,),
    may=("H5.d, H8.d Employees must not discriminate", "H5.d, H8.d Employees must not bully or harass"),
    may_not=(),
    removal=ONLY_ASK,
    governors=SILENT,
    charge=("H5.d, H8.d", "Employees must not bully or harass"),
)

# V5: misuse by staff to all three. The safeguarding lead is not among them, and no listed code brings her in.
SOVEREIGN = Matter(
    pack="sovereign-5.0",
    version="5.0",
    overdue="23 September 2025",
    choice="A member of staff giving away something confidential or personal",
    head="Head of School",
    told=(
        ("Edith Moss", "Executive Headteacher", *TODAY, "your policy", "V5", "Only that there is a matter"),
        ("Harriet Lowe", "Head of School", *TODAY, "your policy", "V5"),
        ("Cora Blake", "CEO", *TODAY, "your policy", "V5", "Only that there is a matter"),
        DPO_BY_LAW,
    ),
    clocks=(ICO, LADO),
    may=(
        "V6c Staff must not break a duty of confidentiality",
        "V11.3 Staff must keep off confidential and sensitive trust matters",
        "V11.4 Logos, marks and confidential material",
        "V2 Improper use includes",
    ),
    may_not=(),
    removal=f"{DEMAND} (V4)",
    governors=SILENT,
    charge=("V11.3", "Staff must keep off confidential and sensitive trust matters"),
)

# 4.3: misuse to the safeguarding lead. The rules on removal and governors cannot be read in the copy.
LWLAT = Matter(
    pack="lwlat-1.4",
    version="1.4",
    overdue="31 January 2025",  # "January 2025"
    choice="A photograph or film posted without consent",
    head="Principal",
    told=(
        ("You", "Designated Safeguarding Lead", "are reading it."),
        ("Harriet Lowe", "Principal", *HEAD_BY_LAW),
        DPO_BY_LAW,
    ),
    clocks=(ICO, LADO),
    may=("10.3 A learner's picture must not be used against the instructions of the parent",),
    may_not=(),
    removal="What the policy says about removing posts cannot be read in the copy held: ask for it.",
    governors="What the policy says about telling governors cannot be read in the copy held.",
    charge=("10.3", "A learner's picture must not be used against the instructions of the parent"),
    # 13: staff are supported while a procedure runs.
    on_record=(
        (
            "Offer support to the person harmed",
            "Has support been offered to the person harmed?",
            "Support was offered, and accepted",
        ),
    ),
)
