"""Every kind of change behind Daybook's back that the verification must name, each made at random."""

from tests.bars.tampers import lines, people, rows, wholly
from tests.bars.tampers.kinds import KINDS, NEED_A_CHECKPOINT

__all__ = ["KINDS", "NEED_A_CHECKPOINT", "lines", "people", "rows", "wholly"]
