"""The diary: what runs when, what it brings, and in words what it could not do."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from catalog.models import SyncRun
from catalog.sync.asking import Stopped
from catalog.tmdb import TMDBError

log = logging.getLogger(__name__)

ERRORS_TOLD = 50
# A run that has not ended by then was killed.
LOST_AFTER = timedelta(hours=24)

Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Nobody watches."""


class Run:
    """One run under way: its counts, and in words what it could not do."""

    def __init__(self, row: SyncRun, progress: Progress) -> None:
        self.row = row
        self.progress = progress
        self.total = self.done = 0
        self.errors: list[str] = []

    def expect(self, more: int) -> None:
        self.total += more
        self.progress(self.done, self.total)

    def step(self, count: int = 1) -> None:
        self.done += count
        self.progress(self.done, self.total)

    def fail(self, what: object, error: Exception) -> None:
        self.row.failed += 1
        reason = f"{type(error).__name__}: {error}"
        named = " ".join(map(str, what)) if isinstance(what, tuple) else str(what)
        log.warning("%s could not be synchronised: %s", named, reason)
        self.errors.append(f"{named}: {reason}")


@contextmanager
def run(kind: str, progress: Progress = silent) -> Iterator[Run]:
    """A run that is written down, however it ends."""
    _close_lost(kind)
    under_way = Run(SyncRun.objects.create(kind=kind), progress)
    row = under_way.row
    try:
        yield under_way
        row.state = _ended(under_way) if under_way.errors else SyncRun.State.DONE
    except (Stopped, TMDBError) as error:
        left = under_way.total - under_way.done
        # Before all else: of many errors only the first are told.
        under_way.errors.insert(0, f"Stopped, {left} not done; run it again for them. {error!r}")
        row.state = _ended(under_way)
    except BaseException as error:
        row.state = SyncRun.State.FAILED
        under_way.errors.insert(0, repr(error))
        raise
    finally:
        hidden = len(under_way.errors) - ERRORS_TOLD
        more = [f"and {hidden} more"] if hidden > 0 else []
        row.error = "\n".join(under_way.errors[:ERRORS_TOLD] + more)
        row.finished_at = timezone.now()
        row.save()


def _ended(under_way: Run) -> SyncRun.State:
    return SyncRun.State.PARTIAL if under_way.done else SyncRun.State.FAILED


def _close_lost(kind: str) -> None:
    """Who was killed could not say so; who is only slow has the last word when it ends."""
    now = timezone.now()
    SyncRun.objects.filter(
        kind=kind, state=SyncRun.State.RUNNING, started_at__lte=now - LOST_AFTER
    ).update(state=SyncRun.State.FAILED, finished_at=now, error="It was cut off: it never ended.")
