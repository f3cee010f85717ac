"""A trust's policy as data: read it, check it with a sentence and a line for every mistake, and ask it."""

from .additions import extend
from .changes import Change, difference
from .fields import Limit, limit
from .model import MustRecord, Policy, Uncitable
from .reading import Invalid, Problem, digest, json_schema, load, ours, parse, problems, shipped, text_of
from .taxonomy import Taxonomy, taxonomy

__all__ = [
    "Change",
    "Invalid",
    "Limit",
    "MustRecord",
    "Policy",
    "Problem",
    "Taxonomy",
    "Uncitable",
    "difference",
    "digest",
    "extend",
    "json_schema",
    "limit",
    "load",
    "ours",
    "parse",
    "problems",
    "shipped",
    "taxonomy",
    "text_of",
]
