"""Contradictions to write into small.toml, each with the whole answer; the sign #! stands in the line to be named."""

CONTRADICTIONS = {
    "id used twice": (
        "The id SML-B1 is used twice; every item needs its own.",
        ('id = "SML-X1"', 'id = "SML-B1" #!'),
    ),
    "clause cited twice": (
        "SML-B2 cites 5.d in the same words as SML-B1.",
        (
            'ref = "6.a, 6.b"\nwording = "The paragraph about parents cannot be read."',
            'ref = "5.d" #!\nwording = "Staff must not network with pupils."',
        ),
    ),
    "paragraph named twice": (
        "SML-B2 names the same paragraph twice in “6.a, 6.a”.",
        ('ref = "6.a, 6.b"', 'ref = "6.a, 6.a" #!'),
    ),
    "paragraph of another shape": (
        "“§5(e)” in SML-01 is no paragraph of this policy, which has numbers and letters, such as 9.d.",
        ('ref = "5.e"', 'ref = "§5(e)" #!'),
    ),
    "lettered paragraph in a numbered policy": (
        "“6.c” in SML-X1 is no paragraph of this policy, which has numbers, such as 2.4.",
        ('numbering = "lettered"', 'numbering = "numbered"'),
        ('ref = "5.d"', 'ref = "5.4"'),
        ('ref = "6.a, 6.b"', 'ref = "6.1, 6.2"'),
        ('ref = "5.e"', 'ref = "5.5"'),
        ('ref = "6.c"', 'ref = "6.c" #!'),
    ),
    "paragraph under no heading": (
        "“H9” in SML-X1 is no paragraph of this policy, which has the headings H1, H2.",
        ('numbering = "lettered"', 'numbering = "headings"'),
        ("[roles]", '[headings]\nH1 = "Aims"\nH2 = "Rules"\n\n[roles]'),
        ('ref = "5.d"', 'ref = "H1"'),
        ('ref = "6.a, 6.b"', 'ref = "H1 last point, H2"'),
        ('ref = "5.e"', 'ref = "H2"'),
        ('ref = "6.c"', 'ref = "H9" #!'),
    ),
    "code listed twice": (
        "SML-B1 lists “PUPIL_CONTACT” twice under codes.",
        ('codes = ["PUPIL_CONTACT"]', 'codes = ["PUPIL_CONTACT", "PUPIL_CONTACT"] #!'),
    ),
    "no code at all": (
        "SML-B1 names no code, so nothing could ever fall under it.",
        ('codes = ["PUPIL_CONTACT"]', "codes = [] #!"),
    ),
    "sub-code without its code": (
        "SML-B1 gives the sub-code NOT_REMOVED without its code PROCESS.",
        ("absolute = true", 'absolute = true\nsubcodes = ["NOT_REMOVED"] #!'),
    ),
    "charged for being contacted": (
        "SML-B1 would charge a member of staff for being contacted by somebody else.",
        ('direction = "staff_act"\nabsolute', 'direction = "inbound_to_staff" #!\nabsolute'),
    ),
    "obligation to nobody": (
        "SML-01 is an obligation to tell nobody; say in “to” who is told.",
        ('to = ["dsl"]', "to = [] #!"),
    ),
    "obligation of nobody": (
        "SML-01 binds nobody; say in “actor” who has the duty.",
        ('actor = ["anyone"]', "actor = [] #!"),
    ),
    "report to no office": (
        "SML-01 reports to “parents”, which is no office that receives reports.",
        ('to = ["dsl"]', 'to = ["dsl", "parents"] #!'),
    ),
    "report about nothing": (
        "SML-01 does not say for which codes and directions it speaks; write “any” where it is all.",
        ("[[obligations]]", "[[obligations]] #!"),
        ('codes = ["any"]\ndirections = ["any"]\n', ""),
    ),
    "codes without directions": (
        "SML-01 needs both “codes” and “directions”, or neither.",
        ("[[obligations]]", "[[obligations]] #!"),
        ('directions = ["any"]\n', ""),
    ),
    "before closing without evidence": (
        "SML-01 must be met before closing, but names no evidence to keep.",
        ('evidence = ["managed_under"]\nbefore_closing = true', "before_closing = true #!"),
    ),
    "managed under an unknown policy": (
        "SML-01 is managed under “Kindness”, which is not among the related policies.",
        ('manage_under = ["Behaviour"]', 'manage_under = ["Kindness"] #!'),
    ),
    "damage in a whole text": (
        "SML-B2 is damaged, so the file must say incomplete = true.",
        ("incomplete = true", "incomplete = false"),
        ('strength = "damaged"', 'strength = "damaged" #!'),
    ),
    "incomplete without damage": (
        "The file says that its text is incomplete, but no clause is marked as damaged.",
        ("incomplete = true", "incomplete = true #!"),
        ('strength = "damaged"', 'strength = "advised"'),
    ),
    "way round an absolute clause": (
        "SML-X1 excepts PUPIL_CONTACT, which SML-B1 forbids outright.",
        ("[[exceptions]]", "[[exceptions]] #!"),
        (
            'page may be used before a parents\' evening."\ncodes = ["PARENT_CONTACT"]',
            'page may be used before a parents\' evening."\ncodes = ["PUPIL_CONTACT"]',
        ),
    ),
    "demand without a paragraph": (
        "The policy may demand removal, so “ref” must say in which paragraph.",
        ('[removal]\npower = "may_demand"\nref = "4.a"', '[removal] #!\npower = "may_demand"'),
    ),
    "breach without a demand": (
        "Refusing can only be a breach where the policy may demand removal.",
        ('power = "may_demand"', 'power = "no_express_power"'),
        ("refusal_is_breach = true", "refusal_is_breach = true #!"),
    ),
    "silent on a power it gives": (
        "The file says that the policy is silent on removal, and gives a power to demand it.",
        ('silent_on = ["police"]', 'silent_on = ["removal_power"] #!'),
    ),
    "governors told under no paragraph": (
        "Governors must be told, so [governors] needs “ref”.",
        ('[governors]\nnotice = "required"\nref = "9.d"', '[governors] #!\nnotice = "required"'),
    ),
    "silent on governors it has told": (
        "The file says that the policy is silent on governors, and has them told.",
        ('silent_on = ["police"]', 'silent_on = ["governors"] #!'),
    ),
    "silent on a recipient it names": (
        "The file says that the policy names nobody to tell, and has an obligation to report.",
        ('silent_on = ["police"]', 'silent_on = ["recipient"] #!'),
    ),
    "paragraph under a heading that only begins alike": (
        "“H16” in SML-X1 is no paragraph of this policy, which has the headings H1, H2.",
        ('numbering = "lettered"', 'numbering = "headings"'),
        ("[roles]", '[headings]\nH1 = "Aims"\nH2 = "Rules"\n\n[roles]'),
        ('ref = "5.d"', 'ref = "H1"'),
        ('ref = "6.a, 6.b"', 'ref = "H1e, H2"'),
        ('ref = "5.e"', 'ref = "H2"'),
        ('ref = "6.c"', 'ref = "H16" #!'),
    ),
    "silent on what a clause forbids": (
        "SML-B1 forbids PUPIL_CONTACT, on which the file says it is silent.",
        ('silent_on = ["police"]', 'silent_on = ["pupil_contact"]'),
        ('codes = ["PUPIL_CONTACT"]', 'codes = ["PUPIL_CONTACT"] #!'),
    ),
    "unreadable and yet read": (
        "The file says that removal_power cannot be read, so power must be not_legible.",
        ('not_legible_on = ["training"]', 'not_legible_on = ["removal_power"]'),
        ('power = "may_demand"', 'power = "may_demand" #!'),
    ),
    "unreadable and not listed": (
        "What cannot be read is listed, so governors belongs under not_legible_on.",
        ('notice = "required"\nref = "9.d"\ndefault = "P5WD"', 'notice = "not_legible" #!'),
    ),
    "nobody to suggest": (
        "Somebody must be told where the policy names nobody; suggest at least one role.",
        ('recipients = ["head_of_school", "dsl"]', "recipients = [] #!"),
    ),
    "version without a place in the history": (
        "Version 1 does not stand in [version_history].",
        ('version = "1"', 'version = "1" #!'),
        ("[roles]", '[version_history]\n"0.9" = "2023-01"\n\n[roles]'),
    ),
    "kept for two lengths of time": (
        "How long a record of the kind “warning” is kept is given twice.",
        (
            'basis = "policy"\nref = "9.e"',
            'basis = "policy"\nref = "9.e"\n\n[[retention]]\nrecord = "warning" #!\nstarts = "warning_on"\n'
            'period = "P9M"\nbasis = "policy"\nref = "9.f"',
        ),
    ),
    "silent and unreadable": (
        "The policy cannot be both silent and unreadable on police.",
        ('not_legible_on = ["training"]', 'not_legible_on = ["police"] #!'),
    ),
    "filled in without a term": (
        "“platform_x” is said to be filled in by us, but there is no such term.",
        ('organisation = "school"', 'organisation = "school"\nfilled_in = ["platform_x"] #!'),
    ),
    "headings without names": (
        "A policy with headings needs a table [headings] that names them.",
        ('numbering = "lettered"', 'numbering = "headings" #!'),
    ),
}
