"""Whether a concern opens the data-breach questions, and when the 72 hours began."""

from datetime import datetime

from incidents.rules.facts import Facts
from schools.policy import taxonomy


def screen_opens(facts: Facts) -> bool:
    """Whether personal data may have been breached, so that the data protection officer must judge it."""
    return not set(facts.codes).isdisjoint(taxonomy().opening("data_breach"))


def aware_at(facts: Facts) -> datetime:
    """When the school became aware: the first reasonable certainty of any member of staff, reported or not.

    The knowledge of a person who acted outside their duties in the breach itself is not the school's, so `known_at`
    never holds it. Source: UK GDPR Article 33(1).
    """
    return facts.first_known_at
