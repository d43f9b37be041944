"""A server as in production: gunicorn, with what CineHub sets for it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def served(*, processes: int) -> Iterator[int]:
    """The port at which it listens, until the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:cinehub.gunicorn"]
    environment = os.environ | {"PORT": str(port), "WEB_PROCESSES": str(processes)}
    # Else every request compiles what it needs anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    server = subprocess.Popen(
        [*command, "tests.bench.server:application"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server does not answer")
