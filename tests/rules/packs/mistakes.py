"""Mistakes to make in small.toml, each with the whole answer; the sign #! stands in the line the answer must name."""

SHAPE = {
    "unknown key at the top": (
        "At the top of the file, “colour” is not a key that belongs there.",
        ('title = "Social Media Policy"', 'title = "Social Media Policy"\ncolour = "teal" #!'),
    ),
    "misspelt key": (
        "In SML-B1, “directoin” is not a key that belongs there; perhaps “direction” is meant.",
        ("absolute = true", 'absolute = true\ndirectoin = "staff_act" #!'),
    ),
    "unknown key in a table": (
        "Under [removal], “powers” is not a key that belongs there; perhaps “power” is meant.",
        ('power = "may_demand"', 'power = "may_demand"\npowers = 3 #!'),
    ),
    "unknown section": (
        "At the top of the file, “penalties” is not a key that belongs there.",
        ("[[retention]]", '[[penalties]] #!\nid = "SML-P1"\n\n[[retention]]'),
    ),
    "no trust": (
        "At the top of the file, “trust” is missing.",
        ('id = "small-1"\ntrust = "Small Trust"', 'id = "small-1" #!'),
    ),
    "table missing": (
        "At the top of the file, “roles” is missing.",
        ('id = "small-1"', 'id = "small-1" #!'),
        ('[roles]\ndsl = "Safeguarding Lead"', ""),
    ),
    "ref missing": (
        "In SML-B1, “ref” is missing.",
        ('[[clauses]]\nid = "SML-B1"\nref = "5.d"', '[[clauses]] #!\nid = "SML-B1"'),
    ),
    "id missing": (
        "In item 1 of exceptions, “id” is missing.",
        ('[[exceptions]]\nid = "SML-X1"', "[[exceptions]] #!"),
    ),
    "word of the trust missing": (
        "Under [terms], “learner” is missing.",
        ('[terms]\nlearner = "pupil"', "[terms] #!"),
    ),
    "number for text": (
        "At the top of the file, “version” must be text in quotes.",
        ('version = "1"', "version = 1 #!"),
    ),
    "text for a list": (
        "At the top of the file, “owner_roles” must be a list in square brackets.",
        ('owner_roles = ["Head"]', 'owner_roles = "Head" #!'),
    ),
    "text for yes or no": (
        "In SML-B1, “absolute” must be true or false, without quotes.",
        ("absolute = true", 'absolute = "yes" #!'),
    ),
    "number among texts": (
        "At the top of the file, every entry of “related_policies” must be text in quotes.",
        ('related_policies = ["Behaviour"]', 'related_policies = ["Behaviour",\n  7] #!'),
    ),
    "text for a table": (
        "At the top of the file, “removal” must be a table of keys and values.",
        ("[terms]\nlearner", 'removal = "yes" #!\n\n[terms]\nlearner'),
        ('[removal]\npower = "may_demand"\nref = "4.a"\nrefusal_is_breach = true', ""),
    ),
    "text for titles": (
        "At the top of the file, “roles” must be a table of keys and values.",
        ("[terms]\nlearner", 'roles = "many" #!\n\n[terms]\nlearner'),
        ('[roles]\ndsl = "Safeguarding Lead"', ""),
    ),
    "one table for a list of them": (
        "At the top of the file, “retention” must be a list in square brackets.",
        ("[[retention]]", "[retention] #!"),
    ),
    "texts for a list of tables": (
        "At the top of the file, every entry of “training” must be a table of keys and values.",
        ("[terms]\nlearner", 'training = ["yearly"] #!\n\n[terms]\nlearner'),
    ),
    "empty text": (
        "In SML-B1, “wording” is empty.",
        ('wording = "Staff must not network with pupils."', 'wording = "  " #!'),
    ),
    "text too long": (
        "At the top of the file, “trust” is longer than 120 characters.",
        ('trust = "Small Trust"', f'trust = "{"Small " * 30}" #!'),
    ),
    "no proper id": (
        "In id of item 1 of exceptions, “exception one” is not an id of an item; write the trust's letters, a hyphen "
        "and a number, such as ALS-B04.",
        ('id = "SML-X1"', 'id = "exception one" #!'),
    ),
    "no proper id for the pack": (
        "In id, “Small Trust 1” is not an id for a policy; use small letters, digits, dots and hyphens, such as "
        "allsaints-2022.",
        ('id = "small-1"', 'id = "Small Trust 1" #!'),
    ),
    "duty not a plain key": (
        "In duty of SML-01, “Report a concern” is not a plain key; use small letters, digits and underscores.",
        ('duty = "report_concern"', 'duty = "Report a concern" #!'),
    ),
}

