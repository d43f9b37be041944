"""A PostgreSQL and a Redis of the run's own, to be stopped and started at will; and TMDB's part."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"Nothing answers at port {port}")


class Redis:
    """Without a copy on disk: who restarts it has lost all that it knew."""

    def __init__(self, url: str) -> None:
        self.port = urlsplit(url).port or 6379
        self.start()

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_for(self.port)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def restart(self, *, away: float) -> None:
        self.stop()
        time.sleep(away)
        self.start()


class Postgres:
    def __init__(self, folder: Path, url: str) -> None:
        self.port = urlsplit(url).port or 5432
        self.folder = folder / "postgres"
        self.log = folder / "postgres.log"
        # PostgreSQL does not run as root.
        self.user = "postgres" if os.geteuid() == 0 else None
        self.folder.mkdir()
        self.log.touch()
        if self.user:
            folder.chmod(0o755)
            shutil.chown(self.folder, self.user)
            shutil.chown(self.log, self.user)
        self._run("initdb", "--username=postgres", "--auth=trust", "-D", str(self.folder))
        self.start()

    def _run(self, tool: str, *arguments: str) -> None:
        newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1:]
        found = shutil.which(tool, path=os.pathsep.join([*map(str, newest), os.environ["PATH"]]))
        if not found:
            raise SystemExit(f"There is no {tool} here: PostgreSQL's server is needed")
        subprocess.run(
            [found, *arguments], check=True, user=self.user, cwd="/", stdout=subprocess.DEVNULL
        )

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        self._run(
            "pg_ctl", "start", "-w", "-D", str(self.folder), "-l", str(self.log), "-o", options
        )

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.folder))

    def restart(self) -> None:
        self.stop()
        self.start()


class Standin:
    """A local TMDB that can be told to fail."""

    def __init__(self, url: str) -> None:
        self.url = url

    def faults(self, **which: Any) -> None:
        self._post("faults", which)

    def reset(self) -> None:
        self._post("reset", {})

    @contextmanager
    def outage(self) -> Iterator[None]:
        self.faults(outage=True)
        try:
            yield
        finally:
            self.faults()

    def asked(self) -> int:
        """Requests since its start."""
        return int(requests.get(f"{self.url}/__stats", timeout=5).json()["requests"])

    def _post(self, what: str, body: dict[str, Any]) -> None:
        requests.post(f"{self.url}/__{what}", json=body, timeout=5).raise_for_status()
