"""Who may read what and who may do what, as tables that can be printed; pure."""

from enum import StrEnum


class Role(StrEnum):
    HEAD_OF_SCHOOL = "head_of_school"
    EXECUTIVE_HEAD = "executive_head"
    CEO = "ceo"
    DSL = "dsl"
    DEPUTY_DSL = "deputy_dsl"
    HR_LEAD = "hr_lead"
    LINE_MANAGER = "line_manager"
    LEADERSHIP_TEAM = "leadership_team"
    IT_LEAD = "it_lead"
    COO = "coo"
    SENIOR_LEADER = "senior_leader"
    TRUST_BOARD = "trust_board"
    CHAIR_OF_TRUSTEES = "chair_of_trustees"
    LOCAL_BOARD = "local_board"
    CHAIR_OF_LOCAL_BOARD = "chair_of_local_board"
    DPO = "dpo"
    INVESTIGATING_OFFICER = "investigating_officer"
    HEARING_OFFICER = "hearing_officer"
    DIRECTOR_FINANCE_RESOURCES = "director_finance_resources"
    STAFF = "staff"
    ADMINISTRATOR = "administrator"


class Kind(StrEnum):
    """The kinds of record; a case is a cover and not one of them."""

    CONCERN = "concern"
    SAFEGUARDING = "safeguarding"
    CONDUCT = "conduct"
    SUPPORT = "support"
    LOW_LEVEL_CONCERN = "low_level_concern"
    DATA_BREACH = "data_breach"
    COMPLAINT = "complaint"
    LEGAL_ADVICE = "legal_advice"
    WORKING_NOTES = "working_notes"
    REGISTER = "register"


LANES = {
    Kind.SAFEGUARDING: "Child's safety",
    Kind.CONDUCT: "Staff conduct",
    Kind.SUPPORT: "Support",
    Kind.LOW_LEVEL_CONCERN: "Low-level concern",
    Kind.DATA_BREACH: "Data breach",
    Kind.COMPLAINT: "Complaint",
}


def kind_words(kind: str) -> str:
    """What a kind of record is called on screen and on paper."""
    return LANES.get(Kind(kind), Kind(kind).value.replace("_", " ").capitalize())


# No office opens these: each is read by the people it was given to by name and by nobody else.
NAMED_ONLY = frozenset({Kind.LEGAL_ADVICE, Kind.WORKING_NOTES})
MATTERS = frozenset(Kind) - NAMED_ONLY - {Kind.REGISTER}

# Default readers: a role reads these kinds of record of its own school (of every school of the trust for a role
# held in the trust). Everybody else reads only what is handed over to them by name.
READS: dict[Role, frozenset[Kind]] = {
    Role.HEAD_OF_SCHOOL: MATTERS,
    Role.DSL: frozenset({Kind.CONCERN, Kind.SAFEGUARDING, Kind.SUPPORT, Kind.LOW_LEVEL_CONCERN}),
    Role.DEPUTY_DSL: frozenset({Kind.CONCERN, Kind.SAFEGUARDING, Kind.SUPPORT, Kind.LOW_LEVEL_CONCERN}),
    Role.HR_LEAD: frozenset({Kind.CONDUCT}),
    Role.DPO: frozenset({Kind.DATA_BREACH, Kind.COMPLAINT}),
}


class Permission(StrEnum):
    CONCERN_REPORT = "concern.report"
    CONCERN_TRIAGE = "concern.triage"
    CONFLICT_CONFIRM = "conflict.confirm"
    THRESHOLD_DECIDE = "threshold.decide"
    EVIDENCE_ADD = "evidence.add"
    TAKEDOWN_WORK = "takedown.work"
    CASE_OPEN = "case.open"
    CASE_CLOSE = "case.close"
    RECORD_WORK = "record.work"
    DECISION_MAKE = "decision.make"
    SUPPORT_OFFER = "support.offer"
    CONDUCT_RUN = "conduct.run"
    CONDUCT_DECIDE = "conduct.decide"
    ADVICE_TAKE = "advice.take"
    ADVICE_WAIVE = "advice.waive"
    BREACH_DECIDE = "breach.decide"
    HAND_OVER = "record.hand_over"
    PAPER_PRINT = "paper.print"
    LOOKED_SEE = "looked.see"
    LIST_DOWNLOAD = "list.download"
    PEOPLE_LIST = "people.list"
    PEOPLE_MANAGE = "people.manage"
    ACCOUNT_MANAGE = "account.manage"
    OFFICE_CONFIRM = "office.confirm"
    POLICY_ADOPT = "policy.adopt"
    POLICY_ADD = "policy.add"
    OWN_ACCOUNT = "account.own"


