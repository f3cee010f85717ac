"""Keeps the web server, the worker, the clock's chores and the hourly look at the history running together."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

MANAGE = [sys.executable, "manage.py"]
WEB_THREADS = 4
TICK_SECONDS = 60
VERIFY_SECONDS = 3600
# A child that ends itself sooner than this after its first start cannot run at all: its own message says why.
SETTLED_SECONDS = 5


@dataclass
class Child:
    """One process that should always be there; every_seconds is set for one that ends and comes back."""

    command: list[str]
    every_seconds: float = 0
    process: subprocess.Popen | None = None
    started_at: float = field(default=float("-inf"))
    starts: int = 0

    def keep(self):
        """Starts the process when it is due; answers the exit code of one that could not start at all, else None."""
        code = self.process.poll() if self.process else 0
        now = time.monotonic()
        if code is None or now - self.started_at < self.every_seconds:
            return None
        if code > 0 and self.starts == 1 and not self.every_seconds and now - self.started_at < SETTLED_SECONDS:
            return code
        # A session of its own: Ctrl-C reaches the parent alone, and each child is told once.
        self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603 - our own commands
        self.started_at, self.starts = now, self.starts + 1
        return None

    def end(self):
        """Asks the process to finish what it is doing."""
        if self.process and self.process.poll() is None:
            self.process.terminate()


def supervise(children, *, stop, pause_seconds=1.0):
    """Runs the children until told to stop, or until one of them cannot start; answers the exit code."""
    code = None
    while code is None and not stop.is_set():
        code = next((found for child in children if (found := child.keep()) is not None), None)
        if code is None:
            stop.wait(pause_seconds)
    for child in children:
        child.end()
    for child in children:
        if child.process:
            child.process.wait()
    return code or 0


def children(*, host, port, processes=1):
    """The web server on host and port, the worker, the chores of every minute, and the hourly look at the history.

    processes: how many answer as the web server; more than one need a shared cache.
    """
    web = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{host}:{port}", "--no-control-socket"]
    web += ["--worker-class", "gthread", "--threads", str(WEB_THREADS), "--log-level", "warning"]
    web += ["--workers", str(processes)]
    worker = [*MANAGE, "db_worker", "--queue-name", "*", "--no-startup-delay", "--verbosity", "0"]
    chores = [*MANAGE, "tick", "--verbosity", "0"]
    verifying = [*MANAGE, "verify_ledger", "--tell", "--verbosity", "0"]
    again = {TICK_SECONDS: chores, VERIFY_SECONDS: verifying}
    return [Child(web), Child(worker), *(Child(command, every_seconds=seconds) for seconds, command in again.items())]


def refuse_taken_port(host, port):
    """Ends with a sentence when another program already answers at the address."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"Daybook cannot serve on {host}:{port}: {error.strerror}. Set PORT to another number.")


def serve(kept):
    """Keeps the children running until this process is told to stop; answers the exit code."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return supervise(kept, stop=stop)


def main():
    """Serves Daybook on HOST and PORT."""
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    refuse_taken_port(host, port)
    print(f"Daybook is at http://{host}:{port}/ (Ctrl-C stops it)", flush=True)
    processes = int(os.environ.get("WEB_PROCESSES", "1"))
    return serve(children(host=host, port=port, processes=processes))


if __name__ == "__main__":
    sys.exit(main())
