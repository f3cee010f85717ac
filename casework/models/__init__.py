"""What the school does about it: cases as covers, their parts, proceedings about one person."""

from casework.models import disclosures  # noqa: F401 (says which stand behind a part)
from casework.models.apart import LegalAdvice, WorkingNotes
from casework.models.breach import IcoStep
from casework.models.case import AlsoRecorded, Case, JoinedConcern, Note, Part
from casework.models.proceeding import Allegation, Proceeding, Step

__all__ = [
    "Allegation",
    "AlsoRecorded",
    "Case",
    "IcoStep",
    "JoinedConcern",
    "LegalAdvice",
    "Note",
    "Part",
    "Proceeding",
    "Step",
    "WorkingNotes",
]
