"""Who is told the name of somebody who made a disclosure in the public interest; pure."""

from collections.abc import Iterable

from schools.conflict import REPORTED_IT
from schools.roles import Role

KEPT_BACK = "Name kept back: a disclosure in the public interest"
IN_A_SENTENCE = "somebody whose name is kept back (a disclosure in the public interest)"
TOLD = frozenset({Role.DSL, Role.DEPUTY_DSL, Role.DPO})


def is_told(*, offices: Iterable[Role], is_reporter: bool, is_officer: bool, stands_aside: bool) -> bool:
    """Whether somebody is told who made a disclosure in the public interest.

    offices: those they hold at the school or in its trust. is_reporter: whether they made it themselves. is_officer:
    whether they are named for the whistleblowing route. stands_aside: whether they decide nothing in the matter; then
    their office tells them nothing. Source: Employment Rights Act 1996, sections 43B and 47B.
    """
    by_office = not stands_aside and not TOLD.isdisjoint(offices)
    return is_reporter or is_officer or by_office


def without_reporting(why: str) -> str:
    """Why somebody stands aside, without that they reported it; empty where that is the whole reason."""
    return " and ".join(reason for reason in why.split(" and ") if reason != REPORTED_IT)
