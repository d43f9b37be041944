"""The diary: what runs when, what it brings, and in words what it could not do."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import SyncRun
from catalog.sync.asking import Stopped
from catalog.tmdb import TMDBError
from cinehub.work import live
from cinehub.work.ending import is_interrupted

log = logging.getLogger(__name__)

ERRORS_TOLD = 50
# A run that has shown no sign of life for so long was killed.
LOST_AFTER = timedelta(minutes=2)
KEPT_FOR = timedelta(days=90)
# So often it shows one, however much it does.
SIGN_SECONDS = 1.0
COUNTS = ("asked", "created", "updated", "fresh", "hidden", "failed")

Progress = Callable[[int, int], None]


class UnderWay(Exception):
    """One of this kind is running already."""

    def __init__(self, kind: str) -> None:
        super().__init__(_("A run of this kind is under way: %(kind)s.") % {"kind": kind})
        self.kind = kind


def silent(done: int, total: int) -> None:
    """Nobody watches."""


class Run:
    """One run under way: its counts, and in words what it could not do."""

    def __init__(self, row: SyncRun, progress: Progress) -> None:
        self.row = row
        self.progress = progress
        self.total = self.done = 0
        self.errors: list[str] = []
        self._told_at = 0.0
        self._before = 0

    def expect(self, more: int) -> None:
        self.total += more
        self.step(0)

    def step(self, count: int = 1) -> None:
        self.done += count
        self.progress(self.done, self.total)
        self._show()

    def reach(self, done: int, total: int) -> None:
        """So far in this part of it; `settle` ends the part."""
        self.done, self.total = self._before + done, self._before + total
        self.step(0)

    def settle(self) -> None:
        self._before = self.done

    def live(self) -> None:
        """Between one thing and the next: a sign of life. Raises Stopped at Ctrl-C."""
        self._show()
        if is_interrupted():
            raise Stopped("Ctrl-C")

    def _show(self) -> None:
        """For who watches from elsewhere, at most once a second."""
        now = time.monotonic()
        if self._told_at and now - self._told_at < SIGN_SECONDS:
            return
        self._told_at = now
        self._note()
        told = {name: getattr(self.row, name) for name in COUNTS}
        told |= {"done": self.row.done, "total": self.row.total, "seen_at": timezone.now()}
        # Who was taken for lost is not brought back to life by being slow.
        SyncRun.objects.filter(pk=self.row.pk, state=SyncRun.State.RUNNING).update(**told)
        publish(self.row)

    def fail(self, what: object, error: Exception) -> None:
        self.row.failed += 1
        reason = f"{type(error).__name__}: {error}"
        named = " ".join(map(str, what)) if isinstance(what, tuple) else str(what)
        log.warning("%s could not be synchronised: %s", named, reason)
        self.errors.append(f"{named}: {reason}")

    def end(self) -> None:
        hidden = len(self.errors) - ERRORS_TOLD
        more = [f"and {hidden} more"] if hidden > 0 else []
        self.row.error = "\n".join(self.errors[:ERRORS_TOLD] + more)
        self.row.finished_at = self.row.seen_at = timezone.now()
        self._note()
        self.row.save()
        publish(self.row)

    def _note(self) -> None:
        """What is expected is a guess, and never less than what is done."""
        self.row.done, self.row.total = max(self.done, 0), max(self.total, self.done, 0)


@contextmanager
def run(kind: str, progress: Progress = silent) -> Iterator[Run]:
    """A run that is written down, however it ends. Raises UnderWay: one of a kind at a time."""
    under_way = Run(_begin(kind), progress)
    row = under_way.row
    publish(row)
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
        under_way.end()


def publish(row: SyncRun) -> None:
    live.publish(
        "staff", "run", id=row.pk, of=row.kind, state=row.state, done=row.done, total=row.total
    )


def close_lost(kind: str | None = None) -> int:
    """Who was killed could not say so; who is only slow has the last word when it ends."""
    runs = lost().filter(kind=kind) if kind else lost()
    ended = {"state": SyncRun.State.FAILED, "finished_at": timezone.now()}
    return runs.update(**ended, error="It was cut off: it never ended.")


def lost() -> QuerySet[SyncRun]:
    running = SyncRun.objects.filter(state=SyncRun.State.RUNNING)
    signed = running.annotate(sign=Coalesce(F("seen_at"), F("started_at")))
    return signed.filter(sign__lte=timezone.now() - LOST_AFTER)


def forget_old() -> int:
    """What ended long ago, but for the last of each kind: it tells when that was done at all."""
    ended = SyncRun.objects.filter(finished_at__isnull=False).order_by()
    last = ended.values("kind").annotate(last=Max("pk")).values("last")
    old = ended.filter(finished_at__lt=timezone.now() - KEPT_FOR)
    return old.exclude(pk__in=last).delete()[0]


def _begin(kind: str) -> SyncRun:
    close_lost(kind)
    try:
        with transaction.atomic():
            return SyncRun.objects.create(kind=kind, seen_at=timezone.now())
    except IntegrityError as error:
        raise UnderWay(kind) from error


def _ended(under_way: Run) -> SyncRun.State:
    return SyncRun.State.PARTIAL if under_way.done else SyncRun.State.FAILED
