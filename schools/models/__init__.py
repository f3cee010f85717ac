"""The tables of the lowest app: who we are, who may do what, what policy we adopted, what we remember."""

from schools.models.institution import Arrangement, CalendarDay, Installation, School, Trust
from schools.models.keyring import ItemKey, RecordKey, RootCheck, SystemKey
from schools.models.people import Appointment, Person, Relation, Token, User, password_mark, token_hash
from schools.models.policy import AdoptedPolicy
from schools.models.record import (
    Checkpoint,
    Entry,
    Exclusion,
    Fate,
    Head,
    Involvement,
    Looked,
    OfRecord,
    Reader,
    Record,
    Versioned,
    sight,
    sight_by_office,
    sight_in_lists,
)
from schools.models.working import Draft, Notice, Receipt, SearchWords, TokenUse, Upload

__all__ = [
    "AdoptedPolicy",
    "Appointment",
    "Arrangement",
    "CalendarDay",
    "Checkpoint",
    "Draft",
    "Entry",
    "Exclusion",
    "Fate",
    "Head",
    "Installation",
    "Involvement",
    "ItemKey",
    "Looked",
    "Notice",
    "OfRecord",
    "Person",
    "Reader",
    "Receipt",
    "Record",
    "RecordKey",
    "Relation",
    "RootCheck",
    "School",
    "SearchWords",
    "SystemKey",
    "Token",
    "TokenUse",
    "Trust",
    "Upload",
    "User",
    "Versioned",
    "password_mark",
    "sight",
    "sight_by_office",
    "sight_in_lists",
    "token_hash",
]
