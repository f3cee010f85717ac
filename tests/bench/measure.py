"""How long something takes and how many questions it asks of the databases, taken in separate runs."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from django.db import connections
from django.test.utils import CaptureQueriesContext

# What opens and ends a transaction asks nothing.
NO_QUESTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")
LONGEST_SECONDS = 6


@dataclass(frozen=True)
class Cell:
    """One figure: the median and the 95th percentile in milliseconds, and the number of queries."""

    median_ms: float
    p95_ms: float
    queries: int | None = None

    def __str__(self) -> str:
        asked = "" if self.queries is None else f" ({self.queries}q)"
        return f"{self.median_ms:.1f} / {self.p95_ms:.1f}{asked}"


def questions_of(call: Callable[[], object]) -> list[str]:
    """The SQL that a call sends to all databases, without what opens and ends transactions."""
    with ExitStack() as stack:
        watched = [stack.enter_context(CaptureQueriesContext(one)) for one in connections.all()]
        call()
        sent = [query["sql"] for one in watched for query in one.captured_queries]
    return [sql for sql in sent if not sql.upper().startswith(NO_QUESTION)]


def taken(call: Callable[[], object], *, times: int = 20, warm: int = 2) -> Cell:
    """Time a call, after some that are not counted; fewer times when it is slow, but three at least.

    call: what is timed. times: at most how often. warm: how often before.
    """
    for _ in range(warm):
        call()
    spent: list[float] = []
    while len(spent) < times and (len(spent) < 3 or sum(spent) < LONGEST_SECONDS):
        began = perf_counter()
        call()
        spent.append(perf_counter() - began)
    spent.sort()
    late = spent[min(len(spent) - 1, round(0.95 * (len(spent) - 1)))]
    return Cell(median(spent) * 1000, late * 1000, len(questions_of(call)))
