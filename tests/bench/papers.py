"""A case file of about twenty and of about two hundred pages: how long it takes, how much it writes and needs."""

import io
import resource
from dataclasses import dataclass
from time import perf_counter

import pikepdf

from reports import pdf
from tests.reports import casefile_example as example

# Grown until the file has so many pages, give or take one in fifty.
GROWN = {20: {"entries": 16, "items": 3, "narrative": 6_000}, 200: {"entries": 490, "items": 28, "narrative": 128_000}}


@dataclass(frozen=True)
class Printed:
    """One paper: pages, seconds in a warm process and in a child of its own, megabytes, and the child's memory."""

    pages: int
    seconds: float
    child_seconds: float
    megabytes: float
    memory_megabytes: float

    def __str__(self) -> str:
        return (
            f"{self.pages} pages: {self.seconds:.1f} s ({self.child_seconds:.1f} s in a process of its own), "
            f"{self.megabytes:.1f} MB, {self.memory_megabytes:.0f} MB of memory"
        )


def printed(about: int) -> Printed:
    """Print the invented case file grown to about so many pages.

    about: 20 or 200.
    """
    file = example.long_example(**GROWN[about])
    given = {"context": {"file": file}, "bundle": example.bundle(file)}
    began = perf_counter()
    paper = example.paper(pdf.render, **given)
    seconds = perf_counter() - began
    began = perf_counter()
    example.paper(pdf.render_in_child, **given)
    in_child = perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    with pikepdf.open(io.BytesIO(paper)) as opened:
        return Printed(len(opened.pages), seconds, in_child, len(paper) / 1e6, memory)
