"""Who runs beside whom: a task that may be what kills workers has its last attempt alone.

A worker's tasks are threads of one process, and die together. They come back together, too, so
that harmless ones would be given up with the one that does it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

# As long as any task takes; nobody waits for good, because no message is kept for good.
WAIT_SECONDS = 5 * 60


class Threads:
    """Those of a process that run a task."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._running = 0
        self._is_reserved = False

    @contextmanager
    def running(self, *, alone: bool) -> Iterator[None]:
        """Beside others, unless one of them is to be alone."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_reserved, WAIT_SECONDS)
            if alone:
                self._is_reserved = True
                self._changed.wait_for(lambda: not self._running, WAIT_SECONDS)
            self._running += 1
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                if alone:
                    self._is_reserved = False
                self._changed.notify_all()


threads = Threads()
