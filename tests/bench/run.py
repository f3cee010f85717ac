"""One run from an empty installation to the last figure."""

from datetime import timedelta
from time import perf_counter

from schools import clock, verify
from schools.models import Entry
from tests.bench import asking, crowds, ground, papers, people, screens, starting, writing
from tests.bench.figures import Figures
from tests.bench.filling import Register
from tests.bench.measure import taken
from tests.bench.server import Server

# Where the other programs were asked by four people at once.
CROWD_AT = 10_000


def measure(figures: Figures, sizes: list[int]) -> None:
    """Let the register grow and measure it at each size, then everything that has no size.

    sizes: numbers of concerns, rising.
    """
    now = clock.machine_now()
    trust = people.found(at=now - timedelta(days=1200))
    register = Register(trust, now=now)
    register.play()
    long = screens.long_record(trust, at=now - timedelta(days=2))
    for size in sizes:
        register.grow(size)
        ground.settle()
        for name, call in screens.screens(trust, long):
            figures.add(name, size, taken(call))
        figures.add("a report from its page", size, taken(writing.report_by_page(trust)))
        figures.add("a report over the API", size, taken(writing.report_over_api(trust)))
        if size == min(CROWD_AT, sizes[-1]):
            _crowds(figures, trust, f"at {size:,}")
    _verified(figures, f"at {sizes[-1]:,}")
    _saves(figures)
    _papers(figures)
    for kind, said, speed in asking.figures():
        figures.note(kind, said, a_second=speed)
    cold, warm = starting.cold_and_warm()
    figures.note("start", f"{cold:.1f} s from nothing, {warm:.1f} s again")


def _verified(figures: Figures, size: str) -> None:
    began = perf_counter()
    found = list(verify.findings())
    seconds, lines = perf_counter() - began, Entry.objects.count()
    speed = f"{lines / seconds:.0f} lines a second"
    figures.note(f"verification, {size}", f"{lines} lines in {seconds:.1f} s, {speed}, {len(found)} found")


def _saves(figures: Figures) -> None:
    cells = {name: taken(call, times=40) for name, call in writing.saves().items()}
    bare = cells.pop("a save without history")
    for name, cell in cells.items():
        times = cell.median_ms / bare.median_ms
        figures.note(f"a save {name}", f"{times:.1f} times a save without history; {cell}", times=times)


def _crowds(figures: Figures, trust, size: str) -> None:
    """Four people at once: with one web process, as Daybook starts it, and with two, as the other program had."""

    def note(name, found):
        figures.note(f"{name}, {size}", found, failed=found.failures, a_second=found.a_second)

    with Server() as server:
        note("200 reports by 4 at once", crowds.reports_at_once(server, trust))
        note("with one web process, the list asked for by 4 at once", crowds.lists_at_once(server, trust, "/concerns/"))
    with Server(processes=2) as server:
        note("the list asked for by 4 at once", crowds.lists_at_once(server, trust, "/concerns/"))
        note("the list over the API by 4 at once", crowds.lists_at_once(server, trust, "/api/v1/concerns/"))


def _papers(figures: Figures) -> None:
    papers.printed(20)
    for pages in (20, 200):
        found = papers.printed(pages)
        figures.note(f"case file of {pages} pages", found, seconds=found.seconds, megabytes=found.memory_megabytes)