WORDS = {
    "unknown code": (
        "In codes of SML-B1, “PUPIL_CONTACTS” is not a known code; perhaps “PUPIL_CONTACT” is meant.",
        ('codes = ["PUPIL_CONTACT"]', 'codes = ["PUPIL_CONTACTS"] #!'),
    ),
    "code in small letters": (
        "In codes of SML-01, “abuse” is not a known code.",
        ('codes = ["any"]', 'codes = ["abuse"] #!'),
    ),
    "any code for a clause": (
        "In codes of SML-B1, “any” is not a known code.",
        ('codes = ["PUPIL_CONTACT"]', 'codes = ["any"] #!'),
    ),
    "unknown sub-code": (
        "In subcodes of SML-B1, “NOT_REMOVD” is not a known sub-code; perhaps “NOT_REMOVED” is meant.",
        ("absolute = true", 'absolute = true\nsubcodes = ["NOT_REMOVD"] #!'),
    ),
    "unknown direction": (
        "In direction of SML-B1, “by_a_ghost” is not a known direction.",
        ('direction = "staff_act"\nabsolute', 'direction = "by_a_ghost" #!\nabsolute'),
    ),
    "unknown role": (
        "In dls under [roles], “dls” is not a known role; perhaps “dsl” is meant.",
        ('dsl = "Safeguarding Lead"', 'dls = "Safeguarding Lead" #!'),
    ),
    "unknown recipient": (
        "In to of SML-01, “caretaker” is not a known role or kind of person.",
        ('to = ["dsl"]', 'to = ["dsl", "caretaker"] #!'),
    ),
    "unknown kind of person": (
        "In scope_people, “govenor” is not a known kind of person; perhaps “governor” is meant.",
        ('scope_people = ["staff", "governor"]', 'scope_people = ["staff", "govenor"] #!'),
    ),
    "unknown strength": (
        "In strength of SML-B2, “discouraged” is none of the choices, which are forbidden, advised, encouraged, "
        "risk_statement, damaged.",
        ('strength = "damaged"', 'strength = "discouraged" #!'),
        ("incomplete = true", "incomplete = false"),
    ),
    "unknown kind of duty": (
        "In kind of SML-01, “shout” is none of the choices, which are report, inform, decide, do.",
        ('kind = "report"', 'kind = "shout" #!'),
    ),
    "unknown power": (
        "In power under [removal], “beg” is none of the choices, which are may_demand, request_only, "
        "no_express_power, not_legible, not_applicable.",
        ('power = "may_demand"', 'power = "beg" #!'),
        ("refusal_is_breach = true\n", ""),
    ),
    "unknown notice": (
        "In notice under [governors], “maybe” is none of the choices, which are required, not_required, "
        "not_in_policy, not_legible.",
        ('notice = "required"', 'notice = "maybe" #!'),
    ),
    "unknown numbering": (
        "In numbering, “roman” is none of the choices, which are numbered, lettered, headings.",
        ('numbering = "lettered"', 'numbering = "roman" #!'),
    ),
    "unknown topic": (
        "In silent_on, “polise” is not a known topic; perhaps “police” is meant.",
        ('silent_on = ["police"]', 'silent_on = ["polise"] #!'),
    ),
    "unknown evidence": (
        "In evidence of SML-01, “manged_under” is not a known kind of evidence; perhaps “managed_under” is meant.",
        ('evidence = ["managed_under"]', 'evidence = ["manged_under"] #!'),
    ),
    "unknown kind of record": (
        "In record of item 1 of retention, “warnings” is not a known kind of record; perhaps “warning” is meant.",
        ('record = "warning"', 'record = "warnings" #!'),
    ),
    "unknown circumstance": (
        "In only_when of SML-01, “full_moon” is not a known circumstance.",
        ('when = "immediately"', 'when = "immediately"\nonly_when = "full_moon" #!'),
    ),
    "unknown consent model": (
        "In model of SML-C1, “trust_us” is not a known consent model.",
        (
            "[[retention]]",
            '[[consents]]\nid = "SML-C1"\nref = "7.a"\nwording = "As usual."\nmodel = "trust_us" #!\n\n[[retention]]',
        ),
    ),
    "unknown day to count from": (
        "In starts of item 1 of retention, “warned_on” is not a known day to count from; perhaps “warning_on” is "
        "meant.",
        ('starts = "warning_on"', 'starts = "warned_on" #!'),
    ),
    "unknown reason for monitoring": (
        "In reasons under [monitoring], “curiosity” is not a known reason for monitoring.",
        ('refs = ["8.a"]', 'refs = ["8.a"]\nreasons = ["curiosity"] #!'),
    ),
    "unknown condition": (
        "In conditions of SML-A1, “rain” is not a known condition of an approval.",
        (
            "[[retention]]",
            '[[approvals]]\nid = "SML-A1"\nref = "7.b"\nwording = "The head agrees."\naction = "post"\n'
            'form = "written"\nconditions = ["rain"] #!\n\n[[retention]]',
        ),
    ),
    "table for a choice": (
        "In power under [removal], what stands there is none of the choices, which are may_demand, request_only, "
        "no_express_power, not_legible, not_applicable.",
        ('power = "may_demand"', "power = { strong = true } #!"),
        ("refusal_is_breach = true\n", ""),
    ),
    "unknown form of approval": (
        "In form of SML-A1, “nod” is not a known form of approval.",
        (
            "[[retention]]",
            '[[approvals]]\nid = "SML-A1"\nref = "7.b"\nwording = "The head agrees."\n'
            'action = "post"\nform = "nod" #!\n\n[[retention]]',
        ),
    ),
}

