"""What several people get who come at once: two hundred reports by four, and the same list by four."""

import json
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from tests.bench.people import Trust
from tests.bench.screens import client_of
from tests.bench.server import Server
from tests.bench.writing import REPORT

CLIENTS, EACH = 4, 50
LISTED_SECONDS = 8


@dataclass(frozen=True)
class Crowd:
    """What several people got who came at once: how many failed, how long one waited, how many a second."""

    failures: int
    done: int
    median_ms: float
    a_second: float

    def __str__(self) -> str:
        return f"{self.failures} of {self.done} failed, {self.median_ms:.0f} ms each, {self.a_second:.0f} a second"


def signed_in(user) -> dict[str, str]:
    """The headers of a browser in which somebody is signed in."""
    client = client_of(user)
    client.get("/report/abuse_of_staff/")
    cookies = {name: cookie.value for name, cookie in client.cookies.items()}
    token = cookies.get("daybook-csrf", "")
    return {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": token,
        "Content-Type": "application/json",
    }


def _crowd(work: Callable[[dict[str, str]], tuple[list[float], int]], users) -> Crowd:
    headers = [signed_in(user) for user in users]
    began = time.perf_counter()
    with ThreadPoolExecutor(len(headers)) as pool:
        found = list(pool.map(work, headers))
    whole = time.perf_counter() - began
    spent = [one for times, _ in found for one in times]
    return Crowd(sum(failed for _, failed in found), len(spent), median(spent) * 1000, len(spent) / whole)


def reports_at_once(server: Server, trust: Trust) -> Crowd:
    """Two hundred reports by four people at once, against the running server."""
    address = f"/api/v1/schools/{trust.staff[0].school.slug}/report/"
    body = json.dumps(REPORT)

    def work(headers):
        spent, failed = [], 0
        for _ in range(EACH):
            began = time.perf_counter()
            status, _ = server.ask("POST", address, body, **headers, **{"Idempotency-Key": secrets.token_urlsafe(24)})
            spent.append(time.perf_counter() - began)
            failed += status != 201
        return spent, failed

    return _crowd(work, [trust.staff[0].by_post[post] for post in ("teacher", "colleague", "deputy", "head")])


def lists_at_once(server: Server, trust: Trust, address: str) -> Crowd:
    """The same list asked for by four people at once, again and again, for some seconds."""

    def work(headers):
        spent, failed, ends = [], 0, time.perf_counter() + LISTED_SECONDS
        while time.perf_counter() < ends:
            began = time.perf_counter()
            status, _ = server.ask("GET", address, **headers)
            spent.append(time.perf_counter() - began)
            failed += status != 200
        return spent, failed

    return _crowd(work, [trust.everywhere] * CLIENTS)
