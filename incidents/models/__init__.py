"""What was seen, the evidence of it, and getting it taken down."""

from incidents.models.concern import Concern, Decision, Link, Telling
from incidents.models.disclosures import disclosures
from incidents.models.evidence import Evidence
from incidents.models.takedown import Exchange, Takedown

__all__ = ["Concern", "Decision", "Evidence", "Exchange", "Link", "Takedown", "Telling", "disclosures"]
