"""The web server as the product starts it, on a free port, for as long as somebody asks it something."""

import http.client
import os
import socket
import subprocess
from pathlib import Path
from time import perf_counter, sleep

from config import serve

HOST = "127.0.0.1"
HOUSE = Path(__file__).parents[2]
PATIENCE_SECONDS = 60


class Server:
    """Started on entering, once it answers; stopped on leaving.

    environment: of its process; that of this one if none is given. processes: how many answer; the product itself
    starts one, and whoever runs more starts them so.
    """

    def __init__(self, environment: dict[str, str] | None = None, *, processes: int = 1):
        self._environment, self._processes = environment or dict(os.environ), processes

    def __enter__(self) -> "Server":
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = free.getsockname()[1]
        command = [*serve.children(host=HOST, port=self.port)[0].command, "--workers", str(self._processes)]
        self._web = subprocess.Popen(command, cwd=HOUSE, env=self._environment)
        self._wait()
        return self

    def _wait(self) -> None:
        began = perf_counter()
        while perf_counter() - began < PATIENCE_SECONDS:
            try:
                if self.ask("GET", "/accounts/login/")[0] == http.client.OK:
                    return
            except OSError:
                sleep(0.02)
        raise AssertionError("the web server did not answer within a minute")

    def __exit__(self, *exception) -> None:
        self._web.terminate()
        self._web.wait()

    def ask(self, method: str, address: str, body: str | None = None, **headers: str) -> tuple[int, bytes]:
        """One request on a connection of its own: status and content."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()
