"""The site as it runs in production: web, workers and beat, each a process that can be killed."""

import os
import signal
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def commands() -> dict[str, str]:
    """What the Procfile names."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    named = (line.partition(":") for line in lines if ":" in line)
    return {name.strip(): command.strip() for name, _, command in named}


class Process:
    """One process of the site, started again whenever it is killed."""

    def __init__(self, command: str, log: Path) -> None:
        self.command = command
        self.log = log
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                ["bash", "-c", f"exec {self.command}"],
                cwd=ROOT,
                env=os.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """At once, and all that belongs to it: it can neither finish nor say anything."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()


class Site:
    """All of them; `workers` times each kind of worker."""

    def __init__(self, folder: Path, *, workers: int) -> None:
        named = commands()
        kinds = [name for name in named if name not in ("web", "beat")]
        self.web = Process(named["web"], folder / "web.log")
        self.beat = Process(named["beat"], folder / "beat.log")
        self.workers = [
            Process(named[kind], folder / f"{kind}-{n}.log")
            for kind in kinds
            for n in range(workers)
        ]

    def end(self) -> None:
        for process in (self.beat, *self.workers, self.web):
            process.end()