P, R = Permission, Role
EVERYONE = frozenset(Role)
LEADS = frozenset({R.HEAD_OF_SCHOOL, R.DSL, R.DEPUTY_DSL})
TOP = frozenset({R.CEO, R.EXECUTIVE_HEAD, R.CHAIR_OF_TRUSTEES})
# Offices that open records, by themselves or when their holder takes over from somebody in conflict, or that give such
# offices to others: nobody holds one on the word of one person.
SECOND_PERSON = frozenset(READS) | TOP | {R.ADMINISTRATOR, R.CHAIR_OF_LOCAL_BOARD, R.COO}

# Offices senior enough to decide about a colleague where the trust's policy does not say who does.
SENIOR = TOP | {
    R.HEAD_OF_SCHOOL, R.LEADERSHIP_TEAM, R.SENIOR_LEADER, R.COO, R.DIRECTOR_FINANCE_RESOURCES, R.HEARING_OFFICER,
    R.TRUST_BOARD, R.LOCAL_BOARD, R.CHAIR_OF_LOCAL_BOARD,
}  # fmt: skip

GRANTS: dict[Permission, frozenset[Role]] = {
    P.CONCERN_REPORT: EVERYONE,
    P.CONCERN_TRIAGE: LEADS,
    P.CONFLICT_CONFIRM: LEADS,
    P.THRESHOLD_DECIDE: frozenset({R.HEAD_OF_SCHOOL}),
    P.EVIDENCE_ADD: LEADS | {R.HR_LEAD, R.INVESTIGATING_OFFICER},
    P.TAKEDOWN_WORK: LEADS,
    P.CASE_OPEN: LEADS,
    P.CASE_CLOSE: frozenset({R.HEAD_OF_SCHOOL}),
    P.RECORD_WORK: LEADS | {R.HR_LEAD, R.DPO, R.INVESTIGATING_OFFICER, R.HEARING_OFFICER},
    P.DECISION_MAKE: LEADS,
    P.SUPPORT_OFFER: LEADS | {R.HR_LEAD},
    P.CONDUCT_RUN: frozenset({R.HR_LEAD, R.HEAD_OF_SCHOOL}),
    P.CONDUCT_DECIDE: frozenset({R.HEAD_OF_SCHOOL, R.HEARING_OFFICER}),
    P.BREACH_DECIDE: frozenset({R.DPO, R.HEAD_OF_SCHOOL}),
    P.ADVICE_TAKE: frozenset({R.HR_LEAD, R.HEAD_OF_SCHOOL}),
    P.ADVICE_WAIVE: EVERYONE,  # of those to whom the advice was given by name for it
    P.HAND_OVER: LEADS | {R.HR_LEAD},
    P.PAPER_PRINT: LEADS | {R.HR_LEAD, R.DPO},
    P.LOOKED_SEE: frozenset({R.HEAD_OF_SCHOOL, R.DSL, R.HR_LEAD, R.DPO}),
    P.LIST_DOWNLOAD: LEADS | {R.HR_LEAD, R.ADMINISTRATOR},
    P.PEOPLE_LIST: frozenset({R.HEAD_OF_SCHOOL, R.EXECUTIVE_HEAD, R.HR_LEAD, R.ADMINISTRATOR}),
    P.PEOPLE_MANAGE: frozenset({R.ADMINISTRATOR, R.HR_LEAD}),
    P.ACCOUNT_MANAGE: frozenset({R.ADMINISTRATOR}),
    P.OFFICE_CONFIRM: TOP | {R.HEAD_OF_SCHOOL, R.HR_LEAD, R.DPO, R.ADMINISTRATOR},
    P.POLICY_ADOPT: TOP | {R.ADMINISTRATOR},
    P.POLICY_ADD: TOP | {R.HEAD_OF_SCHOOL, R.ADMINISTRATOR},
    P.OWN_ACCOUNT: EVERYONE,
}


def grants(role: Role, permission: Permission) -> bool:
    """Whether a role carries a permission, before any question of which record it is."""
    return role in GRANTS[permission]


def kinds_read_by(role: Role) -> frozenset[Kind]:
    """The kinds of record a role reads without being given them by name."""
    return READS.get(role, frozenset())
