"""The parent of the server, the worker and the clock's chores: what dies comes back, and all end together."""

import os
import select
import signal
import socket
import subprocess
import sys
import threading

import pytest

from config import serve

# Says its number into a pipe, then waits to be told to end.
WAITS = "import os, signal, sys; open(sys.argv[1], 'w').write(f'{os.getpid()}\\n'); signal.pause()"
ENDS = "import sys; sys.exit(int(sys.argv[1]))"


class Pipe:
    """Where the children say their numbers; open at both ends, so that nothing said is lost."""

    def __init__(self, path):
        os.mkfifo(path)
        self.path = path
        self.end = os.open(path, os.O_RDWR)

    def said(self):
        """The next number; a child that never speaks is a failure, not a wait without end."""
        assert select.select([self.end], [], [], 30)[0], "the child never spoke"
        return int(os.read(self.end, 64))


@pytest.fixture
def pipe(tmp_path):
    opened = Pipe(tmp_path / "pipe")
    yield opened
    os.close(opened.end)


def waiting(pipe):
    return serve.Child([sys.executable, "-c", WAITS, str(pipe.path)])


def ending(code, **facts):
    return serve.Child([sys.executable, "-c", ENDS, str(code)], **facts)


def test_a_killed_child_comes_back_and_a_chore_waits_for_its_time(pipe):
    stop, child, chore = threading.Event(), waiting(pipe), ending(1, every_seconds=3600)
    answers = []
    parent = threading.Thread(
        target=lambda: answers.append(serve.supervise([child, chore], stop=stop, pause_seconds=0.01))
    )
    parent.start()
    try:
        first = pipe.said()
        os.kill(first, signal.SIGKILL)
        second = pipe.said()
    finally:
        stop.set()
        parent.join()
    assert second != first
    assert answers == [0]
    assert child.process.returncode == -signal.SIGTERM
    assert (child.starts, chore.starts) == (2, 1)


def test_a_child_that_cannot_start_ends_the_others_and_gives_its_code(pipe):
    child = waiting(pipe)
    assert serve.supervise([child, ending(3)], stop=threading.Event(), pause_seconds=0.01) == 3
    assert child.process.returncode == -signal.SIGTERM


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_told_to_stop_it_stops_its_children_first(pipe, told):
    script = "import sys; from config import serve; sys.exit(serve.serve([serve.Child(sys.argv[1:])]))"
    command = [sys.executable, "-c", script, sys.executable, "-c", WAITS, str(pipe.path)]
    parent = subprocess.Popen(command)
    child = pipe.said()
    parent.send_signal(told)
    assert parent.wait() == 0
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_port_in_use_is_refused_in_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as refused:
            serve.refuse_taken_port("127.0.0.1", port)
    assert f"127.0.0.1:{port}" in str(refused.value)
    assert "Set PORT" in str(refused.value)
    serve.refuse_taken_port("127.0.0.1", port)


def test_the_children_are_the_server_the_worker_the_chores_and_the_look_at_the_history():
    web, worker, chores, verifying = serve.children(host="127.0.0.1", port=8123)
    assert web.command[web.command.index("--bind") + 1] == "127.0.0.1:8123"
    assert "--no-control-socket" in web.command
    assert web.command[web.command.index("--workers") + 1] == "1"
    assert worker.command[2:5] == ["db_worker", "--queue-name", "*"]
    assert (chores.command[2:], chores.every_seconds) == (["tick", "--verbosity", "0"], 60)
    assert (verifying.command[2:], verifying.every_seconds) == (["verify_ledger", "--tell", "--verbosity", "0"], 3600)


def test_as_many_processes_serve_as_are_asked_for():
    web, *others = serve.children(host="127.0.0.1", port=8123, processes=3)
    assert web.command[web.command.index("--workers") + 1] == "3"
    assert len(others) == 3
