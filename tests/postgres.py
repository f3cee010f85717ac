"""A PostgreSQL of the tests' own, in a temporary folder and on a Unix socket; never the machine's server."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from glob import glob
from pathlib import Path


@dataclass
class Server:
    folder: Path
    port: int
    urls: tuple[str, str]

    def stop(self) -> None:
        _run(["pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop"])
        shutil.rmtree(self.folder, ignore_errors=True)


def _binary(name: str) -> str:
    found = sorted(glob(f"/usr/lib/postgresql/*/bin/{name}"))
    if not found:
        raise SystemExit("PostgreSQL is not installed: run ./daybook setup.")
    return found[-1]


def _run(command: list[str], **options) -> None:
    whole = [_binary(command[0]), *command[1:]]
    if os.geteuid() == 0:
        whole = ["runuser", "-u", "postgres", "--", *whole]
    subprocess.run(whole, check=True, capture_output=True, cwd="/", **options)


def start() -> Server:
    """Start a server with two empty databases and answer how to reach them."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return Server(Path(tempfile.mkdtemp()), 0, (given, given + "_keyring"))
    folder = Path(tempfile.mkdtemp(prefix="daybook-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data, port = folder / "data", 5432  # a Unix socket in a folder of its own: no network port is opened at all
    _run(["initdb", "-D", str(data), "-A", "trust", "-U", "daybook", "-E", "UTF8", "--no-sync"])
    settings = f"-k {folder} -p {port} -c listen_addresses='' -c max_connections=60"
    _run(["pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", settings, "start"])
    for name in ("daybook", "keyring"):
        _run(["createdb", "-h", str(folder), "-p", str(port), "-U", "daybook", name])
    host = str(folder).replace("/", "%2F")
    return Server(folder, port, tuple(f"postgres://daybook@{host}:{port}/{name}" for name in ("daybook", "keyring")))
