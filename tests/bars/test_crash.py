"""Bar R1: the web server is killed again and again while people report; what was answered is never lost."""

import http.client
import json
import os
import signal
import socket
import subprocess
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from config import serve
from incidents.models import Concern
from schools import verify
from schools.models import Receipt
from tests.bars import apart
from tests.bars.conftest import sized

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, ACKNOWLEDGED, KILLS = sized(4, 8), sized(60, 1000), sized(4, 50)
CSRF = "c" * 32


@contextmanager
def web_server():
    """The web server as it is really run, on a port of its own; gives its address and its parent process."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        command = serve.children(host="unused", port=0)[0].command[1:]
        command[command.index("--bind") + 1] = f"fd://{door.fileno()}"
        output = subprocess.DEVNULL  # a killed worker is told of at length
        parent = apart.start(*command, pass_fds=[door.fileno()], stdout=output, stderr=output)
        try:
            yield door.getsockname(), parent
        finally:
            parent.terminate()
            parent.wait()


class Reporter(threading.Thread):
    """One person who sends each report until it is answered, and writes down what was answered."""

    def __init__(self, server, user, times: int, answered):
        super().__init__()
        (self.address, self.server), self.times, self.answered = server, times, answered
        signed_in = Client()
        signed_in.force_login(user)
        session = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
        self.headers = {
            "Content-Type": "application/json",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}",
            "X-CSRFToken": CSRF,
        }
        self.name = user.email
        self.acknowledged: dict[str, str] = {}
        self.refused: list = []

    def run(self):
        for number in range(self.times):
            key = f"{self.name}-{number}"[:64]
            while key not in self.acknowledged and not self.refused and self.server.poll() is None:
                # The connection breaks when the process behind it is killed: nobody knows whether it was done.
                with suppress(http.client.HTTPException, OSError):
                    self._send(key)
            self.answered.release()

    def _send(self, key: str) -> None:
        told = {"what": "staff_bullying", "narrative": key, "at_risk": "no"}
        line = http.client.HTTPConnection(*self.address, timeout=60)
        try:
            headers = self.headers | {"Idempotency-Key": key}
            line.request("POST", "/api/v1/schools/oakfield/report/", json.dumps(told), headers)
            answer = line.getresponse()
            body = answer.read()
        finally:
            line.close()
        if answer.status in (200, 201):
            self.acknowledged[key] = json.loads(body)["page"]
        else:
            self.refused.append((answer.status, body[:500]))


def children_of(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def kill_workers(parent: int) -> int:
    """Kill every worker there is, as a crash would; how many there were."""
    killed = 0
    for pid in children_of(parent):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            killed += 1
    return killed


def test_nothing_that_was_answered_is_lost_and_nothing_is_done_twice(cast):
    users = [cast.tom, cast.dee, cast.dot, cast.harriet, cast.sam, cast.pat, cast.ada, cast.grace][:CLIENTS]
    answered, killed = threading.Semaphore(0), 0
    with web_server() as server:
        reporters = [Reporter(server, user, ACKNOWLEDGED // CLIENTS, answered) for user in users]
        for reporter in reporters:
            reporter.start()
        for _ in range(KILLS):
            for _ in range(ACKNOWLEDGED // (KILLS + 1)):
                answered.acquire()
            killed += kill_workers(server[1].pid)
        for reporter in reporters:
            reporter.join()
    assert [reporter.refused for reporter in reporters] == [[]] * CLIENTS
    assert killed >= KILLS
    acknowledged = {key: page for reporter in reporters for key, page in reporter.acknowledged.items()}
    assert len(acknowledged) == ACKNOWLEDGED
    assert dict(Receipt.objects.values_list("token", "landed")) == acknowledged
    assert {f"/my-reports/{ref}/" for ref in Concern.objects.values_list("ref", flat=True)} == set(
        acknowledged.values()
    )
    assert Concern.objects.count() == ACKNOWLEDGED
    assert list(verify.findings()) == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
