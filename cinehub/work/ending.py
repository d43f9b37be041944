"""Whether this process has been told to end: long work stops then at the next good moment."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

from celery.signals import worker_shutting_down

# What a shell calls a program that ended at Ctrl-C.
INTERRUPTED = 130

_told = Event()
_interrupted = Event()


def is_ending() -> bool:
    return _told.is_set()


def is_interrupted() -> bool:
    """Somebody pressed Ctrl-C, and waits for it: a worker that is told to end may finish a run."""
    return _interrupted.is_set()


@contextmanager
def ending_at_interrupt() -> Iterator[None]:
    """Ctrl-C tells a command what SIGTERM tells a worker; a second one interrupts it at once.

    An exception would strike anywhere, and take a connection with it that is still needed.
    """

    def tell(*_: Any) -> None:
        _told.set()
        _interrupted.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, tell)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        _told.clear()
        _interrupted.clear()


@worker_shutting_down.connect
def _tell(**_: Any) -> None:
    _told.set()