TIMES = {
    "no date": (
        "In approved_on, “February 2024” is not a date; write it as 2024-09-23, 2024-09 or 2024, in quotes.",
        ('approved_on = "2024-02"', 'approved_on = "February 2024" #!'),
    ),
    "no such day": (
        "In approved_on, “2023-02-29” is not a date; write it as 2024-09-23, 2024-09 or 2024, in quotes.",
        ('approved_on = "2024-02"', 'approved_on = "2023-02-29" #!'),
    ),
    "year without quotes": (
        "At the top of the file, “review_due” must be text in quotes.",
        ('review_due = "2025"', "review_due = 2025 #!"),
    ),
    "review before approval": (
        "The review falls due before the policy was approved.",
        ('review_due = "2025"', 'review_due = "2023" #!'),
    ),
    "amended before approval": (
        "The policy was amended before it was approved.",
        ('review_due = "2025"', 'review_due = "2025"\namended_on = "2024-01" #!'),
    ),
    "no period": (
        "In told_within under [ours], “five days” is not a period; write it as P5WD for five working days, P1M or "
        "same_day.",
        ('told_within = "same_day"', 'told_within = "five days" #!'),
    ),
    "longer than anybody lives": (
        "In default under [governors], “P99999Y” is longer than a hundred years.",
        ('default = "P5WD"', 'default = "P99999Y" #!'),
    ),
    "unknown unit": (
        "In default under [governors], “P5XD” is not a period, because XD is no unit; the units are WD, SD, D, W, M, "
        "Y, H.",
        ('default = "P5WD"', 'default = "P5XD" #!'),
    ),
    "no length of time to keep": (
        "In period of item 1 of retention, “same_day” is no length of time to keep a record; write a period such as "
        "P6Y.",
        ('period = "P6M"', 'period = "same_day" #!'),
    ),
    "time given and not stated": (
        "SML-01 gives a time, “immediately”, and says that none is stated.",
        ('when = "immediately"\nwhen_kind = "stated_vague"', 'when = "immediately" #!\nwhen_kind = "not_stated"'),
    ),
    "time stated and not given": (
        "SML-01 says that a time is stated; give the policy's own word in “when”.",
        ('when = "immediately"\nwhen_kind = "stated_vague"', 'when_kind = "stated_vague" #!'),
    ),
    "exact time that is none": (
        "SML-01 says that an exact time is stated, but “immediately” is not a period.",
        ('when = "immediately"\nwhen_kind = "stated_vague"', 'when = "immediately" #!\nwhen_kind = "stated_exact"'),
    ),
    "report without a limit": (
        "SML-01 has no time limit; suggest one in “deadline_default”, which is shown as ours.",
        ("[[obligations]]", "[[obligations]] #!"),
        ('deadline_default = "same_day"\n', ""),
    ),
    "period of no paragraph": (
        "A period that the policy itself fixes needs the “ref” of its paragraph.",
        ("[[retention]]", "[[retention]] #!"),
        ('basis = "policy"\nref = "9.e"', 'basis = "policy"'),
    ),
}
