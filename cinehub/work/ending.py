"""Whether this worker has been told to end: long work stops then at the next good moment."""

from threading import Event
from typing import Any

from celery.signals import worker_shutting_down

_told = Event()


def is_ending() -> bool:
    return _told.is_set()


@worker_shutting_down.connect
def _tell(**_: Any) -> None:
    _told.set()
