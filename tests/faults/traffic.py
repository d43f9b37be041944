"""Visitors who go on reading whatever happens."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests

VISITORS = 4
A_SECOND = 20
# What a reader would still call an answer.
PATIENCE_SECONDS = 15


@dataclass
class Readings:
    """What visitors got: statuses, the slowest answer in seconds, and the failures' addresses."""

    statuses: Counter[str] = field(default_factory=Counter)
    slowest: float = 0
    failures: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        good = sum(n for status, n in self.statuses.items() if status[0] in "23")
        return good / max(self.statuses.total(), 1)

    def note(self, address: str, status: str, seconds: float) -> None:
        self.statuses[status] += 1
        self.slowest = max(self.slowest, seconds)
        if status[0] not in "23":
            self.failures.append(f"{status} {address}")


def read_each(port: int, addresses: Iterable[str]) -> None:
    """As others have before: a picture that was never here can't be had while TMDB is away."""
    for address in addresses:
        _read(f"http://127.0.0.1:{port}{address}")


@contextmanager
def visitors(port: int, addresses: Sequence[str]) -> Iterator[Readings]:
    """They read these in turn, each time anew (`?t=`: no page is one that was kept)."""
    readings, over = Readings(), threading.Event()
    turn = itertools.cycle(addresses)
    number = itertools.count()
    lock = threading.Lock()

    def visit() -> None:
        while not over.wait(VISITORS / A_SECOND):
            with lock:
                address, n = next(turn), next(number)
            # One in two may be a kept page, as in real life.
            address += (f"{'&' if '?' in address else '?'}t={n}") if n % 2 else ""
            began = time.monotonic()
            status = _read(f"http://127.0.0.1:{port}{address}")
            with lock:
                readings.note(address, status, time.monotonic() - began)

    threads = [threading.Thread(target=visit, daemon=True) for _ in range(VISITORS)]
    for thread in threads:
        thread.start()
    try:
        yield readings
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _read(url: str) -> str:
    try:
        return str(requests.get(url, timeout=PATIENCE_SECONDS).status_code)
    except requests.RequestException as error:
        return type(error).__name__
